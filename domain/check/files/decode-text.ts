import { UnreadableFile } from "./unreadable-file";

export const MOST_BYTES = 20 * 1024 * 1024;

/** Refuses what no report can be: nothing at all, or more than 20 MB. */
export function refuseOddSize(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new UnreadableFile("empty");
  if (bytes.length > MOST_BYTES) throw new UnreadableFile("too-large", { megabytes: MOST_BYTES / 1024 / 1024 });
}

/**
 * UTF-8 with or without a byte order mark, UTF-16 with one (Excel's "Unicode text"), or GB18030, which Excel and WPS write
 * for plain CSV in China. Throws UnreadableFile for anything else.
 */
export function decodeText(bytes: Uint8Array): string {
  refuseOddSize(bytes);
  const encodings = ENCODINGS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))?.encodings ?? [];
  for (const encoding of encodings) {
    const text = decode(bytes, encoding);
    if (text === null) continue;
    if (CONTROL.test(text)) throw new UnreadableFile("binary");
    if (text.trim() === "") throw new UnreadableFile("empty");
    return text;
  }
  throw new UnreadableFile(bytes.includes(0) ? "binary" : "encoding");
}

const ENCODINGS: readonly { mark: readonly number[]; encodings: readonly string[] }[] = [
  { mark: [0xff, 0xfe], encodings: ["utf-16le"] },
  { mark: [0xfe, 0xff], encodings: ["utf-16be"] },
  { mark: [], encodings: ["utf-8", "gb18030"] },
];

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

// Text holds tabs, line breaks and form feeds; any other control character means that this is no text.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;
