import type { Actor } from "../kernel/actor";
import type { RefusalKey } from "../kernel/errors";
import type { Role } from "../kernel/roles";
import type { ReportStatus } from "../report/workflow";
import { presentStep, type RouteFacts, type RouteStep, type Seat } from "./route";
import type { StepAction } from "./workflow";

/** A leaf or an indicator's row, as the rules about its route look at it. `writers` have their hand in what is judged. */
export type ItemFacts = {
  organId: string;
  confirmOrganId: string | null;
  reportStatus: ReportStatus;
  writers: readonly string[];
  route: RouteFacts;
};

/** What passes a step, by the step's action. */
export const PASSING = { sign: "sign", confirm: "confirm", pass: "review" } as const satisfies Record<
  string,
  StepAction
>;
export type Passing = keyof typeof PASSING;

/**
 * Why the actor may not pass the step or return from it, or null. Who comes before when: whose role or office has no such
 * step gets the reason that hides the button. Nobody decides on what they wrote, nor at two steps on one text.
 */
export function decisionRefusal(
  verb: Passing | "return",
  actor: Actor,
  item: ItemFacts,
  otherwise: RefusalKey,
): RefusalKey | null {
  const { route } = item;
  const present = presentStep(route);
  const fits = (step: RouteStep) => verb === "return" || step.action === PASSING[verb];
  const steps = route.steps.filter(fits);
  const sits =
    present !== null && fits(present) && route.seats.some(({ membershipId }) => membershipId === actor.seatId);
  if (!sits && !steps.some(({ role }) => role === actor.role)) return "not-your-role";
  if (!sits && !steps.some((step) => isOfTheStep(actor, step, item))) return "not-your-department";
  if (item.reportStatus !== "collecting") return "report-not-collecting";
  if (!present || !fits(present) || (verb !== "return" && route.course.at.is === "done")) return otherwise;
  if (!sits) return isOfTheStep(actor, present, item) ? "not-your-step" : otherwise;
  // Whoever acts for a post decides neither on their own work nor on its holder's.
  const hands = handsOf(actor, route.seats);
  if (item.writers.some((userId) => hands.includes(userId))) return "own-work";
  if (route.votes.some(({ userId, step }) => hands.includes(userId) && step !== present.id)) return "signed-by-you";
  if (verb !== "return" && hasDecided(actor, route, present)) return "already-decided";
  return null;
}

/** 撤回: only the last move, by who may make it, and only while nobody has voted on it. */
export function withdrawalRefusal(actor: Actor, item: ItemFacts, otherwise: RefusalKey): RefusalKey | null {
  const { steps, course } = item.route;
  const movers = steps.slice(0, -1);
  const voted = movers.some(({ id }) =>
    item.route.votes.some((vote) => vote.step === id && vote.seat === actor.seatId),
  );
  const isAuthor = actor.role === "drafter";
  if (!isAuthor && !voted && !movers.some(({ role }) => role === actor.role)) return "not-your-role";
  if (isAuthor ? actor.organId !== item.organId : !voted && !movers.some((step) => isOfTheStep(actor, step, item))) {
    return "not-your-department";
  }
  if (item.reportStatus !== "collecting") return "report-not-collecting";
  const from = steps.find(({ id }) => id === course.from);
  const own = isAuthor
    ? course.from === "author"
    : from !== undefined &&
      ((from.office !== "any" && isOfTheStep(actor, from, item)) ||
        item.route.votes.some((vote) => vote.step === from.id && vote.seat === actor.seatId));
  return own && course.at.is === "step" && course.passed.length === 0 ? null : otherwise;
}

/** 加签: who sits at the present step, or the lead bureau. 转办: who sits there and has not decided yet. */
export function seatRefusal(verb: "addSeat" | "handOver", actor: Actor, item: ItemFacts): RefusalKey | null {
  const { route } = item;
  const present = presentStep(route);
  const sits = route.seats.some(({ membershipId }) => membershipId === actor.seatId);
  const mayAdd = verb === "addSeat" && actor.role === "lead";
  if (!sits && !mayAdd && !route.steps.some(({ role }) => role === actor.role)) return "not-your-role";
  if (item.reportStatus !== "collecting") return "report-not-collecting";
  if (!present || route.course.at.is !== "step") return "not-at-a-step";
  if (!sits && !mayAdd) return "not-your-step";
  // 代办 is never passed on, and a seat that is given outlasts it.
  if (actor.seatId !== actor.membershipId) return "delegation-of-another";
  if (verb === "handOver" && hasDecided(actor, route, present)) return "already-decided";
  return null;
}

/** Who may be asked to sit at the present step: of its role and office, not there yet, and with no hand in the item. */
export function newSeatRefusal(post: Seat & { role: Role; organId: string; gaveAway: boolean }, item: ItemFacts) {
  const { route } = item;
  const step = presentStep(route);
  if (!step) return "not-at-a-step" as const;
  const office = step.office === "owner" ? item.organId : item.confirmOrganId;
  if (post.role !== step.role || (step.office !== "any" && post.organId !== office))
    return "seat-not-deciding" as const;
  if (route.seats.some(({ membershipId }) => membershipId === post.membershipId)) return "seat-taken" as const;
  if (post.gaveAway) return "seat-given-away" as const;
  const voted = route.votes.some(({ userId, step: at }) => userId === post.userId && at !== step.id);
  return voted || item.writers.includes(post.userId) ? ("seat-own-work" as const) : null;
}

/** For a page: what of the two it offers. */
export const seatAbilities = (actor: Actor, item: ItemFacts): { add: boolean; hand: boolean } => ({
  add: seatRefusal("addSeat", actor, item) === null,
  hand: seatRefusal("handOver", actor, item) === null,
});

/** Whether the actor's post is one of those that the step is for, before anybody is named, added or has handed over. */
export function isOfTheStep(
  actor: Actor,
  step: Pick<RouteStep, "role" | "office">,
  item: { organId: string; confirmOrganId: string | null },
): boolean {
  if (step.role !== actor.role) return false;
  // Heads of other offices are named, or do not sit there at all.
  if (step.office === "any") return step.role !== "signer";
  return actor.organId === (step.office === "owner" ? item.organId : item.confirmOrganId);
}

/** The actor, and whose post they hold when they act for somebody. */
export function handsOf(actor: Actor, seats: readonly Seat[]): string[] {
  const holder = seats.find(({ membershipId }) => membershipId === actor.seatId)?.userId;
  return holder === undefined || holder === actor.userId ? [actor.userId] : [actor.userId, holder];
}

function hasDecided(actor: Actor, { votes, course }: RouteFacts, present: RouteStep): boolean {
  return votes.some(
    (vote) =>
      vote.step === present.id &&
      vote.round === course.round &&
      (vote.seat === actor.seatId || vote.userId === actor.userId),
  );
}
