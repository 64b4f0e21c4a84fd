import { tableRows, type Block, type ReportDocument, type Span } from "../../render/report-document";

/** A place in an edition that can be commented on: a block of its text, an annex, or a row of one. */
export type Place = {
  /** The block's or annex's own id; of a row the annex's id, a point and the row's number from 1. */
  id: string;
  /** In the order of the print, from 1. */
  position: number;
  kind: "block" | "annex" | "row";
  /** As printed, each line or cell by itself. */
  lines: string[];
};

/** A document's places, in the order of the print. */
export function placesOf(document: ReportDocument): Place[] {
  const places = [
    ...document.blocks.map((block) => ({ id: block.id, kind: "block" as const, lines: linesOf(block) })),
    ...document.annexes.flatMap(({ id, title, rows }) => [
      { id, kind: "annex" as const, lines: [title] },
      ...rows.map((cells, index) => ({ id: rowId(id, index + 1), kind: "row" as const, lines: cells })),
    ]),
  ];
  return places.map((place, index) => ({ ...place, position: index + 1 }));
}

/** `row` from 1. */
export const rowId = (annexId: string, row: number): string => `${annexId}.${row}`;

/** Whether these words stand in one line or cell of the place. */
export const isQuotable = (place: Place, quote: string): boolean => place.lines.some((line) => line.includes(quote));

/** The place in one line. */
export const lineOf = (place: Place): string => place.lines.filter((line) => line !== "").join(" | ");

/** What a list shows of a place: the quoted words with some letters before and after them, or how it begins. */
export function excerptOf(place: Place, quote: string | null): { before: string; quote: string; after: string } {
  const line = lineOf(place);
  const at = quote === null ? -1 : line.indexOf(quote);
  if (quote === null || at < 0) return { before: beginningOf(line, BEGINNING), quote: "", after: "" };
  const before = Array.from(line.slice(0, at));
  const start = before.slice(-AROUND).join("");
  return {
    before: before.length > AROUND ? `…${start}` : start,
    quote,
    after: beginningOf(line.slice(at + quote.length), AROUND),
  };
}

const BEGINNING = 80;
const AROUND = 40;

/** By whole characters: half of one is nothing. */
function beginningOf(text: string, most: number): string {
  const characters = [...text];
  return characters.slice(0, most).join("") + (characters.length > most ? "…" : "");
}

/**
 * Whose words are at a place: an index into the document's contributions. Of a paragraph of several departments that of the
 * quoted words, or of its first. Null of headings and of a table that is compiled from everybody's figures.
 */
export function contributionAt(document: ReportDocument, place: Place, quote: string | null): number | null {
  if (place.kind === "row" || place.kind === "annex") {
    const annex = document.annexes.find(({ id }) => place.id === id || place.id.startsWith(`${id}.`));
    return annex?.from ?? null;
  }
  const block = document.blocks.find(({ id }) => id === place.id);
  if (!block || block.kind === "heading") return null;
  if (block.kind === "table") return block.from;
  return spanOf(block.spans, quote)?.from ?? null;
}

function spanOf(spans: readonly Span[], quote: string | null): Span | undefined {
  const at =
    quote === null
      ? -1
      : spans
          .map(({ text }) => text)
          .join("")
          .indexOf(quote);
  let end = 0;
  return (
    spans.find(({ text }) => {
      end += text.length;
      return at >= 0 && at < end;
    }) ?? spans[0]
  );
}

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case "heading":
      return [`${block.number}${block.text}`];
    case "table":
      return tableRows(block).flat();
    case "paragraph":
    case "numbered":
      return [`${block.number ?? ""}${wordsOf(block.spans)}`];
    case "bullet":
      return [`——${wordsOf(block.spans)}`];
    default:
      return [wordsOf(block.spans)];
  }
}

const wordsOf = (spans: readonly Span[]): string => spans.map(({ text }) => text).join("");
