import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { Button } from "../../../../../../../ui/button";
import { Notice } from "../../../../../../../ui/notice";
import { Outcome } from "../../../../../../outcome";
import { fill } from "../../../../../../fill";
import { settle } from "./actions";
import { CommentForm } from "./comment-form";
import { SelectionTools } from "./selection-tools";
import { SuggestionForm } from "./suggestion-form";
import type { Picked, TextSide } from "./text-side";
import { ThreadCard, type Ending } from "./thread-card";
import { inTextOrder, type RemarkProps, type Thread } from "./threads";
import { REMARKS_TOLD } from "./told";
import { useSend } from "./use-send";

type Begun = { picked: Picked; kind: "comment" | "suggestion" };

type Props = RemarkProps & {
  side: TextSide;
  /** Beside the text, for a proposal that was pointed at. */
  card?: (settleOne: (thread: Thread, how: Ending) => void, isSettling: boolean) => ReactNode;
};

/** Threads in the order of the text, what is being written, and how each ends. */
export function RemarkList(props: Props) {
  const { sectionId, threads, lines, can, note, mentions, words, side, card } = props;
  const [filter, setFilter] = useState<"open" | "settled">("open");
  const [begun, setBegun] = useState<Begun | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [missed, setMissed] = useState<Thread[]>([]);
  const panel = useRef<HTMLDivElement>(null);
  const { send, pending, outcome } = useSend(settle, words.offline);
  useFreshness();

  const placed = inTextOrder(threads, side.live);
  const open = placed.filter(({ thread }) => thread.ended === null);
  const settled = placed.filter(({ thread }) => thread.ended !== null);
  const listed = filter === "open" ? open : settled;
  const proposed = open.filter(({ thread }) => thread.can.accept).map(({ thread }) => thread);
  const fitting = side.fits?.(proposed.map((thread) => thread.id)) ?? null;
  const atOnce = fitting ? side.together(fitting) : [];

  function begin(picked: Picked, kind: Begun["kind"]) {
    if (!can.comment || (kind === "suggestion" && (!can.suggest || picked.isTable))) return;
    setBegun({ picked, kind });
    setSaid("");
    side.hold(picked);
    if (kind === "comment") openTab(panel.current);
  }
  function done(sentence: string | null) {
    setBegun(null);
    side.hold(null);
    if (sentence === null) return;
    setSaid(sentence);
    setFilter("open");
  }
  const { onBegin } = side;
  useEffect(() => {
    onBegin(begin);
    return () => onBegin(null);
  });

  const { pointed } = side;
  useEffect(() => {
    if (!pointed) return;
    setFilter("open");
    setCurrent(pointed.id);
    openTab(panel.current);
    // Drawn by then, also when the other list was shown.
    requestAnimationFrame(() => {
      const shown = document.querySelector<HTMLElement>(`#remark-${CSS.escape(pointed.id)}`);
      shown?.scrollIntoView({ block: "nearest" });
      shown?.focus({ preventScroll: true });
    });
  }, [pointed]);

  const { picked } = side;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isAsked = event.ctrlKey && event.altKey && event.code === "KeyM";
      if (!isAsked || event.isComposing || event.defaultPrevented) return;
      event.preventDefault();
      if (picked) begin(picked, "comment");
      else openTab(panel.current, true);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });

  async function end(which: readonly Thread[], how: Ending) {
    setSaid("");
    setMissed([]);
    const action = how === "byHand" ? "accept" : how;
    const answer = await send({ sectionId, remarkIds: which.map((thread) => thread.id).join(","), how: action });
    if (!answer) return;
    const ours = which.filter((thread) => answer.settled.includes(thread.id));
    const left = how === "accept" ? await side.put(ours) : [];
    setMissed(left);
    setSaid(fill(words.ended[how], { count: ours.length - left.length }));
  }

  return (
    <div ref={panel}>
      {note && <p className="border-b border-line-soft px-4.5 py-3 text-ink-soft">{note}</p>}
      {begun?.kind === "comment" && (
        <CommentForm key={keyOf(begun.picked)} {...props} picked={begun.picked} save={side.save} onDone={done} />
      )}
      {begun?.kind === "suggestion" && (
        <SuggestionForm
          key={keyOf(begun.picked)}
          {...props}
          picked={begun.picked}
          number={(lines?.findIndex(({ id }) => id === begun.picked.blockId) ?? 0) + 1}
          onDone={done}
        />
      )}
      <div className="flex flex-wrap items-center gap-x-1 border-b border-line-soft px-2 py-1">
        <div role="group" aria-label={words.filter} className="flex">
          <Chosen pressed={filter === "open"} onPress={() => setFilter("open")}>
            {words.open} {open.length}
          </Chosen>
          <Chosen pressed={filter === "settled"} onPress={() => setFilter("settled")}>
            {words.settled} {settled.length}
          </Chosen>
        </div>
        {filter === "open" && fitting && proposed.length > 1 && (
          <div className="ml-auto flex flex-wrap">
            {atOnce.length > 0 && (
              <Button
                type="button"
                kind="quiet"
                pending={pending}
                onClick={() =>
                  void end(
                    proposed.filter(({ id }) => atOnce.includes(id)),
                    "accept",
                  )
                }
              >
                {fill(words.acceptAll, { count: atOnce.length })}
              </Button>
            )}
            <Button type="button" kind="quiet" pending={pending} onClick={() => void end(proposed, "reject")}>
              {fill(words.rejectAll, { count: proposed.length })}
            </Button>
          </div>
        )}
      </div>
      <div className="flex flex-col gap-2 px-4.5 [&:not(:has(>:not(:empty)))]:hidden [&>*]:mt-2">
        <Outcome state={outcome} />
        <p role="status" className="mb-2 text-ink-soft empty:hidden">
          {said}
        </p>
        {missed.length > 0 && (
          <Notice tone="warning" title={fill(words.notApplied, { count: missed.length })}>
            {missed.map((thread) => (
              <p key={thread.id}>
                <del>{thread.quote}</del> <ins>{thread.replacement}</ins>
              </p>
            ))}
          </Notice>
        )}
      </div>
      {listed.length === 0 && (
        <p className="px-4.5 py-3.5 text-ink-soft">
          {filter === "settled" ? words.noneSettled : can.comment ? words.noneOpen : words.noneOpenRead}
        </p>
      )}
      {listed.map(({ thread, place, number }) => (
        <ThreadCard
          key={thread.id}
          thread={thread}
          place={place}
          number={number}
          mentions={mentions}
          fits={fitting && fitting.includes(thread.id)}
          isCurrent={current === thread.id && thread.ended === null}
          isSettling={pending}
          words={words}
          onShow={() => {
            setCurrent(thread.id);
            side.show(thread);
          }}
          onSettle={(how) => void end([thread], how)}
          onReplied={() => setSaid(words.replied)}
        />
      ))}
      {picked && !begun && can.comment && (
        <SelectionTools picked={picked} suggests={can.suggest && lines !== null} words={words} onBegin={begin} />
      )}
      {card?.((thread, how) => void end([thread], how), pending)}
    </div>
  );
}

/** Others' remarks are there when one comes back to the page, and when one is told of them while it is open. */
function useFreshness(): void {
  const router = useRouter();
  useEffect(() => {
    const onReturn = () => document.visibilityState === "visible" && router.refresh();
    const onTold = () => router.refresh();
    document.addEventListener("visibilitychange", onReturn);
    window.addEventListener(REMARKS_TOLD, onTold);
    return () => {
      document.removeEventListener("visibilitychange", onReturn);
      window.removeEventListener(REMARKS_TOLD, onTold);
    };
  }, [router]);
}

function Chosen({ pressed, onPress, children }: { pressed: boolean; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className="min-h-(--target) rounded px-2.5 text-ink-soft -outline-offset-2 hover:text-ink aria-pressed:bg-indigo-tint aria-pressed:text-indigo"
    >
      {children}
    </button>
  );
}

/** Opens the rail's tab that the panel stands in, and on a phone, where the rail is below, brings it into sight. */
function openTab(panel: HTMLElement | null, takesFocus = false): void {
  const tabPanel = panel?.closest("[role=tabpanel]");
  const tab = tabPanel && document.getElementById(tabPanel.getAttribute("aria-labelledby") ?? "");
  tab?.click();
  if (takesFocus) tab?.focus();
  requestAnimationFrame(() => panel?.scrollIntoView({ block: "nearest" }));
}

const keyOf = ({ blockId, from, to }: Picked): string => `${blockId}-${from}-${to}`;
