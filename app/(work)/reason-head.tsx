import { Icon } from "../../ui/icon";
import { fill } from "../fill";
import type { ReasonShown, ReasonWords } from "./reason-shown";

/** One line over a reason: its number, what it is about, whether it must be met, who said it and when. */
export function ReasonHead({ reason, words }: { reason: ReasonShown; words: ReasonWords }) {
  const isMust = reason.severity === "must";
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 text-sm text-ink-faint">
      <b className="text-ink">{fill(words.reason, { number: reason.number })}</b>
      <span className="text-ink-soft">{words.kind[reason.kind]}</span>
      <span className={`inline-flex items-center gap-1 ${isMust ? "text-status-returned" : "text-ink-soft"}`}>
        <Icon name={isMust ? "warning" : "info"} />
        {words.severity[reason.severity]}
      </span>
      <span>{fill(words.by, { by: reason.by, at: reason.at })}</span>
    </p>
  );
}

/** The answer that counts: a sign, a word, and why. */
export function AnswerSaid({ answer, words }: { answer: NonNullable<ReasonShown["answer"]>; words: ReasonWords }) {
  const isChanged = answer.answer === "changed";
  return (
    <p className="min-w-0">
      <span
        className={`mr-2 inline-flex items-center gap-1 font-semibold ${isChanged ? "text-status-approved" : "text-status-returned"}`}
      >
        <Icon name={isChanged ? "check" : "info"} />
        {isChanged ? words.answer.changed : words.answer.keptShort}
      </span>
      <span className="whitespace-pre-line">{answer.text}</span>
      <span className="block text-sm text-ink-faint">{fill(words.by, answer)}</span>
    </p>
  );
}
