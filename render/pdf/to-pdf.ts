import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { RenderError } from "../render-error";
import type { ReportDocument } from "../report-document";
import { defaultFontDirectory, fontFiles } from "./fonts";
import { pageData } from "./page-data";
import { FONT_TRIAL, REPORT_TEMPLATE } from "./report-template";
import { describeCharacter, uncoveredCharacters } from "./uncovered-characters";

export type PdfOptions = { /** Absolute; default: `fonts` in the working directory. */ fontDirectory?: string };

/**
 * The printed report as tagged PDF/A-2a with outline and embedded fonts. Reproducible: equal documents give equal bytes,
 * so its date is the first day after the period it reports on, not a clock's. Runs in-process and blocks for the time
 * of a render. Throws RenderError "fonts-missing", "characters-missing" (nothing is printed as an empty box) or
 * "pdf-failed" with the compiler's words.
 */
export async function toPdf(document: ReportDocument, options: PdfOptions = {}): Promise<Uint8Array> {
  const fontDirectory = options.fontDirectory ?? defaultFontDirectory();
  const uncovered = uncoveredCharacters(document, fontDirectory);
  if (uncovered.length > 0) {
    const names = new Set(uncovered.map(({ character }) => describeCharacter(character)));
    throw new RenderError("characters-missing", [...names]);
  }
  const compiler = warmCompiler(fontDirectory);
  try {
    const inputs = { document: JSON.stringify(pageData(document)) };
    const source = { mainFileContent: REPORT_TEMPLATE, inputs };
    return compiler.pdf(source, { pdfStandard: "a-2a", creationTimestamp: periodEnd(document) / 1000 });
  } catch (error) {
    throw new RenderError("pdf-failed", [error instanceof Error ? error.message : String(error)]);
  } finally {
    compiler.evictCache(RENDERS_REMEMBERED);
  }
}

/** What the last renders computed is kept for the next; older results go, or the server would grow with each text. */
const RENDERS_REMEMBERED = 2;

/** The compiler keeps fonts and layout warm between renders. Fonts given by path win over the system's of that name. */
let warm: { fontDirectory: string; compiler: NodeCompiler } | null = null;

function warmCompiler(fontDirectory: string): NodeCompiler {
  if (warm?.fontDirectory !== fontDirectory) {
    const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: fontFiles(fontDirectory) }] });
    rejectUnknownFonts(compiler);
    warm = { fontDirectory, compiler };
  }
  return warm.compiler;
}

/**
 * A file that is there but is not the font would only be a warning, and `pdf` has none: it spares the document between
 * compiling and exporting, whose memory JavaScript's collector does not see. So the faces are tried out once.
 */
function rejectUnknownFonts(compiler: NodeCompiler): void {
  const trial = compiler.compile({ mainFileContent: FONT_TRIAL });
  const complaint = trial.takeError() ?? trial.takeWarnings();
  if (complaint) throw new RenderError("pdf-failed", complaint.shortDiagnostics.map(message));
}

function message(diagnostic: unknown): string {
  const described = typeof diagnostic === "object" && diagnostic !== null && "message" in diagnostic;
  return String(described ? diagnostic.message : diagnostic);
}

function periodEnd({ report: { year, half } }: ReportDocument): number {
  return half === 1 ? Date.UTC(year, 6, 1) : Date.UTC(year + 1, 0, 1);
}
