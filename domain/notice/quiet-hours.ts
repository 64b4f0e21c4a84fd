/** Local times (Asia/Shanghai) as HH:MM or HH:MM:SS. From 22:00 until 07:00 goes over midnight. */
export type QuietHours = { from: string; until: string };

/** When something may be sent at the earliest: now, or the end of the quiet hours that now falls in. */
export function notBefore(now: Date, quiet: QuietHours | null): Date {
  if (!quiet) return now;
  const [from, until] = [minutesOf(quiet.from), minutesOf(quiet.until)];
  const local = new Date(now.getTime() + CHINA_AHEAD_MS);
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  const isQuiet = from < until ? minute >= from && minute < until : minute >= from || minute < until;
  if (from === until || !isQuiet) return now;
  const midnight = now.getTime() - (local.getTime() % DAY_MS);
  const end = midnight + until * 60_000;
  return new Date(end > now.getTime() ? end : end + DAY_MS);
}

/** As the database has them; both are there or neither. */
export const quietHoursOf = (row: { quiet_from: string | null; quiet_until: string | null }): QuietHours | null =>
  row.quiet_from !== null && row.quiet_until !== null ? { from: row.quiet_from, until: row.quiet_until } : null;

const DAY_MS = 86_400_000;
/** China has one time and no summer time. */
const CHINA_AHEAD_MS = 8 * 3_600_000;

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
