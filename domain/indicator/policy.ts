import type { Actor } from "../kernel/actor";
import { DomainError, type RefusalKey } from "../kernel/errors";
import type { ReportStatus } from "../report/workflow";
import { DECIDERS, isOneOf } from "../kernel/roles";
import { decisionRefusal, withdrawalRefusal, type ItemFacts } from "../route/policy";
import type { Abilities } from "../section/policy";
import type { IndicatorStatus } from "./workflow";

export const INDICATOR_ABILITIES = [
  "fill",
  "submit",
  "revise",
  "withdraw",
  "sign",
  "confirm",
  "pass",
  "return",
] as const;
export type IndicatorAbility = (typeof INDICATOR_ABILITIES)[number];

/** What the rules look at. `writers` typed the figures that are before the reviewers; `route` is where the row is. */
export type IndicatorFacts = ItemFacts & {
  status: IndicatorStatus;
  jurisdictionId: string;
  /** It is approved, and its department has gone on working on it. */
  stale: boolean;
};

/** Why the actor may not, or null when they may: first who, then when (as sectionRefusal). */
export function indicatorRefusal(ability: IndicatorAbility, actor: Actor, facts: IndicatorFacts): RefusalKey | null {
  if (facts.jurisdictionId !== actor.jurisdictionId) return "not-found";
  if (ability === "withdraw") return withdrawalRefusal(actor, facts, "indicator-not-withdrawable");
  if (isDecision(ability)) return decisionRefusal(ability, actor, facts, WRONG_MOMENT[ability]);
  if (actor.role !== "drafter") return "not-your-role";
  if (actor.organId !== facts.organId) return "not-your-department";
  if (facts.reportStatus !== "collecting") return "report-not-collecting";
  const isThrough = facts.status === "approved";
  if (ability === "revise") return isThrough && !facts.stale ? null : "not-approved-yet";
  const isOpen = facts.status === "drafting" || facts.status === "returned" || (isThrough && facts.stale);
  return isOpen ? null : isThrough ? "approved-not-revised" : "indicator-not-open";
}

export function authorizeIndicator(ability: IndicatorAbility, actor: Actor, facts: IndicatorFacts): void {
  const refusal = indicatorRefusal(ability, actor, facts);
  if (refusal) throw new DomainError(refusal);
}

export function indicatorAbilities(actor: Actor, facts: IndicatorFacts): Abilities<IndicatorAbility> {
  const entries = INDICATOR_ABILITIES.map((ability) => [ability, indicatorRefusal(ability, actor, facts)] as const);
  return Object.fromEntries(entries) as Abilities<IndicatorAbility>;
}

/** The catalogue is the lead bureau's, while the report collects. */
export function catalogueRefusal(
  actor: Actor,
  report: { jurisdictionId: string; status: ReportStatus },
): RefusalKey | null {
  if (report.jurisdictionId !== actor.jurisdictionId) return "not-found";
  if (actor.role !== "lead") return "not-your-role";
  return report.status === "collecting" ? null : "report-not-collecting";
}

type Owned = { organId: string; jurisdictionId: string };

/** Twin of the policies `see` on figures and figure_changes: what is being filled in is its department's alone. */
export function maySeeFigures(actor: Actor, figures: Owned): boolean {
  return figures.jurisdictionId === actor.jurisdictionId && isDepartmental(actor) && figures.organId === actor.organId;
}

/**
 * Twin of the policy `see` on indicator_revisions: the owner and the confirming office, and the lead bureau, always; what
 * the lead bureau has passed is shared with every department that writes the report, so that its text can quote it, and
 * with the approver once the whole is before them.
 */
export function maySeeIndicatorRevision(
  actor: Actor,
  revision: Owned & {
    confirmOrganId: string | null;
    isApproved: boolean;
    reportStatus: ReportStatus;
    /** The actor sits by name at some step of the row's route. */
    hasSeat?: boolean;
  },
): boolean {
  if (revision.jurisdictionId !== actor.jurisdictionId) return false;
  if (revision.hasSeat && isOneOf(actor.role, DECIDERS)) return true;
  if (isDepartmental(actor)) {
    return revision.organId === actor.organId || revision.confirmOrganId === actor.organId || revision.isApproved;
  }
  if (actor.role === "lead") return true;
  return actor.role === "approver" && revision.isApproved && revision.reportStatus !== "collecting";
}

/**
 * Twin of the policy `see` on waivers: the department that wrote the explanation; everybody who writes the report, when
 * it is the lead bureau's, for it lets their figures go up; the lead bureau; the approver with the whole.
 */
export function maySeeWaiver(
  actor: Actor,
  waiver: Owned & { isLeadBureau: boolean; reportStatus: ReportStatus },
): boolean {
  if (waiver.jurisdictionId !== actor.jurisdictionId) return false;
  if (isDepartmental(actor)) return waiver.organId === actor.organId || waiver.isLeadBureau;
  return actor.role === "lead" || (actor.role === "approver" && waiver.reportStatus !== "collecting");
}

const isDepartmental = (actor: Actor): boolean => actor.role === "drafter" || actor.role === "signer";

type Decision = "sign" | "confirm" | "pass" | "return";
const isDecision = (ability: IndicatorAbility): ability is Decision =>
  ability === "sign" || ability === "confirm" || ability === "pass" || ability === "return";

const WRONG_MOMENT: Record<Decision, RefusalKey> = {
  sign: "indicator-not-signing",
  confirm: "indicator-not-confirming",
  pass: "indicator-not-reviewing",
  return: "indicator-not-returnable",
};
