import { annexLabel } from "../annex-names";
import type { EditionMark } from "../edition-mark";
import { markWords } from "../mark-words";
import type { ReportDocument, Span } from "../report-document";
import type { Face } from "./fonts";

/** A text as it goes on paper. `section` is the leaf (or heading) that it stands in; null of what the edition says of itself. */
export type PrintedText = { text: string; face: Face; section: string | null };

/** Every text of the printed report with the face of its place, in reading order. */
export function* printedTexts(document: ReportDocument, mark?: EditionMark): Generator<PrintedText> {
  const sectionOf = (from: number): string => document.contributions[from]?.section ?? "";
  const words = (spans: readonly Span[], face: Face): PrintedText[] =>
    spans.map((span) => ({ text: span.text, face: span.lead ? "hei" : face, section: sectionOf(span.from) }));
  for (const block of document.blocks) {
    if (block.kind === "heading") {
      yield { text: block.number + block.text, face: block.level === 1 ? "hei" : "kai", section: block.id };
    } else if (block.kind === "table") {
      const section = sectionOf(block.from);
      yield { text: (block.header ?? []).join(""), face: "hei", section };
      yield { text: block.rows.flat().join(""), face: "song", section };
    } else {
      const face =
        block.kind === "title" ? "title" : block.kind === "delivery" || block.kind === "speaker" ? "kai" : "fang";
      yield* words(block.spans, face);
    }
  }
  for (const [index, annex] of document.annexes.entries()) {
    const section = annex.from === null ? annex.id : sectionOf(annex.from);
    yield { text: annexLabel(index, document.annexes.length), face: "hei", section };
    yield { text: annex.title, face: "title", section };
    yield { text: annex.title, face: "fang", section };
    yield { text: annex.header.join(""), face: "hei", section };
    yield { text: annex.rows.flat().join(""), face: "song", section };
  }
  if (mark) yield* markTexts(mark);
}

function* markTexts(mark: EditionMark): Generator<PrintedText> {
  const { underTitle, head, lines, correction } = markWords(mark);
  yield { text: underTitle ?? "", face: "kai", section: null };
  yield { text: head, face: "hei", section: null };
  for (const { label, value } of lines) yield { text: label + value, face: "song", section: null };
  yield { text: correction ?? "", face: "song", section: null };
}
