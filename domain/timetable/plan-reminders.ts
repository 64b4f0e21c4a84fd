import { addWorkingDays, localDay, workingDayAt, type Day } from "../kernel/working-days";
import { daysLeftFrom } from "./due";
import type { ReminderKind } from "./workflow";

/** How many working days before its day a department is reminded of what it owes. */
export const SOON_BEFORE: readonly number[] = [7, 3, 1];
/** From so many working days late on, and again after so many more, the department's head is told too. */
export const ESCALATE_AFTER = 3;
export const ESCALATE_AGAIN_AFTER = 5;
/** Nobody is reminded at night: China's time, from and until. */
export const REMINDING_HOURS = { from: "08:30", until: "18:00" };

/** What is owed, and on which day the department that holds it was reminded of it last, and its head told. */
export type Owed = { item: string; dueOn: Day; soonOn: Day | null; escalatedOn: Day | null };
export type Planned = { item: string; kind: Exclude<ReminderKind, "urge"> };

/**
 * What is to be reminded of on a day: 7, 3 and 1 working days before, and on every working day after, with the head of
 * the department on the third and each fifth after it. One of the former that fell on a day on which nothing ran, or for
 * something owed only since, comes on the next working day; never two at once. Nothing on a day off. The unique day of
 * a reminder keeps it from being sent twice.
 */
export function planReminders(items: readonly Owed[], day: Day): Planned[] {
  if (workingDayAt(day, "after") !== day) return [];
  const daysLeft = daysLeftFrom(day);
  const isNoneSince = (last: Day | null, ago: number) => last === null || last < addWorkingDays(day, -ago);
  return items.flatMap(({ item, dueOn, soonOn, escalatedOn }): Planned[] => {
    const left = daysLeft(dueOn);
    if (dueOn >= day) {
      const mark = Math.min(...SOON_BEFORE.filter((before) => before >= left));
      return Number.isFinite(mark) && isNoneSince(soonOn, mark - left) ? [{ item, kind: "soon" }] : [];
    }
    const past = -left - ESCALATE_AFTER;
    const isForTheHead = past >= 0 && isNoneSince(escalatedOn, past % ESCALATE_AGAIN_AFTER);
    return [{ item, kind: "late" }, ...(isForTheHead ? [{ item, kind: "escalate" as const }] : [])];
  });
}

/** The day for which reminders may go out now, or null outside the hours. */
export function dayToRemind(now: Date): Day | null {
  const time = CLOCK.format(now);
  return time >= REMINDING_HOURS.from && time < REMINDING_HOURS.until ? localDay(now) : null;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });
