import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wholeCast, type Cast } from "../../db/testing/cast";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, contextOf, refusalOf, type District } from "../../db/testing/factories";
import { aReportWithTable, FARM_OUTPUT, type ReportWithTable } from "../../db/testing/indicators";
import { latePermits, milestones, reminders, timetables } from "../../db/schema";
import type { Actor } from "../kernel/actor";
import { transact } from "../kernel/context";
import { arrangeTimetable, permitLate, setDepartmentDay, setStepDays, urge } from "./mutations";
import { maySeeOwed, maySeeTimetable, timetableRefusal } from "./policy";

/** The real wall of the database: what a statement without any of the application's own conditions reaches. */
describe("who sees and changes a timetable, permits and reminders", () => {
  let database: TestDatabase;
  let district: District;
  let report: ReportWithTable;
  let cast: Cast;

  beforeAll(async () => {
    database = await testDatabase();
    district = await aDistrict(database);
    report = await aReportWithTable(district, [FARM_OUTPUT], { leaves: [{ department: "agriculture" }] });
    const lead = contextOf(database, district.bureau.lead);
    await arrangeTimetable(lead, arranged(0));
    await permitLate(lead, permit());
    await urge(lead, { reportId: report.id, what: `organ ${district.organId.agriculture}` });
    cast = await wholeCast(district, await aDistrict(database));
  });
  afterAll(() => database.close());

  const arranged = (version: number) => ({
    reportId: report.id,
    version,
    sittingOn: "2090-08-29",
    sittingName: "",
    milestones: [],
  });
  const permit = () => ({
    reportId: report.id,
    organId: district.organId.agriculture,
    items: [],
    all: "on" as const,
    until: "2090-07-30",
    reason: "数据未出。",
  });

  it("everybody sees what the pure policy says, and nothing more", async () => {
    const of = { jurisdictionId: district.jurisdictionId, organId: district.organId.agriculture };
    for (const { name, actor } of cast) {
      const seen = await transact(contextOf(database, actor), async (tx) => ({
        timetables: await tx.$count(timetables),
        milestones: await tx.$count(milestones),
        permits: await tx.$count(latePermits),
        reminders: await tx.$count(reminders),
      }));
      const [whole, owed] = [maySeeTimetable(actor, of), maySeeOwed(actor, of)];
      expect(seen, name).toEqual({
        timetables: whole ? 1 : 0,
        milestones: whole ? 11 : 0,
        permits: owed ? 2 : 0,
        reminders: owed ? 2 : 0,
      });
    }
  });

  it("nobody but the lead bureau changes anything, whatever road they take", async () => {
    const stepId = await anyStep();
    for (const { name, actor } of cast) {
      const may = timetableRefusal("urge", actor, { jurisdictionId: district.jurisdictionId, status: "collecting" });
      if (may === null) continue;
      const ctx = contextOf(database, actor);
      const tries = [
        arrangeTimetable(ctx, arranged(1)),
        setStepDays(ctx, { reportId: report.id, steps: [{ stepId, dueOn: "2090-07-30", was: "" }] }),
        setDepartmentDay(ctx, { reportId: report.id, organId: district.organId.agriculture, dueOn: "2090-07-30" }),
        permitLate(ctx, permit()),
        urge(ctx, { reportId: report.id, what: "late" }),
      ];
      for (const refusal of await Promise.all(tries.map(refusalOf))) {
        expect(["not-found", "not-your-role"], name).toContain(refusal);
      }
      expect(await statementsOf(actor), name).toEqual(NOTHING);
    }
    expect(await statementsOf(district.bureau.lead)).toMatchObject({ timetables: 1, milestones: 11, steps: 4 });
  });

  it("nobody, the lead bureau included, changes a permit or a reminder that was given, or writes one that is not so", async () => {
    const { lead } = district.bureau;
    for (const statement of [
      "update late_permits set reason = ''",
      "delete from late_permits",
      "update reminders set due_on = due_on",
      "delete from reminders",
      "delete from milestones",
      "delete from timetables",
      "select * from days_owed()",
      "select add_reminders(current_date, '[]')",
    ]) {
      expect(await codeOf(lead, sql.raw(statement)), statement).toBe("42501");
    }
    const [leaf] = report.leaves;
    const wrong = [district.organId.commerce, lead.userId, "urge"] as const;
    const right = [district.organId.agriculture, lead.userId, "urge"] as const;
    const another = [district.organId.agriculture, district.agriculture.drafter.userId, "urge"] as const;
    const automatic = [district.organId.agriculture, null, "late"] as const;
    const written = async ([organ, author, kind]: readonly [string, string | null, string]) =>
      codeOf(
        lead,
        sql`insert into reminders (jurisdiction_id, report_id, section_id, organ_id, kind, outbox_id, "on", due_on, author_id, created_at)
            select ${district.jurisdictionId}, ${report.id}, ${leaf?.id}, ${organ}, ${kind}::reminder_kind, r.outbox_id, '2091-01-01',
                   '2091-01-01', ${author}, now() from reminders r limit 1`,
      );
    for (const [row, code] of [
      [wrong, "42501"],
      [another, "42501"],
      [automatic, "42501"],
      [right, null],
    ] as const) {
      expect(await written(row), row.join()).toBe(code);
    }
  });

  it("a report's day is the lead bureau's, though the approver may change its state", async () => {
    const { approver } = district.government;
    expect(await codeOf(approver, sql`update reports set due_on = due_on + 1 where id = ${report.id}`)).toBe("42501");
    expect(
      await codeOf(approver, sql`update sections set permitted_until = '2091-01-01' where report_id = ${report.id}`),
    ).toBe("42501");
  });

  it("the worker reads no report, and reaches days and reminders by their functions alone", async () => {
    const worker = database.worker.sql;
    for (const table of ["timetables", "milestones", "late_permits", "reports", "route_steps"]) {
      await expect(worker.unsafe(`select * from ${table}`), table).rejects.toMatchObject({ code: "42501" });
    }
    await expect(worker`select author_label from reminders`).rejects.toMatchObject({ code: "42501" });
    await expect(worker`insert into reminders default values`).rejects.toMatchObject({ code: "42501" });
    expect(Object.keys((await worker`select * from days_owed()`)[0] ?? {})).toEqual([
      "item",
      "due_on",
      "soon_on",
      "escalated_on",
    ]);
  });

  const NOTHING = { timetables: 0, milestones: 0, steps: 0 };

  /** Careless updates without a condition; every change is taken back. */
  async function statementsOf(actor: Actor) {
    const reached = { ...NOTHING };
    await transact(contextOf(database, actor), async (tx) => {
      reached.timetables = (await tx.execute(sql`update timetables set version = version + 1`)).count;
      reached.milestones = (await tx.execute(sql`update milestones set amount = amount`)).count;
      reached.steps = (await tx.execute(sql`update route_steps set due_on = '2091-01-01'`)).count;
      tx.rollback();
    }).catch(() => {});
    return reached;
  }

  async function codeOf(actor: Actor, statement: ReturnType<typeof sql>): Promise<string | null> {
    try {
      await transact(contextOf(database, actor), (tx) => tx.execute(statement));
      return null;
    } catch (error) {
      for (let at: unknown = error; at instanceof Error; at = at.cause) {
        if ("code" in at && typeof at.code === "string") return at.code;
      }
      return "?";
    }
  }

  async function anyStep(): Promise<string> {
    const [row] = await database.owner.sql<{ id: string }[]>`
      select t.id from route_steps t join routes r on r.id = t.route_id where r.report_id = ${report.id} limit 1`;
    return row?.id ?? "";
  }
});
