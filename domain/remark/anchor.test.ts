import { diffArrays } from "diff";
import { describe, expect, it, vi } from "vitest";
import type { ContentBlock } from "../section/content";
import {
  anchorInOther,
  anchorOf,
  linesOf,
  quoteOf,
  stillReads,
  whereIn,
  withoutBlock,
  type Anchor,
  type Line,
} from "./anchor";

vi.mock("diff", { spy: true });
const diffed = vi.mocked(diffArrays);
type Bounded = [unknown, unknown, { maxEditLength: number }];

const THEN = "上半年，全区完成农业总产值51.40亿元，同比增长4.2%，增速居全市第三位，完成年度计划的51.40%。";
const ID = "block-01";

describe("where a remark stands when its paragraph", () => {
  const CASES: [string, string, string, string | null][] = [
    ["is as it was", "同比增长4.2%", THEN, "同比增长4.2%"],
    ["has more words before", "同比增长4.2%", `据初步核算，${THEN}`, "同比增长4.2%"],
    ["has more words behind", "同比增长4.2%", `${THEN}形势平稳。`, "同比增长4.2%"],
    ["has words put in right before", "同比增长4.2%", THEN.replace("同比", "现价同比"), "同比增长4.2%"],
    ["has words put in right behind", "同比增长4.2%", THEN.replace("4.2%", "4.2%左右"), "同比增长4.2%"],
    ["has words put in between", "同比增长4.2%", THEN.replace("同比增长", "同比实际增长"), "同比实际增长4.2%"],
    ["has its number corrected", "51.40亿元", THEN.replace("51.40亿", "51.60亿"), "51.60亿元"],
    ["has some of the words replaced", "增速居全市第三位", THEN.replace("第三", "第二"), "增速居全市第二位"],
    ["has more than half of the words replaced", "同比增长4.2%", THEN.replace("同比增长4.2%", "降幅收窄2%"), null],
    ["has lost the words", "同比增长4.2%，", THEN.replace("同比增长4.2%，", ""), null],
    ["has lost the words, and the same stand elsewhere in it", "51.40亿元", THEN.replace("51.40亿元", ""), null],
    ["has lost everything else", "同比增长4.2%", "同比增长4.2%", "同比增长4.2%"],
    ["is empty", "同比增长4.2%", "", null],
    ["has lost its first half", "完成年度计划的51.40%", THEN.slice(20), "完成年度计划的51.40%"],
  ];
  it.each(CASES)("%s", (_, quote, now, expected) => {
    const anchor = on(quote);
    const spot = whereIn([{ id: ID, text: now }], anchor);
    expect(spot.lost ? null : now.slice(spot.from, spot.to)).toBe(expected);
  });

  it("lists the same words: where the one that was meant is replaced, its neighbour is not taken for it", () => {
    const anchor = { blockId: ID, blockText: "增长、增长", from: 0, to: 2 };
    expect(whereIn([{ id: ID, text: "下降、增长" }], anchor)).toEqual({ lost: true });
  });

  it("was written in on both sides and inside with letters that it has: the narrowest reading counts", () => {
    const anchor = { blockId: ID, blockText: "工业增长10%。", from: 2, to: 7 };
    const now = "工业增加投入，增长12%。";
    const spot = whereIn([{ id: ID, text: now }], anchor);
    expect(spot.lost ? null : now.slice(spot.from, spot.to)).toBe("增长12%");
  });

  it("was written in where its letters repeat: what keeps more of the words counts", () => {
    const anchor = { blockId: ID, blockText: "工业增长10%，农业增长4%，增速加快。", from: 8, to: 12 };
    const now = "工业增长10%，农业增，占比5%增长，增速加快。";
    const spot = whereIn([{ id: ID, text: now }], anchor);
    expect(spot.lost ? null : now.slice(spot.from, spot.to)).toBe("农业增，占比5%增长");
  });

  it("says the same words twice: the one that was meant is meant still", () => {
    const then = "第一产业增长4%，第二产业增长4%，第三产业增长4%。";
    const second = then.indexOf("增长4%", 8);
    const anchor = { blockId: ID, blockText: then, from: second, to: second + 4 };
    const now = "其中：第一产业增长4%，第二产业预计增长4%，第三产业增长4%。";
    expect(whereIn([{ id: ID, text: now }], anchor)).toMatchObject({ from: now.indexOf("预计") + 2 });
    const gone = "第一产业增长4%，第二产业平稳，第三产业增长4%。";
    expect(whereIn([{ id: ID, text: gone }], anchor)).toEqual({ lost: true });
  });
});

describe("where a remark stands when its paragraph is no longer one", () => {
  const cut = THEN.indexOf("增速");
  it("was parted behind the words, or before them", () => {
    const halves = [line(ID, THEN.slice(0, cut)), line("block-02", THEN.slice(cut))];
    expect(whereIn(halves, on("同比增长4.2%"))).toMatchObject({ blockId: ID });
    expect(whereIn(halves, on("居全市第三位"))).toEqual({ lost: false, blockId: "block-02", from: 2, to: 8 });
    expect(whereIn(halves, on("增速居全市第三位"))).toEqual({ lost: false, blockId: "block-02", from: 0, to: 8 });
  });

  it("was parted in the middle of the words", () => {
    expect(
      whereIn([line(ID, THEN.slice(0, cut + 3)), line("block-02", THEN.slice(cut + 3))], on("增速居全市第三位")),
    ).toEqual({ lost: true });
  });

  it("was joined to the one before", () => {
    const before = "一、农业农村。";
    const at = before.length + THEN.indexOf("同比");
    expect(whereIn([line("block-00", before + THEN)], on("同比增长4.2%"))).toEqual({
      lost: false,
      blockId: "block-00",
      from: at,
      to: at + 8,
    });
  });

  it("was taken out, and another paragraph has the same words among others", () => {
    const other = line("block-02", "工业增加值同比增长4.2%，高于全市平均水平。");
    expect(whereIn([other], on("同比增长4.2%"))).toEqual({ lost: true });
  });

  it("was taken out, and stands twice elsewhere", () => {
    expect(whereIn([line("block-02", THEN), line("block-03", THEN)], on("同比增长4.2%"))).toEqual({ lost: true });
  });

  it("is a whole short one that stands nowhere else", () => {
    const anchor = { blockId: ID, blockText: "粮食安全责任制考核优秀。", from: 0, to: 12 };
    const now = [line("block-02", "粮食安全责任制考核优秀。"), line("block-03", THEN)];
    expect(whereIn(now, anchor)).toMatchObject({ blockId: "block-02", from: 0, to: 12 });
  });
});

describe("a place between two characters", () => {
  const at = THEN.indexOf("增速");
  const anchor = { blockId: ID, blockText: THEN, from: at, to: at };
  it.each([
    ["moves with its neighbours", `截至6月底，${THEN}`, 6],
    ["is lost when its neighbours are gone", THEN.replace("4.2%，增速居", ""), null],
    ["is lost when something stands between them", THEN.replace("增速", "且增速"), null],
  ])("%s", (_, now, moved) => {
    const spot = whereIn([line(ID, now)], anchor);
    expect(spot.lost ? null : spot.from).toBe(moved === null ? null : at + moved);
  });

  it("at either end of a paragraph stays there", () => {
    const end = { blockId: ID, blockText: THEN, from: THEN.length, to: THEN.length };
    const start = { blockId: ID, blockText: THEN, from: 0, to: 0 };
    const now = THEN.replace("第三", "第二");
    expect(whereIn([line(ID, now)], end)).toMatchObject({ from: now.length });
    expect(whereIn([line(ID, now)], start)).toMatchObject({ from: 0 });
  });
});

describe("an anchor", () => {
  it("is made on a block, and quotes it", () => {
    const block: ContentBlock = { type: "paragraph", attrs: { id: ID }, content: [{ type: "text", text: THEN }] };
    const anchor = anchorOf(block, 4, 6);
    expect(anchor).toEqual({ blockId: ID, blockText: THEN, from: 4, to: 6 });
    expect(quoteOf(anchor)).toBe("全区");
    expect(linesOf({ type: "doc", content: [block] })).toEqual([line(ID, THEN)]);
  });

  it("still reads as quoted only letter by letter", () => {
    const anchor = on("51.40亿元");
    for (const [now, reads] of [
      [`其中，${THEN}`, true],
      [THEN.replace("51.40亿", "51.60亿"), false],
    ] as const) {
      const lines = [line(ID, now)];
      const spot = whereIn(lines, anchor);
      expect(!spot.lost && stillReads(lines, spot, anchor)).toBe(reads);
    }
  });

  it("never comes to stand in the middle of a character", () => {
    const anchor = { blockId: ID, blockText: "完成\u{20000}\u{20010}投资。", from: 0, to: 6 };
    for (const now of [
      "完成\u{20001}\u{20010}投资。",
      "完成\u{20000}\u{20011}投资。",
      "完成\u{20000}\u{20411}投资。",
    ]) {
      const spot = whereIn([line(ID, now)], anchor);
      expect(spot.lost).toBe(false);
      if (!spot.lost) expect(now.slice(spot.from, spot.to).isWellFormed()).toBe(true);
    }
  });

  it("is not followed along ways that are longer than what can be compared", () => {
    const then = "增长".repeat(1000);
    const anchor = { blockId: ID, blockText: then, from: 0, to: 1000 };
    const now = `${then.slice(0, 500)}，${then.slice(500)}`;
    diffed.mockClear();
    expect(whereIn([line(ID, now)], anchor)).toEqual({ lost: false, blockId: ID, from: 0, to: 1001 });
    expect(diffed).toHaveBeenCalled();
    for (const [, , { maxEditLength }] of diffed.mock.calls as unknown as Bounded[]) {
      expect(maxEditLength).toBeLessThanOrEqual(600);
    }
  });

  it("that is ended says nothing of its paragraph but the words around a place", () => {
    expect(withoutBlock(on("51.40亿元"))).toEqual({ blockId: ID, blockText: "", from: 0, to: 0 });
    const at = THEN.indexOf("增速");
    const near = withoutBlock({ blockId: ID, blockText: `${THEN}${THEN}`, from: at, to: at });
    expect(near.blockText).toHaveLength(32);
    expect(near.blockText.slice(near.from)).toBe(`${THEN}${THEN}`.slice(at, at + 16));
    expect(near.to).toBe(near.from);
  });

  it("on a place where a figure says something only elsewhere is a place there", () => {
    const said = (text: string): ContentBlock => ({
      type: "paragraph",
      attrs: { id: ID },
      content: [
        { type: "text", text: "产值" },
        {
          type: "figure",
          attrs: { id: "node-01", indicator: "farm", field: "actual", form: "unit", text, wording: null },
        },
        { type: "text", text: "。" },
      ],
    });
    const { from, to } = anchorInOther(said(""), said("8.03亿元"), 2, 2);
    expect(to).toBe(from);
  });

  it.each([
    ["产值", "产值"],
    ["值8.03亿元，增", "值，增"],
    ["亿元，增长", "，增长"],
    ["产值8.0", "产值"],
    ["03亿", ""],
    ["增长。", "增长。"],
  ])("on %s is on %s where the figure says nothing", (quote, expected) => {
    const said = (text: string): ContentBlock => ({
      type: "paragraph",
      attrs: { id: ID },
      content: [
        { type: "text", text: "产值" },
        {
          type: "figure",
          attrs: { id: "node-01", indicator: "farm", field: "actual", form: "unit", text, wording: null },
        },
        { type: "text", text: "，增长。" },
      ],
    });
    const from = "产值8.03亿元，增长。".indexOf(quote);
    const anchor = anchorInOther(said("8.03亿元"), said(""), from, from + quote.length);
    expect(anchor.blockText).toBe("产值，增长。");
    expect(quoteOf(anchor)).toBe(expected);
  });

  it("on a huge paragraph that was written anew answers soon, and is lost", () => {
    const then = "农业".repeat(20_000);
    const anchor = { blockId: ID, blockText: then, from: 10, to: 30 };
    expect(whereIn([line(ID, "工商".repeat(20_000))], anchor)).toEqual({ lost: true });
  });
});

const line = (id: string, text: string): Line => ({ id, text });

function on(quote: string): Anchor {
  const from = THEN.indexOf(quote);
  if (from === -1) throw new Error(`not in the text: ${quote}`);
  return { blockId: ID, blockText: THEN, from, to: from + quote.length };
}
