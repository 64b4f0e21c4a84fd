import type { Database } from "../db/client";
import { fileSourceOf, readSealed, sealsOf, type SealedEdition } from "../domain/export/sealed";
import { attachmentBytes } from "../domain/export/work";
import { actName } from "../messages/act-name";
import type { DocumentFormat } from "../render/formats";
import { attachmentsThatFit, toZip } from "../render/zip/to-zip";

const DOCUMENT_FORMATS = ["pdf", "docx", "xlsx", "html", "md", "txt", "json"] as const satisfies DocumentFormat[];

/** Every format that an edition has: one without a table has no workbook. */
export const formatsOf = ({ document }: SealedEdition): DocumentFormat[] =>
  DOCUMENT_FORMATS.filter((format) => format !== "xlsx" || document.indicators !== undefined);

/** The archive of an edition whose formats are there; attachments are read as they lie with the evidence. */
export async function archiveOf(
  db: Database,
  edition: SealedEdition,
  formats: { format: string; extension: string; bytes: Uint8Array }[],
): Promise<Uint8Array> {
  const attachments = new Map<string, Uint8Array>();
  for (const { id } of attachmentsThatFit(edition.record)) {
    const bytes = await attachmentBytes(db, edition.id, id);
    if (bytes) attachments.set(id, bytes);
  }
  const before = await readSealed(db, { reportId: edition.reportId, before: edition.number });
  const seals = sealsOf([...before, edition]);
  const own = seals.at(-1);
  if (!own) throw new Error("an edition without a seal");
  const { mark, record } = fileSourceOf(edition);
  return toZip({ ...own, chain: seals.slice(0, -1), mark, record, formats, attachments, actName });
}
