import { RenderError } from "../render-error";
import type { ReportDocument } from "../report-document";
import { RENDERS_REMEMBERED } from "./compiler";
import { type PdfOptions, pageSource } from "./page-source";

/**
 * The printed report as tagged PDF/A-2a with outline and embedded fonts. Reproducible: equal documents, marks and fonts
 * give equal bytes, so its date is the first day after the period it reports on, not a clock's. Runs in-process and
 * blocks for the time of a render. Throws RenderError "fonts-missing", "characters-missing" (nothing is printed as an
 * empty box) or "pdf-failed" with the compiler's words.
 */
export async function toPdf(document: ReportDocument, options: PdfOptions = {}): Promise<Uint8Array> {
  const { compiler, source } = pageSource(document, options);
  try {
    return compiler.pdf(source, { pdfStandard: "a-2a", creationTimestamp: periodEnd(document) / 1000 });
  } catch (error) {
    throw new RenderError("pdf-failed", [error instanceof Error ? error.message : String(error)]);
  } finally {
    compiler.evictCache(RENDERS_REMEMBERED);
  }
}

function periodEnd({ report: { year, half } }: ReportDocument): number {
  return half === 1 ? Date.UTC(year, 6, 1) : Date.UTC(year + 1, 0, 1);
}
