import type { ReportDocument } from "../render/report-document";

/**
 * The same report with every text changed: each text's characters move `by` places around. Its length and the
 * characters that its fonts must have stay the same, so printing it is the same work.
 */
export function turnText(document: ReportDocument, by: number): ReportDocument {
  const turn = (text: string) => turned(text, by);
  return {
    ...document,
    blocks: document.blocks.map((block) =>
      "spans" in block
        ? { ...block, spans: block.spans.map((span) => ({ ...span, text: turn(span.text) })) }
        : block.kind === "heading"
          ? { ...block, text: turn(block.text) }
          : block,
    ),
    annexes: document.annexes.map((annex) => ({
      ...annex,
      title: turn(annex.title),
      header: annex.header.map(turn),
      rows: annex.rows.map((row) => row.map(turn)),
    })),
  };
}

function turned(text: string, by: number): string {
  const characters = [...text];
  const at = characters.length === 0 ? 0 : by % characters.length;
  return [...characters.slice(at), ...characters.slice(0, at)].join("");
}
