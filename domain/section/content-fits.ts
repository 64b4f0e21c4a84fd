import type { Content, ContentBlock } from "./content";
import type { SectionKind } from "./workflow";

/** Which blocks each kind of leaf may hold. A title is one line, an annex one table. */
export function contentFits(kind: SectionKind, content: Content): boolean {
  const rule = ALLOWED[kind];
  return content.content.length <= rule.most && content.content.every((block) => rule.blocks.includes(block.type));
}

/** A leaf that is one line or one table: whatever two people write there is the same block. */
export const holdsOneBlock = (kind: SectionKind): boolean => ALLOWED[kind].most === 1;

const line = { blocks: ["paragraph"], most: 1 } as const;
const prose = { blocks: ["paragraph", "bullet", "numbered", "table"], most: 500 } as const;

const ALLOWED: Record<SectionKind, { blocks: readonly ContentBlock["type"][]; most: number }> = {
  title: line,
  delivery: line,
  speaker: line,
  salutation: line,
  part: { blocks: [], most: 0 },
  chapter: { blocks: [], most: 0 },
  text: prose,
  bullets: prose,
  item: prose,
  indicators: { blocks: [], most: 0 },
  annex: { blocks: ["table"], most: 1 },
};
