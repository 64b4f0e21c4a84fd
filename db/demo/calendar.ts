import type { Clock } from "../../domain/kernel/clock";
import { localDay } from "../../domain/kernel/working-days";

/** A calendar for the period that is past: starts at `from`, and every look at it is a minute later, in office hours. */
export function demoClock(from: string): Clock {
  let at = new Date(from);
  return () => {
    const seen = at;
    at = new Date(at.getTime() + 60_000);
    const hour = (at.getUTCHours() + 8) % 24;
    if (hour >= 18 || hour < 8) at = new Date(at.getTime() + 15 * 3_600_000);
    return seen;
  };
}

/** A date as YYYY-MM-DD in China, counted from today. */
export function daysFromToday(days: number): string {
  return localDay(new Date(Date.now() + days * 86_400_000));
}
