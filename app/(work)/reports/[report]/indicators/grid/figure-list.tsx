import { useState } from "react";
import {
  FIGURE_FIELDS,
  FIGURE_STATES,
  type FigureField,
  type FigureState,
} from "../../../../../../domain/indicator/figure";
import { printFigure } from "../../../../../../domain/indicator/printing";
import type { GridRow } from "../../../../../../domain/indicator/queries";
import { isOneOf } from "../../../../../../domain/kernel/roles";
import { Button } from "../../../../../../ui/button";
import { Icon } from "../../../../../../ui/icon";
import { Select, TextField } from "../../../../../../ui/field";
import { fill } from "../../../../../fill";
import type { Located } from "../sheet/live-findings";
import { sayFinding, sayFormula, sayProblem } from "../sheet/say";
import type { CellRef, RowState, Sheet, Snapshot } from "../sheet/sheet";
import { shownOf } from "../sheet/shown";
import type { GridWords } from "../words";
import { CellFigure, describe } from "./cell-figure";
import { UNGRADED, type Grade, type Grades } from "./decisions";
import { Grading } from "./grading";
import { RowStatus } from "./row-status";

type ListProps = {
  rows: readonly GridRow[];
  snapshot: Snapshot;
  sheet: Sheet;
  findings: ReadonlyMap<string, Located[]>;
  choosable: ReadonlySet<string>;
  chosen: ReadonlySet<string>;
  objections: ReadonlyMap<string, Partial<Record<FigureField, string>>>;
  showsOrgan: boolean;
  onChooseRow: (id: string) => void;
  onObject: (cell: CellRef, text: string) => void;
  grades: Grades;
  onGrade: (cell: CellRef, grade: Grade) => void;
  onActive: (cell: CellRef) => void;
  onOpen: (id: string) => void;
  onComposing: (composing: boolean) => void;
  words: GridWords;
};

/** The table on a phone: a line an indicator, which opens to its figures, one field under the other. */
export function FigureList(props: ListProps) {
  const { rows, snapshot, words } = props;
  return (
    <ul
      className="border border-line bg-white"
      onCompositionStart={() => props.onComposing(true)}
      onCompositionEnd={() => props.onComposing(false)}
    >
      {rows.map((row) => {
        const state = snapshot.rows.get(row.id);
        if (!state) return null;
        const isWaiting = props.findings.get(row.id)?.some((one) => one.waivedBy === null && one.severity === "error");
        return (
          <li key={row.id} id={row.code} className="flex items-start gap-1 border-b border-line-soft last:border-b-0">
            {props.choosable.has(row.id) && (
              <label className="flex min-h-14 items-center pl-3">
                <input
                  type="checkbox"
                  checked={props.chosen.has(row.id)}
                  onChange={() => props.onChooseRow(row.id)}
                  aria-label={fill(words.sheet.choose, { name: row.officialName })}
                  className="size-5 accent-indigo"
                />
              </label>
            )}
            <details
              className="group min-w-0 flex-1"
              onToggle={(event) => event.currentTarget.open && props.onOpen(row.id)}
            >
              <summary className="flex min-h-14 items-center justify-between gap-3 px-3 py-1.5">
                <span className="min-w-0">
                  <span className="block">{row.officialName}</span>
                  <RowStatus row={row} isClosed={state.isClosed} showsOrgan={props.showsOrgan} words={words} />
                </span>
                <span className="flex shrink-0 items-center gap-1.5 text-right">
                  {isWaiting && <Icon name="warning" label={words.sheet.mark.error} className="text-status-overdue" />}
                  {shownOf(state, row.kind === "total" ? "actual" : "growth").text}
                  <Icon name="chevron-down" className="text-ink-soft group-open:rotate-180" />
                </span>
              </summary>
              <div className={`flex flex-col px-3 pt-1 pb-4 ${state.mayFill ? "gap-4" : "gap-1.5"}`}>
                {FIGURE_FIELDS.map((field) => (
                  <Figure key={field} {...props} row={row} state={state} field={field} />
                ))}
                {row.can.return === null && <Objection {...props} id={row.id} />}
              </div>
            </details>
          </li>
        );
      })}
    </ul>
  );
}

type FigureProps = ListProps & { row: GridRow; state: RowState; field: FigureField };

function Figure({ row, state, field, ...props }: FigureProps) {
  const { words } = props;
  const findings = (props.findings.get(row.id) ?? []).filter((finding) => finding.field === field);
  const unit = unitOf(field, row.unit);
  const label = unit === "" ? words.field[field] : `${words.field[field]} · ${unit}`;
  const objection = props.objections.get(row.id)?.[field] ?? "";
  if (state.mayFill) return <FigureInput {...props} {...{ row, state, field, findings, label }} />;
  return (
    <div className="border-b border-line-soft pb-1.5 last:border-b-0">
      <div className="flex items-baseline justify-between gap-4">
        <span className="shrink-0 text-ink-soft">{label}</span>
        <CellFigure {...{ row, state, field, findings, objection, words }} />
      </div>
      <Notes {...{ row, state, field, findings, words }} />
    </div>
  );
}

type ObjectionProps = Pick<ListProps, "objections" | "onObject" | "grades" | "onGrade" | "words"> & { id: string };

/** What a reviewer has against one figure of the row; sent with the return. */
function Objection({ id, objections, onObject, grades, onGrade, words }: ObjectionProps) {
  const [field, setField] = useState<FigureField>("actual");
  return (
    <div className="flex flex-col gap-2 pt-2">
      <Select
        id={`objection-field-${id}`}
        name="field"
        label={words.sheet.objectionTo}
        value={field}
        options={FIGURE_FIELDS.map((one) => ({ value: one, label: words.field[one] }))}
        onChange={(event) => isOneOf(event.target.value, FIGURE_FIELDS) && setField(event.target.value)}
      />
      <TextField
        id={`objection-${id}`}
        name="objection"
        label={words.sheet.objection}
        placeholder={words.sheet.objectionPlaceholder}
        value={objections.get(id)?.[field] ?? ""}
        maxLength={1000}
        onChange={(event) => onObject({ id, field }, event.target.value)}
      />
      <Grading
        grade={grades.get(`${id} ${field}`) ?? UNGRADED}
        onGrade={(to) => onGrade({ id, field }, to)}
        words={words.returns}
      />
    </div>
  );
}

type InputProps = Omit<FigureProps, "findings"> & { findings: readonly Located[]; label: string };

function FigureInput({ row, state, field, findings, label, sheet, words, onActive }: InputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [isWords, setIsWords] = useState(false);
  const ref = { id: row.id, field };
  const { held } = state.cells[field];
  const { text, placeholder } = describe({ row, state, field, findings, objection: "", words });
  const shown = shownOf(state, field);
  const commit = () => {
    if (draft !== null && draft !== text) sheet.apply([{ ...ref, typed: draft, reason: held.reason }]);
    setDraft(null);
  };
  const choose = (to: FigureState) => {
    const digits = held.figure && "digits" in held.figure ? held.figure.digits : null;
    if (to === "not-applicable" || to === "pending") sheet.apply([{ ...ref, figure: { state: to } }]);
    else if ((to === "number" || to === "estimate") && digits !== null) {
      sheet.apply([{ ...ref, figure: { state: to, digits } }]);
    } else {
      setIsWords(to === "words");
      if (to === "estimate") setDraft("预计");
      document.getElementById(`${field}-${row.id}`)?.focus();
    }
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-x-2">
      <TextField
        id={`${field}-${row.id}`}
        name={field}
        label={label}
        inputMode={field === "remark" || isWords || shown.state === "words" ? "text" : "decimal"}
        autoComplete="off"
        value={draft ?? text}
        placeholder={placeholder}
        error={held.problem ? sayProblem(held, field, shown.derived, words) : undefined}
        onFocus={() => onActive(ref)}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) commit();
        }}
      />
      {field !== "remark" && (
        <select
          aria-label={fill(words.sheet.statesOf, { name: row.officialName, field: words.field[field] })}
          value={held.figure?.state ?? ""}
          onChange={(event) => isOneOf(event.target.value, FIGURE_STATES) && choose(event.target.value)}
          className="min-h-(--target) w-29 self-end rounded border border-line-strong bg-white px-1.5"
        >
          <option value="" disabled>
            {words.sheet.states}
          </option>
          {FIGURE_STATES.map((one) => (
            <option key={one} value={one}>
              {words.state[one]}
            </option>
          ))}
        </select>
      )}
      <div className="col-span-2">
        {shown.isOverride && held.problem?.key !== "reason-missing" && (
          <p className="text-sm text-ink-soft">
            {fill(shown.derived ? words.sheet.overrideShown : words.sheet.overrideUnderived, {
              value: shown.text,
              derived: printFigure(shown.derived?.figure),
              reason: held.reason ?? "",
            })}
          </p>
        )}
        {held.problem?.key === "reason-missing" && (
          <Reason
            words={words}
            id={`reason-${row.id}`}
            onKeep={(reason) => sheet.apply([{ ...ref, figure: held.figure, reason }])}
          />
        )}
        {shown.isOverride && (
          <Button type="button" kind="quiet" onClick={() => sheet.apply([{ ...ref, figure: null }])}>
            {words.sheet.backToDerived}
          </Button>
        )}
        {field === "planTotal" && shown.state === "blank" && shown.derived && (
          <Button
            type="button"
            kind="quiet"
            onClick={() => sheet.apply([{ ...ref, figure: shown.derived?.figure ?? null }])}
          >
            {fill(words.sheet.acceptImplied, { value: printFigure(shown.derived.figure) })}
          </Button>
        )}
        <Notes {...{ row, state, field, findings, words }} />
      </div>
    </div>
  );
}

function Reason({ id, words, onKeep }: { id: string; words: GridWords; onKeep: (reason: string) => void }) {
  const [reason, setReason] = useState("");
  return (
    <TextField
      id={id}
      name="reason"
      label={words.sheet.reason}
      value={reason}
      maxLength={1000}
      onChange={(event) => setReason(event.target.value)}
      onBlur={() => reason.trim() !== "" && onKeep(reason)}
    />
  );
}

type NotesProps = { row: GridRow; state: RowState; field: FigureField; findings: readonly Located[]; words: GridWords };

/** What the table says when pointed at stands written here: a finger points at nothing. */
function Notes({ row, state, field, findings, words }: NotesProps) {
  const { derived } = shownOf(state, field);
  const lines = [
    ...(derived && field === "completion" ? [`${sayFormula(derived, words)} = ${printFigure(derived.figure)}`] : []),
    ...findings.map((finding) => sayFinding(finding, words)),
    ...row.reasons
      .filter((reason) => reason.field === field)
      .map(({ text, by }) => fill(words.sheet.returnedBy, { text, by })),
  ];
  return lines.map((line) => (
    <p key={line} className="text-sm text-ink-soft">
      {line}
    </p>
  ));
}

function unitOf(field: FigureField, unit: string): string {
  if (field === "lastActual" || field === "planTotal" || field === "actual") return unit;
  return field === "planGrowth" || field === "growth" || field === "completion" ? "%" : "";
}
