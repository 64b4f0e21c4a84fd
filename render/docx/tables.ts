import {
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  VerticalMergeType,
  WidthType,
  AlignmentType,
} from "docx";
import { mergedCells } from "../merged-cells";
import { tableLayout } from "../pdf/table-layout";
import { textWidth } from "../pdf/text-width";
import { RenderError } from "../render-error";
import type { Annex, TableInText } from "../report-document";
import { TEXT_HEIGHT, TEXT_WIDTH } from "./measures";
import { STYLE } from "./styles";
import { lineRuns, textRun } from "./text-run";

/** Where a table stands decides how wide it is and how large its type may be. */
export type Place = "text" | "annex";

/** A ruled table; its head comes again on each page, no row is torn, equal remarks below each other are one cell. */
export function ruledTable(sheet: TableInText | Annex, place: Place): Table | null {
  const columns = Math.max(sheet.header?.length ?? 0, ...sheet.rows.map((row) => row.length));
  if (columns === 0) return null;
  const { header, rows } = squared(sheet, columns);
  const look = tableLook({ header: header ?? rows[0]?.map(() => "") ?? [], rows }, place);
  const spans = header ? mergedCells({ header, rows }) : rows.map((row) => row.map(() => 1));
  return new Table({
    ...look.frame,
    rows: [
      ...(header
        ? [
            new TableRow({
              tableHeader: true,
              cantSplit: true,
              children: look.header.map((lines, x) => headCell(lines, look.widths[x] ?? 0, look.size)),
            }),
          ]
        : []),
      ...rows.map(
        (row, y) =>
          new TableRow({
            cantSplit: look.unbroken,
            children: row.map((cell, x) => textCell(cell, look, x, spans[y]?.[x] ?? 1)),
          }),
      ),
    ],
  });
}

/** Word says that a file with more is damaged. */
const MOST_COLUMNS = 63;

export type TableLook = ReturnType<typeof tableLook>;

/** Columns in twentieths of a point that fill the text area, and the type's size in points. Throws RenderError. */
export function tableLook(table: Pick<Annex, "header" | "rows">, place: Place) {
  const columns = table.header.length;
  if (columns > MOST_COLUMNS) throw new RenderError("docx-failed", [`a table of ${columns} columns`]);
  const isAnnex = place === "annex";
  const room = isAnnex ? TEXT_HEIGHT : TEXT_WIDTH;
  const height = isAnnex ? TEXT_WIDTH : TEXT_HEIGHT;
  const layout = tableLayout(table, room / 20, height / 20, isAnnex ? undefined : 12);
  const widths = filling(layout.widths, room);
  return {
    size: layout.size,
    widths,
    /** The head's words in lines that do not split them. */
    header: layout.header,
    unbroken: !layout.breakable,
    wordy: table.header.map((_, x) => table.rows.some((row) => textWidth(row[x] ?? "") > 12)),
    frame: {
      width: { size: room, type: WidthType.DXA },
      columnWidths: widths,
      layout: TableLayoutType.FIXED,
      margins: { left: layout.inset.x * 20, right: layout.inset.x * 20, top: 40, bottom: 40 },
      borders: BORDERS,
    },
  };
}

const LINE = { style: BorderStyle.SINGLE, size: 4, color: "auto" } as const;
const BORDERS = { top: LINE, bottom: LINE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE };

/** Whole numbers whose sum is the room, whatever their proportions were. */
function filling(widths: readonly number[], room: number): number[] {
  const total = widths.reduce((sum, width) => sum + width, 0);
  let [given, reached] = [0, 0];
  return widths.map((width) => {
    reached += width;
    const edge = Math.round((reached / total) * room);
    const own = edge - given;
    given = edge;
    return own;
  });
}

/** Every row as long as the longest. */
function squared({ header, rows }: TableInText | Annex, columns: number): { header?: string[]; rows: string[][] } {
  const square = (row: readonly string[]) => Array.from({ length: columns }, (_, x) => row[x] ?? "");
  return { ...(header && header.length > 0 ? { header: square(header) } : {}), rows: rows.map(square) };
}

function headCell(lines: readonly string[], width: number, size: number): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    children: [new Paragraph({ style: STYLE.tableHead, children: lineRuns(lines, "hei", { size: 2 * size }) })],
  });
}

/** `span`: how many rows the cell reaches over; 0 for one that another reaches over. */
function textCell(text: string, { widths, wordy, size }: TableLook, x: number, span: number): TableCell {
  const isCovered = span === 0;
  return new TableCell({
    width: { size: widths[x] ?? 0, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    ...(isCovered ? { verticalMerge: VerticalMergeType.CONTINUE } : {}),
    ...(span > 1 ? { verticalMerge: VerticalMergeType.RESTART } : {}),
    children: [
      new Paragraph({
        style: STYLE.tableText,
        ...(wordy[x] ? { alignment: AlignmentType.LEFT } : {}),
        children: isCovered ? [] : [textRun(text, "song", { size: 2 * size })],
      }),
    ],
  });
}
