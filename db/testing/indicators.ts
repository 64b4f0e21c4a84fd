import { asc, eq } from "drizzle-orm";
import type { Context } from "../../domain/kernel/context";
import { FIGURE_FIELDS, type Figure, type FigureField, type Figures } from "../../domain/indicator/figure";
import {
  confirmIndicators,
  fillCells,
  passIndicators,
  returnIndicator,
  signIndicators,
  submitIndicators,
  type Filled,
} from "../../domain/indicator/mutations";
import type { CatalogueEntry, FillCell } from "../../domain/indicator/schema";
import type { IndicatorStatus } from "../../domain/indicator/workflow";
import { figures, indicators } from "../schema";
import { aReport, contextOf, type Department, type District, type ReportPlan, type TestReport } from "./factories";
import { answerAll } from "./answers";

export type IndicatorPlan = Omit<CatalogueEntry, "organId" | "confirmOrganId" | "aliases" | "basis" | "decimals"> &
  Partial<Pick<CatalogueEntry, "aliases" | "basis" | "decimals">> & {
    department: Department;
    confirmer: Department | null;
    figures: Figures;
    completionReason?: string;
  };

export const number = (digits: string): Figure => ({ state: "number", digits });
export const estimate = (digits: string): Figure => ({ state: "estimate", digits });
export const words = (text: string): Figure => ({ state: "words", words: text });
export const NOT_APPLICABLE: Figure = { state: "not-applicable" };
export const PENDING: Figure = { state: "pending" };

/** Rows of the real table of 2024 in which the rules find nothing. The first is confirmed by another office. */
export const FARM_OUTPUT: IndicatorPlan = {
  code: "farm-output",
  officialName: "农林牧渔业总产值",
  shortName: "农林牧渔业总产值",
  unit: "亿元",
  kind: "total",
  department: "agriculture",
  confirmer: "commerce",
  figures: filled(["20.48", "21.50", "5", "8.03", "10", "4.1", "5"]),
};
export const RURAL_INCOME: IndicatorPlan = {
  code: "rural-income",
  officialName: "农村居民人均可支配收入",
  shortName: "农村居民人均可支配收入",
  unit: "元",
  kind: "total",
  department: "agriculture",
  confirmer: null,
  figures: filled(["27695", "29910.60", "8", "16830", "6", "8.7", "1"]),
};
export const RETAIL: IndicatorPlan = {
  code: "retail",
  officialName: "社会消费品零售总额",
  shortName: "社会消费品零售总额",
  unit: "亿元",
  kind: "total",
  department: "commerce",
  confirmer: null,
  figures: filled(["355.4", "380.99", "7.2", "174.41", "1", "5.6", "11"]),
};

function filled([lastActual, planTotal, planGrowth, actual, rankTotal, growth, rankGrowth]: string[]): Figures {
  const typed = { lastActual, planTotal, planGrowth, actual, rankTotal, growth, rankGrowth };
  return Object.fromEntries(Object.entries(typed).map(([field, digits = "0"]) => [field, number(digits)]));
}

export type TestIndicator = Pick<IndicatorPlan, "code" | "department" | "confirmer" | "figures"> & {
  id: string;
  reportId: string;
};
export type ReportWithTable = TestReport & { indicators: TestIndicator[] };

/** A report with a catalogue, its leaves and its figures empty. */
export async function aReportWithTable(
  district: District,
  plans: readonly IndicatorPlan[] = [FARM_OUTPUT],
  plan: Omit<ReportPlan, "catalogue"> = {},
): Promise<ReportWithTable> {
  const catalogue = plans.map((entry) => anEntry(district, entry));
  const report = await aReport(district, { ...plan, catalogue });
  return { ...report, indicators: await indicatorsOf(district, report.id, plans) };
}

/** What the catalogue's form would send for this row. */
export function anEntry(district: District, plan: IndicatorPlan): CatalogueEntry {
  const { code, officialName, shortName, unit, kind, aliases = [], basis = "current", decimals = {} } = plan;
  const organId = district.organId[plan.department];
  const confirmOrganId = plan.confirmer && district.organId[plan.confirmer];
  return { code, officialName, shortName, unit, kind, aliases, basis, decimals, organId, confirmOrganId };
}

/** A report's rows in the order of the table, each with the plan of its code. */
export async function indicatorsOf(
  district: District,
  reportId: string,
  plans: readonly IndicatorPlan[],
): Promise<TestIndicator[]> {
  const rows = await district.database.owner.db
    .select()
    .from(indicators)
    .where(eq(indicators.reportId, reportId))
    .orderBy(asc(indicators.position));
  return rows.map(({ id, code }) => {
    const plan = plans.find((one) => one.code === code);
    if (!plan) throw new Error(`no plan for ${code}`);
    return { ...plan, id, reportId };
  });
}

export type IndicatorInState = TestIndicator & { status: IndicatorStatus; version: number };

/** A row of a new report, taken to its state by the people whose steps these are. */
export async function anIndicator(
  district: District,
  status: IndicatorStatus = "drafting",
  plan: IndicatorPlan = FARM_OUTPUT,
): Promise<IndicatorInState> {
  const report = await aReportWithTable(district, [plan]);
  const [row] = report.indicators;
  if (!row) throw new Error("the report has no indicator");
  return takeIndicator(district, row, status);
}

/** Takes a row from its department's desk along its way. "drafting" has been filled in; a row sent back stays so. */
export async function takeIndicator(
  district: District,
  row: TestIndicator,
  status: IndicatorStatus,
  said: Figures = row.figures,
): Promise<IndicatorInState> {
  const { database } = district;
  const drafter = contextOf(database, district[row.department].drafter);
  const signer = contextOf(database, district[row.department].signer);
  const lead = contextOf(database, district.bureau.lead);
  const now = async (): Promise<IndicatorInState> => ({ ...row, ...(await stateOf(district, row.id)) });
  const move = async () => ({ rows: [{ indicatorId: row.id, version: (await now()).version }] });

  if (Object.keys(said).length > 0) await fill(drafter, district, row.id, said);
  if (status === "drafting") return now();
  await answerAll(drafter, { indicatorId: row.id });
  await submitIndicators(drafter, await move());
  if (status === "signing") return now();
  await signIndicators(signer, await move());
  if (status === "confirming") return now();
  if (row.confirmer) {
    await confirmIndicators(contextOf(database, district[row.confirmer].signer), await move());
  }
  if (status === "reviewing") return now();
  if (status === "approved") await passIndicators(lead, await move());
  else {
    const reasons = [{ field: "actual" as const, text: "请核对口径。" }];
    await returnIndicator(lead, { indicatorId: row.id, version: (await now()).version, reasons });
  }
  return now();
}

/** Sends an approved row back and takes it along its way again with other figures. */
export async function correctIndicator(
  district: District,
  row: TestIndicator,
  said: Figures,
  status: IndicatorStatus = "approved",
): Promise<IndicatorInState> {
  const { version } = await stateOf(district, row.id);
  const reasons = [{ field: "actual" as const, text: "请更正。" }];
  await returnIndicator(contextOf(district.database, district.bureau.lead), { indicatorId: row.id, version, reasons });
  return takeIndicator(district, row, status, said);
}

/** Types these figures over whatever stands there now. */
export async function fill(ctx: Context, district: District, indicatorId: string, said: Figures): Promise<Filled> {
  const versions = await versionsOf(district, indicatorId);
  const cells = FIGURE_FIELDS.flatMap((field) => {
    const figure = said[field];
    return figure ? [aCell(indicatorId, field, figure, versions[field] ?? 0)] : [];
  });
  return fillCells(ctx, { cells });
}

export const aCell = (
  indicatorId: string,
  field: FigureField,
  figure: Figure | null,
  version: number,
  reason: string | null = field === "completion" && figure ? "按未四舍五入的计划数计算。" : null,
): FillCell => ({ indicatorId, field, version, figure, reason });

export async function versionsOf(
  district: District,
  indicatorId: string,
): Promise<Partial<Record<FigureField, number>>> {
  const rows = await district.database.owner.db.select().from(figures).where(eq(figures.indicatorId, indicatorId));
  return Object.fromEntries(rows.map(({ field, version }) => [field, version]));
}

export async function stateOf(district: District, indicatorId: string) {
  const [row] = await district.database.owner.db.select().from(indicators).where(eq(indicators.id, indicatorId));
  if (!row) throw new Error("the indicator is gone");
  const { status, version } = row;
  return { status, version };
}
