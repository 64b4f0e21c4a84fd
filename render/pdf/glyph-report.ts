import type { EditionMark } from "../edition-mark";
import type { ReportDocument } from "../report-document";
import { FACE_NAMES, type FontOfFace, type Fonts, defaultFontDirectory, findFonts, licensedDirectory } from "./fonts";
import { printable } from "./printable";
import { printedTexts } from "./printed-texts";

/**
 * A character that the face of its place lacks. `section` is the leaf (or heading) in whose text it stands, null of what an
 * edition says of itself; `face` is the official name of the place's face (仿宋); `fallback` the family that prints it in
 * its stead, or null when none can: then there is no PDF.
 */
export type LackingGlyph = { character: string; section: string | null; face: string; fallback: string | null };

export type GlyphOptions = { fontDirectory?: string; licensed?: string | null; mark?: EditionMark };

/**
 * What to know before sealing: once per section, face and character, in reading order. Control characters and half
 * surrogates are among what cannot be printed. Throws RenderError "fonts-missing".
 */
export function glyphReport(document: ReportDocument, options: GlyphOptions = {}): LackingGlyph[] {
  const { fontDirectory = defaultFontDirectory(), licensed = licensedDirectory() } = options;
  return lackingGlyphs(document, findFonts(fontDirectory, licensed), options.mark);
}

/** The same with fonts that are known. */
export function lackingGlyphs(document: ReportDocument, fonts: Fonts, mark?: EditionMark): LackingGlyph[] {
  const found = new Map<string, LackingGlyph>();
  for (const { text, face, section } of printedTexts(document, mark)) {
    const [first, ...others] = fonts.faces[face];
    const has = first?.coverage();
    for (const character of printable(text)) {
      const codePoint = character.codePointAt(0) ?? 0;
      // Fandol has blank glyphs for control characters; printing nothing would hide that something is wrong.
      const isControl = (codePoint < 0xa0 && /\p{Cc}/u.test(character)) || /\p{Cs}/u.test(character);
      if (!isControl && has?.(codePoint)) continue;
      const key = `${section ?? ""} ${face} ${character}`;
      if (found.has(key)) continue;
      const fallback = isControl ? null : familyOf(others.find((font) => font.coverage()(codePoint)));
      found.set(key, { character, section, face: FACE_NAMES[face], fallback });
    }
  }
  return [...found.values()];
}

const familyOf = (font: FontOfFace | undefined): string | null => font?.families[0] ?? null;
