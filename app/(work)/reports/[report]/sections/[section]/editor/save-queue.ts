import type { PutFailure } from "../../../../../../put-json";
import type { Content, ContentBlock } from "../../../../../../../domain/section/content";
import { compositionEnds } from "./composition";
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

type How = { keep: boolean; note?: string; aside?: true };
/** `keep`: as a revision too, with its note; `aside`: as a revision only, the working copy stays as it is. */
export type SaveBody = { version: number; content: Content } & How;

export type SaveAnswer =
  | { status: "saved"; version: number; savedAt: string; revision: number | null }
  | { status: "conflict"; current: TheirText }
  | PutFailure;

/** What a look at the server found: a newer text than the one asked about, or none; null when it did not answer. */
export type LookAnswer = { newer: TheirText | null } | null;

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
  send: (body: SaveBody) => Promise<SaveAnswer>;
  /** Why the text is kept, as far as the writer has said it. */
  note?: () => string;
  /** Asks for the text if it is newer than this version. */
  look: (version: number) => Promise<LookAnswer>;
  /** `sent`: texts that went out without an answer. */
  join: (base: Content, mine: Content, theirs: Content, sent: readonly Content[]) => JoinedText;
  /** Puts a merged text on the screen; `changed` is not called for it. */
  take: (content: Content) => void;
  newKey: () => string;
  /** The copy in this browser, from KEEP_WITHIN of a change until the server has acknowledged it. */
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

/** Rest after which the text is saved: alone, and with somebody else in the same text, who waits to see it. */
const REST_MS = { alone: 1200, inCompany: 400 };
/** Who never rests is saved all the same. */
const WITHOUT_REST_MS = 5000;
/** A block is not exchanged under a hand that writes in it, unless the hand never rests. */
const HAND_RESTS_MS = 350;

/** A server that finds every save stale is left alone for a while. */
const MERGES_AT_ONCE = 5;
/** Reading and writing the whole text is no work for every keystroke: in milliseconds, the most that a crash can take. */
const KEEP_WITHIN = 200;
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
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<SaveState> | undefined;
  private failures = 0;
  private stopped = false;
  private inCompany = false;
  /** When what is unsaved was begun, and last written in. */
  private dirtySince = 0;
  private wroteAt = 0;
  /** The newest version that somebody spoke of. */
  private heard = 0;
  private looking = false;

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
    this.wroteAt = Date.now();
    if (!this.dirty) this.dirtySince = this.wroteAt;
    this.dirty = true;
    this.keeping ??= setTimeout(() => this.stash(), KEEP_WITHIN);
    if (this.stopped) return;
    if (!this.running) this.options.onState({ kind: "dirty" });
    this.schedule(this.rest());
  }

  get hasCompany(): boolean {
    return this.inCompany;
  }

  /** Whether somebody else writes in this text: then it is saved sooner. */
  keepCompany(inCompany: boolean): void {
    this.inCompany = inCompany;
  }

  /**
   * Somebody speaks of this version; "unknown": of one that may be newer. Another's text is merged into what is on the
   * screen as it arrives. Where it meets unsaved words in one block it waits: the next save finds the two and puts both.
   */
  async hear(version: number | "unknown"): Promise<void> {
    this.heard = Math.max(this.heard, version === "unknown" ? this.version + 1 : version);
    if (this.looking) return;
    this.looking = true;
    try {
      await this.catchUp();
    } catch (error) {
      this.options.onState(this.failed(error));
    } finally {
      this.looking = false;
      this.heard = Math.min(this.heard, this.version);
    }
  }

  private async catchUp(): Promise<void> {
    while ((await this.quiet()) && this.heard > this.version) {
      const asked = this.heard;
      const answer = await this.options.look(this.version);
      if (!(await this.quiet()) || !answer) break;
      const { newer } = answer;
      if (newer && newer.version > this.version && !this.takeIn(newer)) break;
      // Whoever spoke of more than there is was mistaken.
      if (this.heard === asked) break;
    }
  }

  /** What was typed in the last moment goes into the browser's copy now: the page may be gone in the next. */
  keep(): void {
    if (this.keeping !== undefined) this.stash();
  }

  /** Saves now, after whatever is under way; with `keep` as a revision. Tells how it ended. */
  flush(keep = false): Promise<SaveState> {
    return this.next(() => (this.dirty || keep ? this.save(this.options.read, this.how(keep)) : null));
  }

  /** Keeps a text that is not to be on the screen as a revision; the next save sends what is on the screen again. */
  setAside(read: () => Content): Promise<SaveState> {
    return this.next(async () => {
      const state = await this.save(read, { keep: true, aside: true });
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

  /** Waits until no save is under way and no input method composes. False when the page was left. */
  private async quiet(): Promise<boolean> {
    do {
      while (this.running) await this.running;
      await this.settled();
    } while (this.running && !this.stopped);
    return !this.stopped;
  }

  /** Merges their text where no block of it meets unsaved words. False where one does. */
  private takeIn(theirs: TheirText): boolean {
    if (this.dirty && this.joinWith(theirs.content).collisions.length > 0) return false;
    this.join(theirs);
    return true;
  }

  /** Waits for the end of a composition. */
  settled(): Promise<void> {
    return compositionEnds(this.options.isComposing);
  }

  dispose(): void {
    this.keep();
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async next(work: () => Promise<SaveState> | null): Promise<SaveState> {
    clearTimeout(this.timer);
    // Several may be waiting: two saves at once would be stale to each other.
    while (this.running) await this.running;
    const running = work();
    if (!running) return { kind: "clean" };
    // Whoever waits for it must not fail with it: a rejected promise here would be the end of saving.
    this.running = running.catch((error: unknown) => {
      this.dirty = true;
      this.dirtySince = Date.now();
      return this.failed(error);
    });
    const state = await this.running;
    this.running = undefined;
    this.options.onState(state);
    if ((state.kind === "saved" && this.dirty) || state.kind === "dirty") this.again();
    if (state.kind === "offline" || state.kind === "broken" || state.kind === "full") this.retry();
    return state;
  }

  /** A fault of our own, in making two texts one: the browser's copy has the words, the next change tries again. */
  private failed(error: unknown): SaveState {
    console.error(error);
    if (this.dirty) this.keeping ??= setTimeout(() => this.stash(), KEEP_WITHIN);
    return { kind: "broken", reference: "–" };
  }

  private how(keep: boolean): How {
    const note = keep ? this.options.note?.() : "";
    return note ? { keep, note } : { keep };
  }

  private async save(read: () => Content, how: How): Promise<SaveState> {
    let joined: Joined | null = null;
    for (let merges = 0; merges < MERGES_AT_ONCE; merges += 1) {
      const content = read();
      this.dirty = false;
      this.options.onState({ kind: "saving" });
      const answer = await this.options.send({ version: this.version, content, ...how });
      if (answer.status === "saved") {
        if (!how.aside) this.agree(answer.version, content);
        return { kind: "saved", at: answer.savedAt, revision: answer.revision, joined };
      }
      this.dirty = true;
      this.dirtySince = Date.now();
      if (answer.status !== "conflict") {
        if (!how.aside && (answer.status === "offline" || answer.status === "broken"))
          this.unanswered = [...this.unanswered, content].slice(-LOST_ANSWERS);
        return answer.status === "broken" ? { kind: "broken", reference: answer.reference } : { kind: answer.status };
      }
      await this.settled();
      await this.handRests(answer.current);
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
    if (this.dirty) return this.stash();
    this.keepNoMore();
    this.options.stash.clear();
  }

  /** Makes one text of what is on the screen and what the server has. Nothing may come between reading and taking. */
  private join({ version, content: theirs, by, at }: TheirText): Joined | null {
    const joined = this.joinWith(theirs);
    const found = joined.collisions.map((one) => ({ ...one, key: this.options.newKey(), by, at }));
    // Kept before the screen lets go of it.
    for (const one of found) this.keptOpen = this.options.undecided.write(one) && this.keptOpen;
    this.options.take(joined.content);
    this.version = version;
    this.base = theirs;
    this.unanswered = [];
    if (this.dirty) this.stash();
    if (found.length > 0) this.reopen(found);
    return joined.theyChanged > 0 ? { by, blocks: joined.theyChanged } : null;
  }

  /** A little patience with a hand that writes in the very block that is about to be exchanged. */
  private async handRests({ content: theirs }: TheirText): Promise<void> {
    const until = Date.now() + WITHOUT_REST_MS;
    const collides = () => this.joinWith(theirs).collisions.length > 0;
    while (Date.now() < until && Date.now() - this.wroteAt < HAND_RESTS_MS && !this.stopped && collides()) {
      await new Promise((next) => setTimeout(next, 50));
      await this.settled();
    }
  }

  private joinWith(theirs: Content): JoinedText {
    return this.options.join(this.base, this.options.read(), theirs, this.unanswered);
  }

  private keepNoMore(): void {
    clearTimeout(this.keeping);
    this.keeping = undefined;
  }

  private stash(): void {
    this.keepNoMore();
    const stashed = { version: this.version, base: this.base, content: this.options.read() };
    this.options.onStash(this.options.stash.write(stashed) && this.keptOpen);
  }

  private again(): void {
    if (!this.stopped) this.schedule(this.rest());
  }

  private rest(): number {
    const rest = this.inCompany ? REST_MS.inCompany : (this.options.delay ?? REST_MS.alone);
    return Math.max(0, Math.min(rest, this.dirtySince + WITHOUT_REST_MS - Date.now()));
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
