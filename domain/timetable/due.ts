import type { Role } from "../kernel/roles";
import type { StepOffice } from "../route/workflow";
import { workingDaysUntil, type Day } from "../kernel/working-days";

/**
 * An item's own day, the later one that was permitted, and the step that counts: the one it is at, else, once it came
 * back, the one that returned it. When the whole came back, or a text was opened again, there is none: its own day goes
 * on to count, though it may have passed; the lead bureau sets or permits another.
 */
export type ItemDays = {
  dueOn: Day;
  permittedUntil: Day | null;
  step: { dueOn: Day | null; office: StepOffice } | null;
};

/**
 * The day that counts: the step's, where it has one, but never before what was permitted; and at a step of its own
 * department never before its own day, which the lead bureau may have put off for that department alone.
 * Twin: day_that_counts() in the database.
 */
export function dayThatCounts(days: ItemDays): Day {
  const own = dayBeforePermit(days);
  const { permittedUntil } = days;
  return permittedUntil !== null && permittedUntil > own ? permittedUntil : own;
}

/** The same as if nothing had been permitted. */
export function dayBeforePermit({ dueOn, step }: ItemDays): Day {
  if (step === null || step.dueOn === null) return dueOn;
  return step.office === "owner" && dueOn > step.dueOn ? dueOn : step.dueOn;
}

/** Who has an item now. `organId` is null where any office of that role may act: the lead bureau, the government. */
export type Holder = { organId: string | null; role: Role; step: string | null };

type Held = {
  isApproved: boolean;
  organId: string;
  confirmOrganId: string | null;
  step: { name: string; role: Role; office: StepOffice } | null;
};

/** Nobody, once it is approved; its department, while it is at no step; else the office of the step that it is at. */
export function holderOf({ isApproved, organId, confirmOrganId, step }: Held): Holder | null {
  if (isApproved) return null;
  if (step === null) return { organId, role: "drafter", step: null };
  const { role, name } = step;
  if (step.office === "any") return { organId: null, role, step: name };
  return { organId: step.office === "owner" ? organId : (confirmOrganId ?? organId), role, step: name };
}

/** Whether a department holds it, so that it can be reminded of it. What is before the lead bureau waits for nobody else. */
export const isOwed = (holder: Holder | null): boolean => holder !== null && holder.organId !== null;

/** `workingDaysUntil` of one day for many others: a board has hundreds of items and a handful of days. */
export function daysLeftFrom(day: Day): (dueOn: Day) => number {
  const known = new Map<Day, number>();
  return (dueOn) => {
    const left = known.get(dueOn) ?? workingDaysUntil(day, dueOn);
    known.set(dueOn, left);
    return left;
  };
}
