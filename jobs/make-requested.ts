import type { Database } from "../db/client";
import { readSealed, fileSourceOf, type SealedEdition } from "../domain/export/sealed";
import type { ExportRequest } from "../domain/export/work";
import { type AskedOf, compareDocuments } from "../domain/edition/compare-documents";
import { comparedEdition } from "../domain/edition/compare-editions";
import type { Comparison } from "../render/comparison";
import { FORMATS } from "../render/formats";

/** The file that was asked for, or the pages of a preview in their order. Throws RenderError. */
export async function makeRequested(db: Database, request: ExportRequest): Promise<Uint8Array[]> {
  switch (request.source) {
    case "draft":
      return makeDraft(request);
    case "edition": {
      const source = fileSourceOf(await editionOf(db, request.editionId));
      return [await FORMATS.docx.make(source, { numbering: numberingOf(request) })];
    }
    case "comparison": {
      const earlier = await editionOf(db, request.earlierId);
      const later = await editionOf(db, request.editionId);
      const comparison = compareDocuments(compared(earlier), compared(later), whoAsked(request));
      return [await COMPARISONS[request.format === "docx" ? "docx" : "pdf"](comparison)];
    }
  }
}

async function makeDraft(request: ExportRequest): Promise<Uint8Array[]> {
  const { document, format } = request;
  if (!document) throw new Error("a draft without its text");
  if (format === "pages") {
    const pages = await (await import("../render/pdf/to-pages")).toPages(document, { draft: true });
    return pages.map((page) => new TextEncoder().encode(page));
  }
  const kind = format === "docx" ? "docx" : "pdf";
  return [await FORMATS[kind].make({ document }, { numbering: numberingOf(request), draft: true })];
}

const COMPARISONS: Record<"pdf" | "docx", (comparison: Comparison) => Promise<Uint8Array>> = {
  pdf: async (comparison) => (await import("../render/pdf/comparison-pdf")).comparisonPdf(comparison),
  docx: async (comparison) => (await import("../render/docx/comparison-docx")).comparisonDocx(comparison),
};

const numberingOf = ({ options }: ExportRequest) => (options["numbering"] === "automatic" ? "automatic" : "literal");

async function editionOf(db: Database, id: string | null): Promise<SealedEdition> {
  const [edition] = id === null ? [] : await readSealed(db, { id });
  if (!edition) throw new Error("an edition that is not there");
  return edition;
}

const compared = (edition: SealedEdition) => ({ edition: comparedEdition(edition), document: edition.document });

/** What the asker could know of who wanted the changes, as askForExport wrote it down. */
function whoAsked({ options }: ExportRequest): AskedOf[] {
  return options["asked"] ? (JSON.parse(options["asked"]) as AskedOf[]) : [];
}
