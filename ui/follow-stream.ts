/** A stream that was refused is asked for again, ever more rarely. */
const AGAIN_MS = [2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

/**
 * Follows server-sent events while the page is in view: a page in the background lets go of its stream, because a browser
 * opens few of them for one site. `address` is asked for anew each time. Returns what ends it.
 */
export function followStream(address: () => string, events: Record<string, () => void>): () => void {
  let stream: EventSource | null = null;
  let refusals = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    clearTimeout(again);
    if (stream || document.visibilityState === "hidden") return;
    const opened = new EventSource(address());
    stream = opened;
    opened.addEventListener("open", () => (refusals = 0));
    for (const [name, hear] of Object.entries(events)) opened.addEventListener(name, hear);
    opened.addEventListener("error", () => {
      // A short break the browser mends by itself, at the old address: what was missed meanwhile is told then.
      if (opened.readyState !== EventSource.CLOSED || stream !== opened) return;
      stream = null;
      again = setTimeout(open, AGAIN_MS[Math.min(refusals, AGAIN_MS.length - 1)]);
      refusals += 1;
    });
  };
  const close = () => {
    clearTimeout(again);
    stream?.close();
    stream = null;
  };
  const onVisibility = () => (document.visibilityState === "hidden" ? close() : open());
  document.addEventListener("visibilitychange", onVisibility);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  window.addEventListener("online", open);
  open();
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    window.removeEventListener("pagehide", close);
    window.removeEventListener("pageshow", open);
    window.removeEventListener("online", open);
    close();
  };
}
