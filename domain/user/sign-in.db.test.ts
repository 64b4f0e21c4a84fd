import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aColleague, aDistrict, alsoHolds, contextOf, PASSWORD, type District } from "../../db/testing/factories";
import { auditEntries, memberships, sessions, signInFailures, users } from "../../db/schema";
import type { Actor } from "../kernel/actor";
import { endMembership, setUserDisabled } from "./mutations";
import { closeSession, liveSession, LOCKOUT, SESSION_LIMITS, signIn, switchMembership, tokenHash } from "./session";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

describe("signing in", () => {
  it("with login and password opens a session that knows who acts and in which office", async () => {
    const person = await aColleague(district, "agriculture", "drafter");
    const live = await liveSession(database.app.db, await tokenOf(person));
    expect(live).toMatchObject({
      memberships: 1,
      organ: "农业农村局",
      actor: { ...person, label: `农业农村局 ${await loginOf(person)}` },
    });
  });

  it("keeps only the hash of the token, and does not mind how the login is spelt", async () => {
    const person = await aColleague(district, "agriculture", "drafter");
    const token = await signedIn(` ${(await loginOf(person)).toUpperCase()} `, PASSWORD);
    const rows = await database.owner.db.select().from(sessions).where(eq(sessions.userId, person.userId));
    expect(rows.map((row) => row.tokenHash)).toEqual([tokenHash(token)]);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(await liveSession(database.app.db, `${token}x`)).toBeNull();
  });

  it("answers the same to a wrong password, an unknown login, a disabled account and one without a post", async () => {
    const wrong = await loginOf(await aColleague(district, "agriculture", "drafter"));
    const disabled = await aColleague(district, "agriculture", "drafter");
    await setUserDisabled(sysadmin(), disabled.userId, true);
    const idle = await aColleague(district, "agriculture", "drafter");
    await endMembership(secadmin(), idle.membershipId);
    const attempts: [string, string][] = [
      [wrong, "Falsch-2024"],
      ["nobody-at-all", PASSWORD],
      [await loginOf(disabled), PASSWORD],
      [await loginOf(idle), PASSWORD],
    ];
    for (const [login, password] of attempts) {
      const answers: unknown[] = [];
      for (let n = 0; n <= LOCKOUT.failures; n++) answers.push(await signIn(database.app.db, { login, password }));
      expect(answers, login).toEqual(["wrong", "wrong", "wrong", "wrong", "wrong", "locked"]);
    }
  });

  it("leaves entries in the audit log: opened, refused, closed", async () => {
    const person = await aColleague(district, "agriculture", "drafter");
    const login = await loginOf(person);
    await signIn(database.app.db, { login, password: "Falsch-2024" });
    await closeSession(database.app.db, await signedIn(login, PASSWORD));
    const entries = await database.owner.db.select().from(auditEntries).where(eq(auditEntries.userId, person.userId));
    expect(entries.map((entry) => entry.action)).toEqual(["session.refuse", "session.open", "session.close"]);
  });

  it("is locked for the right password too, until the fifteen minutes are over", async () => {
    const login = await loginOf(await aColleague(district, "agriculture", "drafter"));
    for (let n = 0; n < LOCKOUT.failures; n++) await signIn(database.app.db, { login, password: "Falsch-2024" });
    expect(await signIn(database.app.db, { login, password: PASSWORD })).toBe("locked");
    await letFailuresAge(login, "14 minutes 50 seconds");
    expect(await signIn(database.app.db, { login, password: PASSWORD })).toBe("locked");
    await letFailuresAge(login, "11 seconds");
    expect(await signIn(database.app.db, { login, password: PASSWORD })).toHaveProperty("token");
  });

  it("locks a burst of guesses as it locks guesses one by one", async () => {
    const login = await loginOf(await aColleague(district, "agriculture", "drafter"));
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => signIn(database.app.db, { login, password: "Falsch-2024" })),
    );
    expect(answers.filter((answer) => answer === "wrong")).toHaveLength(LOCKOUT.failures);
    expect(answers.filter((answer) => answer === "locked")).toHaveLength(30 - LOCKOUT.failures);
  });

  it("lets one account in from many places at once", async () => {
    const person = await aColleague(district, "agriculture", "drafter");
    const tokens = await Promise.all(Array.from({ length: 12 }, () => tokenOf(person)));
    expect(new Set(tokens).size).toBe(12);
  });

  it("wipes the count of failures when it succeeds, and only this login's", async () => {
    const login = await loginOf(await aColleague(district, "agriculture", "drafter"));
    const other = await loginOf(await aColleague(district, "agriculture", "drafter"));
    for (let n = 1; n < LOCKOUT.failures; n++) {
      await signIn(database.app.db, { login, password: "Falsch-2024" });
      await signIn(database.app.db, { login: other, password: "Falsch-2024" });
    }
    await signedIn(login, PASSWORD);
    expect(await database.owner.db.$count(signInFailures, eq(signInFailures.loginKey, login))).toBe(0);
    expect(await database.owner.db.$count(signInFailures, eq(signInFailures.loginKey, other))).toBe(
      LOCKOUT.failures - 1,
    );
  });
});

describe("a session", () => {
  it("ends after thirty minutes without a request, and a request begins them anew", async () => {
    const token = await tokenOf(await aColleague(district, "agriculture", "drafter"));
    await letSessionAge(token, { seen: `${SESSION_LIMITS.idleMinutes - 1} minutes` });
    expect(await liveSession(database.app.db, token)).not.toBeNull();
    await letSessionAge(token, { seen: `${SESSION_LIMITS.idleMinutes - 1} minutes` });
    expect(await liveSession(database.app.db, token)).not.toBeNull();
    await letSessionAge(token, { seen: `${SESSION_LIMITS.idleMinutes} minutes` });
    expect(await liveSession(database.app.db, token)).toBeNull();
  });

  it("ends twelve hours after signing in, whatever happens", async () => {
    const token = await tokenOf(await aColleague(district, "agriculture", "drafter"));
    await letSessionAge(token, { expires: `${SESSION_LIMITS.absoluteHours} hours` });
    expect(await liveSession(database.app.db, token)).toBeNull();
    const fresh = await tokenOf(await aColleague(district, "agriculture", "drafter"));
    await letSessionAge(fresh, { expires: "11 hours 59 minutes" });
    expect(await liveSession(database.app.db, fresh)).not.toBeNull();
  });

  it("ends at sign-out, and only that one", async () => {
    const person = await aColleague(district, "agriculture", "drafter");
    const [here, there] = [await tokenOf(person), await tokenOf(person)];
    await closeSession(database.app.db, here);
    expect(await liveSession(database.app.db, here)).toBeNull();
    expect(await liveSession(database.app.db, there)).not.toBeNull();
  });

  it("dies with its account the moment that is disabled, and does not come back when it is enabled", async () => {
    const person = await aColleague(district, "agriculture", "drafter");
    const token = await tokenOf(person);
    await setUserDisabled(sysadmin(), person.userId, true);
    expect(await liveSession(database.app.db, token)).toBeNull();
    await setUserDisabled(sysadmin(), person.userId, false);
    expect(await liveSession(database.app.db, token)).toBeNull();
    expect(await signIn(database.app.db, { login: await loginOf(person), password: PASSWORD })).toHaveProperty("token");
  });

  it("of a disabled account is dead even if its row were left behind", async () => {
    const person = await aColleague(district, "agriculture", "drafter");
    const token = await tokenOf(person);
    await database.owner.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, person.userId));
    expect(await liveSession(database.app.db, token)).toBeNull();
  });

  it("dies with the membership that it acts in, and goes on in another one", async () => {
    const person = await aColleague(district, "agriculture", "drafter");
    const signer = await alsoHolds(district, person, "agriculture", "signer");
    const [asDrafter, asSigner] = [await tokenOf(person), await tokenOf(person)];
    expect(await switchMembership(database.app.db, asSigner, signer.membershipId)).toBe(true);
    expect((await liveSession(database.app.db, asDrafter))?.memberships).toBe(2);
    await endMembership(secadmin(), person.membershipId);
    expect(await liveSession(database.app.db, asDrafter)).toBeNull();
    expect(await liveSession(database.app.db, asSigner)).toMatchObject({ memberships: 1, actor: { role: "signer" } });
  });

  it("takes a new role on with the next request, and drops it with the next", async () => {
    const person = await aColleague(district, "agriculture", "drafter");
    const token = await tokenOf(person);
    const lead = await alsoHolds(district, person, "bureau", "lead");
    expect(await switchMembership(database.app.db, token, lead.membershipId)).toBe(true);
    expect((await liveSession(database.app.db, token))?.actor).toMatchObject({
      role: "lead",
      organId: district.organId.bureau,
    });
    await database.owner.db
      .update(memberships)
      .set({ endedAt: new Date() })
      .where(eq(memberships.id, lead.membershipId));
    expect(await liveSession(database.app.db, token)).toBeNull();
  });

  it("switches to one's own live memberships only", async () => {
    const person = await aColleague(district, "agriculture", "drafter");
    const token = await tokenOf(person);
    const ended = await alsoHolds(district, person, "agriculture", "signer");
    await endMembership(secadmin(), ended.membershipId);
    for (const wanted of [district.centre.sysadmin.membershipId, ended.membershipId, crypto.randomUUID()]) {
      expect(await switchMembership(database.app.db, token, wanted)).toBe(false);
    }
    expect((await liveSession(database.app.db, token))?.actor.membershipId).toBe(person.membershipId);
  });
});

const sysadmin = () => contextOf(database, district.centre.sysadmin);
const secadmin = () => contextOf(database, district.centre.secadmin);

async function loginOf(person: Actor): Promise<string> {
  const [row] = await database.owner.db.select({ login: users.login }).from(users).where(eq(users.id, person.userId));
  return row?.login ?? "";
}

const tokenOf = async (person: Actor): Promise<string> => signedIn(await loginOf(person), PASSWORD);

async function signedIn(login: string, password: string): Promise<string> {
  const result = await signIn(database.app.db, { login, password });
  if (typeof result === "string") throw new Error(`sign-in ended ${result}`);
  return result.token;
}

/** Time passes: the rows grow older, as the owner of the database can make them. */
async function letFailuresAge(login: string, by: string): Promise<void> {
  await database.owner.db
    .update(signInFailures)
    .set({ at: sql`at - ${by}::interval` })
    .where(eq(signInFailures.loginKey, login));
}

async function letSessionAge(token: string, by: { seen?: string; expires?: string }): Promise<void> {
  const { seen = "0 seconds", expires = "0 seconds" } = by;
  await database.owner.db
    .update(sessions)
    .set({ seenAt: sql`seen_at - ${seen}::interval`, expiresAt: sql`expires_at - ${expires}::interval` })
    .where(eq(sessions.tokenHash, tokenHash(token)));
}
