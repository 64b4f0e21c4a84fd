import type { Block } from "./block";
import { oneLine } from "./block";

/** Beyond this the plain text is read instead: no table that a hand copies is as large. */
const LONGEST = 2_000_000;

/**
 * The cells of the tables in clipboard HTML, as the texts that stand in them; null when there is no table. Excel, WPS and
 * Word wrap them in comments, styles and namespaced tags, keep hidden rows and columns, and span cells: what is hidden
 * falls away, and a spanned place is a blank. Read as words, not as a document: nothing in it can run or load.
 */
export function tableOf(html: string): Block | null {
  if (html.length > LONGEST || !/<table[\s>]/i.test(html)) return null;
  const reader = new TableReader();
  let skipped: string | null = null;
  for (const token of withoutComments(html).matchAll(TOKEN)) {
    const [whole, closing, name = "", attributes = ""] = token;
    const tag = name.toLowerCase();
    if (skipped !== null) {
      if (closing && tag === skipped) skipped = null;
    } else if (tag === "" && !whole.startsWith("<!")) reader.text(whole);
    else if (SILENT.has(tag)) skipped = closing || attributes.endsWith("/") ? null : tag;
    else if (tag !== "") reader.tag(tag, closing === "/", attributes);
  }
  return reader.block();
}

/** Attributes are bounded: a quote that nothing closes must not send the search to the end again and again. */
const TOKEN = /<![^>]{0,400}>|<(\/?)([a-z][\w:-]*)((?:"[^"]{0,2000}"|'[^']{0,2000}'|[^'">]){0,4000})>|[^<]+|</gi;
/** Their contents are never words of the table. */
const SILENT = new Set(["style", "script", "head", "title", "xml", "template"]);
const BREAKS = new Set(["br", "p", "div", "li", "tr", "td", "th"]);
/** A row that claims more than this is broken, or means mischief. */
const WIDEST = 200;

function withoutComments(html: string): string {
  const kept: string[] = [];
  for (let at = 0; at < html.length;) {
    const start = html.indexOf("<!--", at);
    kept.push(html.slice(at, start === -1 ? undefined : start));
    const end = start === -1 ? -1 : html.indexOf("-->", start);
    if (end === -1) break;
    at = end + 3;
  }
  return kept.join("");
}

type OpenCell = { words: string; attributes: string };

class TableReader {
  private readonly rows: Block = [];
  private depth = 0;
  private row: { cells: OpenCell[]; hidden: boolean } | null = null;
  private cell: OpenCell | null = null;
  private hiddenColumns = new Set<number>();
  private column = 0;
  /** How many more rows each column is taken by a cell above. */
  private taken: number[] = [];

  tag(tag: string, closing: boolean, attributes: string): void {
    if (tag === "table") return this.table(closing);
    if (this.depth > 1 || (this.cell && BREAKS.has(tag) && !(tag === "tr" || tag === "td" || tag === "th"))) {
      if (this.cell && BREAKS.has(tag)) this.cell.words += "\n";
      return;
    }
    if (this.depth !== 1) return;
    if (tag === "col") this.col(attributes);
    else if (tag === "tr") {
      this.closeRow();
      if (!closing) this.row = { cells: [], hidden: isHidden(attributes) };
    } else if (tag === "td" || tag === "th") {
      this.closeCell();
      if (!closing) this.cell = { words: "", attributes };
    }
  }

  text(words: string): void {
    if (this.cell) this.cell.words += decoded(words).replace(/[ \t\r\n]+/g, " ");
  }

  block(): Block | null {
    this.closeRow();
    return this.rows.length > 0 ? this.rows : null;
  }

  private table(closing: boolean): void {
    if (this.depth === 1 && closing) this.closeRow();
    this.depth = Math.max(0, this.depth + (closing ? -1 : 1));
    if (this.depth !== 1 || closing) return;
    this.hiddenColumns = new Set();
    this.column = 0;
    this.taken = [];
  }

  private col(attributes: string): void {
    const span = numberIn(attributes, "span");
    if (isHidden(attributes)) for (let at = 0; at < span; at++) this.hiddenColumns.add(this.column + at);
    this.column += span;
  }

  private closeCell(): void {
    if (this.cell) this.row?.cells.push(this.cell);
    this.cell = null;
  }

  private closeRow(): void {
    this.closeCell();
    const { row } = this;
    this.row = null;
    if (!row) return;
    const places: { words: string; hidden: boolean }[] = [];
    const fill = () => {
      while ((this.taken[places.length] ?? 0) > 0) {
        this.taken[places.length] = (this.taken[places.length] ?? 0) - 1;
        places.push({ words: "", hidden: false });
      }
    };
    for (const cell of row.cells) {
      fill();
      const [columns, rows] = [numberIn(cell.attributes, "colspan"), numberIn(cell.attributes, "rowspan")];
      for (let at = 0; at < columns && places.length < WIDEST; at++) {
        this.taken[places.length] = rows - 1;
        places.push({ words: at === 0 ? wordsOf(cell) : "", hidden: isHidden(cell.attributes) });
      }
    }
    fill();
    const shown = places.filter((place, at) => !place.hidden && !this.hiddenColumns.has(at));
    if (!row.hidden && shown.length > 0) this.rows.push(shown.map((place) => place.words));
  }
}

function wordsOf(cell: OpenCell): string {
  const words = oneLine(cell.words);
  // A column too narrow for its number copies as ####; the number itself stands beside it.
  const exact = /^#+$/.test(words) ? (attribute(cell.attributes, "x:num") ?? "") : "";
  return attribute(cell.attributes, "data-state") === "estimate" ? `预计${words}` : exact || words;
}

const isHidden = (attributes: string): boolean =>
  /display\s*:\s*none/i.test(attribute(attributes, "style") ?? "") || /\shidden(?=[\s=/]|$)/i.test(attributes);

function numberIn(attributes: string, name: string): number {
  const value = Number.parseInt(attribute(attributes, name) ?? "1", 10);
  return value > 0 ? Math.min(value, WIDEST) : 1;
}

function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(attributes);
  return found ? (found[1] ?? found[2] ?? found[3] ?? "") : null;
}

const NAMED: Record<string, string> = {
  nbsp: " ",
  ensp: " ",
  emsp: " ",
  thinsp: " ",
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  minus: "−",
  ndash: "–",
  mdash: "—",
  times: "×",
  middot: "·",
  permil: "‰",
  yen: "¥",
};

function decoded(words: string): string {
  return words.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]+);?/gi, (whole, entity: string) => {
    if (!entity.startsWith("#")) return NAMED[entity.toLowerCase()] ?? whole;
    const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number.parseInt(entity.slice(1), 10);
    if (code === 160) return " ";
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : "";
  });
}
