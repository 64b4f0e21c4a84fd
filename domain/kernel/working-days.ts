import { getWorkdaysInRange } from "chinese-days";

/**
 * Working days from one date to another (YYYY-MM-DD), with China's holidays and make-up days: how many are left after
 * `from` up to and with `to`. Negative when `to` is past; 0 on the day.
 */
export function workingDaysUntil(from: string, to: string): number {
  if (from === to) return 0;
  if (from < to) return getWorkdaysInRange(dayAfter(from), to).length;
  return -getWorkdaysInRange(dayAfter(to), from).length;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
