import { annexNames } from "../annex-names";
import type { Block, ReportDocument, Span, TableInText } from "../report-document";

/**
 * The report as Markdown: one block a paragraph, a blank line between blocks, the names of the annexes last, without
 * their tables. Characters that Markdown gives a meaning are kept as they are: the form is read by people, not parsed.
 */
export function toMarkdown(document: ReportDocument): string {
  const lines = document.blocks.map(markdownBlock);
  if (document.annexes.length > 0) lines.push(`附件：${annexNames(document).join("\n")}`);
  return `${lines.join("\n\n")}\n`;
}

function markdownBlock(block: Block): string {
  switch (block.kind) {
    case "title":
      return `# ${words(block.spans)}`;
    case "heading":
      return `${"#".repeat(block.level + 1)} ${block.number}${block.text}`;
    case "bullet":
      return `——${runs(block.spans)}`;
    case "numbered":
      return `${block.number}${runs(block.spans)}`;
    case "table":
      return markdownTable(block);
    case "paragraph":
      return `${block.number === undefined ? "" : `${block.number} `}${runs(block.spans)}`;
    default:
      return runs(block.spans);
  }
}

/** A table has no other form in Markdown, so that here a bar of a cell's words is escaped. */
function markdownTable({ header, rows }: TableInText): string {
  const head = header ?? rows[0]?.map(() => "") ?? [];
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function runs(spans: readonly Span[]): string {
  return spans.map((span) => (span.lead ? `**${span.text}**` : span.text)).join("");
}

function words(spans: readonly Span[]): string {
  return spans.map((span) => span.text).join("");
}
