import { useState, type ReactNode } from "react";
import { printFigure } from "../../../../../../domain/indicator/printing";
import type { FigureField } from "../../../../../../domain/indicator/figure";
import type { GridRow } from "../../../../../../domain/indicator/queries";
import { clockTime } from "../../../../../../messages/dates";
import { Button } from "../../../../../../ui/button";
import { Icon } from "../../../../../../ui/icon";
import { fill } from "../../../../../fill";
import { sayFormula, sayProblem } from "../sheet/say";
import { shownOf } from "../sheet/shown";
import type { RowState, Sheet } from "../sheet/sheet";
import type { GridWords } from "../words";
import type { Grade } from "./decisions";
import { Grading } from "./grading";

type Props = {
  row: GridRow;
  state: RowState;
  /** null on the catalogue's own columns. */
  field: FigureField | null;
  head: string;
  sheet: Sheet;
  objection: string;
  onObject: (text: string) => void;
  grade: Grade;
  onGrade: (grade: Grade) => void;
  onAcceptDerived: () => void;
  onDone: () => void;
  words: GridWords;
};

/** One line over the table, as a spreadsheet's formula bar: what the active cell is, how it was worked out, what is due. */
export function CellBar(props: Props) {
  const { row, head, words } = props;
  return (
    <div role="group" aria-label={words.sheet.bar} className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1">
      <p className="font-semibold">
        {row.officialName} <span className="font-normal text-ink-soft">{head}</span>
      </p>
      <div id="cell-bar" className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
        {props.field && <About {...props} field={props.field} />}
      </div>
    </div>
  );
}

function About({
  row,
  state,
  field,
  sheet,
  objection,
  onObject,
  grade,
  onGrade,
  onAcceptDerived,
  onDone,
  words,
}: Props & { field: FigureField }) {
  const { sheet: say } = words;
  const cell = state.cells[field];
  const shown = shownOf(state, field);
  const { derived } = shown;
  const ref = { id: row.id, field };
  const value = printFigure(derived?.figure);
  const formula = derived ? fill(say.formulaBecomes, { formula: sayFormula(derived, words), value }) : "";
  const waitsForReason = cell.held.problem?.key === "reason-missing";
  const isBlankPlan = field === "planTotal" && shown.state === "blank" && derived !== null;
  const returned = row.reasons.filter((reason) => reason.field === field);
  return (
    <>
      {cell.theirs && (
        <>
          <Say icon="warning" tone="text-status-returned">
            {fill(say.theirs, {
              by: cell.theirs.by,
              at: clockTime(new Date(cell.theirs.at)),
              value: printFigure(cell.theirs.figure) || say.blank,
            })}
          </Say>
          <Small onPress={() => (sheet.choose(ref, "mine"), onDone())}>{say.useMine}</Small>
          <Small onPress={() => (sheet.choose(ref, "theirs"), onDone())}>{say.useTheirs}</Small>
        </>
      )}
      {cell.held.problem && (
        <Say icon="warning" tone="text-status-overdue">
          {sayProblem(cell.held, field, derived, words)}
        </Say>
      )}
      {field === "completion" && !shown.isOverride && (
        <span className="text-ink-soft">
          {formula || (state.row.kind === "total" ? say.notDerivable : say.notDerivableGrowth)}
        </span>
      )}
      {isBlankPlan && state.mayFill && (
        <>
          <span className="text-ink-soft">{fill(say.implied, { formula: sayFormula(derived, words), value })}</span>
          <Small onPress={onAcceptDerived}>{fill(say.acceptImplied, { value })}</Small>
        </>
      )}
      {shown.isOverride && !waitsForReason && (
        <span className="text-ink-soft">
          {fill(derived ? say.overrideShown : say.overrideUnderived, {
            value: shown.text,
            derived: value,
            reason: cell.held.reason ?? "",
          })}
          {derived && <span className="ml-2">{formula}</span>}
        </span>
      )}
      {shown.isOverride && state.mayFill && <Small onPress={onAcceptDerived}>{say.backToDerived}</Small>}
      {waitsForReason && state.mayFill && (
        <ReasonForm
          key={`${row.id} ${cell.held.problem?.typed}`}
          words={words}
          onKeep={(reason) => {
            sheet.apply([{ ...ref, figure: cell.held.figure, reason }]);
            onDone();
          }}
        />
      )}
      {returned.map((reason, index) => (
        <Say key={index} icon="arrow-left" tone="text-status-returned">
          {fill(say.returnedBy, { text: reason.text, by: reason.by })}
        </Say>
      ))}
      {row.can.return === null && objection !== "" && <Grading grade={grade} onGrade={onGrade} words={words.returns} />}
      {row.can.return === null && (
        <label className="flex min-w-60 flex-1 items-center gap-2">
          <span className="text-ink-soft">{say.objection}</span>
          <input
            key={`${row.id} ${field}`}
            type="text"
            value={objection}
            maxLength={1000}
            placeholder={say.objectionPlaceholder}
            onChange={(event) => onObject(event.target.value)}
            className="min-h-(--target) min-w-0 flex-1 rounded border border-line-strong bg-white px-2.5"
          />
        </label>
      )}
    </>
  );
}

function ReasonForm({ words, onKeep }: { words: GridWords; onKeep: (reason: string) => void }) {
  const [reason, setReason] = useState("");
  return (
    <form
      className="flex min-w-60 flex-1 items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== "") onKeep(reason);
      }}
    >
      <input
        id="override-reason"
        type="text"
        required
        maxLength={1000}
        value={reason}
        aria-label={words.sheet.reason}
        placeholder={words.sheet.reasonPlaceholder}
        onChange={(event) => setReason(event.target.value)}
        className="min-h-(--target) min-w-0 flex-1 rounded border border-line-strong bg-white px-2.5"
      />
      <Button>{words.sheet.keepReason}</Button>
    </form>
  );
}

function Say({ icon, tone, children }: { icon: "warning" | "arrow-left"; tone: string; children: ReactNode }) {
  return (
    <span className={`inline-flex items-start gap-1.5 ${tone}`}>
      <Icon name={icon} className="mt-1" />
      {children}
    </span>
  );
}

function Small({ onPress, children }: { onPress: () => void; children: ReactNode }) {
  return (
    <Button type="button" onClick={onPress}>
      {children}
    </Button>
  );
}
