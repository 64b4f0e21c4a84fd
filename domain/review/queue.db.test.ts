import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as schema from "../../db/schema";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  aReport,
  aText,
  contextOf,
  takeLeaf,
  type District,
  type LeafInState,
} from "../../db/testing/factories";
import {
  aReportWithTable,
  FARM_OUTPUT,
  fill,
  number,
  RETAIL,
  RURAL_INCOME,
  stateOf,
  takeIndicator,
} from "../../db/testing/indicators";
import { getDesk } from "../desk/queries";
import { submitIndicators, withdrawIndicators } from "../indicator/mutations";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import { signSection, returnSection, withdrawSection } from "../section/decisions";
import { saveSection, submitSection } from "../section/mutations";
import { getBatch, passBatch, type Passed } from "./batch";
import { rememberLook } from "./looks";
import { getNeighbours, getQueue, type Queue } from "./queue";
import type { QueueAsked } from "./queue-asked";
import { getRowPage } from "./row-page";
import { getSitting } from "./sitting";

const DAY = "2024-07-10";

describe("the queue of what waits for somebody", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  const as = (actor: Actor): Context => contextOf(database, actor);
  const queueOf = (actor: Actor, asked: QueueAsked = {}): Promise<Queue> => {
    const ctx = as(actor);
    return transact(ctx, (tx) => getQueue(tx, ctx, asked, DAY));
  };
  const names = ({ lines }: Queue) => lines.map(({ name }) => name);

  /** Leaves of both departments under review, one of them still to sign, and two rows, one to confirm. */
  async function aFullDesk(district: District) {
    const leaves = [
      { department: "agriculture", title: "农业" },
      { department: "commerce", title: "商务" },
      { department: "agriculture", title: "林业" },
    ] as const;
    const report = await aReportWithTable(district, [FARM_OUTPUT, RETAIL], { leaves });
    const [farming, trade, forests] = report.leaves;
    const [output, retail] = report.indicators;
    if (!farming || !trade || !forests || !output || !retail) throw new Error("the report is empty");
    return {
      report,
      farming: await takeLeaf(district, farming, "reviewing"),
      trade: await takeLeaf(district, trade, "reviewing"),
      forests: await takeLeaf(district, forests, "signing"),
      output: await takeIndicator(district, output, "confirming"),
      retail: await takeIndicator(district, retail, "reviewing"),
    };
  }

  async function dueOn(table: "sections" | "indicators", id: string, day: string, permitted: string | null = null) {
    const { sql } = database.owner;
    await sql`update ${sql(table)} set due_on = ${day}, permitted_until = ${permitted} where id = ${id}`;
  }

  it("holds for each what is at their step, whatever the step and whichever the kind", async () => {
    const district = await aDistrict(database);
    await aFullDesk(district);
    expect(names(await queueOf(district.bureau.lead)).toSorted()).toEqual(
      ["农业", "商务", "社会消费品零售总额"].toSorted(),
    );
    expect(names(await queueOf(district.agriculture.signer))).toEqual(["林业"]);
    expect(names(await queueOf(district.commerce.signer))).toEqual(["农林牧渔业总产值"]);
    for (const actor of [district.agriculture.drafter, district.government.approver, district.congress.clerk]) {
      expect(names(await queueOf(actor)), actor.role).toEqual([]);
    }
    const elsewhere = await aDistrict(database);
    expect(names(await queueOf(elsewhere.bureau.lead))).toEqual([]);
  });

  it("is in the order of the days that count: a later one that was permitted instead of the first", async () => {
    const district = await aDistrict(database);
    const { farming, trade, retail } = await aFullDesk(district);
    await dueOn("sections", farming.id, "2024-07-01", "2024-07-20");
    await dueOn("sections", trade.id, "2024-07-12");
    await dueOn("indicators", retail.id, "2024-07-05");
    const queue = await queueOf(district.bureau.lead);
    expect(queue.lines.map(({ name, due }) => [name, due])).toEqual([
      ["社会消费品零售总额", "2024-07-05"],
      ["商务", "2024-07-12"],
      ["农业", "2024-07-20"],
    ]);
    expect(queue.facets).toMatchObject({ all: 3, late: 1, changed: 0, kinds: { leaf: 2, row: 1 } });
    expect(names(await queueOf(district.bureau.lead, { late: true }))).toEqual(["社会消费品零售总额"]);
    expect(names(await queueOf(district.bureau.lead, { organ: district.organId.agriculture }))).toEqual(["农业"]);
    expect(names(await queueOf(district.bureau.lead, { kind: "leaf" }))).toEqual(["商务", "农业"]);
    expect(names(await queueOf(district.bureau.lead, { report: "no-such-report" }))).toEqual([]);
  });

  it("has at a step with a day the same day as desk and board: the step's", async () => {
    const district = await aDistrict(database);
    const { farming, trade, retail } = await aFullDesk(district);
    await dueOn("sections", farming.id, "2024-07-01");
    await dueOn("sections", trade.id, "2024-07-01", "2024-07-20");
    await dueOn("indicators", retail.id, "2024-07-30");
    await database.owner.sql`
      update route_steps set due_on = '2024-07-15' where id = (select step_id from sections where id = ${farming.id})`;
    const lead = as(district.bureau.lead);
    const days = (lines: readonly { id: string; due: string }[]) =>
      [farming, trade, retail].map(({ id }) => lines.find((line) => line.id === id)?.due);
    const queue = await queueOf(district.bureau.lead);
    expect(days(queue.lines)).toEqual(["2024-07-15", "2024-07-20", "2024-07-15"]);
    expect(queue.facets.late).toBe(0);
    const desk = await transact(lead, (tx) => getDesk(tx, lead));
    expect(days(desk.leaves.map(({ id, dueOn: due }) => ({ id, due }))).slice(0, 2)).toEqual(
      days(queue.lines).slice(0, 2),
    );
  });

  it("leads from each item to the next one asked for, and back", async () => {
    const district = await aDistrict(database);
    const { farming, trade, retail } = await aFullDesk(district);
    await dueOn("sections", farming.id, "2024-07-01");
    await dueOn("sections", trade.id, "2024-07-02");
    await dueOn("indicators", retail.id, "2024-07-03");
    const ctx = as(district.bureau.lead);
    const around = (id: string | null, asked: QueueAsked = {}) =>
      transact(ctx, (tx) => getNeighbours(tx, ctx, asked, DAY, id));
    expect((await around(null)).next?.id).toBe(farming.id);
    expect(await around(trade.id)).toMatchObject({
      found: 3,
      next: { id: retail.id, kind: "row" },
      before: { id: farming.id },
    });
    // From the last one back to what is still open; something else that is not in the queue leads to its beginning.
    expect((await around(retail.id)).next?.id).toBe(trade.id);
    expect((await around(farming.id, { organ: district.organId.commerce })).next?.id).toBe(trade.id);
    expect((await around(farming.id, { late: true, report: "no-such-report" })).next).toBeNull();
  });

  it("says what changed since this person saw it last, and to nobody else", async () => {
    const district = await aDistrict(database);
    const { agriculture, bureau } = district;
    const leaf = await oneLeaf(district);
    expect((await queueOf(agriculture.signer)).lines[0]?.seen).toEqual({ is: "never" });
    await look(agriculture.signer, leaf.id);
    expect((await queueOf(agriculture.signer)).lines[0]?.seen).toEqual({ is: "same" });

    await rewrite(agriculture.drafter, leaf, "农业：完成年度计划的52.00%。");
    const queue = await queueOf(agriculture.signer);
    expect(queue.lines[0]?.seen).toEqual({ is: "changed", count: 1 });
    expect(queue.facets.changed).toBe(1);
    expect(names(await queueOf(agriculture.signer, { changed: true }))).toEqual([leaf.title]);
    const other = await aColleague(district, "agriculture", "signer");
    expect((await queueOf(other)).lines[0]?.seen).toEqual({ is: "never" });
    expect((await queueOf(bureau.lead)).lines).toEqual([]);
  });

  it("counts the cells of a row that say something else", async () => {
    const district = await aDistrict(database);
    const { agriculture } = district;
    const report = await aReportWithTable(district, [RURAL_INCOME]);
    const [row] = report.indicators;
    if (!row) throw new Error("no row");
    await takeIndicator(district, row, "signing");
    const revision = async () =>
      (await database.owner.sql`select submitted_revision_id as id from indicators where id = ${row.id}`)[0]?.["id"];
    await rememberLook(as(agriculture.signer), { kind: "row", id: row.id, revisionId: await revision() });
    const drafter = as(agriculture.drafter);
    const move = async () => ({ rows: [{ indicatorId: row.id, version: (await stateOf(district, row.id)).version }] });
    await withdrawIndicators(drafter, await move());
    await fill(drafter, district, row.id, { actual: number("16831"), rankTotal: number("7") });
    await submitIndicators(drafter, await move());
    const queue = await queueOf(agriculture.signer);
    expect(queue.lines[0]?.seen).toEqual({ is: "changed", count: 2 });
    const ctx = as(agriculture.signer);
    const page = await transact(ctx, (tx) => getRowPage(tx, ctx, report.slug, row.id, {}, DAY));
    expect(page.changed).toEqual(["actual", "rankTotal"]);
    expect(page.before?.row.figures.actual).toEqual(number("16830"));
  });

  it("takes as many queries for twenty items as for two thousand", async () => {
    const district = await aDistrict(database);
    const leaf = await oneLeaf(district);
    const ctx = as(district.agriculture.signer);
    const first = await counted(ctx);
    await copies(leaf.id, 19);
    const twenty = await counted(ctx);
    await copies(leaf.id, 1980);
    const all = await counted(ctx);
    expect([first.found, twenty.found, all.found]).toEqual([1, 20, 2000]);
    expect([all.lines, all.beside]).toEqual([50, 13]);
    expect(all.queries).toBe(twenty.queries);
    expect(all.queries).toBeLessThanOrEqual(6);
  });

  it("tells who sits at the step, who has decided there, and how many it takes", async () => {
    const district = await aDistrict(database);
    const leaf = await oneLeaf(district);
    await aColleague(district, "agriculture", "signer");
    await database.owner
      .sql`update route_steps set mode = 'all' where id = (select step_id from sections where id = ${leaf.id})`;
    const sitting = (actor: Actor) => transact(as(actor), (tx) => getSitting(tx, "leaf", leaf.id));
    expect(await sitting(district.agriculture.signer)).toMatchObject({
      step: "部门签发",
      mode: "all",
      needed: 2,
      passed: 0,
    });
    await signSection(as(district.agriculture.signer), { sectionId: leaf.id, version: leaf.version });
    const now = await sitting(district.agriculture.signer);
    expect(now).toMatchObject({ needed: 2, passed: 1 });
    expect(now?.seats.map(({ at }) => at !== null)).toEqual([true, false]);
    // Who has decided does not have it before them any more.
    expect(names(await queueOf(district.agriculture.signer))).toEqual([]);
    const ctx = as(district.agriculture.drafter);
    await expect(transact(ctx, (tx) => getQueue(tx, ctx, {}, DAY))).resolves.toMatchObject({ found: 0 });
  });

  it("says before a batch exactly what is in it, and after it what became of each", async () => {
    const district = await aDistrict(database);
    const { farming, trade, retail, forests } = await aFullDesk(district);
    const lead = as(district.bureau.lead);
    const chosen = [
      { kind: "leaf", id: farming.id },
      { kind: "leaf", id: trade.id },
      { kind: "row", id: retail.id },
      // At another's step: not this desk's to pass.
      { kind: "leaf", id: forests.id },
    ] as const;
    const batch = await transact(lead, (tx) => getBatch(tx, lead, chosen));
    expect(batch.gone).toBe(1);
    expect(
      batch.lines
        .map((line) => [line.name, line.verb, line.paragraphs, line.figures, line.number, line.seen])
        .toSorted(),
    ).toEqual(
      [
        ["农业", "pass", 1, 0, 1, "never"],
        ["商务", "pass", 1, 0, 1, "never"],
        ["社会消费品零售总额", "pass", 0, 7, 1, "never"],
      ].toSorted(),
    );

    // Meanwhile one goes back: what was shown of it is no longer so.
    await returnSection(lead, {
      sectionId: trade.id,
      version: trade.version,
      reasons: [{ blockId: trade.blockId, text: "请核对。" }],
    });
    const items = batch.lines.map(({ kind, id, version, verb }) => ({ kind, id, version, verb }));
    const answers = await passBatch(lead, { items });
    const of = (id: string): Passed | undefined => answers.find((answer) => answer.id === id);
    expect(answers).toHaveLength(3);
    expect(of(farming.id)).toMatchObject({ is: "passed" });
    expect(of(retail.id)).toMatchObject({ is: "passed" });
    expect(of(trade.id)).toMatchObject({ is: "refused", key: "section-not-reviewing" });
    const states = await database.owner
      .sql`select title, status from sections where id in ${database.owner.sql([farming.id, trade.id])} order by title`;
    expect(states.map(({ status }) => status).toSorted()).toEqual(["approved", "returned"]);
  });

  it("stops a batch where something breaks, and says so of everything behind it", async () => {
    const district = await aDistrict(database);
    const { farming, trade } = await aFullDesk(district);
    const lead = as(district.bureau.lead);
    let calls = 0;
    const breaking = new Proxy(lead.db, {
      get: (target, key) => {
        if (key === "transaction" && ++calls > 1) throw new Error("away");
        return Reflect.get(target, key);
      },
    });
    const items = [farming, trade, farming].map(({ id, version }) => ({
      kind: "leaf" as const,
      id,
      version,
      verb: "pass" as const,
    }));
    const answers = await passBatch({ ...lead, db: breaking }, { items });
    expect(answers.map(({ is }) => is)).toEqual(["passed", "broken", "untried"]);
  });

  async function oneLeaf(district: District): Promise<LeafInState> {
    const { leaves } = await aReport(district, { leaves: [{ department: "agriculture" }] });
    const [leaf] = leaves;
    if (!leaf) throw new Error("no leaf");
    return takeLeaf(district, leaf, "signing");
  }

  async function look(actor: Actor, id: string): Promise<void> {
    const [row] = await database.owner.sql`select submitted_revision_id as id from sections where id = ${id}`;
    await rememberLook(as(actor), { kind: "leaf", id, revisionId: String(row?.["id"]) });
  }

  async function rewrite(drafter: Actor, leaf: LeafInState, words: string): Promise<void> {
    await withdrawSection(as(drafter), { sectionId: leaf.id, version: leaf.version });
    await saveSection(as(drafter), {
      sectionId: leaf.id,
      version: leaf.draftVersion,
      content: aText(words),
      keep: false,
    });
    await submitSection(as(drafter), {
      sectionId: leaf.id,
      version: leaf.version + 1,
      draftVersion: leaf.draftVersion + 1,
    });
  }

  /** As many more leaves as this one, in the same state. */
  async function copies(id: string, count: number): Promise<void> {
    await database.owner.sql`
      insert into sections (jurisdiction_id, report_id, parent_id, position, kind, title, organ_id, status, version, due_on,
             submitted_revision_id, step_id, round, came_from, moved_at)
      select jurisdiction_id, report_id, parent_id, (select max(position) from sections) + n, kind, title || n, organ_id, status,
             version, due_on, submitted_revision_id, step_id, round, came_from, moved_at
        from sections, generate_series(1, ${count}) n where id = ${id}`;
  }

  async function counted(ctx: Context) {
    let queries = 0;
    const db = drizzle(database.app.sql, { schema, logger: { logQuery: () => void (queries += 1) } });
    const counting: Context = { ...ctx, db };
    return transact(counting, async (tx) => {
      const queue = await getQueue(tx, counting, {}, DAY);
      const around = await getNeighbours(tx, counting, {}, DAY, queue.lines[0]?.id ?? null);
      return { found: queue.found, lines: queue.lines.length, beside: around.beside.length, queries };
    });
  }
});
