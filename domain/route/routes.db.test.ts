import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memberships, reviews, revisions, routes, seats, stepSkips } from "../../db/schema";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  alsoHolds,
  aReport,
  contextOf,
  leavesOf,
  refusalOf,
  takeLeaf,
  type District,
} from "../../db/testing/factories";
import { getDesk } from "../desk/queries";
import type { Actor } from "../kernel/actor";
import { transact } from "../kernel/context";
import { passSection, signSection, withdrawSection } from "../section/decisions";
import { submitSection } from "../section/mutations";
import { getOwnAccount } from "../user/queries";
import { delegate, endDelegation, getDelegations } from "./delegations";
import { getDecidingPosts, getReportRoute, listTemplates, listTemplateNames } from "./queries";
import type { PlannedStep } from "./schema";
import { addSeat, handOver, skipStep, unskipStep } from "./seats";
import { archiveTemplate, saveTemplate } from "./templates";

const step = (plan: Partial<PlannedStep>): PlannedStep => ({
  name: "环节",
  action: "review",
  role: "lead",
  office: "any",
  mode: "any",
  quorum: null,
  skippable: false,
  people: [],
  ...plan,
});
const SIGN = step({ name: "签发", action: "sign", role: "signer", office: "owner", skippable: true });
const LAST = [step({ name: "牵头审核" }), step({ name: "审定", action: "approve", role: "approver" })];

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

describe("routes, seats and delegation", () => {
  let database: TestDatabase;
  let district: District;
  let elsewhere: District;
  const as = (actor: Actor) => contextOf(database, actor);

  beforeAll(async () => {
    database = await testDatabase();
    [district, elsewhere] = [await aDistrict(database), await aDistrict(database)];
  });
  afterAll(() => database.close());

  /** A leaf at the department's signing on a route of its own. */
  async function aLeafOn(steps: PlannedStep[], status: "drafting" | "signing" | "reviewing" = "signing") {
    const routeId = await saveTemplate(as(district.bureau.lead), { name: "程序", steps });
    const report = await aReport(district, { routeId });
    const [leaf] = await leavesOf(district, report.id);
    if (!leaf) throw new Error("the report has no leaf");
    return { routeId, report, leaf: await takeLeaf(district, leaf, status) };
  }

  const routeOf = (actor: Actor, slug: string) => transact(as(actor), (tx) => getReportRoute(tx, as(actor), slug));
  const stateOf = async (id: string) => {
    const [row] = await database.owner.sql<{ status: string; version: number; step: string | null }[]>`
      select s.status, s.version, t.name as step from sections s left join route_steps t on t.id = s.step_id where s.id = ${id}`;
    return row;
  };

  it("a running report keeps its route when the template is replaced, and is not offered the old one", async () => {
    const { routeId, report } = await aLeafOn([SIGN, ...LAST], "drafting");
    const lead = as(district.bureau.lead);
    const next = await saveTemplate(lead, { name: "新程序", steps: LAST, replaces: routeId });
    const offered = await transact(lead, (tx) => listTemplates(tx, lead));
    expect(offered.map(({ id }) => id)).toContain(next);
    expect(offered.map(({ id }) => id)).not.toContain(routeId);
    const { steps } = await routeOf(district.agriculture.drafter, report.slug);
    expect(steps.map(({ name }) => name)).toEqual(["签发", "牵头审核", "审定"]);
    await expect(refusalOf(aReport(district, { routeId }))).resolves.toBe("route-gone");
    await expect(refusalOf(saveTemplate(lead, { name: "又一", steps: LAST, replaces: routeId }))).resolves.toBe(
      "route-gone",
    );
    await archiveTemplate(lead, { routeId: next });
    expect((await transact(lead, listTemplateNames)).map(({ id }) => id)).not.toContain(next);
  });

  it("templates are the lead bureau's, of its own district's people", async () => {
    const { agriculture, commerce, bureau, government } = district;
    for (const actor of [agriculture.drafter, agriculture.signer, government.approver]) {
      await expect(refusalOf(saveTemplate(as(actor), { name: "甲", steps: LAST }))).resolves.toBe("not-your-role");
      await expect(refusalOf(transact(as(actor), (tx) => listTemplates(tx, as(actor))))).resolves.toBe("not-found");
    }
    for (const stranger of [elsewhere.commerce.signer, commerce.drafter, bureau.lead]) {
      const steps = [step({ role: "signer", people: [stranger.membershipId] }), ...LAST];
      await expect(refusalOf(saveTemplate(as(bureau.lead), { name: "乙", steps }))).resolves.toBe("seat-not-deciding");
    }
    const mine = await transact(as(bureau.lead), (tx) => tx.select().from(routes).where(isNull(routes.reportId)));
    expect(mine.every(({ jurisdictionId }) => jurisdictionId === district.jurisdictionId)).toBe(true);
    expect(await transact(as(commerce.drafter), getDecidingPosts)).toEqual([]);
    const posts = await transact(as(commerce.signer), getDecidingPosts);
    expect(posts.find(({ id }) => id === agriculture.signer.membershipId)?.initials).toMatch(/^nyncj/);
    expect(new Set(posts.map(({ label }) => label)).size).toBe(posts.length);
  });

  it("leaves a step out for one department, from then on, and puts it back", async () => {
    const { report, leaf } = await aLeafOn([SIGN, ...LAST], "drafting");
    const lead = as(district.bureau.lead);
    const [first, second] = (await routeOf(district.bureau.lead, report.slug)).steps;
    const organId = district.organId.agriculture;
    const skip = { stepId: first?.id ?? "", organId, reason: "负责人空缺" };
    for (const actor of [district.agriculture.signer, district.government.approver]) {
      await expect(refusalOf(skipStep(as(actor), skip))).resolves.toBe("not-your-role");
    }
    await expect(refusalOf(skipStep(lead, { ...skip, stepId: second?.id ?? "" }))).resolves.toBe("step-not-skippable");
    await expect(refusalOf(skipStep(as(elsewhere.bureau.lead), skip))).resolves.toBe("not-found");
    await skipStep(lead, skip);
    const shown = (await routeOf(district.agriculture.drafter, report.slug)).steps[0];
    expect(shown?.skips).toMatchObject([{ organ: "农业农村局", reason: "负责人空缺" }]);
    await submitSection(as(district.agriculture.drafter), {
      sectionId: leaf.id,
      version: leaf.version,
      draftVersion: leaf.draftVersion,
    });
    expect(await stateOf(leaf.id)).toMatchObject({ step: "牵头审核" });
    expect((await routeOf(district.bureau.lead, report.slug)).steps[1]?.now).toEqual({ leaves: 1, rows: 0 });
    await unskipStep(lead, skip);
    await expect(refusalOf(unskipStep(lead, skip))).resolves.toBe("not-found");
  });

  it("adds a reviewer, who reads what they could not, and hands over, after which the giver no longer decides", async () => {
    const { leaf } = await aLeafOn(
      [step({ name: "会签", role: "signer", people: [district.commerce.signer.membershipId], mode: "all" }), ...LAST],
      "signing",
    );
    const { commerce, bureau, agriculture } = district;
    const other = await aColleague(district, "commerce", "signer");
    const item = { item: "section" as const, id: leaf.id, version: 2, reason: "请一并看" };
    const sees = async (actor: Actor) => {
      return transact(as(actor), (tx) => tx.$count(revisions, eq(revisions.sectionId, leaf.id)));
    };
    expect(await sees(bureau.signer)).toBe(0);
    expect(await sees(commerce.signer)).toBe(1);
    await expect(
      refusalOf(addSeat(as(agriculture.drafter), { ...item, membershipId: bureau.signer.membershipId })),
    ).resolves.toBe("not-your-role");
    await expect(
      refusalOf(addSeat(as(commerce.signer), { ...item, membershipId: commerce.drafter.membershipId })),
    ).resolves.toBe("seat-not-deciding");
    await expect(
      refusalOf(addSeat(as(commerce.signer), { ...item, membershipId: commerce.signer.membershipId })),
    ).resolves.toBe("seat-taken");
    await expect(
      refusalOf(addSeat(as(commerce.signer), { ...item, version: 1, membershipId: bureau.signer.membershipId })),
    ).resolves.toBe("stale-version");
    await addSeat(as(commerce.signer), { ...item, membershipId: bureau.signer.membershipId });
    expect(await sees(bureau.signer)).toBe(1);
    await handOver(as(commerce.signer), { ...item, membershipId: other.membershipId });
    await expect(
      refusalOf(passSection(as(commerce.signer), { sectionId: leaf.id, version: 2 })),
    ).resolves.not.toBeNull();
    await passSection(as(other), { sectionId: leaf.id, version: 2 });
    expect(await stateOf(leaf.id)).toMatchObject({ step: "会签" });
    await expect(
      refusalOf(handOver(as(other), { ...item, membershipId: agriculture.signer.membershipId })),
    ).resolves.toBe("already-decided");
    await passSection(as(bureau.signer), { sectionId: leaf.id, version: 2 });
    expect(await stateOf(leaf.id)).toMatchObject({ step: "牵头审核" });
  });

  async function actingFor(principal: Actor, colleague: Actor, from = day(0), until = day(3)): Promise<Actor> {
    await delegate(as(principal), { userId: colleague.userId, from, until });
    const [post] = await database.owner.db
      .select({ id: memberships.id })
      .from(memberships)
      .where(
        and(
          eq(memberships.actingFor, principal.membershipId),
          eq(memberships.userId, colleague.userId),
          isNull(memberships.endedAt),
        ),
      );
    if (!post) throw new Error("nothing was delegated");
    return {
      ...principal,
      userId: colleague.userId,
      membershipId: post.id,
      label: `${colleague.label}（代${principal.label}）`,
    };
  }

  it("a deputy decides for the seat, never on their own text, and no longer once it is ended", async () => {
    const { agriculture } = district;
    const colleague = await aColleague(district, "agriculture", "drafter");
    const { leaf } = await aLeafOn([SIGN, ...LAST]);
    const writer = await actingFor(agriculture.signer, agriculture.drafter);
    await expect(refusalOf(signSection(as(writer), { sectionId: leaf.id, version: 2 }))).resolves.toBe("own-work");
    const deputy = await actingFor(agriculture.signer, colleague);
    const account = await transact(as(colleague), (tx) => getOwnAccount(tx, as(colleague)));
    expect(account.posts.map(({ acting }) => acting !== null)).toEqual([false, true]);
    expect(account.posts[1]?.acting?.name).toContain("agriculture-signer");
    await expect(
      refusalOf(delegate(as(deputy), { userId: agriculture.drafter.userId, from: day(0), until: day(1) })),
    ).resolves.toBe("delegation-of-another");
    await signSection(as(deputy), { sectionId: leaf.id, version: 2 });
    const [vote] = await database.owner.sql`
      select seat_id, user_id, actor_label from reviews where section_id = ${leaf.id} and verdict = 'sign'`;
    expect(vote).toMatchObject({
      seat_id: agriculture.signer.membershipId,
      user_id: colleague.userId,
      actor_label: deputy.label,
    });
    await expect(
      refusalOf(endDelegation(as(district.commerce.signer), { membershipId: deputy.membershipId })),
    ).resolves.toBe("not-found");
    await expect(refusalOf(endDelegation(as(deputy), { membershipId: deputy.membershipId }))).resolves.toBe(
      "not-found",
    );
    const { given } = await transact(as(agriculture.signer), (tx) => getDelegations(tx, as(agriculture.signer)));
    expect(given).toHaveLength(2);
    for (const { id } of given) await endDelegation(as(agriculture.signer), { membershipId: id });
    const after = await transact(as(colleague), (tx) => getOwnAccount(tx, as(colleague)));
    expect(after.posts.map(({ acting }) => acting)).toEqual([null]);
  });

  it("a text that one has passed in one's own seat no longer waits on the desk of the seat that one keeps for another", async () => {
    const { agriculture } = district;
    const colleague = await aColleague(district, "agriculture", "signer");
    const people = [agriculture.signer.membershipId, colleague.membershipId];
    const { leaf } = await aLeafOn([step({ name: "会签", role: "signer", people, mode: "all" }), ...LAST]);
    const deputy = await actingFor(agriculture.signer, colleague);
    const waits = async (actor: Actor) => {
      const { leaves } = await transact(as(actor), (tx) => getDesk(tx, as(actor)));
      return leaves.some(({ id }) => id === leaf.id);
    };
    const all = [colleague, deputy, agriculture.signer];
    expect(await Promise.all(all.map(waits))).toEqual([true, true, true]);
    await passSection(as(colleague), { sectionId: leaf.id, version: 2 });
    await expect(refusalOf(passSection(as(deputy), { sectionId: leaf.id, version: 2 }))).resolves.toBe(
      "already-decided",
    );
    expect(await Promise.all(all.map(waits))).toEqual([false, false, true]);
    await endDelegation(as(agriculture.signer), { membershipId: deputy.membershipId });
  });

  it("a delegation begins and ends with its days, and cannot overlap, be past or be endless", async () => {
    const { agriculture, commerce } = district;
    const colleague = await aColleague(district, "agriculture", "drafter");
    const give = (from: string, until: string, userId = colleague.userId) =>
      refusalOf(delegate(as(agriculture.signer), { userId, from, until }));
    await expect(give(day(-5), day(-2))).resolves.toBe("delegation-past");
    await expect(give(day(0), day(400))).resolves.toBe("delegation-long");
    await expect(give(day(0), day(2), commerce.signer.userId)).resolves.toBe("delegate-not-colleague");
    await expect(give(day(0), day(2), agriculture.signer.userId)).resolves.toBe("delegate-not-colleague");
    await expect(give(day(3), day(5))).resolves.toBeNull();
    await expect(give(day(5), day(6))).resolves.toBe("delegation-overlaps");
    const { posts } = await transact(as(colleague), (tx) => getOwnAccount(tx, as(colleague)));
    expect(posts).toHaveLength(1);
    await expect(
      refusalOf(delegate(as(district.congress.clerk), { userId: colleague.userId, from: day(0), until: day(1) })),
    ).resolves.toBe("not-your-role");
  });

  it("who works on reports sees who is named and what is left out, nobody else and nobody elsewhere does", async () => {
    const named = step({ name: "会签", role: "signer", people: [district.commerce.signer.membershipId] });
    const { report } = await aLeafOn([SIGN, named, ...LAST], "drafting");
    const lead = as(district.bureau.lead);
    const [first] = (await routeOf(district.bureau.lead, report.slug)).steps;
    const skip = { stepId: first?.id ?? "", organId: district.organId.commerce, reason: "负责人空缺" };
    await skipStep(lead, skip);
    const counts = (actor: Actor) =>
      transact(as(actor), async (tx) => [await tx.$count(seats, eq(seats.kind, "named")), await tx.$count(stepSkips)]);
    const { agriculture, bureau, government, congress, centre } = district;
    const all = await counts(bureau.lead);
    expect(Math.min(...all)).toBeGreaterThan(0);
    for (const actor of [agriculture.drafter, agriculture.signer, government.approver]) {
      expect(await counts(actor), actor.label).toEqual(all);
    }
    for (const actor of [...Object.values(congress), ...Object.values(centre), ...Object.values(elsewhere.bureau)]) {
      expect(await counts(actor), actor.label).toEqual([0, 0]);
    }
    const shown = (await routeOf(agriculture.drafter, report.slug)).steps[1]?.people;
    expect(shown?.[0]?.label).toContain("commerce-signer");
    await expect(refusalOf(routeOf(congress.clerk, report.slug))).resolves.toBe("not-found");
  });

  it("row-level security lets nobody give away a post that is not their own", async () => {
    const { agriculture, commerce, centre } = district;
    const colleague = await aColleague(district, "agriculture", "drafter");
    const post = (actor: Actor, more: object = {}) =>
      transact(as(actor), (tx) =>
        tx.insert(memberships).values({
          jurisdictionId: district.jurisdictionId,
          userId: colleague.userId,
          organId: district.organId.agriculture,
          role: "signer",
          actingFor: agriculture.signer.membershipId,
          startsAt: new Date(),
          endsAt: new Date(Date.now() + 86_400_000),
          ...more,
        }),
      ).then(
        () => "written",
        (error: { cause?: { code?: string } }) => error.cause?.code,
      );
    const DENIED = "42501";
    const deputy = await actingFor(agriculture.signer, await aColleague(district, "agriculture", "drafter"));
    for (const actor of [
      colleague,
      agriculture.drafter,
      commerce.signer,
      district.bureau.lead,
      centre.sysadmin,
      deputy,
    ]) {
      expect(await post(actor), actor.label).toBe(DENIED);
    }
    expect(await post(agriculture.signer, { role: "lead" })).toBe(DENIED);
    expect(await post(agriculture.signer, { organId: district.organId.commerce })).toBe(DENIED);
    expect(await post(agriculture.signer, { userId: commerce.signer.userId })).toBe(DENIED);
    expect(await post(agriculture.signer)).toBe("written");
  });

  describe("a seat that is given", () => {
    const seatsOf = async (sectionId: string) =>
      (
        await database.owner.sql<{ id: string }[]>`
        select p.membership_id as id from sections s, seats_of(s.step_id, s.organ_id, null, s.id, null) p
         where s.id = ${sectionId} order by 1`
      ).map(({ id }) => id);
    const give = (leaf: { id: string; version: number }, to: Actor) => ({
      item: "section" as const,
      id: leaf.id,
      version: leaf.version,
      membershipId: to.membershipId,
      reason: "",
    });
    const NAMED = (...people: Actor[]) =>
      step({ name: "会签", role: "signer", mode: "all", people: people.map(({ membershipId }) => membershipId) });

    it("is of the step's own kind: the lead bureau does not sign for a department", async () => {
      const { leaf } = await aLeafOn([SIGN, ...LAST]);
      const { bureau, commerce } = district;
      for (const post of [bureau.lead, bureau.signer, commerce.signer]) {
        await expect(refusalOf(addSeat(as(bureau.lead), give(leaf, post)))).resolves.toBe("seat-not-deciding");
      }
      const second = await aColleague(district, "agriculture", "signer");
      await expect(refusalOf(addSeat(as(bureau.lead), give(leaf, second)))).resolves.toBe("seat-taken");
    });

    it("is not handed back, so that a step never ends up with nobody, or with one of two", async () => {
      const { commerce, bureau } = district;
      const { leaf } = await aLeafOn([NAMED(commerce.signer, bureau.signer), ...LAST]);
      const other = await aColleague(district, "commerce", "signer");
      await handOver(as(commerce.signer), give(leaf, other));
      await expect(refusalOf(handOver(as(other), give(leaf, commerce.signer)))).resolves.toBe("seat-given-away");
      await expect(refusalOf(addSeat(as(bureau.lead), give(leaf, commerce.signer)))).resolves.toBe("seat-given-away");
      expect(await seatsOf(leaf.id)).toEqual([other.membershipId, bureau.signer.membershipId].toSorted());
    });

    it("comes back when whoever took it over has left", async () => {
      const { commerce, bureau } = district;
      const { leaf } = await aLeafOn([NAMED(commerce.signer, bureau.signer), ...LAST]);
      const other = await aColleague(district, "commerce", "signer");
      await handOver(as(commerce.signer), give(leaf, other));
      await database.owner.sql`update users set disabled_at = now() where id = ${other.userId}`;
      expect(await seatsOf(leaf.id)).toEqual([commerce.signer.membershipId, bureau.signer.membershipId].toSorted());
    });

    it("of a head who is named is nobody else's when they leave, until the lead bureau adds somebody", async () => {
      const named = await aColleague(district, "commerce", "signer");
      const { leaf } = await aLeafOn([NAMED(named), ...LAST]);
      await database.owner.sql`update memberships set ended_at = now() where id = ${named.membershipId}`;
      expect(await seatsOf(leaf.id)).toEqual([]);
      await addSeat(as(district.bureau.lead), give(leaf, district.commerce.signer));
      expect(await seatsOf(leaf.id)).toEqual([district.commerce.signer.membershipId]);
    });

    it("is given by nobody who only holds the post for a while", async () => {
      const { agriculture } = district;
      const second = await aColleague(district, "agriculture", "signer");
      const third = await aColleague(district, "agriculture", "drafter");
      const { leaf } = await aLeafOn([SIGN, ...LAST]);
      const deputy = await actingFor(second, third);
      for (const act of [handOver, addSeat]) {
        await expect(refusalOf(act(as(deputy), give(leaf, agriculture.signer)))).resolves.toBe("delegation-of-another");
      }
    });

    it("opens no text to whoever only approves the whole", async () => {
      const { government, bureau } = district;
      const approval = step({
        name: "审定",
        action: "approve",
        role: "approver",
        people: [government.approver.seatId],
      });
      const { leaf } = await aLeafOn([SIGN, step({ name: "牵头审核" }), approval]);
      const sees = (actor: Actor) =>
        transact(as(actor), (tx) => tx.$count(revisions, eq(revisions.sectionId, leaf.id)));
      expect(await sees(government.approver)).toBe(0);
      expect(await sees(bureau.lead)).toBe(1);
    });

    it("keeps what was passed from it: no other head takes that back", async () => {
      const { commerce, agriculture } = district;
      const { leaf } = await aLeafOn([NAMED(commerce.signer), ...LAST]);
      await passSection(as(commerce.signer), { sectionId: leaf.id, version: leaf.version });
      const move = { sectionId: leaf.id, version: leaf.version + 1 };
      await expect(refusalOf(withdrawSection(as(agriculture.signer), move))).resolves.not.toBeNull();
      await expect(refusalOf(withdrawSection(as(commerce.signer), move))).resolves.toBeNull();
    });

    it("is voted from by nobody else, whatever the application might write", async () => {
      const { leaf } = await aLeafOn([SIGN, ...LAST]);
      const { agriculture, commerce } = district;
      const forged = transact(as(agriculture.signer), (tx) =>
        tx.insert(reviews).values({
          jurisdictionId: district.jurisdictionId,
          reportId: leaf.reportId,
          sectionId: leaf.id,
          organId: district.organId.agriculture,
          verdict: "sign",
          userId: agriculture.signer.userId,
          membershipId: agriculture.signer.membershipId,
          seatId: commerce.signer.membershipId,
          actorLabel: "冒名",
          createdAt: new Date(),
        }),
      );
      await expect(forged).rejects.toMatchObject({ cause: { code: "42501" } });
    });

    it("of somebody who wrote the text is not decided from by who acts for them", async () => {
      const writer = await alsoHolds(district, district.agriculture.drafter, "agriculture", "signer");
      const deputy = await actingFor(writer, await aColleague(district, "agriculture", "drafter"));
      const { leaf } = await aLeafOn([SIGN, ...LAST]);
      await expect(refusalOf(signSection(as(deputy), { sectionId: leaf.id, version: 2 }))).resolves.toBe("own-work");
    });
  });

  it("a deputy who leaves the office holds the other post no longer", async () => {
    const { agriculture } = district;
    const colleague = await aColleague(district, "agriculture", "drafter");
    const deputy = await actingFor(agriculture.signer, colleague);
    const isHeld = async () => {
      const [row] = await database.owner.sql`
        select is_held(m) as held from memberships m where id = ${deputy.membershipId}`;
      return row?.["held"];
    };
    expect(await isHeld()).toBe(true);
    await database.owner.sql`update memberships set ended_at = now() where id = ${colleague.membershipId}`;
    expect(await isHeld()).toBe(false);
  });
});
