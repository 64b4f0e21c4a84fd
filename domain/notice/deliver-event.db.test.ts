import { and, desc, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  alsoHolds,
  aReportIn,
  aSection,
  BLOCK_ID,
  contextOf,
  type Department,
  type District,
} from "../../db/testing/factories";
import { anIndicator, aReportWithTable, FARM_OUTPUT, RURAL_INCOME, takeIndicator } from "../../db/testing/indicators";
import { memberships, notifications, outbox, remarks, routes, routeSteps, seats, sections } from "../../db/schema";
import { deliverEdition, sealEdition } from "../edition/mutations";
import { localDay } from "../kernel/working-days";
import {
  confirmIndicators,
  passIndicators,
  returnIndicator,
  signIndicators,
  submitIndicators,
  withdrawIndicators,
} from "../indicator/mutations";
import type { IndicatorStatus } from "../indicator/workflow";
import { transact, type Context } from "../kernel/context";
import type { Actor } from "../kernel/actor";
import { approveReport, recallReport, reopenReport, returnReport, sendForApproval } from "../report/mutations";
import { passSection, returnSection, signSection, withdrawSection } from "../section/decisions";
import { submitSection } from "../section/mutations";
import { addComment, replyToRemark } from "../remark/mutations";
import type { Mentionable } from "../remark/policy";
import { announce } from "./announce";
import { deliverEvent } from "./deliver-event";
import { NOTICE_EVENTS, type NoticeEvent } from "./events";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
  await aDistrict(database);
});
afterAll(() => database.close());

const reasons = [{ blockId: BLOCK_ID, text: "请核对。" }];
const cellReasons = [{ field: "actual" as const, text: "请核对。" }];

const OWNER = { drafter: "agriculture drafter", signer: "agriculture signer" };

describe("a notice lands on the desks that it concerns", () => {
  const CASES: [NoticeEvent, () => Promise<unknown>, string[]][] = [
    [
      "section.submitted",
      async () => submitSection(drafter(), { ...(await leafIn("drafting")), draftVersion: 1 }),
      [OWNER.signer],
    ],
    ["section.withdrawn", async () => withdrawSection(drafter(), await leafIn("signing")), [OWNER.signer]],
    ["section.signed", async () => signSection(signer(), await leafIn("signing")), ["bureau lead"]],
    ["section.passed", async () => passSection(lead(), await leafIn("reviewing")), [OWNER.drafter, OWNER.signer]],
    [
      "section.returned",
      async () => returnSection(lead(), { ...(await leafIn("reviewing")), reasons }),
      [OWNER.drafter, OWNER.signer],
    ],
    ["indicator.submitted", async () => submitIndicators(drafter(), await rowIn("drafting")), [OWNER.signer]],
    ["indicator.withdrawn", async () => withdrawIndicators(drafter(), await rowIn("signing")), [OWNER.signer]],
    ["indicator.signed", async () => signIndicators(signer(), await rowIn("signing")), ["commerce signer"]],
    ["indicator.confirmed", async () => confirmIndicators(confirmer(), await rowIn("confirming")), ["bureau lead"]],
    ["indicator.passed", async () => passIndicators(lead(), await rowIn("reviewing")), [OWNER.drafter, OWNER.signer]],
    [
      "indicator.returned",
      async () => returnIndicator(lead(), { ...(await rowIn("reviewing")).row, reasons: cellReasons }),
      [OWNER.drafter, OWNER.signer],
    ],
    ["remark.added", async () => remarkOn(lead(), "reviewing"), [OWNER.drafter]],
    [
      "remark.answered",
      async () => {
        const remarkId = await remarkOn(lead(), "reviewing");
        await replyToRemark(drafter(), { remarkId, text: "已核对。", mentions: ["signer"] });
      },
      [OWNER.signer, "bureau lead"],
    ],
    [
      "report.sent-for-approval",
      async () => sendForApproval(lead(), await reportIn("collecting")),
      ["government approver"],
    ],
    ["report.recalled", async () => recallReport(lead(), await reportIn("approving")), ["government approver"]],
    ["report.approved", async () => approveReport(approver(), await reportIn("approving")), ["bureau lead"]],
    [
      "report.returned",
      async () => returnReport(approver(), await withReasons(await reportIn("approving"))),
      ["bureau lead"],
    ],
    [
      "report.reopened",
      async () => reopenReport(lead(), { ...(await reportIn("approved")), reason: "更正。" }),
      ["government approver"],
    ],
    ["edition.delivered", () => deliversAnEdition("meeting"), ["congress clerk", OWNER.signer]],
    [
      "edition.corrected",
      async () => {
        const report = await aReportIn(district, "delivered");
        const notice = "更正了完成比例的计算口径。";
        const edition = await sealEdition(lead(), {
          reportId: report.id,
          version: report.version,
          kind: "revised",
          supersedes: 1,
          notice,
        });
        await deliverEdition(lead(), { editionId: edition.id, to: [{ role: "member" }] });
      },
      ["congress member"],
    ],
    [
      "edition.consulted",
      () => deliversAnEdition("consultation"),
      ["commerce drafter", "commerce signer", OWNER.signer],
    ],
    ["consultation.replied", () => tellOf("consultation.replied", null), ["bureau lead"]],
    // Agriculture's signer has the edition by name: the drafter beside them could not open it.
    ["consultation.urged", () => tellOfConsultation("consultation.urged", "agriculture"), [OWNER.signer]],
    ["consultation.settled", () => tellOfConsultation("consultation.settled", "agriculture"), [OWNER.signer]],
    [
      "consultation.published",
      () => tellOfConsultation("consultation.published", "commerce"),
      ["commerce drafter", "commerce signer"],
    ],
    ["edition.extended", () => putsTheDayOff(), ["commerce drafter", "commerce signer"]],
    ["section.advanced", () => tellOf("section.advanced", "sign"), [OWNER.signer]],
    ["section.assigned", () => tellOf("section.assigned", "review"), ["bureau lead"]],
    ["section.revised", () => tellOf("section.revised", null), ["bureau lead"]],
    ["indicator.advanced", () => tellOfRow("indicator.advanced", "confirm"), ["commerce signer"]],
    ["indicator.assigned", () => tellOfRow("indicator.assigned", "sign"), [OWNER.signer]],
    ["indicator.revised", () => tellOfRow("indicator.revised", null), ["bureau lead"]],
    ["report.advanced", () => tellOf("report.advanced", "approve"), ["government approver"]],
    ["reminder.soon", () => tellOf("reminder.soon", null, "agriculture"), [OWNER.drafter]],
    ["reminder.late", () => tellOf("reminder.late", null, "commerce"), ["commerce drafter"]],
    ["reminder.escalated", () => tellOf("reminder.escalated", null, "agriculture"), [OWNER.signer]],
    ["reminder.urged", () => tellOf("reminder.urged", null, "agriculture"), [OWNER.drafter]],
    ["permit.given", () => tellOf("permit.given", null, "agriculture"), [OWNER.drafter, OWNER.signer]],
  ];

  it("and every kind of event is tried here", () => {
    expect(CASES.map(([event]) => event).toSorted()).toEqual(Object.keys(NOTICE_EVENTS).toSorted());
  });

  it.each(CASES)("%s", async (event, happens, desks) => {
    await happens();
    const id = await latest(event);
    expect(await desksOf(id)).toEqual([]);
    await deliverEvent(database.worker.db, id);
    expect(await desksOf(id)).toEqual(desks.toSorted());
    await deliverEvent(database.worker.db, id);
    expect(await desksOf(id)).toEqual(desks.toSorted());
  });
});

describe("of what came to a step", () => {
  it("is told who sits there by name and not the others of that role; who was added, and not who handed it over", async () => {
    const [named, added, other] = await Promise.all(
      (["bureau", "bureau", "bureau"] as const).map((office) => aColleague(district, office, "lead")),
    );
    if (!named || !added || !other) throw new Error("no colleagues");
    const leaf = await aSection(district, { status: "signing" });
    const stepId = await stepOf(leaf.reportId, "review");
    const seat = (post: Actor, more: object) =>
      database.owner.db.insert(seats).values({
        jurisdictionId: district.jurisdictionId,
        stepId,
        kind: "named",
        membershipId: post.membershipId,
        authorLabel: "发改局综合股",
        createdAt: new Date(),
        ...more,
      });
    await seat(named, {});
    await seat(added, { kind: "handed", sectionId: leaf.id, fromId: named.membershipId });
    await signSection(signer(), { sectionId: leaf.id, version: leaf.version });
    const id = await latest("section.signed");
    await deliverEvent(database.worker.db, id);
    expect(await postsOf(id)).toEqual([added.membershipId]);
    const colleagues = [named, added, other].map(({ membershipId }) => membershipId);
    await database.owner.db.update(memberships).set({ endedAt: new Date() }).where(inArray(memberships.id, colleagues));
  });

  it("is told whoever acts for somebody there, for as long as they do", async () => {
    const deputy = await aColleague(district, "agriculture", "drafter");
    const held = await actsFor(deputy, district.agriculture.signer, { startsAt: hours(-1), endsAt: hours(1) });
    await actsFor(deputy, district.agriculture.signer, { startsAt: hours(-2), endsAt: hours(-1) });
    await submitSection(drafter(), { ...(await leafIn("drafting")), draftVersion: 1 });
    const id = await latest("section.submitted");
    await deliverEvent(database.worker.db, id);
    expect(await postsOf(id)).toEqual([district.agriculture.signer.membershipId, held].toSorted());
    await database.owner.db
      .update(memberships)
      .set({ endedAt: new Date() })
      .where(inArray(memberships.id, [held, deputy.membershipId]));
  });

  it("a reminder comes to the role that holds what is owed, in that department alone", async () => {
    const leaf = await aSection(district);
    await tell({
      event: "reminder.urged",
      reportId: leaf.reportId,
      organId: district.organId.agriculture,
      mentions: ["signer"],
    });
    const id = await latest("reminder.urged");
    await deliverEvent(database.worker.db, id);
    expect(await desksOf(id)).toEqual([OWNER.signer]);
  });

  it("a day that came is told by nobody, and to everybody whom it concerns", async () => {
    const report = await aSection(district);
    const [event] = await database.owner.db
      .insert(outbox)
      .values({
        jurisdictionId: district.jurisdictionId,
        event: "reminder.late",
        reportId: report.reportId,
        organId: district.organId.agriculture,
        actorId: null,
        actorLabel: "系统",
        createdAt: new Date(),
      })
      .returning({ id: outbox.id });
    await deliverEvent(database.worker.db, event?.id ?? "");
    expect(await desksOf(event?.id ?? "")).toEqual([OWNER.drafter]);
  });
});

describe("a notice", () => {
  it("of an indicator that nobody else confirms comes to no other department", async () => {
    await signIndicators(signer(), await rowIn("signing", { ...FARM_OUTPUT, confirmer: null }));
    const id = await latest("indicator.signed");
    await deliverEvent(database.worker.db, id);
    expect(await desksOf(id)).toEqual(["bureau lead"]);
  });

  it("of several rows that move together comes once for each", async () => {
    const report = await aReportWithTable(district, [FARM_OUTPUT, RURAL_INCOME]);
    for (const row of report.indicators) await takeIndicator(district, row, "drafting");
    await submitIndicators(drafter(), { rows: report.indicators.map(({ id }) => ({ indicatorId: id, version: 1 })) });
    const events = await database.owner.db.select().from(outbox).where(eq(outbox.reportId, report.id));
    expect(events.map(({ indicatorId }) => indicatorId).toSorted()).toEqual(
      report.indicators.map(({ id }) => id).toSorted(),
    );
  });

  it("does not come to who caused it, in whatever other post they hold", async () => {
    const twoPosts = await aColleague(district, "commerce", "drafter");
    const asSigner = await alsoHolds(district, twoPosts, "commerce", "signer");
    const leaf = await aSection(district, { department: "commerce" });
    await submitSection(contextOf(database, twoPosts), { sectionId: leaf.id, version: 1, draftVersion: 1 });
    const id = await latest("section.submitted");
    await deliverEvent(database.worker.db, id);
    const reached = await database.owner.db.select().from(notifications).where(eq(notifications.outboxId, id));
    expect(reached.map(({ membershipId }) => membershipId)).toEqual([district.commerce.signer.membershipId]);
    expect(reached.map(({ membershipId }) => membershipId)).not.toContain(asSigner.membershipId);
  });

  it("does not come to a membership that has ended", async () => {
    const former = await aColleague(district, "bureau", "lead");
    await database.owner.db
      .update(memberships)
      .set({ endedAt: new Date() })
      .where(eq(memberships.id, former.membershipId));
    await signSection(signer(), await leafIn("signing"));
    const id = await latest("section.signed");
    await deliverEvent(database.worker.db, id);
    expect(await desksOf(id)).toEqual(["bureau lead"]);
  });

  it("is seen by the desk that it is on and by no other, and read by it alone", async () => {
    await signSection(signer(), await leafIn("signing"));
    const id = await latest("section.signed");
    await deliverEvent(database.worker.db, id);
    const seenBy = (actor: Actor) =>
      transact(contextOf(database, actor), async (tx) => ({
        notices: await tx.$count(notifications, eq(notifications.outboxId, id)),
        events: await tx.$count(outbox, eq(outbox.id, id)),
        marked: (await tx.update(notifications).set({ readAt: new Date() }).where(eq(notifications.outboxId, id)))
          .count,
      }));
    expect(await seenBy(district.government.approver)).toEqual({ notices: 0, events: 0, marked: 0 });
    expect(await seenBy(district.agriculture.signer)).toEqual({ notices: 0, events: 0, marked: 0 });
    expect(await seenBy(district.bureau.lead)).toEqual({ notices: 1, events: 1, marked: 1 });
  });

  it("of a remark comes to whom it names, and of an internal one to no lead bureau", async () => {
    await remarkOn(drafter(), "drafting", { internal: true, mentions: ["signer", "drafter"] });
    const id = await latest("remark.added");
    await deliverEvent(database.worker.db, id);
    expect(await desksOf(id)).toEqual([OWNER.signer]);
    await remarkOn(signer(), "reviewing", { mentions: ["lead"] });
    const open = await latest("remark.added");
    await deliverEvent(database.worker.db, open);
    expect(await desksOf(open)).toEqual(["bureau lead"]);
  });

  it("of an answer comes to everybody who wrote in the thread, and to no other post of theirs", async () => {
    const colleague = await aColleague(district, "agriculture", "drafter");
    const elsewhere = await alsoHolds(district, colleague, "government", "approver");
    const remarkId = await remarkOn(as(colleague), "reviewing", { internal: true });
    await replyToRemark(drafter(), { remarkId, text: "已核对。", mentions: [] });
    await replyToRemark(signer(), { remarkId, text: "同意。", mentions: [] });
    const id = await latest("remark.answered");
    await deliverEvent(database.worker.db, id);
    const reached = await database.owner.db.select().from(notifications).where(eq(notifications.outboxId, id));
    const posts = reached.map(({ membershipId }) => membershipId);
    expect(posts.toSorted()).toEqual([colleague.membershipId, district.agriculture.drafter.membershipId].toSorted());
    expect(posts).not.toContain(elsewhere.membershipId);
  });

  it("of an answer comes to the lead bureau only while it can read the remark", async () => {
    const remarkId = await remarkOn(drafter(), "drafting");
    const [remark] = await database.owner.db.select().from(remarks).where(eq(remarks.id, remarkId));
    const sectionId = remark?.sectionId ?? "";
    await submitSection(drafter(), { sectionId, version: 1, draftVersion: 1 });
    await replyToRemark(lead(), { remarkId, text: "请说明。", mentions: [] });
    const answer = async () => {
      await replyToRemark(signer(), { remarkId, text: "已说明。", mentions: [] });
      const id = await latest("remark.answered");
      await deliverEvent(database.worker.db, id);
      return (await desksOf(id)).toSorted();
    };
    expect(await answer()).toEqual(["bureau lead", OWNER.drafter].toSorted());
    await returnSection(signer(), { sectionId, version: 2, reasons });
    expect(await answer()).toEqual([OWNER.drafter]);
  });

  it("says nothing of what belongs to another district, whatever its event points at", async () => {
    const elsewhere = await aDistrict(database);
    const [own, foreign] = [await aSection(district), await aSection(elsewhere)];
    const values = { event: "section.passed", actorLabel: "系统", createdAt: new Date(), actorId: null };
    const [odd, worse] = await database.owner.db
      .insert(outbox)
      .values([
        { ...values, jurisdictionId: district.jurisdictionId, reportId: own.reportId, sectionId: foreign.id },
        { ...values, jurisdictionId: district.jurisdictionId, reportId: foreign.reportId },
      ])
      .returning({ id: outbox.id });
    const factsOf = async (id = "") =>
      (await database.worker.sql<{ facts: object | null }[]>`select notice_facts(${id}) as facts`)[0]?.facts;
    expect(await factsOf(odd?.id)).toMatchObject({ sectionId: null, title: null });
    expect(await factsOf(worse?.id)).toBeNull();
  });

  it("of an event that is not there does nothing", async () => {
    const before = await database.owner.db.$count(notifications);
    await deliverEvent(database.worker.db, crypto.randomUUID());
    expect(await database.owner.db.$count(notifications)).toBe(before);
  });
});

describe("the job of an event", () => {
  it("is there when its transaction has committed, and names the event", async () => {
    await submitSection(drafter(), { ...(await leafIn("drafting")), draftVersion: 1 });
    expect(await jobsOf(await latest("section.submitted"))).toMatchObject([{ task: "deliver-event" }]);
  });

  it("is not there when its transaction was rolled back", async () => {
    const leaf = await aSection(district);
    const before = await allJobs();
    const gone = transact(drafter(), async (tx) => {
      await announce(tx, drafter(), { event: "section.submitted", reportId: leaf.reportId, sectionId: leaf.id });
      throw new Error("changed my mind");
    });
    await expect(gone).rejects.toThrow("changed my mind");
    expect(await allJobs()).toBe(before);
  });

  it("can be taken up by the worker's login, which sees the whole queue", async () => {
    const [row] = await database.worker.sql`select count(*)::int as n from graphile_worker.jobs`;
    expect(row?.n).toBe(await allJobs());
    expect(row?.n).toBeGreaterThan(0);
  });
});

describe("the worker's login", () => {
  it.each([
    "drafts",
    "revisions",
    "deliveries",
    "receipts",
    "reviews",
    "review_reasons",
    "audit_entries",
    "users",
    "sessions",
    "reports",
    "organs",
    "figures",
    "figure_changes",
    "indicator_revisions",
    "frozen_figures",
    "waivers",
    "evidence",
    "remarks",
    "remark_replies",
    "consultation_replies",
    "dispositions",
    "consultation_publications",
  ])("cannot read %s", async (table) => {
    await expect(database.worker.sql.unsafe(`select * from ${table}`)).rejects.toMatchObject({ code: "42501" });
  });

  it("reads of a leaf or an indicator whose it is and no more, and changes nothing but notices", async () => {
    await expect(database.worker.sql`select id, organ_id from sections limit 1`).resolves.toHaveLength(1);
    await expect(database.worker.sql`select title from sections`).rejects.toMatchObject({ code: "42501" });
    await expect(
      database.worker.sql`select id, organ_id, confirm_organ_id from indicators limit 1`,
    ).resolves.toHaveLength(1);
    await expect(database.worker.sql`select id, author_id, internal from remarks limit 1`).resolves.toHaveLength(1);
    await expect(database.worker.sql`select text from remarks`).rejects.toMatchObject({ code: "42501" });
    await expect(database.worker.sql`select text from remark_replies`).rejects.toMatchObject({ code: "42501" });
    await expect(database.worker.sql`select status from indicators`).rejects.toMatchObject({ code: "42501" });
    for (const statement of [
      "update sections set version = 1",
      "update indicators set version = 1",
      "delete from outbox",
      "update memberships set ended_at = now()",
      "delete from notifications",
    ]) {
      await expect(database.worker.sql.unsafe(statement), statement).rejects.toMatchObject({ code: "42501" });
    }
  });
});

const as = (actor: Actor): Context => contextOf(database, actor);
const drafter = () => as(district.agriculture.drafter);
const signer = () => as(district.agriculture.signer);
const lead = () => as(district.bureau.lead);
const confirmer = () => as(district.commerce.signer);
const approver = () => as(district.government.approver);

async function leafIn(status: "drafting" | "signing" | "reviewing") {
  const leaf = await aSection(district, { status });
  return { sectionId: leaf.id, version: leaf.version };
}

/** A comment on the one paragraph of a new leaf. */
async function remarkOn(
  ctx: Context,
  status: "drafting" | "reviewing",
  plan: { internal?: boolean; mentions?: Mentionable[] } = {},
): Promise<string> {
  const { id, blockId } = await aSection(district, { status, text: "完成年度计划的51.40%。" });
  return addComment(ctx, {
    sectionId: id,
    blockId,
    blockText: "完成年度计划的51.40%。",
    from: 0,
    to: 2,
    text: "请核对。",
    internal: plan.internal ?? false,
    mentions: plan.mentions ?? [],
  });
}

async function rowIn(status: IndicatorStatus, plan = FARM_OUTPUT) {
  const { id, version } = await anIndicator(district, status, plan);
  const row = { indicatorId: id, version };
  return { row, rows: [row] };
}

async function reportIn(status: "collecting" | "approving" | "approved") {
  const report = await aReportIn(district, status);
  return { reportId: report.id, version: report.version, documentHash: report.documentHash };
}

async function withReasons<T extends { reportId: string }>(report: T) {
  const [leaf] = await database.owner.db
    .select()
    .from(sections)
    .where(and(eq(sections.reportId, report.reportId), eq(sections.kind, "text")));
  return { ...report, reasons: [{ sectionId: leaf?.id ?? "", blockId: BLOCK_ID, text: "请核对。" }] };
}

/** As the lead bureau announces it, of a new leaf. */
async function tellOf(event: NoticeEvent, step: RouteAction | null, office?: Department): Promise<void> {
  const leaf = await aSection(district, { status: "signing" });
  await tell({
    event,
    reportId: leaf.reportId,
    ...(event.startsWith("section.") ? { sectionId: leaf.id } : {}),
    ...(office ? { organId: district.organId[office] } : {}),
    stepId: step && (await stepOf(leaf.reportId, step)),
  });
}

async function tellOfRow(event: NoticeEvent, step: RouteAction | null): Promise<void> {
  const { id, reportId } = await anIndicator(district, "signing", FARM_OUTPUT);
  await tell({ event, reportId, indicatorId: id, stepId: step && (await stepOf(reportId, step)) });
}

/** By somebody who is on none of the desks. */
const tell = (notice: Parameters<typeof announce>[2]) =>
  transact(as(district.bureau.drafter), (tx) => announce(tx, as(district.bureau.drafter), notice));

type RouteAction = "sign" | "confirm" | "review" | "approve";

async function stepOf(reportId: string, action: RouteAction): Promise<string> {
  const [row] = await database.owner.db
    .select({ id: routeSteps.id })
    .from(routeSteps)
    .innerJoin(routes, eq(routes.id, routeSteps.routeId))
    .where(and(eq(routes.reportId, reportId), eq(routeSteps.action, action)));
  if (!row) throw new Error(`the report has no step to ${action}`);
  return row.id;
}

const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

async function actsFor(deputy: Actor, post: Actor, span: { startsAt: Date; endsAt: Date }): Promise<string> {
  const { jurisdictionId, organId, role, membershipId } = post;
  const [row] = await database.owner.db
    .insert(memberships)
    .values({ jurisdictionId, organId, role, userId: deputy.userId, actingFor: membershipId, ...span })
    .returning({ id: memberships.id });
  return row?.id ?? "";
}

async function postsOf(eventId: string): Promise<string[]> {
  const rows = await database.owner.db.select().from(notifications).where(eq(notifications.outboxId, eventId));
  return rows.map(({ membershipId }) => membershipId).toSorted();
}

async function tellOfConsultation(event: NoticeEvent, office: Department): Promise<void> {
  const [editionId, reportId] = await deliversAnEdition("consultation");
  await tell({ event, reportId, editionId, organId: district.organId[office] });
}

/** For one of those who have it; agriculture gets it at the same time, as something new. */
async function putsTheDayOff(): Promise<void> {
  const edition = await sealEdition(lead(), { ...(await reportIn("approved")), kind: "consultation" });
  const commerce = { organId: district.organId.commerce };
  await deliverEdition(lead(), { editionId: edition.id, to: [commerce], answerBy: localDay(new Date()) });
  const to = [commerce, { organId: district.organId.agriculture }];
  await deliverEdition(lead(), { editionId: edition.id, to, answerBy: "2099-01-01" });
}

/** To one role or office, and to one post by name. Returns the ids of edition and report. */
async function deliversAnEdition(kind: "meeting" | "consultation"): Promise<[string, string]> {
  const report = await reportIn("approved");
  const edition = await sealEdition(lead(), { ...report, kind });
  const post = { membershipId: district.agriculture.signer.membershipId };
  if (kind === "meeting") await deliverEdition(lead(), { editionId: edition.id, to: [{ role: "clerk" }, post] });
  else {
    const to = [{ organId: district.organId.commerce }, post];
    await deliverEdition(lead(), { editionId: edition.id, to, answerBy: localDay(new Date()) });
  }
  return [edition.id, report.reportId];
}

async function latest(event: NoticeEvent): Promise<string> {
  const [row] = await database.owner.db
    .select()
    .from(outbox)
    .where(eq(outbox.event, event))
    .orderBy(desc(outbox.createdAt))
    .limit(1);
  if (!row) throw new Error(`nothing was announced as ${event}`);
  return row.id;
}

const officeOf = (organId: string) =>
  Object.entries(district.organId).find(([, id]) => id === organId)?.[0] ?? "another district's";

/** Where an event has landed, as "office role", by name. */
async function desksOf(eventId: string): Promise<string[]> {
  const rows = await database.owner.db
    .select({ organId: memberships.organId, role: memberships.role })
    .from(notifications)
    .innerJoin(memberships, eq(memberships.id, notifications.membershipId))
    .where(eq(notifications.outboxId, eventId));
  return rows.map(({ organId, role }) => `${officeOf(organId)} ${role}`).toSorted();
}

const jobsOf = (eventId: string) => database.owner.sql<{ task: string }[]>`
  select t.identifier as task from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
   where j.payload ->> 'event' = ${eventId}`;

async function allJobs(): Promise<number> {
  const [row] = await database.owner.sql<{ n: number }[]>`select count(*)::int as n from graphile_worker._private_jobs`;
  return row?.n ?? 0;
}
