import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { memberships, organs, sessions, users } from "../../db/schema";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { ADMINISTRATORS, isOneOf, ROLES_OF_ORGAN } from "../kernel/roles";
import { assertStrong, hashPassword, verifyPassword } from "./password";
import { authorizeAdmin } from "./policy";
import type { ChangePassword, CreateUser, GrantMembership, ResetPassword } from "./schema";

/** A new account without a role: the security administrator gives it one. */
export async function createUser(ctx: Context, input: CreateUser): Promise<string> {
  authorizeAdmin("manageAccounts", ctx.actor);
  assertStrong(input.password);
  const passwordHash = await hashPassword(input.password);
  const id = crypto.randomUUID();
  return transact(ctx, async (tx) => {
    // Logins are unique over all jurisdictions, and row-level security hides the others': let the constraint tell.
    const added = await tx.execute(sql`
      insert into users (id, jurisdiction_id, login, name, password_hash)
      values (${id}, ${ctx.actor.jurisdictionId}, ${input.login}, ${input.name}, ${passwordHash})
      on conflict (login) do nothing`);
    if (added.count === 0) throw new DomainError("login-taken", { login: input.login });
    await record(tx, ctx, { action: "user.create", subject: id, detail: { login: input.login } });
    return id;
  });
}

/** Stops or restores an account. Disabling ends its sessions at once; nobody disables themselves. */
export async function setUserDisabled(ctx: Context, userId: string, disabled: boolean): Promise<void> {
  authorizeAdmin("manageAccounts", ctx.actor);
  if (isOwn(ctx, userId)) throw new DomainError("own-account");
  await transact(ctx, async (tx) => {
    const changed = await tx
      .update(users)
      .set({ disabledAt: disabled ? ctx.now() : null })
      .where(eq(users.id, userId))
      .returning({ id: users.id });
    if (changed.length === 0) throw new DomainError("not-found");
    if (disabled) await tx.delete(sessions).where(eq(sessions.userId, userId));
    await record(tx, ctx, { action: disabled ? "user.disable" : "user.enable", subject: userId });
  });
}

/** Sets a new password for somebody and ends their sessions. */
export async function resetPassword(ctx: Context, input: z.infer<typeof ResetPassword>): Promise<void> {
  authorizeAdmin("manageAccounts", ctx.actor);
  assertStrong(input.password);
  const passwordHash = await hashPassword(input.password);
  await transact(ctx, async (tx) => {
    const changed = await tx
      .update(users)
      .set({ passwordHash })
      .where(eq(users.id, input.userId))
      .returning({ id: users.id });
    if (changed.length === 0) throw new DomainError("not-found");
    await tx.delete(sessions).where(eq(sessions.userId, input.userId));
    await record(tx, ctx, { action: "user.reset-password", subject: input.userId });
  });
}

/** One's own password, proving the old one; every other session of one's own ends. */
export async function changePassword(
  ctx: Context,
  sessionId: string,
  input: z.infer<typeof ChangePassword>,
): Promise<void> {
  assertStrong(input.password);
  await transact(ctx, async (tx) => {
    const [own] = await tx.execute<{ hash: string | null }>(sql`select own_password_hash() as hash`);
    if (!own?.hash || !(await verifyPassword(own.hash, input.current))) throw new DomainError("password-wrong");
    const passwordHash = await hashPassword(input.password);
    await tx.update(users).set({ passwordHash }).where(eq(users.id, ctx.actor.userId));
    await tx.delete(sessions).where(and(eq(sessions.userId, ctx.actor.userId), sql`${sessions.id} <> ${sessionId}`));
    await record(tx, ctx, { action: "user.change-password", subject: ctx.actor.userId });
  });
}

/** Ends all sessions of a person: one's own, or as an administrator anybody's. */
export async function signOutEverywhere(ctx: Context, userId: string): Promise<void> {
  if (!isOwn(ctx, userId)) authorizeAdmin("endSessions", ctx.actor);
  await transact(ctx, async (tx) => {
    const ended = await tx.delete(sessions).where(eq(sessions.userId, userId)).returning({ id: sessions.id });
    await record(tx, ctx, { action: "user.sign-out-everywhere", subject: userId, detail: { sessions: ended.length } });
  });
}

/** Gives a role in an organ that can hold it. One person never is two of the three administrators. */
export async function grantMembership(ctx: Context, input: GrantMembership): Promise<void> {
  authorizeAdmin("grantRoles", ctx.actor);
  if (isOwn(ctx, input.userId)) throw new DomainError("own-account");
  await transact(ctx, async (tx) => {
    // Two grants to one person take turns, or each could miss the other's post.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${input.userId}::uuid::text, 1))`);
    const [person] = await tx.select({ id: users.id }).from(users).where(eq(users.id, input.userId));
    const [organ] = await tx.select().from(organs).where(eq(organs.id, input.organId));
    if (!person || !organ) throw new DomainError("not-found");
    if (!ROLES_OF_ORGAN[organ.kind].includes(input.role)) throw new DomainError("role-not-for-organ");
    const held = await tx
      .select({ role: memberships.role })
      .from(memberships)
      .where(and(eq(memberships.userId, input.userId), isNull(memberships.endedAt), notOver));
    const administers = held.some(({ role }) => isOneOf(role, ADMINISTRATORS));
    const wouldAdminister = isOneOf(input.role, ADMINISTRATORS);
    // An administrator holds that one post and no other (三员分立).
    if (held.length > 0 && (administers || wouldAdminister)) throw new DomainError("administrators-separate");
    await tx
      .insert(memberships)
      .values({ ...input, jurisdictionId: ctx.actor.jurisdictionId })
      .onConflictDoNothing();
    await record(tx, ctx, {
      action: "membership.grant",
      subject: input.userId,
      detail: { role: input.role, organ: organ.code },
    });
  });
}

/** Ends a role at once: the sessions that use it find it gone on their next request. */
export async function endMembership(ctx: Context, membershipId: string): Promise<void> {
  authorizeAdmin("grantRoles", ctx.actor);
  await transact(ctx, async (tx) => {
    const [ended] = await tx
      .update(memberships)
      .set({ endedAt: ctx.now() })
      .where(and(eq(memberships.id, membershipId), isNull(memberships.endedAt)))
      .returning({ userId: memberships.userId, role: memberships.role });
    if (!ended) throw new DomainError("not-found");
    if (ended.userId === ctx.actor.userId) throw new DomainError("own-account");
    await record(tx, ctx, { action: "membership.end", subject: ended.userId, detail: { role: ended.role } });
  });
}

/** Held now, or held for another (代办) until a day that is still to come. */
const notOver = sql`(is_held(memberships) or memberships.ends_at > now())`;

/** A uuid may come in capitals; the database gives it in small letters. */
const isOwn = (ctx: Context, userId: string): boolean => userId.toLowerCase() === ctx.actor.userId;
