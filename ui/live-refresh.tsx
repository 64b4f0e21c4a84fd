"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState, useTransition } from "react";
import { followStream } from "./follow-stream";
import { watchInput } from "./unsaved-input";

type Props = {
  /** Where the page's changes are told (server-sent events), and which of them matter here. */
  path: string;
  events: readonly string[];
  /** When the page was asked for: what has changed since is told at once. */
  since: number;
  /** The version of the one thing that the page is about; when another comes, the reader is told to look again. */
  shown: number | null;
  words: { updated: string; waiting: string; now: string; changed: string };
};

/** Not more often, however much happens; and how often a page that waits looks whether it still has to. */
const REST_MS = 1_000;

/**
 * Keeps a page as it would be if it were opened now, without opening it: place, focus and open parts stay. It waits while
 * something is half written or a dialog is open, and says so; whoever wants to can have it at once. A page out of sight
 * catches up when it is looked at again.
 */
export function LiveRefresh({ path, events, since, shown, words }: Props) {
  const router = useRouter();
  const [isRefreshing, startRefresh] = useTransition();
  const [isWaiting, setWaiting] = useState(false);
  const [first] = useState(shown);
  const [updatedAt, setUpdatedAt] = useState("");
  const behind = useRef(false);
  const next = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const input = useRef<ReturnType<typeof watchInput> | null>(null);
  const address = useEffectEvent(() => `${path}${path.includes("?") ? "&" : "?"}since=${since}`);

  const refresh = () => {
    behind.current = false;
    setWaiting(false);
    setUpdatedAt(new Date().toLocaleTimeString("zh-CN", { hour12: false }));
    startRefresh(() => router.refresh());
  };
  const look = useEffectEvent(() => {
    next.current = undefined;
    if (!behind.current || document.visibilityState === "hidden") return;
    const mustWait = isRefreshing || hasDialog() || input.current?.isUnsaved() === true;
    if (!mustWait) refresh();
    else if (!isRefreshing) setWaiting(true);
    // Also after a refresh: what comes within the second waits for its end.
    next.current = setTimeout(look, REST_MS);
  });
  const hear = useEffectEvent(() => {
    behind.current = true;
    if (next.current === undefined) look();
  });

  useEffect(() => {
    const watched = watchInput(document);
    input.current = watched;
    const leave = followStream(() => address(), Object.fromEntries(events.map((name) => [name, () => hear()])));
    return () => {
      leave();
      watched.leave();
      clearTimeout(next.current);
      next.current = undefined;
    };
    // The list is the page's own and never another.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [path]);

  const isOther = shown !== first;
  // What the reader has to know before going on stays in sight.
  const place =
    isWaiting || (isOther && !isRefreshing)
      ? "sticky top-16 z-10 border border-line bg-white px-3 py-2 max-sm:top-36"
      : "";
  return (
    <div role="status" className={`text-sm text-ink-soft empty:absolute print:hidden ${place}`}>
      {isWaiting ? (
        <>
          {words.waiting}{" "}
          <button type="button" className="link inline-flex min-h-(--target) items-center" onClick={() => refresh()}>
            {words.now}
          </button>
        </>
      ) : (
        updatedAt &&
        !isRefreshing && (
          <>
            {words.updated} {updatedAt}
            {isOther && <b className="ml-2 text-ink">{words.changed}</b>}
          </>
        )
      )}
    </div>
  );
}

const hasDialog = (): boolean => document.querySelector("dialog[open]") !== null;
