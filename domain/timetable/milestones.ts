import { MILESTONES, type Milestone, type OffsetUnit } from "./workflow";
import { addDays, addMonths, addWorkingDays, unknownYears, workingDayAt, type Day } from "../kernel/working-days";

/** From the sitting; negative is before it. */
export type Offset = { amount: number; unit: OffsetUnit };

/**
 * 监督法 (2024) Art 15: 20 days before the sitting to the committee, 10 to the standing committee's office, 7 to the
 * members; opinions and replies after 10 days and 3 months (Henan 2015 Art 16, 20). The steps before are practice only.
 */
export const DEFAULT_OFFSETS: Readonly<Record<Milestone, Offset>> = {
  issue: { amount: -45, unit: "working-days" },
  submit: { amount: -30, unit: "working-days" },
  review: { amount: -25, unit: "working-days" },
  consultation: { amount: -22, unit: "working-days" },
  approval: { amount: -17, unit: "working-days" },
  committee: { amount: -20, unit: "days" },
  office: { amount: -10, unit: "days" },
  members: { amount: -7, unit: "days" },
  sitting: { amount: 0, unit: "days" },
  opinions: { amount: 10, unit: "days" },
  reply: { amount: 3, unit: "months" },
};

/** `unknown`: years whose holidays are not announced, so that the day may still move. */
export type Dated = { milestone: Milestone; on: Day; unknown: number[] };

/**
 * The day of each milestone for a sitting. A term before the sitting that ends on a day off ends on the working day
 * before, one after it on the working day after (民法典 第203条); the sitting is on its day whatever that is.
 */
export function milestonesFor(sitting: Day, offsets: Readonly<Record<Milestone, Offset>> = DEFAULT_OFFSETS): Dated[] {
  return MILESTONES.map((milestone) => {
    const on = milestone === "sitting" ? sitting : dayAt(sitting, offsets[milestone]);
    return { milestone, on, unknown: unknownFor(sitting, offsets[milestone], on) };
  }).sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** The years that a day hangs on whose holidays are not announced: those counted through, or of calendar days its own. */
export function unknownFor(sitting: Day, { unit }: Offset, on: Day): number[] {
  return unknownYears(on, unit === "working-days" ? sitting : on);
}

function dayAt(sitting: Day, { amount, unit }: Offset): Day {
  const plain = unit === "working-days" ? addWorkingDays(sitting, amount) : termAt(sitting, amount, unit);
  return workingDayAt(plain, amount < 0 ? "before" : "after");
}

const termAt = (sitting: Day, amount: number, unit: "days" | "months"): Day =>
  unit === "days" ? addDays(sitting, amount) : addMonths(sitting, amount);
