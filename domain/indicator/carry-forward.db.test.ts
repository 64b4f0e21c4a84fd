import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, contextOf, refusalOf, type District } from "../../db/testing/factories";
import {
  aCell,
  anEntry,
  aReportWithTable,
  estimate,
  FARM_OUTPUT,
  NOT_APPLICABLE,
  number,
  PENDING,
  RETAIL,
  RURAL_INCOME,
  takeIndicator,
  words,
  type IndicatorPlan,
  type ReportWithTable,
} from "../../db/testing/indicators";
import { figureChanges, figures, indicatorRevisions, indicators } from "../../db/schema";
import type { Actor } from "../kernel/actor";
import { transact } from "../kernel/context";
import { rollForward } from "../report/open";
import { editCatalogueEntry, moveCatalogueEntry, removeCatalogueEntry } from "./catalogue";
import { fromColumns } from "./cell";
import type { Figure, Figures } from "./figure";
import { fillCells, passIndicators } from "./mutations";
import { getCellDetail, getIndicatorsPage } from "./queries";
import type { IndicatorStatus } from "./workflow";

let database: TestDatabase;
let district: District;
/** Each test in a district of its own: last year's report is found by its year. */
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const PLANS = [FARM_OUTPUT, RURAL_INCOME, RETAIL];

describe("the catalogue of the next period", () => {
  it("is the earlier one's, in its order, with its offices, and points at its rows", async () => {
    await aFreshDistrict();
    const from = await aReportWithTable(district, PLANS);
    await moveCatalogueEntry(lead(), { indicatorId: from.indicators[2]?.id ?? "", direction: "up" });
    const next = await tableOf(await rolled(from));
    const before = await tableOf(from.id);
    expect(next.map(({ code }) => code)).toEqual(["farm-output", "retail", "rural-income"]);
    expect(next.map(({ previousId }) => previousId)).toEqual(before.map(({ id }) => id));
    expect(next.map(({ organId, confirmOrganId }) => [organId, confirmOrganId])).toEqual([
      [district.organId.agriculture, district.organId.commerce],
      [district.organId.commerce, null],
      [district.organId.agriculture, null],
    ]);
    for (const row of next) expect(row).toMatchObject({ status: "drafting", version: 1, dueOn: "2025-07-19" });
  });

  it("leaves out what has been removed", async () => {
    await aFreshDistrict();
    const from = await aReportWithTable(district, PLANS);
    await removeCatalogueEntry(lead(), { indicatorId: from.indicators[1]?.id ?? "", version: 1 });
    expect((await tableOf(await rolled(from))).map(({ code }) => code)).toEqual(["farm-output", "retail"]);
  });

  it("shows a department last period's figures beside its own", async () => {
    await aFreshDistrict();
    const from = await aReportWithTable(district, PLANS);
    for (const row of from.indicators) await takeIndicator(district, row, "approved");
    const slug = `${from.slug}-next`;
    await rolled(from, { slug });
    const page = await transact(drafter(), (tx) => getIndicatorsPage(tx, drafter(), slug));
    expect(page.rows.map(({ last }) => last?.actual)).toEqual([number("8.03"), number("16830"), number("174.41")]);
    expect(page.rows[0]?.cells).toEqual({});
  });
});

describe("last year's actual", () => {
  it("comes from the report on the whole of last year and no other, and every other cell is blank", async () => {
    await aFreshDistrict();
    await aReportOf(2023, 2, { actual: number("20.48") });
    await aReportOf(2024, 2, { actual: number("21.75") });
    const from = await aReportOf(2024, 1, { actual: number("8.03") });
    const next = await rolled(from);
    expect(await cellsOf(next)).toEqual([{ code: "farm-output", field: "lastActual", figure: number("21.75") }]);
  });

  it("is blank where there is no report on the whole of last year", async () => {
    await aFreshDistrict();
    await aReportOf(2023, 2, { actual: number("20.48") });
    const from = await aReportOf(2024, 1, { actual: number("8.03") });
    expect(await cellsOf(await rolled(from))).toEqual([]);
  });

  it("is never another district's", async () => {
    await aFreshDistrict();
    await aReportOf(2024, 2, { actual: number("21.75") });
    await aFreshDistrict();
    const from = await aReportOf(2024, 1, {});
    expect(await cellsOf(await rolled(from))).toEqual([]);
  });

  it.each<[string, Figure, Figure | null]>([
    ["a number with its decimals is", number("21.50"), number("21.50")],
    ["what is not applicable is", NOT_APPLICABLE, NOT_APPLICABLE],
    ["an estimate is not", estimate("21.75"), null],
    ["what is not fed back is not", PENDING, null],
  ])("%s carried", async (_, actual, carried) => {
    await aFreshDistrict();
    await aReportOf(2024, 2, { actual, remark: words("为预计数") });
    const next = await rolled(await aReportOf(2024, 1, {}));
    const expected = carried ? [{ code: "farm-output", field: "lastActual", figure: carried }] : [];
    expect(await cellsOf(next)).toEqual(expected);
  });

  it.each<IndicatorStatus>(["drafting", "signing", "confirming", "reviewing", "returned"])(
    "is not carried while last year's figures are %s",
    async (status) => {
      await aFreshDistrict();
      await aReportOf(2024, 2, { actual: number("21.75") }, status);
      expect(await cellsOf(await rolled(await aReportOf(2024, 1, {})))).toEqual([]);
    },
  );

  it("is not carried into another unit", async () => {
    await aFreshDistrict();
    await aReportOf(2024, 2, { actual: number("21.75") });
    const from = await aReportWithTable(district, [FARM_OUTPUT]);
    await editCatalogueEntry(lead(), {
      ...anEntry(district, { ...FARM_OUTPUT, unit: "万元" }),
      indicatorId: from.indicators[0]?.id ?? "",
      version: 1,
    });
    expect(await cellsOf(await rolled(from))).toEqual([]);
  });

  it("within one year is what the half-year report said of the year before", async () => {
    await aFreshDistrict();
    const from = await aReportOf(2024, 1, { lastActual: number("20.48"), actual: number("8.03") });
    const next = await rolled(from, { year: 2024, half: 2 });
    expect(await cellsOf(next)).toEqual([{ code: "farm-output", field: "lastActual", figure: number("20.48") }]);
  });
});

describe("a figure that was carried", () => {
  it("is nobody's own work: the lead who opened the report passes it", async () => {
    await aFreshDistrict();
    await aReportOf(2024, 2, { actual: number("20.48") });
    const next = await rolled(await aReportOf(2024, 1, {}));
    const [row] = await tableOf(next);
    if (!row) throw new Error("a row is missing");
    const rest = { ...FARM_OUTPUT, figures: { ...FARM_OUTPUT.figures } };
    delete rest.figures.lastActual;
    const reviewed = await takeIndicator(district, { ...rest, id: row.id, reportId: next }, "reviewing");
    const pass = { rows: [{ indicatorId: row.id, version: reviewed.version }] };
    expect(await refusalOf(passIndicators(lead(), pass))).toBeNull();
    const [revision] = await database.owner.db
      .select()
      .from(indicatorRevisions)
      .where(eq(indicatorRevisions.indicatorId, row.id));
    expect(revision?.writers).toEqual([drafter().actor.userId]);
    expect(revision?.row.figures.lastActual).toEqual(number("20.48"));
  });

  it("says in its history that it was carried, and is corrected by its department", async () => {
    await aFreshDistrict();
    await aReportOf(2024, 2, { actual: number("21.75") });
    const [row] = await tableOf(await rolled(await aReportOf(2024, 1, {})));
    const id = row?.id ?? "";
    await fillCells(drafter(), { cells: [aCell(id, "lastActual", number("21.80"), 1)] });
    const { history } = await transact(drafter(), (tx) => getCellDetail(tx, id, "lastActual"));
    expect(history.map(({ figure, carried }) => [figure, carried])).toEqual([
      [number("21.80"), false],
      [number("21.75"), true],
    ]);
  });

  it("is all that the lead bureau may write into a table", async () => {
    await aFreshDistrict();
    const { indicators: rows } = await aReportWithTable(district, [FARM_OUTPUT]);
    const write = (values: Partial<typeof figures.$inferInsert>) =>
      transact(lead(), (tx) =>
        tx.insert(figures).values({
          jurisdictionId: district.jurisdictionId,
          indicatorId: rows[0]?.id ?? "",
          field: "lastActual",
          state: "number",
          value: "1",
          version: 1,
          authorLabel: "发改局",
          updatedAt: new Date(),
          ...values,
        }),
      );
    for (const forbidden of [{ field: "actual" as const }, { version: 2 }]) {
      await expect(write(forbidden)).rejects.toMatchObject({ cause: { code: "42501" } });
    }
    await expect(write({})).resolves.toBeDefined();
    const change = (carried: boolean) =>
      transact(lead(), (tx) =>
        tx.insert(figureChanges).values({
          jurisdictionId: district.jurisdictionId,
          indicatorId: rows[0]?.id ?? "",
          field: "lastActual",
          version: 1,
          carried,
          authorId: lead().actor.userId,
          authorLabel: "发改局",
          createdAt: new Date(),
        }),
      );
    await expect(change(false)).rejects.toMatchObject({ cause: { code: "42501" } });
  });
});

const as = (actor: Actor) => contextOf(database, actor);
const lead = () => as(district.bureau.lead);
const drafter = () => as(district.agriculture.drafter);

async function aFreshDistrict(): Promise<void> {
  district = await aDistrict(database);
}

/** A report with one row that says these things, taken to its state. */
async function aReportOf(
  year: number,
  half: 1 | 2,
  said: Figures,
  status: IndicatorStatus = "approved",
): Promise<ReportWithTable> {
  const plan: IndicatorPlan = { ...FARM_OUTPUT, figures: { ...FARM_OUTPUT.figures, ...said } };
  const report = await aReportWithTable(district, [plan], { year, half });
  for (const row of report.indicators) await takeIndicator(district, row, status);
  return report;
}

async function rolled(from: ReportWithTable, plan: { slug?: string; year?: number; half?: number } = {}) {
  const { slug = `${from.slug}-next`, year = 2025, half = 1 } = plan;
  return rollForward(lead(), { fromReportId: from.id, slug, name: "下期报告", year, half, dueOn: `${year}-07-19` });
}

const tableOf = (reportId: string) =>
  database.owner.db
    .select()
    .from(indicators)
    .where(eq(indicators.reportId, reportId))
    .orderBy(asc(indicators.position));

/** Every cell of a report's table. */
async function cellsOf(reportId: string) {
  const rows = await database.owner.db
    .select()
    .from(figures)
    .innerJoin(indicators, eq(indicators.id, figures.indicatorId))
    .where(eq(indicators.reportId, reportId));
  return rows.map((row) => ({ code: row.indicators.code, field: row.figures.field, figure: fromColumns(row.figures) }));
}
