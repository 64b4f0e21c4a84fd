import type { Content, ContentBlock } from "../../../../../../../domain/section/content";
import { holdsOneBlock } from "../../../../../../../domain/section/content-fits";
import { mergeContents, sameBlock, type Merged } from "../../../../../../../domain/section/merge";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import type { OpenCollision } from "./save-queue";

/** The merged text, and how many blocks the other person wrote, added or took out. */
export type JoinedText = Merged & { theyChanged: number };
export type Choice = "mine" | "theirs" | "both";

/**
 * Merges by block. `sent` are texts that went out without an answer: what of them stands in theirs is one's own.
 * A leaf of one block has one however it is called: empty leaves get their block, and its id, from each browser.
 */
export function joinTexts(
  kind: SectionKind,
  base: Content,
  mine: Content,
  theirs: Content,
  sent: readonly Content[] = [],
): JoinedText {
  const id = theirs.content[0]?.attrs.id ?? mine.content[0]?.attrs.id;
  const called = (text: Content) => (id && holdsOneBlock(kind) ? withIds(text, id) : text);
  const began = withSent(called(base), sent.map(called), called(theirs));
  const merged = mergeContents(began, called(mine), called(theirs));
  return { ...merged, theyChanged: changedBlocks(began, called(theirs)) };
}

/** The text that both began with, as far as what was sent has arrived: nobody is put before a choice with themselves. */
function withSent(base: Content, sent: readonly Content[], theirs: Content): Content {
  if (sent.length === 0) return base;
  const was = new Map(base.content.map((block) => [block.attrs.id, block]));
  const there = new Map(theirs.content.map((block) => [block.attrs.id, block]));
  const arrived = (block: ContentBlock) =>
    sent.some(({ content }) => content.some((one) => one.attrs.id === block.attrs.id && sameBlock(one, block)));
  const left = (id: string) => sent.some(({ content }) => !content.some((one) => one.attrs.id === id));
  const known = (block: ContentBlock) => (arrived(block) ? block : was.get(block.attrs.id));
  const order = theirs.content.map((block) => block.attrs.id).join();
  if (sent.some(({ content }) => content.map((block) => block.attrs.id).join() === order))
    return { ...theirs, content: theirs.content.flatMap((block) => known(block) ?? []) };
  const content = base.content.flatMap((block) => {
    const now = there.get(block.attrs.id);
    if (now) return known(now) ?? [];
    return left(block.attrs.id) ? [] : block;
  });
  for (const [at, block] of theirs.content.entries()) {
    if (was.has(block.attrs.id) || !arrived(block)) continue;
    const before = theirs.content[at - 1]?.attrs.id;
    content.splice(content.findIndex((one) => one.attrs.id === before) + 1, 0, block);
  }
  return { ...theirs, content };
}

/** The text with what was chosen for one collided block; theirs stands there already. */
export function decided(text: Content, { id, mine }: OpenCollision, choice: Choice, newId: () => string): Content {
  if (choice === "theirs") return text;
  const at = text.content.findIndex((block) => block.attrs.id === id);
  const isGone = at < 0;
  const added = { ...mine, attrs: { id: isGone && choice === "mine" ? id : newId() } } as ContentBlock;
  if (isGone) return { ...text, content: [...text.content, added] };
  const content = [...text.content];
  if (choice === "both") content.splice(at + 1, 0, added);
  else content[at] = { ...mine, attrs: { id } } as ContentBlock;
  return { ...text, content };
}

function withIds(text: Content, id: string): Content {
  return { ...text, content: text.content.map((block) => ({ ...block, attrs: { id } }) as ContentBlock) };
}

function changedBlocks(base: Content, theirs: Content): number {
  const was = new Map(base.content.map((block) => [block.attrs.id, block]));
  const wrote = theirs.content.filter((block) => {
    const before = was.get(block.attrs.id);
    return !before || !sameBlock(before, block);
  });
  const there = new Set(theirs.content.map((block) => block.attrs.id));
  return wrote.length + base.content.filter((block) => !there.has(block.attrs.id)).length;
}
