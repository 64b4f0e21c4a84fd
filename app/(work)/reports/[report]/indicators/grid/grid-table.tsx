import { memo, useRef, type ChangeEvent, type FocusEvent, type MouseEvent, type PointerEvent } from "react";
import { FIGURE_FIELDS, FIGURE_STATES, type FigureField } from "../../../../../../domain/indicator/figure";
import type { GridRow } from "../../../../../../domain/indicator/queries";
import { isOneOf } from "../../../../../../domain/kernel/roles";
import { Icon } from "../../../../../../ui/icon";
import { fill } from "../../../../../fill";
import { COLUMNS, columnOf } from "../sheet/columns";
import type { Mode } from "../sheet/keys";
import type { Located } from "../sheet/live-findings";
import type { Range } from "../sheet/place-block";
import type { RowState, Snapshot } from "../sheet/sheet";
import type { GridWords } from "../words";
import { CellFigure, describe } from "./cell-figure";
import { RowStatus } from "./row-status";
import { GRID_ID, type Grid } from "./use-grid";

type TableProps = {
  label: string;
  rows: readonly GridRow[];
  snapshot: Snapshot;
  heads: readonly string[];
  numbers: Readonly<Record<string, number>>;
  grid: Grid;
  findings: ReadonlyMap<string, Located[]>;
  /** Rows that something can be done with, and those that are chosen for it. */
  choosable: ReadonlySet<string>;
  chosen: ReadonlySet<string>;
  objections: ReadonlyMap<string, Partial<Record<FigureField, string>>>;
  /** Whether rows of several offices stand here, so that each says whose it is. */
  showsOrgan: boolean;
  onChooseRow: (id: string) => void;
  onComposing: (composing: boolean) => void;
  words: GridWords;
};

/** The annex's table as a spreadsheet, by the ARIA grid pattern: one tab stop, which is the active cell. */
export function GridTable(props: TableProps) {
  const { rows, snapshot, grid, words } = props;
  const { active, range } = grid;
  const byFinger = useRef(false);

  /** Heard as the mouse, also from a finger: a drag of the finger scrolls, and chooses nothing. */
  function onMouseDown(event: MouseEvent): void {
    const spot = spotOf(event.target);
    const target = event.target as HTMLElement;
    if (!spot || event.button !== 0 || target.closest("select")) return;
    const isHere = spot.row === active.row && spot.column === active.column;
    if (isHere && grid.mode !== "ready") return;
    // A press on the box of a row ticks it as well.
    if (!target.closest("label")) event.preventDefault();
    if (isHere && byFinger.current) grid.edit();
    else if (grid.commit()) grid.go(spot, { extend: event.shiftKey });
  }

  function onPointerOver(event: PointerEvent): void {
    const spot = event.buttons === 1 && event.pointerType === "mouse" ? spotOf(event.target) : null;
    if (spot && grid.mode === "ready") grid.go(spot, { extend: true, focus: false });
  }

  function onChange(event: ChangeEvent<HTMLElement>): void {
    const { target } = event as unknown as { target: HTMLElement };
    if (target instanceof HTMLInputElement && target.type === "checkbox") {
      const id = rows[spotOf(target)?.row ?? -1]?.id;
      if (id) props.onChooseRow(id);
    } else if (target instanceof HTMLInputElement) grid.onType(target.value);
    else if (target instanceof HTMLSelectElement && isOneOf(target.value, FIGURE_STATES)) {
      grid.setFigureState(target.value);
    }
  }

  function onBlur(event: FocusEvent<HTMLElement>): void {
    if (event.target instanceof HTMLInputElement && event.target.dataset["cell"] !== undefined) grid.onBlur();
  }

  return (
    <div className="indicator-grid overflow-auto border border-line bg-white">
      <table
        id={GRID_ID}
        // The table's own words are the report's, whatever the language around it.
        lang="zh-CN"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the ARIA grid pattern
        role="grid"
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        aria-colcount={COLUMNS.length}
        aria-multiselectable="true"
        onPointerDown={(event) => {
          byFinger.current = event.pointerType === "touch";
        }}
        onMouseDown={onMouseDown}
        onPointerOver={onPointerOver}
        onDoubleClick={() => grid.mode === "ready" && grid.edit()}
        onChange={onChange}
        onBlur={onBlur}
        onCompositionStart={() => props.onComposing(true)}
        onCompositionEnd={() => props.onComposing(false)}
        {...grid.handlers}
      >
        <thead>
          <tr aria-rowindex={1}>
            {props.heads.map((head, column) => (
              <th key={head} scope="col" aria-colindex={column + 1} data-column={COLUMNS[column]}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => {
            const state = snapshot.rows.get(row.id);
            if (!state) return null;
            const isActive = at === active.row;
            return (
              <GridLine
                key={row.id}
                row={row}
                state={state}
                at={at}
                number={props.numbers[row.id] ?? at + 1}
                activeColumn={isActive ? active.column : null}
                mode={isActive ? grid.mode : "ready"}
                draft={isActive ? grid.draft : ""}
                selection={selectionIn(range, at)}
                heads={props.heads}
                findings={props.findings.get(row.id) ?? NONE}
                isChoosable={props.choosable.has(row.id)}
                isChosen={props.chosen.has(row.id)}
                objections={props.objections.get(row.id) ?? NO_OBJECTIONS}
                showsOrgan={props.showsOrgan}
                words={words}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const NONE: Located[] = [];
const NO_OBJECTIONS: Partial<Record<FigureField, string>> = {};

type LineProps = {
  row: GridRow;
  state: RowState;
  at: number;
  number: number;
  activeColumn: number | null;
  mode: Mode;
  draft: string;
  /** "first-last" of the selected columns; "" for none. A string, so that lines that are not touched are not drawn again. */
  selection: string;
  heads: readonly string[];
  findings: readonly Located[];
  isChoosable: boolean;
  isChosen: boolean;
  objections: Partial<Record<FigureField, string>>;
  showsOrgan: boolean;
  words: GridWords;
};

const GridLine = memo(function GridLine(props: LineProps) {
  const { row, state, at, activeColumn, words } = props;
  const [first, last] = props.selection.split("-").map(Number);
  const isSelected = (column: number) => props.selection !== "" && column >= (first ?? 0) && column <= (last ?? 0);
  const place = (column: number) => ({
    "aria-colindex": column + 1,
    "aria-selected": isSelected(column) || undefined,
    "data-at": `${at}-${column}`,
    "data-active": column === activeColumn ? "" : undefined,
    "data-column": COLUMNS[column],
  });
  const still = (column: number) => ({
    ...place(column),
    "aria-readonly": true as const,
    tabIndex: column === activeColumn ? 0 : -1,
  });
  return (
    <tr id={row.code} aria-rowindex={at + 2} data-chosen={props.isChosen || undefined}>
      <td {...still(0)}>
        {props.isChoosable ? (
          <label className="flex min-h-(--target) items-center justify-center gap-1">
            <input
              type="checkbox"
              checked={props.isChosen}
              readOnly
              tabIndex={-1}
              aria-label={fill(words.sheet.choose, { name: row.officialName })}
              className="size-4 accent-indigo"
            />
            {props.number}
          </label>
        ) : (
          props.number
        )}
      </td>
      <th scope="row" {...still(1)}>
        <span className="block leading-5">{row.officialName}</span>
        <RowStatus row={row} isClosed={state.isClosed} showsOrgan={props.showsOrgan} words={words} />
      </th>
      <td {...still(2)}>{row.unit}</td>
      {FIGURE_FIELDS.map((field) => {
        const column = columnOf(field);
        const findings = props.findings.filter((finding) => finding.field === field);
        const about = { row, state, field, findings, objection: props.objections[field] ?? "", words };
        const isActive = column === activeColumn;
        if (!isActive || !state.mayFill) {
          return (
            <td
              key={field}

              {...(state.mayFill ? { ...place(column), tabIndex: -1 } : still(column))}
              aria-invalid={state.cells[field].held.problem ? true : undefined}
            >
              <CellFigure {...about} />
            </td>
          );
        }
        return (
          <td key={field} {...place(column)}>
            <CellInput {...about} head={props.heads[column] ?? ""} mode={props.mode} draft={props.draft} />
          </td>
        );
      })}
    </tr>
  );
});

type InputProps = Parameters<typeof CellFigure>[0] & { head: string; mode: Mode; draft: string };

/** The active cell: its text stands selected in a field, so that a letter, also one of an input method, replaces it. */
function CellInput({ head, mode, draft, ...about }: InputProps) {
  const { row, state, field, words } = about;
  const { held } = state.cells[field];
  const { text, placeholder, said } = describe(about);
  return (
    <>
      <input
        data-cell={field}
        data-mode={mode}
        type="text"
        inputMode={field === "remark" ? "text" : "decimal"}
        autoComplete="off"
        spellCheck={false}
        value={mode === "ready" ? text : draft}
        placeholder={placeholder}
        aria-label={`${row.officialName} ${head}`}
        aria-describedby="cell-bar"
        aria-invalid={held.problem ? true : undefined}
        title={said}
        onChange={ignore}
      />
      {field !== "remark" && (
        <span className="states">
          <select
            tabIndex={-1}
            aria-label={fill(words.sheet.statesOf, { name: row.officialName, field: words.field[field] })}
            value={held.figure?.state ?? ""}
            onChange={ignore}
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
          <Icon name="chevron-down" />
        </span>
      )}
    </>
  );
}

/** Changes are heard by the table as a whole. */
function ignore(): void {}

function spotOf(target: EventTarget): { row: number; column: number } | null {
  const place = (target as HTMLElement).closest<HTMLElement>("[data-at]")?.dataset["at"];
  const [row, column] = (place ?? "").split("-").map(Number);
  return place && row !== undefined && column !== undefined ? { row, column } : null;
}

function selectionIn({ from, to }: Range, row: number): string {
  const isSingle = from.row === to.row && from.column === to.column;
  return isSingle || row < from.row || row > to.row ? "" : `${from.column}-${to.column}`;
}
