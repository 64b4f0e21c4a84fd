import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  aReport,
  aReportIn,
  contextOf,
  type District,
  takeLeaf,
} from "../../db/testing/factories";
import { aReportWithTable, FARM_OUTPUT, RETAIL, stateOf, takeIndicator } from "../../db/testing/indicators";
import { submitIndicators } from "../../domain/indicator/mutations";
import type { Actor } from "../../domain/kernel/actor";
import { transact } from "../../domain/kernel/context";
import { sendForApproval } from "../../domain/report/mutations";
import { readReportId } from "../../domain/report/queries";
import { claimSection, releaseSection } from "../../domain/review/claims";
import { getReportRoute } from "../../domain/route/queries";
import { addSeat, skipStep, unskipStep } from "../../domain/route/seats";
import { saveTemplate } from "../../domain/route/templates";
import { passSection } from "../../domain/section/decisions";
import { reviseSection, submitSection } from "../../domain/section/mutations";
import { listenOn } from "./listen";
import { LiveHub } from "./live-hub";
import { deskTopics, reportTopic } from "./watch-topics";

let database: TestDatabase;
let district: District;
let hub: LiveHub;

beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
  hub = new LiveHub(listenOn(database.appUrl));
});
afterAll(() => database.close());

const marker = "end-of-story";

/** What each of these hears while `work` is done: kinds in the order of their coming. */
async function heardBy<Name extends string>(
  topics: Record<Name, string[]>,
  work: () => Promise<unknown>,
): Promise<Record<Name, string[]>> {
  const names = Object.keys(topics) as Name[];
  const heard = Object.fromEntries(names.map((name) => [name, [] as string[]])) as Record<Name, string[]>;
  let isOver = false;
  // Signals arrive in the order of their commits: once these have, every other has.
  const settle = async () => {
    isOver = false;
    await database.app
      .sql`select pg_notify('huibao_signals', ${JSON.stringify({ topic: marker, kind: "end", data: {} })})`;
    await vi.waitFor(() => expect(isOver).toBe(true), { timeout: 10_000 });
  };
  const entered = [
    hub.subscribe(marker, { hear: () => (isOver = true), lookAgain: () => {} }),
    ...names.flatMap((name) =>
      topics[name].map((topic) =>
        hub.subscribe(topic, { hear: ({ kind }) => void heard[name].push(kind), lookAgain: () => {} }),
      ),
    ),
  ];
  await Promise.all(entered.map(({ ready }) => ready));
  await settle();
  for (const name of names) heard[name].length = 0;
  await work();
  await settle();
  for (const { leave } of entered) leave();
  return heard;
}

const desks = <Name extends string>(people: Record<Name, Actor>) =>
  Object.fromEntries(Object.entries<Actor>(people).map(([name, one]) => [name, deskTopics(one)])) as Record<
    Name,
    string[]
  >;

it("tells the report's pages and the desks of those whose turn it was and is when a text goes on, and nobody else", async () => {
  const report = await aReport(district, { leaves: [{ department: "agriculture" }] });
  const other = await aReport(district);
  const [first] = report.leaves;
  if (!first) throw new Error("no leaf");
  const leaf = await takeLeaf(district, first, "drafting");
  const { agriculture, commerce, bureau } = district;
  const people = desks({ signer: agriculture.signer, lead: bureau.lead, stranger: commerce.drafter });
  const watched = { ...people, board: [reportTopic(report.id)], elsewhere: [reportTopic(other.id)] };
  const drafter = contextOf(database, agriculture.drafter);
  const submitted = await heardBy(watched, () =>
    submitSection(drafter, { sectionId: leaf.id, version: leaf.version, draftVersion: leaf.draftVersion }),
  );
  expect(submitted).toEqual({ signer: ["moved"], lead: [], stranger: [], board: ["moved"], elsewhere: [] });
  const going = await aReport(district, { leaves: [{ department: "agriculture" }] });
  const [next] = going.leaves;
  if (!next) throw new Error("no leaf");
  // All the way up: the lead bureau's desk hears of it as soon as it comes to a step that is theirs.
  const up = await heardBy(people, () => takeLeaf(district, next, "reviewing"));
  expect(up).toEqual({ signer: ["moved", "moved"], lead: ["moved"], stranger: [] });
});

it("tells once of rows that move together, to their office, to the confirming one and to the board", async () => {
  const report = await aReportWithTable(district, [FARM_OUTPUT, { ...RETAIL, department: "agriculture" }]);
  const { agriculture, commerce, bureau } = district;
  for (const row of report.indicators) await takeIndicator(district, row, "drafting");
  const rows = await Promise.all(
    report.indicators.map(async ({ id }) => ({ indicatorId: id, version: (await stateOf(district, id)).version })),
  );
  const watched = {
    ...desks({ own: agriculture.signer, confirmer: commerce.signer, stranger: bureau.signer }),
    board: [reportTopic(report.id)],
  };
  const moved = await heardBy(watched, () => submitIndicators(contextOf(database, agriculture.drafter), { rows }));
  expect(moved).toEqual({ own: ["moved"], confirmer: ["moved"], stranger: [], board: ["moved"] });
});

it("tells who has a text in hand when that changes, and not when they only go on having it", async () => {
  const report = await aReport(district, { leaves: [{ department: "agriculture" }] });
  const [first] = report.leaves;
  if (!first) throw new Error("no leaf");
  const leaf = await takeLeaf(district, first, "reviewing");
  const lead = contextOf(database, district.bureau.lead);
  const board = { board: [reportTopic(report.id)] };
  const claim = () => claimSection(lead, { sectionId: leaf.id, by: "发改局" });
  expect(await heardBy(board, claim)).toEqual({ board: ["claimed"] });
  expect(await heardBy(board, claim)).toEqual({ board: [] });
  expect(await heardBy(board, () => releaseSection(lead, leaf.id))).toEqual({ board: ["claimed"] });
});

it("tells of what changes though nothing moves: a step left out, a vote of several, another reviewer, an approval out of date", async () => {
  const { agriculture, bureau, government } = district;
  const second = await aColleague(district, "bureau", "lead");
  const lead = contextOf(database, bureau.lead);
  const step = { office: "any", mode: "any", quorum: null, people: [] as string[] } as const;
  const routeId = await saveTemplate(lead, {
    name: "两人审核",
    steps: [
      { ...step, people: [], skippable: true, name: "签发", action: "sign", role: "signer", office: "owner" },
      {
        ...step,
        skippable: false,
        name: "审核",
        action: "review",
        role: "lead",
        mode: "all",
        people: [bureau.lead.membershipId, second.membershipId],
      },
      { ...step, people: [], skippable: false, name: "审定", action: "approve", role: "approver" },
    ],
  });
  const report = await aReport(district, { leaves: [{ department: "agriculture" }], routeId });
  const [first] = report.leaves;
  if (!first) throw new Error("no leaf");
  const board = { board: [reportTopic(report.id)] };
  const route = await transact(lead, (tx) => getReportRoute(tx, lead, report.slug));
  const skip = { stepId: route.steps[0]?.id ?? "", organId: district.organId.commerce };
  expect(await heardBy(board, () => skipStep(lead, { ...skip, reason: "负责人空缺" }))).toEqual({ board: ["moved"] });
  expect(await heardBy(board, () => unskipStep(lead, skip))).toEqual({ board: ["moved"] });

  const leaf = await takeLeaf(district, first, "reviewing");
  const sectionId = leaf.id;
  const third = await aColleague(district, "bureau", "lead");
  const people = { ...board, added: [`post:${third.membershipId}`], approver: deskTopics(government.approver) };
  const adding = { item: "section" as const, id: sectionId, version: 3, membershipId: third.membershipId, reason: "" };
  expect(await heardBy(people, () => addSeat(lead, adding))).toEqual({
    board: ["moved"],
    added: ["moved"],
    approver: [],
  });
  for (const voter of [bureau.lead, second, third]) {
    const pass = () => passSection(contextOf(database, voter), { sectionId, version: 3 });
    expect(await heardBy(board, pass), voter.label).toEqual({ board: ["moved"] });
  }
  const drafter = contextOf(database, agriculture.drafter);
  const revised = await heardBy({ ...board, ...desks({ signer: agriculture.signer }) }, () =>
    reviseSection(drafter, { sectionId, version: 4 }),
  );
  expect(revised).toEqual({ board: ["moved"], signer: ["moved"] });
});

it("tells who works on reports of one that is sent up, neither members nor administrators, and a person of what they are told", async () => {
  const report = await aReportIn(district, "collecting");
  const { government, agriculture, congress, centre } = district;
  const outside = desks({ member: congress.member, clerk: congress.clerk, sysadmin: centre.sysadmin });
  const lead = contextOf(database, district.bureau.lead);
  const heard = await heardBy(
    { ...desks({ approver: government.approver }), ...outside, board: [reportTopic(report.id)] },
    () => sendForApproval(lead, { reportId: report.id, version: report.version }),
  );
  expect(heard.board).toContain("moved");
  expect(heard.approver).toContain("moved");
  expect([heard.member, heard.clerk, heard.sysadmin]).toEqual([[], [], []]);
  const post = (actor: Actor) => [`post:${actor.membershipId}`];
  const told = await heardBy(
    { told: post(agriculture.drafter), other: post(agriculture.signer) },
    () =>
      database.owner.sql`
      insert into notifications (jurisdiction_id, outbox_id, membership_id, created_at)
      select jurisdiction_id, id, ${agriculture.drafter.membershipId}, now() from outbox order by created_at desc limit 1`,
  );
  expect(told).toEqual({ told: ["moved"], other: [] });
});

it("lets a report be followed by whoever may see it", async () => {
  const report = await aReport(district);
  const asked = (who: Actor) =>
    transact(contextOf(database, who), (tx) => readReportId(tx, report.slug)).catch((error: unknown) => String(error));
  expect(await asked(district.commerce.drafter)).toBe(report.id);
  const elsewhere = await aDistrict(database);
  for (const who of [district.congress.member, district.centre.sysadmin, elsewhere.bureau.lead])
    expect(await asked(who), who.role).toContain("not-found");
});
