import { annexNames } from "../annex-names";
import { tableRows, type Block, type ReportDocument } from "../report-document";

/** The report's words alone: as toMarkdown, without marks for headings and leads. */
export function toPlainText(document: ReportDocument): string {
  const lines = document.blocks.map(plainBlock);
  if (document.annexes.length > 0) lines.push(`附件：${annexNames(document).join("\n")}`);
  return `${lines.join("\n\n")}\n`;
}

function plainBlock(block: Block): string {
  if (block.kind === "heading") return `${block.number}${block.text}`;
  if (block.kind === "table")
    return tableRows(block)
      .map((row) => row.join("\t"))
      .join("\n");
  const words = block.spans.map((span) => span.text).join("");
  if (block.kind === "bullet") return `——${words}`;
  if (block.kind === "numbered") return `${block.number}${words}`;
  return block.kind === "paragraph" && block.number !== undefined ? `${block.number} ${words}` : words;
}
