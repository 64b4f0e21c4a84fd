import { isBlocking } from "../../../../../../domain/check/finding";
import { FIGURE_FIELDS, type FigureField } from "../../../../../../domain/indicator/figure";
import type { GridRow } from "../../../../../../domain/indicator/queries";
import type { ReasonKind, ReasonSeverity } from "../../../../../../domain/review/workflow";
import { fill } from "../../../../../fill";
import type { Located } from "../sheet/live-findings";
import type { RowState, Snapshot } from "../sheet/sheet";
import type { GridWords } from "../words";

export const VERBS = ["submit", "sign", "confirm", "pass", "withdraw"] as const;
export type Verb = (typeof VERBS)[number];

/** What one wants to write at cells, by row. */
export type Objections = ReadonlyMap<string, Partial<Record<FigureField, string>>>;

/** Of which kind an objection is and whether it must be met, by row and field. */
export type Grade = { kind: ReasonKind; severity: ReasonSeverity };
export type Grades = ReadonlyMap<string, Grade>;
export const UNGRADED: Grade = { kind: "other", severity: "must" };

/** The steps that all of these rows may be sent back to. */
export function earlierOf(rows: readonly GridRow[]): GridRow["earlier"] {
  const [first, ...others] = rows;
  return (first?.earlier ?? []).filter(({ id }) =>
    others.every(({ earlier }) => earlier.some((step) => step.id === id)),
  );
}

/** Fields that may not stay blank when a row goes up. */
const isWanted = (field: FigureField): boolean => field !== "remark" && field !== "completion";

export const mayMove = (row: GridRow): boolean => VERBS.some((verb) => row.can[verb] === null);

/** The rows that wait for this person's own step, as the button 下一项 goes through them. */
export const waits = (row: GridRow): boolean =>
  (["submit", "sign", "confirm", "pass"] as const).some((verb) => row.can[verb] === null);

export function blanksIn(state: RowState): number {
  return FIGURE_FIELDS.filter(
    (field) => isWanted(field) && !state.cells[field].held.figure && !state.cells[field].held.problem,
  ).length;
}

export const problemsIn = (state: RowState): number =>
  FIGURE_FIELDS.filter((field) => state.cells[field].held.problem !== null || state.cells[field].theirs !== null)
    .length;

/** A row is proposed for going up when it is whole; what was ticked or unticked by hand stays so. */
export function chosenRows(
  rows: readonly GridRow[],
  snapshot: Snapshot,
  byHand: ReadonlyMap<string, boolean>,
  objections: Objections,
): Set<string> {
  const waiting = rows.filter(waits);
  return new Set(
    rows
      .filter((row) => {
        if (!mayMove(row) || hasObjection(objections, row.id)) return false;
        const state = snapshot.rows.get(row.id);
        const isWhole = row.can.submit === null && state !== undefined && blanksIn(state) + problemsIn(state) === 0;
        const isOnlyOne = row.can.submit !== null && waiting.length === 1 && waiting[0] === row;
        return byHand.get(row.id) ?? (isWhole || isOnlyOne);
      })
      .map((row) => row.id),
  );
}

export const hasObjection = (objections: Objections, id: string): boolean =>
  Object.values(objections.get(id) ?? {}).some((text) => text.trim() !== "");

/** Why the chosen rows cannot go up yet, or null. The server asks the same. */
export function whyNotSubmit(
  rows: readonly GridRow[],
  snapshot: Snapshot,
  findings: ReadonlyMap<string, Located[]>,
  { act, returns }: GridWords,
): string | null {
  const states = rows.flatMap((row) => snapshot.rows.get(row.id) ?? []);
  const problems = states.reduce((sum, state) => sum + problemsIn(state), 0);
  if (problems > 0) return fill(act.hasProblems, { count: problems });
  const blank = states.find((state) => blanksIn(state) > 0);
  if (blank) return fill(act.hasBlanks, { name: blank.row.shortName, count: blanksIn(blank) });
  const unanswered = rows.flatMap(({ reasons }) => reasons).filter(({ answer }) => answer === null).length;
  if (unanswered > 0) return fill(returns.rowsUnanswered, { count: unanswered });
  const open = rows.flatMap((row) => findings.get(row.id) ?? []).filter(isBlocking).length;
  return open > 0 ? fill(act.hasFindings, { count: open }) : null;
}

export function moveForm(verb: Verb, rows: readonly GridRow[]): FormData {
  const form = new FormData();
  form.set("verb", verb);
  rows.forEach((row, at) => {
    form.set(`rows.${at}.indicatorId`, row.id);
    form.set(`rows.${at}.version`, String(row.version));
  });
  return form;
}

/** `how`: whom they go back to, and which way after the correction. */
export function returnForm(
  rows: readonly GridRow[],
  objections: Objections,
  grades: Grades = new Map(),
  how: FormData = new FormData(),
): FormData {
  const form = new FormData();
  for (const [name, value] of how) form.set(name, value);
  const all = rows.flatMap((row) =>
    Object.entries(objections.get(row.id) ?? {}).map(([field, text]) => ({ row, field, text })),
  );
  all
    .filter(({ text }) => text.trim() !== "")
    .forEach(({ row, field, text }, at) => {
      form.set(`reasons.${at}.indicatorId`, row.id);
      form.set(`reasons.${at}.version`, String(row.version));
      form.set(`reasons.${at}.field`, field);
      form.set(`reasons.${at}.text`, text);
      const grade = grades.get(`${row.id} ${field}`);
      if (!grade) return;
      form.set(`reasons.${at}.kind`, grade.kind);
      form.set(`reasons.${at}.severity`, grade.severity);
    });
  return form;
}
