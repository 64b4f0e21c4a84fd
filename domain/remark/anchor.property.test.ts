import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { whereIn, type Anchor, type Whereabouts } from "./anchor";

/** A letter knows where it comes from: its place in the text that the remark was made on, or -1 if it was written since. */
type Letter = { letter: string; origin: number };
type Paragraph = { id: string; letters: Letter[] };
type Edit =
  | { type: "insert"; block: number; at: number; words: string }
  | { type: "delete"; block: number; at: number; length: number }
  | { type: "split"; block: number; at: number }
  | { type: "join"; block: number }
  | { type: "remove"; block: number };

/** Sentences as these reports have them, and the same words again and again. */
const SENTENCES = [
  "上半年，全区完成农业总产值51.40亿元，同比增长4.2%。",
  "第一产业增长4%，第二产业增长4%，第三产业增长4%。",
  "完成年度计划的51.40%，增速居全市第三位，高于全市平均水平0.2个百分点。",
  "增长增长增长。",
  "全区规模以上工业增加值同比增长6.1%，完成年度计划的50.10%。",
];
/** Every letter once: what is found can only be what was meant. */
const DISTINCT = Array.from({ length: 400 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join("");

const someText = fc.array(fc.constantFrom(...SENTENCES), { minLength: 1, maxLength: 4 }).map((all) => all.join(""));
const someWords = fc.oneof(
  fc.constantFrom("同比", "增长", "4.2%", "，其中", "较快", "全区", "1", "。"),
  fc.string({ minLength: 1, maxLength: 6 }),
  fc.constantFrom(...SENTENCES),
);
/** Letters that no text has. */
const newWords = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom("a", "b", "c", "d") });
const places = { block: fc.nat(6), at: fc.nat(400) };
const editWith = (words: fc.Arbitrary<string>): fc.Arbitrary<Edit> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant("insert" as const), ...places, words }) },
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant("delete" as const),
        ...places,
        length: fc.integer({ min: 1, max: 30 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant("split" as const), ...places }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant("join" as const), block: places.block }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("remove" as const), block: places.block }) },
  );
const remarkOn = (text: fc.Arbitrary<string>): fc.Arbitrary<Anchor> =>
  fc
    .record({ blockText: text, cut: fc.nat(400), length: fc.integer({ min: 1, max: 40 }) })
    .map(({ blockText, cut, length }) => {
      const from = cut % blockText.length;
      return { blockId: "own", blockText, from, to: Math.min(blockText.length, from + length) };
    });

describe("a remark under any writing", { timeout: 120_000 }, () => {
  it("points at what is left of its own words and at nothing else, when every word is told apart", () => {
    fc.assert(
      fc.property(remarkOn(fc.constant(DISTINCT)), fc.array(editWith(newWords), { maxLength: 12 }), (anchor, edits) => {
        const now = edited(anchor, edits);
        const spot = whereIn(asLines(now), anchor);
        if (spot.lost) return;
        const inside = lettersAt(now, spot);
        const mine = inside.filter(({ origin }) => origin >= anchor.from && origin < anchor.to);
        const others = inside.filter(({ origin }) => origin >= 0 && !mine.some((one) => one.origin === origin));
        expect(others).toEqual([]);
        expect(mine.length * 2).toBeGreaterThanOrEqual(anchor.to - anchor.from);
        // It begins and ends with the words themselves: what was written beside them stays outside.
        expect([inside[0]?.origin, inside.at(-1)?.origin]).not.toContain(-1);
        if (spot.blockId !== "own") expect(inside).toEqual(mine);
      }),
      { numRuns: 1500 },
    );
  });

  it("keeps its words exactly while writing goes on beside them in the same paragraph", () => {
    const beside = fc.array(
      fc.oneof(
        fc.record({ type: fc.constant("insert" as const), side: fc.boolean(), at: fc.nat(400), words: newWords }),
        fc.record({
          type: fc.constant("delete" as const),
          side: fc.boolean(),
          at: fc.nat(400),
          length: fc.integer({ min: 1, max: 30 }),
        }),
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(remarkOn(fc.oneof(fc.constant(DISTINCT), someText)), beside, (anchor, edits) => {
        let [before, behind] = [anchor.blockText.slice(0, anchor.from), anchor.blockText.slice(anchor.to)];
        const quote = anchor.blockText.slice(anchor.from, anchor.to);
        for (const edit of edits) {
          const text = edit.side ? before : behind;
          const at = text.length === 0 ? 0 : edit.at % (text.length + 1);
          const next =
            edit.type === "insert"
              ? text.slice(0, at) + edit.words + text.slice(at)
              : text.slice(0, at) + text.slice(at + edit.length);
          if (edit.side) before = next;
          else behind = next;
        }
        const now = before + quote + behind;
        const spot = whereIn([{ id: "own", text: now }], anchor);
        expect(spot.lost ? null : now.slice(spot.from, spot.to)).toBe(quote);
      }),
      { numRuns: 1500 },
    );
  });

  it("never points at words that are neither the quoted ones nor half of them, whatever repeats itself", () => {
    fc.assert(
      fc.property(remarkOn(someText), fc.array(editWith(someWords), { maxLength: 12 }), (anchor, edits) => {
        const now = edited(anchor, edits);
        const spot = whereIn(asLines(now), anchor);
        if (spot.lost) return;
        const quote = anchor.blockText.slice(anchor.from, anchor.to);
        const words = lettersAt(now, spot)
          .map(({ letter }) => letter)
          .join("");
        if (spot.blockId !== "own") expect(words).toBe(quote);
        expect(inCommon(quote, words) * 2).toBeGreaterThanOrEqual(quote.length);
      }),
      { numRuns: 1500 },
    );
  });

  it("of a paragraph that is gone is lost, whatever else says the same in passing", () => {
    fc.assert(
      fc.property(remarkOn(someText), fc.array(someWords, { maxLength: 5 }), (anchor, others) => {
        const quote = anchor.blockText.slice(anchor.from, anchor.to);
        fc.pre(quote.length + 8 < anchor.blockText.length);
        const lines = others.map((words, index) => ({ id: `other-${index}`, text: `${words}◆${quote}◇${words}` }));
        expect(whereIn(lines, anchor)).toEqual({ lost: true });
      }),
      { numRuns: 1000 },
    );
  });
});

/** The remark's paragraph between two others, after all edits; ids as the editor gives them: the first part keeps its. */
function edited(anchor: Anchor, edits: readonly Edit[]): Paragraph[] {
  let made = 0;
  const foreign = (id: string, text: string): Paragraph => ({
    id,
    letters: text.split("").map((letter) => ({ letter, origin: -2 })),
  });
  const own: Paragraph = {
    id: "own",
    letters: anchor.blockText.split("").map((letter, origin) => ({ letter, origin })),
  };
  const now = [foreign("before", "ABCDEFGHIJKLMN"), own, foreign("behind", "OPQRSTUVWXYZ")];
  for (const edit of edits) {
    const index = edit.block % Math.max(1, now.length);
    const paragraph = now[index];
    if (!paragraph) continue;
    const { letters } = paragraph;
    const at = "at" in edit ? edit.at % (letters.length + 1) : 0;
    if (edit.type === "insert") {
      letters.splice(at, 0, ...edit.words.split("").map((letter) => ({ letter, origin: -1 })));
    } else if (edit.type === "delete") letters.splice(at, edit.length);
    else if (edit.type === "split") {
      now.splice(index + 1, 0, { id: `made-${(made += 1)}`, letters: letters.splice(at) });
    } else if (edit.type === "join") letters.push(...(now.splice(index + 1, 1)[0]?.letters ?? []));
    else now.splice(index, 1);
  }
  return now;
}

const asLines = (paragraphs: readonly Paragraph[]) =>
  paragraphs.map(({ id, letters }) => ({ id, text: letters.map(({ letter }) => letter).join("") }));

function lettersAt(paragraphs: readonly Paragraph[], spot: Whereabouts): Letter[] {
  if (spot.lost) return [];
  return paragraphs.find(({ id }) => id === spot.blockId)?.letters.slice(spot.from, spot.to) ?? [];
}

/** The longest common subsequence. */
function inCommon(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, () => 0);
  for (const letter of one.split("")) {
    const next = [0];
    for (let at = 0; at < other.length; at += 1) {
      next.push(letter === other[at] ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
