import { and, eq } from "drizzle-orm";
import type { Database, Transaction } from "../../db/client";
import { auditEntries, jurisdictions, memberships, organs, users } from "../../db/schema";
import type { AuditAction } from "../audit/record";
import type { Clock } from "../kernel/clock";
import { DomainError } from "../kernel/errors";
import type { ADMINISTRATORS } from "../kernel/roles";
import { assertStrong, hashPassword } from "./password";

export type FirstAdministrator = {
  jurisdiction: { code: string; name: string | undefined };
  login: string;
  name: string;
  password: string;
  role: (typeof ADMINISTRATORS)[number];
};

/** How the log names whoever holds the owner's credential: no account stands behind it. */
export const OPERATOR_LABEL = "系统运维（命令行）";

/**
 * An administrator made from outside, on the owner's connection, because inside nobody could. Makes the district and
 * its administration organ when they are missing. Throws DomainError "login-taken", "password-weak", or "not-found"
 * when the district is new and has no name.
 */
export async function createFirstAdministrator(db: Database, now: Clock, wanted: FirstAdministrator): Promise<void> {
  assertStrong(wanted.password);
  const passwordHash = await hashPassword(wanted.password);
  await db.transaction(async (tx) => {
    const jurisdictionId = await ensureJurisdiction(tx, wanted.jurisdiction);
    const organ = await ensureAdministration(tx, jurisdictionId);
    const [user] = await tx
      .insert(users)
      .values({ jurisdictionId, login: wanted.login, name: wanted.name, passwordHash })
      .onConflictDoNothing({ target: users.login })
      .returning({ id: users.id });
    if (!user) throw new DomainError("login-taken", { login: wanted.login });
    await tx.insert(memberships).values({ jurisdictionId, userId: user.id, organId: organ.id, role: wanted.role });
    const entry = (action: AuditAction, detail: Record<string, string>) => ({
      jurisdictionId,
      at: now(),
      actorLabel: OPERATOR_LABEL,
      action,
      subjectType: action.split(".")[0] ?? action,
      subjectId: user.id,
      detail,
    });
    await tx
      .insert(auditEntries)
      .values([
        entry("user.create", { login: wanted.login }),
        entry("membership.grant", { role: wanted.role, organ: organ.code }),
      ]);
  });
}

async function ensureJurisdiction(
  tx: Transaction,
  { code, name }: FirstAdministrator["jurisdiction"],
): Promise<string> {
  if (name !== undefined) await tx.insert(jurisdictions).values({ code, name }).onConflictDoNothing();
  const [row] = await tx.select({ id: jurisdictions.id }).from(jurisdictions).where(eq(jurisdictions.code, code));
  if (!row) throw new DomainError("not-found");
  return row.id;
}

async function ensureAdministration(tx: Transaction, jurisdictionId: string): Promise<{ id: string; code: string }> {
  const administration = and(eq(organs.jurisdictionId, jurisdictionId), eq(organs.kind, "administration"));
  const find = () =>
    tx.select({ id: organs.id, code: organs.code }).from(organs).where(administration).orderBy(organs.code).limit(1);
  const [there] = await find();
  if (there) return there;
  await tx
    .insert(organs)
    .values({ jurisdictionId, code: "xtgljg", name: "系统管理机构", shortName: "系统管理机构", kind: "administration" })
    .onConflictDoNothing();
  const [made] = await find();
  if (!made) throw new Error("the administration organ was not written");
  return made;
}
