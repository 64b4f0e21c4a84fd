import type { Actor } from "../kernel/actor";
import { DomainError, type RefusalKey } from "../kernel/errors";
import { AUTHORS, DECIDERS, isOneOf, type Role } from "../kernel/roles";
import type { ReportStatus } from "../report/workflow";
import { decisionRefusal, withdrawalRefusal } from "../route/policy";
import type { RouteFacts } from "../route/route";
import { isHeading, type SectionKind, type SectionStatus } from "./workflow";

export const SECTION_ABILITIES = [
  "save",
  "restore",
  "attach",
  "submit",
  "revise",
  "withdraw",
  "sign",
  "pass",
  "return",
  "brief",
] as const;
export type SectionAbility = (typeof SECTION_ABILITIES)[number];

/** What the rules about writing look at. `stale`: it is approved, and its department has gone on working on it. */
export type WritingFacts = {
  kind: SectionKind;
  status: SectionStatus;
  organId: string;
  jurisdictionId: string;
  reportStatus: ReportStatus;
  stale: boolean;
};

/** What all rules look at. `writers` wrote the text before the reviewers; `route` is where it is and who sits there. */
export type SectionFacts = WritingFacts & { writers: readonly string[]; route: RouteFacts };

/**
 * Why the actor may not, or null when they may. Rules of who come before rules of when: a role that never may gets
 * "not-your-role", so that a page hides the button; a moment that is wrong gets its own key, so that it explains it.
 */
export function sectionRefusal(ability: SectionAbility, actor: Actor, facts: SectionFacts): RefusalKey | null {
  if (isDecision(ability) || ability === "withdraw") {
    if (facts.jurisdictionId !== actor.jurisdictionId || isHeading(facts.kind)) return "not-found";
    const item = { ...facts, confirmOrganId: null };
    return ability === "withdraw"
      ? withdrawalRefusal(actor, item, "section-not-withdrawable")
      : decisionRefusal(ability, actor, item, WRONG_MOMENT[ability]);
  }
  return writingRefusal(ability, actor, facts);
}

/** The same for what a drafter does with a leaf that is in their hands, and for the lead bureau's 要求. */
export function writingRefusal(ability: WritingAbility, actor: Actor, facts: WritingFacts): RefusalKey | null {
  if (facts.jurisdictionId !== actor.jurisdictionId || isHeading(facts.kind)) return "not-found";
  if (ability === "brief") return briefRefusal(actor, facts);
  if (actor.role !== "drafter") return "not-your-role";
  if (facts.organId !== actor.organId) return "not-your-department";
  if (facts.reportStatus !== "collecting") return "report-not-collecting";
  const isThrough = facts.status === "approved";
  if (ability === "revise") return isThrough && !facts.stale ? null : "not-approved-yet";
  const isOpen = facts.status === "drafting" || facts.status === "returned" || (isThrough && facts.stale);
  return isOpen ? null : isThrough ? "approved-not-revised" : "section-not-open";
}

/** 要求 are the lead bureau's to give, for any leaf, until the whole goes up. */
function briefRefusal(actor: Actor, facts: WritingFacts): RefusalKey | null {
  if (actor.role !== "lead") return "not-your-role";
  return facts.reportStatus === "collecting" ? null : "report-not-collecting";
}

export function authorizeSection(ability: SectionAbility, actor: Actor, facts: SectionFacts): void {
  const refusal = sectionRefusal(ability, actor, facts);
  if (refusal) throw new DomainError(refusal);
}

export function authorizeWriting(ability: WritingAbility, actor: Actor, facts: WritingFacts): void {
  const refusal = writingRefusal(ability, actor, facts);
  if (refusal) throw new DomainError(refusal);
}

/** For a page: per ability null (offer it) or the reason (explain it, or hide it when it is not one's role). */
export type Abilities<A extends string> = Record<A, RefusalKey | null>;

export function sectionAbilities(actor: Actor, facts: SectionFacts): Abilities<SectionAbility> {
  const entries = SECTION_ABILITIES.map((ability) => [ability, sectionRefusal(ability, actor, facts)] as const);
  return Object.fromEntries(entries) as Abilities<SectionAbility>;
}

/** Twin of the policy `see` on section_briefs: everybody who works on the report. */
export function maySeeBrief(actor: Actor, brief: { jurisdictionId: string }): boolean {
  return brief.jurisdictionId === actor.jurisdictionId && (AUTHORS as readonly Role[]).includes(actor.role);
}

/** Twin of the policy `see` on drafts. */
export function maySeeDraft(actor: Actor, draft: { organId: string; jurisdictionId: string }): boolean {
  return draft.jurisdictionId === actor.jurisdictionId && isDepartmental(actor.role) && draft.organId === actor.organId;
}

/** Twin of the policy `see` on revisions, and on frozen_figures: the words of a text's figures go with the text. */
export function maySeeRevision(
  actor: Actor,
  revision: {
    organId: string;
    jurisdictionId: string;
    kind: "saved" | "submitted";
    isApproved: boolean;
    reportStatus: ReportStatus;
    /** The actor sits by name at some step of the leaf's route. */
    hasSeat?: boolean;
  },
): boolean {
  if (revision.jurisdictionId !== actor.jurisdictionId) return false;
  if (revision.hasSeat && revision.kind === "submitted" && isOneOf(actor.role, DECIDERS)) return true;
  if (isDepartmental(actor.role)) return revision.organId === actor.organId;
  if (actor.role === "lead") return revision.kind === "submitted";
  if (actor.role === "approver") return revision.isApproved && revision.reportStatus !== "collecting";
  return false;
}

const isDepartmental = (role: Role): boolean => role === "drafter" || role === "signer";
type WritingAbility = "save" | "restore" | "attach" | "submit" | "revise" | "brief";
type Decision = "sign" | "pass" | "return";
const isDecision = (ability: SectionAbility): ability is Decision =>
  ability === "sign" || ability === "pass" || ability === "return";

const WRONG_MOMENT: Record<Decision, RefusalKey> = {
  sign: "section-not-signing",
  pass: "section-not-reviewing",
  return: "section-not-returnable",
};
