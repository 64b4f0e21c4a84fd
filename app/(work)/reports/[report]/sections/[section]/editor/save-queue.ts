import type { Content } from "../../../../../../../domain/section/content";

export type TheirText = { version: number; content: Content; by: string; at: string };

export type SaveAnswer =
  | { status: "saved"; version: number; savedAt: string; revision: number | null }
  | { status: "conflict"; current: TheirText }
  | { status: "signed-out" | "offline" | "full" | "invalid" | "not-open" }
  | { status: "broken"; reference: string };

export type SaveState =
  | { kind: "clean" }
  | { kind: "dirty" }
  | { kind: "saving" }
  | { kind: "saved"; at: string; revision: number | null }
  | { kind: "conflict"; current: TheirText }
  | { kind: "signed-out" | "offline" | "full" | "invalid" | "not-open" }
  | { kind: "broken"; reference: string };

type Options = {
  version: number;
  /** What is on the screen now. */
  read: () => Content;
  send: (body: { version: number; content: Content; keep: boolean }) => Promise<SaveAnswer>;
  /** The copy in this browser, kept from the first keystroke until the server has acknowledged it. */
  stash: { write: (version: number, content: Content) => boolean; clear: () => void };
  /** Whether the browser's copy could be kept: where it could not, nobody may be told that it was. */
  onStash: (kept: boolean) => void;
  onState: (state: SaveState) => void;
  /** An input method is composing: nothing may be sent or redrawn. */
  isComposing: () => boolean;
  delay?: number;
};

/**
 * Sends one save at a time, always the latest text, each with the version it is based on. What fails for the moment is
 * tried again; what needs a person (conflict, sign-in, a part that is closed) waits for one.
 */
export class SaveQueue {
  private version: number;
  private dirty = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<SaveState> | undefined;
  private failures = 0;
  private stopped = false;

  constructor(private readonly options: Options) {
    this.version = options.version;
  }

  get currentVersion(): number {
    return this.version;
  }

  get hasUnsaved(): boolean {
    return this.dirty || this.running !== undefined;
  }

  /** The text has changed. */
  changed(): void {
    this.dirty = true;
    this.stash();
    if (this.stopped) return;
    if (!this.running) this.options.onState({ kind: "dirty" });
    this.schedule(this.options.delay ?? 1200);
  }

  /** Saves now, after whatever is under way; with `keep` as a revision. Tells how it ended. */
  async flush(keep = false): Promise<SaveState> {
    clearTimeout(this.timer);
    if (this.running) await this.running;
    if (!this.dirty && !keep) return { kind: "clean" };
    this.running = this.save(keep);
    const state = await this.running;
    this.running = undefined;
    this.options.onState(state);
    if (state.kind === "saved" && this.dirty) this.schedule(this.options.delay ?? 1200);
    if (state.kind === "offline" || state.kind === "broken" || state.kind === "full") this.retry();
    return state;
  }

  /** After a conflict: the server's text is this version now. */
  rebase(version: number): void {
    this.version = version;
    this.stopped = false;
    this.dirty = true;
  }

  dispose(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async save(keep: boolean): Promise<SaveState> {
    const content = this.options.read();
    this.dirty = false;
    this.options.onState({ kind: "saving" });
    const answer = await this.options.send({ version: this.version, content, keep });
    if (answer.status === "saved") {
      this.version = answer.version;
      this.failures = 0;
      if (this.dirty) this.stash();
      else this.options.stash.clear();
      return { kind: "saved", at: answer.savedAt, revision: answer.revision };
    }
    this.dirty = true;
    if (answer.status === "conflict") {
      this.stopped = true;
      return { kind: "conflict", current: answer.current };
    }
    if (answer.status === "broken") return { kind: "broken", reference: answer.reference };
    return { kind: answer.status };
  }

  private stash(): void {
    this.options.onStash(this.options.stash.write(this.version, this.options.read()));
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
    if (!this.stopped) this.schedule(Math.min(30_000, 2000 * this.failures));
  }
}
