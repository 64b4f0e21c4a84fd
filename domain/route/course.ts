import type { RefusalKey } from "../kernel/errors";
import type { StepMode } from "./workflow";

/** How many of those who sit at a step must pass before it is done. A quorum above the seats means all of them. */
export type Mode = { is: "any" } | { is: "all" } | { is: "quorum"; count: number };

/** A step as one item meets it: those that its department may leave out are not in its list. */
export type CourseStep = { id: string; mode: Mode };

/** A return: `by` is the step that gave it; after the correction the item goes back there, or takes the route again. */
export type Comeback = { by: string; way: "resume" | "restart" };

/**
 * Where one item (a leaf's text, an indicator's row) stands on its route. `round` counts its arrivals at a step, so that a
 * vote is never taken for one on another text. `from` is where it came from by one move that may still be taken back.
 */
export type Course = {
  at: { is: "author" } | { is: "step"; step: string } | { is: "done" };
  round: number;
  passed: readonly string[];
  from: "author" | string | null;
  comeback: Comeback | null;
};

/** `seat` is whose decision it is, also when somebody else acts for them; `seats` who sits at the present step. */
export type Act =
  | { is: "submit" }
  | { is: "pass"; seat: string; seats: readonly string[] }
  | { is: "return"; to: "author" | "previous" | { step: string }; way: Comeback["way"] }
  | { is: "withdraw"; to: "author" | string };

export const START: Course = { at: { is: "author" }, round: 0, passed: [], from: null, comeback: null };

export type Moved = { course: Course } | { refused: RefusalKey };

/**
 * The course after an act, or the rule that is against it. Who may act is the policy's question; here is only where an
 * item can go. A route without steps leads from the author straight to the end.
 */
export function advance(steps: readonly CourseStep[], course: Course, act: Act): Moved {
  switch (act.is) {
    case "submit":
      return submit(steps, course);
    case "pass":
      return pass(steps, course, act.seat, act.seats);
    case "return":
      return giveBack(steps, course, act.to, act.way);
    case "withdraw":
      return withdraw(steps, course, act.to);
  }
}

/** Where an item goes when it is sent on from the author now: for a button that says so. */
export function nextFromAuthor(steps: readonly CourseStep[], course: Course): string | null {
  const { comeback } = course;
  const resumed = comeback?.way === "resume" ? steps.find(({ id }) => id === comeback.by) : undefined;
  return (resumed ?? steps[0])?.id ?? null;
}

/** The steps that a return from here may name, nearest the author first. */
export function returnableSteps(steps: readonly CourseStep[], course: Course): string[] {
  const here = placeOf(steps, course);
  return here === null ? [] : steps.slice(0, here).map(({ id }) => id);
}

export const isDecided = (mode: Mode, passed: number, seats: number): boolean => passed >= neededToDecide(mode, seats);

/** How many of those who sit at a step must pass it. */
export function neededToDecide(mode: Mode, seats: number): number {
  switch (mode.is) {
    case "any":
      return 1;
    case "all":
      return Math.max(1, seats);
    case "quorum":
      return Math.max(1, Math.min(mode.count, seats));
  }
}

/** A step's mode as the database has it. */
export const modeOf = (mode: StepMode, quorum: number | null): Mode =>
  mode === "quorum" ? { is: "quorum", count: quorum ?? 1 } : { is: mode };

/** What was through and has been worked on since takes the route again. */
function submit(steps: readonly CourseStep[], course: Course): Moved {
  if (course.at.is === "step") return { refused: "section-not-open" };
  if (course.at.is === "done") return { course: arrive(course, steps[0]?.id ?? null, "author", null) };
  return { course: arrive(course, nextFromAuthor(steps, course), "author", course.comeback) };
}

function pass(steps: readonly CourseStep[], course: Course, seat: string, seats: readonly string[]): Moved {
  const { at } = course;
  const step = at.is === "step" ? steps.find(({ id }) => id === at.step) : undefined;
  if (!step) return { refused: "not-at-a-step" };
  if (!seats.includes(seat)) return { refused: "not-your-step" };
  if (course.passed.includes(seat)) return { refused: "already-decided" };
  const passed = [...course.passed, seat];
  // Who has left the table since no longer counts, neither for nor against.
  const counted = passed.filter((one) => seats.includes(one)).length;
  if (!isDecided(step.mode, counted, seats.length)) return { course: { ...course, passed, from: null } };
  return { course: leave(steps, course, step.id) };
}

/** On to the next step; or, once a corrected item has passed the step it was sent back to, to the step that sent it. */
function leave(steps: readonly CourseStep[], course: Course, step: string): Course {
  const here = steps.findIndex(({ id }) => id === step);
  const { comeback } = course;
  const sender = comeback?.way === "resume" ? steps.findIndex(({ id }) => id === comeback.by) : -1;
  const jumps = sender > here;
  return arrive(course, steps[jumps ? sender : here + 1]?.id ?? null, step, jumps ? comeback : null);
}

function giveBack(
  steps: readonly CourseStep[],
  course: Course,
  to: "author" | "previous" | { step: string },
  way: Comeback["way"],
): Moved {
  const here = placeOf(steps, course);
  const by = steps[Math.min(here ?? -1, steps.length - 1)];
  if (here === null || !by) return { refused: "not-at-a-step" };
  const comeback = { by: by.id, way };
  if (to === "author") return { course: { ...course, at: { is: "author" }, passed: [], from: null, comeback } };
  const target = to === "previous" ? here - 1 : steps.findIndex(({ id }) => id === to.step);
  if (to === "previous" && target < 0) {
    return { course: { ...course, at: { is: "author" }, passed: [], from: null, comeback } };
  }
  const step = steps[target];
  if (!step || target >= here) return { refused: "not-an-earlier-step" };
  return { course: arrive(course, step.id, null, comeback) };
}

/** Only the last move, only by who made it (the policy's question), and only while nobody has voted on it. */
function withdraw(steps: readonly CourseStep[], course: Course, to: "author" | string): Moved {
  if (course.at.is !== "step" || course.from === null || course.passed.length > 0) {
    return { refused: "section-not-withdrawable" };
  }
  if (course.from !== to) return { refused: "section-not-withdrawable" };
  if (to === "author") return { course: { ...course, at: { is: "author" }, passed: [], from: null } };
  if (!steps.some(({ id }) => id === to)) return { refused: "section-not-withdrawable" };
  return { course: arrive(course, to, null, course.comeback) };
}

function arrive(course: Course, step: string | null, from: Course["from"], comeback: Comeback | null): Course {
  return {
    at: step === null ? { is: "done" } : { is: "step", step },
    round: course.round + 1,
    passed: [],
    from,
    comeback,
  };
}

/** The index of the present step; one past the last when it is done; null at the author. */
function placeOf(steps: readonly CourseStep[], { at }: Course): number | null {
  if (at.is === "author") return null;
  if (at.is === "done") return steps.length;
  const index = steps.findIndex(({ id }) => id === at.step);
  return index === -1 ? null : index;
}
