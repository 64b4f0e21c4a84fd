import { describe, expect, it } from "vitest";
import { readDemoTable } from "../../db/demo/indicators";
import { readDemoOutline } from "../../db/demo/outline";
import { completion } from "../indicator/derive";
import { REAL_CSV } from "../indicator/real-table.testing";
import { annexRows, printFigure } from "../indicator/printing";
import { inlineText, type ContentBlock } from "../section/content";
import { Content } from "../section/content-schema";
import { contentFits } from "../section/content-fits";
import { readDocument } from "./read-document";
import { recogniseOutline } from "./recognise-outline";
import { LIBREOFFICE_DOCX, REAL_TEXT, reportDocx } from "./report-docx.testing";

const demo = readDemoOutline(REAL_TEXT);

describe.each([
  ["clean text", async () => Buffer.from(REAL_TEXT)],
  ["Word file with typed numbers", () => reportDocx("typed")],
  ["Word file whose numbers and bullets are lists", () => reportDocx("automatic")],
  ["file that LibreOffice wrote", async () => LIBREOFFICE_DOCX],
])("the real report as a %s", async (_, bytes) => {
  const document = await readDocument(await bytes());
  const outline = recogniseOutline(document);

  it("has the outline of the demonstration, node by node, without a correction", () => {
    const titles = new Map(outline.nodes.map(({ key, title }) => [key, title]));
    const demoTitles = new Map(demo.map(({ key, title }) => [key, title]));
    expect(
      outline.nodes.map(({ kind, title, position, parent, runOn, content }) => ({
        kind,
        title,
        position,
        runOn,
        under: parent && titles.get(parent),
        text: wordsOf(content),
      })),
    ).toEqual(
      demo.map(({ kind, title, position, parent, runOn, content }) => ({
        kind,
        title,
        position,
        runOn,
        under: parent && demoTitles.get(parent),
        text: wordsOf(content),
      })),
    );
  });

  it("leaves nothing over, and says title and period", () => {
    expect(outline.leftOver).toEqual([]);
    expect(outline.title).toBe("关于漳州市芗城区2024年上半年国民经济和社会发展计划执行情况的报告");
    expect(outline.period).toEqual({ year: 2024, half: 1 });
  });

  it("has only texts that the editor could have written, and block ids that are its own", () => {
    const ids: string[] = [];
    for (const { kind, content } of outline.nodes) {
      if (content === null) continue;
      expect(Content.safeParse(content).error).toBeUndefined();
      expect(contentFits(kind, content)).toBe(true);
      ids.push(...content.content.map((block) => block.attrs.id));
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(recogniseOutline(document)).toEqual(outline);
  });
});

describe("the annex of figures", async () => {
  const { figures } = recogniseOutline(await readDocument(LIBREOFFICE_DOCX));
  const rows = figures?.rows ?? [];

  it("prints again cell by cell", () => {
    expect(annexRows(rows)).toEqual(REAL_CSV.slice(1));
    expect(figures?.period).toEqual({ year: 2024, half: 1 });
  });

  it("leaves completions to the rule, but for the one that the print gives otherwise", () => {
    const stated = rows.filter((row) => row.figures.completion);
    expect(stated.map((row) => row.officialName)).toEqual(["第三产业增加值"]);
    const [tertiary] = stated;
    if (!tertiary) throw new Error("no row");
    const { completion: printed, ...figuresBut } = tertiary.figures;
    expect(printFigure(printed)).toBe("56.82");
    expect(printFigure(completion({ ...tertiary, figures: figuresBut })?.figure)).toBe("56.81");
  });

  it("has the figures that the demonstration's own reader finds", () => {
    const own = readDemoTable(REAL_CSV.map((cells) => cells.join(",")).join("\n"));
    expect(rows.map((row) => row.figures)).toEqual(own.map((row) => row.figures));
  });
});

function wordsOf(content: Content | null): string[] | null {
  return content && content.content.map(blockWords);
}

function blockWords(block: ContentBlock): string {
  if (block.type === "table") return "table";
  const runs = (block.content ?? []).map((run) => (run.marks ? `**${inlineText(run)}**` : inlineText(run)));
  return `${block.type}: ${runs.join("")}`;
}
