import type { Actor } from "../kernel/actor";

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
