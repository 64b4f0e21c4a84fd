import type { Actor } from "../kernel/actor";
import { DomainError } from "../kernel/errors";
import type { Role } from "../kernel/roles";

/** 三员分立: accounts are the sysadmin's, roles the secadmin's, the log the auditor's. */
const WHO = {
  seePeople: ["sysadmin", "secadmin"],
  manageAccounts: ["sysadmin"],
  grantRoles: ["secadmin"],
  endSessions: ["sysadmin", "secadmin"],
  readAudit: ["auditor"],
} as const satisfies Record<string, readonly Role[]>;

export type AdminAbility = keyof typeof WHO;

export const mayAdminister = (ability: AdminAbility, actor: Actor): boolean =>
  (WHO[ability] as readonly Role[]).includes(actor.role);

export function authorizeAdmin(ability: AdminAbility, actor: Actor): void {
  if (!mayAdminister(ability, actor)) throw new DomainError("not-your-role");
}
