import type { Actor } from "../kernel/actor";
import { DomainError, type RefusalKey } from "../kernel/errors";
import type { ReportStatus } from "../report/workflow";
import type { Abilities } from "../section/policy";
import { movesOf, type IndicatorMove, type IndicatorStatus } from "./workflow";

export const INDICATOR_ABILITIES = ["fill", "submit", "withdraw", "sign", "confirm", "pass", "return"] as const;
export type IndicatorAbility = (typeof INDICATOR_ABILITIES)[number];

/** What the rules look at. `writers` typed the figures that are before the reviewers. */
export type IndicatorFacts = {
  status: IndicatorStatus;
  organId: string;
  /** Who confirms the figures, or null when nobody but the owner does. Never the owner. */
  confirmOrganId: string | null;
  jurisdictionId: string;
  reportStatus: ReportStatus;
  writers: readonly string[];
  signedBy: string | null;
};

/** Why the actor may not, or null when they may: first who, then when (as sectionRefusal). */
export function indicatorRefusal(ability: IndicatorAbility, actor: Actor, facts: IndicatorFacts): RefusalKey | null {
  if (facts.jurisdictionId !== actor.jurisdictionId) return "not-found";
  const byRole = movesOf(moveBehind(ability)).filter((move) => move.by === actor.role);
  if (byRole.length === 0) return "not-your-role";
  const own = byRole.filter((move) => holdsOffice(actor, facts, move.office));
  if (own.length === 0) return "not-your-department";
  if (facts.reportStatus !== "collecting") return "report-not-collecting";
  if (!own.some((move) => move.from.includes(facts.status))) return WRONG_MOMENT[ability];
  if (ability === "sign" || ability === "confirm" || ability === "pass" || ability === "return") {
    if (facts.writers.includes(actor.userId)) return "own-work";
    if (facts.signedBy === actor.userId) return "signed-by-you";
  }
  return null;
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
  revision: Owned & { confirmOrganId: string | null; isApproved: boolean; reportStatus: ReportStatus },
): boolean {
  if (revision.jurisdictionId !== actor.jurisdictionId) return false;
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

function holdsOffice(actor: Actor, facts: IndicatorFacts, office: "owner" | "confirmer" | "any"): boolean {
  if (office === "any") return true;
  return actor.organId === (office === "owner" ? facts.organId : facts.confirmOrganId);
}

const isDepartmental = (actor: Actor): boolean => actor.role === "drafter" || actor.role === "signer";
const moveBehind = (ability: IndicatorAbility): IndicatorMove => (ability === "fill" ? "submit" : ability);

const WRONG_MOMENT: Record<IndicatorAbility, RefusalKey> = {
  fill: "indicator-not-open",
  submit: "indicator-not-open",
  withdraw: "indicator-not-withdrawable",
  sign: "indicator-not-signing",
  confirm: "indicator-not-confirming",
  pass: "indicator-not-reviewing",
  return: "indicator-not-returnable",
};
