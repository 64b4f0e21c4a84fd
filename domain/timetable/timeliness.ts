import { workingDaysUntil, type Day } from "../kernel/working-days";

/** So many items of a department that were due on one day and left it on another. */
export type HandedIn = { organId: string; dueOn: Day; handedOn: Day; count: number };

/** `days` and `worst` are working days late, of the late ones together and of the latest. */
export type Timeliness = { items: number; onTime: number; late: number; days: number; worst: number };

/** How timely each department was, by its id. Days off between do not make anybody late. */
export function timelinessOf(rows: readonly HandedIn[]): Map<string, Timeliness> {
  const found = new Map<string, Timeliness>();
  for (const { organId, dueOn, handedOn, count } of rows) {
    const late = handedOn > dueOn ? -workingDaysUntil(handedOn, dueOn) : 0;
    const sum = found.get(organId) ?? { items: 0, onTime: 0, late: 0, days: 0, worst: 0 };
    found.set(organId, {
      items: sum.items + count,
      onTime: sum.onTime + (late === 0 ? count : 0),
      late: sum.late + (late === 0 ? 0 : count),
      days: sum.days + late * count,
      worst: Math.max(sum.worst, late),
    });
  }
  return found;
}
