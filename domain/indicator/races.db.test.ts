import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  alsoHolds,
  contextOf,
  refusalOf,
  takeLeaf,
  type District,
} from "../../db/testing/factories";
import {
  aCell,
  anEntry,
  anIndicator,
  aReportWithTable,
  FARM_OUTPUT,
  fill,
  number,
  RETAIL,
  RURAL_INCOME,
  stateOf,
  takeIndicator,
  type TestIndicator,
} from "../../db/testing/indicators";
import { inThisOrder } from "../../db/testing/races";
import {
  auditEntries,
  figureChanges,
  figures,
  indicatorRevisions,
  indicators,
  reports,
  reviews,
} from "../../db/schema";
import type { Actor } from "../kernel/actor";
import type { Context } from "../kernel/context";
import { sendForApproval } from "../report/mutations";
import { addCatalogueEntry, editCatalogueEntry, moveCatalogueEntry, removeCatalogueEntry } from "./catalogue";
import { fromColumns } from "./cell";
import {
  fillCells,
  passIndicators,
  returnIndicator,
  signIndicators,
  submitIndicators,
  withdrawIndicators,
} from "./mutations";

const CLIENTS = 16;

describe("people who work on one table at the same time", () => {
  let database: TestDatabase;
  let district: District;
  let drafters: Actor[];
  let otherLead: Actor;

  beforeAll(async () => {
    database = await testDatabase({ connections: CLIENTS });
    district = await aDistrict(database);
    drafters = await Promise.all(Array.from({ length: CLIENTS }, () => aColleague(district, "agriculture", "drafter")));
    otherLead = await aColleague(district, "bureau", "lead");
  });
  afterAll(() => database.close());

  it.each([
    ["that nobody has written", 0],
    ["that is there", 1],
  ])("of sixteen who fill in a cell %s exactly one wins, and the others are shown its figure", async (_, version) => {
    const row = await aRow(version === 1);
    const said = await Promise.all(
      drafters.map((actor, nth) => fillCells(as(actor), { cells: [aCell(row.id, "actual", figureOf(nth), version)] })),
    );
    const won = said.flatMap(({ saved }, nth) => (saved.length > 0 ? [nth] : []));
    expect(won).toHaveLength(1);
    expect(await cellOf(row)).toEqual({ figure: figureOf(won[0] ?? -1), version: version + 1 });
    const conflicts = said.flatMap((one) => one.conflicts);
    expect(conflicts).toHaveLength(CLIENTS - 1);
    for (const conflict of conflicts) {
      expect(conflict).toMatchObject({ figure: figureOf(won[0] ?? -1), version: version + 1 });
    }
    expect(await changesOf(row)).toHaveLength(version + 1);
  });

  it("sixteen who try again on what they were shown all get in, and the history has every one of them", async () => {
    const row = await aRow(true);
    await Promise.all(drafters.map((actor, nth) => fillUntilKept(actor, row, nth)));
    const changes = await changesOf(row);
    expect(changes.map(({ version }) => version)).toEqual(Array.from({ length: CLIENTS + 1 }, (_, nth) => nth + 1));
    expect(new Set(changes.slice(1).map(({ value }) => value))).toEqual(
      new Set(drafters.map((_, nth) => digitsOf(nth))),
    );
    expect(await cellOf(row)).toMatchObject({ version: CLIENTS + 1 });
  });

  it("a fill that comes before a submission is in the row that goes up", async () => {
    const row = await aRow(true);
    const ended = await inThisOrder(database, filling(row, 3), submitting(row));
    expect(ended).toEqual({ first: null, second: null });
    expect((await revisionsOf(row)).map((one) => one.row.figures.actual)).toEqual([figureOf(3)]);
    expect((await revisionsOf(row))[0]?.writers).toContain(drafters[3]?.userId);
  });

  it("a submission that comes first stops the fill, and what went up is what is in the cells", async () => {
    const row = await aRow(true);
    const ended = await inThisOrder(database, submitting(row), filling(row, 3));
    expect(ended).toEqual({ first: null, second: "indicator-not-open" });
    expect((await revisionsOf(row)).map((one) => one.row.figures.actual)).toEqual([row.figures.actual]);
    expect(await cellOf(row)).toEqual({ figure: row.figures.actual, version: 1 });
  });

  it("a button pressed twice submits once", async () => {
    const row = await aRow(true);
    const submit = () => refusalOf(submitIndicators(drafter(), at(row, 1)));
    expect((await Promise.all([submit(), submit()])).toSorted()).toEqual([null, "indicator-not-open"].toSorted());
    expect(await revisionsOf(row)).toHaveLength(1);
    expect(await stateOf(district, row.id)).toEqual({ status: "signing", version: 2 });
  });

  it("nobody signs what they submit in the same instant, though they guess the next version", async () => {
    const row = await aRow(true);
    const asSigner = await alsoHolds(district, district.agriculture.drafter, "agriculture", "signer");
    const signs = { actor: asSigner, does: (ctx: Context) => signIndicators(ctx, at(row, 2)) };
    expect(await inThisOrder(database, submitting(row), signs)).toEqual({ first: null, second: "own-work" });
    expect(await stateOf(district, row.id)).toMatchObject({ status: "signing" });
  });

  it.each(["pass", "return"] as const)(
    "of two leads who decide at once, the one who comes first with %s has decided",
    async (earlier) => {
      const row = await anIndicator(district, "reviewing");
      const passes = {
        actor: district.bureau.lead,
        does: (ctx: Context) => passIndicators(ctx, at(row, row.version)),
      };
      const returns = { actor: otherLead, does: (ctx: Context) => returnIndicator(ctx, back(row, row.version)) };
      const ended =
        earlier === "pass"
          ? await inThisOrder(database, passes, returns)
          : await inThisOrder(database, returns, passes);
      const why = earlier === "pass" ? "stale-version" : "indicator-not-reviewing";
      expect(ended).toEqual({ first: null, second: why });
      expect(await stateOf(district, row.id)).toMatchObject({ status: earlier === "pass" ? "approved" : "returned" });
      const verdicts = await database.owner.db.select().from(reviews).where(eq(reviews.indicatorId, row.id));
      expect(verdicts.map(({ verdict }) => verdict).toSorted()).toEqual(["confirm", earlier, "sign"].toSorted());
    },
  );

  it("a confirming office that withdraws while the lead bureau passes comes too late, and the other way round", async () => {
    const passing = (row: { id: string; version: number }) => ({
      actor: district.bureau.lead,
      does: (ctx: Context) => passIndicators(ctx, at(row, row.version)),
    });
    const withdrawing = (row: { id: string; version: number }) => ({
      actor: district.commerce.signer,
      does: (ctx: Context) => withdrawIndicators(ctx, at(row, row.version)),
    });
    const one = await anIndicator(district, "reviewing");
    expect(await inThisOrder(database, passing(one), withdrawing(one))).toEqual({
      first: null,
      second: "indicator-not-withdrawable",
    });
    const other = await anIndicator(district, "reviewing");
    expect(await inThisOrder(database, withdrawing(other), passing(other))).toEqual({
      first: null,
      second: "indicator-not-reviewing",
    });
  });

  describe("while the lead sends the report for approval", () => {
    it("a row sent back first keeps the report from going up", async () => {
      const { report, row } = await aWholeReport();
      expect(await inThisOrder(database, returning(row), sending(report.id))).toEqual({
        first: null,
        second: "indicators-not-approved",
      });
      expect(await reportState(report.id)).toMatchObject({ status: "collecting", documentHash: null });
    });

    it("a report sent first keeps its rows as they were sent", async () => {
      const { report, row } = await aWholeReport();
      expect(await inThisOrder(database, sending(report.id), returning(row))).toEqual({
        first: null,
        second: "report-not-collecting",
      });
      expect(await stateOf(district, row.id)).toMatchObject({ status: "approved" });
    });

    it("an entry that is added first keeps the report from going up", async () => {
      const { report } = await aWholeReport();
      const adding = {
        actor: otherLead,
        does: (ctx: Context) => addCatalogueEntry(ctx, { ...anEntry(district, RETAIL), reportId: report.id }),
      };
      expect(await inThisOrder(database, adding, sending(report.id))).toEqual({
        first: null,
        second: "indicators-not-approved",
      });
    });
  });

  describe("two leads who change the catalogue at once", () => {
    it("move different entries, and the order stays one of all of them", async () => {
      const { rows, reportId } = await threeRows();
      const [first, , last] = rows;
      const down = { actor: district.bureau.lead, does: moving(first, "down") };
      const up = { actor: otherLead, does: moving(last, "up") };
      expect(await inThisOrder(database, down, up)).toEqual({ first: null, second: null });
      expect(await orderOf(reportId)).toEqual([
        ["rural-income", 1],
        ["retail", 2],
        ["farm-output", 3],
      ]);
    });

    it("add one code once", async () => {
      const { reportId } = await threeRows();
      const entry = { ...anEntry(district, { ...RETAIL, code: "gdp" }), reportId };
      const adding = (actor: Actor) => ({ actor, does: (ctx: Context) => addCatalogueEntry(ctx, entry) });
      expect(await inThisOrder(database, adding(district.bureau.lead), adding(otherLead))).toEqual({
        first: null,
        second: "indicator-code-taken",
      });
    });

    it("give one code to one entry", async () => {
      const { rows } = await threeRows();
      const renaming = (actor: Actor, row: TestIndicator | undefined) => ({
        actor,
        does: (ctx: Context) =>
          editCatalogueEntry(ctx, {
            ...anEntry(district, { ...FARM_OUTPUT, code: "gdp" }),
            indicatorId: row?.id ?? "",
            version: 1,
          }),
      });
      expect(
        await inThisOrder(database, renaming(district.bureau.lead, rows[0]), renaming(otherLead, rows[1])),
      ).toEqual({ first: null, second: "indicator-code-taken" });
    });

    it("and nobody fills in an entry that is being removed", async () => {
      const { rows } = await threeRows();
      const [row] = rows;
      if (!row) throw new Error("a row is missing");
      const removing = {
        actor: district.bureau.lead,
        does: (ctx: Context) => removeCatalogueEntry(ctx, { indicatorId: row.id, version: 1 }),
      };
      expect(await inThisOrder(database, removing, filling(row, 3, 0))).toEqual({ first: null, second: "not-found" });
      expect(await changesOf(row)).toHaveLength(0);
    });

    it("and an entry that is handed to another department takes no more figures from the old one", async () => {
      const { rows } = await threeRows();
      const [row] = rows;
      if (!row) throw new Error("a row is missing");
      const handing = {
        actor: district.bureau.lead,
        does: (ctx: Context) =>
          editCatalogueEntry(ctx, {
            ...anEntry(district, { ...FARM_OUTPUT, department: "commerce", confirmer: null }),
            indicatorId: row.id,
            version: 1,
          }),
      };
      expect(await inThisOrder(database, handing, filling(row, 3, 0))).toEqual({
        first: null,
        second: "not-your-department",
      });
      expect(await changesOf(row)).toHaveLength(0);
    });
  });

  it("many verbs at once on the rows of one report end without a deadlock", async () => {
    const plans = Array.from({ length: 6 }, (_, nth) => ({ ...FARM_OUTPUT, code: `row-${nth}`, confirmer: null }));
    const report = await aReportWithTable(district, plans);
    for (const row of report.indicators) await takeIndicator(district, row, "reviewing");
    const all = (version: number) => ({ rows: report.indicators.map(({ id }) => ({ indicatorId: id, version })) });
    const lead = as(district.bureau.lead);
    const signer = as(district.agriculture.signer);
    const storm = [...report.indicators, ...report.indicators.toReversed()].flatMap((row, nth) => [
      refusalOf(returnIndicator(lead, back(row, 3))),
      refusalOf(fill(drafter(), district, row.id, { actual: number("8.04") })),
      refusalOf(submitIndicators(drafter(), { rows: all(4).rows.toReversed() })),
      refusalOf(moveCatalogueEntry(as(otherLead), { indicatorId: row.id, direction: nth % 2 === 0 ? "up" : "down" })),
      refusalOf(passIndicators(as(otherLead), all(3))),
      refusalOf(withdrawIndicators(signer, at(row, 3))),
      refusalOf(sendForApproval(lead, { reportId: report.id, version: 1 })),
    ]);
    const said = await Promise.all(storm);
    expect(said).toHaveLength(84);
    const order = await orderOf(report.id);
    expect(order.map(([, position]) => position)).toEqual([1, 2, 3, 4, 5, 6]);
    const moved = await database.owner.db.$count(
      auditEntries,
      and(eq(auditEntries.reportId, report.id), eq(auditEntries.action, "indicator.move")),
    );
    expect(moved).toBeGreaterThan(0);
  });

  const as = (actor: Actor) => contextOf(database, actor);
  const drafter = () => as(district.agriculture.drafter);
  const at = (row: { id: string }, version: number) => ({ rows: [{ indicatorId: row.id, version }] });
  const back = (row: { id: string }, version: number) => ({
    indicatorId: row.id,
    version,
    reasons: [{ field: "actual" as const, text: "请核对。" }],
  });
  const digitsOf = (nth: number) => `9.${String(nth).padStart(2, "0")}`;
  const figureOf = (nth: number) => number(digitsOf(nth));
  const filling = (row: { id: string }, nth: number, version = 1) => ({
    actor: drafters[nth] ?? district.agriculture.drafter,
    does: (ctx: Context) => fillCells(ctx, { cells: [aCell(row.id, "actual", figureOf(nth), version)] }),
  });
  const submitting = (row: { id: string }) => ({
    actor: district.agriculture.drafter,
    does: (ctx: Context) => submitIndicators(ctx, at(row, 1)),
  });
  const returning = (row: { id: string; version: number }) => ({
    actor: otherLead,
    does: (ctx: Context) => returnIndicator(ctx, back(row, row.version)),
  });
  const sending = (reportId: string) => ({
    actor: district.bureau.lead,
    does: (ctx: Context) => sendForApproval(ctx, { reportId, version: 1 }),
  });
  const moving = (row: { id: string } | undefined, direction: "up" | "down") => (ctx: Context) =>
    moveCatalogueEntry(ctx, { indicatorId: row?.id ?? "", direction });

  async function aRow(isFilled: boolean): Promise<TestIndicator> {
    const report = await aReportWithTable(district);
    const [row] = report.indicators;
    if (!row) throw new Error("the report has no indicator");
    return isFilled ? takeIndicator(district, row, "drafting") : row;
  }

  async function threeRows() {
    const report = await aReportWithTable(district, [FARM_OUTPUT, RURAL_INCOME, RETAIL]);
    return { reportId: report.id, rows: report.indicators };
  }

  async function aWholeReport() {
    const report = await aReportWithTable(district);
    for (const leaf of report.leaves) await takeLeaf(district, leaf, "approved");
    const [row] = report.indicators;
    if (!row) throw new Error("the report has no indicator");
    return { report, row: await takeIndicator(district, row, "approved") };
  }

  /** What a grid does: on a conflict, take up the version that was shown and type it again. */
  async function fillUntilKept(actor: Actor, row: { id: string }, nth: number): Promise<void> {
    for (let version = 1; ;) {
      const { conflicts } = await fillCells(as(actor), { cells: [aCell(row.id, "actual", figureOf(nth), version)] });
      const [conflict] = conflicts;
      if (!conflict) return;
      if (conflict.version <= version) throw new Error("a conflict without a later version");
      version = conflict.version;
    }
  }

  async function cellOf(row: { id: string }) {
    const [cell] = await database.owner.db
      .select()
      .from(figures)
      .where(and(eq(figures.indicatorId, row.id), eq(figures.field, "actual")));
    return cell ? { figure: fromColumns(cell), version: cell.version } : null;
  }

  const changesOf = (row: { id: string }) =>
    database.owner.db
      .select()
      .from(figureChanges)
      .where(and(eq(figureChanges.indicatorId, row.id), eq(figureChanges.field, "actual")))
      .orderBy(asc(figureChanges.version));

  const revisionsOf = (row: { id: string }) =>
    database.owner.db.select().from(indicatorRevisions).where(eq(indicatorRevisions.indicatorId, row.id));

  async function orderOf(reportId: string): Promise<[string, number][]> {
    const rows = await database.owner.db
      .select()
      .from(indicators)
      .where(eq(indicators.reportId, reportId))
      .orderBy(asc(indicators.position));
    return rows.map(({ code, position }) => [code, position]);
  }

  async function reportState(id: string) {
    const [row] = await database.owner.db.select().from(reports).where(eq(reports.id, id));
    return row;
  }
});
