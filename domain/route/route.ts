import type { Role } from "../kernel/roles";
import { returnableSteps, type Course, type CourseStep } from "./course";
import type { StepAction, StepOffice } from "./workflow";

/** A step as the rules look at it. */
export type RouteStep = CourseStep & { name: string; action: StepAction; role: Role; office: StepOffice };

/** A post that sits at a step; whoever acts for it decides in its place. */
export type Seat = { membershipId: string; userId: string };

/** Who passed this very text or row, at which step and in which of its rounds. */
export type Vote = { userId: string; seat: string; step: string; round: number };

/** Where an item is: its steps in order, the course through them, who sits where it is now, who has passed it so far. */
export type RouteFacts = {
  steps: readonly RouteStep[];
  course: Course;
  /** At the present step; at the last one when the item is through. */
  seats: readonly Seat[];
  votes: readonly Vote[];
};

/** The step where the item is; the last one when it is through; none while its author has it. */
export function presentStep({ steps, course }: Pick<RouteFacts, "steps" | "course">): RouteStep | null {
  const { at } = course;
  if (at.is === "author") return null;
  return (at.is === "done" ? steps.at(-1) : steps.find(({ id }) => id === at.step)) ?? null;
}

/** The steps that one department's item takes: without those left out for it, and the confirming office's if it has one. */
export function stepsOf<T extends { id: string; office: StepOffice; action: StepAction }>(
  steps: readonly T[],
  item: { confirmOrganId: string | null; skipped: readonly string[]; present: string | null },
): T[] {
  return steps.filter(
    ({ id, office, action }) =>
      action !== "approve" &&
      // Where it is already, it stays until it moves.
      (id === item.present || (!item.skipped.includes(id) && (office !== "confirmer" || item.confirmOrganId !== null))),
  );
}

/** The steps that a return from here may name, nearest the author first. */
export function earlierSteps({ steps, course }: Pick<RouteFacts, "steps" | "course">): { id: string; name: string }[] {
  const names = new Map(steps.map(({ id, name }) => [id, name]));
  return returnableSteps(steps, course).map((id) => ({ id, name: names.get(id) ?? "" }));
}
