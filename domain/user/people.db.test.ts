import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEntries, memberships, users } from "../../db/schema";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, alsoHolds, contextOf, type District, PASSWORD, refusalOf } from "../../db/testing/factories";
import type { Actor } from "../kernel/actor";
import { wallClock } from "../kernel/clock";
import { transact } from "../kernel/context";
import { createFirstAdministrator, type FirstAdministrator, OPERATOR_LABEL } from "./first-administrator";
import { getOwnAccount, getPerson, hasInitials, listPeople } from "./queries";
import { signIn } from "./session";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database, "dongqu");
  await aDistrict(database, "xiqu");
});
afterAll(() => database.close());

const list = (actor: Actor, q = "", page = 1) => {
  const ctx = contextOf(database, actor);
  return transact(ctx, (tx) => listPeople(tx, ctx, { q, page }));
};
const found = async (q: string) => (await list(district.centre.sysadmin, q)).people.map(({ login }) => login);

describe("the list of people", () => {
  it("is of one's own district alone, by login, with the posts held", async () => {
    const { people, total } = await list(district.centre.secadmin);
    expect(people.map(({ login }) => login)).toEqual(people.map(({ login }) => login).toSorted());
    expect(people.every(({ login }) => login.startsWith("dongqu-"))).toBe(true);
    expect(total).toBe(people.length);
    expect(people.find(({ login }) => login === "dongqu-bureau-lead")?.posts).toMatchObject([
      { organ: "发改局", role: "lead" },
    ]);
  });

  it("is not there for anybody but the system and security administrators", async () => {
    for (const actor of [district.centre.auditor, district.bureau.lead, district.congress.member]) {
      expect(await refusalOf(list(actor))).toBe("not-found");
      const ctx = contextOf(database, actor);
      expect(await refusalOf(transact(ctx, (tx) => getPerson(tx, ctx, district.agriculture.drafter.userId)))).toBe(
        "not-found",
      );
    }
  });

  it("finds by login, by office and by the pinyin initials of an office", async () => {
    expect(await found("congress-cl")).toEqual(["dongqu-congress-clerk"]);
    expect(await found("农业")).toEqual(["dongqu-agriculture-drafter", "dongqu-agriculture-signer"]);
    expect(await found("FGJ")).toEqual(["dongqu-bureau-drafter", "dongqu-bureau-lead", "dongqu-bureau-signer"]);
  });

  it("takes signs of the search language as they are", async () => {
    expect(await found("%")).toEqual([]);
    expect(await found("_")).toEqual([]);
    expect(await found("\\")).toEqual([]);
  });

  it("goes on page by page without losing or repeating anybody", async () => {
    const passwordHash = "none";
    const { jurisdictionId } = district;
    await database.owner.db.insert(users).values(
      Array.from({ length: 60 }, (_, index) => ({
        jurisdictionId,
        login: `z-${String(index).padStart(2, "0")}`,
        name: `编外${index}`,
        passwordHash,
      })),
    );
    const pages = [
      await list(district.centre.sysadmin, "", 1),
      await list(district.centre.sysadmin, "", 2),
      await list(district.centre.sysadmin, "", 3),
    ];
    const logins = pages.flatMap(({ people }) => people.map(({ login }) => login));
    expect(pages.map(({ people }) => people.length)).toEqual([50, logins.length - 50, 0]);
    expect(new Set(logins).size).toBe(pages[0]?.total);
    await database.owner.db.delete(users).where(eq(users.passwordHash, passwordHash));
  });

  it("counts the places where each is signed in, and nobody else's", async () => {
    const login = "dongqu-commerce-drafter";
    for (let place = 0; place < 2; place++) await signIn(database.app.db, { login, password: PASSWORD });
    const { people } = await list(district.centre.sysadmin);
    expect(people.filter(({ signedIn }) => signedIn > 0).map((person) => [person.login, person.signedIn])).toEqual([
      [login, 2],
    ]);
    const ctx = contextOf(database, district.commerce.drafter);
    expect(await transact(ctx, (tx) => getOwnAccount(tx, ctx))).toMatchObject({ login, signedIn: 2 });
  });
});

it("one's own posts say which one is acted in now", async () => {
  const second = await alsoHolds(district, district.congress.clerk, "congress", "member");
  const ctx = contextOf(database, second);
  const { posts } = await transact(ctx, (tx) => getOwnAccount(tx, ctx));
  expect(posts.map(({ role, current }) => [role, current])).toEqual([
    ["clerk", false],
    ["member", true],
  ]);
});

it.each([
  ["发改局", "fgj", true],
  ["农业农村局", "nync", true],
  ["芗城区统计局", "tjj", true],
  ["人大常委会办公室", "rdbgs", false],
  ["统计局", "tjx", false],
])("%s by %s: %s", (name, letters, expected) => {
  expect(hasInitials(name, letters)).toBe(expected);
});

describe("the first administrator", () => {
  const wanted: FirstAdministrator = {
    jurisdiction: { code: "xinqu", name: "新区" },
    login: "xq-admin",
    name: "系统管理员",
    password: "Qiang-2024",
    role: "sysadmin",
  };
  const create = (more: Partial<FirstAdministrator> = {}) =>
    createFirstAdministrator(database.owner.db, wallClock, { ...wanted, ...more });

  it("can sign in, holds that one post, and stands in the log as the operator's doing", async () => {
    await create();
    expect(await signIn(database.app.db, { login: "xq-admin", password: "Qiang-2024" })).toHaveProperty("token");
    const [user] = await database.owner.db.select().from(users).where(eq(users.login, "xq-admin"));
    const held = await database.owner.db
      .select()
      .from(memberships)
      .where(eq(memberships.userId, user?.id ?? ""));
    expect(held.map(({ role }) => role)).toEqual(["sysadmin"]);
    const entries = await database.owner.db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subjectId, user?.id ?? ""))
      .orderBy(auditEntries.id);
    expect(entries.map(({ action, actorLabel, userId }) => [action, actorLabel, userId])).toEqual([
      ["user.create", OPERATOR_LABEL, null],
      ["membership.grant", OPERATOR_LABEL, null],
    ]);
  });

  it("joins the district and the administration that are there", async () => {
    await create({ login: "xq-sec", role: "secadmin", jurisdiction: { code: "xinqu", name: "新区" } });
    const organs = await database.owner.sql`
      select 1 from organs o join jurisdictions j on j.id = o.jurisdiction_id where j.code = 'xinqu'`;
    expect(organs).toHaveLength(1);
  });

  it("is refused when the login exists, in whichever district, and nothing is made", async () => {
    expect(
      await refusalOf(create({ login: "dongqu-bureau-lead", jurisdiction: { code: "beiqu", name: "北区" } })),
    ).toBe("login-taken");
    expect(await database.owner.sql`select 1 from jurisdictions where code = 'beiqu'`).toHaveLength(0);
  });

  it("is refused with a weak password, and in a new district without a name", async () => {
    expect(await refusalOf(create({ login: "other", password: "weak" }))).toBe("password-weak");
    expect(await refusalOf(create({ login: "other", jurisdiction: { code: "nanqu", name: undefined } }))).toBe(
      "not-found",
    );
  });
});
