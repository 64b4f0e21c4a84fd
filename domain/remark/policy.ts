import type { Actor } from "../kernel/actor";
import { DomainError, type RefusalKey } from "../kernel/errors";
import type { Role } from "../kernel/roles";
import type { ReportStatus } from "../report/workflow";
import { isHeading, type SectionKind, type SectionStatus } from "../section/workflow";
import type { RemarkKind, RemarkOutcome } from "./workflow";

export const LEAF_ABILITIES = ["comment", "suggest"] as const;
export const REMARK_ABILITIES = ["reply", "resolve", "accept", "reject", "withdraw"] as const;
export type LeafAbility = (typeof LEAF_ABILITIES)[number];
export type RemarkAbility = (typeof REMARK_ABILITIES)[number];

/** Whom a remark can name: the two desks of the leaf's department, and the lead bureau. */
export const MENTIONABLE = ["drafter", "signer", "lead"] as const satisfies readonly Role[];
export type Mentionable = (typeof MENTIONABLE)[number];

export type LeafFacts = {
  kind: SectionKind;
  status: SectionStatus;
  organId: string;
  jurisdictionId: string;
  reportStatus: ReportStatus;
};
export type RemarkFacts = {
  kind: RemarkKind;
  internal: boolean;
  /** Made on the working copy, not on a text that went up. */
  onDraft: boolean;
  authorId: string;
  outcome: RemarkOutcome | null;
};

/** The text of a leaf is before somebody, and no longer only its department's. */
export const isUp = (status: SectionStatus): boolean => status !== "drafting" && status !== "returned";

/** Why the actor may not put a remark on a leaf; null when they may. Who comes before when, as in section/policy. */
export function leafRefusal(ability: LeafAbility, actor: Actor, leaf: LeafFacts): RefusalKey | null {
  if (leaf.jurisdictionId !== actor.jurisdictionId || isHeading(leaf.kind)) return "not-found";
  if (!isOneOfTheirs(actor.role) || (ability === "suggest" && actor.role === "drafter")) return "not-your-role";
  if (actor.role !== "lead" && leaf.organId !== actor.organId) return "not-your-department";
  if (leaf.reportStatus !== "collecting") return "report-not-collecting";
  if (actor.role === "lead" && !isUp(leaf.status)) return "remark-text-away";
  return null;
}

/** Why the actor may not do something with a remark; null when they may. */
export function remarkRefusal(
  ability: RemarkAbility,
  actor: Actor,
  leaf: LeafFacts,
  remark: RemarkFacts,
): RefusalKey | null {
  if (!maySeeRemark(actor, leaf, remark)) return "not-found";
  if (KIND_OF[ability] !== null && KIND_OF[ability] !== remark.kind) return "not-found";
  if ((ability === "accept" || ability === "reject") && actor.role !== "drafter") return "not-your-role";
  if (ability === "withdraw" && remark.authorId !== actor.userId) return "remark-not-yours";
  const refusal = leafRefusal("comment", actor, leaf);
  if (refusal) return refusal;
  if ((ability === "accept" || ability === "reject") && isUp(leaf.status)) return "section-not-open";
  return remark.outcome === null ? null : "remark-settled";
}

export function authorizeLeaf(ability: LeafAbility, actor: Actor, leaf: LeafFacts): void {
  const refusal = leafRefusal(ability, actor, leaf);
  if (refusal) throw new DomainError(refusal);
}

export function authorizeRemark(ability: RemarkAbility, actor: Actor, leaf: LeafFacts, remark: RemarkFacts): void {
  const refusal = remarkRefusal(ability, actor, leaf, remark);
  if (refusal) throw new DomainError(refusal);
}

/**
 * Twin of the policy `see` on remarks: the department all of its own; the lead bureau what is not internal, and of a
 * working copy nothing before the department has sent a text up.
 */
export function maySeeRemark(
  actor: Actor,
  leaf: Pick<LeafFacts, "organId" | "jurisdictionId" | "status">,
  remark: Pick<RemarkFacts, "internal" | "onDraft">,
): boolean {
  if (leaf.jurisdictionId !== actor.jurisdictionId) return false;
  if (actor.role === "lead") return !remark.internal && (!remark.onDraft || isUp(leaf.status));
  return (actor.role === "drafter" || actor.role === "signer") && leaf.organId === actor.organId;
}

const isOneOfTheirs = (role: Role): boolean => (MENTIONABLE as readonly Role[]).includes(role);

/** Answers are given to both kinds; each ends in its own way. */
const KIND_OF: Record<RemarkAbility, RemarkKind | null> = {
  reply: null,
  resolve: "comment",
  accept: "suggestion",
  reject: "suggestion",
  withdraw: "suggestion",
};
