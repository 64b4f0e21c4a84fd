import type { FigureField, Indicator } from "../figure";

/** The heading of the template's hidden column. */
export const CODE_HEADING = "指标代码";

export type Column = FigureField | "position" | "name" | "unit" | "code";
/** `year` and `half` as the heading says them, null where it does not. */
export type Heading = { column: Column; year: number | null; half: 1 | 2 | null };

/**
 * Which column a heading is of, in the words of the annex or near them; null for none that is known. A year makes
 * 实际完成 last year's when it is before `year`, the report's.
 */
export function headingOf(text: string, year: number): Heading | null {
  const bare = text.normalize("NFKC").replace(/\s+|\([^)]*\)|%/g, "");
  const said = /(\d{4})年/.exec(bare);
  const half = /上半年|1[-—~至到]6月/.test(bare) ? 1 : /全年|1[-—~至到]12月/.test(bare) ? 2 : null;
  const saidYear = said ? Number(said[1]) : null;
  const column = columnOf(bare, saidYear !== null && saidYear < year && half === null);
  return column && { column, year: saidYear, half };
}

/** Which of the indicators a row means, by code, else by one of its names; null for none, or for more than one. */
export function indicatorOf(indicators: readonly Indicator[], code: string, name: string): Indicator | null {
  const byCode = indicators.find((each) => each.code === code);
  if (byCode) return byCode;
  const wanted = bareName(name);
  if (wanted === "") return null;
  const named = indicators.filter((each) => namesOf(each).some((own) => bareName(own) === wanted));
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** True when a row carries the code of one indicator and a name of another: somebody has moved names or codes. */
export function isMixedUp(indicators: readonly Indicator[], code: string, name: string): boolean {
  const byName = indicatorOf(indicators, "", name);
  const byCode = indicators.find((each) => each.code === code);
  return byName !== null && byCode !== undefined && byName.code !== byCode.code;
}

function columnOf(bare: string, isEarlier: boolean): Column | null {
  if (/^(?:序号|编号)$/.test(bare)) return "position";
  if (bare === CODE_HEADING || bare === "代码") return "code";
  if (/^(?:主要)?(?:经济)?指标(?:名称)?$|^名称$/.test(bare)) return "name";
  if (/^(?:计算|计量)?单位$/.test(bare)) return "unit";
  if (bare.startsWith("备注")) return "remark";
  if (/站位|位次|排名|名次/.test(bare)) {
    if (/增速|增长|增幅/.test(bare)) return "rankGrowth";
    return /总量|完成/.test(bare) ? "rankTotal" : null;
  }
  if (/完成率|完成年度计划|完成计划/.test(bare)) return "completion";
  if (/计划|目标/.test(bare)) return /增速|增长|增幅/.test(bare) ? "planGrowth" : "planTotal";
  if (/增速|增长|增幅|同比/.test(bare)) return isEarlier ? null : "growth";
  if (!/完成|实绩|实际/.test(bare) || bare.includes("同期")) return null;
  return isEarlier || /上年|去年/.test(bare) ? "lastActual" : "actual";
}

const namesOf = (indicator: Indicator): string[] => [indicator.officialName, indicator.shortName, ...indicator.aliases];

/** Without spaces, a number before it (3. or （3）) and a unit in brackets behind it. */
const bareName = (name: string): string =>
  name
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/^(?:\(\d+\)|\d+[.、])/, "")
    .replace(/\([^)]*\)$/, "");
