import type { Content, ContentBlock } from "./content";

/** One block that both sides changed, each in its own way. Null: that side took it out. */
export type Collision = { id: string; mine: ContentBlock; theirs: ContentBlock };
export type Merged = { content: Content; collisions: Collision[] };

/**
 * Three-way merge of one text by its blocks. `base` is the version that both sides began with. What one side changed,
 * moved, added or took out counts; where both changed one block differently, theirs stands in the merged text and the
 * collision names both, for the writer to decide. A block that one side took out and the other changed stays: words are
 * never lost to a deletion that did not see them. Ids stay unique; no block is doubled.
 */
export function mergeContents(base: Content, mine: Content, theirs: Content): Merged {
  const [was, own, other] = [byId(base), byId(mine), byId(theirs)];
  const collisions: Collision[] = [];
  const kept = new Map<string, ContentBlock>();
  for (const id of new Set([...other.keys(), ...own.keys()])) {
    const block = mergeBlock(was.get(id), own.get(id), other.get(id), collisions);
    if (block) kept.set(id, block);
  }
  const order = mergeOrder(idsOf(base), idsOf(mine), idsOf(theirs)).filter((id) => kept.has(id));
  return {
    content: { type: "doc", content: order.flatMap((id) => kept.get(id) ?? []) },
    collisions,
  };
}

/** True when two blocks say and look the same; their ids are not looked at. */
export function sameBlock(one: ContentBlock, other: ContentBlock): boolean {
  return JSON.stringify({ ...one, attrs: null }) === JSON.stringify({ ...other, attrs: null });
}

function mergeBlock(
  was: ContentBlock | undefined,
  mine: ContentBlock | undefined,
  theirs: ContentBlock | undefined,
  collisions: Collision[],
): ContentBlock | null {
  if (!mine || !theirs) {
    const left = mine ?? theirs;
    // Taken out by one side: gone, unless the other side wrote in it (or wrote it) meanwhile.
    return left && (!was || !sameBlock(was, left)) ? left : null;
  }
  if (sameBlock(mine, theirs)) return theirs;
  if (was && sameBlock(was, mine)) return theirs;
  if (was && sameBlock(was, theirs)) return mine;
  collisions.push({ id: theirs.attrs.id, mine, theirs });
  return theirs;
}

/**
 * The order of all ids of both sides. Where only one side moved blocks, its order counts; where both did, theirs. What
 * one side alone has stands behind the block that it stood behind there, or in the base if it was there.
 */
function mergeOrder(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const theyMoved = hasMoved(base, theirs);
  const [frame, guest] = theyMoved ? [theirs, mine] : [mine, theirs];
  const order = [...frame];
  const known = new Set(frame);
  for (const [index, id] of guest.entries()) {
    if (known.has(id)) continue;
    // What was there before stands where it stood, though its neighbour is gone on the guest's side.
    const there = base.indexOf(id);
    const ahead = there === -1 ? guest.slice(0, index) : base.slice(0, there);
    const before = ahead.findLast((one) => known.has(one));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, id);
    known.add(id);
  }
  return order;
}

function hasMoved(base: readonly string[], now: readonly string[]): boolean {
  const there = new Set(now);
  const stayed = base.filter((id) => there.has(id));
  const known = new Set(base);
  return now.filter((id) => known.has(id)).some((id, index) => stayed[index] !== id);
}

const byId = (content: Content): Map<string, ContentBlock> =>
  new Map(content.content.map((block) => [block.attrs.id, block]));
const idsOf = (content: Content): string[] => content.content.map((block) => block.attrs.id);
