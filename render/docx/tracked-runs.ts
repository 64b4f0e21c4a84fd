import {
  BuilderElement,
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  type FileChild,
  DeletedTextRun,
  InsertedTextRun,
  type ParagraphChild,
  TextRun,
  type XmlComponent,
} from "docx";
import type { Asked, BlockChange, Change, ComparedSpan } from "../comparison";
import type { Face } from "./faces";
import { fontOf, textRun, wordText } from "./text-run";

/** How Word has it: text that stays, comes, goes, or is the one or the other end of a move. */
export type Track = "same" | "inserted" | "deleted" | "moved-from" | "moved-to";

/** What a span's change is within a block that is new, gone or moved as a whole; null where it stands in the other end. */
export function trackOf(block: BlockChange, span: Change): Track | null {
  if (block === "same" || block === "changed") return span;
  if (block === "inserted") return span === "deleted" ? null : "inserted";
  if (block === "deleted") return span === "inserted" ? null : "deleted";
  if (block === "moved-from") return span === "inserted" ? null : span === "deleted" ? "deleted" : "moved-from";
  return span === "deleted" ? null : span === "inserted" ? "inserted" : "moved-to";
}

/** A table cannot move in Word: it goes there and comes here. */
export const withoutMove = (change: BlockChange): BlockChange =>
  change === "moved-from" ? "deleted" : change === "moved-to" ? "inserted" : change;

/** Who changes, and when: the same for a whole block. Ids are counted through the file. */
export type Hand = { author: string; date: string; nextId: () => number };

type ChangedBy = { id: number; author: string; date: string };

export const changeBy = ({ author, date, nextId }: Hand): ChangedBy => ({
  id: nextId(),
  author: wordText(author),
  date,
});

/** `size` in half points, where it is not the style's. */
type Look = { face: Face; size?: number };

/** Words with their changes; leads are bold. */
export function trackedRuns(
  spans: readonly ComparedSpan[],
  block: BlockChange,
  { face, size }: Look,
  hand: Hand,
): ParagraphChild[] {
  return spans.flatMap((span) => {
    const track = trackOf(block, span.change);
    if (track === null || span.text === "") return [];
    const look = { ...(span.lead ? { bold: true } : {}), ...(size ? { size } : {}) };
    const run = { ...look, text: wordText(span.text), font: fontOf(face) };
    if (track === "inserted") return [new InsertedTextRun({ ...run, ...changeBy(hand) })];
    if (track === "deleted") return [new DeletedTextRun({ ...run, ...changeBy(hand) })];
    const plain = textRun(span.text, face, look);
    return track === "same" ? [plain] : [wrapped(track, plain, hand)];
  });
}

/** A run that comes, goes or moves. The library has no words for moves. */
function wrapped(track: Exclude<Track, "same">, run: TextRun, hand: Hand): ParagraphChild {
  return inParagraph(new BuilderElement({ name: ELEMENTS[track], attributes: attributesOf(hand), children: [run] }));
}

/** The library marks its own classes as what may stand in a paragraph, and has none for moves. */
const inParagraph = (element: XmlComponent): ParagraphChild => element as unknown as ParagraphChild;

function attributesOf(hand: Hand) {
  const { id, author, date } = changeBy(hand);
  return {
    id: { key: "w:id", value: id },
    author: { key: "w:author", value: author },
    date: { key: "w:date", value: date },
  };
}

export const ELEMENTS = {
  inserted: "w:ins",
  deleted: "w:del",
  "moved-from": "w:moveFrom",
  "moved-to": "w:moveTo",
} as const;

/** Numbers for comments, and the comments themselves, in the order in which they are asked for. */
export type Margin = { id: number; asked: Asked }[];

/** The paragraph's words between the marks of its comments, which go with it when it goes. */
export function commented(
  children: readonly ParagraphChild[],
  asked: readonly Asked[],
  block: BlockChange,
  { margin, hand }: { margin: Margin; hand: Hand },
): ParagraphChild[] {
  const ids = asked.map((one) => margin.push({ id: margin.length, asked: one }) - 1);
  const references = ids.map((id) => {
    const run = new TextRun({ children: [new CommentReference(id)], font: fontOf("song") });
    const track = trackOf(block, "same") ?? "same";
    return track === "same" ? run : wrapped(track, run, hand);
  });
  return [
    ...ids.map((id) => new CommentRangeStart(id)),
    ...children,
    ...ids.map((id) => new CommentRangeEnd(id)),
    ...references,
  ];
}

/** Both ends of a move have one name; the range's end stands behind the paragraph, so that its mark is within. */
export function moveRange(
  track: "moved-from" | "moved-to",
  move: number,
  hand: Hand,
): { start: ParagraphChild; end: FileChild } {
  const attributes = attributesOf(hand);
  const start = new BuilderElement({
    name: `${ELEMENTS[track]}RangeStart`,
    attributes: { ...attributes, name: { key: "w:name", value: `move${move}` } },
  });
  const end = new BuilderElement({ name: `${ELEMENTS[track]}RangeEnd`, attributes: { id: attributes.id } });
  return { start: inParagraph(start), end: Object.assign(end, { fileChild: Symbol("range") }) };
}
