import type { Actor } from "../kernel/actor";

/** Twin of the policy `see` on editions: the lead bureau and the approver from the seal on, the others once delivered. */
export function maySeeEdition(actor: Actor, edition: { jurisdictionId: string; delivered: boolean }): boolean {
  if (edition.jurisdictionId !== actor.jurisdictionId) return false;
  switch (actor.role) {
    case "lead":
    case "approver":
      return true;
    case "drafter":
    case "signer":
    case "clerk":
    case "member":
      return edition.delivered;
    case "sysadmin":
    case "secadmin":
    case "auditor":
      return false;
  }
}
