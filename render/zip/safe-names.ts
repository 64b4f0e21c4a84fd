/**
 * A name that can be a file's on every system: one path segment, no control or direction characters, none of the marks
 * that Windows keeps for itself, no dots or spaces at its ends, at most 120 characters before its ending.
 */
export function safeName(name: string): string {
  const plain = name
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .replace(/[\\/:*?"<>|]/g, "_")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(plain)?.[0] ?? "";
  const stem = Array.from(plain.slice(0, plain.length - ending.length))
    .slice(0, MOST)
    .join("")
    .trimEnd();
  return (RESERVED.test(stem) ? `_${stem}` : stem || "_") + ending;
}

const MOST = 120;
/** Names that Windows takes for devices, whatever their ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
