import { textOf } from "./clipboard-text";
import type { Block } from "./block";

export type CopiedCell = { text: string; isEstimate: boolean };

/** A range for other programs: plain text, and a table that keeps for this one what is an estimate. */
export function copyOf(cells: readonly (readonly CopiedCell[])[]): { text: string; html: string } {
  const block: Block = cells.map((row) => row.map((cell) => cell.text));
  const rows = cells.map((row) => `<tr>${row.map(cellOf).join("")}</tr>`);
  return { text: textOf(block), html: `<meta charset="utf-8"><table>${rows.join("")}</table>` };
}

const cellOf = ({ text, isEstimate }: CopiedCell): string =>
  `<td${isEstimate ? ' data-state="estimate"' : ""}>${escaped(text)}</td>`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
