import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { live } from "./live";
import { Waiters } from "./waiters";

/** Looks again at least so often: a signal can be lost with the connection that listens. */
const LOOK_MS = 1_000;

/** Requests of one person that are held open at a time. */
const waiters = new Waiters(12);

/**
 * Asks `look` until it gives something, whenever the database tells of the topic, for at most `ms` or until the asker has
 * gone. Holds no transaction while it waits. Null when the time is over, soon when the person waits too often already.
 */
export async function untilTold<T>(
  topic: string,
  { ms, signal, userId }: { ms: number; signal: AbortSignal; userId: string },
  look: () => Promise<T | null>,
): Promise<T | null> {
  const end = waiters.begin(userId);
  if (!end) {
    // Not at once: whoever asks again without a pause would ask all the time.
    await sleep(Math.min(LOOK_MS, ms), undefined, { signal }).catch(() => {});
    return look();
  }
  const deadline = Date.now() + ms;
  let wake = () => {};
  const { leave } = live().hub.subscribe(topic, { hear: () => wake(), lookAgain: () => wake() });
  try {
    for (;;) {
      const told = new Promise<void>((resolve) => (wake = resolve));
      const found = await look();
      const left = deadline - Date.now();
      if (found !== null || left <= 0 || signal.aborted) return found;
      await Promise.race([told, sleep(Math.min(LOOK_MS, left), undefined, { signal }).catch(() => {})]);
    }
  } finally {
    leave();
    end();
  }
}
