import { FIGURE_FIELDS } from "../../../../../../domain/indicator/figure";
import { printFigure } from "../../../../../../domain/indicator/printing";
import { clockTime } from "../../../../../../messages/dates";
import { Button } from "../../../../../../ui/button";
import { Icon } from "../../../../../../ui/icon";
import { fill } from "../../../../../fill";
import { typedOf, type Cell } from "../sheet/cell";
import { sayProblem } from "../sheet/say";
import type { CellRef, RowState, Sheet } from "../sheet/sheet";
import { shownOf } from "../sheet/shown";
import type { GridWords } from "../words";

type Props = { states: readonly RowState[]; onGoTo: (cell: CellRef) => void; words: GridWords };

export type OpenCell = CellRef & { state: RowState; cell: Cell };

/** The cells that somebody must look at, row by row: those that cannot be saved, and those with two figures. */
export function openCells(states: readonly RowState[], which: (cell: Cell) => boolean): OpenCell[] {
  return states.flatMap((state) =>
    FIGURE_FIELDS.filter((field) => which(state.cells[field])).map((field) => ({
      id: state.id,
      field,
      state,
      cell: state.cells[field],
    })),
  );
}

/** The list over the table: each unsaved cell with what is the matter, and a way to it. */
export function ProblemList({ states, onGoTo, words }: Props) {
  const open = openCells(states, (cell) => cell.held.problem !== null);
  if (open.length === 0) return null;
  return (
    <section
      aria-label={fill(words.sheet.problemsTitle, { count: open.length })}
      className={`${BOX} border-status-overdue`}
    >
      <p role="status" className="flex items-start gap-2 font-semibold text-status-overdue">
        <Icon name="warning" className="mt-1" />
        {fill(words.sheet.problemsTitle, { count: open.length })}
      </p>
      <ul lang="zh-CN" className="max-h-40 overflow-y-auto pl-6">
        {open.map(({ id, field, state, cell }) => (
          <li key={`${id} ${field}`}>
            <button
              type="button"
              className="py-0.5 text-left underline underline-offset-3"
              onClick={() => onGoTo({ id, field })}
            >
              {fill(words.sheet.problem, {
                name: state.row.officialName,
                field: words.field[field],
                typed: typedOf(cell.held),
              })}
            </button>{" "}
            <span className="text-ink-soft">{sayProblem(cell.held, field, shownOf(state, field).derived, words)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Cells that somebody else saved first: both figures, and a choice for each. */
export function ConflictList({ states, sheet, onGoTo, words }: Props & { sheet: Sheet }) {
  const open = openCells(states, (cell) => cell.theirs !== null);
  if (open.length === 0) return null;
  const title = fill(words.sheet.conflictTitle, { count: open.length });
  return (
    <section aria-label={title} className={`${BOX} border-mark-line`}>
      <p role="status" className="flex items-start gap-2 font-semibold text-status-returned">
        <Icon name="warning" className="mt-1" />
        {title}
      </p>
      <ul className="max-h-60 overflow-y-auto pl-6">
        {open.map(({ id, field, state, cell }) => (
          <li key={`${id} ${field}`} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1">
            <button type="button" className="underline underline-offset-3" onClick={() => onGoTo({ id, field })}>
              {fill(words.sheet.conflictOf, { name: state.row.officialName, field: words.field[field] })}
            </button>
            <span>{fill(words.sheet.mine, { value: typedOf(cell.held) || words.sheet.blank })}</span>
            <Button type="button" onClick={() => sheet.choose({ id, field }, "mine")}>
              {words.sheet.useMine}
            </Button>
            <span>
              {fill(words.sheet.theirs, {
                by: cell.theirs?.by ?? "",
                at: cell.theirs ? clockTime(new Date(cell.theirs.at)) : "",
                value: printFigure(cell.theirs?.figure) || words.sheet.blank,
              })}
            </span>
            <Button type="button" onClick={() => sheet.choose({ id, field }, "theirs")}>
              {words.sheet.useTheirs}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const BOX = "rounded border bg-white px-4 py-2";
