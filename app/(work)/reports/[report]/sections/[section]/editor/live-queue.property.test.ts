import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { blockText, type ContentBlock } from "../../../../../../../domain/section/content";
import { Content } from "../../../../../../../domain/section/content-schema";
import { decided, joinTexts } from "./join-texts";
import { SaveQueue, type OpenCollision, type TheirText } from "./save-queue";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("three who write in one text, hearing each other late, twice or never, come to the same text with every word in it", async () => {
  let collided = 0;
  let tookIn = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      vi.setSystemTime(0);
      const village = new Village(seed);
      for (let step = 0; step < 60; step += 1) {
        village.somebodyActs();
        await vi.advanceTimersByTimeAsync(village.below(700));
      }
      await village.comesToRest();
      const [first, ...rest] = village.clients;
      for (const client of rest) expect(client.screen).toEqual(first?.screen);
      expect(village.text).toEqual(first?.screen);
      expect(Content.safeParse(village.text).success).toBe(true);
      const words = village.text.content.map(blockText).join("");
      for (const word of village.written) {
        const times = words.split(word).length - 1;
        if (!village.dropped.has(word)) expect([word, times]).toEqual([word, 1]);
        else expect(times).toBeLessThanOrEqual(1);
      }
      for (const client of village.clients) expect(client.kept).toBeNull();
      collided += village.collided;
      tookIn += village.tookIn;
    }),
    { numRuns: 400, seed: 20250715 },
  );
  // A run in which nobody met anybody would prove nothing.
  expect(collided).toBeGreaterThan(400);
  expect(tookIn).toBeGreaterThan(4000);
}, 120_000);

/** A server, three writers, and a network between them that is slow, loses requests, answers and news. */
class Village {
  text: Content = { type: "doc", content: ["a", "b", "c", "d"].map((id) => aBlock(`block-${id}`, "")) };
  readonly written = new Set<string>();
  readonly dropped = new Set<string>();
  readonly clients: Writer[];
  collided = 0;
  tookIn = 0;
  private version = 1;
  private isCalm = false;
  private words = 0;

  constructor(private state: number) {
    this.clients = [0, 1, 2].map(() => new Writer(this, this.text));
  }

  somebodyActs(): void {
    const client = this.clients[this.below(3)];
    if (!client) return;
    const act = this.below(12);
    if (act === 0) client.composes(this.below(900));
    else if (act === 1) client.decides();
    else client.writes();
  }

  /** Everything that was sent arrives, every gap is looked into, and every choice is made. */
  async comesToRest(): Promise<void> {
    this.isCalm = true;
    for (let round = 0; round < 20; round += 1) {
      for (const client of this.clients) while (client.decides());
      await vi.advanceTimersByTimeAsync(120_000);
      for (const client of this.clients) void client.queue.hear("unknown");
      await vi.advanceTimersByTimeAsync(120_000);
      if (this.clients.every((client) => client.queue.collisions.length === 0 && !client.queue.hasUnsaved)) return;
    }
    throw new Error("they never come to rest");
  }

  async save(body: { version: number; content: Content }) {
    await this.travel();
    if (this.isLost()) return { status: "offline" as const };
    if (body.version !== this.version) {
      const current = this.current();
      await this.travel();
      return { status: "conflict" as const, current };
    }
    this.version += 1;
    this.text = body.content;
    for (const client of this.clients) void this.tell(client, this.version);
    const version = this.version;
    await this.travel();
    if (this.isLost()) return { status: "offline" as const };
    return { status: "saved" as const, version, savedAt: "2025-07-15T06:32:00Z", revision: null };
  }

  async look(after: number): Promise<{ newer: TheirText | null } | null> {
    await this.travel();
    if (this.isLost()) return null;
    const newer = this.version > after ? this.current() : null;
    await this.travel();
    return { newer };
  }

  newWord(): string {
    this.words += 1;
    const word = `〔${this.words}〕`;
    this.written.add(word);
    return word;
  }

  /** A whole number from 0, of the run's own chance: every run of one seed is the same. */
  below(limit: number): number {
    this.state = (Math.imul(this.state ^ (this.state >>> 15), 2246822507) + 0x9e3779b9) | 0;
    const mixed = Math.imul(this.state ^ (this.state >>> 13), 3266489909);
    return ((mixed ^ (mixed >>> 16)) >>> 0) % limit;
  }

  private async tell(client: Writer, version: number): Promise<void> {
    await this.travel();
    if (this.isLost()) return;
    void client.queue.hear(version);
    if (this.below(4) === 0) void client.queue.hear(version);
  }

  private current(): TheirText {
    return { version: this.version, content: this.text, by: "商务局经办人", at: "2025-07-15T06:32:00Z" };
  }

  private travel(): Promise<void> {
    return new Promise((arrive) => setTimeout(arrive, this.below(this.isCalm ? 20 : 900)));
  }

  private isLost(): boolean {
    return !this.isCalm && this.below(10) === 0;
  }
}

/** A browser: what is on its screen, what it keeps, and the queue under test. */
class Writer {
  screen: Content;
  kept: Content | null = null;
  readonly queue: SaveQueue;
  private composingUntil = 0;
  private keys = 0;

  constructor(
    private readonly village: Village,
    start: Content,
  ) {
    this.screen = start;
    const undecided = new Map<string, OpenCollision>();
    this.queue = new SaveQueue({
      version: 1,
      base: start,
      read: () => this.screen,
      send: (body) => village.save(body),
      look: (version) => village.look(version),
      join: (base, mine, theirs, sent) => joinTexts("text", base, mine, theirs, sent),
      take: (content) => {
        if (this.isComposing()) throw new Error("changed under an input method");
        village.tookIn += 1;
        this.screen = content;
      },
      newKey: () => `key-${(this.keys += 1)}`,
      stash: {
        write: ({ content }) => {
          this.kept = content;
          return true;
        },
        clear: () => (this.kept = null),
      },
      undecided: {
        write: (collision) => {
          village.collided += 1;
          undecided.set(collision.key, collision);
          return true;
        },
        remove: (key) => void undecided.delete(key),
      },
      onStash: () => {},
      onState: () => {},
      onCollisions: () => {},
      isComposing: () => this.isComposing(),
    });
  }

  composes(ms: number): void {
    this.composingUntil = Date.now() + ms;
  }

  /** Adds a word to a block, or a block; moves one; takes one out, and then its words are dropped on purpose. */
  writes(): void {
    const { village } = this;
    const blocks = [...this.screen.content];
    const at = village.below(Math.max(1, blocks.length));
    const act = village.below(10);
    const [block] = blocks.splice(at, 1);
    if (!block || act < 2) {
      const word = village.newWord();
      blocks.splice(at, 0, ...(block ? [block] : []), aBlock(`block-${word.slice(1, -1)}-new`, word));
    } else if (act < 7) blocks.splice(at, 0, aBlock(block.attrs.id, blockText(block) + village.newWord()));
    else if (act < 9) blocks.splice(village.below(blocks.length + 1), 0, block);
    else this.drop(block);
    this.screen = { type: "doc", content: blocks };
    this.queue.changed();
  }

  /** One choice, if there is one to make: whatever is not chosen was dropped on purpose. */
  decides(): boolean {
    const [collision] = this.queue.collisions;
    if (!collision || this.isComposing()) return false;
    const choice = this.village.below(2) === 0 ? "mine" : "theirs";
    const before = this.screen.content.find((block) => block.attrs.id === collision.id);
    this.screen = decided(this.screen, collision, choice, () => "never-used");
    const goes = choice === "mine" ? before : collision.mine;
    const stays = choice === "mine" ? collision.mine : before;
    if (goes) this.drop(goes, stays);
    this.queue.close(collision.key);
    this.queue.changed();
    return true;
  }

  private drop(goes: ContentBlock, stays?: ContentBlock): void {
    const left = stays ? wordsOf(stays) : [];
    for (const word of wordsOf(goes)) if (!left.includes(word)) this.village.dropped.add(word);
  }

  private isComposing(): boolean {
    return Date.now() < this.composingUntil;
  }
}

const wordsOf = (block: ContentBlock): string[] => blockText(block).match(/〔\d+〕/g) ?? [];

const aBlock = (id: string, words: string): ContentBlock => ({
  type: "paragraph",
  attrs: { id },
  ...(words ? { content: [{ type: "text", text: words }] } : {}),
});
