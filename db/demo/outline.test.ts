import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ContentInline, inlineText } from "../../domain/section/content";
import { Content } from "../../domain/section/content-schema";
import { isHeading } from "../../domain/section/workflow";
import { DEMO_OFFICES } from "./offices";
import { readDemoTable } from "./indicators";
import { type DemoSection, readDemoOutline } from "./outline";

const markdown = readFileSync(new URL("./2024-h1.clean.md", import.meta.url), "utf8");
const table = readDemoTable(readFileSync(new URL("./2024-h1.indicators.csv", import.meta.url), "utf8"));
const sections = readDemoOutline(markdown);
const leaves = sections.filter((section) => !isHeading(section.kind));

describe("the outline of the 2024 half-year report", () => {
  it("has the parts that the printed report has", () => {
    const top = sections.filter((section) => section.parent === null).map((section) => section.key);
    expect(top).toEqual(["title", "delivery", "speaker", "salutation", "opening", "1", "2", "3", "closing", "annex"]);
    expect(sections.filter((section) => section.kind === "chapter")).toHaveLength(9);
    expect(find("1.bullets").content?.content).toHaveLength(13);
    expect(children("2").filter((section) => section.kind === "item")).toHaveLength(5);
    expect(children("3").filter((section) => section.kind === "item")).toHaveLength(9);
    expect(leaves.filter((section) => section.runOn)).toHaveLength(40);
    expect(leaves).toHaveLength(74);
    expect(sections).toHaveLength(87);
  });

  it("numbers siblings from 1 without a gap, after their parent", () => {
    const parents = sections.filter(({ kind }) => kind === "part" || kind === "chapter").map(({ key }) => key);
    for (const parent of [null, ...parents]) {
      const positions = children(parent).map((section) => section.position);
      expect(positions).toEqual(positions.map((_, index) => index + 1));
      expect(positions.length).toBeGreaterThan(0);
    }
    expect(new Set(sections.map((section) => section.key)).size).toBe(sections.length);
  });

  it("begins a leaf at every bold lead and keeps the stop where the print has it", () => {
    expect(children("1.2").map((section) => section.title)).toEqual([
      "导语 · 坚决落实耕地保护和粮食安全责任制",
      "抓稳产确保增收增效",
      "抓项目发展现代农业",
      "抓调控保障粮食安全",
    ]);
    expect(words("1.2.1").slice(0, 1)).toEqual([lead("抓稳产确保增收增效")]);
    expect(words("1.2.1").map(inlineText)[1]?.startsWith("。上半年")).toBe(true);
    expect(words("1.2.2")[0]).toEqual(lead("抓项目发展现代农业。"));
    expect(children("1.1")).toHaveLength(1);
  });

  it("keeps the bold words of an item inside its one leaf", () => {
    expect(find("2.1").title).toBe("投资增长动能不足");
    expect(words("2.1").filter((run) => run.marks)).toEqual([lead("另一方面")]);
  });

  it("gives every leaf a text that the editor could have written, and headings none", () => {
    for (const section of leaves) expect(Content.safeParse(section.content).error).toBeUndefined();
    for (const section of sections) expect(section.content === null).toBe(isHeading(section.kind));
    const ids = leaves.flatMap((section) => section.content?.content.map((block) => block.attrs.id) ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain("b-1-2-3-01");
  });

  it("prints again word for word", () => {
    expect(toMarkdown()).toBe(markdown);
  });

  it("leaves the annex to the figures", () => {
    expect(find("annex")).toMatchObject({ kind: "indicators", title: "芗城区2024年上半年主要经济指标完成情况表" });
    expect(find("annex").content).toBeNull();
  });
});

describe("who writes what", () => {
  const codes: string[] = DEMO_OFFICES.map((office) => office.code);
  it("names only offices of the demonstration, each once", () => {
    expect(new Set(codes).size).toBe(codes.length);
    for (const section of sections) expect(codes).toContain(section.office);
  });

  it("gives every department a leaf or an indicator, and neither government, congress nor administration any", () => {
    const owners = new Set<string>([...leaves.map((section) => section.office), ...table.map((row) => row.owner)]);
    for (const { code, kind } of DEMO_OFFICES) {
      expect([code, owners.has(code)]).toEqual([code, kind === "department" || kind === "lead"]);
    }
  });

  it("leaves the headings to the office that compiles", () => {
    const owners = sections.filter((section) => isHeading(section.kind)).map((section) => section.office);
    expect(new Set(owners)).toEqual(new Set(["fgj"]));
  });

  it("refuses a leaf that no office answers for", () => {
    const renamed = markdown.replace("**专项债方面**，", "**专项债券方面**，");
    expect(() => readDemoOutline(renamed)).toThrow(/without an office: .*专项债券方面/);
  });

  it("refuses an office for a leaf that is not in the report", () => {
    const shorter = markdown.replace("**专项债方面**，", "专项债方面，");
    expect(() => readDemoOutline(shorter)).toThrow(/not there: .*专项债方面/);
  });

  it("refuses a paragraph that has no place in the outline", () => {
    const stray = markdown.replace("### （二）", "多出来的一段。\n\n### （二）");
    expect(() => readDemoOutline(stray)).toThrow(/多出来的一段/);
  });
});

function find(key: string): DemoSection {
  const section = sections.find((candidate) => candidate.key === key);
  if (!section) throw new Error(`No section ${key}`);
  return section;
}

function children(parent: string | null): DemoSection[] {
  return sections.filter((section) => section.parent === parent);
}

function words(key: string): ContentInline[] {
  const block = find(key).content?.content[0];
  return block && block.type !== "table" ? (block.content ?? []) : [];
}

function lead(text: string): ContentInline {
  return { type: "text", text, marks: [{ type: "lead" }] };
}

function toMarkdown(): string {
  const numerals = "一二三四五六七八九";
  const count = { part: 0, chapter: 0, item: 0 };
  const paragraphs: string[] = [];
  for (const section of sections) {
    const texts = (section.content?.content ?? []).map((block) =>
      block.type === "table"
        ? ""
        : (block.content ?? []).map((run) => (run.marks ? `**${inlineText(run)}**` : inlineText(run))).join(""),
    );
    const text = texts.join("");
    if (section.kind === "part") {
      count.item = 0;
      paragraphs.push(`## ${numerals[count.part++]}、${section.title}`);
    } else if (section.kind === "chapter") paragraphs.push(`### （${numerals[count.chapter++]}）${section.title}`);
    else if (section.kind === "title") paragraphs.push(`# ${text}`);
    else if (section.kind === "bullets") paragraphs.push(...texts.map((bullet) => `——${bullet}`));
    else if (section.kind === "item") paragraphs.push(`${++count.item}. ${text}`);
    else if (section.kind === "indicators") paragraphs.push(`附件：${section.title}`);
    else if (section.runOn) paragraphs.push(`${paragraphs.pop() ?? ""}${text}`);
    else paragraphs.push(text);
  }
  return `${paragraphs.join("\n\n")}\n`;
}
