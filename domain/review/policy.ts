import type { Actor } from "../kernel/actor";
import type { RefusalKey } from "../kernel/errors";
import type { ReportStatus } from "../report/workflow";

/** What the rules look at. `isOpen`: its department is working it off; `isAtAuthor`: the item is in its hands. */
export type ReasonFacts = {
  organId: string;
  jurisdictionId: string;
  reportStatus: ReportStatus;
  isAtAuthor: boolean;
  isOpen: boolean;
};

/** Why the actor may not answer a reason, or null when they may: first who, then when (as sectionRefusal). */
export function answerRefusal(actor: Actor, facts: ReasonFacts): RefusalKey | null {
  if (facts.jurisdictionId !== actor.jurisdictionId) return "not-found";
  if (actor.role !== "drafter") return "not-your-role";
  if (facts.organId !== actor.organId) return "not-your-department";
  if (facts.reportStatus !== "collecting") return "report-not-collecting";
  return facts.isAtAuthor && facts.isOpen ? null : "reason-settled";
}

type Owned = { organId: string; jurisdictionId: string };

/**
 * Twin of the policies `see` on review_reasons and reason_answers: the department that is to work it off, who compiles and
 * who approves; besides them the confirming office of a row, and whoever was given a seat on the item's route.
 */
export function maySeeReason(
  actor: Actor,
  reason: Owned & { confirmOrganId: string | null; isSeated: boolean },
): boolean {
  if (reason.jurisdictionId !== actor.jurisdictionId) return false;
  if (actor.role === "lead" || actor.role === "approver") return true;
  if (actor.role !== "drafter" && actor.role !== "signer") return false;
  if (reason.organId === actor.organId || reason.confirmOrganId === actor.organId) return true;
  return actor.role === "signer" && reason.isSeated;
}

/** Twin of the policy `add` on reason_answers. */
export function mayAnswerReason(actor: Actor, reason: Owned): boolean {
  return reason.jurisdictionId === actor.jurisdictionId && actor.role === "drafter" && reason.organId === actor.organId;
}
