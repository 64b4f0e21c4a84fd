import { closeSync, openSync, readSync } from "node:fs";

/** True when the font has a glyph of its own for the code point. */
export type Coverage = (codePoint: number) => boolean;

/** One font of a file: an .otf or .ttf has one, a .ttc several. `families` are its names in every language it gives. */
export type FontInFile = { families: string[]; coverage: () => Coverage };

/**
 * Reads names and character maps ("name"; "cmap", formats 4 and 12 of the OpenType specification) of an .otf, .ttf or
 * .ttc file, and nothing else of it. Throws when the file is not such a font.
 */
export function readFonts(path: string): FontInFile[] {
  return withFile(path, (file) =>
    offsetsOf(file).map((offset) => ({
      families: familiesIn(readTable(file, path, "name", offset)),
      coverage: () => withFile(path, (again) => coverageOf(readTable(again, path, "cmap", offset))),
    })),
  );
}

function withFile<T>(path: string, work: (file: number) => T): T {
  const file = openSync(path, "r");
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}

/** Where each font's table directory begins. */
function offsetsOf(file: number): number[] {
  const head = read(file, 0, 12);
  const tag = head.toString("latin1", 0, 4);
  if (tag === "ttcf") {
    const count = head.readUInt32BE(8);
    if (count > 64) throw new Error("The font collection is not one");
    const offsets = read(file, 12, 4 * count);
    return Array.from({ length: count }, (_, index) => offsets.readUInt32BE(4 * index));
  }
  if (tag !== "OTTO" && tag !== "true" && head.readUInt32BE(0) !== 0x00010000) throw new Error("The file is no font");
  return [0];
}

function readTable(file: number, path: string, tag: string, offset: number): Buffer {
  const count = read(file, offset, 12).readUInt16BE(4);
  const directory = read(file, offset + 12, 16 * count);
  for (let at = 0; at < directory.length; at += 16) {
    if (directory.toString("latin1", at, at + 4) !== tag) continue;
    return read(file, directory.readUInt32BE(at + 8), directory.readUInt32BE(at + 12));
  }
  throw new Error(`${path} has no ${tag} table`);
}

const LARGEST_TABLE = 1 << 26;

function read(file: number, position: number, length: number): Buffer {
  if (length > LARGEST_TABLE) throw new Error("The font file says that it is larger than any");
  const bytes = Buffer.alloc(length);
  if (readSync(file, bytes, 0, length, position) !== length) throw new Error("The font file ends too early");
  return bytes;
}

const FAMILY = 1;
const TYPOGRAPHIC_FAMILY = 16;

/** Chinese fonts of old give their Chinese name in GBK (platform 3, encoding 3); all else here is UTF-16 or Latin. */
function familiesIn(names: Buffer): string[] {
  const storage = names.readUInt16BE(4);
  const families = new Set<string>();
  for (let index = 0; index < names.readUInt16BE(2); index++) {
    const record = 6 + 12 * index;
    const [platform, encoding, id] = [0, 2, 6].map((at) => names.readUInt16BE(record + at));
    if (id !== FAMILY && id !== TYPOGRAPHIC_FAMILY) continue;
    const start = storage + names.readUInt16BE(record + 10);
    const bytes = names.subarray(start, start + names.readUInt16BE(record + 8));
    const charset = platform === 1 ? "latin1" : platform === 3 && encoding === 3 ? "gbk" : "utf-16be";
    families.add(new TextDecoder(charset).decode(bytes).replaceAll("\u0000", "").trim());
  }
  return [...families];
}

function coverageOf(cmap: Buffer): Coverage {
  const covered = new Uint8Array(0x110000 / 8);
  const add = (codePoint: number): void => {
    covered[codePoint >> 3] = (covered[codePoint >> 3] ?? 0) | (1 << (codePoint & 7));
  };
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const record = 4 + 8 * index;
    const platform = cmap.readUInt16BE(record);
    const subtable = cmap.subarray(cmap.readUInt32BE(record + 4));
    const format = subtable.readUInt16BE(0);
    if (platform !== 0 && platform !== 3) continue;
    if (format === 4) addSegments(subtable, add);
    if (format === 12) addGroups(subtable, add);
  }
  return (codePoint) => ((covered[codePoint >> 3] ?? 0) & (1 << (codePoint & 7))) !== 0;
}
/** Format 4: segments of the basic plane; a glyph is the code plus a delta, or is looked up by an offset. */
function addSegments(table: Buffer, add: (codePoint: number) => void): void {
  const size = table.readUInt16BE(6);
  const ends = 14;
  const starts = ends + size + 2;
  const deltas = starts + size;
  const offsets = deltas + size;
  for (let at = 0; at < size; at += 2) {
    const start = table.readUInt16BE(starts + at);
    const end = table.readUInt16BE(ends + at);
    const delta = table.readUInt16BE(deltas + at);
    const offset = table.readUInt16BE(offsets + at);
    for (let code = start; code <= end && code < 0xffff; code++) {
      const indexed = offset === 0 ? code : table.readUInt16BE(offsets + at + offset + 2 * (code - start));
      if (indexed !== 0 && ((indexed + delta) & 0xffff) !== 0) add(code);
    }
  }
}

/** Format 12: groups of any plane, each with consecutive glyphs. */
function addGroups(table: Buffer, add: (codePoint: number) => void): void {
  for (let group = 0; group < table.readUInt32BE(12); group++) {
    const at = 16 + 12 * group;
    const start = table.readUInt32BE(at);
    const end = Math.min(table.readUInt32BE(at + 4), 0x10ffff);
    const glyph = table.readUInt32BE(at + 8);
    for (let code = start; code <= end; code++) if (glyph + code - start !== 0) add(code);
  }
}
