import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RenderError } from "../render-error";
import type { ReportDocument } from "../report-document";
import { aSmallReport, aSpan, POINTS_AND_TABLES } from "../small-report";
import { OPEN_FONTS, defaultFontDirectory } from "./fonts";
import { aCollection, anOwnFont } from "./own-font.testing";
import { linesOf, readBookmarks, readPdf } from "./read-pdf.testing";
import { pageSource } from "./page-source";
import { toPages } from "./to-pages";
import { toPdf } from "./to-pdf";

describe("the printed report", () => {
  it("has upright pages for the body and a landscape sheet for each annex", async () => {
    const pdf = await pdfText(aSmallReport());
    expect(pdf.startsWith("%PDF-1.7")).toBe(true);
    expect(pageSizes(pdf)).toEqual(["595 x 842", "842 x 595"]);
    const { annexes } = aSmallReport();
    const twice = aSmallReport({
      annexes: [...annexes, ...annexes.map((annex) => ({ ...annex, id: "s-more", title: "项目表" }))],
    });
    expect(pageSizes(await pdfText(twice))).toEqual(["595 x 842", "842 x 595", "842 x 595"]);
    expect(pageSizes(await pdfText(aSmallReport({ annexes: [] })))).toEqual(["595 x 842"]);
  });

  it("sets 22 lines of 28 characters on a page", async () => {
    const linesOfText = (count: number): ReportDocument =>
      aSmallReport({
        annexes: [],
        blocks: [{ kind: "salutation", id: "b-1", spans: [aSpan("字".repeat(28 * count))] }],
      });
    expect(pageSizes(await pdfText(linesOfText(22)))).toHaveLength(1);
    expect(pageSizes(await pdfText(linesOfText(23)))).toHaveLength(2);
  });

  it("leaves no heading alone at the foot of a page", async () => {
    for (let lines = 15; lines < 22; lines++) {
      const full: ReportDocument["blocks"] = [
        { kind: "salutation", id: "b-1", spans: [aSpan("字".repeat(28 * lines))] },
        { kind: "heading", id: "s-1", level: 1, number: "一、", text: "标题" },
        { kind: "heading", id: "s-2", level: 2, number: "（一）", text: "标题" },
        { kind: "paragraph", id: "b-2", spans: [aSpan("字".repeat(100))] },
      ];
      const pages = pageTexts(await pdfText(aSmallReport({ annexes: [], blocks: full })));
      expect(pages.join("")).toContain("FandolFang");
      for (const faces of pages) expect(faces).not.toMatch(/(FandolHei|FandolKai)$/);
    }
  });

  it("embeds every face it uses", async () => {
    const pdf = await pdfText(
      aSmallReport({ blocks: [...aSmallReport().blocks, { kind: "paragraph", id: "b-9", spans: [aSpan("俤")] }] }),
    );
    const faces = new Set(
      [...pdf.matchAll(/\/BaseFont \/[A-Z]{6}\+([A-Za-z-]+?)(?:-Identity-H)?\n/g)].map((match) => match[1]),
    );
    expect([...faces].sort()).toEqual([
      "FandolFang-Regular",
      "FandolHei-Regular",
      "FandolKai-Regular",
      "FandolSong-Bold",
      "FandolSong-Regular",
      "NotoSerifSC-Regular",
    ]);
    expect(pdf.match(/\/FontFile[23] /g)).toHaveLength(faces.size);
  });

  it("is a tagged archive file in Chinese with an outline and the title in its metadata", async () => {
    const pdf = await pdfText(aSmallReport());
    expect(pdf).toContain("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>");
    expect(pdf).toContain("/StructTreeRoot");
    expect(pdf).toContain("/Type /Outlines");
    expect(pdf).toContain("/Lang (zh-CN)");
    expect(Buffer.from(pdf, "latin1").toString("utf8")).toContain('xml:lang="x-default">关于某区计划执行情况的报告<');
  });

  it("is accessible by the compiler's own rules for PDF/UA-1, sheet numbers beside a table included", async () => {
    const [annex] = aSmallReport().annexes;
    const rows = Array.from({ length: 40 }, (_, index) => [String(index + 1), "项目", "备注"]);
    const blocks = [...aSmallReport().blocks, ...POINTS_AND_TABLES];
    const report = aSmallReport({ blocks, annexes: annex ? [{ ...annex, rows }] : [] });
    const mark = {
      kind: "送审稿",
      underTitle: true,
      number: 1,
      code: "7K2QM-9XD4A",
      url: null,
      date: "2024年8月1日",
      sha256: "00",
      correction: null,
    };
    const { compiler, source } = pageSource(report, { mark, draft: true });
    expect(compiler.pdf(source, { pdfStandard: "ua-1", creationTimestamp: 0 }).byteLength).toBeGreaterThan(1000);
  });

  it("has the same bytes every time, and a date of the period instead of a clock's", async () => {
    const bytes = await toPdf(aSmallReport());
    expect(hash(await toPdf(aSmallReport()))).toBe(hash(bytes));
    expect(Buffer.from(bytes).toString("latin1")).toContain("<xmp:CreateDate>2024-07-01T00:00:00+00:00");
    const { report } = aSmallReport();
    expect(await pdfText(aSmallReport({ report: { ...report, half: 2 } }))).toContain(
      "<xmp:CreateDate>2025-01-01T00:00:00+00:00",
    );
    expect(hash(await toPdf(aSmallReport({ blocks: [] })))).not.toBe(hash(bytes));
  });

  it("prints what looks like markup as it is written", async () => {
    const markup = '#panic("x") $x$ *b* _i_ `r` \\ // /* <a> @b [x] = h "\\u{41}';
    await expect(
      toPdf(aSmallReport({ blocks: [{ kind: "paragraph", id: "b-1", spans: [aSpan(markup)] }] })),
    ).resolves.toBeDefined();
  });

  it("prints a table between paragraphs, over several pages with its header on each", async () => {
    const short = await pdfText(aSmallReport({ blocks: POINTS_AND_TABLES, annexes: [] }));
    expect(pageSizes(short)).toEqual(["595 x 842"]);
    const rows = Array.from({ length: 60 }, (_, index) => [String(index), "项目", "在建"]);
    const table = { kind: "table" as const, id: "b-1", from: 0, block: "b-1", rows };
    const plain = pageTexts(await pdfText(aSmallReport({ blocks: [table], annexes: [] })));
    const headed = pageTexts(
      await pdfText(aSmallReport({ blocks: [{ ...table, header: ["序号", "项目", "状态"] }], annexes: [] })),
    );
    expect(plain.length).toBeGreaterThan(2);
    expect(plain.join("")).not.toContain("FandolHei");
    for (const faces of headed) expect(faces).toContain("FandolHei");
    const odd = { ...table, rows: [["好😀"]], header: ["题\u0007"] };
    await expect(toPdf(aSmallReport({ blocks: [odd], annexes: [] }))).rejects.toThrow("U+0007");
  });
});

describe("the fonts of the printed report", () => {
  let directory: string;
  const others = [OPEN_FONTS.fang, OPEN_FONTS.hei, OPEN_FONTS.song, OPEN_FONTS.fallback];
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "huibao-fonts-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it("are named when they are not there, when a file is no font, and when it is damaged", async () => {
    for (const { file } of others) symlinkSync(join(defaultFontDirectory(), file), join(directory, file));
    const { kai, title } = OPEN_FONTS;
    await expect(toPdf(aSmallReport(), { fontDirectory: directory })).rejects.toThrow(
      `fonts-missing: ${kai.file}, ${title.file}`,
    );

    symlinkSync(join(defaultFontDirectory(), title.file), join(directory, title.file));
    writeFileSync(join(directory, kai.file), "not a font");
    await expect(toPdf(aSmallReport(), { fontDirectory: directory })).rejects.toThrow(`fonts-missing: ${kai.file}`);

    writeFileSync(join(directory, kai.file), readFileSync(join(defaultFontDirectory(), kai.file)).subarray(0, 3000));
    await expect(toPages(aSmallReport(), { fontDirectory: directory })).rejects.toThrow(`fonts-missing: ${kai.file}`);
  });

  it("are tried out before the first page, so that no other face slips in", async () => {
    const other = mkdtempSync(join(tmpdir(), "huibao-fonts-"));
    for (const { file } of Object.values(OPEN_FONTS))
      symlinkSync(join(defaultFontDirectory(), file), join(other, file));
    rmSync(join(other, OPEN_FONTS.kai.file));
    copyFileSync(join(defaultFontDirectory(), OPEN_FONTS.hei.file), join(other, OPEN_FONTS.kai.file));
    const refusal = toPdf(aSmallReport(), { fontDirectory: other }).finally(() => rmSync(other, { recursive: true }));
    await expect(refusal).rejects.toThrow("pdf-failed: unknown font family: fandolkai");
  });
});

describe("a deployment's licensed faces", () => {
  let directory: string;
  const licensed = () => ({ licensed: directory });
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "huibao-licensed-"));
    writeFileSync(join(directory, "a.otf"), await anOwnFont("方正小标宋简体", "关于某区计划执行情况的报告"));
    const collection = [await anOwnFont("楷体_GB2312", "区发展和改革局"), await anOwnFont("仿宋_GB2312", "总体平稳")];
    writeFileSync(join(directory, "b.TTC"), aCollection(collection));
    writeFileSync(join(directory, "readme.txt"), "not a font");
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it("are known by the families in the files, collections too, and used before the open ones", async () => {
    const [page] = await readPdf(await toPdf(aSmallReport({ annexes: [] }), licensed()));
    const fontsOf = (text: string) =>
      [...new Set(page?.runs.filter((run) => text.includes(run.text)).map((run) => run.font))].sort();
    expect(fontsOf("关于某区计划执行情况的报告")).toEqual(["Own-Regular"]);
    expect(fontsOf("区发展和改革局")).toEqual(["Own-Regular"]);
    expect(page?.runs.find((run) => run.text.includes("总体平稳"))?.font).toBe("Own-Regular");
    expect(page?.runs.find((run) => run.text.includes("各位委员"))?.font).toBe("FandolFang-Regular");
  });

  it("are taken from HUIBAO_FONTS, which must be there", async () => {
    const before = process.env["HUIBAO_FONTS"];
    try {
      process.env["HUIBAO_FONTS"] = directory;
      expect(hash(await toPdf(aSmallReport()))).toBe(hash(await toPdf(aSmallReport(), licensed())));
      process.env["HUIBAO_FONTS"] = join(directory, "missing");
      await expect(toPdf(aSmallReport())).rejects.toThrow(`fonts-missing: ${join(directory, "missing")}`);
    } finally {
      if (before === undefined) delete process.env["HUIBAO_FONTS"];
      else process.env["HUIBAO_FONTS"] = before;
    }
  });

  it("are refused by name when a file is damaged", async () => {
    const other = mkdtempSync(join(tmpdir(), "huibao-licensed-"));
    writeFileSync(join(other, "broken.ttf"), "not a font");
    const refusal = toPdf(aSmallReport(), { licensed: other }).finally(() => rmSync(other, { recursive: true }));
    await expect(refusal).rejects.toThrow(`fonts-missing: ${join(other, "broken.ttf")}`);
  });
});

describe("hard cases", () => {
  it("prints a text without sections, and one with nothing at all", async () => {
    const [only, ...none] = await readPdf(await toPdf(aSmallReport({ blocks: [], annexes: [] })));
    expect(none).toEqual([]);
    expect(only?.runs.map((run) => run.text)).toEqual(["— 1 —"]);
    const title = aSmallReport().blocks.slice(0, 1);
    expect(await toPdf(aSmallReport({ blocks: title, annexes: [] }))).toBeDefined();
  });

  it("breaks a title of thirty characters, and one of two hundred", async () => {
    const title = (text: string): ReportDocument["blocks"] => [{ kind: "title", id: "b", spans: [aSpan(text)] }];
    const thirty = "关于某某市某某区国民经济和社会发展计划执行情况及安排的报告稿";
    const [page] = await readPdf(await toPdf(aSmallReport({ blocks: title(thirty), annexes: [] })));
    const lines = linesOf(page?.runs.filter((run) => run.size === 22) ?? []);
    expect(lines).toHaveLength(2);
    expect(lines.map((line) => line.text).join("")).toBe(thirty);
    const [long] = await readPdf(
      await toPdf(aSmallReport({ blocks: title("计划执行情况的报告".repeat(22)), annexes: [] })),
    );
    for (const run of long?.runs ?? []) expect(run.x).toBeGreaterThanOrEqual(28 - 0.1);
  });

  it("prints three hundred sections with a bookmark each, none alone at a page's foot", async () => {
    const blocks = Array.from({ length: 300 }, (_, index): ReportDocument["blocks"] => [
      { kind: "heading", id: `s-${index}`, level: 1, number: `${index + 1}、`, text: "标题" },
      { kind: "paragraph", id: `b-${index}`, spans: [aSpan("总体平稳。".repeat((index % 9) + 1))] },
    ]).flat();
    const bytes = await toPdf(aSmallReport({ blocks, annexes: [] }));
    expect(await readBookmarks(bytes)).toHaveLength(300);
    for (const page of await readPdf(bytes)) {
      const last = linesOf(page.runs.filter((run) => run.y < 262)).at(-1);
      expect(last?.runs[0]?.font).toBe("FandolFang-Regular");
    }
  });

  it("prints a table of two hundred rows with its header on every sheet and a repeated remark once a sheet or twice", async () => {
    const [annex] = aSmallReport().annexes;
    if (!annex) throw new Error("no annex");
    const rows = Array.from({ length: 200 }, (_, index) => [String(index + 1), "项目", index < 90 ? "同一备注" : ""]);
    const table = { ...annex, header: ["序号", "指标", "备注"], rows };
    const pages = await readPdf(await toPdf(aSmallReport({ annexes: [table] })));
    const sheets = pages.filter((page) => page.width > page.height);
    expect(sheets.length).toBeGreaterThan(5);
    for (const sheet of sheets) expect(sheet.runs.some((run) => run.text === "备注")).toBe(true);
    const all = sheets.flatMap((sheet) => sheet.runs.map((run) => run.text)).filter((text) => text !== "项目");
    for (const [number] of rows) expect(all).toContain(number);
    const said = sheets.map((sheet) => sheet.runs.filter((run) => run.text === "同一备注").length);
    expect(Math.max(...said)).toBeLessThanOrEqual(3);
    // Wherever it counts it is said: no sheet goes on with a remark that stands on another.
    const counted = sheets.map((sheet) => sheet.runs.some((run) => /^\d+$/.test(run.text) && Number(run.text) <= 90));
    expect(said.map((times) => times > 0)).toEqual(counted);
  });

  it("prints rare characters with the stand-in, and refuses what no font has by name", async () => {
    const withText = (text: string) =>
      aSmallReport({ blocks: [{ kind: "paragraph", id: "b-1", spans: [aSpan(text)] }], annexes: [] });
    const [page] = await readPdf(await toPdf(withText("镇名㙍，人名𬭚。")));
    expect(page?.runs.map((run) => run.text).join("")).toContain("镇名㙍，人名𬭚。");
    expect(page?.runs.find((run) => run.text.includes("𬭚"))?.font).toBe("NotoSerifSC-Regular");
    const refusal = await toPdf(withText("好😀\u0007مرحبا")).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RenderError);
    expect(refusal).toMatchObject({ key: "characters-missing" });
    expect(String(refusal)).toContain("😀 U+1F600, U+0007, م U+0645");
    await expect(toPages(withText("😀"))).rejects.toThrow("characters-missing: 😀 U+1F600");
  });

  it("prints a paragraph of 20,000 characters, and unbroken Latin and digits inside the margins", async () => {
    const text = "全区经济运行总体平稳，完成481.35亿元。".repeat(870);
    const long = `${"9".repeat(90)}和https://www.example.gov.cn/${"a".repeat(120)}`;
    const blocks: ReportDocument["blocks"] = [
      { kind: "paragraph", id: "b-1", spans: [aSpan(text)] },
      { kind: "paragraph", id: "b-2", spans: [aSpan(long)] },
    ];
    const pages = await readPdf(await toPdf(aSmallReport({ blocks, annexes: [] })));
    const runs = pages.flatMap((page) => page.runs.filter((run) => run.y < 262));
    expect(
      runs
        .map((run) => run.text)
        .join("")
        .replace(/\s/g, ""),
    ).toBe(text + long);
    for (const run of runs) expect(run.x + run.width).toBeLessThan(184 + 3);
  });

  it("grows with no text that it has printed", async () => {
    const size = () => process.memoryUsage().rss / 2 ** 20;
    const print = async (index: number) => toPdf(aSmallReport({ blocks: body(index), annexes: [] }));
    const body = (index: number): ReportDocument["blocks"] =>
      Array.from({ length: 40 }, (_, at) => ({
        kind: "paragraph" as const,
        id: `b-${at}`,
        spans: [aSpan(`${index}和${at}，${"总体平稳。".repeat(40)}`)],
      }));
    for (let index = 0; index < 10; index++) await print(index);
    const before = size();
    for (let index = 10; index < 40; index++) await print(index);
    expect(size() - before).toBeLessThan(60);
  });
});

/** One character a byte, so that the ASCII skeleton of the file can be searched. */
async function pdfText(document: ReportDocument): Promise<string> {
  return Buffer.from(await toPdf(document)).toString("latin1");
}

function pageSizes(pdf: string): string[] {
  const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
  return boxes.map(([, width, height]) => `${Math.round(Number(width))} x ${Math.round(Number(height))}`);
}

/** The faces of a page's text in the order they are set, without the page number's. */
function pageTexts(pdf: string): string[] {
  const faceOf = (object: string): string => {
    const font = new RegExp(`\\n${object} 0 obj\\n<<[^]*?/BaseFont /[A-Z]{6}\\+([A-Za-z]+)`).exec(pdf);
    return font?.[1] ?? "";
  };
  return [...pdf.matchAll(/\/Type \/Page\n[^]*?\nendobj/g)].map(([page]) => {
    const fonts = new Map(
      [...page.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name = "", object = ""]) => [name, faceOf(object)]),
    );
    const content = /\/Contents (\d+) 0 R/.exec(page)?.[1] ?? "";
    const set = [...streamOf(pdf, content).matchAll(/\/(f\d+) [\d.]+ Tf/g)].map(
      ([, name = ""]) => fonts.get(name) ?? "",
    );
    return set.filter((face) => face !== "FandolSong").join(" ");
  });
}

function streamOf(pdf: string, object: string): string {
  const start = pdf.indexOf("stream\n", pdf.indexOf(`\n${object} 0 obj\n`)) + "stream\n".length;
  const bytes = Buffer.from(pdf.slice(start, pdf.indexOf("endstream", start)), "latin1");
  return inflateSync(bytes).toString("latin1");
}

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
