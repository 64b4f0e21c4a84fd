import type { Day } from "../kernel/working-days";

export type ReadinessItem = { is: "section" | "indicator"; isApproved: boolean; dueOn: Day };

/** What a report still lacks, for a sentence: so many leaves and rows, how many of them late, and the next day to come. */
export type Readiness = { sections: number; indicators: number; late: number; next: Day | null };

export function readinessOf(items: readonly ReadinessItem[], day: Day): Readiness {
  const open = items.filter((item) => !item.isApproved);
  const days = open.map(({ dueOn }) => dueOn).filter((dueOn) => dueOn >= day);
  return {
    sections: open.filter(({ is }) => is === "section").length,
    indicators: open.filter(({ is }) => is === "indicator").length,
    late: open.filter(({ dueOn }) => dueOn < day).length,
    next: days.reduce<Day | null>((first, dueOn) => (first === null || dueOn < first ? dueOn : first), null),
  };
}
