/** A document as it was read, before anything is known of its outline. Nothing of it is lost: what is no text is listed. */
export type ImportedDocument = { blocks: ImportedBlock[]; leftOver: LeftOver[] };

export type ImportedBlock = ImportedParagraph | ImportedTable;

/**
 * `label` is the number or bullet that the program prints in front by itself, "" where there is none; a number that was
 * typed is part of the text. A "\n" in a run is a line break within the paragraph.
 */
export type ImportedParagraph = { kind: "paragraph"; label: string; runs: Run[]; look: Look };

export type Run = { text: string; bold: boolean };

export type Look = {
  /** 1 to 9 for headings, by style or outline level. */
  level: number | null;
  isTitle: boolean;
  isCentred: boolean;
  /** The font of the Chinese text, where the whole paragraph has one. */
  font: string | null;
};

/** Cells that a merged one covers are left out, as in HTML. */
export type ImportedTable = { kind: "table"; rows: ImportedCell[][] };
export type ImportedCell = { text: string; colspan: number; rowspan: number };

/** Why something has no place in the outline: keys of messages/<locale>/import.json, put after "left-". */
export const LEFT_OVER_REASONS = [
  // parts of a file that are no text of it
  "footnote",
  "endnote",
  "comment",
  "text-box",
  "image",
  "object",
  "contents", // a table of contents
  "hidden",
  "symbol",
  // text that the outline has no place for
  "before-title",
  "signature",
  "annex-text",
  "cell-unread",
  "row-unread",
  "too-long",
  "table-too-large",
  "edition-mark",
] as const;
export type LeftOverReason = (typeof LEFT_OVER_REASONS)[number];

/** `block`: the index of the block that it stands in, or before which it stands. `text` is "" for an image. */
export type LeftOver = { reason: LeftOverReason; block: number; text: string };

export const PLAIN_LOOK: Look = { level: null, isTitle: false, isCentred: false, font: null };

/** A paragraph's words as printed, its number or bullet in front. */
export const printedText = ({ label, runs }: ImportedParagraph): string => label + runs.map((run) => run.text).join("");

/** The columns of its grid at most, told without making one: a file may claim any number of them. */
export function widthOf({ rows }: ImportedTable): number {
  const changes = Array.from({ length: rows.length + 1 }, () => 0);
  for (const [y, row] of rows.entries()) {
    for (const { colspan, rowspan } of row) {
      const end = Math.min(y + rowspan, rows.length);
      changes[y] = (changes[y] ?? 0) + colspan;
      changes[end] = (changes[end] ?? 0) - colspan;
    }
  }
  let width = 0;
  return changes.reduce((widest, change) => Math.max(widest, (width += change)), 0);
}

/**
 * A table's cells row by row, the words of a merged cell in every place that it covers. Every row is as long as the
 * longest: ask for `widthOf` first.
 */
export function cellGrid(table: ImportedTable): string[][] {
  const grid: string[][] = table.rows.map(() => []);
  for (const [y, row] of table.rows.entries()) {
    let x = 0;
    for (const { text, colspan, rowspan } of row) {
      while (grid[y]?.[x] !== undefined) x += 1;
      for (const line of grid.slice(y, y + rowspan)) for (let i = 0; i < colspan; i += 1) line[x + i] = text;
    }
  }
  const width = Math.max(0, ...grid.map((line) => line.length));
  return grid.map((line) => Array.from({ length: width }, (_, x) => line[x] ?? ""));
}
