import { createHash, randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Database, Transaction } from "../../db/client";
import type { Actor } from "../kernel/actor";
import type { OrganKind, Role } from "../kernel/roles";
import { NOBODYS_HASH, verifyPassword } from "./password";

export const SESSION_LIMITS = {
  /** Minutes without a request. Autosave counts as one. */
  idleMinutes: 30,
  /** Hours since signing in, whatever happens. */
  absoluteHours: 12,
} as const;

export const LOCKOUT = { failures: 5, minutes: 15 } as const;

export type SignInResult = { token: string } | "wrong" | "locked";

/**
 * Checks login and password and opens a session. Five failures in fifteen minutes lock the login as typed, whether or
 * not it exists; a wrong login, a wrong password and a disabled account look and take the same.
 */
export async function signIn(db: Database, input: { login: string; password: string }): Promise<SignInResult> {
  const login = loginKey(input.login);
  return db.transaction(async (tx) => {
    // Attempts on one login take turns, or a burst of guesses would all be counted before the first has failed.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${login}, 2))`);
    return attempt(tx, login, input.password);
  });
}

/** `actingFor`: whose post the person holds for a while, as history names them. */
export type LiveSession = {
  actor: Actor;
  sessionId: string;
  organ: string;
  name: string;
  memberships: number;
  actingFor: string | null;
};

/** The person behind a cookie, or null when the session, the account or the membership has ended. */
export async function liveSession(db: Database, token: string): Promise<LiveSession | null> {
  const { hash, idle } = enterArguments(token);
  const [row] = await db.execute<SessionRow>(sql`select * from enter_session(${hash}, ${idle}::interval)`);
  return row ? toLiveSession(row) : null;
}

/** As liveSession, without counting as a request: an open page that asks by itself must not keep anybody signed in. */
export async function lookAtSession(db: Database, token: string): Promise<LiveSession | null> {
  const { hash, idle } = enterArguments(token);
  const [row] = await db.execute<SessionRow>(sql`select * from look_at_session(${hash}, ${idle}::interval)`);
  return row ? toLiveSession(row) : null;
}

/** What enter_session() takes: the token's hash and how long a session may rest. */
export const enterArguments = (token: string) => ({
  hash: tokenHash(token),
  idle: `${SESSION_LIMITS.idleMinutes} minutes`,
});

export type SessionRow = {
  session_id: string;
  user_id: string;
  membership_id: string;
  organ_id: string;
  organ_kind: OrganKind;
  jurisdiction_id: string;
  role: Role;
  organ_name: string;
  user_name: string;
  membership_count: number;
  seat_id: string;
  acting_name: string | null;
};

export function toLiveSession(row: SessionRow): LiveSession {
  return {
    sessionId: row.session_id,
    organ: row.organ_name,
    name: row.user_name,
    memberships: row.membership_count,
    actingFor: row.acting_name === null ? null : actorLabel(row.organ_name, row.acting_name),
    actor: {
      userId: row.user_id,
      membershipId: row.membership_id,
      seatId: row.seat_id,
      organId: row.organ_id,
      organKind: row.organ_kind,
      jurisdictionId: row.jurisdiction_id,
      role: row.role,
      label: actingLabel(row),
    },
  };
}

function actingLabel({ organ_name: organ, user_name: name, acting_name: principal }: SessionRow): string {
  const label = actorLabel(organ, name);
  return principal === null ? label : `${label}（代${actorLabel(organ, principal)}）`;
}

/** History names office and person; an account that is named by its office needs it once. */
export const actorLabel = (organ: string, name: string): string => (name.startsWith(organ) ? name : `${organ} ${name}`);

export async function closeSession(db: Database, token: string): Promise<void> {
  await db.execute(sql`select close_session(${tokenHash(token)})`);
}

/** Acts in another of one's own offices from now on. False when it is not one's own or has ended. */
export async function switchMembership(db: Database, token: string, membershipId: string): Promise<boolean> {
  const rows = await db.execute(sql`select switch_membership(${tokenHash(token)}, ${membershipId}) as switched`);
  return rows[0]?.switched === true;
}

/** The cookie carries the token, the database only this: a stolen backup opens nothing. */
export const tokenHash = (token: string): string => createHash("sha256").update(token).digest("hex");

async function attempt(tx: Transaction, login: string, password: string): Promise<SignInResult> {
  const [state] = await tx.execute<{ failures: number }>(
    sql`select sign_in_failure_count(${login}, ${`${LOCKOUT.minutes} minutes`}::interval) as failures`,
  );
  if ((state?.failures ?? 0) >= LOCKOUT.failures) return "locked";
  const [account] = await tx.execute<{ user_id: string; password_hash: string; may_enter: boolean }>(
    sql`select * from sign_in_account(${login})`,
  );
  const right = await verifyPassword(account?.password_hash ?? (await NOBODYS_HASH), password);
  if (!account || !right || !account.may_enter) {
    await tx.execute(sql`select record_sign_in_failure(${login})`);
    return "wrong";
  }
  const token = randomBytes(32).toString("base64url");
  await tx.execute(sql`select forget_sign_in_failures(${login})`);
  await tx.execute(
    sql`select open_session(${account.user_id}, ${tokenHash(token)}, ${`${SESSION_LIMITS.absoluteHours} hours`}::interval)`,
  );
  return { token };
}

const loginKey = (login: string): string => login.normalize("NFKC").trim().toLowerCase().slice(0, 200);
