import { AlignmentType, ImageRun, Paragraph, Table, TableCell, TableRow, VerticalAlignTable, WidthType } from "docx";
import type { EditionMark } from "../edition-mark";
import { markAlt, markWords } from "../mark-words";
import { qrPng } from "./qr-png";
import { STYLE } from "./styles";
import { textRun } from "./text-run";

/** What an edition says under the title, （征求意见稿）, or null. */
export function kindLine(mark: EditionMark | undefined): Paragraph | null {
  const words = mark ? markWords(mark).underTitle : null;
  return words === null ? null : new Paragraph({ style: STYLE.kind, children: [textRun(words, "kai")] });
}

/** On the last page: which edition this is, what it corrects, and the code that says whether it is still the current one. */
export function editionBlock(mark: EditionMark, width: number): Table {
  const { head, lines, correction } = markWords(mark);
  const said = [
    head,
    ...(correction === null ? [] : [correction]),
    ...lines.map((line) => `${line.label}：${line.value}`),
  ];
  const words = said.map((line) => new Paragraph({ style: STYLE.mark, children: [textRun(line, "song")] }));
  const widths = [width - QR_CELL, QR_CELL];
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    borders: NO_BORDERS,
    rows: [
      new TableRow({ cantSplit: true, children: [cell(words, width - QR_CELL), cell([qrParagraph(mark)], QR_CELL)] }),
    ],
  });
}

const QR_CELL = 1300;
/** 19 mm in pixels of 96 to the inch. */
const QR_SIZE = 72;
const NONE = { style: "none", size: 0, color: "auto" } as const;
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE };

const cell = (children: Paragraph[], size: number): TableCell =>
  new TableCell({ width: { size, type: WidthType.DXA }, verticalAlign: VerticalAlignTable.CENTER, children });

function qrParagraph(mark: EditionMark): Paragraph {
  const image = new ImageRun({
    type: "png",
    data: qrPng(mark.url ?? mark.code),
    transformation: { width: QR_SIZE, height: QR_SIZE },
    // The library counts pictures through the life of the process.
    altText: { id: "1", name: "验证二维码", description: markAlt(mark) },
  });
  return new Paragraph({ style: STYLE.mark, alignment: AlignmentType.RIGHT, children: [image] });
}
