import { encode } from "uqr";
import type { EditionMark } from "./edition-mark";

/**
 * The words of an edition's mark, the same in every format: `underTitle` （征求意见稿） or null; `head` names the edition; `lines`
 * say how it is checked, each as label and value; `correction` the notice of a correction or null.
 */
export type MarkWords = {
  underTitle: string | null;
  head: string;
  lines: { label: string; value: string }[];
  correction: string | null;
};

export function markWords(mark: EditionMark): MarkWords {
  const { kind, number, date, code, url, sha256, correction } = mark;
  return {
    underTitle: mark.underTitle ? `（${kind}）` : null,
    head: `${kind} 第${number}号 ${date}封存`,
    lines: [
      { label: "验证码", value: code },
      ...(url === null ? [] : [{ label: "验证网址", value: url }]),
      { label: "文本校验值（SHA-256）", value: sha256 },
    ],
    correction:
      correction && `更正说明（${correction.date}）：本稿更正并代替第${correction.of}号。${correction.text.trim()}`,
  };
}

/** What the code's picture is for those who do not see it. */
export const markAlt = (mark: EditionMark): string =>
  mark.url === null ? `二维码：验证码 ${mark.code}` : `二维码：${mark.url}`;

/**
 * The QR code of the address, or of the code alone, as one path in units of a module; `size` is its side. Drawn without
 * the quiet zone of four modules, which the sheet around it must leave.
 */
export function markPath(mark: EditionMark): { size: number; path: string } {
  const { data, size } = encode(mark.url ?? mark.code, { ecc: "M", border: 0 });
  return { size, path: data.map((row, y) => rowPath(row, y)).join("") };
}

/** The same as a picture of its own. */
export function markSvg(mark: EditionMark): string {
  const { size, path } = markPath(mark);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${path}"/></svg>`;
}

/** A rectangle for each run of dark modules. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = "";
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    const start = x;
    while (row[x + 1]) x++;
    path += `M${start} ${y}h${x - start + 1}v1h-${x - start + 1}z`;
  }
  return path;
}
