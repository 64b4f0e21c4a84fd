import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aDistrict,
  aReport,
  contextOf,
  leavesOf,
  refusalOf,
  takeLeaf,
  type District,
} from "../../db/testing/factories";
import {
  aReportWithTable,
  FARM_OUTPUT,
  RETAIL,
  takeIndicator,
  type ReportWithTable,
} from "../../db/testing/indicators";
import { inThisOrder } from "../../db/testing/races";
import { remind } from "../../jobs/remind";
import { transact } from "../kernel/context";
import { getDesk } from "../desk/queries";
import { returnIndicator } from "../indicator/mutations";
import { openReport } from "../report/open";
import { returnSection } from "../section/decisions";
import { getBoard } from "../report/board";
import { arrangeTimetable, permitLate, setDepartmentDay, setStepDays, urge } from "./mutations";
import { getDepartment, getDepartments, getTimetable } from "./queries";

let database: TestDatabase;
let district: District;
let report: ReportWithTable;
let slug: string;

/** Monday 13 July 2026, 10:00 in China; the report is due on Friday the 17th. */
const MONDAY = new Date("2026-07-13T02:00:00Z");
const DUE = "2026-07-17";
const ALL = { show: "all" as const, organId: null, status: null, page: 1 };

beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

beforeEach(async () => {
  report = await aReportWithTable(district, [FARM_OUTPUT, RETAIL], {
    year: 2026,
    leaves: [{ department: "agriculture" }, { department: "agriculture", title: "第二段" }, { department: "commerce" }],
  });
  ({ slug } = report);
  await database.owner.sql`update sections set due_on = ${DUE} where report_id = ${report.id}`;
  await database.owner.sql`update indicators set due_on = ${DUE} where report_id = ${report.id}`;
});

const at = (now: Date) => () => now;
const lead = (now = MONDAY) => contextOf(database, district.bureau.lead, at(now));
const organ = () => district.organId.agriculture;
const daysOf = async () =>
  (
    await database.owner.sql<{ day: string }[]>`
      select distinct greatest(due_on, permitted_until)::text as day from sections
       where report_id = ${report.id} and kind = 'text' order by 1`
  ).map(({ day }) => day);
const remindersOf = () => database.owner.sql<
  {
    kind: string;
    organ_id: string;
    event: string;
    mentions: string;
    actor: string | null;
    label: string;
    items: number;
  }[]
>`
  select r.kind, r.organ_id, o.event, o.mentions::text, o.actor_id as actor, o.actor_label as label, count(*)::int as items
    from reminders r join outbox o on o.id = r.outbox_id and o.organ_id = r.organ_id
   where r.report_id = ${report.id} group by r.kind, r.organ_id, o.id order by o.event, o.mentions::text, r.organ_id = ${organ()} desc`;

describe("the timetable", () => {
  const plan = (version: number) => ({
    reportId: report.id,
    version,
    sittingOn: "2026-08-27",
    sittingName: "第三十五次会议",
    milestones: [{ milestone: "submit" as const, amount: -25, unit: "working-days" as const }],
  });

  it("is laid out with the law's terms where nothing else is said, and laid out anew when the sitting moves", async () => {
    await arrangeTimetable(lead(), plan(0));
    const page = await transact(lead(), (tx) => getTimetable(tx, lead(), slug));
    expect(page).toMatchObject({ sittingOn: "2026-08-27", sittingName: "第三十五次会议", version: 1 });
    const on = Object.fromEntries(page.milestones.map((one) => [one.milestone, one.on]));
    expect(on).toMatchObject({
      submit: "2026-07-23",
      committee: "2026-08-07",
      office: "2026-08-17",
      members: "2026-08-20",
    });
    await arrangeTimetable(lead(), { ...plan(1), sittingOn: "2026-09-03" });
    const moved = await transact(lead(), (tx) => getTimetable(tx, lead(), slug));
    expect(moved.milestones.find(({ milestone }) => milestone === "members")?.on).toBe("2026-08-27");
    expect(moved.milestones).toHaveLength(11);
  });

  it("is refused on an older state than the present one, and by two who begin it at once to the second", async () => {
    await arrangeTimetable(lead(), plan(0));
    expect(await refusalOf(arrangeTimetable(lead(), plan(0)))).toBe("stale-version");
    expect(await refusalOf(arrangeTimetable(lead(), plan(7)))).toBe("stale-version");
    const other = await aReport(district);
    const { first, second } = await inThisOrder(
      database,
      { actor: district.bureau.lead, does: (ctx) => arrangeTimetable(ctx, { ...plan(0), reportId: other.id }) },
      { actor: district.bureau.lead, does: (ctx) => arrangeTimetable(ctx, { ...plan(0), reportId: other.id }) },
    );
    expect([first, second]).toEqual([null, "stale-version"]);
  });

  it("carries the days of what is open with it, when that is asked for, and never of what is approved", async () => {
    const [done] = report.leaves;
    if (done) await takeLeaf(district, done, "approved");
    await arrangeTimetable(lead(), { ...plan(0), apply: "on" });
    expect(await daysOf()).toEqual([DUE, "2026-07-23"]);
    const rows = await database.owner.sql<{ action: string; due: string }[]>`
      select t.action, t.due_on::text as due from route_steps t join routes r on r.id = t.route_id
       where r.report_id = ${report.id} order by t.position`;
    expect(rows.map(({ action, due }) => [action, due])).toEqual([
      ["sign", "2026-07-23"],
      ["confirm", "2026-07-23"],
      ["review", "2026-07-23"],
      ["approve", "2026-08-04"],
    ]);
  });

  it("is there from the first when a report is opened for a sitting, and not when there is none yet", async () => {
    const open = (name: string, sittingOn: string | undefined) =>
      openReport(
        lead(),
        {
          slug: `${slug}-${name}`,
          name,
          year: 2027,
          half: 1,
          dueOn: DUE,
          ...(sittingOn === undefined ? {} : { sittingOn }),
        },
        [],
      );
    await open("with", "2026-08-27");
    await open("empty", "");
    await open("none", undefined);
    const days = async (name: string) =>
      (await transact(lead(), (tx) => getTimetable(tx, lead(), `${slug}-${name}`))).milestones.length;
    expect([await days("with"), await days("empty"), await days("none")]).toEqual([11, 0, 0]);
  });
});

describe("days of steps and departments", () => {
  it("a step's day counts while an item is at it, and the department's own before", async () => {
    const [leaf] = report.leaves;
    if (!leaf) throw new Error("no leaf");
    await takeLeaf(district, leaf, "signing");
    const steps = (await transact(lead(), (tx) => getTimetable(tx, lead(), slug))).steps;
    const [sign] = steps;
    await setStepDays(lead(), {
      reportId: report.id,
      steps: [{ stepId: sign?.id ?? "", dueOn: "2026-07-21", was: "" }],
    });
    const board = await boardOf();
    expect(board.get(leaf.id)).toMatchObject({
      dueOn: "2026-07-21",
      holder: { organ: "农业农村局", step: "部门签发", role: "signer" },
    });
    expect([...board.values()].filter(({ dueOn }) => dueOn === DUE)).toHaveLength(4);
    // One department's own day was put off: its step's day does not take that back.
    await setDepartmentDay(lead(), { reportId: report.id, organId: organ(), dueOn: "2026-07-23" });
    expect((await boardOf()).get(leaf.id)?.dueOn).toBe("2026-07-23");
    await setDepartmentDay(lead(), { reportId: report.id, organId: organ(), dueOn: DUE });
    await setStepDays(lead(), {
      reportId: report.id,
      steps: [{ stepId: sign?.id ?? "", dueOn: "", was: "2026-07-21" }],
    });
    expect((await boardOf()).get(leaf.id)?.dueOn).toBe(DUE);
  });

  it("of a step are not set over those that somebody else set meanwhile", async () => {
    const [sign, confirm] = (await transact(lead(), (tx) => getTimetable(tx, lead(), slug))).steps;
    const step = (which: typeof sign, was: string, dueOn: string) => ({ stepId: which?.id ?? "", was, dueOn });
    await setStepDays(lead(), { reportId: report.id, steps: [step(sign, "", "2026-07-20")] });
    const late = { reportId: report.id, steps: [step(sign, "", "2026-07-21"), step(confirm, "", "2026-07-22")] };
    expect(await refusalOf(setStepDays(lead(), late))).toBe("stale-version");
    const { steps } = await transact(lead(), (tx) => getTimetable(tx, lead(), slug));
    expect(steps.slice(0, 2).map(({ dueOn }) => dueOn)).toEqual(["2026-07-20", null]);
  });

  it("of an approving step is the approver's while the whole is before it, and the report's own before", async () => {
    const { steps } = await transact(lead(), (tx) => getTimetable(tx, lead(), slug));
    const approve = steps.find(({ role }) => role === "approver")?.id ?? "";
    await setStepDays(lead(), { reportId: report.id, steps: [{ stepId: approve, dueOn: "2026-08-04", was: "" }] });
    const approver = contextOf(database, district.government.approver, at(MONDAY));
    const day = async () =>
      (await transact(approver, (tx) => getDesk(tx, approver))).wholes.find((whole) => whole.slug === slug)?.dueOn;
    const [{ own } = { own: "" }] = await database.owner.sql<{ own: string }[]>`
      select due_on::text as own from reports where id = ${report.id}`;
    expect(await day()).toBe(own);
    await database.owner.sql`update reports set status = 'approving', step_id = ${approve} where id = ${report.id}`;
    expect(await day()).toBe("2026-08-04");
  });

  it("of the step that returned an item count until it is up again, and are the same wherever they are shown", async () => {
    const [leaf] = report.leaves;
    const [row] = report.indicators;
    if (!leaf || !row) throw new Error("the report is empty");
    const { steps } = await transact(lead(), (tx) => getTimetable(tx, lead(), slug));
    const review = steps.find(({ role }) => role === "lead")?.id ?? "";
    await setStepDays(lead(), { reportId: report.id, steps: [{ stepId: review, dueOn: "2026-07-24", was: "" }] });
    const { version, blockId } = await takeLeaf(district, leaf, "reviewing");
    await returnSection(lead(), { sectionId: leaf.id, version, reasons: [{ blockId, text: "请核对。" }] });
    const taken = await takeIndicator(district, row, "reviewing");
    const reasons = [{ field: "actual" as const, text: "请核对。" }];
    await returnIndicator(lead(), { indicatorId: row.id, version: taken.version, reasons });

    const board = await boardOf();
    expect([board.get(leaf.id), board.get(row.id)].map((one) => one?.dueOn)).toEqual(["2026-07-24", "2026-07-24"]);
    const page = await transact(lead(), (tx) => getDepartment(tx, lead(), slug, organ()));
    expect(page.items.find(({ id }) => id === leaf.id)).toMatchObject({ dueOn: "2026-07-24", wasDueOn: null });
    const drafter = contextOf(database, district.agriculture.drafter, at(MONDAY));
    const desk = await transact(drafter, (tx) => getDesk(tx, drafter));
    expect(desk.leaves.find(({ id }) => id === leaf.id)?.dueOn).toBe("2026-07-24");
    expect(desk.figures.find(({ status, reportSlug }) => status === "returned" && reportSlug === slug)?.dueOn).toBe(
      "2026-07-24",
    );
    const owed = await database.owner.sql<{ item: string; day: string }[]>`
      select item, due_on::text as day from owed_items(${report.id}) where item in ${database.owner.sql([leaf.id, row.id])}`;
    expect(owed.map(({ day }) => day)).toEqual(["2026-07-24", "2026-07-24"]);
    const [told] = await database.owner.sql<{ day: string }[]>`
      select notice_facts(id) ->> 'dueOn' as day from outbox where section_id = ${leaf.id} and event = 'section.returned'`;
    expect(told?.day).toBe("2026-07-24");
  });

  it("a step of another report is not found", async () => {
    const other = await aReport(district);
    const [row] = await database.owner.sql<{ id: string }[]>`
      select t.id from route_steps t join routes r on r.id = t.route_id where r.report_id = ${other.id} limit 1`;
    const steps = [{ stepId: row?.id ?? "", dueOn: DUE, was: "" }];
    expect(await refusalOf(setStepDays(lead(), { reportId: report.id, steps }))).toBe("not-found");
  });

  it("one day for a department reaches its open leaves and rows, and nobody else's", async () => {
    const [done] = report.leaves;
    if (done) await takeLeaf(district, done, "approved");
    await setDepartmentDay(lead(), { reportId: report.id, organId: organ(), dueOn: "2026-07-20" });
    const moved = [...(await boardOf()).values()].filter(({ dueOn }) => dueOn === "2026-07-20");
    expect(moved.map(({ title }) => title).toSorted()).toEqual(["农林牧渔业总产值", "第二段"].toSorted());
    const nobody = { reportId: report.id, organId: district.organId.congress, dueOn: DUE };
    expect(await refusalOf(setDepartmentDay(lead(), nobody))).toBe("nothing-owed");
  });
});

describe("延期许可", () => {
  const permit = (more: Partial<Parameters<typeof permitLate>[1]> = {}) => ({
    reportId: report.id,
    organId: organ(),
    items: [{ id: report.leaves[0]?.id ?? "" }],
    until: "2026-07-22",
    reason: "统计数据七月二十日公布。",
    ...more,
  });

  it("puts off one leaf, says why, keeps its own day beside, and tells the department once", async () => {
    await permitLate(lead(), permit());
    const board = await boardOf();
    expect(board.get(report.leaves[0]?.id ?? "")).toMatchObject({ dueOn: "2026-07-22", wasDueOn: DUE });
    expect(board.get(report.leaves[1]?.id ?? "")).toMatchObject({ dueOn: DUE, wasDueOn: null });
    const page = await transact(lead(), (tx) => getDepartment(tx, lead(), slug, organ()));
    expect(page.permits).toMatchObject([{ reason: "统计数据七月二十日公布。", until: "2026-07-22" }]);
    const told = await database.owner
      .sql`select organ_id from outbox where report_id = ${report.id} and event = 'permit.given'`;
    expect(told).toMatchObject([{ organ_id: organ() }]);
  });

  it("puts off a row, and all of a department; the latest permit counts, an earlier one too", async () => {
    await permitLate(lead(), permit({ items: [{ id: report.indicators[0]?.id ?? "" }] }));
    await permitLate(lead(), permit({ items: [], all: "on", until: "2026-07-24" }));
    await permitLate(lead(), permit({ until: "2026-07-21" }));
    const board = await boardOf();
    expect([...report.leaves, ...report.indicators].map(({ id }) => board.get(id)?.dueOn)).toEqual([
      "2026-07-21",
      "2026-07-24",
      DUE,
      "2026-07-24",
      DUE,
    ]);
  });

  it.each([
    ["a day that has passed", () => permit({ until: "2026-07-10" }), "day-past"],
    ["no later day than its own", () => permit({ until: DUE }), "permit-not-later"],
    ["another department's leaf", () => permit({ items: [{ id: report.leaves[2]?.id ?? "" }] }), "permit-not-later"],
    ["nothing chosen", () => permit({ items: [] }), "nothing-chosen"],
    [
      "a department that owes nothing",
      () => permit({ items: [], all: "on", organId: district.organId.congress }),
      "nothing-owed",
    ],
  ])("refuses %s, and changes nothing", async (_, input, refusal) => {
    expect(await refusalOf(permitLate(lead(), input()))).toBe(refusal);
    expect(await daysOf()).toEqual([DUE]);
  });

  it("refuses all of several when one of them is approved already", async () => {
    const [done, open] = report.leaves;
    if (done) await takeLeaf(district, done, "approved");
    const both = [{ id: done?.id ?? "" }, { id: open?.id ?? "" }];
    expect(await refusalOf(permitLate(lead(), permit({ items: both })))).toBe("permit-not-later");
    expect(await daysOf()).toEqual([DUE]);
  });

  it("refuses a day that is no later than that of the step where the item is", async () => {
    const [leaf] = report.leaves;
    if (!leaf) throw new Error("no leaf");
    await takeLeaf(district, leaf, "reviewing");
    const { steps } = await transact(lead(), (tx) => getTimetable(tx, lead(), slug));
    const review = steps.find(({ role }) => role === "lead")?.id ?? "";
    await setStepDays(lead(), { reportId: report.id, steps: [{ stepId: review, dueOn: "2026-07-24", was: "" }] });
    expect(await refusalOf(permitLate(lead(), permit()))).toBe("permit-not-later");
    await permitLate(lead(), permit({ until: "2026-07-28" }));
    expect((await boardOf()).get(leaf.id)).toMatchObject({ dueOn: "2026-07-28", wasDueOn: "2026-07-24" });
  });

  it("is the day that notices name, of a leaf and of a row alike", async () => {
    const [leaf] = report.leaves;
    const [row] = report.indicators;
    if (!leaf || !row) throw new Error("the report is empty");
    await takeLeaf(district, leaf, "reviewing");
    await takeIndicator(district, row, "confirming");
    const { steps } = await transact(lead(), (tx) => getTimetable(tx, lead(), slug));
    const days = steps.map(({ id }) => ({ stepId: id, dueOn: "2026-07-21", was: "" }));
    await setStepDays(lead(), { reportId: report.id, steps: days });
    const facts = async () => {
      const told = await database.owner.sql<{ id: string }[]>`
        insert into outbox (id, jurisdiction_id, event, report_id, section_id, indicator_id, step_id, actor_label, created_at)
        select gen_random_uuid(), jurisdiction_id, 'section.signed', report_id, id, null::uuid, step_id, '', now()
          from sections where id = ${leaf.id}
        union all
        select gen_random_uuid(), jurisdiction_id, 'indicator.signed', report_id, null, id, step_id, '', now()
          from indicators where id = ${row.id}
        returning id`;
      const found = await database.owner.sql<{ day: string }[]>`
        select notice_facts(id) ->> 'dueOn' as day from outbox where id in ${database.owner.sql(told.map(({ id }) => id))}`;
      return found.map(({ day }) => day);
    };
    expect(await facts()).toEqual(["2026-07-21", "2026-07-21"]);
    await permitLate(lead(), permit({ items: [{ id: leaf.id }, { id: row.id }], until: "2026-07-28" }));
    expect(await facts()).toEqual(["2026-07-28", "2026-07-28"]);
  });

  it("the department reads it, another department does not", async () => {
    await permitLate(lead(), permit());
    const { drafter } = district.agriculture;
    const own = await transact(contextOf(database, drafter), (tx) =>
      getDepartment(tx, contextOf(database, drafter), slug, organ()),
    );
    expect(own.permits).toHaveLength(1);
    const other = contextOf(database, district.commerce.drafter);
    expect(await refusalOf(transact(other, (tx) => getDepartment(tx, other, slug, organ())))).toBe("not-found");
    expect(await refusalOf(transact(other, (tx) => getDepartments(tx, other, slug)))).toBe("not-found");
  });
});

describe("催办", () => {
  const all = () => ({ reportId: report.id, what: `organ ${organ()}` });

  it("writes a reminder for each item and one event for the department, to the post that holds each", async () => {
    const [signing] = report.leaves;
    if (signing) await takeLeaf(district, signing, "signing");
    expect(await urge(lead(), all())).toEqual({ items: 3, departments: 1 });
    const { userId, label } = district.bureau.lead;
    const to = { kind: "urge", organ_id: organ(), event: "reminder.urged", actor: userId, label };
    expect([...(await remindersOf())]).toEqual([
      { ...to, mentions: "{drafter}", items: 2 },
      { ...to, mentions: "{signer}", items: 1 },
    ]);
  });

  it("happens at most once a day for each item, and the next day again", async () => {
    const one = { reportId: report.id, what: `item ${report.leaves[0]?.id}` };
    await urge(lead(), one);
    expect(await refusalOf(urge(lead(), one))).toBe("urged-today");
    expect(await urge(lead(), all())).toEqual({ items: 2, departments: 1 });
    expect(await refusalOf(urge(lead(), all()))).toBe("urged-today");
    expect(await urge(lead(new Date("2026-07-13T16:30:00Z")), all())).toEqual({ items: 3, departments: 1 });
  });

  it("by two leads at once is one reminder: the unique day decides, not a look beforehand", async () => {
    const does = (ctx: Parameters<typeof urge>[0]) => urge({ ...ctx, now: at(MONDAY) }, all());
    const { first, second } = await inThisOrder(
      database,
      { actor: district.bureau.lead, does },
      { actor: district.bureau.lead, does },
    );
    expect([first, second]).toEqual([null, "urged-today"]);
    const events = await database.owner
      .sql`select id from outbox where report_id = ${report.id} and event = 'reminder.urged'`;
    expect(events).toHaveLength(1);
  });

  it("of what is late reaches every department that is, and nobody else", async () => {
    expect(await refusalOf(urge(lead(), { reportId: report.id, what: "late" }))).toBe("nothing-owed");
    const later = new Date("2026-07-20T02:00:00Z");
    await permitLate(lead(), {
      reportId: report.id,
      organId: organ(),
      items: [],
      all: "on",
      until: "2026-07-30",
      reason: "数据未出。",
    });
    expect(await urge(lead(later), { reportId: report.id, what: "late" })).toEqual({ items: 2, departments: 1 });
    expect([...(await remindersOf())].map(({ organ_id }) => organ_id)).toEqual([district.organId.commerce]);
  });

  it("is for what departments hold: not for what is before the lead bureau, or through; the confirming office has its own", async () => {
    const [reviewing, approved] = report.leaves;
    if (reviewing) await takeLeaf(district, reviewing, "reviewing");
    if (approved) await takeLeaf(district, approved, "approved");
    const [row] = report.indicators;
    if (row) await takeIndicator(district, row, "confirming");
    expect(await refusalOf(urge(lead(), all()))).toBe("nothing-owed");
    const commerce = { reportId: report.id, what: `organ ${district.organId.commerce}` };
    expect(await urge(lead(), commerce)).toEqual({ items: 3, departments: 1 });
  });

  it("reaches an office that owns nothing here and has others' rows to confirm, from the departments' pages", async () => {
    const [row] = report.indicators;
    if (!row) throw new Error("no row");
    await takeIndicator(district, row, "confirming");
    const { commerce } = district.organId;
    await database.owner
      .sql`update sections set organ_id = ${organ()} where report_id = ${report.id} and organ_id = ${commerce}`;
    await database.owner
      .sql`update indicators set organ_id = ${organ()} where report_id = ${report.id} and organ_id = ${commerce}`;
    const page = await transact(lead(), (tx) => getDepartments(tx, lead(), slug));
    expect(page.departments.map((one) => [one.organId, one.all, one.open, one.owed]).toSorted()).toEqual(
      [
        [organ(), 5, 5, 4],
        [commerce, 1, 1, 1],
      ].toSorted(),
    );
    const signer = contextOf(database, district.commerce.signer, at(MONDAY));
    for (const ctx of [lead(), signer]) {
      const { items } = await transact(ctx, (tx) => getDepartment(tx, ctx, slug, commerce));
      expect(items).toMatchObject([{ id: row.id, isOwn: false, isOwed: true, isOpen: true }]);
    }
    expect(await urge(lead(), { reportId: report.id, what: `organ ${commerce}` })).toEqual({
      items: 1,
      departments: 1,
    });
  });

  it("is in a department's own log however much was sent to others since", async () => {
    await urge(lead(), all());
    await database.owner.sql`
      with sent as (select * from reminders where report_id = ${report.id} limit 1)
      insert into reminders (jurisdiction_id, report_id, section_id, organ_id, kind, outbox_id, "on", due_on, created_at)
      select x.jurisdiction_id, x.report_id, s.id, s.organ_id, 'late', x.outbox_id, x."on" + n, x.due_on, x.created_at + interval '1 day'
        from sent x, generate_series(1, 2100) n, sections s
       where s.report_id = ${report.id} and s.organ_id = ${district.organId.commerce} and s.kind = 'text'`;
    const page = await transact(lead(), (tx) => getDepartment(tx, lead(), slug, organ()));
    expect(page.log).toMatchObject([{ kind: "urge", count: 3 }]);
  });

  it("is in the log with who, whom, what and by when", async () => {
    await urge(lead(), all());
    const board = await transact(lead(), (tx) => getBoard(tx, lead(), slug, ALL));
    expect(board.log).toMatchObject([
      { kind: "urge", organ: "农业农村局", by: district.bureau.lead.label, count: 3, dueOn: DUE },
    ]);
    expect(board.rows.flatMap((one) => (one.is !== "heading" && one.urgedToday ? [one.organ] : []))).toEqual(
      Array(3).fill("农业农村局"),
    );
  });
});

describe("the day's reminders of the worker", () => {
  const run = (now: string) => remind(database.worker.db, new Date(now));
  const reset = () =>
    database.owner.sql`update reports set status = 'approving' where id <> ${report.id} and status = 'collecting'`;

  it("come three working days before, one event for each department, from nobody", async () => {
    await reset();
    expect(await run("2026-07-14T01:30:00Z")).toBe(5);
    const to = { kind: "soon", event: "reminder.soon", mentions: "{drafter}", actor: null, label: "系统" };
    expect([...(await remindersOf())]).toEqual([
      { ...to, organ_id: organ(), items: 3 },
      { ...to, organ_id: district.organId.commerce, items: 2 },
    ]);
  });

  it("come once, however often the job runs and by however many workers", async () => {
    await reset();
    const twice = await Promise.all([run("2026-07-14T01:30:00Z"), run("2026-07-14T01:30:00Z")]);
    expect(twice.toSorted()).toEqual([0, 5]);
    expect(await run("2026-07-14T02:30:00Z")).toBe(0);
    const events = await database.owner.sql`select id from outbox where report_id = ${report.id}`;
    expect(events).toHaveLength(2);
    const jobs = await database.owner.sql`
      select 1 from graphile_worker.jobs where key = any(${events.map((row) => `event-${String(row["id"])}`)})`;
    expect(jobs).toHaveLength(2);
  });

  it("do not come at night, on a day off, or on a day between", async () => {
    await reset();
    expect(await run("2026-07-14T01:30:00Z")).toBe(5);
    expect([
      await run("2026-07-14T00:10:00Z"),
      await run("2026-07-18T03:00:00Z"),
      await run("2026-07-15T03:00:00Z"),
    ]).toEqual([0, 0, 0]);
  });

  it("on the third working day late go to the head too; a permitted later day stops them", async () => {
    await reset();
    await permitLate(lead(), {
      reportId: report.id,
      organId: district.organId.commerce,
      items: [],
      all: "on",
      until: "2026-08-20",
      reason: "数据未出。",
    });
    expect(await run("2026-07-22T03:00:00Z")).toBe(6);
    expect(
      [...(await remindersOf())].map(({ kind, event, mentions, items }) => [kind, event, mentions, items]),
    ).toEqual([
      ["escalate", "reminder.escalated", "{signer}", 3],
      ["late", "reminder.late", "{drafter}", 3],
    ]);
  });

  it("come with the first run after two days on which there was none, once", async () => {
    await reset();
    expect(await run("2026-07-15T03:00:00Z")).toBe(5);
    expect([await run("2026-07-15T04:00:00Z"), await run("2026-07-16T03:00:00Z")]).toEqual([0, 5]);
    const heads = async () => (await remindersOf()).filter(({ kind }) => kind === "escalate").map(({ items }) => items);
    await run("2026-07-21T03:00:00Z");
    expect(await heads()).toEqual([]);
    await run("2026-07-24T03:00:00Z");
    await run("2026-07-27T03:00:00Z");
    expect(await heads()).toEqual([3, 2]);
  });

  it("do not come for a report that is not collected any more", async () => {
    await reset();
    await database.owner.sql`update reports set status = 'approving' where id = ${report.id}`;
    expect(await run("2026-07-14T01:30:00Z")).toBe(0);
  });
});

describe("how timely departments were", () => {
  it("is counted from the sign-off over past reports, and imported texts without one are left out", async () => {
    const past = await aReport(district, {
      year: 2025,
      leaves: [{ department: "agriculture" }, { department: "agriculture" }, { department: "commerce" }],
    });
    const [first, second] = await leavesOf(district, past.id);
    if (first) await takeLeaf(district, first, "reviewing");
    if (second) await takeLeaf(district, second, "approved");
    await database.owner.sql`update sections set due_on = '2025-07-18' where report_id = ${past.id}`;
    await database.owner
      .sql`update reviews set created_at = '2025-07-18T08:00:00Z' where section_id = ${first?.id ?? ""} and verdict = 'sign'`;
    await database.owner
      .sql`update reviews set created_at = '2025-07-22T08:00:00Z' where section_id = ${second?.id ?? ""} and verdict = 'sign'`;
    const page = await transact(lead(), (tx) => getDepartments(tx, lead(), slug));
    const of = (organId: string) => page.departments.find((row) => row.organId === organId);
    expect(of(organ())).toMatchObject({
      all: 3,
      open: 3,
      owed: 3,
      timeliness: { items: 2, onTime: 1, late: 1, worst: 2 },
    });
    expect(of(district.organId.commerce)?.timeliness).toBeNull();
  });
});

async function boardOf() {
  const board = await transact(lead(), (tx) => getBoard(tx, lead(), slug, ALL));
  return new Map(board.rows.flatMap((row) => (row.is === "heading" ? [] : [[row.id, row] as const])));
}
