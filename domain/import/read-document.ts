import { decodeText } from "../check/files/decode-text";
import { UnreadableFile, type FileProblem } from "../check/files/unreadable-file";
import { readDocx } from "./files/read-docx";
import { readPlain } from "./files/read-plain";
import { ImportRefused, type ImportRefusalKey } from "./import-refusal";
import { IMPORT_LIMIT_MEGABYTES } from "./import-limit";
import { printedText, type ImportedBlock, type ImportedDocument } from "./imported-document";
import { refuseTooLong } from "./too-long";

/**
 * A .docx, .md or .txt as neutral paragraphs and tables. What kind of file it is, its first bytes say, not its name.
 * Throws ImportRefused: what is no such file, protected, damaged, carries macros or is too large is not read at all.
 */
export async function readDocument(bytes: Uint8Array): Promise<ImportedDocument> {
  if (bytes.length === 0) throw new ImportRefused("empty");
  if (bytes.length > IMPORT_LIMIT_MEGABYTES * 1024 * 1024) {
    throw new ImportRefused("too-large", { megabytes: IMPORT_LIMIT_MEGABYTES });
  }
  const document = beginsWith(bytes, ZIP) ? await readDocx(bytes) : readPlain(textOf(bytes));
  if (document.blocks.length === 0) throw new ImportRefused("no-text");
  refuseTooLong(
    document.blocks.length,
    document.blocks.reduce((sum, block) => sum + lengthOf(block), 0),
  );
  return document;
}

function lengthOf(block: ImportedBlock): number {
  if (block.kind === "paragraph") return printedText(block).length;
  return block.rows.flat().reduce((sum, cell) => sum + cell.text.length, 0);
}

const ZIP = [0x50, 0x4b];
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);

function textOf(bytes: Uint8Array): string {
  if (beginsWith(bytes, OLE)) {
    // A protected .docx is a stream of that name within an older kind of file.
    const isEncrypted = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
      Buffer.from("EncryptedPackage", "utf16le"),
    );
    throw new ImportRefused(isEncrypted ? "encrypted" : "old-word");
  }
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 200)).trimStart();
  if (/^(?:\{\\rtf|%PDF-|<!doctype|<html|<\?xml)/i.test(head)) throw new ImportRefused("not-document");
  try {
    const text = decodeText(bytes);
    refuseTooLong(0, text.length);
    return text;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new ImportRefused(TEXT_REFUSALS[error.problem] ?? "not-document", error.params);
  }
}

const TEXT_REFUSALS: { [problem in FileProblem]?: ImportRefusalKey } = {
  empty: "no-text",
  "too-large": "too-large",
  binary: "not-document",
  encoding: "encoding",
};
