import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import mammoth from "mammoth";
import { beforeAll, describe, expect, it } from "vitest";
import { childNamed, elementsIn, valueOf, type XmlElement } from "../../domain/import/files/xml-tree";
import { REAL_MARKDOWN, realDocument } from "../../domain/report/real-document.testing";
import type { EditionMark } from "../edition-mark";
import { mergedCells } from "../merged-cells";
import type { ReportDocument } from "../report-document";
import { aSmallReport, aSpan, POINTS_AND_TABLES } from "../small-report";
import { toMarkdown } from "../text/to-markdown";
import { toPlainText } from "../text/to-plain-text";
import { FACES } from "./faces";
import { allNamed, bodyOf, partOf, partsOf, styleOf, wordsIn } from "./read-docx.testing";
import { toDocx } from "./to-docx";

const MARK: EditionMark = {
  kind: "征求意见稿",
  underTitle: true,
  number: 3,
  code: "7K2QM-9XD4A",
  url: "https://huibao.example/verify/7K2QM-9XD4A",
  date: "2024年8月1日",
  sha256: "ab".repeat(32),
  correction: { of: 2, date: "2024年8月1日", text: "第三产业增加值有误。" },
};

const report = realDocument();
let real: Uint8Array;
let automatic: Uint8Array;
let marked: Uint8Array;
beforeAll(async () => {
  real = await toDocx(report);
  automatic = await toDocx(report, { numbering: "automatic" });
  marked = await toDocx({ ...report, blocks: [...report.blocks, ...POINTS_AND_TABLES] }, { mark: MARK });
});

describe("the words of the Word document, read by mammoth", () => {
  it("are those of the plain text to the character, and then those of the annex", async () => {
    const read = await rawText(real);
    const end = read.indexOf("附件");
    expect(read.slice(0, end)).toEqual(toPlainText(report).trimEnd().split("\n\n"));
    expect(read.slice(end)).toEqual(annexWords(report));
  });

  it("are those of the Markdown, headings and bold leads with them", async () => {
    expect(await markdownOf(real)).toBe(REAL_MARKDOWN);
    expect(toMarkdown(report)).toBe(REAL_MARKDOWN);
  });

  it("are those of every other kind of block too", async () => {
    const small = aSmallReport({ blocks: [...aSmallReport().blocks, ...POINTS_AND_TABLES] });
    const read = await rawText(await toDocx(small));
    const cells = (line: string) => line.split(/[\t\n]/);
    expect(read).toEqual([...toPlainText(small).trimEnd().split("\n\n").flatMap(cells), ...annexWords(small)]);
  });

  it("stay as they are when an edition puts its mark under the title and at the end", async () => {
    const read = await rawText(marked);
    const at = read.indexOf("（征求意见稿）");
    expect(read[at - 1]).toMatch(/^关于漳州市芗城区.*的报告$/);
    const words = toPlainText(report).trimEnd().split("\n\n");
    expect([...read.slice(0, at), ...read.slice(at + 1)].slice(0, words.length - 1)).toEqual(words.slice(0, -1));
    expect(read.slice(-5)).toEqual([
      "征求意见稿 第3号 2024年8月1日封存",
      "更正说明（2024年8月1日）：本稿更正并代替第2号。第三产业增加值有误。",
      "验证码：7K2QM-9XD4A",
      "验证网址：https://huibao.example/verify/7K2QM-9XD4A",
      `文本校验值（SHA-256）：${"ab".repeat(32)}`,
    ]);
  });
});

describe("the faces", () => {
  it.each(["word/document.xml", "word/footer1.xml", "word/footer2.xml", "word/footer3.xml", "word/footer4.xml"])(
    "are named on every run of %s: Chinese, Latin and the signs of both",
    (part) => {
      const runs = allNamed(partOf(marked, part), "w:r").filter((run) => !childNamed(run, "w:drawing"));
      expect(runs.length).toBeGreaterThan(2);
      for (const run of runs) {
        const fonts = childNamed(childNamed(run, "w:rPr"), "w:rFonts")?.attributes ?? {};
        const name = fonts["w:eastAsia"] ?? "";
        expect(Object.values<string>(FACES)).toContain(name);
        expect([fonts["w:ascii"], fonts["w:hAnsi"], fonts["w:cs"], fonts["w:hint"]]).toEqual([
          name,
          name,
          name,
          "eastAsia",
        ]);
      }
    },
  );

  it("are 小标宋, 楷体, 黑体, 仿宋 and 宋体 where GB/T 9704 has them, in its sizes", () => {
    const styles = stylesOf(real);
    const look = (id: string) => {
      const run = childNamed(styles.get(id), "w:rPr");
      return [childNamed(run, "w:rFonts")?.attributes["w:eastAsia"], Number(valueOf(run, "w:sz")) / 2];
    };
    expect(look("Title")).toEqual(["方正小标宋简体", 22]);
    for (const id of ["DeliveryLine", "Speaker", "Heading2"]) expect(look(id)).toEqual(["楷体_GB2312", 16]);
    for (const id of ["Heading1", "AnnexLabel"]) expect(look(id)).toEqual(["黑体", 16]);
    for (const id of [
      "Normal",
      "ReportBody",
      "ReportItem",
      "ReportPoint",
      "ReportBullet",
      "Salutation",
      "AnnexNames",
    ]) {
      expect(look(id)).toEqual(["仿宋_GB2312", 16]);
    }
    expect(look("Footer")).toEqual(["宋体", 14]);
  });

  it("are overruled by no theme, and have stand-ins where an office has not got them", () => {
    const parts = partsOf(real);
    expect(Object.keys(parts).some((path) => path.includes("theme"))).toBe(false);
    expect(Object.values(parts).join("")).not.toMatch(/(?:ascii|hAnsi|eastAsia|cs)Theme=/);
    expect(parts["word/styles.xml"]).toContain('<w:lang w:val="en-US" w:eastAsia="zh-CN"');
    const fonts = allNamed(partOf(real, "word/fontTable.xml"), "w:font").map((font) => font.attributes["w:name"]);
    expect(fonts.toSorted()).toEqual(Object.values(FACES).toSorted());
  });

  it("are bold in run-in leads and nowhere else", () => {
    const bold = allNamed(bodyOf(real), "w:r").filter((run) => childNamed(childNamed(run, "w:rPr"), "w:b"));
    const leads = report.blocks.flatMap((block) =>
      "spans" in block ? block.spans.flatMap((span) => (span.lead ? [span.text] : [])) : [],
    );
    expect(bold.map(wordsIn).join("")).toBe(leads.join(""));
    expect(leads.length).toBeGreaterThan(20);
  });
});

describe("the sheets", () => {
  it("are A4 with the official margins on a grid of 22 lines of 28 characters, the annex's turned", () => {
    const sections = allNamed(bodyOf(real), "w:sectPr");
    expect(sections).toHaveLength(2);
    const [upright, landscape] = sections.map((section) => ({
      size: attributes(section, "w:pgSz"),
      margin: attributes(section, "w:pgMar"),
      grid: attributes(section, "w:docGrid"),
    }));
    const mm = (twips: string | undefined) => Math.round((Number(twips) / 1440) * 254) / 10;
    expect([mm(upright?.size["w:w"]), mm(upright?.size["w:h"])]).toEqual([210, 297]);
    expect(sides(upright?.margin, mm)).toEqual([37, 26, 35, 28]);
    expect(upright?.grid).toEqual({ "w:type": "linesAndChars", "w:linePitch": "579", "w:charSpace": "-848" });
    const room = 16838 - Number(upright?.margin["w:top"]) - Number(upright?.margin["w:bottom"]);
    expect(Math.floor(room / 579)).toBe(22);
    const line = (11906 - Number(upright?.margin["w:left"]) - Number(upright?.margin["w:right"])) / 20;
    expect(Math.floor(line / (16 - 848 / 4096))).toBe(28);
    expect([mm(landscape?.size["w:w"]), mm(landscape?.size["w:h"])]).toEqual([297, 210]);
    expect(landscape?.size["w:orient"]).toBe("landscape");
    expect(sides(landscape?.margin, mm)).toEqual([28, 37, 26, 35]);
  });

  it("have lines of one height that snap to nothing, and no room kept for widows", () => {
    const normal = childNamed(stylesOf(real).get("Normal"), "w:pPr");
    expect(attributes(normal, "w:spacing")).toEqual({ "w:line": "579", "w:lineRule": "exact" });
    for (const name of ["w:snapToGrid", "w:widowControl", "w:autoSpaceDE", "w:autoSpaceDN"]) {
      expect(valueOf(normal, name)).toBe("0");
    }
    for (const id of ["TableHead", "TableText"]) {
      const style = stylesOf(real).get(id);
      expect(attributes(childNamed(style, "w:pPr"), "w:spacing")["w:lineRule"]).toBe("auto");
      expect(valueOf(childNamed(style, "w:rPr"), "w:snapToGrid")).toBe("0");
    }
  });

  it("have — 1 — as a field, odd pages right and even pages left, one character in, 7 mm below the text", () => {
    expect(partsOf(real)["word/settings.xml"]).toContain("<w:evenAndOddHeaders/>");
    const [upright] = allNamed(bodyOf(real), "w:sectPr");
    for (const [type, align] of [
      ["default", "right"],
      ["even", "left"],
    ] as const) {
      const footer = partOf(real, footerOf(real, upright, type));
      const [paragraph] = allNamed(footer, "w:p");
      expect(valueOf(childNamed(paragraph, "w:pPr"), "w:jc")).toBe(align);
      expect(allNamed(footer, "w:instrText").map((field) => field.children.join("").trim())).toEqual(["PAGE"]);
      expect(wordsIn(footer)).toBe("— 1 —");
    }
    const style = childNamed(stylesOf(real).get("Footer"), "w:pPr");
    expect([attributes(style, "w:ind")["w:left"], attributes(style, "w:ind")["w:right"]]).toEqual(["280", "280"]);
    const margin = attributes(upright, "w:pgMar");
    const middle = Number(margin["w:footer"]) + Number(attributes(style, "w:spacing")["w:line"]) / 2;
    expect((Number(margin["w:bottom"]) - middle) / 56.7).toBeCloseTo(7, 1);
  });

  it("have the number of a landscape sheet turned, at the edge that is the foot of the others", () => {
    const [, landscape] = allNamed(bodyOf(real), "w:sectPr");
    for (const type of ["default", "even"] as const) {
      const footer = partOf(real, footerOf(real, landscape, type));
      expect(allNamed(footer, "other:bodyPr")[0]?.attributes["vert"]).toBe("vert");
      expect(allNamed(footer, "w:instrText")).toHaveLength(1);
    }
  });
});

describe("the outline", () => {
  it("is Word's own headings with the office's names, kept with what follows", () => {
    const styles = stylesOf(real);
    for (const [id, name, alias, level] of [
      ["Heading1", "heading 1", "一级标题", "0"],
      ["Heading2", "heading 2", "二级标题", "1"],
    ] as const) {
      const style = styles.get(id);
      expect([valueOf(style, "w:name"), valueOf(style, "w:aliases")]).toEqual([name, alias]);
      const properties = childNamed(style, "w:pPr");
      expect(valueOf(properties, "w:outlineLvl")).toBe(level);
      expect(childNamed(properties, "w:keepNext")).toBeDefined();
    }
    const headings = allNamed(bodyOf(real), "w:p").filter((paragraph) => styleOf(paragraph)?.startsWith("Heading"));
    expect(headings.map((heading) => [styleOf(heading), wordsIn(heading)])).toEqual(
      report.blocks.flatMap((block) =>
        block.kind === "heading" ? [[`Heading${block.level}`, block.number + block.text]] : [],
      ),
    );
  });

  it("has a style for every paragraph, and each is in the file", () => {
    const known = stylesOf(marked);
    for (const paragraph of allNamed(bodyOf(marked), "w:p")) {
      const id = styleOf(paragraph);
      // The one that the library puts between sections says nothing.
      if (id === undefined) expect(wordsIn(paragraph)).toBe("");
      else expect(known.has(id)).toBe(true);
    }
  });

  it("breaks the title into even lines that split no word", () => {
    const [title] = allNamed(bodyOf(real), "w:p");
    expect(title && wordsIn(title).split("\n")).toEqual([
      "关于漳州市芗城区2024年上半年",
      "国民经济和社会发展计划执行情况的报告",
    ]);
  });
});

describe("the tables", () => {
  it("have a head that comes again, rows that are not torn, and equal remarks as one cell", async () => {
    const annex = {
      id: "a",
      title: "项目表",
      from: null,
      header: ["序号", "项目", "备注"],
      rows: [
        ["1", "甲", "预计数"],
        ["2", "乙", "预计数"],
        ["3", "丙", ""],
      ],
    };
    const [table] = allNamed(bodyOf(await toDocx(aSmallReport({ annexes: [annex] }))), "w:tbl");
    const rows = elementsIn(table).filter(({ name }) => name === "w:tr");
    const says = (row: XmlElement, name: string) => childNamed(childNamed(row, "w:trPr"), name) !== undefined;
    expect(rows.map((row) => says(row, "w:tblHeader"))).toEqual([true, false, false, false]);
    expect(rows.map((row) => says(row, "w:cantSplit"))).toEqual([true, true, true, true]);
    const merged = rows.map((row) => {
      const last = elementsIn(row).findLast(({ name }) => name === "w:tc");
      const merge = childNamed(childNamed(last, "w:tcPr"), "w:vMerge");
      return merge ? merge.attributes["w:val"] : null;
    });
    expect(merged).toEqual([null, "restart", "continue", null]);
  });

  it("fill the text area to its edges", () => {
    const widths = allNamed(bodyOf(marked), "w:tbl").map((table) =>
      allNamed(table, "w:gridCol").reduce((sum, column) => sum + Number(column.attributes["w:w"]), 0),
    );
    expect(new Set(widths)).toEqual(new Set([11906 - 1587 - 1474, 16838 - 2098 - 1984]));
  });

  it("never stand side by side, where Word would make them one", () => {
    const names = elementsIn(bodyOf(marked)).map(({ name }) => name);
    const behind = names.flatMap((_, index) => (names[index - 1] === "w:tbl" ? names[index] : []));
    expect(behind).toEqual(["w:p", "w:p", "w:p", "w:p"]);
  });
});

describe("automatic numbers", () => {
  it("are counted by one list whose levels are 一、 （一） 1. （1）, tied to the headings", () => {
    const numbering = partOf(automatic, "word/numbering.xml");
    const levels = allNamed(numbering, "w:lvl");
    expect(levels.map((level) => valueOf(level, "w:lvlText"))).toEqual(["%1、", "（%2）", "%3.", "（%4）"]);
    expect(levels.map((level) => valueOf(level, "w:pStyle"))).toEqual(["Heading1", "Heading2", undefined, undefined]);
    expect(partsOf(real)["word/numbering.xml"]).toBeUndefined();
    const heading = allNamed(bodyOf(automatic), "w:p").find((paragraph) => styleOf(paragraph) === "Heading1");
    expect(heading && wordsIn(heading)).toBe("上半年我区国民经济和社会事业计划执行情况");
  });

  it("are in lists that are in the file", () => {
    const known = allNamed(partOf(automatic, "word/numbering.xml"), "w:num").map(({ attributes: of }) => of["w:numId"]);
    const used = allNamed(bodyOf(automatic), "w:numId").map(({ attributes: of }) => of["w:val"]);
    expect(used.length).toBeGreaterThan(20);
    for (const id of used) expect(known).toContain(id);
  });
});

describe("the file", () => {
  it("says title and language, the day after the period, and nobody's name", () => {
    const core = partsOf(real)["docProps/core.xml"] ?? "";
    expect(core).toContain(`<dc:title>${REAL_MARKDOWN.slice(2, REAL_MARKDOWN.indexOf("\n"))}</dc:title>`);
    expect(core).toContain("<dc:language>zh-CN</dc:language>");
    expect(core).toContain("<dc:creator></dc:creator>");
    expect(core.match(/\d{4}-\d\d-\d\dT[^<]*/g)).toEqual(["2024-07-01T00:00:00Z", "2024-07-01T00:00:00Z"]);
    expect(core).not.toMatch(/Un-named|lastModifiedBy/);
  });

  it("is the same to the byte in another process, in another time zone", async () => {
    const script = `
      import { createHash } from "node:crypto";
      import { realDocument } from "./domain/report/real-document.testing";
      import { toDocx } from "./render/docx/to-docx";
      const mark = ${JSON.stringify(MARK)};
      const bytes = [await toDocx(realDocument(), { mark }), await toDocx(realDocument(), { numbering: "automatic" })];
      console.log(bytes.map((each) => createHash("sha256").update(each).digest("hex")).join(" "));`;
    const output = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
      env: { ...process.env, TZ: "Pacific/Honolulu" },
      encoding: "utf8",
    });
    const here = [await toDocx(report, { mark: MARK }), await toDocx(report, { numbering: "automatic" })];
    expect(output.trim()).toBe(here.map((each) => createHash("sha256").update(each).digest("hex")).join(" "));
  });
});

describe("a text that no office would send", () => {
  it("has a title of thirty characters in two lines, and no sections at all", async () => {
    const title = "关于我区国民经济和社会发展计划执行情况及下半年工作安排的报告";
    const bytes = await toDocx(
      aSmallReport({ blocks: [{ kind: "title", id: "t", spans: [aSpan(title)] }], annexes: [] }),
    );
    const read = await rawText(bytes);
    expect(read).toEqual([title]);
    expect(await rawText(await toDocx(aSmallReport({ blocks: [], annexes: [] })))).toEqual([]);
  });

  it("has 300 sections and a table of 200 rows", async () => {
    const blocks: ReportDocument["blocks"] = Array.from({ length: 300 }, (_, index) => [
      {
        kind: "heading" as const,
        id: `h-${index}`,
        level: 2 as const,
        number: `（${index + 1}）`,
        text: `第${index}节`,
      },
      { kind: "paragraph" as const, id: `p-${index}`, number: `${index + 1}.`, spans: [aSpan(`文字${index}`)] },
    ]).flat();
    const rows = Array.from({ length: 200 }, (_, index) => [`${index + 1}`, `指标${index}`, "50.00"]);
    const annexes = [{ id: "a", title: "表", from: null, header: ["序号", "指标", "完成率(%)"], rows }];
    const large = aSmallReport({ blocks, annexes });
    for (const numbering of ["literal", "automatic"] as const) {
      const bytes = await toDocx(large, { numbering });
      expect((await rawText(bytes)).slice(-3)).toEqual(["200", "指标199", "50.00"]);
      expect(allNamed(bodyOf(bytes), "w:tr")).toHaveLength(201);
    }
  });

  it("keeps rare characters, emoji and a paragraph of 20,000 characters, and leaves out what XML cannot hold", async () => {
    const long = "字".repeat(20_000);
    const words = ["㙍𬭚🎉👨‍👩‍👧", long, "甲\u0000\u0001\u001f乙\ud800丙\ufffe丁", "<&>\"'"];
    const blocks = words.map((text, index) => ({ kind: "paragraph" as const, id: `p-${index}`, spans: [aSpan(text)] }));
    const read = await rawText(await toDocx(aSmallReport({ blocks, annexes: [] })));
    expect(read).toEqual(["㙍𬭚🎉👨‍👩‍👧", long, "甲乙丙丁", "<&>\"'"]);
  });

  it("is refused by name when a table has more columns than Word opens", async () => {
    const header = Array.from({ length: 64 }, (_, index) => `${index}`);
    const annexes = [{ id: "a", title: "表", from: null, header, rows: [header] }];
    await expect(toDocx(aSmallReport({ annexes }))).rejects.toThrow("docx-failed: a table of 64 columns");
  });
});

/** Paragraph by paragraph, lines within one joined; cells are paragraphs. */
async function rawText(bytes: Uint8Array): Promise<string[]> {
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
  return value
    .split("\n\n")
    .map((paragraph) => paragraph.replaceAll("\n", ""))
    .filter((paragraph) => paragraph !== "");
}

/** Title, headings and bold words as mammoth finds them by style and run, up to the annex. */
async function markdownOf(bytes: Uint8Array): Promise<string> {
  const styleMap = ["p[style-name='Title'] => h6:fresh", "p[style-name='附件标识'] => hr:fresh"];
  const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, { styleMap });
  const [text = ""] = value.replaceAll("<br />", "").split("<hr");
  return `${text
    .replace(/<h([126])>(.*?)<\/h\1>/g, (_, level: string, words: string) => {
      return `<p>${level === "6" ? "#" : "#".repeat(Number(level) + 1)} ${words}</p>`;
    })
    .replaceAll(/<\/?strong>/g, "**")
    .replace(/<a id="[^"]*"><\/a>/g, "")
    .slice("<p>".length, -"</p>".length)
    .split("</p><p>")
    .join("\n\n")}\n`;
}

/** What the annexes' sheets say: label, title, and the cells, merged ones once. */
function annexWords({ annexes }: ReportDocument): string[] {
  return annexes.flatMap((annex) => {
    const spans = mergedCells(annex);
    const cells = annex.rows.flatMap((row, y) => row.filter((_, x) => spans[y]?.[x] !== 0));
    return ["附件", annex.title, ...annex.header, ...cells].filter((words) => words !== "");
  });
}

function stylesOf(bytes: Uint8Array): Map<string, XmlElement> {
  const styles = allNamed(partOf(bytes, "word/styles.xml"), "w:style");
  return new Map(styles.map((style) => [style.attributes["w:styleId"] ?? "", style]));
}

const attributes = (parent: XmlElement | undefined, name: string): Readonly<Record<string, string>> =>
  childNamed(parent, name)?.attributes ?? {};

const sides = (margin: Readonly<Record<string, string>> | undefined, mm: (twips: string | undefined) => number) =>
  ["w:top", "w:right", "w:bottom", "w:left"].map((side) => mm(margin?.[side]));

/** The part that a section's footer of that kind is in, found by its relation. */
function footerOf(bytes: Uint8Array, section: XmlElement | undefined, type: string): string {
  const reference = elementsIn(section).find(
    ({ name, attributes: of }) => name === "w:footerReference" && of["w:type"] === type,
  );
  const relations = allNamed(partOf(bytes, "word/_rels/document.xml.rels"), "Relationship");
  const relation = relations.find(({ attributes: of }) => of["Id"] === reference?.attributes["r:id"]);
  return `word/${relation?.attributes["Target"]}`;
}
