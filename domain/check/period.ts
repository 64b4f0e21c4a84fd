/**
 * Which time a sentence speaks of. Only figures of the reporting period are the table's: a quarter, a month, 去年同期, the
 * year to come and what is hoped for are other figures. `last` is the whole year before, whose amounts the table has too.
 */
export type Period = "current" | "last" | "other";
export type ReportingPeriod = { year?: number | undefined; half?: 1 | 2 | undefined };

/** Spans of sentences in a text, and the period that holds at an offset of one. */
export type Sentence = { from: number; to: number; periodAt(offset: number): Period };

/**
 * Cuts plain text (quantity.ts, `plainText`) into sentences. A time that opens a sentence holds until another one does; a
 * time within a sentence holds to its end. `base` is what holds where nothing is said.
 */
export function sentencesOf(text: string, reporting: ReportingPeriod, base: Period = "current"): Sentence[] {
  let topic = base;
  return [...text.matchAll(/[^。！？!?\n]+/g)].map((match): Sentence => {
    const from = match.index;
    const inherited = topic;
    const markers = markersOf(match[0], reporting).map((marker) => ({ ...marker, at: marker.at + from }));
    const opening = markers.findLast((marker) => marker.opens);
    if (opening) topic = opening.period;
    return {
      from,
      to: from + match[0].length,
      periodAt: (offset) => markers.findLast(({ at }) => at < offset)?.period ?? inherited,
    };
  });
}

/** Source of the words that name a time, for what reads on behind them. */
export const TIME_SOURCE =
  "(?:(?:今年|本年度?|去年|上年度?|(?:19|20)\\d{2}年度?)(?:的)?(?:上半年|下半年|全年|同期)?(?:以来|末|底)?|" +
  "上半年|下半年|全年|[一二三四]季度|前[一二三]季度|1月?[-—–~～至到]\\d{1,2}月份?|截至目前|截至\\d{1,2}月[底末]?|\\d{1,2}月[份底末]?)";

type Marker = { at: number; period: Period; opens: boolean };

const TIMES =
  /(?<year>今年|本年度?|去年|上年度?|明年|(?:19|20)\d{2}年度?)?(?:的)?(?<part>同期|上半年|下半年|全年|[一二三四]季度|前[一二三]季度|(?<!\d)1月?[-—–~～至到](?<to>\d{1,2})月|截[至止](?<cut>\d{1,2})月|(?<end>\d{1,2})月[末底]|\d{1,2}月)?/g;
/** 比上年, 与去年同期, 自2020年: a time that something is held against, or that begins or ends a span. */
const HELD_AGAINST = /[比较与同超于自由从至]$/;
/** 全年目标, 2024年计划: the plan's name, no time. */
const OF_A_PLAN = /^(?:的)?(?:经济社会发展)?(?:计划|目标|任务|预期|预算|指标|粮食|财政预算)/;
const HOPES =
  /(?<![于过成占超到现达的])(?:(?:预期|主要|奋斗|工作|发展|计划)目标(?:是|为|:|如下)|力争|确保|争取|努力实现|有望)/g;
const BEFORE_AN_OPENING =
  /^(?:[一二三四五六七八九十]是|（[^）]*）|\d+[.、] ?|——|[一二三四五六七八九十]+、|其中，?|[\s，“])*$/;

function markersOf(sentence: string, reporting: ReportingPeriod): Marker[] {
  const markers: Marker[] = [];
  for (const match of sentence.matchAll(TIMES)) {
    const { year, part, to, cut, end } = match.groups ?? {};
    if (year === undefined && part === undefined) continue;
    const before = sentence.slice(0, match.index);
    const after = sentence.slice(match.index + match[0].length);
    if (HELD_AGAINST.test(before) || OF_A_PLAN.test(after)) continue;
    const period = periodOf(yearOf(year, reporting), partOf(part, to ?? cut ?? end), reporting);
    markers.push({ at: match.index, period, opens: BEFORE_AN_OPENING.test(before) });
  }
  for (const match of sentence.matchAll(HOPES)) markers.push({ at: match.index, period: "other", opens: false });
  return markers.toSorted((a, b) => a.at - b.at);
}

function yearOf(year: string | undefined, reporting: ReportingPeriod): Period {
  if (year === undefined || /^[今本]/.test(year)) return "current";
  if (/^[去上]/.test(year)) return "last";
  if (year === "明年") return "other";
  if (reporting.year === undefined) return "current";
  const ago = reporting.year - Number(year.slice(0, 4));
  return ago === 0 ? "current" : ago === 1 ? "last" : "other";
}

type Part = "none" | "first-half" | "whole" | "same-time" | "other";

function partOf(part: string | undefined, lastMonth: string | undefined): Part {
  if (part === undefined) return "none";
  if (part === "同期") return "same-time";
  if (part === "上半年" || lastMonth === "6") return "first-half";
  return part === "全年" || lastMonth === "12" ? "whole" : "other";
}

function periodOf(year: Period, part: Part, { half }: ReportingPeriod): Period {
  if (year === "other" || part === "other") return "other";
  if (part === "same-time") return year === "current" ? "current" : "other";
  if (part === "first-half") return year === "current" && half !== 2 ? "current" : "other";
  if (part === "whole") return year === "last" ? "last" : half === 1 ? "other" : "current";
  return year;
}
