import { unpacked, zipEntries } from "../indicator/files/zip-parts";
import { WorkbookRefused } from "../indicator/files/workbook-refusal";

/** Kinds of files that can prove a figure or a text. What a file is, its bytes say; names and headers are only told. */
export const EVIDENCE_KINDS = {
  pdf: "application/pdf",
  png: "image/png",
  jpeg: "image/jpeg",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
} as const;
export type EvidenceKind = keyof typeof EVIDENCE_KINDS;

/** 10 MB: a scanned page is less, and it must travel through an office's proxy. */
export const EVIDENCE_LIMIT = 10 * 1024 * 1024;

/** The kind by its bytes, or null. XLSX and DOCX are ZIPs that list a workbook or a document and carry no macros. */
export async function sniffEvidence(bytes: Uint8Array): Promise<EvidenceKind | null> {
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) return "pdf";
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return "jpeg";
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return officeKind(bytes);
  return null;
}

/** By what the archive lists, not by what its contents say: any text can name a workbook. */
async function officeKind(bytes: Uint8Array): Promise<"xlsx" | "docx" | null> {
  try {
    const entries = zipEntries(bytes);
    const types = entries.find(({ name }) => name === CONTENT_TYPES);
    if (!types || entries.some(({ name }) => MACROS.test(name))) return null;
    const declared = (await unpacked(bytes, [types])).get(CONTENT_TYPES)?.toString("utf8") ?? "";
    if (/macroEnabled|vbaProject/i.test(declared)) return null;
    if (entries.some(({ name }) => name === "xl/workbook.xml")) return "xlsx";
    return declared.includes(DOCUMENT_TYPE) && entries.some(({ name }) => MAIN_DOCUMENT.test(name)) ? "docx" : null;
  } catch (error) {
    if (error instanceof WorkbookRefused) return null;
    throw error;
  }
}

const CONTENT_TYPES = "[Content_Types].xml";
const DOCUMENT_TYPE = "wordprocessingml.document.main+xml";
/** Some programs number it: word/document2.xml. */
const MAIN_DOCUMENT = /^word\/document\d*\.xml$/;
/** Names of parts mean the same in capitals. */
const MACROS = /(?:^|\/)vbaProject\.bin$|^xl\/macrosheets\//i;

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);
