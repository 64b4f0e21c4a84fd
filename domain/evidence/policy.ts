import type { Actor } from "../kernel/actor";

/** Of one text. Nobody reads through more; a department that has more puts them into one file. */
export const ATTACHMENTS_LIMIT = 20;

/**
 * Twin of the policy `see` on evidence, which goes with the row that it proves: the owner always; the confirming office
 * and the lead bureau while the row is before somebody.
 */
export function maySeeEvidence(
  actor: Actor,
  row: { jurisdictionId: string; organId: string; confirmOrganId: string | null; isSubmitted: boolean },
): boolean {
  if (row.jurisdictionId !== actor.jurisdictionId) return false;
  if (actor.role === "lead") return row.isSubmitted;
  if (actor.role !== "drafter" && actor.role !== "signer") return false;
  return row.organId === actor.organId || (row.isSubmitted && row.confirmOrganId === actor.organId);
}

/** Its twin for evidence of a text, which goes with the text: the owner always, the lead bureau once it has gone up. */
export function maySeeAttachment(
  actor: Actor,
  leaf: { jurisdictionId: string; organId: string; isSubmitted: boolean },
): boolean {
  if (leaf.jurisdictionId !== actor.jurisdictionId) return false;
  if (actor.role === "lead") return leaf.isSubmitted;
  return (actor.role === "drafter" || actor.role === "signer") && leaf.organId === actor.organId;
}
