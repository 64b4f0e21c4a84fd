import type { EditionKind } from "../edition/workflow";
import type { Actor } from "../kernel/actor";
import { DomainError, type RefusalKey, type RefusalParams } from "../kernel/errors";
import { CONSULTATION_LIMITS, type ReplyKind } from "./workflow";

export const CONSULTATION_ABILITIES = ["comment", "answerNone", "urge", "publish"] as const;
export const REPLY_ABILITIES = ["withdraw", "dispose"] as const;
export type ConsultationAbility = (typeof CONSULTATION_ABILITIES)[number];
export type ReplyAbility = (typeof REPLY_ABILITIES)[number];

/** An edition that the actor can see, as it stands to them. */
export type ConsultationFacts = {
  jurisdictionId: string;
  kind: EditionKind;
  /** Whether it was given to the actor's department for its comments. */
  asked: boolean;
  /** The number of a later edition of the report: this text is out of date then. */
  later: number | null;
  /** Comments that the actor's department has made and not withdrawn. */
  ownComments: number;
  /** The actor's department has answered 无意见. */
  ownNone: boolean;
  /** Comments of everybody that wait for a disposition. */
  open: number;
  published: boolean;
  /** Departments that have not answered. */
  waiting: number;
  urgedToday: boolean;
};

export type ReplyFacts = {
  jurisdictionId: string;
  organId: string;
  kind: ReplyKind;
  withdrawn: boolean;
  disposed: boolean;
  /** A later edition is sealed: who had answered 无意见 to this one has answered it. */
  isOver: boolean;
  /** The table of outcomes is published: answers and outcomes stay as they are. */
  published: boolean;
};

type Refused = { key: RefusalKey; params?: RefusalParams };

/** Why the actor may not do something with a consultation; null when they may. Past the day asked for it is only late. */
export function consultationRefusal(
  ability: ConsultationAbility,
  actor: Actor,
  facts: ConsultationFacts,
): Refused | null {
  if (facts.jurisdictionId !== actor.jurisdictionId || facts.kind !== "consultation") return { key: "not-found" };
  if (ability === "urge") {
    if (actor.role !== "lead") return { key: "not-your-role" };
    if (facts.later !== null || facts.published || facts.waiting === 0) return { key: "consultation-nobody-owes" };
    return facts.urgedToday ? { key: "urged-today" } : null;
  }
  if (ability === "publish") {
    if (actor.role !== "lead") return { key: "not-your-role" };
    if (facts.published) return { key: "consultation-published" };
    return facts.open > 0 ? { key: "consultation-open", params: { count: facts.open } } : null;
  }
  if (!isOfDepartment(actor)) return { key: "not-your-role" };
  if (!facts.asked) return { key: "not-your-department" };
  if (facts.later !== null) return { key: "consultation-over", params: { number: facts.later } };
  if (facts.published) return { key: "consultation-closed" };
  if (ability === "comment") {
    const most = CONSULTATION_LIMITS.replies;
    return facts.ownComments >= most ? { key: "consultation-full", params: { most } } : null;
  }
  if (facts.ownComments > 0) return { key: "consultation-commented", params: { count: facts.ownComments } };
  return facts.ownNone ? { key: "consultation-answered" } : null;
}

/** Why the actor may not do something with one answer; null when they may. */
export function replyRefusal(ability: ReplyAbility, actor: Actor, reply: ReplyFacts): Refused | null {
  if (reply.jurisdictionId !== actor.jurisdictionId) return { key: "not-found" };
  if (ability === "withdraw") {
    if (!isOfDepartment(actor)) return { key: "not-your-role" };
    if (reply.organId !== actor.organId) return { key: "not-your-department" };
    const isSettled = reply.withdrawn || reply.disposed || reply.published || (reply.kind === "none" && reply.isOver);
    return isSettled ? { key: "reply-settled" } : null;
  }
  if (actor.role !== "lead") return { key: "not-your-role" };
  if (reply.withdrawn || reply.kind === "none") return { key: "not-found" };
  return reply.published ? { key: "consultation-published" } : null;
}

export function authorizeConsultation(ability: ConsultationAbility, actor: Actor, facts: ConsultationFacts): void {
  const refused = consultationRefusal(ability, actor, facts);
  if (refused) throw new DomainError(refused.key, refused.params);
}

export function authorizeReply(ability: ReplyAbility, actor: Actor, reply: ReplyFacts): void {
  const refused = replyRefusal(ability, actor, reply);
  if (refused) throw new DomainError(refused.key, refused.params);
}

/**
 * Twin of the policy `see` on consultation_replies and, with it, on dispositions: a department all of its own, and of the
 * others' what was disposed of once the table of an edition that it can see is published.
 */
export function maySeeReply(actor: Actor, edition: { seen: boolean; published: boolean }, reply: ReplyFacts): boolean {
  if (reply.jurisdictionId !== actor.jurisdictionId) return false;
  if (actor.role === "lead" || actor.role === "approver") return !reply.withdrawn;
  if (!isOfDepartment(actor)) return false;
  if (reply.organId === actor.organId) return true;
  return edition.seen && edition.published && !reply.withdrawn && (reply.kind === "none" || reply.disposed);
}

const isOfDepartment = (actor: Actor): boolean => actor.role === "drafter" || actor.role === "signer";
