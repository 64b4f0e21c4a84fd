import type { EditionMark } from "../edition-mark";
import { RenderError } from "../render-error";
import type { ReportDocument } from "../report-document";
import { type WarmCompiler, warmCompiler } from "./compiler";
import { defaultFontDirectory, findFonts, licensedDirectory } from "./fonts";
import { lackingGlyphs } from "./glyph-report";
import { pageData } from "./page-data";
import { describeCharacter } from "./printable";
import { REPORT_TEMPLATE } from "./report-template";

export type PdfOptions = {
  /** What a sealed edition says of itself on its sheets. */
  mark?: EditionMark;
  /** Says at the head of every page that the text is not sealed. */
  draft?: boolean;
  /** Absolute; default: `fonts` in the working directory. */
  fontDirectory?: string;
  /** Absolute, of licensed faces; default: HUIBAO_FONTS. */
  licensed?: string | null;
};

export type PageSource = {
  compiler: WarmCompiler["compiler"];
  source: { mainFileContent: string; inputs: Record<string, string> };
};

/**
 * The report as the compiler reads it. Throws RenderError "fonts-missing", and "characters-missing" for what no font
 * has: nothing is printed as an empty box.
 */
export function pageSource(document: ReportDocument, options: PdfOptions): PageSource {
  const { fontDirectory = defaultFontDirectory(), licensed = licensedDirectory(), mark } = options;
  const fonts = findFonts(fontDirectory, licensed);
  const missing = lackingGlyphs(document, fonts, mark).filter(({ fallback }) => fallback === null);
  if (missing.length > 0) {
    const names = new Set(missing.map(({ character }) => describeCharacter(character)));
    throw new RenderError("characters-missing", [...names]);
  }
  const { compiler, faces } = warmCompiler(fonts);
  const inputs = { document: JSON.stringify(pageData(document, options)), faces };
  return { compiler, source: { mainFileContent: REPORT_TEMPLATE, inputs } };
}
