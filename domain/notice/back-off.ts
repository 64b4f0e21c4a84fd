/** Minutes from one attempt to the next: a server that restarts, one that greylists, one that is away over night. */
const PAUSES_MIN = [1, 5, 15, 60, 240, 720];

/** After this many attempts nothing more is tried until the administrator says so. */
export const MOST_ATTEMPTS = PAUSES_MIN.length + 1;

/** When to try again after the given number of failed attempts; null when it is given up. */
export function nextAttempt(attempts: number, now: Date): Date | null {
  const pause = PAUSES_MIN[attempts - 1];
  return pause === undefined ? null : new Date(now.getTime() + pause * 60_000);
}
