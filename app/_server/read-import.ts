import "server-only";
import { IMPORT_LIMIT_MEGABYTES } from "../../domain/import/import-limit";
import { ImportRefused } from "../../domain/import/import-refusal";
import { readDocument } from "../../domain/import/read-document";
import { recogniseOutline, type ImportedOutline } from "../../domain/import/recognise-outline";
import type { Context } from "../../domain/kernel/context";
import { ImportRoom } from "./import-room";
import { readUpload } from "./run-api";

type Upload = NonNullable<Awaited<ReturnType<typeof readUpload>>>;
type Read = { outline: ImportedOutline; name: string; field: (name: string) => string };

/**
 * The file of a multipart request, read and its outline recognised. A file that is refused answers 422 with the key of
 * messages/<locale>/import.json, 503 while too many are imported; too large a one 413, as runApi has it.
 */
export async function withImport(
  request: Request,
  { actor }: Context,
  work: (read: Read) => Promise<Response>,
): Promise<Response> {
  return (await room().alone(actor.userId, () => importOf(request, work))) ?? busy();
}

const READ_AT_ONCE = 2;

/** One for this process, kept across hot reloads in development as the pool is. */
const shared = globalThis as typeof globalThis & { huibaoImports?: ImportRoom };
const room = (): ImportRoom => (shared.huibaoImports ??= new ImportRoom(READ_AT_ONCE));

const busy = (): Response => Response.json({ key: "refused-busy" }, { status: 503 });

async function importOf(request: Request, work: (read: Read) => Promise<Response>): Promise<Response> {
  const upload = await readUpload(request, IMPORT_LIMIT_MEGABYTES * 1024 * 1024);
  if (!upload) return Response.json({ key: "invalid" }, { status: 400 });
  return (await room().among(() => readAndWork(upload, work))) ?? busy();
}

async function readAndWork(upload: Upload, work: (read: Read) => Promise<Response>): Promise<Response> {
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
