import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RenderError } from "../render-error";
import type { ReportDocument } from "../report-document";
import { aSmallReport, aSpan, POINTS_AND_TABLES } from "../small-report";
import { FACES, defaultFontDirectory } from "./fonts";
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
    const linesOf = (count: number): ReportDocument =>
      aSmallReport({
        annexes: [],
        blocks: [{ kind: "salutation", id: "b-1", spans: [aSpan("字".repeat(28 * count))] }],
      });
    expect(pageSizes(await pdfText(linesOf(22)))).toHaveLength(1);
    expect(pageSizes(await pdfText(linesOf(23)))).toHaveLength(2);
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

  it("refuses characters that it cannot print, by name", async () => {
    const report = aSmallReport({ blocks: [{ kind: "paragraph", id: "b-1", spans: [aSpan("好😀\u0007مرحبا")] }] });
    const refusal = await toPdf(report).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RenderError);
    expect(refusal).toMatchObject({ key: "characters-missing" });
    expect(String(refusal)).toContain("😀 U+1F600, U+0007, م U+0645");
  });
});

describe("the fonts of the printed report", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "huibao-fonts-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it("are named when they are not there, when a file is no font, and when it is another font", async () => {
    const { kai, title, ...others } = FACES;
    for (const file of Object.values(others)) symlinkSync(join(defaultFontDirectory(), file), join(directory, file));
    await expect(toPdf(aSmallReport(), { fontDirectory: directory })).rejects.toThrow(
      `fonts-missing: ${kai}, ${title}`,
    );

    symlinkSync(join(defaultFontDirectory(), title), join(directory, title));
    writeFileSync(join(directory, kai), "not a font");
    await expect(toPdf(aSmallReport(), { fontDirectory: directory })).rejects.toThrow(`fonts-missing: ${kai}`);
  });

  it("are tried out before the first page, so that no other face slips in", async () => {
    const other = mkdtempSync(join(tmpdir(), "huibao-fonts-"));
    for (const file of Object.values(FACES)) symlinkSync(join(defaultFontDirectory(), file), join(other, file));
    rmSync(join(other, FACES.kai));
    copyFileSync(join(defaultFontDirectory(), FACES.hei), join(other, FACES.kai));
    const refusal = toPdf(aSmallReport(), { fontDirectory: other }).finally(() => rmSync(other, { recursive: true }));
    await expect(refusal).rejects.toThrow("pdf-failed: unknown font family: fandolkai");
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
