import type { PutFailure } from "../../../../../../put-json";
import type { Content, ContentBlock } from "../../../../../../../domain/section/content";
import type { JoinedText } from "./join-texts";

export type TheirText = { version: number; content: Content; by: string; at: string };

/** A block that two people wrote: theirs stands in the text, mine waits in this browser until somebody has decided. */
export type OpenCollision = {
  key: string;
  id: string;
  mine: ContentBlock;
  theirs: ContentBlock;
  by: string;
  at: string;
};

/** Who else wrote, and how many blocks, when two texts were made one. */
export type Joined = { by: string; blocks: number };

export type SaveAnswer =
  | { status: "saved"; version: number; savedAt: string; revision: number | null }
  | { status: "conflict"; current: TheirText }
  | PutFailure;

export type SaveState =
  | { kind: "clean" }
  | { kind: "dirty" }
  | { kind: "saving" }
  | { kind: "saved"; at: string; revision: number | null; joined: Joined | null }
  | { kind: "signed-out" | "offline" | "full" | "invalid" | "not-open" }
  | { kind: "broken"; reference: string };

/** Unsaved text, the version that it was typed on and that version's text: enough to merge it after a reload. */
export type Stashed = { version: number; base: Content; content: Content };

type Options = {
  version: number;
  /** The text of that version. */
  base: Content;
  /** What is on the screen now. */
  read: () => Content;
  send: (body: { version: number; content: Content; keep: boolean }) => Promise<SaveAnswer>;
  join: (base: Content, mine: Content, theirs: Content) => JoinedText;
  /** Puts a merged text on the screen; `changed` is not called for it. */
  take: (content: Content) => void;
  newKey: () => string;
  /** The copy in this browser, kept from the first keystroke until the server has acknowledged it. */
  stash: { write: (stashed: Stashed) => boolean; clear: () => void };
  /** The undecided blocks, kept apart: they stay when the text itself is saved. */
  undecided: { write: (collision: OpenCollision) => boolean; remove: (key: string) => void };
  /** Whether the browser's copy could be kept: where it could not, nobody may be told that it was. */
  onStash: (kept: boolean) => void;
  onState: (state: SaveState) => void;
  onCollisions: (open: readonly OpenCollision[]) => void;
  /** An input method is composing: nothing may be sent or redrawn. */
  isComposing: () => boolean;
  delay?: number;
};

/** A server that finds every save stale is left alone for a while. */
const MERGES_AT_ONCE = 5;
/** As many sends as are remembered while the server does not answer. */
const LOST_ANSWERS = 50;

/**
 * Sends one save at a time, always the latest text, each with the version it is based on. A stale one is merged by block
 * and sent again. What fails for the moment is tried again; what needs a person (sign-in, a closed part) waits for one.
 */
export class SaveQueue {
  private version: number;
  /** The text that this browser and the server last agreed on. */
  private base: Content;
  /** Sent without an answer: if the server has one of them after all, it is no other person's text. */
  private unanswered: Content[] = [];
  private open: OpenCollision[] = [];
  private keptOpen = true;
  private dirty = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<SaveState> | undefined;
  private failures = 0;
  private stopped = false;

  constructor(private readonly options: Options) {
    this.version = options.version;
    this.base = options.base;
  }

  get currentVersion(): number {
    return this.version;
  }

  get collisions(): readonly OpenCollision[] {
    return this.open;
  }

  get hasUnsaved(): boolean {
    return this.dirty || this.running !== undefined || !this.keptOpen;
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
  flush(keep = false): Promise<SaveState> {
    return this.next(() => (this.dirty || keep ? this.save(keep, this.options.read) : null));
  }

  /** Keeps a text that is not to be on the screen as a revision; the next save sends what is on the screen again. */
  setAside(read: () => Content): Promise<SaveState> {
    return this.next(async () => {
      const state = await this.save(true, read);
      this.dirty = true;
      this.stash();
      return state;
    });
  }

  /** Text that this browser kept, to be sent on the version that it was typed on. */
  restore({ version, base }: Pick<Stashed, "version" | "base">): void {
    this.version = version;
    this.base = base;
  }

  /** Blocks that nobody had decided when the page was left. */
  reopen(collisions: readonly OpenCollision[]): void {
    this.open = [...this.open, ...collisions];
    this.options.onCollisions(this.open);
  }

  /** Somebody has decided, and the text says so. */
  close(key: string): void {
    this.open = this.open.filter((one) => one.key !== key);
    if (this.open.length === 0) this.keptOpen = true;
    this.options.undecided.remove(key);
    this.options.onCollisions(this.open);
  }

  /** Waits for the end of a composition: changing the text under an input method breaks its words. */
  async settled(): Promise<void> {
    while (this.options.isComposing()) await new Promise((next) => setTimeout(next, 100));
  }

  dispose(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async next(work: () => Promise<SaveState> | null): Promise<SaveState> {
    clearTimeout(this.timer);
    // Several may be waiting: two saves at once would be stale to each other.
    while (this.running) await this.running;
    const running = work();
    if (!running) return { kind: "clean" };
    this.running = running;
    const state = await running;
    this.running = undefined;
    this.options.onState(state);
    if ((state.kind === "saved" && this.dirty) || state.kind === "dirty") this.again();
    if (state.kind === "offline" || state.kind === "broken" || state.kind === "full") this.retry();
    return state;
  }

  private async save(keep: boolean, read: () => Content): Promise<SaveState> {
    let joined: Joined | null = null;
    for (let merges = 0; merges < MERGES_AT_ONCE; merges += 1) {
      const content = read();
      this.dirty = false;
      this.options.onState({ kind: "saving" });
      const answer = await this.options.send({ version: this.version, content, keep });
      if (answer.status === "saved") {
        this.agree(answer.version, content);
        return { kind: "saved", at: answer.savedAt, revision: answer.revision, joined };
      }
      this.dirty = true;
      if (answer.status !== "conflict") {
        if (answer.status === "offline" || answer.status === "broken")
          this.unanswered = [...this.unanswered, content].slice(-LOST_ANSWERS);
        return answer.status === "broken" ? { kind: "broken", reference: answer.reference } : { kind: answer.status };
      }
      await this.settled();
      // The page was left: the browser's copy has all that the merge needs, at the next opening.
      if (this.stopped) break;
      joined = this.join(answer.current) ?? joined;
    }
    return { kind: "dirty" };
  }

  private agree(version: number, content: Content): void {
    this.version = version;
    this.base = content;
    this.unanswered = [];
    this.failures = 0;
    if (this.dirty) this.stash();
    else this.options.stash.clear();
  }

  /** Makes one text of what is on the screen and what the server has. Nothing may come between reading and taking. */
  private join({ version, content: theirs, by, at }: TheirText): Joined | null {
    const isOwn = this.unanswered.some((own) => this.options.join(own, own, theirs).theyChanged === 0);
    const joined = this.options.join(isOwn ? theirs : this.base, this.options.read(), theirs);
    const found = joined.collisions.map((one) => ({ ...one, key: this.options.newKey(), by, at }));
    // Kept before the screen lets go of it.
    for (const one of found) this.keptOpen = this.options.undecided.write(one) && this.keptOpen;
    this.options.take(joined.content);
    this.version = version;
    this.base = theirs;
    this.unanswered = [];
    this.stash();
    if (found.length > 0) this.reopen(found);
    return joined.theyChanged > 0 ? { by, blocks: joined.theyChanged } : null;
  }

  private stash(): void {
    const stashed = { version: this.version, base: this.base, content: this.options.read() };
    this.options.onStash(this.options.stash.write(stashed) && this.keptOpen);
  }

  private again(): void {
    if (!this.stopped) this.schedule(this.options.delay ?? 1200);
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
