import type { Messages } from "../../../../../../../messages/load";
import { fill } from "../../../../../../fill";
import type { Moved, Neighbour } from "./live-section";

/** The words of messages/<locale>/live.json as they are; {…} are filled in here. */
export type LiveWords = Messages["live"];

export const nameOf = (one: Pick<Neighbour, "by" | "own">, words: LiveWords): string =>
  one.own ? words.ownWindow : one.by;

/** 商务局经办人 正在编辑第2段; `numberOf` counts the blocks of the text in this window. */
export function whereIs(one: Neighbour, words: LiveWords, numberOf: (block: string) => number | null): string {
  const who = nameOf(one, words);
  if (!one.edits) return fill(words.views, { who });
  const number = one.block === null ? null : numberOf(one.block);
  return number === null ? fill(words.editsSomewhere, { who }) : fill(words.edits, { who, number });
}

export const movedWords = ({ status, by }: Moved, words: LiveWords): string =>
  fill(words.moved[status], { by: by || words.somebody });

/** Whether the leaf may be written in where it is now. */
export const isOpenAt = ({ status }: Moved): boolean => status === "drafting" || status === "returned";
