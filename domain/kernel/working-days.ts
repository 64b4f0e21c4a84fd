import chineseDays from "chinese-days";

// As a whole: Node finds no single names in this package, bundlers find both.
// oxlint-disable-next-line import/no-named-as-default-member
const { findWorkday, getHolidaysInRange, getWorkdaysInRange, isWorkday } = chineseDays;

/**
 * Days are YYYY-MM-DD. Holidays and make-up days are those that the State Council announces each November for the next
 * year (全国年节及纪念日放假办法). Of a year that is not announced yet only Saturdays and Sundays are known: see unknownYears.
 */
export type Day = string;

/** Today in China, whatever the server's own time is. */
export const localDay = (now: Date): Day => LOCAL_DAY.format(now);

/**
 * Working days from one date to another: how many are left after `from` up to and with `to`. Negative when `to` is past;
 * 0 on the day.
 */
export function workingDaysUntil(from: Day, to: Day): number {
  if (from === to) return 0;
  if (from < to) return getWorkdaysInRange(addDays(from, 1), to).length;
  return -getWorkdaysInRange(addDays(to, 1), from).length;
}

/** The day that is `count` working days after `day` (before it, when negative); 0 gives the day itself. */
export function addWorkingDays(day: Day, count: number): Day {
  return count === 0 ? day : findWorkday(count, day);
}

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** The same day of a later or earlier month; the month's last day where it has no such day (民法典 第202条). */
export function addMonths(day: Day, count: number): Day {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The day itself if it is a working day, else the nearest one before or after. */
export function workingDayAt(day: Day, otherwise: "before" | "after"): Day {
  if (isWorkday(day)) return day;
  return findWorkday(otherwise === "after" ? 1 : -1, day);
}

/** The years that a stretch of days touches whose holidays are not known yet, in order. */
export function unknownYears(from: Day, to: Day): number[] {
  const [first, last] = [from, to].map((day) => Number(day.slice(0, 4))).sort((a, b) => a - b);
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((year) => !isAnnounced(year));
}

/** Every announced year has days off in it; the list knows none of the others. */
const isAnnounced = (year: number): boolean => getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0;

const LOCAL_DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" });
