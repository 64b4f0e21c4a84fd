import { annexLabel } from "../annex-names";
import type { ReportDocument, Span } from "../report-document";
import type { Coverage } from "./font-coverage";
import { type Face, defaultFontDirectory, faceCoverage, fontFiles } from "./fonts";

/** `section` is the leaf (or heading) in whose text the character stands. */
export type UncoveredCharacter = { character: string; section: string };

/**
 * Characters that no face of their place can print, once per section, in reading order: what a PDF would show as an
 * empty box. Control characters and half surrogates are among them. Throws RenderError "fonts-missing".
 */
export function uncoveredCharacters(
  document: ReportDocument,
  fontDirectory: string = defaultFontDirectory(),
): UncoveredCharacter[] {
  fontFiles(fontDirectory);
  const fallback = faceCoverage(fontDirectory, "fallback");
  const found = new Map<string, UncoveredCharacter>();
  for (const { text, face, section } of printedTexts(document)) {
    const covered: Coverage = faceCoverage(fontDirectory, face);
    for (const character of printable(text)) {
      const codePoint = character.codePointAt(0) ?? 0;
      // Fandol has blank glyphs for control characters; printing nothing would hide that something is wrong.
      if (!/\p{Cc}/u.test(character) && (covered(codePoint) || fallback(codePoint))) continue;
      found.set(`${section} ${character}`, { character, section });
    }
  }
  return [...found.values()];
}

/**
 * Text as it goes to print: without the characters that are made to be invisible (zero-width spaces, byte order marks,
 * joiners, marks of direction, variation selectors) and with plain spaces for thin ones. They arrive with pasted text
 * and most fonts have no glyph for them.
 */
export function printable(text: string): string {
  return text.replace(/\p{Default_Ignorable_Code_Point}/gu, "").replace(/[\u2009\u202f]/g, " ");
}

/** U+ notation beside the character, because the characters in question often cannot be shown. */
export function describeCharacter(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return /[\p{C}\p{Z}]/u.test(character) ? code : `${character} ${code}`;
}

type PrintedText = { text: string; face: Face; section: string };

function* printedTexts(document: ReportDocument): Generator<PrintedText> {
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
}
