import {
  FIGURE_FIELDS,
  sameFigure,
  type Figure,
  type FigureField,
  type IndicatorRow,
} from "../../../../../../domain/indicator/figure";
import type { GridRow } from "../../../../../../domain/indicator/queries";
import type { FillCell } from "../../../../../../domain/indicator/schema";
import { BLANK, heldOf, isSendable, isUnsaved, typedOf, withReason, type Cell, type Held, type Theirs } from "./cell";
import { UndoStack } from "./undo-stack";

export type CellRef = { id: string; field: FigureField };
/** What a hand does to a cell: a text to be read, or a figure that was chosen. */
export type Change = CellRef & ({ typed: string } | { figure: Figure | null }) & { reason?: string | null };

/** One row as the screen has it. A new object whenever anything in it changes. */
export type RowState = {
  id: string;
  mayFill: boolean;
  /** The server said that the row can no longer be filled in; what is unsaved in it stays in this browser. */
  isClosed: boolean;
  cells: Record<FigureField, Cell>;
  /** With the figures that stand on the screen; a cell that cannot be read counts as blank. */
  row: IndicatorRow;
};
export type Snapshot = { rows: ReadonlyMap<string, RowState>; canUndo: boolean; canRedo: boolean };

/** The copy of unsaved cells in this browser. `write` tells whether it could be kept. */
export type CellStash = {
  write: (cell: CellRef, left: Left | null) => boolean;
};
export type Left = { version: number; held: Held };

type Step = (CellRef & { before: Held; after: Held })[];

/**
 * The cells of the table as they stand on the screen, with what the server has of each: every change is one step that
 * can be taken back, is kept in this browser until the server has it, and lives through what others save meanwhile.
 */
export class Sheet {
  private rows: Map<string, RowState>;
  private readonly steps = new UndoStack<Step>();
  private readonly listeners = new Set<() => void>();
  private shown: Snapshot;

  constructor(
    rows: readonly GridRow[],
    private readonly stash: CellStash,
    private readonly onStash: (kept: boolean) => void = () => {},
  ) {
    this.rows = new Map(rows.map((row) => [row.id, stateOf(row)]));
    this.shown = this.snapshot();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getSnapshot = (): Snapshot => this.shown;

  cell({ id, field }: CellRef): Cell | null {
    return this.rows.get(id)?.cells[field] ?? null;
  }

  /** One step, however many cells: completions last, for they are compared with what the others make. Tells which moved. */
  apply(changes: readonly Change[]): CellRef[] {
    const ordered = [...changes].sort((a, b) => Number(a.field === "completion") - Number(b.field === "completion"));
    const step: Step = [];
    for (const change of ordered) {
      const state = this.rows.get(change.id);
      if (!state?.mayFill) continue;
      const before = state.cells[change.field].held;
      const reason = change.reason ?? null;
      const after =
        "typed" in change
          ? heldOf(state.row, change.field, change.typed, reason)
          : withReason(state.row, change.field, change.figure, reason);
      if (isSameHeld(before, after)) continue;
      step.push({ id: change.id, field: change.field, before, after });
      this.hold(change, after);
    }
    if (step.length > 0) this.steps.push(step);
    this.publish();
    return step.map(({ id, field }) => ({ id, field }));
  }

  undo(): CellRef[] {
    const step = this.steps.undo();
    return this.replay(step, "before");
  }

  redo(): CellRef[] {
    const step = this.steps.redo();
    return this.replay(step, "after");
  }

  /** What can be saved now, each with the version that it builds on. */
  unsent(limit: number): FillCell[] {
    const cells: FillCell[] = [];
    for (const state of this.rows.values()) {
      if (!state.mayFill || state.isClosed) continue;
      for (const field of FIGURE_FIELDS) {
        const cell = state.cells[field];
        if (cells.length < limit && isSendable(cell)) {
          const { figure, reason } = cell.held;
          cells.push({ indicatorId: state.id, field, version: cell.saved.version, figure, reason });
        }
      }
    }
    return cells;
  }

  /** The server has these; a cell that was changed again meanwhile is unsaved on the new version. */
  acknowledge(
    sent: readonly FillCell[],
    saved: readonly { indicatorId: string; field: FigureField; version: number }[],
  ): void {
    for (const { indicatorId: id, field, version } of saved) {
      const given = sent.find((cell) => cell.indicatorId === id && cell.field === field);
      if (given) this.change({ id, field }, (cell) => ({ ...cell, saved: { ...pick(given), version } }));
    }
    this.publish();
  }

  /** Somebody else was first: both figures stand at the cell until one is chosen. The same figure is no conflict. */
  collide(conflicts: readonly (Theirs & { indicatorId: string; field: FigureField })[]): void {
    for (const { indicatorId: id, field, ...theirs } of conflicts) {
      const { figure, reason, version } = theirs;
      this.change({ id, field }, (cell) =>
        sameFigure(cell.held.figure, figure) && cell.held.reason === reason
          ? { ...cell, saved: { figure, reason, version } }
          : { ...cell, theirs },
      );
    }
    this.publish();
  }

  choose(ref: CellRef, whose: "mine" | "theirs"): void {
    const cell = this.cell(ref);
    if (!cell?.theirs) return;
    const { version, figure, reason } = cell.theirs;
    const before = cell.held;
    const after = whose === "mine" ? before : { ...BLANK, figure, reason };
    if (whose === "theirs") this.steps.push([{ ...ref, before, after }]);
    this.change(ref, () => ({ saved: { figure, reason, version }, held: after, theirs: null }));
    this.publish();
  }

  /** The server will not take this one as it is; it stays as it was typed. */
  refuse({ indicatorId: id, field, figure }: FillCell): void {
    this.change({ id, field }, (cell) =>
      sameFigure(cell.held.figure, figure) && cell.held.problem === null
        ? { ...cell, held: { ...cell.held, problem: { typed: typedOf(cell.held), key: "refused", params: {} } } }
        : cell,
    );
    this.publish();
  }

  close(ids: readonly string[]): void {
    for (const id of ids) {
      const state = this.rows.get(id);
      if (state) this.rows.set(id, { ...state, isClosed: true });
    }
    this.publish();
  }

  /** The page as the server has it now. What is unsaved stays on the screen, on the version it builds on. */
  adopt(rows: readonly GridRow[]): void {
    this.rows = new Map(
      rows.map((row) => {
        const fresh = stateOf(row);
        const mine = this.rows.get(row.id);
        // Unsaved cells of a row that has gone up stay in this browser; the screen shows what went.
        if (!mine || !fresh.mayFill) return [row.id, fresh];
        const cells = { ...fresh.cells };
        for (const field of FIGURE_FIELDS) cells[field] = merged(mine.cells[field], fresh.cells[field]);
        return [row.id, withRow({ ...fresh, cells })];
      }),
    );
    this.publish();
  }

  /** What this browser kept of an earlier visit: goes out on the version it was typed on, so that nothing is run over. */
  restore(left: readonly (CellRef & Left)[]): CellRef[] {
    const taken: CellRef[] = [];
    for (const { id, field, version, held } of left) {
      const cell = this.cell({ id, field });
      if (!cell || !this.rows.get(id)?.mayFill || isUnsaved(cell)) continue;
      if (isSameHeld(cell.held, held)) {
        this.stash.write({ id, field }, null);
        continue;
      }
      this.change({ id, field }, (now) => ({ ...now, saved: { ...now.saved, version }, held }));
      taken.push({ id, field });
    }
    this.publish();
    return taken;
  }

  private replay(step: Step | null, to: "before" | "after"): CellRef[] {
    const cells = (step ?? []).filter(({ id }) => this.rows.get(id)?.mayFill);
    for (const cell of cells) this.hold(cell, cell[to]);
    this.publish();
    return cells.map(({ id, field }) => ({ id, field }));
  }

  private hold(ref: CellRef, held: Held): void {
    this.change(ref, (cell) => ({ ...cell, held }));
  }

  private change({ id, field }: CellRef, how: (cell: Cell) => Cell): void {
    const state = this.rows.get(id);
    if (!state) return;
    const cell = how(state.cells[field]);
    this.rows.set(id, withRow({ ...state, cells: { ...state.cells, [field]: cell } }));
    const left = isUnsaved(cell) ? { version: cell.saved.version, held: cell.held } : null;
    const kept = this.stash.write({ id, field }, left);
    if (left) this.onStash(kept);
  }

  private publish(): void {
    this.shown = this.snapshot();
    for (const listener of this.listeners) listener();
  }

  private snapshot(): Snapshot {
    return { rows: new Map(this.rows), canUndo: this.steps.canUndo, canRedo: this.steps.canRedo };
  }
}

function stateOf(row: GridRow): RowState {
  const cells = Object.fromEntries(
    FIGURE_FIELDS.map((field): [FigureField, Cell] => {
      const { figure = null, reason = null, version = 0 } = row.cells[field] ?? {};
      return [field, { saved: { figure, reason, version }, held: { figure, reason, problem: null }, theirs: null }];
    }),
  ) as Record<FigureField, Cell>;
  const { code, officialName, shortName, aliases, unit, kind, basis, decimals } = row;
  const indicator = { code, officialName, shortName, aliases, unit, kind, basis, decimals };
  const mayFill = row.can.fill === null;
  return withRow({
    id: row.id,
    mayFill,
    isClosed: false,
    cells,
    row: { ...indicator, figures: {}, completionReason: null },
  });
}

/** The row's figures follow its cells. */
function withRow(state: RowState): RowState {
  const figures = Object.fromEntries(
    FIGURE_FIELDS.flatMap((field): [FigureField, Figure][] => {
      const { figure } = state.cells[field].held;
      return figure ? [[field, figure]] : [];
    }),
  );
  return { ...state, row: { ...state.row, figures, completionReason: state.cells.completion.held.reason } };
}

function merged(mine: Cell, fresh: Cell): Cell {
  if (fresh.saved.version < mine.saved.version) return mine;
  if (!isUnsaved(mine)) return fresh;
  // The figure is as it was, only its source or the row moved on: what is unsaved builds on the new version.
  return sameFigure(mine.saved.figure, fresh.saved.figure) ? { ...mine, saved: fresh.saved } : mine;
}

const isSameHeld = (one: Held, other: Held): boolean =>
  sameFigure(one.figure, other.figure) &&
  one.reason === other.reason &&
  one.problem?.key === other.problem?.key &&
  one.problem?.typed === other.problem?.typed;

const pick = ({ figure, reason }: FillCell) => ({ figure, reason: reason ?? null });
