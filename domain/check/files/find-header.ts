import { ESSENTIAL, isNameHeading, readHeadings, type Headings } from "./headings";
import { UnreadableFile } from "./unreadable-file";

/** A sheet whose header was found: `header` are the indexes of its rows, from one to the other exclusive. */
export type Table = {
  rows: readonly string[][];
  header: { from: number; to: number };
  /** The headings as printed, by column. */
  printed: string[];
  headings: Headings;
  /** What stands above the header. */
  title: string;
};

const HEADER_SEARCH = 30;
const HEADER_DEPTH = 3;
const LEAST_COLUMNS = 3;

/**
 * The header is where a name heading stands first. It may go on in the next rows, as long as these have no name of an
 * indicator, or begin in the row above (2024年计划 over 总量 and 增速): whichever says most of what the columns are.
 */
export function findHeader(rows: readonly string[][]): Table | null {
  const named = rows.slice(0, HEADER_SEARCH).findIndex((row) => row.some(isNameHeading));
  const name = rows[named]?.findIndex(isNameHeading) ?? -1;
  if (name === -1) return null;
  const isHeading = (row: number): boolean => {
    const cell = rows[row]?.[name]?.trim() ?? "";
    return rows[row] !== undefined && (cell === "" || isNameHeading(cell));
  };
  let best: Table | null = null;
  for (const from of [named, named - 1]) {
    for (let to = named + 1; to <= named + HEADER_DEPTH; to += 1) {
      if (from < 0 || !isHeading(to - 1)) break;
      const table = tableFrom(rows, from, to);
      if (!best || clarity(table) > clarity(best)) best = table;
    }
  }
  return best && best.headings.columns.size >= LEAST_COLUMNS ? best : null;
}

function tableFrom(rows: readonly string[][], from: number, to: number): Table {
  const printed = printedHeadings(rows.slice(from, to));
  const title = rows.slice(0, from).flat().join(" ");
  return { rows, header: { from, to }, printed, headings: readHeadings(printed, title), title };
}

const clarity = ({ headings: { columns, twice } }: Table): number => columns.size - twice.length;

/** Headings of several rows read from above; a cell that spans columns is blank, or repeated, in the others. */
function printedHeadings(rows: readonly string[][]): string[] {
  const [bottom = []] = rows.slice(-1);
  const width = Math.max(...rows.map((row) => row.length));
  const above = rows.slice(0, -1).map((row) => {
    let spanning = "";
    return Array.from({ length: width }, (_, index) => {
      const own = row[index]?.trim() ?? "";
      const below = bottom[index]?.trim() ?? "";
      spanning = own !== "" ? own : below === "" ? "" : spanning;
      return spanning;
    });
  });
  return Array.from({ length: width }, (_, index) => {
    const parts = [...above.map((row) => row[index] ?? ""), bottom[index]?.trim() ?? ""].filter((part) => part !== "");
    return parts.filter((part, at) => part !== parts[at - 1]).join("");
  });
}

/** What makes a table unfit to be checked: an essential heading is missing, or one stands there twice. */
export function problemOf({ headings: { columns, twice }, printed }: Table): UnreadableFile | null {
  const missing = ESSENTIAL.filter((column) => !columns.has(column));
  if (missing.length > 0) return new UnreadableFile("heading-missing", { columns: missing.join(" ") });
  const [again] = twice;
  if (!again) return null;
  const [first, second] = [again.first, again.second].map((index) => (printed[index] ?? "").replace(/\s+/g, ""));
  return new UnreadableFile("heading-twice", { columns: again.column, first: first ?? "", second: second ?? "" });
}
