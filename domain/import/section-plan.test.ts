import { describe, expect, it } from "vitest";
import { readDemoOutline } from "../../db/demo/outline";
import { realRows } from "../indicator/real-table.testing";
import { blockText } from "../section/content";
import { Content } from "../section/content-schema";
import { contentFits } from "../section/content-fits";
import { isHeading, type SectionKind } from "../section/workflow";
import type { OutlinePlace } from "./match-outline";
import { readDocument } from "./read-document";
import { recogniseOutline } from "./recognise-outline";
import { REAL_TEXT } from "./report-docx.testing";
import { planSection, WHOLE_FILE, type SectionChoice, type SectionPlan } from "./section-plan";

const places: OutlinePlace[] = readDemoOutline(REAL_TEXT).map(({ key, parent, position, kind, title }) => ({
  position,
  kind,
  title,
  id: key,
  parentId: parent,
}));
const rows = realRows();

const withoutOf = ({ lines }: SectionPlan, choice: SectionChoice | undefined): string[] =>
  lines.filter((_, index) => !choice?.holds.includes(index));

async function planned(leaf: string, file: string): Promise<SectionPlan & { taken: string[] }> {
  const place = places.find(({ id }) => id === leaf);
  if (!place) throw new Error(`no leaf ${leaf}`);
  const part = places.find(({ id }) => id === leaf.split(".")[0])?.title ?? null;
  const outline = recogniseOutline(await readDocument(Buffer.from(file)));
  const { kind, title } = place;
  const plan = planSection(outline, { id: leaf, kind, title, part, places, rows, year: 2024, half: 1 });
  const choice = plan.choices.find(({ key }) => key === plan.chosen?.key);
  return { ...plan, taken: choice ? choice.content.content.map(blockText) : [] };
}

describe("a whole report, for one leaf of it", () => {
  // Every fifth leaf, and all of those that are no plain text.
  const some = places
    .filter(({ kind }) => !isHeading(kind))
    .filter(({ kind }, index) => index % 5 === 0 || !["text", "item"].includes(kind));
  it.each(some.map(({ id, kind }) => [id, kind] as const))("gives its own part: %s (%s)", async (id, kind) => {
    const plan = await planned(id, REAL_TEXT);
    const own = readDemoOutline(REAL_TEXT).find(({ key }) => key === id);
    expect(plan.chosen?.reason).toBe("title");
    expect(plan.taken).toEqual(own?.content?.content.map(blockText));
    for (const { content, bound } of plan.choices) {
      expect(contentFits(kind, content)).toBe(true);
      expect(Content.safeParse(bound).error).toBeUndefined();
    }
  });

  it("lists every other line of the file, headings with their numbers", async () => {
    const plan = await planned("1.2.1", REAL_TEXT);
    const without = withoutOf(
      plan,
      plan.choices.find(({ key }) => key === plan.chosen?.key),
    );
    const printed = REAL_TEXT.trimEnd().split("\n\n");
    expect(without.filter((line) => /^[一二三]、/.test(line))).toHaveLength(
      printed.filter((line) => line.startsWith("## ")).length,
    );
    const words = [...plan.taken, ...without].join("").replace(/\s/g, "");
    const sentences = printed.slice(0, -1).flatMap((block) => block.replace(/^#+ |^——/, "").split("**"));
    expect(sentences.filter((sentence) => !words.includes(sentence.replace(/\s/g, "")))).toEqual([]);
  });

  it("leaves the choice to the writer where no title of it is the leaf's", async () => {
    const plan = await planned("1.2.1", REAL_TEXT.replace(/^### .*$/gm, "").replace(/\*\*/g, ""));
    expect(plan.chosen).toBeNull();
    expect(plan.choices.length).toBeGreaterThan(2);
  });
});

describe("a department's own file", () => {
  it("is taken whole, its typing repaired, its numbers proposed", async () => {
    const plan = await planned(
      "1.2.1",
      "上半年,地区生产总值完成 481.35 亿元。\n\n**抓重点。** 社会消费品零售总额增长5.6%。\n",
    );
    expect(plan.chosen).toEqual({ key: WHOLE_FILE, reason: null });
    expect(plan.taken).toEqual(["上半年，地区生产总值完成481.35亿元。", "抓重点。社会消费品零售总额增长5.6%。"]);
    const choice = plan.choices.find(({ key }) => key === WHOLE_FILE);
    expect(choice?.figures).toBe(2);
    expect(withoutOf(plan, choice)).toEqual([]);
    expect(choice?.tidied).toEqual([
      { kind: "space", count: 3 },
      { kind: "punctuation", count: 1 },
    ]);
    expect(choice?.content.content[1]).toMatchObject({
      content: [{ text: "抓重点。", marks: [{ type: "lead" }] }, { text: "社会消费品零售总额增长5.6%。" }],
    });
  });

  it("leaves out the heading that the leaf prints itself, and says so; other headings and numbers stay as lines", async () => {
    const plan = await planned(
      "1.2.1",
      `一、${places.find(({ id }) => id === "1.2.1")?.title}\n\n1.第一件事办成了。\n\n2.第二件事正在办。\n\n二、下一步打算\n\n继续办。\n`,
    );
    const whole = plan.choices.find(({ key }) => key === WHOLE_FILE);
    expect(whole?.content.content.map(blockText)).toEqual([
      "1.第一件事办成了。",
      "2.第二件事正在办。",
      "二、下一步打算",
      "继续办。",
    ]);
    expect(withoutOf(plan, whole)).toEqual([`一、${places.find(({ id }) => id === "1.2.1")?.title}`]);
  });

  it("gives a leaf of one line its line, and an annex its table, or says that nothing fits", async () => {
    const table = "| 项目 | 投资 |\n| --- | --- |\n| 甲 | 1 |\n";
    expect((await planned("title", "# 关于某区2024年上半年计划执行情况的报告\n\n正文一段。\n")).taken).toEqual([
      "关于某区2024年上半年计划执行情况的报告",
    ]);
    const setting = { id: "x", title: "附件", part: null, places: [], rows: [], year: 2024, half: 1 } as const;
    const outline = recogniseOutline(await readDocument(Buffer.from(`正文一段。\n\n${table}`)));
    const plan = planSection(outline, { ...setting, kind: "annex" satisfies SectionKind });
    expect(plan.choices.map(({ content }) => content.content.map(({ type }) => type))).toEqual([["table"]]);
    const none = planSection(recogniseOutline(await readDocument(Buffer.from("正文一段。"))), {
      ...setting,
      kind: "annex",
    });
    expect([none.choices, none.chosen, none.lines]).toEqual([[], null, ["正文一段。"]]);
  });

  it("never cuts a character of two code units in a title, and is well-formed whatever it holds", async () => {
    const long = "𠮷".repeat(200);
    const plan = await planned("1.2.1", `${long}。\n\n**${"𠀀".repeat(35)}。**${long}。\n`);
    for (const { title, content } of plan.choices) {
      expect(title.isWellFormed()).toBe(true);
      expect(Content.safeParse(content).error).toBeUndefined();
    }
  });
});
