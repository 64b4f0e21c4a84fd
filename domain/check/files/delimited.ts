/**
 * RFC 4180: quoted cells may hold separators, line breaks and doubled quotes; lines end in CRLF, LF or CR. The separator
 * is the comma, the tab of Excel's Unicode text, or the semicolon, whichever the fullest line has most of. Every line is a
 * row, empty ones too, so that row n is what a spreadsheet calls row n + 1.
 */
export function readDelimited(text: string): string[][] {
  const candidates = SEPARATORS.map((separator) => readRows(text, separator));
  const widths = candidates.map((rows) => Math.max(...rows.map((row) => row.length)));
  return candidates[widths.indexOf(Math.max(...widths))] ?? [];
}

const SEPARATORS = [",", "\t", ";"] as const;

function readRows(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  const endCell = (): void => {
    row.push(cell);
    cell = "";
  };
  const endRow = (): void => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text.charAt(++at);
      else isQuoted = false;
    } else if (character === '"' && cell === "") isQuoted = true;
    else if (character === separator) endCell();
    else if (character === "\n" || character === "\r") {
      if (character === "\r" && text[at + 1] === "\n") at += 1;
      endRow();
    } else cell += character;
  }
  if (cell !== "" || row.length > 0) endRow();
  return rows;
}
