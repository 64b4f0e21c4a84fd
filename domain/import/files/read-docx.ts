import {
  PLAIN_LOOK,
  printedText,
  type ImportedBlock,
  type ImportedCell,
  type ImportedDocument,
  type ImportedTable,
  type LeftOverReason,
  type Look,
  type Run,
} from "../imported-document";
import { refuseTooLong } from "../too-long";
import { boldOf, fontOf, isOn, numberOf, readStyles, type ParagraphStyle, type Styles } from "./docx-styles";
import { readListLabels, type ListLabels } from "./list-labels";
import { openDocx } from "./open-docx";
import { trimmedRuns } from "./trimmed-runs";
import { childNamed, descendants, elementsIn, outermost, textIn, valueOf, type XmlElement } from "./xml-tree";

/**
 * The body of a .docx in reading order: insertions taken as accepted, deletions left out, lists numbered as they print.
 * Notes, comments, text boxes and pictures are listed; headers and footers are not read. Throws ImportRefused.
 */
export async function readDocx(bytes: Uint8Array): Promise<ImportedDocument> {
  const parts = await openDocx(bytes);
  const reading: Reading = {
    document: { blocks: [], leftOver: [] },
    styles: readStyles(parts.styles),
    labels: readListLabels(parts.numbering),
    fields: [],
    joined: [],
    length: { characters: 0 },
  };
  readBlocks(reading, elementsIn(childNamed(parts.document, "w:body")));
  endJoined(reading);
  for (const [part, reason] of NOTES) readNotes(reading, elementsIn(parts[part]), reason);
  return reading.document;
}

type Reading = {
  document: ImportedDocument;
  styles: Styles;
  labels: ListLabels;
  /** The fields that are open, outermost first: they reach over paragraphs. */
  fields: { instruction: string; showsResult: boolean }[];
  /** Runs of paragraphs whose end was deleted: they go on in the next. */
  joined: Run[];
  /** Of all that was read so far, notes and cells included: the readings within one share it. */
  length: { characters: number };
};

const NOTES = [
  ["footnotes", "footnote"],
  ["endnotes", "endnote"],
  ["comments", "comment"],
] as const;

function readNotes(reading: Reading, notes: readonly XmlElement[], reason: LeftOverReason): void {
  for (const note of notes) {
    // Word keeps the lines that separate notes from the text among the notes.
    if (note.attributes["w:type"] !== undefined && note.attributes["w:type"] !== "normal") continue;
    leaveOut(reading, reason, wordsOf(reading, note));
  }
}

function leaveOut({ document }: Reading, reason: LeftOverReason, text: string): void {
  if (text.trim() === "" && !WORDLESS.has(reason)) return;
  document.leftOver.push({ reason, block: document.blocks.length, text: text.trim() });
}

/** These are told of although they say nothing. */
const WORDLESS: ReadonlySet<LeftOverReason> = new Set(["image", "object", "symbol"]);

function readBlocks(reading: Reading, elements: readonly XmlElement[]): void {
  for (const element of elements) {
    if (element.name === "w:p") readParagraph(reading, element);
    else if (element.name === "w:tbl") readTable(reading, element);
    else if (element.name === "w:altChunk") leaveOut(reading, "object", "");
    else if (WRAPPERS.has(element.name)) readBlocks(reading, wrappedIn(element));
  }
}

/** Around paragraphs, rows, cells or runs; what they hold stands there all the same. */
const WRAPPERS: ReadonlySet<string> = new Set([
  "w:sdt",
  "w:customXml",
  "w:smartTag",
  "w:ins",
  "w:moveTo",
  "w:hyperlink",
  "w:fldSimple",
  "w:dir",
  "w:bdo",
  "mc:AlternateContent",
]);

function wrappedIn(element: XmlElement): XmlElement[] {
  if (element.name === "w:sdt") return elementsIn(childNamed(element, "w:sdtContent"));
  if (element.name !== "mc:AlternateContent") return elementsIn(element);
  return elementsIn(childNamed(element, "mc:Choice") ?? childNamed(element, "mc:Fallback"));
}

function readParagraph(reading: Reading, element: XmlElement): void {
  const properties = childNamed(element, "w:pPr");
  const style = reading.styles.paragraph(valueOf(properties, "w:pStyle"));
  const isInContents = reading.fields.some(isContents);
  const text: InlineText = { runs: reading.joined, bold: style.bold, fonts: new Set() };
  reading.joined = [];
  readInline(reading, elementsIn(element), text);
  if (childNamed(childNamed(properties, "w:rPr"), "w:del")) {
    reading.joined = text.runs;
    return;
  }
  const place = placeInList(reading, properties, style);
  // Word counts an empty paragraph of a list too.
  if (place) reading.labels.count(...place);
  const runs = trimmedRuns(text.runs);
  if (runs.length === 0) return;
  if (isInContents || reading.fields.some(isContents) || style.names.some((name) => /^toc \d/i.test(name))) {
    return leaveOut(reading, "contents", runs.map((run) => run.text).join(""));
  }
  if (style.names.some((name) => EDITION_MARKS.has(name))) {
    return leaveOut(reading, "edition-mark", runs.map((run) => run.text).join(""));
  }
  const label = place ? reading.labels.printed(...place).trim() : "";
  lengthen(reading, label);
  addBlock(reading, { kind: "paragraph", label, runs, look: lookOf(properties, style, text.fonts) });
}

/** What our own Word documents say of the edition (render/docx/styles.ts): never words of the report. */
const EDITION_MARKS: ReadonlySet<string> = new Set(["版次", "成稿标识"]);

function addBlock({ document }: Reading, block: ImportedBlock): void {
  document.blocks.push(block);
  refuseTooLong(document.blocks.length, 0);
}

function lengthen({ length }: Reading, words: string): void {
  length.characters += words.length;
  refuseTooLong(0, length.characters);
}

/** Nothing follows for the words to go on in. */
function endJoined(reading: Reading): void {
  const runs = trimmedRuns(reading.joined);
  reading.joined = [];
  if (runs.length > 0) addBlock(reading, { kind: "paragraph", label: "", runs, look: PLAIN_LOOK });
}

const isContents = ({ instruction }: { instruction: string }): boolean => /^\s*TOC\b/.test(instruction);

function placeInList(
  reading: Reading,
  properties: XmlElement | undefined,
  style: ParagraphStyle,
): [list: string, level: number] | null {
  const own = childNamed(properties, "w:numPr");
  const list = valueOf(own, "w:numId") ?? style.list.id;
  if (list === undefined || list === "0") return null;
  const level =
    numberOf(valueOf(own, "w:ilvl")) ?? reading.labels.levelOfStyle(list, style.ids) ?? style.list.level ?? 0;
  return [list, level];
}

function lookOf(properties: XmlElement | undefined, style: ParagraphStyle, fonts: ReadonlySet<string | null>): Look {
  const outline = numberOf(valueOf(properties, "w:outlineLvl")) ?? style.outline ?? namedLevel(style.names);
  const [font] = fonts;
  return {
    level: outline !== undefined && outline >= 0 && outline < 9 ? outline + 1 : null,
    isTitle: style.names.some((name) => /^(?:title|标题|文档标题|公文标题|主标题)$/i.test(name)),
    isCentred: (valueOf(properties, "w:jc") ?? style.align) === "center",
    font: fonts.size === 1 ? (font ?? style.font ?? null) : null,
  };
}

/** Word's own headings have their level by their name alone in files that other programs wrote. */
function namedLevel(names: readonly string[]): number | undefined {
  const [level] = names.flatMap((name) => /^(?:heading|标题)\s*([1-9])$/i.exec(name)?.[1] ?? []);
  return level === undefined ? undefined : Number(level) - 1;
}

/** The runs gathered so far, whether the paragraph's style is bold, and the fonts that its runs name (null: none). */
type InlineText = { runs: Run[]; bold: boolean; fonts: Set<string | null> };

function readInline(reading: Reading, elements: readonly XmlElement[], text: InlineText): void {
  for (const element of elements) {
    if (element.name === "w:r") readRun(reading, element, text);
    else if (WRAPPERS.has(element.name)) readInline(reading, wrappedIn(element), text);
    else if (element.name === "m:oMath" || element.name === "m:oMathPara") {
      const formula = [...descendants(element, "m:t")].map(textIn).join("");
      lengthen(reading, formula);
      add(text, formula, false);
    }
  }
}

function readRun(reading: Reading, run: XmlElement, text: InlineText): void {
  const properties = childNamed(run, "w:rPr");
  const isBold = boldOf(properties) ?? text.bold !== reading.styles.isBold(valueOf(properties, "w:rStyle"));
  const vanish = childNamed(properties, "w:vanish");
  const isHidden = vanish !== undefined && isOn(vanish.attributes["w:val"]);
  const say = (words: string): void => {
    const isShown = reading.fields.every((field) => field.showsResult);
    if (!isShown || words === "") return;
    lengthen(reading, words);
    if (isHidden) return leaveOut(reading, "hidden", words);
    if (words.trim() !== "") text.fonts.add(fontOf(properties) ?? null);
    add(text, words, isBold);
  };
  for (const element of elementsIn(run)) readRunPart(reading, element, text, say);
}

function readRunPart(reading: Reading, element: XmlElement, text: InlineText, say: (words: string) => void): void {
  switch (element.name) {
    case "w:t":
      return say(textIn(element).toWellFormed());
    case "w:tab":
    case "w:ptab":
      return say("\t");
    case "w:br":
    case "w:cr":
      return ["page", "column"].includes(element.attributes["w:type"] ?? "") ? undefined : say("\n");
    case "w:noBreakHyphen":
      return say("-");
    case "w:sym":
      return leaveOut(reading, "symbol", "");
    case "w:ruby":
      return readInline(reading, elementsIn(childNamed(element, "w:rubyBase")), text);
    case "w:fldChar":
      return turnField(reading, element.attributes["w:fldCharType"]);
    case "w:instrText": {
      const field = reading.fields.at(-1);
      if (field && !field.showsResult) field.instruction += textIn(element);
      return;
    }
    case "mc:AlternateContent":
      for (const chosen of wrappedIn(element)) readRunPart(reading, chosen, text, say);
      return;
    case "w:drawing":
    case "w:pict":
    case "w:object":
      return readDrawing(reading, element);
  }
}

function turnField({ fields }: Reading, type: string | undefined): void {
  const field = fields.at(-1);
  if (type === "begin") fields.push({ instruction: "", showsResult: false });
  else if (type === "end") fields.pop();
  else if (type === "separate" && field) field.showsResult = true;
}

function readDrawing(reading: Reading, element: XmlElement): void {
  const boxes = [...outermost(element, "w:txbxContent")];
  for (const box of boxes) leaveOut(reading, "text-box", wordsOf(reading, box));
  const within = new Set(boxes.flatMap((box) => [...descendants(box, "a:blip"), ...descendants(box, "v:imagedata")]));
  const pictures = [...descendants(element, "a:blip"), ...descendants(element, "v:imagedata")];
  const [named] = descendants(element, "wp:docPr");
  const name = named?.attributes["descr"] ?? named?.attributes["name"] ?? "";
  const isObject = element.name === "w:object";
  if (!isObject && pictures.some((picture) => !within.has(picture))) leaveOut(reading, "image", name);
  else if (boxes.length === 0 && (isObject || !descendants(element, "a:graphicData").next().done)) {
    leaveOut(reading, "object", name);
  }
}

/** The words of a note, a text box or a cell, a line for each paragraph; pictures within are listed. */
function wordsOf(reading: Reading, container: XmlElement): string {
  const inner: Reading = { ...reading, fields: [], joined: [], document: { blocks: [], leftOver: [] } };
  readBlocks(inner, elementsIn(container));
  endJoined(inner);
  for (const left of inner.document.leftOver) leaveOut(reading, left.reason, left.text);
  return inner.document.blocks
    .map((block) =>
      block.kind === "paragraph"
        ? printedText(block)
        : block.rows.map((row) => row.map((cell) => cell.text).join("\t")).join("\n"),
    )
    .join("\n");
}

/** As many as Word allows. */
const MOST_COLUMNS = 63;

/** A cell that goes on from the row above makes that one longer. A table of one cell is a frame around paragraphs. */
function readTable(reading: Reading, element: XmlElement): void {
  endJoined(reading);
  const rows = wrapped(element, "w:tr").filter((row) => !childNamed(childNamed(row, "w:trPr"), "w:del"));
  const [only] = rows.length === 1 ? rows.flatMap((row) => wrapped(row, "w:tc")) : [];
  if (only && rows.flatMap((row) => wrapped(row, "w:tc")).length === 1) return readBlocks(reading, elementsIn(only));
  const table: ImportedTable = { kind: "table", rows: [] };
  const above = new Map<number, ImportedCell>();
  for (const row of rows) {
    const cells: ImportedCell[] = [];
    const longer: ImportedCell[] = [];
    const skipped = numberOf(valueOf(childNamed(row, "w:trPr"), "w:gridBefore")) ?? 0;
    let column = Math.min(skipped, MOST_COLUMNS);
    if (column > 0) cells.push({ text: "", colspan: column, rowspan: 1 });
    for (const cell of wrapped(row, "w:tc")) {
      const properties = childNamed(cell, "w:tcPr");
      const colspan = Math.min(Math.max(numberOf(valueOf(properties, "w:gridSpan")) ?? 1, 1), MOST_COLUMNS);
      const merge = childNamed(properties, "w:vMerge");
      const continued = merge && merge.attributes["w:val"] !== "restart" ? above.get(column) : undefined;
      if (continued) longer.push(continued);
      else {
        const own = { text: wordsOf(reading, cell), colspan, rowspan: 1 };
        cells.push(own);
        above.set(column, own);
      }
      column += colspan;
    }
    // A row without a cell of its own prints no line.
    if (cells.length === 0) continue;
    for (const cell of longer) cell.rowspan += 1;
    table.rows.push(cells);
  }
  if (table.rows.some((row) => row.some((cell) => cell.text !== ""))) addBlock(reading, table);
}

/** Rows or cells, also those within content controls. */
function wrapped(parent: XmlElement, name: string): XmlElement[] {
  return elementsIn(parent).flatMap((child) =>
    child.name === name ? [child] : WRAPPERS.has(child.name) ? wrappedRows(wrappedIn(child), name) : [],
  );
}

const wrappedRows = (elements: readonly XmlElement[], name: string): XmlElement[] =>
  elements.flatMap((element) =>
    element.name === name ? [element] : WRAPPERS.has(element.name) ? wrappedRows(wrappedIn(element), name) : [],
  );

function add({ runs }: InlineText, words: string, bold: boolean): void {
  const last = runs.at(-1);
  if (last && last.bold === bold) last.text += words;
  else runs.push({ text: words, bold });
}
