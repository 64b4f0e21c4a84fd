import type { Actor } from "../kernel/actor";
import { DomainError, type RefusalKey } from "../kernel/errors";
import { AUTHORS, type Role } from "../kernel/roles";
import type { ReportStatus } from "../report/workflow";
import { isHeading, moveOf, type SectionKind, type SectionStatus } from "./workflow";

export const SECTION_ABILITIES = [
  "save",
  "restore",
  "attach",
  "submit",
  "withdraw",
  "sign",
  "pass",
  "return",
  "brief",
] as const;
export type SectionAbility = (typeof SECTION_ABILITIES)[number];

/** What the rules look at. `writers` wrote the text before the reviewers; `signedBy` put it before the lead bureau. */
export type SectionFacts = {
  kind: SectionKind;
  status: SectionStatus;
  organId: string;
  jurisdictionId: string;
  reportStatus: ReportStatus;
  writers: readonly string[];
  signedBy: string | null;
};

/**
 * Why the actor may not, or null when they may. Rules of who come before rules of when: a role that never may gets
 * "not-your-role", so that a page hides the button; a moment that is wrong gets its own key, so that it explains it.
 */
export function sectionRefusal(ability: SectionAbility, actor: Actor, facts: SectionFacts): RefusalKey | null {
  if (facts.jurisdictionId !== actor.jurisdictionId || isHeading(facts.kind)) return "not-found";
  if (ability === "brief") return briefRefusal(actor, facts);
  const move = moveOf(isWriting(ability) ? "submit" : ability, actor.role);
  if (!move) return "not-your-role";
  if (isDepartmental(actor.role) && facts.organId !== actor.organId) return "not-your-department";
  if (facts.reportStatus !== "collecting") return "report-not-collecting";
  if (!move.from.includes(facts.status)) return WRONG_MOMENT[ability];
  if (isDecision(ability)) {
    if (facts.writers.includes(actor.userId)) return "own-work";
    if (actor.role === "lead" && facts.signedBy === actor.userId) return "signed-by-you";
  }
  return null;
}

/** 要求 are the lead bureau's to give, for any leaf, until the whole goes up. */
function briefRefusal(actor: Actor, facts: SectionFacts): RefusalKey | null {
  if (actor.role !== "lead") return "not-your-role";
  return facts.reportStatus === "collecting" ? null : "report-not-collecting";
}

export function authorizeSection(ability: SectionAbility, actor: Actor, facts: SectionFacts): void {
  const refusal = sectionRefusal(ability, actor, facts);
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
  },
): boolean {
  if (revision.jurisdictionId !== actor.jurisdictionId) return false;
  if (isDepartmental(actor.role)) return revision.organId === actor.organId;
  if (actor.role === "lead") return revision.kind === "submitted";
  if (actor.role === "approver") return revision.isApproved && revision.reportStatus !== "collecting";
  return false;
}

const isDepartmental = (role: Role): boolean => role === "drafter" || role === "signer";
/** All that a drafter does with a leaf that is in their hands. */
const isWriting = (ability: SectionAbility): ability is "save" | "restore" | "attach" =>
  ability === "save" || ability === "restore" || ability === "attach";
const isDecision = (ability: SectionAbility): boolean => ["sign", "pass", "return"].includes(ability);

const WRONG_MOMENT = {
  save: "section-not-open",
  restore: "section-not-open",
  attach: "section-not-open",
  submit: "section-not-open",
  withdraw: "section-not-withdrawable",
  sign: "section-not-signing",
  pass: "section-not-reviewing",
  return: "section-not-returnable",
} satisfies Record<Exclude<SectionAbility, "brief">, RefusalKey>;
