import { AsyncLocalStorage } from "node:async_hooks";
import { joinTexts } from "../app/(work)/reports/[report]/sections/[section]/editor/join-texts";
import { SaveQueue, type OpenCollision } from "../app/(work)/reports/[report]/sections/[section]/editor/save-queue";
import { lookAtDraft, sendDraft } from "../app/(work)/reports/[report]/sections/[section]/editor/send-draft";
import { aColleague, aReport, takeLeaf } from "../db/testing/factories";
import { blockText, type Content, type ContentBlock } from "../domain/section/content";
import { Content as ContentSchema } from "../domain/section/content-schema";
import { expect, openSession, test as base } from "./fixtures";
import { type Stack, startStack } from "./stack";
import { paper, savedText } from "./writing";

/** This story breaks everything more than once, so it has a system of its own. */
const test = base.extend<{ tolerates: RegExp | null }, { stack: Stack }>({
  tolerates: /Failed to load resource/,
  stack: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from this pattern what a fixture needs: nothing.
    async ({}, use) => {
      const stack = await startStack({ demo: false });
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  system: [async ({ stack }, use) => use(stack), { scope: "worker" }],
});

const SECTIONS = 4;
const TIMES = 2;

test("eight who type while the web is killed and the database restarted, twice, find every acknowledged save", async ({
  signedInAs,
  district,
  database,
  stack,
}) => {
  test.setTimeout(300_000);
  const { drafter } = district.agriculture;
  const colleague = await aColleague(district, "agriculture", "drafter");
  const report = await aReport(district, {
    leaves: Array.from({ length: SECTIONS }, () => ({ department: "agriculture" as const })),
  });
  for (const leaf of report.leaves) await takeLeaf(district, leaf, "drafting", START);
  const cookies = await Promise.all([drafter, colleague].map((who) => openSession(database, who)));
  const restore = useAddress(stack.address);
  const typists = report.leaves.flatMap((leaf, section) =>
    cookies.map((cookie, person) => new Typist(leaf.id, `${section + 1}${person === 0 ? "甲" : "乙"}`, cookie)),
  );
  expect(typists).toHaveLength(8);
  const [first] = report.leaves;
  const page = await signedInAs(drafter);
  await page.goto(`/reports/${report.slug}/sections/${first?.id}`);
  await expect(paper(page)).toBeVisible();

  const each = (what: (one: Typist) => number) => Math.min(...typists.map(what));
  const acknowledgedAgain = async () => {
    const before = typists.map((one) => one.saves);
    await expect
      .poll(() => Math.min(...typists.map((one, at) => one.saves - (before[at] ?? 0))), PATIENCE)
      .toBeGreaterThan(2);
  };
  const typedOn = async () => {
    const before = each((one) => one.typed.length);
    await expect.poll(() => each((one) => one.typed.length), PATIENCE).toBeGreaterThan(before + 8);
  };
  for (const one of typists) one.begin();
  try {
    for (let time = 0; time < TIMES; time += 1) {
      await acknowledgedAgain();
      await stack.killWeb();
      await typedOn();
      await stack.startWeb();
      await acknowledgedAgain();
      await stack.stopDatabase();
      await typedOn();
      await stack.startDatabase();
    }
    await acknowledgedAgain();
    for (const one of typists) one.rest();
    await expect.poll(() => typists.filter((one) => !one.isAtRest).map((one) => one.name), PATIENCE).toEqual([]);
  } finally {
    for (const one of typists) one.leave();
    restore();
  }

  for (const { id } of report.leaves) {
    const text = (await savedText(database, id)).join("");
    const here = typists.filter((one) => one.sectionId === id);
    const acknowledged = new Set(here.flatMap((one) => [...one.acknowledged]));
    expect(acknowledged.size).toBeGreaterThan(20);
    const lost = [...acknowledged].filter((word) => text.split(word).length !== 2);
    expect(lost).toEqual([]);
    // Nobody was put before a choice over a block in which they alone wrote.
    const disputed = new Set(here.flatMap((one) => one.undecided.map((collision) => collision.id)));
    expect([...disputed].filter((block) => block !== idOf("block-both"))).toEqual([]);
    // What was never acknowledged waits where its writer can choose it; nothing is nowhere.
    const waiting = here.flatMap((one) => one.undecided.map(({ mine }) => blockText(mine))).join("");
    expect(here.flatMap((one) => one.typed).filter((word) => !text.includes(word) && !waiting.includes(word))).toEqual(
      [],
    );
  }
  // A browser that only looked on has come through all of it by itself.
  const whole = (await savedText(database, first?.id ?? "")).join("");
  await expect(paper(page)).toHaveText(whole, { timeout: 70_000 });
});

const PATIENCE = { timeout: 90_000, intervals: [100] };

const aBlock = (id: string, words: string): ContentBlock => ({
  type: "paragraph",
  attrs: { id },
  ...(words ? { content: [{ type: "text", text: words }] } : {}),
});

/** A block of each writer's own, and one that both write in. */
const START: Content = {
  type: "doc",
  content: ["block-甲", "block-乙", "block-both"].map((name) => aBlock(idOf(name), "")),
};

function idOf(name: string): string {
  return name.replace("甲", "one").replace("乙", "two");
}

/** A writer as the browser has one: the real queue, the real requests; only the screen is a variable. */
class Typist {
  readonly typed: string[] = [];
  readonly acknowledged = new Set<string>();
  undecided: OpenCollision[] = [];
  saves = 0;
  private screen = START;
  private readonly queue: SaveQueue;
  private readonly gone = new AbortController();
  private typing: ReturnType<typeof setInterval> | undefined;
  private keys = 0;

  constructor(
    readonly sectionId: string,
    readonly name: string,
    private readonly cookie: string,
  ) {
    this.queue = new SaveQueue({
      version: 1,
      base: START,
      read: () => this.screen,
      send: async (body) => {
        const answer = await sendDraft(sectionId, body);
        if (answer.status === "saved") {
          this.saves += 1;
          for (const word of wordsOf(body.content)) this.acknowledged.add(word);
        }
        return answer;
      },
      look: (version) => lookAtDraft(sectionId, version),
      join: (was, mine, theirs, sent) =>
        joinTexts("text", inOrder(was), inOrder(mine), inOrder(theirs), sent.map(inOrder)),
      take: (content) => (this.screen = content),
      newKey: () => `key-${(this.keys += 1)}`,
      stash: { write: () => true, clear: () => {} },
      undecided: {
        write: (collision) => this.undecided.push(collision) > 0,
        remove: () => {},
      },
      onStash: () => {},
      onState: () => {},
      onCollisions: () => {},
      isComposing: () => false,
    });
    this.queue.keepCompany(true);
  }

  get isAtRest(): boolean {
    return !this.queue.hasUnsaved;
  }

  begin(): void {
    AS.run(this.cookie, () => {
      // Each at a pace of their own.
      this.typing = setInterval(
        () => this.type(),
        90 + this.name.charCodeAt(0) * 3 + (this.name.endsWith("甲") ? 0 : 40),
      );
      void this.listen();
    });
  }

  rest(): void {
    clearInterval(this.typing);
  }

  leave(): void {
    this.rest();
    this.gone.abort();
    this.queue.dispose();
  }

  /** Words in one's own block; now and then one in the common block, or a new block. Then a moment's rest. */
  private type(): void {
    const count = this.typed.length + 1;
    if (count % 7 === 0 && this.wait()) return;
    const word = `〔${this.name}${count}〕`;
    this.typed.push(word);
    const own = idOf(`block-${this.name.slice(1)}`);
    const blocks = [...this.screen.content];
    if (count % 11 === 0) blocks.push(aBlock(`block-${this.name.charCodeAt(1)}-${count}`, word));
    else {
      const at = blocks.findIndex((block) => block.attrs.id === (count % 13 === 0 ? idOf("block-both") : own));
      const block = blocks[at];
      if (block) blocks[at] = aBlock(block.attrs.id, blockText(block) + word);
    }
    this.screen = { type: "doc", content: blocks };
    this.queue.changed();
  }

  private rests = 0;
  private wait(): boolean {
    this.rests = (this.rests + 1) % 6;
    return this.rests !== 0;
  }

  /** As the page's own stream: whatever is said, a look at the text. */
  private async listen(): Promise<void> {
    while (!this.gone.signal.aborted) {
      try {
        const window = `window${this.name.charCodeAt(0)}${this.name.charCodeAt(1)}`;
        const stream = await fetch(`/api/sections/${this.sectionId}/live?window=${window}`, {
          signal: this.gone.signal,
        });
        const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
        for (;;) {
          const said = await reader?.read();
          if (!said || said.done) break;
          if (/event: (draft|state)/.test(said.value)) void this.queue.hear("unknown");
        }
      } catch {
        // It comes back.
      }
      await new Promise((next) => setTimeout(next, 300));
    }
  }
}

/** The database sorts the keys of what it keeps; the editor reads every text by its schema, and so does this. */
const inOrder = (content: Content): Content => ContentSchema.parse(content);

const wordsOf = (content: Content): string[] =>
  content.content
    .map(blockText)
    .join("")
    .match(/〔[^〕]+〕/g) ?? [];

const AS = new AsyncLocalStorage<string>();

/** Node's fetch as a browser's: paths of the site, and the cookie of whoever asks. Gives back the old one. */
function useAddress(address: string): () => void {
  const known = globalThis.fetch;
  globalThis.fetch = (input, init) =>
    known(new URL(String(input), address), {
      ...init,
      headers: { ...init?.headers, cookie: `huibao-session=${AS.getStore() ?? ""}`, "sec-fetch-site": "same-origin" },
    });
  return () => {
    globalThis.fetch = known;
  };
}
