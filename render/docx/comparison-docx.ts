import {
  AlignmentType,
  Document,
  type FileChild,
  type IParagraphOptions,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from "docx";
import type {
  Asked,
  BlockChange,
  Change,
  ComparedBlock,
  ComparedGrid,
  ComparedRow,
  ComparedSpan,
  ComparedTable,
  ComparedText,
  Comparison,
  TextKind,
} from "../comparison";
import type { Face } from "./faces";
import { packDocx } from "./pack-docx";
import { pageSections } from "./page-sections";
import { STYLE, stylesXml } from "./styles";
import { type Place, tableLook, type TableLook } from "./tables";
import { textRun, wordText } from "./text-run";
import {
  changeBy,
  commented,
  ELEMENTS,
  type Hand,
  type Margin,
  moveRange,
  trackOf,
  trackedRuns,
  withoutMove,
} from "./tracked-runs";

/**
 * 花脸稿 as a Word document whose changes are Word's own: accepted all together they leave the newer edition's words, and
 * rejected the older's. Who asked for one is its author, or 修改 where nobody is known, and what they said a comment beside
 * it. Dated by the newer edition. Reproducible. Throws RenderError "docx-failed" for a table that Word would not open.
 */
export async function comparisonDocx(comparison: Comparison): Promise<Uint8Array> {
  const date = dayOf(comparison.to.date);
  const writing: Writing = { date, margin: [], movedMarks: new Map(), nextId: counter() };
  const text = textParts(comparison, writing);
  const annexes = comparison.annexes.flatMap((annex, index) => annexParts(annex, index, writing));
  const { from, to } = comparison;
  const header = `花脸稿：${from.label}（${from.date}）改为${to.label}（${to.date}）`;
  const { sections, parts } = pageSections({ text, annexes, header });
  const title = `${to.name}（花脸稿）`;
  const file = new Document({
    title,
    evenAndOddHeaderAndFooters: true,
    comments: { children: writing.margin.map((each) => comment(each, date)) },
    sections,
  });
  return packDocx(file, {
    title,
    date: date.getTime(),
    tracked: true,
    parts: { ...parts, "word/styles.xml": stylesXml(null) },
    rewrite: (xml) => withMovedMarks(xml, writing.movedMarks),
  });
}

type Writing = {
  date: Date;
  margin: Margin;
  /** Ids of the paragraph marks that moved: the library writes them as new or gone. */
  movedMarks: Map<number, "moved-from" | "moved-to">;
  nextId: () => number;
};

function counter(): () => number {
  let last = 1000;
  return () => (last += 1);
}

/** The start of a day in China; of a day that is not told, the first that a file can name. */
function dayOf(printed: string): Date {
  const [, year, month, day] = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(printed) ?? [];
  return new Date(year === undefined ? Date.UTC(1980, 0, 1) : Date.UTC(Number(year), Number(month) - 1, Number(day)));
}

function comment({ id, asked: { kind, by, text } }: Margin[number], date: Date) {
  const words = textRun(`${ASKED_WORDS[kind]}：${text}`, "song");
  return { id, author: wordText(by), date, children: [new Paragraph({ style: STYLE.comment, children: [words] })] };
}

const ASKED_WORDS: Record<Asked["kind"], string> = {
  return: "退回意见",
  suggestion: "修改建议",
  consultation: "征求意见",
  correction: "更正",
};

const withMovedMarks = (xml: string, moved: Writing["movedMarks"]): string =>
  xml.replace(/<w:(?:ins|del) w:id="(\d+)"/g, (found, id: string) => {
    const track = moved.get(Number(id));
    return track ? `<${ELEMENTS[track]} w:id="${id}"` : found;
  });

function handOf(asked: readonly Asked[], { date, nextId }: Writing): Hand {
  const people = [...new Set(asked.map(({ by }) => by))];
  return { author: people.join("、") || NOBODY, date: date.toISOString().replace(".000Z", "Z"), nextId };
}

const NOBODY = "修改";

function textParts({ blocks, annexes, asked }: Comparison, writing: Writing): FileChild[] {
  const parts = blocks.flatMap((block, index): FileChild[] => {
    const ofAll = index === 0 ? asked : [];
    if (block.kind !== "table") return textParagraph(block, ofAll, writing);
    const change = withoutMove(block.change);
    const table = trackedTable(block, change, "text", { asked: [...ofAll, ...block.asked], writing });
    return [...table, ...(staysBehind(blocks[index + 1]) ? [] : [gap()])];
  });
  // The section's own mark is in its last paragraph, which nobody may take away.
  return [...parts, ...annexNameParagraphs(annexes, writing), gap()];
}

/** Between two tables, or a table and a paragraph that may go, another must stand, or the tables would be one. */
const staysBehind = (next: ComparedBlock | undefined): boolean =>
  next !== undefined && next.kind !== "table" && (next.change === "same" || next.change === "changed");

const gap = (): Paragraph => new Paragraph({ style: STYLE.gap });

function textParagraph(block: ComparedText, ofAll: readonly Asked[], writing: Writing): FileChild[] {
  const { change, kind, level, was, move } = block;
  const asked = [...ofAll, ...block.asked];
  const hand = handOf(block.asked, writing);
  const face = faceOf(kind, level);
  const words = [...numberSpans(block), ...block.spans];
  const children = commented(trackedRuns(words, change, { face }, hand), asked, change, { ...writing, hand });
  const revision = was ? { revision: { ...changeBy(hand), style: styleOf(was.kind, was.level) } } : {};
  const options = { style: styleOf(kind, level), ...markOf(change, { hand, writing }), ...revision };
  if ((change !== "moved-from" && change !== "moved-to") || move === undefined) {
    return [new Paragraph({ ...options, children })];
  }
  const { start, end } = moveRange(change, move, hand);
  return [new Paragraph({ ...options, children: [start, ...children] }), end];
}

/** "1." and the space that is set behind it, which comes and goes with the number. */
function numberSpans({ kind, was, mark }: ComparedText): ComparedSpan[] {
  const isIn = (but: Change) => mark.some((span) => span.text !== "" && span.change !== but);
  const old = (was?.kind ?? kind) === "paragraph" && isIn("inserted");
  const now = kind === "paragraph" && isIn("deleted");
  if (!old && !now) return mark;
  return [...mark, { text: " ", change: old && now ? "same" : now ? "inserted" : "deleted" }];
}

/** The paragraph's mark: with it a whole paragraph comes, goes or moves. */
function markOf(
  change: BlockChange,
  { hand, writing }: { hand: Hand; writing: Writing },
): Pick<IParagraphOptions, "run"> {
  const track = trackOf(change, "same");
  if (track === null || track === "same") return {};
  const by = changeBy(hand);
  if (track === "moved-from" || track === "moved-to") writing.movedMarks.set(by.id, track);
  const isHere = track === "inserted" || track === "moved-to";
  return { run: isHere ? { insertion: by } : { deletion: by } };
}

function styleOf(kind: TextKind, level: 1 | 2 = 1): string {
  switch (kind) {
    case "heading":
      return level === 1 ? STYLE.heading1 : STYLE.heading2;
    case "paragraph":
      return STYLE.body;
    case "numbered":
      return STYLE.point;
    default:
      return STYLE[kind];
  }
}

function faceOf(kind: TextKind, level: 1 | 2 = 1): Face {
  if (kind === "heading") return level === 1 ? "hei" : "kai";
  if (kind === "title") return "title";
  return kind === "delivery" || kind === "speaker" ? "kai" : "fang";
}

/** The names under the text: what stands before them may change because another annex came or went. */
function annexNameParagraphs(annexes: readonly ComparedTable[], writing: Writing): Paragraph[] {
  const before = namePrefixes(annexes, "inserted");
  const after = namePrefixes(annexes, "deleted");
  return annexes.map((annex, index) => {
    const hand = handOf(annex.asked, writing);
    const change = isWhole(annex.change) ? annex.change : "same";
    const [old = "", now = ""] = [before[index], after[index]];
    const prefix: ComparedSpan[] =
      old === now || change !== "same"
        ? [{ text: change === "deleted" ? old : now, change: "same" }]
        : [
            { text: old, change: "deleted" },
            { text: now, change: "inserted" },
          ];
    return new Paragraph({
      style: STYLE.annexNames,
      ...markOf(change, { hand, writing }),
      children: trackedRuns([...prefix, ...annex.title], change, { face: "fang" }, hand),
    });
  });
}

function namePrefixes(annexes: readonly ComparedTable[], but: Change): string[] {
  const count = annexes.filter(({ change }) => change !== but).length;
  let at = 0;
  return annexes.map(({ change }) => {
    if (change === but) return "";
    at += 1;
    return `${at === 1 ? "附件：" : ""}${count > 1 ? `${at}. ` : ""}`;
  });
}

const isWhole = (change: BlockChange): change is "inserted" | "deleted" =>
  change === "inserted" || change === "deleted";

function annexParts(annex: ComparedTable, index: number, writing: Writing): FileChild[] {
  const hand = handOf(annex.asked, writing);
  const change = isWhole(annex.change) ? annex.change : "same";
  const line = (style: string, spans: readonly ComparedSpan[], face: Face, wish: IParagraphOptions, asked: Asked[]) => {
    const children: ParagraphChild[] = trackedRuns(spans, change, { face }, hand);
    return new Paragraph({
      ...wish,
      style,
      ...markOf(change, { hand, writing }),
      children: commented(children, asked, change, { ...writing, hand }),
    });
  };
  return [
    line(STYLE.annexLabel, annex.mark, "hei", index > 0 ? { pageBreakBefore: true } : {}, annex.asked),
    line(STYLE.annexTitle, annex.title, "title", {}, []),
    ...trackedTable(annex, annex.change, "annex", { asked: [], author: annex.asked, writing }),
    gap(),
  ];
}

type TableSetting = {
  asked: readonly Asked[];
  /** Whose changes they are; default: those who asked. */
  author?: readonly Asked[];
  writing: Writing;
};

function trackedTable(
  grid: ComparedGrid,
  change: BlockChange,
  place: Place,
  { asked, author = asked, writing }: TableSetting,
): Table[] {
  const texts = [...(grid.header ? [grid.header] : []), ...grid.rows.map(({ cells }) => cells)].map((cells) =>
    cells.map((spans) => spans.map(({ text }) => text).join("")),
  );
  const [first = []] = texts;
  if (first.length === 0) return [];
  const look = tableLook({ header: first, rows: texts.slice(1) }, place);
  const whole = isWhole(change) ? change : "same";
  const hand = handOf(author, writing);
  const header: ComparedRow[] = grid.header ? [{ change: whole, cells: grid.header }] : [];
  const rows = [...header, ...grid.rows].map((row, y) => {
    const rowChange: Change = whole !== "same" ? whole : isWhole(row.change) ? row.change : "same";
    return trackedRow(row.cells, {
      change: rowChange,
      asked: [...(y === 0 ? asked : []), ...(row.asked ?? [])],
      look,
      columns: grid.columns,
      isHead: y < header.length,
      hand: row.asked?.length ? handOf(row.asked, writing) : hand,
      writing,
    });
  });
  return [new Table({ ...look.frame, rows })];
}

type RowSetting = {
  change: Change;
  asked: readonly Asked[];
  look: TableLook;
  columns: readonly Change[];
  isHead: boolean;
  hand: Hand;
  writing: Writing;
};

function trackedRow(cells: readonly ComparedSpan[][], setting: RowSetting): TableRow {
  const { change, asked, look, columns, isHead, hand, writing } = setting;
  const face: Face = isHead ? "hei" : "song";
  return new TableRow({
    cantSplit: isHead || look.unbroken,
    ...(isHead ? { tableHeader: true } : {}),
    ...(change === "inserted" ? { insertion: changeBy(hand) } : {}),
    ...(change === "deleted" ? { deletion: changeBy(hand) } : {}),
    children: cells.map((spans, x) => {
      const column = columns[x] ?? "same";
      const own = isWhole(change) ? change : column;
      const runs = trackedRuns(spans, own, { face, size: 2 * look.size }, hand);
      return new TableCell({
        width: { size: look.widths[x] ?? 0, type: WidthType.DXA },
        verticalAlign: VerticalAlignTable.CENTER,
        ...(column === "inserted" && !isWhole(change) ? { insertion: changeBy(hand) } : {}),
        ...(column === "deleted" && !isWhole(change) ? { deletion: changeBy(hand) } : {}),
        children: [
          new Paragraph({
            style: isHead ? STYLE.tableHead : STYLE.tableText,
            ...(look.wordy[x] && !isHead ? { alignment: AlignmentType.LEFT } : {}),
            children: x === 0 ? commented(runs, asked, own, { ...writing, hand }) : runs,
          }),
        ],
      });
    }),
  });
}
