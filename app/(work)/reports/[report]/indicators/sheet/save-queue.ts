import type { PutFailure } from "../../../../../put-json";
import type { FigureField } from "../../../../../../domain/indicator/figure";
import type { FillCell } from "../../../../../../domain/indicator/schema";
import type { Theirs } from "./cell";

export type Saved = { indicatorId: string; field: FigureField; version: number };
export type Collided = Theirs & { indicatorId: string; field: FigureField };

export type SendAnswer = { status: "saved"; saved: Saved[]; conflicts: Collided[] } | PutFailure;

export type SaveState =
  | { kind: "clean" | "dirty" | "saving" | "signed-out" | "offline" | "full" }
  | { kind: "saved"; at: Date }
  | { kind: "broken"; reference: string };

type Options = {
  /** The cells that can be saved now, at most `limit`. */
  unsent: (limit: number) => FillCell[];
  send: (cells: FillCell[]) => Promise<SendAnswer>;
  onSaved: (sent: readonly FillCell[], saved: readonly Saved[], conflicts: readonly Collided[]) => void;
  /** This row can no longer be filled in by this person. */
  onClosed: (indicatorIds: string[]) => void;
  /** The server will not have this one cell as it is. */
  onRefused: (cell: FillCell) => void;
  onState: (state: SaveState) => void;
  isComposing: () => boolean;
  now?: () => Date;
  delay?: number;
};

/** As many cells as one request carries. */
const BATCH = 200;

/**
 * Sends what is unsaved a moment after the last change, one request at a time. A request that the server will not have
 * as a whole is halved until the cell that is at fault stands alone: no cell waits for another's fault.
 */
export class CellQueue {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;
  private failures = 0;
  private disposed = false;

  constructor(private readonly options: Options) {}

  /** Whether something is under way or waits to be sent. */
  get hasUnsaved(): boolean {
    return this.running !== undefined || this.options.unsent(1).length > 0;
  }

  changed(): void {
    if (this.disposed || !this.hasUnsaved) return;
    if (!this.running) this.options.onState({ kind: "dirty" });
    this.schedule(this.options.delay ?? 1000);
  }

  /** Saves everything that can be saved, now. True when nothing of it is left. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    this.running = this.drain();
    await this.running;
    this.running = undefined;
    return this.options.unsent(1).length === 0;
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
  }

  private async drain(): Promise<void> {
    let state: SaveState | null = null;
    for (let cells = this.options.unsent(BATCH); cells.length > 0; cells = this.options.unsent(BATCH)) {
      this.options.onState({ kind: "saving" });
      state = await this.deliver(cells);
      if (!isThrough(state)) break;
    }
    if (!state) return;
    this.options.onState(state);
    if (isThrough(state)) this.failures = 0;
    else if (state.kind !== "signed-out") this.retry();
  }

  private async deliver(cells: FillCell[]): Promise<SaveState> {
    const answer = await this.options.send(cells);
    switch (answer.status) {
      case "saved":
        // Sending the same cells again and again would help nobody.
        if (answer.saved.length + answer.conflicts.length === 0) return { kind: "broken", reference: "no-answer" };
        this.options.onSaved(cells, answer.saved, answer.conflicts);
        return { kind: "saved", at: (this.options.now ?? (() => new Date()))() };
      case "not-open":
      case "invalid":
        return this.single(cells, answer.status);
      case "broken":
        return { kind: "broken", reference: answer.reference };
      default:
        return { kind: answer.status };
    }
  }

  private async single(cells: FillCell[], fault: "not-open" | "invalid"): Promise<SaveState> {
    const [first] = cells;
    const rows = new Set(cells.map((cell) => cell.indicatorId));
    let outcome: SaveState = { kind: "clean" };
    if (fault === "not-open" && rows.size === 1) this.options.onClosed([...rows]);
    else if (fault === "invalid" && cells.length === 1 && first) this.options.onRefused(first);
    else {
      for (const half of halves(cells, fault)) {
        const state = await this.deliver(half);
        if (!isThrough(state)) return state;
        if (state.kind === "saved") outcome = state;
      }
    }
    return outcome;
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.options.isComposing()) this.schedule(300);
      else void this.flush();
    }, delay);
  }

  private retry(): void {
    this.failures += 1;
    if (!this.disposed) this.schedule(Math.min(30_000, 2000 * this.failures));
  }
}

/** The server has spoken on every cell: kept it, or will not have it. */
const isThrough = (state: SaveState): boolean => state.kind === "saved" || state.kind === "clean";

/** A row that is closed is closed as a whole, so its cells stay together. */
function halves(cells: FillCell[], fault: "not-open" | "invalid"): FillCell[][] {
  if (fault === "invalid") {
    const middle = Math.ceil(cells.length / 2);
    return [cells.slice(0, middle), cells.slice(middle)];
  }
  const rows = [...new Set(cells.map((cell) => cell.indicatorId))];
  const former = new Set(rows.slice(0, Math.ceil(rows.length / 2)));
  return [cells.filter((cell) => former.has(cell.indicatorId)), cells.filter((cell) => !former.has(cell.indicatorId))];
}
