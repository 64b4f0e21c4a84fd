import {
  FIGURE_FIELDS,
  type FigureField,
  type Figures,
  type Indicator,
  type IndicatorRow,
} from "../../domain/indicator/figure";
import { parseFigure } from "../../domain/indicator/parse-figure";
import type { OfficeCode } from "./offices";

export type DemoIndicator = Indicator & { aliases: string[]; owner: OfficeCode; confirmer: OfficeCode | null };

const two = { lastActual: 2, planTotal: 2, planGrowth: 2, actual: 2, completion: 2, growth: 2 };
const whole = { ...two, lastActual: 0, actual: 0 };
type Entry = Pick<DemoIndicator, "code" | "shortName" | "owner"> & Partial<DemoIndicator>;

/**
 * The catalogue of the real report, in the order of its table; official names and units are the table's own. The second
 * office confirms: statistics are the 统计局's whoever gathers them.
 */
const ENTRIES: readonly Entry[] = [
  { code: "gdp", shortName: "地区生产总值", aliases: ["GDP", "生产总值"], owner: "tjj", basis: "constant" },
  {
    code: "farm-output",
    shortName: "农林牧渔业总产值",
    aliases: ["农业总产值"],
    owner: "nyncj",
    confirmer: "tjj",
    basis: "constant",
  },
  {
    code: "industrial-output",
    shortName: "规模工业总产值",
    aliases: ["规模以上工业总产值", "规上工业产值"],
    owner: "gxj",
    confirmer: "tjj",
  },
  {
    code: "industrial-added",
    shortName: "规模工业增加值",
    aliases: ["规模以上工业增加值", "规上工业增加值"],
    owner: "gxj",
    confirmer: "tjj",
    kind: "growth-only",
    basis: "constant",
  },
  { code: "investment", shortName: "固定资产投资", aliases: ["固投"], owner: "fgj", confirmer: "tjj" },
  { code: "budget-total", shortName: "一般公共预算总收入", aliases: ["财政总收入"], owner: "czj" },
  { code: "budget-local", shortName: "地方一般公共预算收入", aliases: ["地方级财政收入"], owner: "czj" },
  {
    code: "foreign-capital",
    shortName: "实际利用外资",
    aliases: ["实际使用外资", "利用外资"],
    owner: "swj",
    decimals: { ...two, lastActual: 0 },
  },
  { code: "trade", shortName: "外贸进出口", aliases: ["进出口总额", "外贸"], owner: "swj" },
  { code: "tertiary", shortName: "第三产业增加值", aliases: ["三产增加值"], owner: "tjj", basis: "constant" },
  { code: "retail", shortName: "社会消费品零售总额", aliases: ["社零", "社消零"], owner: "swj", confirmer: "tjj" },
  {
    code: "urban-income",
    shortName: "城镇居民人均可支配收入",
    aliases: ["城镇居民收入"],
    owner: "tjj",
    decimals: whole,
  },
  { code: "rural-income", shortName: "农村居民人均可支配收入", aliases: ["农民收入"], owner: "tjj", decimals: whole },
];

export type DemoRow = DemoIndicator & Pick<IndicatorRow, "figures" | "completionReason">;

/** Why the printed completion of the tertiary sector stands: with the plan before rounding it is 56.815… */
const TERTIARY_REASON = "按未四舍五入的年度计划数计算。";

/**
 * The table of the real report as rows of the catalogue, cell by cell; `csv` is the annex, header row first, without
 * quoted cells. Derived completions are left to the rule, but for the one that the print gives otherwise. Throws when
 * a row has no entry, and when a cell cannot be read.
 */
export function readDemoTable(csv: string): DemoRow[] {
  const lines = csv.trimEnd().split(/\r?\n/).slice(1);
  if (lines.length !== ENTRIES.length || csv.includes('"')) throw new Error("The annex is not the one that is known");
  return lines.map((line, index) => {
    const [, officialName = "", unit = "", ...cells] = line.split(",");
    const entry = ENTRIES[index];
    if (!entry) throw new Error(`No entry for ${officialName}`);
    const indicator: DemoIndicator = {
      aliases: [],
      kind: "total",
      basis: "current",
      decimals: two,
      confirmer: null,
      ...entry,
      officialName,
      unit,
    };
    const isEstimate = cells.at(-1)?.includes("预计数") === true;
    const figures: Figures = {};
    for (const [column, field] of FIGURE_FIELDS.entries()) {
      const figure = readCell(field, indicator, cells[column] ?? "", isEstimate);
      if (figure && (field !== "completion" || indicator.code === "tertiary")) figures[field] = figure;
    }
    return { ...indicator, figures, completionReason: figures.completion ? TERTIARY_REASON : null };
  });
}

function readCell(field: FigureField, indicator: Indicator, typed: string, isEstimate: boolean) {
  const parsed = parseFigure(field, { ...indicator, decimals: {} }, typed);
  if ("error" in parsed) throw new Error(`${indicator.officialName}, ${field}: ${parsed.error}`);
  const { figure } = parsed;
  const isOfThisPeriod = field === "actual" || field === "growth";
  return isEstimate && isOfThisPeriod && figure?.state === "number"
    ? { ...figure, state: "estimate" as const }
    : figure;
}
