import { readFileSync } from "node:fs";
import { join } from "node:path";
import subsetFont from "subset-font";
import { OPEN_FONTS, defaultFontDirectory } from "./fonts";

/** A font of some of Fandol Fang's letters under another name: what a deployment's licensed file looks like from outside. */
export async function anOwnFont(family: string, letters: string): Promise<Buffer> {
  const open = readFileSync(join(defaultFontDirectory(), OPEN_FONTS.fang.file));
  return renamed(await subsetFont(open, letters, { targetFormat: "sfnt" }), family);
}

/** A collection (.ttc) of several fonts. */
export function aCollection(fonts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(12 + 4 * fonts.length);
  head.write("ttcf", 0, "latin1");
  head.writeUInt32BE(0x00010000, 4);
  head.writeUInt32BE(fonts.length, 8);
  let at = head.length;
  const moved = fonts.map((font, index) => {
    head.writeUInt32BE(at, 12 + 4 * index);
    const copy = Buffer.from(font);
    for (const record of recordsOf(copy)) copy.writeUInt32BE(copy.readUInt32BE(record + 8) + at, record + 8);
    at += copy.length;
    return copy;
  });
  return Buffer.concat([head, ...moved]);
}

function renamed(font: Buffer, family: string): Buffer {
  const record = recordsOf(font).find((each) => font.toString("latin1", each, each + 4) === "name");
  if (record === undefined) throw new Error("a font without names");
  const names = nameTable(family);
  const changed = Buffer.concat([font, Buffer.alloc((4 - (font.length % 4)) % 4), names, Buffer.alloc(4)]);
  changed.writeUInt32BE(font.length + ((4 - (font.length % 4)) % 4), record + 8);
  changed.writeUInt32BE(names.length, record + 12);
  return changed;
}

const recordsOf = (font: Buffer): number[] =>
  Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + 16 * index);

/** Family, style, full and PostScript name for Windows: Chinese first, as the makers of these fonts do. */
function nameTable(family: string): Buffer {
  const entries: [number, string][] = [
    [1, family],
    [2, "Regular"],
    [4, family],
    [6, "Own-Regular"],
  ];
  const texts = entries.map(([, text]) => Buffer.from(text, "utf16le").swap16());
  const head = Buffer.alloc(6 + 12 * entries.length);
  head.writeUInt16BE(entries.length, 2);
  head.writeUInt16BE(head.length, 4);
  let offset = 0;
  for (const [index, [id]] of entries.entries()) {
    const length = texts[index]?.length ?? 0;
    for (const [field, value] of [3, 1, 0x0804, id, length, offset].entries())
      head.writeUInt16BE(value, 6 + 12 * index + 2 * field);
    offset += length;
  }
  return Buffer.concat([head, ...texts]);
}
