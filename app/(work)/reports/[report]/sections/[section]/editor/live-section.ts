import { REMARKS_TOLD } from "../remarks/told";
import type { SectionStatus } from "../../../../../../../domain/section/workflow";

/** Another window that has the section open; `block` is where its caret stands. */
export type Neighbour = { key: string; by: string; own: boolean; edits: boolean; block: string | null };
export type Moved = { version: number; status: SectionStatus; by: string };

export type LiveEvents = {
  /** Somebody saved this version; "unknown" after a gap. */
  onDraft: (version: number | "unknown") => void;
  /** Where the leaf stands; `by` is empty where it is only being said again. */
  onMoved: (moved: Moved) => void;
  onNeighbours: (others: Neighbour[]) => void;
};

/** How long a caret rests in a block before the others hear of it, and how often a page says that it is still there. */
const CARET_MS = 700;
const BEAT_MS = 8_000;
/** So long the others are taken for being there still, when nobody tells. */
const UNSEEN_MS = 10_000;
/** A stream that was refused is asked for again, ever more rarely. */
const AGAIN_MS = [2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

/**
 * Follows a section while its page is in view: what others save, where they are. A page in the background lets go of its
 * stream, because a browser opens few of them for one site, and catches up when it is looked at again. Without a stream
 * nothing is lost: saves find out by themselves. `caret` says where this window is.
 */
export function followSection(sectionId: string, events: LiveEvents) {
  const path = `/api/sections/${sectionId}`;
  const own = newWindowId();
  let stream: EventSource | null = null;
  let refusals = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  let pending: ReturnType<typeof setTimeout> | undefined;
  let unseen: ReturnType<typeof setTimeout> | undefined;
  let block: string | null = null;

  const say = (left = false) => {
    clearTimeout(pending);
    pending = undefined;
    const word = JSON.stringify({ window: own, block, left });
    if (left) navigator.sendBeacon(`${path}/presence`, word);
    else if (stream?.readyState === EventSource.OPEN)
      void fetch(`${path}/presence`, { method: "POST", body: word, keepalive: true }).catch(() => {});
  };
  const beat = setInterval(() => say(), BEAT_MS);

  const open = () => {
    clearTimeout(again);
    if (stream || document.visibilityState === "hidden") return;
    const opened = new EventSource(`${path}/live?window=${own}`);
    stream = opened;
    opened.addEventListener("open", () => {
      refusals = 0;
      say();
    });
    opened.addEventListener("state", (event) => {
      const { draft, section } = read<{ draft: { version: number }; section: Omit<Moved, "by"> }>(event);
      events.onDraft(draft.version);
      events.onMoved({ ...section, by: "" });
    });
    opened.addEventListener("draft", (event) => events.onDraft(read<{ version: number }>(event).version));
    opened.addEventListener("moved", (event) => events.onMoved(read<Moved>(event)));
    opened.addEventListener("people", (event) => {
      clearTimeout(unseen);
      unseen = undefined;
      events.onNeighbours(read<{ others: Neighbour[] }>(event).others);
    });
    opened.addEventListener("remarks", () => window.dispatchEvent(new Event(REMARKS_TOLD)));
    opened.addEventListener("error", () => {
      // Who else is there is not known while nobody tells; but a short break is no reason to say that all have left.
      unseen ??= setTimeout(() => events.onNeighbours([]), UNSEEN_MS);
      if (opened.readyState !== EventSource.CLOSED || stream !== opened) return;
      stream = null;
      again = setTimeout(open, AGAIN_MS[Math.min(refusals, AGAIN_MS.length - 1)]);
      refusals += 1;
    });
  };
  const close = () => {
    clearTimeout(again);
    if (!stream) return;
    say(true);
    stream.close();
    stream = null;
    unseen ??= setTimeout(() => events.onNeighbours([]), UNSEEN_MS);
  };
  const onVisibility = () => (document.visibilityState === "hidden" ? close() : open());
  document.addEventListener("visibilitychange", onVisibility);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  window.addEventListener("online", open);
  open();

  return {
    caret(now: string | null): void {
      if (now === block) return;
      block = now;
      pending ??= setTimeout(() => say(), CARET_MS);
    },
    /** The server has answered something else: a stream that was refused may be had again. */
    tryAgain: open,
    leave(): void {
      document.removeEventListener("visibilitychange", onVisibility);
      window.removeEventListener("pagehide", close);
      window.removeEventListener("pageshow", open);
      window.removeEventListener("online", open);
      clearInterval(beat);
      clearTimeout(pending);
      close();
      clearTimeout(unseen);
    },
  };
}

const read = <T>(event: Event): T => JSON.parse(String((event as MessageEvent).data)) as T;

/** crypto.randomUUID is missing on plain http, where an intranet often is. */
const newWindowId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36).padStart(2, "0")).join("");
