import type { Anchor } from "../../../../../../../domain/remark/anchor";
import type { Mentionable, RemarkAbility } from "../../../../../../../domain/remark/policy";
import type { RemarkKind, RemarkOutcome } from "../../../../../../../domain/remark/workflow";
import type { Messages } from "../../../../../../../messages/load";
import type { RangeMark } from "./cut-pieces";

/**
 * How a remark stands to the text that is shown: on its words; on words that have changed since; on none any more; or the
 * text is not shown here at all.
 */
export type Standing = "stands" | "changed" | "lost" | "away";
export type Place = { standing: Standing; blockId: string; from: number; to: number; order: number };

/** A remark with its answers, ready for a page. */
export type Thread = {
  id: string;
  kind: RemarkKind;
  internal: boolean;
  anchor: Anchor;
  quote: string;
  text: string;
  replacement: string | null;
  by: string;
  at: string;
  replies: { id: string; text: string; by: string; at: string }[];
  ended: { outcome: RemarkOutcome; by: string; at: string } | null;
  can: Record<RemarkAbility, boolean>;
  /** An answer may name the lead bureau, which reads this thread. */
  namesLead: boolean;
  /** In the text as the server has it. */
  place: Place;
};

/** Somebody who can be named by @: what is written, and by which letters it is found. */
export type Mention = { role: Mentionable; label: string; keys: string[] };

export type RemarkWords = Messages["remark"];

export type RemarkProps = {
  sectionId: string;
  threads: Thread[];
  /** The text as it is read here, by block; null where it is being written. */
  lines: { id: string; text: string; isTable: boolean }[] | null;
  can: { comment: boolean; suggest: boolean };
  /** Why nothing can be written now, in a sentence. */
  note: string | null;
  mentions: Mention[];
  /** What the lead bureau is called; null when the reader is the lead bureau. */
  lead: string | null;
  isUp: boolean;
  words: RemarkWords;
};

/** What the text itself shows of remarks: the ranges by block, and the buttons of who may write some. */
export type TextRemarks = { marks: ReadonlyMap<string, RangeMark[]> } & Pick<RemarkProps, "can" | "words">;

/** In the order of the text, those without a place behind; the open ones numbered. `live` says where they are now. */
export function inTextOrder(
  threads: readonly Thread[],
  live: ReadonlyMap<string, Place> | null,
): { thread: Thread; place: Place; number: number }[] {
  const placed = threads.map((thread) => ({ thread, place: live?.get(thread.id) ?? thread.place }));
  placed.sort((a, b) => a.place.order - b.place.order);
  let number = 0;
  return placed.map((one) => ({ ...one, number: one.thread.ended ? 0 : (number += 1) }));
}

/** What has no place stands behind everything. */
export const LAST = 1e12;
export const orderOf = (block: number, from: number): number => block * 1e6 + from;
