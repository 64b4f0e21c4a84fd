import type { FigureField } from "../../indicator/figure";
import { periodIn, yearsIn, type NamedPeriod } from "./named-period";

export type Column = FigureField | "position" | "name" | "unit";

/** Without these a table cannot be checked against anything. */
export const ESSENTIAL = ["name", "planTotal", "actual"] as const satisfies readonly Column[];

export type Headings = {
  columns: ReadonlyMap<Column, number>;
  /** Headings that say the same as an earlier one, by their indexes. */
  twice: { column: Column; first: number; second: number }[];
  period: NamedPeriod;
};

/**
 * What each heading is of, whatever the county, the year and the order. `title` is what stands above the table. A year
 * in a heading tells last year from this one; where only one year is named, the plan or the half-year says which it is.
 */
export function readHeadings(headings: readonly string[], title: string): Headings {
  const plain = headings.map((heading) => plainHeading(heading));
  const year = yearOf(plain, title);
  const kinds = plain.map((heading) => kindOf(heading, year));
  const actual = kinds.includes("actual");
  const columns = new Map<Column, number>();
  const twice: Headings["twice"] = [];
  for (const [index, kind] of kinds.entries()) {
    const column = resolve(kind, kinds[index - 1] ?? null, actual);
    if (column === null) continue;
    const first = columns.get(column);
    if (first === undefined) columns.set(column, index);
    else twice.push({ column, first, second: index });
  }
  return { columns, twice, period: { year, half: halfOf(plain, kinds, title) } };
}

/** Whether a cell is the heading of the column of names: what a header row is found by. */
export const isNameHeading = (cell: string): boolean => NAME.test(plainHeading(cell));

/** "done" is an amount of which the heading alone does not say of which year; "rank" one that does not say of what. */
type Kind = Column | "done" | "rank" | null;

const NAME =
  /^(?:主要|重要|重点|核心)?(?:国民)?(?:经济|社会)*(?:和|与)?(?:社会)?(?:发展)?(?:主要|预期)?(?:指标|项目)(?:名称)?$|^名称$/;
const UNIT = /^(?:计算|计量|数据)?单位$/;
const REMARK = /^(?:备注|说明|附注|注)/;
const RANK = /站位|位次|排名|排位|名次/;
const GROWTH = /增速|增长|增幅|增减|同比|涨幅|±/;
const PLAN = /计划|目标|预期|预算|任务/;
const COMPLETION = /完成率|完成比例|完成进度/;
const SHARE = /%|百分比|百分率|比例|比重/;
const AMOUNT = /完成|实际|总量|累计|绝对[数值量额]|总额|实绩|执行数|数值|数据|情况|年$|值$|数$|本期|上半年/;
const LAST = /上年|去年|上一年|前一年/;
const THIS = /本年|今年|本期|当年|累计|报告期|上半年|\d月/;
const ONE_MONTH = /当月|本月|当季|本季/;
const SAME_PERIOD = /同期/;

function kindOf(heading: string, year: number | null): Kind {
  if (heading === "" || ONE_MONTH.test(heading)) return null;
  if (/^(?:序号|编号|序|no\.?|#)$/i.test(heading)) return "position";
  if (NAME.test(heading)) return "name";
  if (UNIT.test(heading)) return "unit";
  if (REMARK.test(heading)) return "remark";
  if (RANK.test(heading)) return rankKind(heading);
  // "比上年增长" is this year's growth: the year before is only what it is measured by.
  const own = heading.replace(/[比较](?:上年|去年)(?:同期)?/g, "同比");
  const isLast = LAST.test(own) || isYearBefore(own, year);
  if (PLAN.test(own)) return isLast && !COMPLETION.test(own) ? null : planKind(own);
  if (COMPLETION.test(own)) return isLast ? null : "completion";
  if (GROWTH.test(own)) return isLast ? null : "growth";
  if (SAME_PERIOD.test(own) || !AMOUNT.test(own)) return null;
  if (isLast) return "lastActual";
  return THIS.test(own) || isYear(own, year) ? "actual" : "done";
}

function planKind(heading: string): Kind {
  if (GROWTH.test(heading)) return "planGrowth";
  return COMPLETION.test(heading) || SHARE.test(heading) ? "completion" : "planTotal";
}

function rankKind(heading: string): Kind {
  if (COMPLETION.test(heading) || PLAN.test(heading)) return null;
  if (GROWTH.test(heading)) return "rankGrowth";
  return /总量|总额|完成|绝对/.test(heading) ? "rankTotal" : "rank";
}

/** A rank stands beside what it ranks; an amount without a year is this year's unless another column is. */
function resolve(kind: Kind, before: Kind, hasActual: boolean): Column | null {
  if (kind === "rank") return before === "growth" ? "rankGrowth" : "rankTotal";
  if (kind === "done") return hasActual ? "lastActual" : "actual";
  return kind;
}

/** The report's year: of the plan or the half-year, of the title, or the last of several that headings name. */
function yearOf(headings: readonly string[], title: string): number | null {
  const dated = headings.filter((heading) => PLAN.test(heading) || periodIn(heading).half !== null);
  const [current] = dated.flatMap(yearsIn);
  if (current !== undefined) return current;
  const named = periodIn(title).year;
  if (named !== null) return named;
  const years = [...new Set(headings.flatMap(yearsIn))];
  if (years.length !== 1) return years.length === 0 ? null : Math.max(...years);
  const [only = 0] = years;
  const isOfLast = headings.some((heading) => yearsIn(heading).length === 0 && kindOf(heading, null) === "actual");
  return isOfLast ? only + 1 : only;
}

function halfOf(headings: readonly string[], kinds: readonly Kind[], title: string): 1 | 2 | null {
  const current = headings.filter((_, index) => kinds[index] === "actual" || kinds[index] === "growth");
  const named = [...current, title].map((words) => periodIn(words).half).find((half) => half !== null);
  if (named) return named;
  // 2024年实际完成: a year without months is the whole of it.
  return current.some((heading) => yearsIn(heading).length > 0) ? 2 : null;
}

const isYear = (heading: string, year: number | null): boolean => year !== null && yearsIn(heading).includes(year);
const isYearBefore = (heading: string, year: number | null): boolean =>
  year !== null && !isYear(heading, year) && yearsIn(heading).includes(year - 1);

/** Full-width forms, line breaks and spaces do not matter in a heading; nor does a unit in brackets, but for the %. */
function plainHeading(heading: string): string {
  return heading
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/\((?![^)]*%)(?:[^)]*元|个|人|吨|户|辆|平方米|[^)]*单位[^)]*)\)/g, "");
}
