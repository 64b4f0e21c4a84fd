import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/client";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, aReport, contextOf, takeLeaf, type District } from "../../db/testing/factories";
import { transact, type Context } from "../kernel/context";
import { getDesk } from "../desk/queries";
import { getDepartments } from "../timetable/queries";
import { BOARD_PAGE, getBoard } from "./board";

const ALL = { show: "all" as const, organId: null, status: null, page: 1 };
const [DEPARTMENTS, LEAVES] = [300, 2_000];

let database: TestDatabase;
let district: District;
let small: string;
let large: string;

beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
  small = await aGenerated(20, 3);
  large = await aGenerated(LEAVES, DEPARTMENTS);
});
afterAll(() => database.close());

describe("a report of 300 departments and 2,000 leaves", () => {
  const PAGES: [string, (ctx: Context, slug: string) => Promise<unknown>][] = [
    ["the board", (ctx, slug) => transact(ctx, (tx) => getBoard(tx, ctx, slug, ALL))],
    ["the board's late ones", (ctx, slug) => transact(ctx, (tx) => getBoard(tx, ctx, slug, { ...ALL, show: "late" }))],
    ["the departments", (ctx, slug) => transact(ctx, (tx) => getDepartments(tx, ctx, slug))],
  ];

  it.each(PAGES)("is read by as many statements as one of 20 leaves: %s", async (_, read) => {
    const counts = [await statementsOf((ctx) => read(ctx, small)), await statementsOf((ctx) => read(ctx, large))];
    expect(counts[0]).toBeGreaterThan(3);
    expect(counts[1]).toBe(counts[0]);
  });

  it("is on a desk by as many statements, whether 20 leaves or all 2,000 wait there", async () => {
    const desk = (ctx: Context) => transact(ctx, (tx) => getDesk(tx, ctx));
    const others = (open: string) => database.owner.sql`
      update reports set status = case when slug = ${open} then 'collecting' else 'delivered' end::report_status`;
    await others(small);
    const few = await statementsOf(desk);
    await others(large);
    const many = await statementsOf(desk);
    await database.owner.sql`update reports set status = 'collecting'`;
    expect(few).toBeGreaterThan(3);
    expect(many).toBe(few);
  });

  it("shows its first screen and no more, and the rest by the page", async () => {
    const lead = contextOf(database, district.bureau.lead);
    const first = await transact(lead, (tx) => getBoard(tx, lead, large, ALL));
    expect(first.rows).toHaveLength(BOARD_PAGE);
    expect(first).toMatchObject({ leaves: LEAVES, pages: Math.ceil((LEAVES + 21) / BOARD_PAGE), found: LEAVES + 21 });
    expect(first.offices).toHaveLength(DEPARTMENTS);
    const last = await transact(lead, (tx) => getBoard(tx, lead, large, { ...ALL, page: 10_000 }));
    expect(last.page).toBe(first.pages);
    expect(last.rows.length).toBeLessThanOrEqual(BOARD_PAGE);
    const seen = [first.rows[0], last.rows.at(-1)];
    expect(seen.map((row) => row?.title)).toEqual(["计划执行情况", `第 ${LEAVES} 段`]);
  });

  it("finds rows of its board and of reminders by an index", async () => {
    const plan = await database.owner.sql.begin(async (sql) => {
      await sql`set local enable_seqscan = off`;
      const rows = await sql<{ "QUERY PLAN": string }[]>`
        explain select s.id from sections s where s.report_id = (select id from reports limit 1)`;
      const logs = await sql<{ "QUERY PLAN": string }[]>`
        explain select created_at from reminders where report_id = gen_random_uuid() order by created_at desc limit 20`;
      const today = await sql<{ "QUERY PLAN": string }[]>`
        explain select 1 from reminders where section_id = gen_random_uuid() and kind = 'urge' and "on" = '2026-07-13'`;
      return [rows, logs, today].map((lines) => lines.map((line) => line["QUERY PLAN"]).join("\n"));
    });
    for (const one of plan) expect(one).toMatch(/Index/);
  });
});

describe("the board says of each leaf", () => {
  it("who has it, whose move it is, and its heading how far its leaves are", async () => {
    const report = await aReport(district, {
      leaves: [{ department: "agriculture" }, { department: "agriculture" }, { department: "commerce" }],
    });
    const [signing, approved] = report.leaves;
    if (signing) await takeLeaf(district, signing, "signing");
    if (approved) await takeLeaf(district, approved, "approved");
    const boardOf = async (ctx: Context) => transact(ctx, (tx) => getBoard(tx, ctx, report.slug, ALL));
    const signer = await boardOf(contextOf(database, district.agriculture.signer));
    const items = signer.rows.flatMap((row) => (row.is === "heading" ? [] : [row]));
    expect(items.map(({ holder, mine, decides }) => [holder?.organ, holder?.step, mine, decides])).toEqual([
      ["农业农村局", "部门签发", true, true],
      [undefined, undefined, false, false],
      ["商务局", null, false, false],
    ]);
    expect(signer.rows.find((row) => row.is === "heading")).toMatchObject({ approved: 1, all: 3 });
    expect(signer.counts).toMatchObject({ all: 3, mine: 1, ours: 2 });
    expect(signer.mayUrge).toBe(false);
    const drafter = await boardOf(contextOf(database, district.commerce.drafter));
    expect(drafter.counts).toMatchObject({ mine: 1, ours: 1 });
  });
});

describe("the board marks", () => {
  it("a text in which a check finds something, for who may read it, and an approval that is of an older text", async () => {
    const report = await aReport(district, {
      leaves: [{ department: "agriculture" }, { department: "agriculture" }],
    });
    const [found, stale] = report.leaves;
    if (!found || !stale) throw new Error("no leaves");
    await takeLeaf(
      district,
      found,
      "reviewing",
      "共有69个项目，其中46个开工、11个促开工、6个促供地。外贸进出口增长-4.03%。",
    );
    await takeLeaf(district, stale, "approved");
    await database.owner.sql`
      insert into stale_approvals (jurisdiction_id, organ_id, section_id, revision_id, author_label, since)
      select jurisdiction_id, organ_id, id, approved_revision_id, '经办人', now() from sections where id = ${stale.id}`;
    const rowsOf = async (ctx: Context) => {
      const { rows, counts } = await transact(ctx, (tx) => getBoard(tx, ctx, report.slug, ALL));
      return { rows: rows.flatMap((row) => (row.is === "heading" ? [] : [row])), counts };
    };
    const lead = await rowsOf(contextOf(database, district.bureau.lead));
    expect(lead.rows[0]?.findings).toBeGreaterThan(0);
    expect(lead.rows.map((row) => row.stale)).toEqual([false, true]);
    expect(lead.counts.stale).toBe(1);
    const outsider = await rowsOf(contextOf(database, district.commerce.drafter));
    expect(outsider.rows[0]?.findings).toBe(0);
  });
});

/** Statements that one reading sends, by the server's own connection: what the driver was asked to do. */
async function statementsOf(read: (ctx: Context) => Promise<unknown>): Promise<number> {
  let count = 0;
  const counted = openDatabase(database.appUrl, { max: 1, name: "test-app", onStatement: () => (count += 1) });
  try {
    const ctx = { ...contextOf(database, district.bureau.lead), db: counted.db };
    await read(ctx);
    count = 0;
    await read(ctx);
    return count;
  } finally {
    await counted.close();
  }
}

/** A report as large as one likes, laid out past the application; every third leaf is before the lead bureau. */
async function aGenerated(leaves: number, departments: number): Promise<string> {
  const { sql } = database.owner;
  const report = await aReport(district);
  await sql`delete from drafts where section_id = ${report.leaves[0]?.id ?? ""}`;
  await sql`delete from sections where id = ${report.leaves[0]?.id ?? ""}`;
  const chapters = 20;
  await sql`
    insert into organs (jurisdiction_id, code, name, short_name, kind)
    select ${district.jurisdictionId}, ${report.slug} || n, '部门' || n, '部门' || n, 'department'
      from generate_series(1, ${departments}) n`;
  await sql`
    insert into sections (jurisdiction_id, report_id, parent_id, position, kind, title, organ_id, due_on, moved_at)
    select p.jurisdiction_id, p.report_id, p.id, n, 'chapter', '第' || n || '章', p.organ_id, '2026-07-17', now()
      from sections p, generate_series(1, ${chapters}) n where p.report_id = ${report.id} and p.kind = 'part'`;
  await sql`update sections set title = '计划执行情况' where report_id = ${report.id} and kind = 'part'`;
  await sql`
    insert into sections (jurisdiction_id, report_id, parent_id, position, kind, title, organ_id, due_on, moved_at)
    select c.jurisdiction_id, c.report_id, c.id, n, 'text', '第 ' || n || ' 段',
           (select o.id from organs o where o.code = ${report.slug} || (1 + n % ${departments})), date '2020-07-10' + n % 14, now()
      from generate_series(1, ${leaves}) n
      join sections c on c.report_id = ${report.id} and c.kind = 'chapter' and c.position = 1 + (n - 1) * ${chapters} / ${leaves}`;
  await sql`
    insert into revisions (jurisdiction_id, section_id, organ_id, number, kind, content, writers, author_id, author_label, created_at)
    select s.jurisdiction_id, s.id, s.organ_id, 1, 'submitted',
           '{"type":"doc","content":[{"type":"paragraph","attrs":{"id":"block-01"},"content":[{"type":"text","text":"完成年度计划的51.40%。"}]}]}',
           '{}', ${district.agriculture.drafter.userId}, '经办人', now()
      from sections s where s.report_id = ${report.id} and s.kind = 'text' and s.position % 3 = 0`;
  await sql`
    update sections s set status = 'reviewing', submitted_revision_id = v.id, round = 1, step_id = (
             select t.id from route_steps t join routes r on r.id = t.route_id where r.report_id = ${report.id} and t.action = 'review')
      from revisions v where v.section_id = s.id and s.report_id = ${report.id}`;
  await sql.unsafe("analyze");
  return report.slug;
}
