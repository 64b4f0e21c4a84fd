import type { GivenReason, ReasonTarget } from "../../domain/review/reasons";
import type { ReasonAnswer } from "../../domain/review/workflow";
import { dateTime } from "../../messages/dates";
import type { Locale, Messages } from "../../messages/load";

export type ReasonWords = Messages["returns"];

/** A reason with its answer as a page shows it, numbered in its list. */
export type ReasonShown = Pick<
  GivenReason,
  "id" | "kind" | "severity" | "quote" | "text" | "by" | "isOpen" | "judged"
> & {
  number: number;
  target: ReasonTarget;
  at: string;
  answer: { id: string; answer: ReasonAnswer; text: string; by: string; at: string } | null;
};

/** As a page shows them; only what a browser needs of each. */
export const shownReasons = (reasons: readonly GivenReason[], locale: Locale): ReasonShown[] =>
  reasons.map(({ id, kind, severity, quote, text, by, isOpen, judged, target, at, answer }, index) => ({
    id,
    kind,
    severity,
    quote,
    text,
    by,
    isOpen,
    judged,
    target,
    number: index + 1,
    at: dateTime(at, locale),
    answer: answer && { ...answer, at: dateTime(answer.at, locale) },
  }));
