import { useId, useState } from "react";
import { Button } from "../../../../../../../ui/button";
import { Icon } from "../../../../../../../ui/icon";
import { Outcome } from "../../../../../../outcome";
import { fill } from "../../../../../../fill";
import { reply } from "./actions";
import type { Mention, Place, RemarkWords, Thread } from "./threads";
import { useKept } from "./use-kept";
import { useSend } from "./use-send";
import { isSendable, namedIn, WordsField } from "./words-field";

export type Ending = "resolve" | "accept" | "reject" | "withdraw" | "byHand";

type Props = {
  thread: Thread;
  place: Place;
  number: number;
  mentions: readonly Mention[];
  /** Whether the text that the proposal is for can take it as it is; null where nobody writes. */
  fits: boolean | null;
  isCurrent: boolean;
  isSettling: boolean;
  words: RemarkWords;
  onShow: () => void;
  onSettle: (how: Ending) => void;
  onReplied: () => void;
};

/** One remark with its answers, and what the reader may do about it. */
export function ThreadCard(props: Props) {
  const { thread, place, number, fits, isCurrent, isSettling, words, onShow, onSettle } = props;
  const [answering, setAnswering] = useState(false);
  const isOpen = thread.ended === null;
  const isProposal = thread.kind === "suggestion";
  const hasPlace = isOpen && (place.standing === "stands" || place.standing === "changed");
  // Whoever writes is told why a proposal cannot simply be put in.
  const stale =
    !isProposal || !thread.can.accept || fits !== false
      ? null
      : place.standing === "lost"
        ? words.staleLost
        : place.standing === "stands"
          ? words.staleFigure
          : words.stale;
  return (
    <article
      id={`remark-${thread.id}`}
      tabIndex={-1}
      aria-label={
        isOpen
          ? fill(isProposal ? words.suggestionOf : words.markOf, { number, by: thread.by })
          : words.kind[thread.kind]
      }
      data-current={isCurrent || undefined}
      className="border-b border-line-soft px-4.5 py-3.5 -outline-offset-2 data-current:bg-indigo-tint data-current:shadow-[inset_3px_0_0_var(--color-indigo)]"
    >
      <p className="flex flex-wrap gap-x-2 text-sm text-ink-faint">
        {isOpen && <b className="text-status-returned">{fill(words.mark, { number })}</b>}
        <span>
          {thread.by} · {thread.at}
        </span>
        {isProposal && <span>{words.kind.suggestion}</span>}
        {thread.internal && (
          <span className="inline-flex items-center gap-1">
            <Icon name="lock" className="size-3.5" />
            {words.internal}
          </span>
        )}
      </p>
      <Quote thread={thread} place={place} words={words} onShow={hasPlace ? onShow : null} />
      {isProposal && (
        <p className="text-status-approved">
          <span className="text-sm text-ink-soft">
            {thread.replacement === "" ? words.deleted : thread.quote === "" ? words.insertedOnly : words.inserted}{" "}
          </span>
          {thread.replacement !== "" && <ins className="underline underline-offset-4">{thread.replacement}</ins>}
        </p>
      )}
      {thread.text && <p className="break-words whitespace-pre-wrap">{thread.text}</p>}
      {thread.replies.length > 0 && (
        <ol
          aria-label={fill(words.replies, { count: thread.replies.length })}
          className="mt-2 border-l border-line pl-3"
        >
          {thread.replies.map((one) => (
            <li key={one.id} className="mt-1.5 first:mt-0">
              <p className="text-sm text-ink-faint">
                {one.by} · {one.at}
              </p>
              <p className="break-words whitespace-pre-wrap">{one.text}</p>
            </li>
          ))}
        </ol>
      )}
      {thread.ended && (
        <p className="mt-1.5 flex items-center gap-1.5 text-sm text-ink-soft">
          <Icon
            name={thread.ended.outcome === "rejected" || thread.ended.outcome === "withdrawn" ? "close" : "check"}
          />
          {fill(words.outcome[thread.ended.outcome], thread.ended)}
        </p>
      )}
      {stale && (
        <p className="mt-1.5 flex items-start gap-1.5 text-sm text-status-returned">
          <Icon name="warning" className="mt-0.5" />
          {stale}
        </p>
      )}
      {isOpen && (
        <div className="mt-1 -ml-3.5 flex flex-wrap">
          {thread.can.accept && (
            <Button
              type="button"
              kind="quiet"
              pending={isSettling}
              onClick={() => onSettle(stale ? "byHand" : "accept")}
            >
              {stale ? words.byHand : words.accept}
            </Button>
          )}
          {thread.can.reject && (
            <Button type="button" kind="quiet" pending={isSettling} onClick={() => onSettle("reject")}>
              {words.reject}
            </Button>
          )}
          {thread.can.reply && (
            <Button type="button" kind="quiet" aria-expanded={answering} onClick={() => setAnswering(!answering)}>
              {words.reply}
            </Button>
          )}
          {thread.can.resolve && (
            <Button type="button" kind="quiet" pending={isSettling} onClick={() => onSettle("resolve")}>
              {words.resolve}
            </Button>
          )}
          {thread.can.withdraw && (
            <Button type="button" kind="quiet" pending={isSettling} onClick={() => onSettle("withdraw")}>
              {words.withdraw}
            </Button>
          )}
        </div>
      )}
      {answering && isOpen && <ReplyForm {...props} onClose={() => setAnswering(false)} />}
    </article>
  );
}

function Quote({
  thread,
  place,
  words,
  onShow,
}: Pick<Props, "thread" | "place" | "words"> & { onShow: (() => void) | null }) {
  const { quote, ended, kind } = thread;
  const told = place.standing === "stands" || ended ? null : words.state[place.standing];
  const isStruck = kind === "suggestion" && !ended && place.standing === "stands";
  const quoted = quote === "" ? aroundPlace(thread) : isStruck ? <del className="line-through">{quote}</del> : quote;
  const body = <span className="line-clamp-4">{quoted}</span>;
  return (
    <>
      {told && <p className="mt-1 text-sm text-status-returned">{told}</p>}
      <blockquote className="my-1.5 border-l-2 border-mark-line pl-2.5 text-ink-soft">
        {onShow ? (
          <button
            type="button"
            title={words.goTo}
            onClick={onShow}
            className="block min-h-(--target) w-full text-left hover:bg-row"
          >
            {body}
          </button>
        ) : (
          body
        )}
      </blockquote>
    </>
  );
}

/** Where something is to be put in there are no words to quote: those around it say where. */
function aroundPlace({ anchor: { blockText, from, to } }: Thread): string {
  const [before, behind] = [blockText.slice(Math.max(0, from - AROUND), from), blockText.slice(to, to + AROUND)];
  return `${from > AROUND ? "…" : ""}${before}‸${behind}${to + AROUND < blockText.length ? "…" : ""}`;
}

const AROUND = 8;

function ReplyForm({ thread, mentions, words, onReplied, onClose }: Props & { onClose: () => void }) {
  const heading = useId();
  const [text, setText, drop] = useKept(thread.id);
  const { send, pending, outcome, refuse } = useSend(reply, words.offline);
  const offered = thread.namesLead ? mentions : mentions.filter((one) => one.role !== "lead");

  async function answer() {
    if (!isSendable(text)) return refuse(text.trim() === "" ? words.noWords : fill(words.tooLong, { most: 2000 }));
    if (!(await send({ remarkId: thread.id, text, mentions: namedIn(text, offered) }))) return;
    drop();
    onClose();
    onReplied();
  }

  function giveUp() {
    drop();
    onClose();
  }

  return (
    <div role="group" aria-labelledby={heading} className="mt-1 flex flex-col gap-2">
      <span id={heading} className="sr-only">
        {words.reply}
      </span>
      <Outcome state={outcome} />
      <WordsField
        label={words.replyText}
        value={text}
        mentions={offered}
        words={words}
        onChange={setText}
        onEscape={() => text.trim() === "" && giveUp()}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="button" pending={pending} onClick={() => void answer()}>
          {pending ? words.sending : words.sendReply}
        </Button>
        <Button type="button" kind="quiet" onClick={giveUp}>
          {words.cancel}
        </Button>
      </div>
    </div>
  );
}
