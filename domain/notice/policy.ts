import type { Actor } from "../kernel/actor";
import { DomainError } from "../kernel/errors";

/** Whether the actor sees how mails and calls went and sets the webhook: the system administrator, who reads none of them. */
export const mayManageDelivery = (actor: Actor): boolean => actor.role === "sysadmin";

export function authorizeDelivery(actor: Actor): void {
  if (!mayManageDelivery(actor)) throw new DomainError("not-your-role");
}
