import { describe, expect, it } from "vitest";
import { readDemoTable } from "../../db/demo/indicators";
import { readDemoOutline } from "../../db/demo/outline";
import { REAL_CSV } from "../indicator/real-table.testing";
import { bindingsOf, blockText } from "../section/content";
import { Content } from "../section/content-schema";
import { contentFits } from "../section/content-fits";
import { isHeading } from "../section/workflow";
import { compareFigures } from "./compare-figures";
import type { OutlinePlace } from "./match-outline";
import { readDocument } from "./read-document";
import { recogniseOutline } from "./recognise-outline";
import { planReport, type ReportPlan } from "./report-plan";
import { LIBREOFFICE_DOCX, REAL_TEXT, reportDocx } from "./report-docx.testing";

const demo = readDemoOutline(REAL_TEXT);
const places: OutlinePlace[] = demo.map(({ key, parent, position, kind, title }) => ({
  position,
  kind,
  title,
  id: `leaf ${key}`,
  parentId: parent && `leaf ${parent}`,
}));
const rows = readDemoTable(REAL_CSV.map((cells) => cells.join(",")).join("\n"));
const setting = { places, rows, year: 2024, half: 1 } as const;
const outlineOf = async (file: string | Uint8Array) => recogniseOutline(await readDocument(Buffer.from(file)));
const pieceFor = (plan: ReportPlan, leaf: string) =>
  plan.pieces.find(({ key }) => key === plan.leaves.find((each) => each.leaf === leaf)?.imported);

describe("the real report, planned into a report with its outline", async () => {
  const outline = await outlineOf(await reportDocx("automatic"));
  const plan = planReport(outline, setting);

  it("has a text for each of the 74 leaves, and nothing that is not placed", () => {
    expect(plan.leaves).toHaveLength(74);
    expect(plan.leaves.filter(({ imported }) => imported === null)).toEqual([]);
    expect([plan.headings, plan.leftOver]).toEqual([[], []]);
    for (const { leaf, imported } of plan.leaves) {
      const place = places.find(({ id }) => id === leaf);
      expect(plan.pieces.find(({ key }) => key === imported)?.fits).toContain(place?.kind);
    }
  });

  it("proposes figures without changing a character, and only where the rule gives the typed words", () => {
    const proposals = plan.pieces.reduce((sum, { figures }) => sum + figures, 0);
    expect(proposals).toBeGreaterThan(30);
    for (const { content, bound, figures } of plan.pieces) {
      expect(bound.content.map(blockText)).toEqual(content.content.map(blockText));
      expect(bindingsOf(content)).toEqual([]);
      expect(bindingsOf(bound)).toHaveLength(figures);
      expect(Content.safeParse(bound).error).toBeUndefined();
    }
    // The print says 增长-4.03% where the rule says 下降4.03%: that one stays typed.
    const bullets = pieceFor(plan, "leaf 1.bullets");
    const trade = bullets?.bound.content.find((block) => blockText(block).includes("增长-4.03%"));
    const words = trade ? bindingsOf({ type: "doc", content: [trade] }).map(({ attrs }) => attrs.text) : [];
    expect(words).toContain("47.29%");
    expect(words.join()).not.toContain("4.03");
  });

  it("proposes none for what is hoped for in the months to come", () => {
    const later = plan.pieces.filter(({ under }) => under[0]?.includes("下半年"));
    expect(later.length).toBeGreaterThan(0);
    expect(later.filter(({ figures }) => figures > 0)).toEqual([]);
  });

  it("is the same each time", async () => {
    expect(planReport(await outlineOf(await reportDocx("automatic")), setting)).toEqual(plan);
  });
});

describe("a file that differs from the report", () => {
  it("says which headings the report does not have, and which texts nobody takes", async () => {
    const changed = REAL_TEXT.replace(
      "### （五）",
      "### （五）防范化解重点风险\n\n守住不发生区域性系统性风险的底线。\n\n### （六）",
    );
    const plan = planReport(await outlineOf(changed), setting);
    const taken = new Set(plan.leaves.map(({ imported }) => imported));
    expect(plan.headings).toEqual(["防范化解重点风险"]);
    expect(plan.pieces.filter(({ key }) => !taken.has(key)).map(({ under }) => under.at(-1))).toEqual([
      "（五）防范化解重点风险",
    ]);
  });

  it("fills a typed annex with its table of figures as it is printed", async () => {
    const typed = places.map((place) => (place.kind === "indicators" ? { ...place, kind: "annex" as const } : place));
    const plan = planReport(await outlineOf(LIBREOFFICE_DOCX), { ...setting, places: typed });
    const annex = pieceFor(plan, "leaf annex");
    expect(plan.leaves).toHaveLength(75);
    expect(annex && contentFits("annex", annex.content)).toBe(true);
    expect(annex?.content.content.map(blockText)).toEqual([REAL_CSV.map((cells) => cells.join("\t")).join("\n")]);
  });

  it("never offers a text that its leaf could not hold", async () => {
    const plan = planReport(await outlineOf(`${REAL_TEXT}\n| 项目 | 投资 |\n| --- | --- |\n| 甲 | 1 |\n`), setting);
    for (const { content, fits } of plan.pieces) {
      for (const kind of fits) expect([isHeading(kind), contentFits(kind, content)]).toEqual([false, true]);
    }
  });
});

describe("the file's table of figures", async () => {
  const file = (await outlineOf(LIBREOFFICE_DOCX)).figures?.rows ?? [];
  const seen = rows.map((row) => ({ row, isSeen: true }));

  it("says the same as the report's, cell by cell", () => {
    expect(compareFigures(seen, file)).toMatchObject({ differences: [], unknown: [], waiting: [], absent: [] });
    expect(compareFigures(seen, file).same).toBeGreaterThan(100);
  });

  it("is held only against figures that have been handed in, and differences are told with both sides", () => {
    const changed = seen.map(({ row }, index) => ({
      isSeen: index !== 1,
      row:
        index === 0
          ? { ...row, figures: { ...row.figures, actual: { state: "number", digits: "480.00" } as const } }
          : row,
    }));
    const { differences, waiting, absent, unknown } = compareFigures(changed, file.slice(0, -1));
    expect(differences).toContainEqual({ name: "地区生产总值", field: "actual", table: "480.00", file: "481.35" });
    expect(differences.every(({ name }) => name === "地区生产总值")).toBe(true);
    expect([waiting, absent, unknown]).toEqual([["农林牧渔业总产值"], ["农村居民人均可支配收入"], []]);
    const [first] = file;
    if (!first) throw new Error("no row");
    expect(compareFigures(seen, [{ ...first, officialName: "粮食总产量" }]).unknown).toEqual(["粮食总产量"]);
  });
});
