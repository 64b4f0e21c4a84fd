import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { WorkbookRefused } from "./workbook-refusal";

export const UNPACKED_LIMIT_MEGABYTES = 10;
const ENTRY_LIMIT = 2000;

export type ZipEntry = { name: string; method: number; from: number; packed: number };

/** What a zip file lists, by its central directory. Throws WorkbookRefused: `damaged`, `encrypted`, `too-much-inside`. */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return listed(file);
  } catch (error) {
    if (error instanceof RangeError) throw new WorkbookRefused("damaged");
    throw error;
  }
}

/**
 * The chosen entries unpacked, by name. The limit is on what really comes out, whatever the directory claims: a small
 * file that unpacks to gigabytes is stopped at the limit. Throws WorkbookRefused: `too-much-inside`, `damaged`.
 */
export async function unpacked(bytes: Uint8Array, entries: readonly ZipEntry[]): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>();
  let room = UNPACKED_LIMIT_MEGABYTES * 1024 * 1024;
  for (const entry of entries) {
    const part = await inflated(Buffer.from(bytes.subarray(entry.from, entry.from + entry.packed)), entry.method, room);
    room -= part.length;
    if (room < 0) throw tooMuch();
    parts.set(entry.name, part);
  }
  return parts;
}

/** A zip file of these parts, stored without packing: what is handed on is exactly what has been measured. */
export function storedZip(parts: ReadonlyMap<string, Buffer>): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, part] of parts) {
    const encoded = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0); // version needed
    fields.writeUInt16LE(0x800, 2); // names in UTF-8
    fields.writeUInt16LE(0x21, 8); // 1980-01-01
    fields.writeUInt32LE(crc32(part), 10);
    fields.writeUInt32LE(part.length, 14);
    fields.writeUInt32LE(part.length, 18);
    fields.writeUInt16LE(encoded.length, 22);
    locals.push(Buffer.concat([word(LOCAL), fields, encoded, part]));
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([word(CENTRAL), Buffer.from([20, 0]), fields, place, encoded]));
    offset += 30 + encoded.length + part.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.size, 4);
  end.writeUInt16LE(parts.size, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, listing, word(END), end]);
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

const word = (signature: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
};

function listed(file: Buffer): ZipEntry[] {
  const end = file.lastIndexOf(word(END));
  if (end === -1) throw new WorkbookRefused("damaged");
  const count = file.readUInt16LE(end + 10);
  if (count > ENTRY_LIMIT) throw tooMuch();
  const entries: ZipEntry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (file.readUInt32LE(at) !== CENTRAL) throw new WorkbookRefused("damaged");
    if ((file.readUInt16LE(at + 8) & 1) === 1) throw new WorkbookRefused("encrypted");
    const lengths = [28, 30, 32].map((field) => file.readUInt16LE(at + field));
    const [nameLength = 0] = lengths;
    const local = file.readUInt32LE(at + 42);
    if (file.readUInt32LE(local) !== LOCAL) throw new WorkbookRefused("damaged");
    entries.push({
      name: file.toString("utf8", at + 46, at + 46 + nameLength).replace(/^\//, ""),
      method: file.readUInt16LE(at + 10),
      from: local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28),
      packed: file.readUInt32LE(at + 20),
    });
    at += 46 + lengths.reduce((sum, length) => sum + length, 0);
  }
  const names = new Set(entries.map((entry) => entry.name));
  if (names.size !== entries.length) throw new WorkbookRefused("damaged");
  return entries;
}

async function inflated(packed: Buffer, method: number, room: number): Promise<Buffer> {
  if (method === 0) return packed;
  if (method !== 8) throw new WorkbookRefused("damaged");
  try {
    return await promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw)(packed, {
      maxOutputLength: Math.max(room, 1),
    });
  } catch (error) {
    const isTooLong = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw isTooLong ? tooMuch() : new WorkbookRefused("damaged");
  }
}

const tooMuch = (): WorkbookRefused => new WorkbookRefused("too-much-inside", { megabytes: UNPACKED_LIMIT_MEGABYTES });
