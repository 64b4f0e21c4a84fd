import { inlineText, type ContentBlock, type ContentText } from "../../../../../../../../domain/section/content";

/**
 * A block of last period's text as it may come into this one: its bound figures are plain words, so that nothing says an
 * old number as if it were the table's of now, and recognition can propose this period's.
 */
export function plainBlock(block: ContentBlock): ContentBlock {
  if (block.type === "table") return block;
  const texts: ContentText[] = [];
  for (const node of block.content ?? []) {
    const text = inlineText(node);
    const before = texts.at(-1);
    if (text === "") continue;
    if (before && isLead(before) === isLead(node)) texts[texts.length - 1] = { ...before, text: before.text + text };
    else texts.push({ type: "text", text, ...(isLead(node) ? { marks: [{ type: "lead" }] } : {}) });
  }
  return { type: block.type, attrs: block.attrs, ...(texts.length > 0 ? { content: texts } : {}) };
}

const isLead = ({ marks }: Pick<ContentText, "marks">): boolean => (marks?.length ?? 0) > 0;
