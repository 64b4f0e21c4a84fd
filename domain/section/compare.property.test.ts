import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compareContents, tallyOf, type BlockChange, type CellChange } from "./compare";
import type { Change } from "./compare-words";
import { tableText, type Content, type ContentBlock } from "./content";

const RUNS = { numRuns: 400 };

/** Words that meet often, so that blocks resemble each other: names, figures, marks, nothing at all. */
const someWords = fc
  .array(fc.constantFrom("全区", "粮食", "增长", "4.1%", "481.35亿元", "，", "。", "项目", "的", "𠮷", " "), {
    maxLength: 12,
  })
  .map((all) => all.join(""));
const cells = fc.constantFrom("", "1", "2", "粮食", "项目", "8.03", "8.30", "亿元");
const grid = fc
  .integer({ min: 1, max: 4 })
  .chain((width) => fc.array(fc.array(cells, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }));
const body = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constantFrom("paragraph", "bullet", "numbered"), text: someWords }) },
  { weight: 1, arbitrary: grid },
);
type Body = typeof body extends fc.Arbitrary<infer T> ? T : never;

/** Two texts of the same few ids: whatever stays, moves, comes, goes or becomes something else does so by chance. */
const someText = fc
  .uniqueArray(fc.integer({ min: 0, max: 11 }), { maxLength: 9 })
  .chain((ids) => fc.tuple(fc.constant(ids), fc.array(body, { minLength: ids.length, maxLength: ids.length })))
  .map(([ids, bodies]): Content => ({ type: "doc", content: ids.flatMap((id, at) => blockOf(id, bodies[at])) }));
/** A text, and the same after few edits. */
const edited = fc.tuple(someText, someText, fc.array(fc.nat(20), { maxLength: 3 })).map(([before, other, picks]) => {
  const content = [...before.content];
  for (const pick of picks) {
    const [taken] = content.splice(pick % (content.length + 1), 1);
    const strange = other.content.find((block) => !content.some((one) => one.attrs.id === block.attrs.id));
    const put = pick % 3 === 0 ? strange : taken;
    if (put) content.splice((pick * 7) % (content.length + 1), 0, put);
  }
  return [before, { type: "doc" as const, content }] as const;
});
const pair = fc.oneof(fc.tuple(someText, someText), edited);

test("what the comparison says turns the old text into the new one: its blocks, their order, their form, their words", () => {
  fc.assert(
    fc.property(pair, ([before, after]) => {
      const changes = compareContents(before, after);
      expect(read(changes, "old")).toEqual(before.content.map(plain));
      expect(read(changes, "new")).toEqual(after.content.map(plain));
    }),
    RUNS,
  );
});

test("nothing is told twice, and every move has its two ends", () => {
  fc.assert(
    fc.property(pair, ([before, after]) => {
      const changes = compareContents(before, after);
      const places = changes.map(
        ({ id, kind, block }) => `${id} ${block.type === "table"} ${kind === "removed" || kind === "left"}`,
      );
      expect(new Set(places).size).toBe(places.length);
      const left = changes.filter(({ kind }) => kind === "left").map(({ id, moved }) => ({ id, moved }));
      const came = changes.flatMap(({ id, kind, moved }) => (moved && kind !== "left" ? [{ id, moved }] : []));
      const inOrder = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
      expect(left.toSorted(inOrder)).toEqual(came.toSorted(inOrder));
      expect(tallyOf(changes).moved).toBe(left.length);
    }),
    RUNS,
  );
});

test("a text compared with itself says nothing", () => {
  fc.assert(
    fc.property(someText, (same) => {
      const changes = compareContents(same, structuredClone(same));
      expect(changes.every(({ kind, moved }) => kind === "same" && moved === null)).toBe(true);
    }),
    RUNS,
  );
});

test("one block taken to another place is one move, and the others have stayed", () => {
  fc.assert(
    fc.property(someText, fc.nat(20), fc.nat(20), (before, pick, place) => {
      const content = [...before.content];
      const [taken] = content.splice(pick % Math.max(content.length, 1), 1);
      if (taken) content.splice(place % (content.length + 1), 0, taken);
      const { moved, ...others } = tallyOf(compareContents(before, { type: "doc", content }));
      expect(others).toEqual({ changed: 0, added: 0, removed: 0 });
      const stands = before.content.every((block, at) => block === content[at]);
      expect(moved).toBe(stands ? 0 : 1);
    }),
    RUNS,
  );
});

/** The text that the comparison tells of, on one side: without what is not on that side. */
function read(changes: readonly BlockChange[], side: "old" | "new") {
  const absent = side === "old" ? ["added"] : ["removed", "left"];
  return changes.flatMap((change): Plain[] => {
    const cameHere = change.moved !== null && change.kind !== "left";
    if (absent.includes(change.kind) || (side === "old" && cameHere)) return [];
    if (change.rows) return [{ type: "table", rows: change.rows.flatMap((row) => readRow(row, side)) }];
    const type = change.form.find((form) => form.kind === "type");
    return [{ type: side === "old" && type ? type.from : change.block.type, text: wordsOf(change.changes, side) }];
  });
}

type Plain = { type: string; rows: string[][] } | { type: string; text: string };

function readRow(row: { kind: CellChange["kind"]; cells: CellChange[] }, side: "old" | "new"): string[][] {
  const absent = side === "old" ? "added" : "removed";
  if (row.kind === absent) return [];
  return [row.cells.flatMap((cell) => (cell.kind === absent ? [] : [wordsOf(cell.changes, side)]))];
}

const wordsOf = (changes: readonly Change[], side: "old" | "new"): string =>
  changes.flatMap(({ kind, text }) => (kind === (side === "old" ? "added" : "removed") ? [] : [text])).join("");

const plain = (block: ContentBlock) =>
  block.type === "table"
    ? { type: "table", rows: tableText(block) }
    : { type: block.type, text: (block.content ?? []).map((node) => (node.type === "text" ? node.text : "")).join("") };

function blockOf(id: number, given: Body | undefined): ContentBlock[] {
  const attrs = { id: `block-${id}` };
  if (!given) return [];
  if (Array.isArray(given)) {
    const row = (words: string[]) => ({ type: "tableRow" as const, content: words.map(cellOf) });
    return [{ type: "table", attrs, content: given.map(row) }];
  }
  return [
    { type: given.type, attrs, ...(given.text ? { content: [{ type: "text", text: given.text }] } : {}) },
  ] as ContentBlock[];
}

const cellOf = (words: string) => ({
  type: "tableCell" as const,
  content: [{ type: "paragraph" as const, ...(words ? { content: [{ type: "text" as const, text: words }] } : {}) }],
});
