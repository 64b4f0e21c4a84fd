import { useLocale } from "next-intl";
import type { AnsweredReason, AnsweredRound } from "../../domain/review/answered";
import type { FigureField } from "../../domain/indicator/figure";
import type { GivenReason } from "../../domain/review/reasons";
import type { Change } from "../../domain/section/compare-words";
import type { SectionKind } from "../../domain/section/workflow";
import { loadMessages, type Locale } from "../../messages/load";
import { fill } from "../fill";
import { ChangedText } from "./changed-text";
import { AnswerSaid, ReasonHead } from "./reason-head";
import { shownReasons, type ReasonShown, type ReasonWords } from "./reason-shown";

type Props = { rounds: readonly AnsweredRound[]; kind: SectionKind };

/**
 * For whoever decides on a corrected text: each reason of the last return, what was answered, and the paragraph before
 * and after, side by side. Earlier rounds are folded away. Works without script.
 */
export function AnsweredReasons({ rounds, kind }: Props) {
  const locale = useLocale();
  const words = loadMessages(locale).returns;
  const [last, ...earlier] = rounds;
  if (!last) return null;
  return (
    <section aria-labelledby="answered-reasons" className="flex flex-col gap-3 border border-line bg-white px-4 py-3">
      <h2 id="answered-reasons" className="font-semibold">
        {words.answered.title}
      </h2>
      <Round round={last} kind={kind} locale={locale} words={words} />
      {earlier.length > 0 && (
        <details>
          <summary className="link flex min-h-(--target) w-fit items-center">
            {fill(words.answered.earlier, { count: earlier.length })}
          </summary>
          {earlier.map((round) => (
            <Round key={round.judged} round={round} kind={kind} locale={locale} words={words} />
          ))}
        </details>
      )}
    </section>
  );
}

type CellsProps = {
  reasons: readonly (GivenReason & { field: FigureField })[];
  /** What the row's cells are called and say now. */
  nameOf: (field: FigureField) => string;
  printed: (field: FigureField) => string;
};

/** The same for a row of the table: each reason with its answer, and the cell before and after. */
export function AnsweredCells({ reasons, nameOf, printed }: CellsProps) {
  const locale = useLocale();
  const words = loadMessages(locale).returns;
  if (reasons.length === 0) return null;
  const shown = shownReasons(reasons, locale);
  return (
    <section aria-labelledby="answered-reasons" className="flex flex-col gap-3 border border-line bg-white px-4 py-3">
      <h2 id="answered-reasons" className="font-semibold">
        {words.answered.title}
      </h2>
      {reasons.map((reason, index) => {
        const one = shown[index];
        const [then, now] = [reason.quote, printed(reason.field)];
        return (
          one && (
            <article key={one.id} aria-label={fill(words.reason, { number: one.number })}>
              <ReasonHead reason={one} words={words} />
              <p className="mt-1">
                <span className="mr-2 text-ink-soft">{nameOf(reason.field)}</span>
                <span className="whitespace-pre-line">{one.text}</span>
              </p>
              {one.answer ? (
                <AnswerSaid answer={one.answer} words={words} />
              ) : (
                <p className="text-ink-soft">{words.answered.noAnswer}</p>
              )}
              {then === now ? (
                <p className="mt-2 text-ink-soft">= {words.answered.same}</p>
              ) : (
                <div className="doc mt-2 grid gap-x-6 gap-y-2 font-sans md:grid-cols-2">
                  <Side
                    sign="−"
                    label={words.answered.before}
                    changes={then === "" ? [] : [{ kind: "removed", text: then }]}
                    words={words}
                  />
                  <Side
                    sign="+"
                    label={words.answered.now}
                    changes={now === "" ? [] : [{ kind: "added", text: now }]}
                    words={words}
                  />
                </div>
              )}
            </article>
          )
        );
      })}
    </section>
  );
}

type RoundProps = { round: AnsweredRound; kind: SectionKind; locale: Locale; words: ReasonWords };

function Round({ round, kind, locale, words }: RoundProps) {
  const shown = shownReasons(
    round.reasons.map(({ reason }) => reason),
    locale,
  );
  return (
    <div>
      <h3 className="text-sm text-ink-soft">
        {round.isPresent ? words.answered.current : fill(words.answered.round, { number: round.judged })}
      </h3>
      {round.reasons.map((one, index) => {
        const reason = shown[index];
        return (
          reason && (
            <Answered key={reason.id} {...one} shown={reason} isPresent={round.isPresent} kind={kind} words={words} />
          )
        );
      })}
    </div>
  );
}

type AnsweredProps = AnsweredReason & { shown: ReasonShown; isPresent: boolean; kind: SectionKind; words: ReasonWords };

function Answered({ shown, change, isGone, isPresent, kind, words }: AnsweredProps) {
  return (
    <article
      aria-label={fill(words.reason, { number: shown.number })}
      className="border-t border-line-soft py-3 first-of-type:border-t-0"
    >
      <ReasonHead reason={shown} words={words} />
      <div className="mt-1 grid gap-x-6 gap-y-2 md:grid-cols-2">
        <div className="min-w-0">
          <blockquote className="border-l-2 border-line pl-2.5 text-ink-soft">{shortened(shown.quote)}</blockquote>
          <p className="mt-1 whitespace-pre-line">{shown.text}</p>
        </div>
        <div className="min-w-0">
          {shown.answer ? (
            <AnswerSaid answer={shown.answer} words={words} />
          ) : (
            !isPresent && <p className="text-ink-soft">{words.answered.noAnswer}</p>
          )}
        </div>
      </div>
      {!isPresent && change && <BeforeAndNow change={change} isGone={isGone} kind={kind} words={words} />}
    </article>
  );
}

type ChangeProps = Pick<AnsweredProps, "isGone" | "kind" | "words"> & { change: NonNullable<AnsweredProps["change"]> };

function BeforeAndNow({ change, isGone, kind, words }: ChangeProps) {
  if (change.kind === "same") return <p className="mt-2 text-ink-soft">= {words.answered.same}</p>;
  // A table's cells are told one by one, in place.
  if (change.rows && !isGone) return <ChangedText changes={[change]} kind={kind} />;
  return (
    <div className="doc mt-2 grid gap-x-6 gap-y-2 font-sans md:grid-cols-2">
      <Side sign="−" label={words.answered.before} changes={without(change.changes, "added")} words={words} />
      {isGone ? (
        <p className="indent-0 text-base text-ink-soft">
          <span aria-hidden>− </span>
          {words.answered.gone}
        </p>
      ) : (
        <Side sign="+" label={words.answered.now} changes={without(change.changes, "removed")} words={words} />
      )}
    </div>
  );
}

const without = (changes: readonly Change[], kind: Change["kind"]) => changes.filter((change) => change.kind !== kind);

type SideProps = { sign: string; label: string; changes: readonly Change[]; words: ReasonWords };

function Side({ sign, label, changes, words }: SideProps) {
  return (
    <div role="group" aria-label={label} className="min-w-0 border-l-4 border-line-strong pl-3 text-base">
      <p className="indent-0 text-sm text-ink-soft">
        <span aria-hidden>{sign} </span>
        {label}
      </p>
      <p className="indent-0 whitespace-pre-line">
        {changes.length === 0 && words.answered.empty}
        {changes.map((piece, index) =>
          piece.kind === "added" ? (
            <ins key={index}>{piece.text}</ins>
          ) : piece.kind === "removed" ? (
            <del key={index}>{piece.text}</del>
          ) : (
            <span key={index}>{piece.text}</span>
          ),
        )}
      </p>
    </div>
  );
}

const shortened = (quote: string) => (quote.length > 160 ? `${quote.slice(0, 160)}……` : quote);
