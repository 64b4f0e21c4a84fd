import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockText, type ContentBlock } from "./content";
import { Content } from "./content-schema";
import { mergeContents, sameBlock } from "./merge";

describe("two writers' texts from one version", () => {
  const base = aText("a:甲", "b:乙", "c:丙");

  it.each([
    ["what one changed and the other did not", ["a:甲一", "b:乙", "c:丙"], ["a:甲", "b:乙", "c:丙二"], "甲一 乙 丙二"],
    [
      "what each added, each in its place",
      ["a:甲", "x:新", "b:乙", "c:丙"],
      ["a:甲", "b:乙", "c:丙", "y:末"],
      "甲 新 乙 丙 末",
    ],
    [
      "added at one place by both",
      ["a:甲", "x:我", "b:乙", "c:丙"],
      ["a:甲", "y:他", "b:乙", "c:丙"],
      "甲 他 我 乙 丙",
    ],
    ["taken out by one", ["a:甲", "c:丙"], ["a:甲", "b:乙", "c:丙二"], "甲 丙二"],
    ["taken out by both", ["a:甲", "c:丙"], ["a:甲", "c:丙"], "甲 丙"],
    ["moved by one and changed by the other", ["c:丙", "a:甲", "b:乙"], ["a:甲", "b:乙二", "c:丙"], "丙 甲 乙二"],
    ["moved by both: theirs", ["c:丙", "a:甲", "b:乙"], ["b:乙", "a:甲", "c:丙"], "乙 甲 丙"],
    ["split by one", ["a:甲", "b:乙前", "n:乙后", "c:丙"], ["a:甲二", "b:乙", "c:丙"], "甲二 乙前 乙后 丙"],
    ["changed by both to the same", ["a:同", "b:乙", "c:丙"], ["a:同", "b:乙", "c:丙"], "同 乙 丙"],
    ["nothing", ["a:甲", "b:乙", "c:丙"], ["a:甲", "b:乙", "c:丙"], "甲 乙 丙"],
  ])("merge %s", (_, mine, theirs, expected) => {
    const merged = mergeContents(base, aText(...mine), aText(...theirs));
    expect(wordsOf(merged.content)).toBe(expected);
    expect(merged.collisions).toEqual([]);
  });

  it("collide where one block was changed in two ways: theirs stands, both are named", () => {
    const merged = mergeContents(base, aText("a:我的", "b:乙", "c:丙"), aText("a:他的", "b:乙二", "c:丙"));
    expect(wordsOf(merged.content)).toBe("他的 乙二 丙");
    expect(merged.collisions.map(({ id, mine, theirs }) => [id, blockText(mine), blockText(theirs)])).toEqual([
      ["block-a", "我的", "他的"],
    ]);
  });

  it("keep blocks in their order though each took out the other's neighbours", () => {
    const four = aText("a:甲", "b:乙", "c:丙", "d:丁");
    const merged = mergeContents(four, aText("a:甲", "b:乙改", "c:丙"), aText("a:甲", "d:丁改"));
    expect(wordsOf(merged.content)).toBe("甲 乙改 丁改");
  });

  it("keep a block that one took out while the other was writing in it", () => {
    expect(wordsOf(mergeContents(base, aText("a:甲", "c:丙"), aText("a:甲", "b:乙改", "c:丙")).content)).toBe(
      "甲 乙改 丙",
    );
    expect(wordsOf(mergeContents(base, aText("a:甲", "b:乙改", "c:丙"), aText("a:甲", "c:丙")).content)).toBe(
      "甲 乙改 丙",
    );
  });
});

/** A client as the editor is one: what it last agreed on with the server, and what stands on its screen. */
type Client = { version: number; base: Content; screen: Content };

describe("three writers on one text, in any order of writing, saving and hearing", () => {
  it("converge; no block is lost or doubled, ids are unique, and only a choice drops words", () => {
    fc.assert(
      fc.property(fc.array(anAct, { minLength: 10, maxLength: 120 }), fc.nat(), (acts, seed) => {
        const server = { version: 1, content: aText("a:甲", "b:乙", "c:丙", "d:丁") };
        const clients = [0, 1, 2].map((): Client => ({ version: 1, base: server.content, screen: server.content }));
        let fresh = seed % 97;
        const written = new Set<string>();
        const dropped = new Set<string>();
        for (const { who, what, at, word } of acts) {
          const client = clients[who];
          if (!client) continue;
          if (what === "write") write(client, at, `${word}${fresh++}`, `n${fresh}`, written, dropped);
          else sync(server, client, dropped);
        }
        for (let round = 0; round < 4; round += 1) for (const client of clients) sync(server, client, dropped);
        for (const client of clients) expect(client.screen).toEqual(server.content);
        const ids = server.content.content.map((block) => block.attrs.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(Content.safeParse(server.content).success).toBe(true);
        const words = wordsOf(server.content);
        for (const word of written) if (!dropped.has(word)) expect(words).toContain(word);
      }),
      { numRuns: 2000 },
    );
  });
});

const anAct = fc.record({
  who: fc.integer({ min: 0, max: 2 }),
  what: fc.constantFrom("write" as const, "sync" as const),
  at: fc.nat({ max: 30 }),
  word: fc.constantFrom("增", "减", "改", "移", "删"),
});

/** Writing, adding, moving or taking out a block; a word that the writer overwrites or takes out was dropped on purpose. */
function write(client: Client, at: number, word: string, id: string, written: Set<string>, dropped: Set<string>): void {
  const blocks = [...client.screen.content];
  const index = blocks.length === 0 ? 0 : at % blocks.length;
  const [block] = blocks.splice(index, 1);
  const add = (...more: ContentBlock[]) => blocks.splice(index, 0, ...more);
  if (!block || word.startsWith("增")) {
    if (block) add(block);
    add(aBlock(id, word));
    written.add(word);
  } else if (word.startsWith("删")) dropped.add(blockText(block));
  else if (word.startsWith("移")) blocks.splice((index * 7) % (blocks.length + 1), 0, block);
  else {
    dropped.add(blockText(block));
    add(aBlock(block.attrs.id.replace("block-", ""), word));
    written.add(word);
  }
  client.screen = { type: "doc", content: blocks };
}

/** Saves on the version that the client knows; if somebody was first, merges, decides collisions for itself, saves. */
function sync(server: { version: number; content: Content }, client: Client, dropped: Set<string>): void {
  if (client.version !== server.version) {
    const { content, collisions } = mergeContents(client.base, client.screen, server.content);
    const decided = new Map(collisions.map((one) => [one.id, one.mine]));
    for (const { theirs } of collisions) dropped.add(blockText(theirs));
    client.screen = {
      type: "doc",
      content: content.content.map((block) => decided.get(block.attrs.id) ?? block),
    };
    client.base = server.content;
    client.version = server.version;
  }
  const isChanged =
    client.screen.content.length !== server.content.content.length ||
    client.screen.content.some((block, index) => {
      const other = server.content.content[index];
      return !other || other.attrs.id !== block.attrs.id || !sameBlock(other, block);
    });
  if (!isChanged) return;
  server.version += 1;
  server.content = client.screen;
  client.version = server.version;
  client.base = client.screen;
}

function aText(...blocks: string[]): Content {
  return {
    type: "doc",
    content: blocks.map((block) => {
      const [id = "", words = ""] = block.split(":");
      return aBlock(id, words);
    }),
  };
}

function aBlock(id: string, words: string): ContentBlock {
  return {
    type: "paragraph",
    attrs: { id: `block-${id}` },
    ...(words ? { content: [{ type: "text" as const, text: words }] } : {}),
  };
}

const wordsOf = (content: Content): string => content.content.map(blockText).join(" ");
