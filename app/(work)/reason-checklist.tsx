"use client";

import { useRouter } from "next/navigation";
import { useId, useRef, useState, type ReactNode } from "react";
import type { ReasonPlace } from "../../domain/review/reasons";
import { REASON_LIMIT, type ReasonAnswer } from "../../domain/review/workflow";
import { Button } from "../../ui/button";
import { TextArea } from "../../ui/field";
import { fill } from "../fill";
import { Outcome } from "../outcome";
import { answer as send } from "./answer-actions";
import { AnswerSaid, ReasonHead } from "./reason-head";
import type { ReasonShown, ReasonWords } from "./reason-shown";
import { useSend } from "./reports/[report]/sections/[section]/remarks/use-send";

/** The text or table beside the list: whether what a reason points at is still there, and the way to it. */
export type ReasonSide = {
  standingOf: (reason: ReasonShown) => ReasonPlace["standing"] | null;
  show: ((reason: ReasonShown) => void) | null;
};

type Props = {
  reasons: readonly ReasonShown[];
  mayAnswer: boolean;
  side: ReasonSide;
  /** What a cell's field is called. */
  fieldName?: (reason: ReasonShown) => string;
  /** What has become of it since, where that is not in the text beside. */
  change?: (reason: ReasonShown) => ReactNode;
  words: ReasonWords;
};

/** Why it came back, one by one, each to be answered: 改了, or 不改，因为…. Every answer is kept at once. */
export function ReasonChecklist({ reasons, mayAnswer, words, ...side }: Props) {
  const answered = reasons.filter((reason) => reason.answer !== null).length;
  return (
    <>
      <p role="status" className="border-b border-line-soft px-4.5 py-2.5">
        {fill(words.progress, { count: reasons.length, answered })}
        {mayAnswer && answered === reasons.length && <span className="ml-2">{words.allAnswered}</span>}
      </p>
      {reasons.map((reason) => (
        <Card key={reason.id} reason={reason} mayAnswer={mayAnswer && reason.isOpen} words={words} {...side} />
      ))}
    </>
  );
}

type CardProps = Omit<Props, "reasons"> & { reason: ReasonShown };

function Card({ reason, mayAnswer, side, fieldName, change, words }: CardProps) {
  const [again, setAgain] = useState(false);
  const card = useRef<HTMLElement>(null);
  const { answer, target } = reason;
  const standing = side.standingOf(reason);
  const quote = shortened(reason.quote);
  return (
    <article
      ref={card}
      tabIndex={-1}
      aria-label={fill(words.reason, { number: reason.number })}
      className="border-b border-line-soft px-4.5 py-3.5"
    >
      <ReasonHead reason={reason} words={words} />
      {target.is === "cell" ? (
        side.show && (
          <button type="button" className="link min-h-(--target)" onClick={() => side.show?.(reason)}>
            {fill(words.goToCell, { field: fieldName?.(reason) ?? "" })}
          </button>
        )
      ) : (
        <>
          {(standing === "changed" || standing === "gone") && (
            <p className="mt-1 text-sm text-ink-soft">{standing === "gone" ? words.gone : words.changedSince}</p>
          )}
          <blockquote className="my-1.5 border-l-2 border-line pl-2.5 text-ink-soft">
            {standing === "gone" ? (
              quote
            ) : (
              <a
                href={`#block-${target.blockId}`}
                onClick={(event) => {
                  if (!side.show) return;
                  event.preventDefault();
                  side.show(reason);
                }}
              >
                {quote}
              </a>
            )}
          </blockquote>
        </>
      )}
      <p className="whitespace-pre-line">{reason.text}</p>
      {change?.(reason)}
      {answer && !again && (
        <div className="mt-2 flex flex-wrap items-center gap-x-3">
          <AnswerSaid answer={answer} words={words} />
          {mayAnswer && (
            <button type="button" className="link min-h-(--target)" onClick={() => setAgain(true)}>
              {words.answer.again}
            </button>
          )}
        </div>
      )}
      {!answer && !mayAnswer && <p className="mt-2 text-ink-soft">{words.answer.none}</p>}
      {mayAnswer && (!answer || again) && (
        <AnswerForm
          reason={reason}
          words={words}
          onCancel={answer ? () => setAgain(false) : null}
          onDone={() => {
            setAgain(false);
            card.current?.focus();
          }}
        />
      )}
    </article>
  );
}

type FormProps = { reason: ReasonShown; words: ReasonWords; onCancel: (() => void) | null; onDone: () => void };

function AnswerForm({ reason, words, onCancel, onDone }: FormProps) {
  const id = useId();
  const router = useRouter();
  const { send: tell, pending, outcome } = useSend(send, words.answer.offline);
  const [text, setText] = useState(reason.answer?.text ?? "");
  const [lacks, setLacks] = useState(false);

  async function say(answer: ReasonAnswer) {
    const isBare = answer === "kept" && text.trim() === "";
    setLacks(isBare);
    if (isBare) return document.getElementById(id)?.focus();
    const done = await tell({ reasonId: reason.id, answer, text, seen: reason.answer?.id ?? "" });
    if (done) onDone();
    // A colleague was quicker: theirs is to be seen, and what was typed here stays.
    else router.refresh();
  }

  return (
    <div className="mt-2 flex flex-col gap-2">
      <Outcome state={outcome} />
      <TextArea
        id={id}
        name="text"
        label={words.answer.text}
        error={lacks ? words.answer.because : undefined}
        rows={2}
        maxLength={REASON_LIMIT}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="button" pending={pending} onClick={() => void say("changed")}>
          {pending ? words.answer.saving : words.answer.changed}
        </Button>
        <Button type="button" pending={pending} onClick={() => void say("kept")}>
          {words.answer.kept}
        </Button>
        {onCancel && (
          <Button type="button" kind="quiet" onClick={onCancel}>
            {words.answer.cancel}
          </Button>
        )}
      </div>
    </div>
  );
}

const shortened = (quote: string) => (quote.length > 90 ? `${quote.slice(0, 90)}……` : quote);
