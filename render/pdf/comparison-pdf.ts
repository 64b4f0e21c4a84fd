import type { Comparison } from "../comparison";
import { RenderError } from "../render-error";
import { comparedTexts, comparisonData } from "./comparison-data";
import { COMPARISON_TEMPLATE } from "./comparison-template";
import { RENDERS_REMEMBERED, warmCompiler } from "./compiler";
import { defaultFontDirectory, findFonts, licensedDirectory, type Fonts } from "./fonts";
import { describeCharacter } from "./printable";

/**
 * 花脸稿 on the report's pages, as tagged PDF/A-2a: what is gone struck through, what has come underlined, moves at both
 * their places, tables by cell, who asked in notes at the end. Reproducible: dated by the newer edition. Throws RenderError
 * "fonts-missing", "characters-missing" of the editions' texts, "pdf-failed".
 */
export async function comparisonPdf(
  comparison: Comparison,
  { fontDirectory = defaultFontDirectory(), licensed = licensedDirectory() }: Fonted = {},
): Promise<Uint8Array> {
  const fonts = findFonts(fontDirectory, licensed);
  const known = knownTo(fonts);
  const missing = new Set(comparedTexts(comparison).flatMap((text) => Array.from(text).filter((one) => !known(one))));
  if (missing.size > 0) throw new RenderError("characters-missing", [...missing].map(describeCharacter));
  const { compiler, faces } = warmCompiler(fonts);
  try {
    const inputs = { document: JSON.stringify(comparisonData(comparison, known)), faces };
    const source = { mainFileContent: COMPARISON_TEMPLATE, inputs };
    return compiler.pdf(source, { pdfStandard: "a-2a", creationTimestamp: dayOf(comparison.to.date) / 1000 });
  } catch (error) {
    throw new RenderError("pdf-failed", [error instanceof Error ? error.message : String(error)]);
  } finally {
    compiler.evictCache(RENDERS_REMEMBERED);
  }
}

type Fonted = { fontDirectory?: string; licensed?: string | null };

/** Whether every face that a text may be set in has the character, itself or by a stand-in. */
function knownTo({ faces }: Fonts): (character: string) => boolean {
  const known = new Map<string, boolean>();
  return (character) => {
    const said = known.get(character);
    if (said !== undefined) return said;
    const code = character.codePointAt(0) ?? 0;
    const isControl = /[\p{Cc}\p{Cs}]/u.test(character);
    const has = !isControl && Object.values(faces).every((chain) => chain.some((font) => font.coverage()(code)));
    known.set(character, has);
    return has;
  };
}

/** 2024年8月1日 as that day's beginning in UTC; a date in other words is none. */
function dayOf(date: string): number {
  const [year, month, day] = (date.match(/\d+/g) ?? []).map(Number);
  return year && month && day ? Date.UTC(year, month - 1, day) : Date.UTC(2000, 0, 1);
}
