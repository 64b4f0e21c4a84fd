import type { Actor } from "../kernel/actor";
import type { RefusalKey } from "../kernel/errors";
import { isOneOf, type OrganKind, type Role } from "../kernel/roles";
import type { ReportAbility } from "../report/policy";
import { DRAFT_KINDS, type EditionKind } from "./workflow";

/** To whom an edition was given: everybody in a role, everybody of an organ, or one post. */
export type GivenTo = { role: Role } | { organId: string } | { membershipId: string };

/** Who is given editions. The lead bureau and the approver see every one; the three administrators see none. */
export const READERS = ["drafter", "signer", "clerk", "member"] as const satisfies readonly Role[];
export type Reader = (typeof READERS)[number];

/** Those of the departments: a draft goes no further. */
export const DRAFT_READERS = ["drafter", "signer"] as const satisfies readonly Reader[];
/** Offices that can be given an edition as a whole; a draft only to departments. */
export const READING_ORGANS = ["department", "lead", "congress"] as const satisfies readonly OrganKind[];
export const DRAFT_ORGANS = ["department", "lead"] as const satisfies readonly OrganKind[];

/** 征求意见稿 and 送审稿: of a text that nobody has approved as a whole. */
export const isDraft = (kind: EditionKind): boolean => isOneOf(kind, DRAFT_KINDS);

/** The report's abilities that sealing and delivering an edition of a kind ask for (domain/report/policy.ts). */
export const sealAbility = (kind: EditionKind): ReportAbility => (isDraft(kind) ? "sealDraft" : "seal");
export const deliverAbility = (kind: EditionKind): ReportAbility => (isDraft(kind) ? "deliverDraft" : "deliver");

/** Whether `newer` takes the place of an older edition of the same report: a final one of any, a draft of its own kind. */
export const replaces = (newer: Numbered, older: Numbered): boolean =>
  newer.number > older.number && (!isDraft(newer.kind) || newer.kind === older.kind);
type Numbered = { number: number; kind: EditionKind };

/**
 * Why an edition cannot be delivered, given its report's others: once one that takes its place is sealed, nobody is given the
 * old text any more; it stays with those who have it.
 */
export function outdatedBy<E extends Numbered>(edition: Numbered, others: readonly E[]): E | undefined {
  return others.filter((other) => replaces(other, edition)).toSorted((a, b) => b.number - a.number)[0];
}

/** What sealing needs besides the approved text. `open` counts what is not ready; `delivered` is the final edition that was delivered last. */
export type SealFacts = { kind: EditionKind; open: number; isEmpty: boolean; delivered: number | null };
export type SealWords = { exception: string | null; supersedes: number | null; notice: string | null };

/** Why an edition may not be sealed so, or null. */
export function sealRefusal({ kind, open, isEmpty, delivered }: SealFacts, words: SealWords): RefusalKey | null {
  if (isEmpty) return "whole-empty";
  if (open > 0 && words.exception === null) return "seal-not-ready";
  if (isDraft(kind)) return null;
  if (delivered !== null && words.notice === null) return "correction-unexplained";
  return words.supersedes === delivered ? null : "correction-changed";
}

/** Why a recipient cannot be given an edition of that kind, or null. */
export function recipientRefusal(kind: EditionKind, to: { role: Role } | { organKind: OrganKind }): RefusalKey | null {
  const [readers, drafted] =
    "role" in to
      ? [isOneOf(to.role, READERS), isOneOf(to.role, DRAFT_READERS)]
      : [isOneOf(to.organKind, READING_ORGANS), isOneOf(to.organKind, DRAFT_ORGANS)];
  if (!readers) return "recipient-unknown";
  return isDraft(kind) && !drafted ? "recipient-not-for-draft" : null;
}

/** Twin of the policy `see` on editions: the lead bureau and the approver from the seal on, the others once it is given to them. */
export function maySeeEdition(actor: Actor, edition: { jurisdictionId: string; given: readonly GivenTo[] }): boolean {
  if (edition.jurisdictionId !== actor.jurisdictionId) return false;
  switch (actor.role) {
    case "lead":
    case "approver":
      return true;
    case "drafter":
    case "signer":
    case "clerk":
    case "member":
      return edition.given.some((to) => isGivenTo(actor, to));
    case "sysadmin":
    case "secadmin":
    case "auditor":
      return false;
  }
}

/** Twin of `see` on deliveries: one's own; the committee's office has the whole list of what it was given. */
export function maySeeDelivery(
  actor: Actor,
  edition: { jurisdictionId: string; given: readonly GivenTo[] },
  to: GivenTo,
): boolean {
  if (!maySeeEdition(actor, edition)) return false;
  return isOneOf(actor.role, ["lead", "approver", "clerk"]) || isGivenTo(actor, to);
}

/** Twin of `see` on receipts: one's own; all of them for the lead bureau and for the committee's office that has the edition. */
export function maySeeReceipt(
  actor: Actor,
  edition: { jurisdictionId: string; given: readonly GivenTo[] },
  receipt: { userId: string },
): boolean {
  if (actor.jurisdictionId !== edition.jurisdictionId) return false;
  if (receipt.userId === actor.userId || actor.role === "lead") return true;
  return actor.role === "clerk" && maySeeEdition(actor, edition);
}

/** A post that somebody holds for another (代办) counts as that one's. */
function isGivenTo(actor: Actor, to: GivenTo): boolean {
  if ("role" in to) return to.role === actor.role;
  return "organId" in to ? to.organId === actor.organId : to.membershipId === actor.seatId;
}
