import { annexNames } from "../annex-names";
import type { Block, ReportDocument, Span } from "../report-document";

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
    case "paragraph":
      return `${block.number === undefined ? "" : `${block.number} `}${runs(block.spans)}`;
    default:
      return runs(block.spans);
  }
}

function runs(spans: readonly Span[]): string {
  return spans.map((span) => (span.lead ? `**${span.text}**` : span.text)).join("");
}

function words(spans: readonly Span[]): string {
  return spans.map((span) => span.text).join("");
}
