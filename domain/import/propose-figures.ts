import type { Binding } from "../indicator/binding";
import type { Content, ContentInline, TextBlock } from "../section/content";
import { looseMentions, piecesOf, type FindMentions } from "../section/recognise";

/** What the table says to a node, null when it says nothing: wording.ts with a table put in. */
export type WordsOf = (binding: Binding) => string | null;

/**
 * The same text, with figures in the place of typed numbers that say what the table says. Only where the figure's words are
 * those that were typed, to the character: taking the proposal changes no word. `count` says how many there are.
 */
export function proposeFigures(
  content: Content,
  find: FindMentions,
  wordsOf: WordsOf,
): { content: Content; count: number } {
  let count = 0;
  const blocks = content.content.map((block) => {
    if (block.type === "table") return block;
    const bound = boundBlock(block, find, wordsOf);
    count += bound.count;
    return bound.block;
  });
  return { content: count === 0 ? content : { ...content, content: blocks }, count };
}

function boundBlock<T extends TextBlock>(block: T, find: FindMentions, wordsOf: WordsOf): { block: T; count: number } {
  const agreeing = looseMentions(block, find).filter((mention) => mention.agrees);
  if (agreeing.length === 0) return { block, count: 0 };
  let count = 0;
  const content = piecesOf(block, agreeing).map((piece): ContentInline => {
    const marks = piece.lead ? { marks: [{ type: "lead" as const }] } : {};
    if (piece.binding) return piece.binding;
    const text: ContentInline = { type: "text", text: piece.text, ...marks };
    if (!piece.mention) return text;
    const { indicator, field, form } = piece.mention;
    const attrs = { id: figureId(block.attrs.id, count), indicator, field, form, text: piece.text, wording: null };
    const figure: Binding = { type: "figure", attrs, ...marks };
    if (wordsOf(figure) !== piece.text) return text;
    count += 1;
    return figure;
  });
  return count === 0 ? { block, count } : { block: { ...block, content: joined(content) }, count };
}

/** Within what a node's id may be; the same text always gets the same. */
const figureId = (block: string, index: number): string =>
  `f-${block.slice(0, 30)}-${String(index + 1).padStart(3, "0")}`;

/** A number that stays typed goes on in the text around it. */
function joined(nodes: readonly ContentInline[]): ContentInline[] {
  const result: ContentInline[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (node.type === "text" && last?.type === "text" && Boolean(node.marks) === Boolean(last.marks)) {
      result[result.length - 1] = { ...last, text: last.text + node.text };
    } else result.push(node);
  }
  return result;
}
