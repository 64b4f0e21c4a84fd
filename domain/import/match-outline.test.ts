import { describe, expect, it } from "vitest";
import { readDemoOutline } from "../../db/demo/outline";
import type { SectionKind } from "../section/workflow";
import { matchOutline, placesOf, similarity, type LeafMatch, type OutlinePlace } from "./match-outline";
import { readDocument } from "./read-document";
import { recogniseOutline } from "./recognise-outline";
import { LIBREOFFICE_DOCX, REAL_TEXT } from "./report-docx.testing";

/** A report's outline as the database has it: ids of its own, years moved on. */
const report: OutlinePlace[] = readDemoOutline(REAL_TEXT).map(({ key, parent, position, kind, title }) => ({
  position,
  kind,
  id: `leaf ${key}`,
  parentId: parent && `leaf ${parent}`,
  title: title.replaceAll("2024年", "2025年"),
}));
const places = async (file: string | Uint8Array): Promise<OutlinePlace[]> =>
  placesOf(recogniseOutline(await readDocument(Buffer.from(file))).nodes);
const titleOf = (outline: readonly OutlinePlace[], id: string | null): string | undefined =>
  outline.find((each) => each.id === id)?.title;

describe("the real report, imported into its own outline", async () => {
  const file = await places(LIBREOFFICE_DOCX);
  const { leaves, left } = matchOutline(report, file);

  it("matches leaf by leaf, without a correction", () => {
    expect(leaves).toHaveLength(74);
    expect(left).toEqual([]);
    for (const { leaf, imported, reason } of leaves) {
      expect(reason).toBe("title");
      expect(titleOf(file, imported)?.replaceAll("2024年", "2025年")).toBe(titleOf(report, leaf));
    }
    expect(new Set(leaves.map(({ imported }) => imported)).size).toBe(74);
  });

  it("matches again the same way", () => {
    expect(matchOutline(report, file)).toEqual({ leaves, left });
  });
});

describe("a file that differs", () => {
  const matchesOf = async (change: (text: string) => string) => {
    const file = await places(change(REAL_TEXT));
    const { leaves, left } = matchOutline(report, file);
    const by = (title: string): Pick<LeafMatch, "reason"> & { to: string | undefined } => {
      const found = leaves.find(({ leaf }) => titleOf(report, leaf) === title);
      return { reason: found?.reason ?? null, to: titleOf(file, found?.imported ?? null) };
    };
    return { leaves, by, left: left.map((id) => titleOf(file, id)) };
  };

  it("in the words of a lead still matches; a lead that is new is left, one that is gone has none", async () => {
    const { by, left, leaves } = await matchesOf((text) =>
      text
        .replace("**聚焦企业帮扶活动。**", "**深入开展企业帮扶活动。**")
        .replace("**加大技改引导力度。**", "**做大做强龙头企业。**"),
    );
    expect(by("聚焦企业帮扶活动")).toEqual({ reason: "similar", to: "深入开展企业帮扶活动" });
    expect(by("加大技改引导力度")).toEqual({ reason: null, to: undefined });
    expect(left).toEqual(["做大做强龙头企业"]);
    expect(leaves.filter(({ imported }) => imported === null)).toHaveLength(1);
  });

  it("by a leaf that stands under another heading is told apart as moved", async () => {
    const { by, left } = await matchesOf((text) => {
      const [lead = ""] = /\*\*夯实数字经济基础。\*\*[^*]+/.exec(text) ?? [];
      return text.replace(lead, "").replace("**打好促进消费组合拳。**", `${lead}**打好促进消费组合拳。**`);
    });
    expect(by("夯实数字经济基础")).toEqual({ reason: "moved", to: "夯实数字经济基础" });
    expect(left).toEqual([]);
  });

  it("by a new chapter, or by words under a heading that are new every year", async () => {
    const { by, left, leaves } = await matchesOf((text) =>
      text
        .replace("新增规模以上工业企业27家，区属", "净增规上企业31家，区属")
        .replace("### （五）", "### （五）防范化解重点风险\n\n守住底线。\n\n### （六）"),
    );
    expect(by("导语 · 新增规模以上工业企业27家")).toEqual({ reason: "place", to: "导语 · 净增规上企业31家" });
    expect(left).toEqual(["导语 · 守住底线"]);
    expect(leaves.every(({ imported }) => imported !== null)).toBe(true);
  });

  it("in what a leaf is called matches where it is the only one of its kind, and a text that is numbered now is one", () => {
    const place = (kind: SectionKind, title: string, position: number): OutlinePlace => ({
      kind,
      title,
      position,
      id: `${kind} ${title}`,
      parentId: null,
    });
    const { leaves } = matchOutline(
      [place("salutation", "称谓", 1), place("text", "抓招商", 2)],
      [place("salutation", "称呼", 1), place("item", "抓招商", 2)],
    );
    expect(leaves).toEqual([
      { leaf: "salutation 称谓", imported: "salutation 称呼", reason: "kind", similarity: 0 },
      { leaf: "text 抓招商", imported: "item 抓招商", reason: "title", similarity: 1 },
    ]);
  });

  it("by everything has nothing to give", () => {
    const other = (kind: SectionKind, title: string, position: number): OutlinePlace => ({
      kind,
      title,
      position,
      id: title,
      parentId: null,
    });
    const { leaves, left } = matchOutline(report, [other("text", "其他", 1), other("annex", "名单", 2)]);
    expect(leaves.every(({ imported, reason }) => imported === null && reason === null)).toBe(true);
    expect(left).toEqual(["其他", "名单"]);
    expect(matchOutline([], [other("text", "其他", 1)])).toEqual({ leaves: [], left: ["其他"] });
  });
});

describe("how alike two titles are", () => {
  it("does not depend on years, numbers, blanks, punctuation or order of asking", () => {
    expect(similarity("2024年上半年，工业 经济", "2025年上半年工业经济")).toBe(1);
    expect(similarity("导语 · 新增企业27家", "导语 · 新增企业36家")).toBe(1);
    expect(similarity("夯实农业基础", "夯实工业基础")).toBe(similarity("夯实工业基础", "夯实农业基础"));
  });

  it("lies between nothing in common and the same", () => {
    expect(similarity("夯实农业基础", "夯实工业基础")).toBeCloseTo(0.6);
    expect(similarity("夯实农业基础", "全面深化改革")).toBe(0);
    expect(similarity("", "")).toBe(0);
  });
});
