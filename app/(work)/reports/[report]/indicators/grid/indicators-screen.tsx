"use client";

import { startTransition, useActionState, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { FigureField } from "../../../../../../domain/indicator/figure";
import type { GridRow, IndicatorsPage } from "../../../../../../domain/indicator/queries";
import { Button } from "../../../../../../ui/button";
import { Notice } from "../../../../../../ui/notice";
import { ActionBar, Workbench } from "../../../../../../ui/page";
import { IDLE, type FormState } from "../../../../../form-state";
import { Outcome } from "../../../../../outcome";
import { fill } from "../../../../../fill";
import { ReturnTo } from "../../../../return-to";
import { moveChosen, returnRows } from "../actions";
import { isUnsaved } from "../sheet/cell";
import { liveFindings, type Located } from "../sheet/live-findings";
import type { CellRef } from "../sheet/sheet";
import { useSheet } from "../sheet/use-sheet";
import type { GridWords } from "../words";
import { CellBar } from "./cell-bar";
import {
  chosenRows,
  earlierOf,
  hasObjection,
  mayMove,
  moveForm,
  returnForm,
  UNGRADED,
  VERBS,
  waits,
  whyNotSubmit,
  type Grade,
  type Grades,
  type Verb,
} from "./decisions";
import { FigureList } from "./figure-list";
import { GridTable } from "./grid-table";
import { Keys } from "./keys-help";
import { ConflictList, ProblemList } from "./open-cells";
import { IndicatorRail } from "./rail";
import { SaveNotices, savedNote, saySaid } from "./save-notices";
import { useGrid, type Said } from "./use-grid";
import { useNarrow } from "./use-narrow";
import { useXlsx } from "./xlsx-tools";

type Props = {
  report: IndicatorsPage["report"];
  /** The rows of the table in hand: one's own office's, or, for who reviews, all. */
  rows: GridRow[];
  findings: IndicatorsPage["findings"];
  /** Rows whose findings this person may explain. */
  explains: string[];
  showsOrgan: boolean;
  heads: string[];
  /** 序号 in the whole table, by row. */
  numbers: Record<string, number>;
  back: { href: string; label: string };
  title: string;
  status: ReactNode;
  actions: ReactNode;
  /** What stands under the table: the rows of other offices. */
  children: ReactNode;
  words: GridWords;
};

/** The indicators of a report in hand: filling in, signing, confirming, reviewing; one screen, as the rows allow. */
export function IndicatorsScreen(props: Props) {
  const { report, rows, heads, words } = props;
  const { sheet, snapshot, save, keptHere, restored, leftBehind, flush, compose, isComposing } = useSheet(
    rows,
    report.slug,
  );
  const narrow = useNarrow();
  const [said, setSaid] = useState<Said | null>(null);
  const [byHand, setByHand] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [objections, setObjections] = useState<ReadonlyMap<string, Partial<Record<FigureField, string>>>>(new Map());
  const [grades, setGrades] = useState<Grades>(new Map());
  const how = useRef<HTMLFormElement>(null);
  const [phoneCell, setPhoneCell] = useState<CellRef | null>(null);
  const [moved, move, moving] = useActionState(moveChosen, IDLE);
  const [sentBack, sendBack, returning] = useActionState(returnRows, IDLE);
  const [latest, setLatest] = useState<{ verb: Verb | "return" } | null>(null);

  const states = useMemo(() => rows.flatMap((row) => snapshot.rows.get(row.id) ?? []), [rows, snapshot]);
  const findings = useMemo(
    () =>
      liveFindings(
        rows.filter((row) => row.sees !== "nothing").flatMap((row) => snapshot.rows.get(row.id) ?? []),
        report.half,
        props.findings,
      ),
    [snapshot, rows, report.half, props.findings],
  );
  const findingsOf = useMemo(() => byRow(findings), [findings]);
  const choosable = new Set(rows.filter(mayMove).map((row) => row.id));
  const chosen = chosenRows(rows, snapshot, byHand, objections);
  const mayFill = states.some((state) => state.mayFill);
  const toggle = (id: string) => {
    if (choosable.has(id) && !hasObjection(objections, id)) setByHand(new Map(byHand).set(id, !chosen.has(id)));
  };
  const object = ({ id, field }: CellRef, text: string) =>
    setObjections(new Map(objections).set(id, { ...objections.get(id), [field]: text }));

  const grade = ({ id, field }: CellRef, to: Grade) => setGrades(new Map(grades).set(`${id} ${field}`, to));

  const grid = useGrid({
    rows,
    sheet,
    snapshot,
    numbers: props.numbers,
    isComposing,
    onSay: setSaid,
    onSave: () => void flush(),
    onChooseRow: toggle,
    onNext: (from) => {
      const waiting = rows.filter(waits);
      const at = rows.findIndex((row) => row.id === from);
      return (waiting.find((row) => rows.indexOf(row) > at) ?? waiting[0])?.id ?? null;
    },
  });
  const xlsx = useXlsx({
    slug: report.slug,
    mayFill,
    rows,
    words,
    onApply: (changes) => setSaid(pastedOf(sheet.apply(changes).length)),
  });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void flush();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [flush]);

  async function act(verb: Verb, its: GridRow[]) {
    setLatest({ verb });
    if (verb === "submit") {
      grid.commit();
      if (!(await flush()) || its.some((row) => isOpen(row.id))) return;
    }
    startTransition(() => move(moveForm(verb, its)));
  }
  /** Something in the row is not with the server: it may not go up without it. */
  function isOpen(id: string): boolean {
    const now = sheet.getSnapshot().rows.get(id);
    return now !== undefined && Object.values(now.cells).some(isUnsaved);
  }

  const objected = rows.filter((row) => row.can.return === null && hasObjection(objections, row.id));
  const hasObjections = objected.length > 0;
  useEffect(() => {
    if (!hasObjections) return;
    const onLeave = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", onLeave);
    return () => window.removeEventListener("beforeunload", onLeave);
  }, [hasObjections]);

  const busy = moving || returning;
  const atRow = (narrow ? rows.find((row) => row.id === phoneCell?.id) : grid.row) ?? rows[0];
  const atField = narrow ? (phoneCell?.field ?? null) : grid.field;
  const atState = atRow ? snapshot.rows.get(atRow.id) : undefined;
  const waiting = rows.filter(waits).length;

  const decisions = (
    <div className="flex flex-wrap items-center justify-end gap-2 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-30 max-sm:border-t max-sm:border-line max-sm:bg-white max-sm:px-3 max-sm:py-2">
      {choosable.size > 1 && (
        <Button
          type="button"
          kind="quiet"
          onClick={() => setByHand(new Map([...choosable].map((id) => [id, chosen.size === 0])))}
        >
          {chosen.size === 0 ? words.sheet.chooseAll : words.sheet.chooseNone}
        </Button>
      )}
      {waiting > 1 && !mayFill && narrow === false && (
        <Button type="button" kind="quiet" onClick={grid.next}>
          {words.act.next}
        </Button>
      )}
      {objected.length > 0 && (
        <Button
          type="button"
          kind="danger"
          pending={busy}
          onClick={() => {
            setLatest({ verb: "return" });
            const chosenHow = how.current ? new FormData(how.current) : undefined;
            startTransition(() => sendBack(returnForm(objected, objections, grades, chosenHow)));
          }}
        >
          {returning ? words.act.pending : fill(words.act.return, { count: objected.length })}
        </Button>
      )}
      {VERBS.filter((verb) => rows.some((row) => row.can[verb] === null)).map((verb) => {
        const its = rows.filter((row) => row.can[verb] === null && chosen.has(row.id));
        if (verb === "withdraw" && its.length === 0) return null;
        const why =
          its.length === 0
            ? words.act.nothingChosen
            : verb === "submit"
              ? whyNotSubmit(its, snapshot, findingsOf, words)
              : null;
        return (
          <Button
            key={verb}
            type="button"
            kind={verb === "withdraw" ? "secondary" : "primary"}
            pending={busy}
            blocked={why ?? undefined}
            beside
            onClick={() => void act(verb, its)}
          >
            {moving && latest?.verb === verb ? words.act.pending : fill(words.act[verb], { count: its.length })}
          </Button>
        );
      })}
    </div>
  );

  return (
    <>
      <ActionBar
        back={props.back}
        title={props.title}
        status={props.status}
        note={<span role="status">{savedNote(save, words)}</span>}
        actions={
          <>
            {props.actions}
            {xlsx.menu}
            {choosable.size > 0 && decisions}
          </>
        }
      />
      <Workbench
        dense
        railLabel={words.rail.label}
        rail={
          atRow && atState ? (
            <IndicatorRail
              reportId={report.id}
              row={atRow}
              state={atState}
              field={atField}
              onField={narrow && atRow ? (field) => setPhoneCell({ id: atRow.id, field }) : null}
              findings={findings}
              mayExplain={props.explains.includes(atRow.id)}
              onGoTo={narrow ? openOnPhone : grid.goTo}
              words={words}
            />
          ) : null
        }
      >
        <div className="flex flex-col gap-2 max-sm:pb-20">
          <Told verb={latest?.verb ?? null} outcome={latest?.verb === "return" ? sentBack : moved} words={words} />
          {rows.some((row) => row.can.sign === null) && <p className="text-sm text-ink-soft">{words.act.declare}</p>}
          <SaveNotices
            state={save}
            restored={restored}
            keptHere={keptHere}
            closed={[...leftBehind, ...states.filter((state) => state.isClosed).map((state) => state.row.officialName)]}
            words={words}
          />
          {objected.length > 0 && (
            <form ref={how} onSubmit={(event) => event.preventDefault()}>
              <ReturnTo steps={earlierOf(objected)} words={words.returns} />
            </form>
          )}
          {xlsx.panel}
          <ConflictList states={states} sheet={sheet} onGoTo={narrow ? openOnPhone : grid.goTo} words={words} />
          <ProblemList states={states} onGoTo={narrow ? openOnPhone : grid.goTo} words={words} />
          {narrow ? (
            <FigureList
              {...{ rows, snapshot, sheet, choosable, chosen, objections, words }}
              findings={findingsOf}
              showsOrgan={props.showsOrgan}
              onChooseRow={toggle}
              onObject={object}
              grades={grades}
              onGrade={grade}
              onActive={setPhoneCell}
              onOpen={(id) => setPhoneCell((was) => (was?.id === id ? was : { id, field: "actual" }))}
              onComposing={compose}
            />
          ) : (
            <div className="flex flex-col gap-1 max-sm:hidden">
              {grid.row && grid.state && (
                <CellBar
                  row={grid.row}
                  state={grid.state}
                  field={grid.field}
                  head={heads[grid.active.column] ?? ""}
                  sheet={sheet}
                  objection={grid.ref ? (objections.get(grid.ref.id)?.[grid.ref.field] ?? "") : ""}
                  onObject={(text) => grid.ref && object(grid.ref, text)}
                  grade={grid.ref ? (grades.get(`${grid.ref.id} ${grid.ref.field}`) ?? UNGRADED) : UNGRADED}
                  onGrade={(to) => grid.ref && grade(grid.ref, to)}
                  onAcceptDerived={() => grid.acceptDerived()}
                  onDone={() => grid.go(grid.active)}
                  words={words}
                />
              )}
              <GridTable
                {...{ rows, snapshot, heads, grid, choosable, chosen, objections, words }}
                numbers={props.numbers}
                label={mayFill ? words.sheet.label : words.sheet.readLabel}
                findings={findingsOf}
                showsOrgan={props.showsOrgan}
                onChooseRow={toggle}
                onComposing={compose}
              />
              <div className="flex flex-wrap items-start gap-x-2">
                {mayFill && (
                  <>
                    <Button
                      type="button"
                      kind="quiet"
                      onClick={grid.undo}
                      aria-disabled={!snapshot.canUndo || undefined}
                    >
                      {words.sheet.undo}
                    </Button>
                    <Button
                      type="button"
                      kind="quiet"
                      onClick={grid.redo}
                      aria-disabled={!snapshot.canRedo || undefined}
                    >
                      {words.sheet.redo}
                    </Button>
                  </>
                )}
                <p role="status" className="min-h-(--target) flex-1 content-center text-ink-soft">
                  {said ? saySaid(said, words) : ""}
                </p>
                <Keys words={words} mayFill={mayFill} />
              </div>
            </div>
          )}
          {narrow === null && <p className="py-6 text-center text-ink-soft sm:hidden">{words.sheet.loading}</p>}
          {props.children}
        </div>
      </Workbench>
    </>
  );

  /** On a phone a row must be unfolded before its field can be seen. */
  function openOnPhone({ id, field }: CellRef): void {
    const input = document.getElementById(`${field}-${id}`);
    input?.closest("details")?.setAttribute("open", "");
    input?.scrollIntoView({ block: "center" });
    input?.focus({ preventScroll: true });
  }
}

/** What became of the last step: a word when it is done, and why not when it is not. */
function Told({ verb, outcome, words }: { verb: Verb | "return" | null; outcome: FormState; words: GridWords }) {
  if (!verb || outcome.status === "idle") return null;
  if (outcome.status === "done") return <Notice tone="success">{words.act.done[verb]}</Notice>;
  return <Outcome state={outcome} />;
}

function byRow(findings: readonly Located[]): Map<string, Located[]> {
  const rows = new Map<string, Located[]>();
  for (const finding of findings) rows.set(finding.rowId, [...(rows.get(finding.rowId) ?? []), finding]);
  return rows;
}

const pastedOf = (count: number): Said => ({ kind: "pasted", count, locked: 0, outside: 0, unknown: [], unread: 0 });
