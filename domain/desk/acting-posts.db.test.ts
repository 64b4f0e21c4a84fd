import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { memberships } from "../../db/schema";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aColleague, aDistrict, aReportIn, aSection, contextOf, type District } from "../../db/testing/factories";
import { anIndicator, FARM_OUTPUT } from "../../db/testing/indicators";
import type { Actor } from "../kernel/actor";
import { transact } from "../kernel/context";
import { passSection } from "../section/decisions";
import { listActingPosts } from "./acting-posts";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
const postsOf = (actor: Actor) => transact(contextOf(database, actor), listActingPosts);

async function actsFor(deputy: Actor, { jurisdictionId, organId, role, membershipId }: Actor): Promise<string> {
  const span = { startsAt: hours(-1), endsAt: hours(1) };
  const [row] = await database.owner.db
    .insert(memberships)
    .values({ jurisdictionId, organId, role, userId: deputy.userId, actingFor: membershipId, ...span })
    .returning({ id: memberships.id });
  return row?.id ?? "";
}

it("a deputy reads on their own desk for whom, until when and how much waits there, and only while it is so", async () => {
  const { agriculture, bureau } = district;
  const deputy = await aColleague(district, "agriculture", "drafter");
  expect(await postsOf(deputy)).toEqual([]);
  const id = await actsFor(deputy, agriculture.signer);
  expect(await postsOf(deputy)).toMatchObject([{ id, waiting: 0 }]);
  await aSection(district, { status: "signing" });
  await aSection(district, { status: "signing", department: "commerce" });
  await aSection(district, { status: "drafting" });
  await anIndicator(district, "signing", FARM_OUTPUT);
  const [post] = await postsOf(deputy);
  expect(post).toMatchObject({ id, waiting: 2 });
  expect(post?.lastDay.getTime()).toBeGreaterThan(Date.now());
  expect(await postsOf(agriculture.drafter)).toEqual([]);
  expect(await postsOf({ ...deputy, membershipId: id })).toEqual([]);
  await database.owner.db
    .update(memberships)
    .set({ endsAt: hours(-0.5) })
    .where(eq(memberships.id, id));
  expect(await postsOf(deputy)).toEqual([]);

  const clerk = await aColleague(district, "bureau", "drafter");
  await actsFor(clerk, bureau.lead);
  const before = (await postsOf(clerk))[0]?.waiting ?? 0;
  const leaf = await aSection(district, { status: "reviewing" });
  expect((await postsOf(clerk))[0]?.waiting).toBe(before + 1);
  await passSection(contextOf(database, bureau.lead), { sectionId: leaf.id, version: leaf.version });
  expect((await postsOf(clerk))[0]?.waiting).toBe(before);
});

it("who stands in for a drafter has what that department writes, for the approver what is to be approved", async () => {
  const { agriculture, government } = district;
  const deputy = await aColleague(district, "agriculture", "signer");
  await actsFor(deputy, agriculture.drafter);
  const before = (await postsOf(deputy))[0]?.waiting ?? 0;
  await aSection(district, { status: "drafting" });
  expect((await postsOf(deputy))[0]?.waiting).toBe(before + 1);
  const second = await aColleague(district, "government", "approver");
  await actsFor(second, government.approver);
  await aReportIn(district, "approving");
  expect((await postsOf(second))[0]?.waiting).toBe(1);
});
