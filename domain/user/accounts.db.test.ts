import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aColleague, aDistrict, contextOf, PASSWORD, refusalOf, type District } from "../../db/testing/factories";
import { inThisOrder } from "../../db/testing/races";
import { auditEntries, memberships, users } from "../../db/schema";
import type { Actor } from "../kernel/actor";
import type { Context } from "../kernel/context";
import { ADMINISTRATORS, type Role } from "../kernel/roles";
import {
  changePassword,
  createUser,
  endMembership,
  grantMembership,
  resetPassword,
  setUserDisabled,
  signOutEverywhere,
} from "./mutations";
import { liveSession, signIn } from "./session";

let database: TestDatabase;
let district: District;
let elsewhere: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
  elsewhere = await aDistrict(database);
});
afterAll(() => database.close());

const STRONG = "Xiugai-2025";

describe("accounts are the system administrator's, roles the security administrator's", () => {
  it.each<[string, (ctx: Context, person: Actor) => Promise<unknown>, Role[]]>([
    [
      "makes an account",
      (ctx) => createUser(ctx, { login: `new-${crypto.randomUUID().slice(0, 8)}`, name: "新账号", password: STRONG }),
      ["sysadmin"],
    ],
    ["stops an account", (ctx, person) => setUserDisabled(ctx, person.userId, true), ["sysadmin"]],
    ["sets a password", (ctx, person) => resetPassword(ctx, { userId: person.userId, password: STRONG }), ["sysadmin"]],
    [
      "grants a role",
      (ctx, person) =>
        grantMembership(ctx, { userId: person.userId, organId: district.organId.commerce, role: "signer" }),
      ["secadmin"],
    ],
    ["ends a role", (ctx, person) => endMembership(ctx, person.membershipId), ["secadmin"]],
    ["ends somebody's sessions", (ctx, person) => signOutEverywhere(ctx, person.userId), ["sysadmin", "secadmin"]],
  ])("%s", async (_, does, who) => {
    for (const actor of everyPost(district)) {
      const person = await aColleague(district, "agriculture", "drafter");
      const before = await database.owner.db.$count(auditEntries);
      const said = await refusalOf(does(as(actor), person));
      expect(said, actor.role).toBe(who.includes(actor.role) ? null : "not-your-role");
      expect(await database.owner.db.$count(auditEntries), actor.role).toBe(before + (said === null ? 1 : 0));
    }
  });

  it("does not reach into another district", async () => {
    const stranger = elsewhere.agriculture.drafter;
    expect(await refusalOf(setUserDisabled(sysadmin(), stranger.userId, true))).toBe("not-found");
    expect(await refusalOf(resetPassword(sysadmin(), { userId: stranger.userId, password: STRONG }))).toBe("not-found");
    expect(await refusalOf(endMembership(secadmin(), stranger.membershipId))).toBe("not-found");
    expect(
      await refusalOf(
        grantMembership(secadmin(), { userId: stranger.userId, organId: district.organId.bureau, role: "lead" }),
      ),
    ).toBe("not-found");
    expect(
      await refusalOf(
        grantMembership(secadmin(), {
          userId: district.commerce.drafter.userId,
          organId: elsewhere.organId.bureau,
          role: "lead",
        }),
      ),
    ).toBe("not-found");
    await signOutEverywhere(sysadmin(), stranger.userId);
    expect(
      await signIn(database.app.db, { login: `${elsewhere.code}-agriculture-drafter`, password: PASSWORD }),
    ).toHaveProperty("token");
  });

  it("refuses a login that is taken, in this district or in another, without saying where", async () => {
    for (const login of [`${district.code}-bureau-lead`, `${elsewhere.code}-bureau-lead`]) {
      expect(await refusalOf(createUser(sysadmin(), { login, name: "重名", password: STRONG }))).toBe("login-taken");
    }
  });

  it("gives a new account no role, so that it cannot enter before the security administrator has acted", async () => {
    const userId = await createUser(sysadmin(), { login: "xinren", name: "新人", password: STRONG });
    expect(await signIn(database.app.db, { login: "xinren", password: STRONG })).toBe("wrong");
    await grantMembership(secadmin(), { userId, organId: district.organId.commerce, role: "drafter" });
    expect(await signIn(database.app.db, { login: "xinren", password: STRONG })).toHaveProperty("token");
  });

  it("nobody stops or promotes themselves, however they spell their own id", async () => {
    for (const spelt of [(id: string) => id, (id: string) => id.toUpperCase()]) {
      expect(await refusalOf(setUserDisabled(sysadmin(), spelt(district.centre.sysadmin.userId), true))).toBe(
        "own-account",
      );
      const self = {
        userId: spelt(district.centre.secadmin.userId),
        organId: district.organId.bureau,
        role: "lead" as const,
      };
      expect(await refusalOf(grantMembership(secadmin(), self))).toBe("own-account");
    }
    expect(await refusalOf(endMembership(secadmin(), district.centre.secadmin.membershipId))).toBe("own-account");
    expect(await liveRoles(district.centre.secadmin)).toEqual(["secadmin"]);
  });
});

describe("the three administrators", () => {
  const grants = (spelt: string, role: "sysadmin" | "auditor") => ({
    actor: district.centre.secadmin,
    does: (ctx: Context) => grantMembership(ctx, { userId: spelt, organId: district.organId.centre, role }),
  });

  it("are never one person, and an administrator holds no other post", async () => {
    const { centre, commerce } = district;
    for (const held of [centre.sysadmin, centre.auditor]) {
      for (const role of ADMINISTRATORS.filter((one) => one !== held.role)) {
        expect(
          await refusalOf(grantMembership(secadmin(), { userId: held.userId, organId: district.organId.centre, role })),
        ).toBe("administrators-separate");
      }
      expect(
        await refusalOf(
          grantMembership(secadmin(), { userId: held.userId, organId: district.organId.commerce, role: "drafter" }),
        ),
      ).toBe("administrators-separate");
    }
    expect(
      await refusalOf(
        grantMembership(secadmin(), {
          userId: commerce.drafter.userId,
          organId: district.organId.centre,
          role: "auditor",
        }),
      ),
    ).toBe("administrators-separate");
  });

  it("may be who once acted for another, and not who does or will", async () => {
    const [person] = await aPersonWithLogin();
    const { jurisdictionId, organId, role, membershipId } = district.agriculture.signer;
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
    const [acting] = await database.owner.db
      .insert(memberships)
      .values({
        jurisdictionId,
        organId,
        role,
        userId: person.userId,
        actingFor: membershipId,
        startsAt: hours(1),
        endsAt: hours(2),
      })
      .returning({ id: memberships.id });
    const id = acting?.id ?? "";
    await endMembership(secadmin(), person.membershipId);
    const grant = () =>
      refusalOf(
        grantMembership(secadmin(), { userId: person.userId, organId: district.organId.centre, role: "auditor" }),
      );
    expect(await grant()).toBe("administrators-separate");
    await database.owner.db
      .update(memberships)
      .set({ startsAt: hours(-2), endsAt: hours(-1) })
      .where(eq(memberships.id, id));
    expect(await grant()).toBeNull();
  });

  it("stay apart when two posts are granted to one person at once, the id spelt in two ways", async () => {
    const userId = await createUser(sysadmin(), { login: "liangzhi", name: "两职", password: STRONG });
    const ended = await inThisOrder(database, grants(userId, "sysadmin"), grants(userId.toUpperCase(), "auditor"));
    expect(ended).toEqual({ first: null, second: "administrators-separate" });
  });

  it("are the information centre's: an organ holds only the roles of its kind", async () => {
    const person = await aColleague(district, "agriculture", "drafter");
    const grant = (organ: keyof District["organId"], role: Role) =>
      refusalOf(grantMembership(secadmin(), { userId: person.userId, organId: district.organId[organ], role }));
    expect(await grant("agriculture", "lead")).toBe("role-not-for-organ");
    expect(await grant("commerce", "member")).toBe("role-not-for-organ");
    expect(await grant("congress", "approver")).toBe("role-not-for-organ");
    expect(await grant("bureau", "lead")).toBeNull();
    expect((await liveRoles(person)).toSorted()).toEqual(["drafter", "lead"]);
  });
});

describe("passwords", () => {
  it("are changed by who knows the old one, which ends the person's other sessions", async () => {
    const [person, login] = await aPersonWithLogin();
    const [here, there] = [await enter(login, PASSWORD), await enter(login, PASSWORD)];
    const session = await liveSession(database.app.db, here);
    const sessionId = session?.sessionId ?? "";
    expect(await refusalOf(changePassword(as(person), sessionId, { current: "Falsch-2024", password: STRONG }))).toBe(
      "password-wrong",
    );
    expect(await refusalOf(changePassword(as(person), sessionId, { current: PASSWORD, password: "kurz" }))).toBe(
      "password-weak",
    );
    expect(await liveSession(database.app.db, there)).not.toBeNull();
    await changePassword(as(person), sessionId, { current: PASSWORD, password: STRONG });
    expect(await liveSession(database.app.db, here)).not.toBeNull();
    expect(await liveSession(database.app.db, there)).toBeNull();
    expect(await signIn(database.app.db, { login, password: PASSWORD })).toBe("wrong");
    expect(await signIn(database.app.db, { login, password: STRONG })).toHaveProperty("token");
  });

  it("set by the administrator end every session of that person", async () => {
    const [person, login] = await aPersonWithLogin();
    const token = await enter(login, PASSWORD);
    await resetPassword(sysadmin(), { userId: person.userId, password: STRONG });
    expect(await liveSession(database.app.db, token)).toBeNull();
    expect(await signIn(database.app.db, { login, password: STRONG })).toHaveProperty("token");
  });
});

describe("signing out everywhere", () => {
  it("ends all of one's own sessions and nobody else's", async () => {
    const [person, login] = await aPersonWithLogin();
    const [, other] = await aPersonWithLogin();
    const mine = [await enter(login, PASSWORD), await enter(login, PASSWORD)];
    const theirs = await enter(other, PASSWORD);
    await signOutEverywhere(as(person), person.userId);
    for (const token of mine) expect(await liveSession(database.app.db, token)).toBeNull();
    expect(await liveSession(database.app.db, theirs)).not.toBeNull();
  });
});

const as = (actor: Actor) => contextOf(database, actor);
const sysadmin = () => as(district.centre.sysadmin);
const secadmin = () => as(district.centre.secadmin);

function everyPost({ agriculture, bureau, government, congress, centre }: District): Actor[] {
  return [
    agriculture.drafter,
    agriculture.signer,
    bureau.lead,
    government.approver,
    congress.clerk,
    congress.member,
    centre.sysadmin,
    centre.secadmin,
    centre.auditor,
  ];
}

async function aPersonWithLogin(): Promise<[Actor, string]> {
  const person = await aColleague(district, "agriculture", "drafter");
  const [row] = await database.owner.db.select().from(users).where(eq(users.id, person.userId));
  return [person, row?.login ?? ""];
}

async function enter(login: string, password: string): Promise<string> {
  const result = await signIn(database.app.db, { login, password });
  if (typeof result === "string") throw new Error(`sign-in ended ${result}`);
  return result.token;
}

async function liveRoles(person: Actor): Promise<Role[]> {
  const rows = await database.owner.db
    .select()
    .from(memberships)
    .where(and(eq(memberships.userId, person.userId), isNull(memberships.endedAt)));
  return rows.map(({ role }) => role);
}
