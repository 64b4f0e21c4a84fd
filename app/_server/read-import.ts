import "server-only";
import { IMPORT_LIMIT_MEGABYTES } from "../../domain/import/import-limit";
import { ImportRefused } from "../../domain/import/import-refusal";
import { readDocument } from "../../domain/import/read-document";
import { recogniseOutline, type ImportedOutline } from "../../domain/import/recognise-outline";
import { readUpload } from "./run-api";

type Read = { outline: ImportedOutline; name: string; field: (name: string) => string };

/**
 * The file of a multipart request, read and its outline recognised. A file that is refused answers 422 with the key of
 * messages/<locale>/import.json; too large a one 413, as runApi has it.
 */
export async function withImport(request: Request, work: (read: Read) => Promise<Response>): Promise<Response> {
  const upload = await readUpload(request, IMPORT_LIMIT_MEGABYTES * 1024 * 1024);
  if (!upload) return Response.json({ key: "invalid" }, { status: 400 });
  let outline: ImportedOutline;
  try {
    outline = recogniseOutline(await readDocument(upload.bytes));
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    return Response.json({ key: `refused-${error.key}`, params: error.params }, { status: 422 });
  }
  return work({ outline, name: plainName(upload.name), field: upload.field });
}

/** A field that holds JSON; what is none is null, which no schema takes. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A name goes into the history of each leaf: one line that the database can keep. */
const plainName = (name: string): string =>
  name
    .toWellFormed()
    .replace(/\p{Cc}/gu, "")
    .trim()
    .slice(-LONGEST_NAME)
    .toWellFormed();
const LONGEST_NAME = 120;
