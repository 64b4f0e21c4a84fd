import { unpacked, zipEntries } from "../indicator/files/zip-parts";
import { WorkbookRefused } from "../indicator/files/workbook-refusal";

/** Kinds of files that can prove a figure. What a file is, its bytes say; names and headers are only told. */
export const EVIDENCE_KINDS = {
  pdf: "application/pdf",
  png: "image/png",
  jpeg: "image/jpeg",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;
export type EvidenceKind = keyof typeof EVIDENCE_KINDS;

/** 10 MB: a scanned page is less, and it must travel through an office's proxy. */
export const EVIDENCE_LIMIT = 10 * 1024 * 1024;

/** The kind by its bytes, or null. An XLSX is a ZIP that lists a workbook and carries no macros. */
export async function sniffEvidence(bytes: Uint8Array): Promise<EvidenceKind | null> {
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) return "pdf";
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return "jpeg";
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return (await isWorkbook(bytes)) ? "xlsx" : null;
  return null;
}

/** By what the archive lists, not by what its contents say: any text can name a workbook. */
async function isWorkbook(bytes: Uint8Array): Promise<boolean> {
  try {
    const entries = zipEntries(bytes);
    const types = entries.find(({ name }) => name === CONTENT_TYPES);
    if (!types || entries.every(({ name }) => name !== "xl/workbook.xml")) return false;
    if (entries.some(({ name }) => MACROS.test(name))) return false;
    const declared = (await unpacked(bytes, [types])).get(CONTENT_TYPES)?.toString("utf8") ?? "";
    return !/macroEnabled|vbaProject/i.test(declared);
  } catch (error) {
    if (error instanceof WorkbookRefused) return false;
    throw error;
  }
}

const CONTENT_TYPES = "[Content_Types].xml";
/** Names of parts mean the same in capitals. */
const MACROS = /(?:^|\/)vbaProject\.bin$|^xl\/macrosheets\//i;

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);
