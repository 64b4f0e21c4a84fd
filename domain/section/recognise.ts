import type { Mention } from "../check/mentions";
import type { Binding } from "../indicator/binding";
import { type ContentInline, inlineText, type TextBlock } from "./content";

/** The rules of domain/check/mentions.ts with a table and a period put in. */
export type FindMentions = (text: string) => readonly Mention[];

/**
 * Typed numbers of which the table says something: `agrees` may be bound as they stand, the others contradict it. What a
 * node says is bound already and not among them.
 */
export function looseMentions(block: TextBlock, find: FindMentions): Mention[] {
  const runs = runsOf(block);
  const bound = runs.filter((run) => run.node.type !== "text");
  return find(runs.map((run) => run.text).join("")).filter(
    (mention) => mention.expected !== null && bound.every((run) => run.to <= mention.from || mention.to <= run.from),
  );
}

/** A stretch of a block that is drawn in one way. */
export type Piece = { text: string; lead: boolean; binding: Binding | null; mention: Mention | null };

/** The block cut where its nodes and `mentions` begin and end. A node without words is a piece of its own. */
export function piecesOf(block: TextBlock, mentions: readonly Mention[]): Piece[] {
  return runsOf(block).flatMap((run): Piece[] => {
    const lead = (run.node.marks?.length ?? 0) > 0;
    if (run.node.type !== "text") return [{ text: run.text, lead, binding: run.node, mention: null }];
    const inside = mentions.filter((mention) => mention.from < run.to && run.from < mention.to);
    const cuts = new Set([run.from, run.to]);
    for (const mention of inside) for (const cut of [mention.from, mention.to]) cuts.add(clamp(cut, run.from, run.to));
    const places = [...cuts].sort((a, b) => a - b);
    return places.slice(1).map((to, index) => {
      const from = places[index] ?? run.from;
      const mention = inside.find((one) => one.from <= from && to <= one.to) ?? null;
      return { text: run.text.slice(from - run.from, to - run.from), lead, binding: null, mention };
    });
  });
}

type Run = { node: ContentInline; text: string; from: number; to: number };

function runsOf(block: TextBlock): Run[] {
  let at = 0;
  return (block.content ?? []).map((node) => {
    const text = inlineText(node);
    const run = { node, text, from: at, to: at + text.length };
    at = run.to;
    return run;
  });
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
