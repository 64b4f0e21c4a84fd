import { Document, type FileChild, type IParagraphOptions, LevelFormat, Paragraph, type TextRun } from "docx";
import { annexLabel, annexNames } from "../annex-names";
import type { EditionMark } from "../edition-mark";
import { titleLines } from "../pdf/title-lines";
import type { Annex, Block, ReportDocument, Span } from "../report-document";
import { editionBlock, kindLine } from "./edition-block";
import type { Face } from "./faces";
import { TEXT_HEIGHT, TEXT_WIDTH } from "./measures";
import { LEVELS, listId, numberingXml, numberLists, type NumberLists } from "./number-lists";
import { packDocx, periodEnd } from "./pack-docx";
import { pageSections } from "./page-sections";
import { STYLE, stylesXml } from "./styles";
import { ruledTable } from "./tables";
import { lineRuns, textRun, wordText } from "./text-run";

export type DocxOptions = {
  /** What an edition says of itself, under the title and on the last page. */
  mark?: EditionMark;
  /** "literal" (default): 一、 and 1. are typed; "automatic": Word counts them in a list. */
  numbering?: "literal" | "automatic";
};

/**
 * The report as a Word document: the layout of GB/T 9704-2012 in named styles, on the grid of 22 lines of 28 characters, the
 * annexes on landscape sheets. Reproducible: equal documents give equal bytes. Characters that no file of this kind can
 * hold are left out. Throws RenderError "docx-failed" for a table with more columns than Word opens.
 */
export async function toDocx(document: ReportDocument, options: DocxOptions = {}): Promise<Uint8Array> {
  const { mark, numbering = "literal" } = options;
  const lists = numbering === "automatic" ? numberLists(document.blocks) : null;
  const text = textParts(document, lists, mark);
  const annexes = document.annexes.flatMap((annex, index) => annexParts(annex, index, document.annexes.length));
  if (mark) {
    const [last, width] = annexes.length > 0 ? [annexes, TEXT_HEIGHT] : [text, TEXT_WIDTH];
    // Right behind a table it would be that table's last row.
    last.push(gap(ABOVE_TABLE), editionBlock(mark, width), gap());
  }
  const { sections, parts } = pageSections({ text, annexes });
  const title = titleOf(document);
  const file = new Document({
    title,
    evenAndOddHeaderAndFooters: true,
    ...(lists ? { numbering: { config: [{ reference: LIST, levels: LIBRARY_LEVELS }] } } : {}),
    sections,
  });
  return packDocx(file, {
    title,
    date: periodEnd(document),
    tracked: false,
    parts: {
      ...parts,
      "word/styles.xml": stylesXml(lists ? listId(0) : null),
      ...(lists ? { "word/numbering.xml": numberingXml(lists.lists) } : {}),
    },
  });
}

const LIST = "report";
const LIBRARY_LEVELS = LEVELS.map(({ text }, level) => ({ level, text, format: LevelFormat.DECIMAL }));

function titleOf({ blocks, report }: ReportDocument): string {
  for (const block of blocks) if (block.kind === "title") return wordText(words(block.spans));
  return wordText(report.name);
}

function textParts(document: ReportDocument, lists: NumberLists | null, mark: EditionMark | undefined): FileChild[] {
  const { blocks } = document;
  const kind = kindLine(mark);
  const lastTitle = blocks.findLastIndex((block) => block.kind === "title");
  const parts = blocks.flatMap((block, index): FileChild[] => {
    const next = blocks[index + 1];
    if (block.kind === "table") {
      const table = ruledTable(block, "text");
      // Two tables with nothing between them would be one, and the last thing on a sheet must be a paragraph.
      return table ? [table, ...(next && next.kind !== "table" ? [] : [gap(next ? ABOVE_TABLE : 0)])] : [];
    }
    const paragraph = textParagraph(
      block,
      lists,
      kind && index === lastTitle ? 0 : next?.kind === "table" ? ABOVE_TABLE : null,
    );
    return kind && index === lastTitle ? [paragraph, kind] : [paragraph];
  });
  if (kind && lastTitle === -1) parts.unshift(kind);
  if (document.annexes.length > 0) parts.push(annexNamesParagraph(document));
  return parts.length > 0 ? parts : [new Paragraph({ style: STYLE.body })];
}

const gap = (before = 0): Paragraph =>
  new Paragraph({ style: STYLE.gap, ...(before > 0 ? { spacing: { before } } : {}) });

/** `after`: the distance to what follows in twentieths of a point, where it is not the style's. */
function textParagraph(block: Exclude<Block, { kind: "table" }>, lists: NumberLists | null, after: number | null) {
  const place = lists?.places.get(block);
  const counted: IParagraphOptions = place
    ? { numbering: { reference: LIST, level: place.level, instance: place.list, custom: true } }
    : {};
  const room = after === null ? {} : { spacing: { after } };
  const paragraph = (style: string, children: TextRun[]) => new Paragraph({ style, ...counted, ...room, children });
  const typed = (number: string, face: Face): TextRun[] => (place || number === "" ? [] : [textRun(number, face)]);
  switch (block.kind) {
    case "title":
      return paragraph(STYLE.title, lineRuns(titleLines(wordText(words(block.spans)), TITLE_ROOM), "title"));
    case "delivery":
    case "speaker":
      return paragraph(STYLE[block.kind], lineRuns(titleLines(wordText(words(block.spans)), BODY_ROOM), "kai"));
    case "salutation":
      return paragraph(STYLE.salutation, spanRuns(block.spans));
    case "heading": {
      const face = block.level === 1 ? "hei" : "kai";
      return paragraph(block.level === 1 ? STYLE.heading1 : STYLE.heading2, [
        textRun((place ? "" : block.number) + block.text, face),
      ]);
    }
    case "bullet":
      return paragraph(STYLE.bullet, [textRun("——", "fang"), ...spanRuns(block.spans)]);
    case "numbered":
      return paragraph(STYLE.point, [...typed(block.number, "fang"), ...spanRuns(block.spans)]);
    case "paragraph":
      return block.number === undefined
        ? paragraph(STYLE.body, spanRuns(block.spans))
        : paragraph(STYLE.item, [...typed(`${block.number} `, "fang"), ...spanRuns(block.spans)]);
  }
}

/** What a line holds, in ems: 156 mm of 22 pt and of 16 pt, 225 mm of 22 pt, less one so that it stands centred. */
const TITLE_ROOM = 19;
const BODY_ROOM = 27;
const ANNEX_TITLE_ROOM = 27;
/** A line of text ends lower in its 28.95 pt than the next begins. */
const ABOVE_TABLE = 120;

/** Neighbours that look alike are one run, as if typed at a stretch: figures are spans of their own. */
function spanRuns(spans: readonly Span[]): TextRun[] {
  const runs: { text: string; lead: boolean }[] = [];
  for (const span of spans) {
    const lead = span.lead === true;
    const last = runs.at(-1);
    if (last?.lead === lead) last.text += span.text;
    else runs.push({ text: span.text, lead });
  }
  return runs.map(({ text, lead }) => textRun(text, "fang", lead ? { bold: true } : {}));
}

/** One blank line below the text (GB/T 9704-2012, 7.3.4). */
function annexNamesParagraph(document: ReportDocument): Paragraph {
  const [first = "", ...others] = annexNames(document);
  return new Paragraph({ style: STYLE.annexNames, children: lineRuns([`附件：${first}`, ...others], "fang") });
}

function annexParts(annex: Annex, index: number, count: number): FileChild[] {
  const table = ruledTable(annex, "annex");
  return [
    new Paragraph({
      style: STYLE.annexLabel,
      ...(index > 0 ? { pageBreakBefore: true } : {}),
      children: [textRun(annexLabel(index, count), "hei")],
    }),
    new Paragraph({
      style: STYLE.annexTitle,
      children: lineRuns(titleLines(wordText(annex.title), ANNEX_TITLE_ROOM), "title"),
    }),
    ...(table ? [table, gap()] : []),
  ];
}

const words = (spans: readonly Span[]): string => spans.map((span) => span.text).join("");
