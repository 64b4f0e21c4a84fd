import { chapterNumber, chineseNumber, itemNumber, partNumber } from "../../../../../../../../domain/section/numbering";
import { attributeOf, htmlTokens } from "./html-tokens";
import { storable, type ReadBlock, type ReadRun } from "./pasted";
import { fromSymbolFont, symbolFontOf } from "./symbol-fonts";
import { tableFrom, type ReadCell } from "./unfold";

/** `images` counts what has no place in a text and was left out. */
export type ReadHtml = { blocks: ReadBlock[]; images: number };

/**
 * The lines and tables of clipboard HTML as Word, WPS, Excel, LibreOffice and web pages write it. List numbers are in
 * `mso-list:Ignore` spans or counted from `ol`; tracked deletions, comments, pictures and hidden text fall away. No words
 * are lost or doubled, whatever the nesting.
 */
export function readHtml(html: string): ReadHtml {
  const reader = new HtmlReader();
  for (const token of htmlTokens(html)) {
    if (token.kind === "text") reader.text(token.text);
    else if (token.kind === "open") reader.open(token.tag, token.attributes, token.empty);
    else reader.close(token.tag);
  }
  return reader.end();
}

type List = { ordered: boolean; key: string; next: number; type: string };
type Element = {
  tag: string;
  bold: boolean;
  hidden: boolean;
  pre: boolean;
  font: string | null;
  /** Its words are the number of a list, not of the text. */
  isLabel: boolean;
  list: List | null;
  /** The list that its line counts in, of Word. */
  counts: string | null;
};
type OpenTable = {
  rows: { cells: ReadCell[]; hidden: boolean }[];
  hiddenColumns: Set<number>;
  column: number;
  isHead: boolean;
};
/** Where lines go: the text, or a cell. */
type Sink = { blocks: ReadBlock[]; table: OpenTable | null; cell: ReadCell | null; stack: number };
type Line = { runs: ReadRun[]; label: string; list: string | null; heading: number };

const BLOCKS = new Set(
  "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary ul".split(
    " ",
  ),
);
const TABLE_PARTS = new Set(["table", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup"]);
const PICTURES = new Set(["img", "v:imagedata", "picture"]);

const ROOT: Element = {
  tag: "",
  bold: false,
  hidden: false,
  pre: false,
  font: null,
  isLabel: false,
  list: null,
  counts: null,
};

class HtmlReader {
  private readonly elements: Element[] = [ROOT];
  private readonly sinks: Sink[] = [{ blocks: [], table: null, cell: null, stack: 1 }];
  private line: Line = emptyLine();
  private isSoft = false;
  private images = 0;
  private lists = 0;

  open(tag: string, attributes: string, empty: boolean): void {
    if (PICTURES.has(tag) && !this.element.hidden) this.images += 1;
    if (tag === "br") return this.breakLine(attributes);
    if (tag === "col") return this.hideColumn(attributes);
    const isTooDeep = this.elements.length >= DEEPEST;
    if (TABLE_PARTS.has(tag) && !(isTooDeep && tag === "table")) return this.openTablePart(tag, attributes);
    if (BLOCKS.has(tag)) this.startBlock(tag);
    if (empty || isTooDeep) return;
    const element = elementOf(tag, attributes, this.element);
    if (tag === "ol" || tag === "ul") element.list = this.listOf(tag, attributes);
    this.elements.push(element);
    if (tag === "li") this.startItem(attributes);
    if (element.counts !== null) this.line.list = element.counts;
    if (/^h[1-6]$/.test(tag)) this.line.heading = Number(tag.charAt(1));
  }

  close(tag: string): void {
    if (TABLE_PARTS.has(tag)) return this.closeTablePart(tag);
    const at = this.elements.findLastIndex((element) => element.tag === tag);
    // A tag of a cell does not reach out of it.
    if (at < this.sink.stack) {
      if (BLOCKS.has(tag)) this.endLine(false);
      return;
    }
    this.leave(at);
  }

  text(words: string): void {
    const { hidden, isLabel, pre, bold, font } = this.element;
    if (hidden) return;
    const known = storable(font === null ? words : fromSymbolFont(words, font));
    if (isLabel) {
      this.line.label += known;
      return;
    }
    const lines = known.split(pre ? /\r\n|[\n\r\v\f\u2028\u2029]/ : /[\v\f\u2028\u2029]/);
    for (const [index, text] of lines.entries()) {
      if (index > 0) this.endLine(true);
      if (text !== "") this.line.runs.push({ text, bold });
    }
  }

  end(): ReadHtml {
    while (this.sinks.length > 1 || this.sink.table) this.closeTable();
    this.endLine(false);
    return { blocks: this.sink.blocks, images: this.images };
  }

  private get element(): Element {
    return this.elements.at(-1) ?? ROOT;
  }
  private get sink(): Sink {
    // The first is never taken away.
    return this.sinks.at(-1) as Sink;
  }

  /** Ends all elements from this one inwards. A number whose item had no words goes with it. */
  private leave(at: number): void {
    const ended = this.elements.slice(at);
    if (ended.some((element) => BLOCKS.has(element.tag))) this.endLine(false);
    if (ended.some((element) => element.tag === "li" || element.counts !== null)) this.line = emptyLine();
    this.elements.length = at;
  }

  private breakLine(attributes: string): void {
    if (this.element.hidden || this.element.isLabel) return;
    this.endLine(!/page-break|mso-special-character:\s*page-break/i.test(attributes));
  }

  private startBlock(tag: string): void {
    this.endLine(false);
    const open = tag === "li" ? ["li"] : tag === "p" ? ["p"] : tag === "dt" || tag === "dd" ? ["dt", "dd"] : [];
    if (open.length === 0) return;
    const within = tag === "li" ? ["ol", "ul"] : [];
    for (let at = this.elements.length - 1; at >= this.sink.stack; at -= 1) {
      const { tag: name } = this.elements[at] ?? ROOT;
      if (within.includes(name)) break;
      if (!open.includes(name)) continue;
      this.leave(at);
      break;
    }
  }

  private listOf(tag: string, attributes: string): List {
    const style = styleOf(attributes, "list-style-type") ?? styleOf(attributes, "list-style") ?? "";
    const start = Number.parseInt(attributeOf(attributes, "start") ?? "1", 10);
    this.lists += 1;
    return {
      ordered: tag === "ol",
      key: `${tag}${this.lists}`,
      next: Number.isInteger(start) ? start : 1,
      type: style || (attributeOf(attributes, "type") ?? ""),
    };
  }

  private startItem(attributes: string): void {
    const list = this.elements.findLast((element) => element.list !== null)?.list;
    if (!list || /none/i.test(list.type) || this.element.hidden) return;
    const value = Number.parseInt(attributeOf(attributes, "value") ?? "", 10);
    const ordinal = Number.isInteger(value) ? value : list.next;
    list.next = ordinal + 1;
    this.line.label = list.ordered ? countedLabel(ordinal, list.type) : "•";
    this.line.list = list.key;
  }

  /** A line ends: what was read goes into the text or the cell. `soft`: the paragraph goes on. */
  private endLine(soft: boolean): void {
    const { runs, list, heading } = this.line;
    const tidy = collapsed(runs);
    if (tidy.length > 0) {
      const label = heading > 0 ? headingLabel(this.line) : plainBlanks(this.line.label);
      const line = { kind: "line" as const, runs: tidy, label, list, isHeading: heading > 0, soft: this.isSoft };
      this.sink.blocks.push(line);
      this.line = emptyLine();
    }
    // A list's mark waits for its words: <li><p>.
    this.line.runs = [];
    this.isSoft = soft && tidy.length > 0;
  }

  private openTablePart(tag: string, attributes: string): void {
    if (tag === "table") return this.openTable(attributes);
    // A cell ends where the next part begins, whether or not it says so.
    if (tag !== "colgroup") this.closeCell();
    const { table } = this.sink;
    this.endLine(false);
    if (!table) return;
    if (tag === "thead") table.isHead = true;
    else if (tag === "tbody" || tag === "tfoot") table.isHead = false;
    else if (tag === "tr") table.rows.push({ cells: [], hidden: isHidden(attributes) });
    else if (tag === "td" || tag === "th") this.openCell(tag, attributes, table);
  }

  private openTable(attributes: string): void {
    this.endLine(false);
    this.line = emptyLine();
    this.elements.push(elementOf("table", attributes, this.element));
    const { blocks } = this.sink;
    this.sinks.push({ blocks, table: emptyTable(), cell: null, stack: this.elements.length });
  }

  private openCell(tag: string, attributes: string, table: OpenTable): void {
    this.line = emptyLine();
    if (table.rows.length === 0) table.rows.push({ cells: [], hidden: false });
    const number = (name: string) =>
      Math.max(1, Math.min(WIDEST, Number.parseInt(attributeOf(attributes, name) ?? "1", 10) || 1));
    const cell: ReadCell = {
      blocks: [],
      colspan: number("colspan"),
      rowspan: number("rowspan"),
      hidden: isHidden(attributes),
      isHead: tag === "th" || table.isHead,
      exact: storable(attributeOf(attributes, "x:num") ?? ""),
    };
    table.rows.at(-1)?.cells.push(cell);
    this.elements.push(elementOf(tag, attributes, this.element));
    this.sinks.push({ blocks: cell.blocks, table: null, cell, stack: this.elements.length });
  }

  private closeTablePart(tag: string): void {
    if (tag === "table") return this.closeTable();
    if (tag === "td" || tag === "th" || tag === "tr") this.closeCell();
    if (tag === "thead" && this.sink.table) this.sink.table.isHead = false;
  }

  private closeCell(): void {
    if (!this.sink.cell) return;
    this.endLine(false);
    this.line = emptyLine();
    this.elements.length = Math.max(1, this.sink.stack - 1);
    this.sinks.pop();
  }

  private closeTable(): void {
    this.closeCell();
    const { table, stack } = this.sink;
    if (!table) {
      this.endLine(false);
      return;
    }
    this.endLine(false);
    this.line = emptyLine();
    this.elements.length = Math.max(1, stack - 1);
    this.sinks.pop();
    if (!this.element.hidden) this.sink.blocks.push(...tableFrom(table.rows, table.hiddenColumns));
  }

  private hideColumn(attributes: string): void {
    const { table } = this.sink;
    if (!table) return;
    const span = Math.max(1, Math.min(WIDEST, Number.parseInt(attributeOf(attributes, "span") ?? "1", 10) || 1));
    if (isHidden(attributes)) for (let at = 0; at < span; at += 1) table.hiddenColumns.add(table.column + at);
    table.column += span;
  }
}

/** As deep as browsers nest; what lies deeper is read all the same, flat. */
const DEEPEST = 512;
/** A row that claims more than this is broken, or means mischief. */
const WIDEST = 200;

const emptyLine = (): Line => ({ runs: [], label: "", list: null, heading: 0 });
const emptyTable = (): OpenTable => ({ rows: [], hiddenColumns: new Set(), column: 0, isHead: false });

const COMMENTS = /\b(?:MsoCommentReference|msocomanchor|MsoCommentText|msocomtxt|msoDel)\b/i;

function elementOf(tag: string, attributes: string, parent: Element): Element {
  const style = attributeOf(attributes, "style") ?? "";
  const marks = attributeOf(attributes, "class") ?? "";
  const face =
    attributeOf(attributes, "face") ??
    /(?:^|;)\s*(?:mso-symbol-)?font-family\s*:\s*["']?([^;,"']+)/i.exec(style)?.[1] ??
    null;
  const weight = /(?:^|;)\s*font-weight\s*:\s*(\w+)/i.exec(style)?.[1] ?? null;
  const isIgnored = /mso-list\s*:\s*ignore/i.test(style);
  const isOff =
    tag === "head" ||
    tag === "del" ||
    isHidden(attributes) ||
    COMMENTS.test(marks) ||
    /mso-element\s*:\s*comment/i.test(style);
  return {
    tag,
    bold: weight === null ? parent.bold || tag === "b" || tag === "strong" : /^(?:bold|bolder|[6-9]00)$/i.test(weight),
    hidden: parent.hidden || isOff,
    pre:
      tag === "pre" ||
      (/white-space\s*:/i.test(style) ? /white-space\s*:\s*(?:pre|break-spaces)/i.test(style) : parent.pre),
    font: face === null ? parent.font : symbolFontOf(face),
    isLabel: parent.isLabel || isIgnored,
    list: null,
    counts: isIgnored ? null : (/mso-list\s*:\s*(l\d+\s+level\d+)/i.exec(style)?.[1] ?? null),
  };
}

function isHidden(attributes: string): boolean {
  const style = attributeOf(attributes, "style") ?? "";
  return (
    /display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden/i.test(style) ||
    /(?:^|\s)hidden(?=[\s=/]|$)/i.test(attributes.replace(/"[^"]*"|'[^']*'/g, ""))
  );
}

function styleOf(attributes: string, name: string): string | null {
  const style = attributeOf(attributes, "style") ?? "";
  return new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, "i").exec(style)?.[1]?.trim() ?? null;
}

function countedLabel(ordinal: number, type: string): string {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  if (/^a$|lower-(?:alpha|latin)/.test(type)) return `${letters.charAt((ordinal - 1) % 26)}.`;
  if (/^A$|upper-(?:alpha|latin)/.test(type)) return `${letters.charAt((ordinal - 1) % 26).toUpperCase()}.`;
  if (/cjk|chinese|japanese-(?:in)?formal/.test(type) && ordinal >= 1 && ordinal <= 99)
    return `${chineseNumber(ordinal)}、`;
  return `${ordinal}.`;
}

/** HTML counts a heading's list in digits, whatever was printed; official papers count 一、（一）1. by its level. */
function headingLabel({ label, list, heading }: Line): string {
  const ordinal = list?.startsWith("ol") ? Number.parseInt(label, 10) : Number.NaN;
  if (!(ordinal >= 1 && ordinal <= 99)) return plainBlanks(label);
  return heading === 1 ? partNumber(ordinal) : heading === 2 ? chapterNumber(ordinal) : itemNumber(ordinal);
}

const plainBlanks = (text: string): string => text.replace(/[\s\u00a0]+/g, " ").trim();

/**
 * Blanks as a browser shows them: one for many, none at the ends. A line end of the source between two Chinese characters
 * is none at all. Full-width blanks are typed ones and stay.
 */
function collapsed(runs: readonly ReadRun[]): ReadRun[] {
  const text = runs.map((run) => run.text).join("");
  if (!SEEN.test(text)) return [];
  const characters = text.split("");
  for (const { 0: blank, index: from } of text.matchAll(BLANKS)) {
    const to = from + blank.length;
    const isAtEnd = from === 0 || to === text.length;
    const isSourceBreak = /[\r\n]/.test(blank) && WIDE.test(text.charAt(from - 1)) && WIDE.test(text.charAt(to));
    characters.fill("", from, to);
    if (!isAtEnd && !isSourceBreak) characters[from] = " ";
  }
  let at = 0;
  return runs.flatMap((run) => {
    const words = characters.slice(at, (at += run.text.length)).join("");
    return words === "" ? [] : [{ ...run, text: words }];
  });
}

const SEEN = /[^\s\u200b-\u200f\u2060\ufeff]/;
const BLANKS = /[ \t\r\n\u00a0]+/g;
const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]/;
