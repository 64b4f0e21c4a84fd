import type { Sentence } from "./period";
import { COUNT_SOURCE, countOf, digitsFrom, NUMBER_SOURCE } from "./quantity";
import type { Span } from "./text-finding";

/**
 * What a text states besides figures of indicators, as the rules of text-counts, text-repeats and text-structure hold it
 * against the table and against the other paragraphs. All texts are plain (quantity.ts).
 */

/** 13项主要经济指标中，10项顺利完成年度计划，3项基本完成. */
export type IndicatorCount = { all: Count; parts: (Count & { is: "ahead" | "behind" | null })[]; areAllAhead: boolean };
export type Count = Span & { count: number };

const OF_INDICATORS = new RegExp(
  `(?<count>${COUNT_SOURCE})[项个](?:主要|重点|核心|国民|经济|社会|发展|考核|计划|和|年度)*指标(?:任务)?(?:中|里|，)`,
  "dg",
);
const PART = new RegExp(
  `(?<=[，、；中里])(?:其中，?)?(?:有|已有)?(?<count>${COUNT_SOURCE})[项个](?:指标)?(?<said>[^，；、\\d]{0,24})`,
  "dg",
);
const BEHIND = /基本|未|没有|不及|低于|滞后|慢于|落后|有差距|欠/;
const AHEAD = /完成|达到|超|快于|高于|过半|实现/;

export function indicatorCountsIn(text: string, sentences: readonly Sentence[]): IndicatorCount[] {
  return sentences.flatMap(({ from, to, periodAt }) => {
    const matches = [...text.slice(from, to).matchAll(OF_INDICATORS)];
    return matches.flatMap((match, index): IndicatorCount[] => {
      const all = countAt(match, from);
      const rest = from + match.index + match[0].length - 1;
      if (!all || periodAt(rest) !== "current") return [];
      const next = matches[index + 1]?.index;
      const tail = text.slice(rest, next === undefined ? to : from + next);
      const parts = [...tail.matchAll(PART)].flatMap((piece) => {
        const count = countAt(piece, rest);
        const words = piece.groups?.said ?? "";
        const is = BEHIND.test(words) ? ("behind" as const) : AHEAD.test(words) ? ("ahead" as const) : null;
        return count ? [{ ...count, is }] : [];
      });
      const areAllAhead = parts.length === 0 && /^[中里，]*(?:全部|均|都)[^，；。]{0,6}(?:完成|达到|超额)/.test(tail);
      return [{ all, parts, areAllAhead }];
    });
  });
}

function countAt(match: RegExpExecArray, offset: number): Count | null {
  const count = countOf(match.groups?.count ?? "");
  const [from, to] = match.indices?.groups?.count ?? [0, 0];
  return count === null ? null : { count, from: from + offset, to: to + offset };
}

const HALF_DONE =
  /(?<claim>(?:实现|完成|达到)(?:了)?(?:“|‘|"|「)?(?:双过半|时间过半、任务过半|时间任务双过半)(?:”|’|"|」)?)/dg;
const HOPED = /(?:(?:力争|确保|努力|争取|冲刺|奋力|推动|保障|为|要|能否)[^，。；]{0,6}|未|未能|没有|无法)$/;

export function halfDoneClaimsIn(text: string): Span[] {
  return [...text.matchAll(HALF_DONE)].flatMap((match) =>
    HOPED.test(text.slice(0, match.index)) ? [] : [{ from: match.index, to: match.index + match[0].length }],
  );
}

/** How a block is numbered, in printing order of the levels. */
export type Numbering = { level: number; n: number };
const NUMBERINGS: readonly RegExp[] = [
  /^([一二三四五六七八九十]+)、/,
  /^（([一二三四五六七八九十]+)）/,
  /^(\d{1,2})[.．、](?!\d)/,
  /^（(\d{1,2})）/,
  /^([一二三四五六七八九十])是/,
];

export function numberingOf(text: string): Numbering | null {
  for (const [level, pattern] of NUMBERINGS.entries()) {
    const n = countOf(pattern.exec(text)?.[1] ?? "");
    if (n !== null) return { level, n };
  }
  return null;
}

/** 呈现出以下九个特点：, 重点抓好以下九个方面工作： at the end of a block. */
const PROMISE =
  /(?<count>\d{1,2}|(?<=以下)一|[二两三四五六七八九]|[二三]?十[一二三四五六七八九]?)(?:个|大|项|条|点)?(?:方面|特点|特征|亮点|成效|问题|困难|举措|措施|任务|重点|工作|建议|意见)(?<rest>[^，。；:\d]{0,10})[:。]?\s*$/d;

export function promiseIn(text: string): Count | null {
  const match = PROMISE.exec(text);
  const sentence = text.slice(text.lastIndexOf("。", text.length - 2) + 1);
  const isOfWhatFollows = /以下|如下|下列|呈现|抓好|做好|突出|聚焦|围绕|存在|着力|开展|重点|主要|[:]\s*$/.test(
    sentence,
  );
  return match && isOfWhatFollows ? countAt(match, 0) : null;
}

/** Three shares of one whole, as 0.72:34.18:65.1. */
export type Structure = Span & { shares: readonly [string, string, string]; spans: readonly Span[] };

const TRIPLE = new RegExp(
  `(?<![\\d:.])(?<a>${NUMBER_SOURCE}):(?<b>${NUMBER_SOURCE}):(?<c>${NUMBER_SOURCE})(?![\\d:])`,
  "dg",
);

export function structuresIn(text: string): Structure[] {
  return [...text.matchAll(TRIPLE)].flatMap((match): Structure[] => {
    const before = text.slice(Math.max(text.lastIndexOf("。", match.index) + 1, match.index - 60), match.index);
    if (!/结构|三次产业|三产比例|产业比/.test(before)) return [];
    const { a = "", b = "", c = "" } = match.groups ?? {};
    const spans = ["a", "b", "c"].map((group) => {
      const [from, to] = match.indices?.groups?.[group] ?? [0, 0];
      return { from, to };
    });
    const shares = [digitsFrom(a), digitsFrom(b), digitsFrom(c)] as const;
    return [{ from: match.index, to: match.index + match[0].length, shares, spans }];
  });
}

/** A count under a label that is the same wherever it is said: 20 under the letters of 省级重点在建项目, in any order. */
export type Fact = Span & { label: string; words: string; counter: string; count: string };
/** How many of a kind there are: 区属规模工业企业达到261家. */
export type Stock = Span & { label: string; counter: string; count: string };
/** 98家工业企业减产…减停产面达37.5%: a share of a stock that the sentence does not say. */
export type OpenShare = Span & { part: Span; phrase: string; counter: string; count: string; share: string };
/** The numbers in a title: 《…三年行动计划（2024-2026年）》. */
export type Title = Span & { name: string; years: string };

/** Only what is counted by rank or list can be known again elsewhere: 省级重点项目, 规模以上工业企业. */
const COUNTED_KIND = /(?:项目|企业|平台|机构|基地|园区|小区|工程)$/;
const LEVELLED = /(?:国家|中央|省|市|区|县|厅)级?|重点|重大|规模以上|规上|规模工业|限额以上|限上|高新技术/;
/** Words before a label or a count that do not change what is counted; 开工20个 counts something else than 推进20个. */
const VERBS = "列入|纳入|围绕|推进|实施|推动|抓好|紧盯|盯紧|聚焦|服务|安排|共有|现有|有";
const AFTER_LABEL = new RegExp(
  `(?<=^|[，。；、:与和及“”（）]|${VERBS})(?<words>(?!${VERBS}|新增|新建)[一-鿿]{5,20}?)(?<count>\\d+)(?<counter>个|家|项|户|宗)`,
  "dg",
);
const BEFORE_LABEL = new RegExp(
  `(?<=^|[，。；、:与和及的]|${VERBS})(?<count>\\d+)(?<counter>个|家|项|户|宗)(?<words>[一-鿿]{5,20}?)(?=$|[，。；、:与和及“”（）])`,
  "dg",
);

export function factsIn(text: string, sentences: readonly Sentence[]): Fact[] {
  return sentences.flatMap(({ from, to, periodAt }) => {
    const said = text.slice(from, to);
    return [AFTER_LABEL, BEFORE_LABEL].flatMap((pattern) =>
      [...said.matchAll(pattern)].flatMap((match): Fact[] => {
        const { words = "", count = "", counter = "" } = match.groups ?? {};
        const [start, end] = match.indices?.groups?.count ?? [0, 0];
        if (!LEVELLED.test(words) || !COUNTED_KIND.test(words) || /[其约近超]|新增|申报|推荐/.test(words)) return [];
        if (periodAt(from + start) === "last") return [];
        const label = [...words].toSorted().join("");
        return [{ label, words, counter, count, from: from + start, to: from + end + counter.length }];
      }),
    );
  });
}

const STOCK =
  /(?<label>[一-鿿]{4,16}?)(?:总数|数量|累计)?(?:已)?(?:达到|达|共有|现有|为|共)(?<count>\d+)(?<counter>家|户|个)/dg;

export function stocksIn(text: string): Stock[] {
  return [...text.matchAll(STOCK)].flatMap((match): Stock[] => {
    const { label = "", count = "", counter = "" } = match.groups ?? {};
    const [from, to] = match.indices?.groups?.count ?? [0, 0];
    return /新增|申报|其中/.test(label) ? [] : [{ label, count, counter, from, to: to + counter.length }];
  });
}

const OPEN_SHARE = new RegExp(
  `(?:共有?|有)?(?<count>\\d+)(?<counter>家|户|个)(?<phrase>[一-鿿]{4,16})[^。；%]{0,120}?面(?:达到?|为)(?<share>${NUMBER_SOURCE})%`,
  "dg",
);

export function openSharesIn(text: string, sentences: readonly Sentence[]): OpenShare[] {
  return sentences.flatMap((sentence) => {
    const said = text.slice(sentence.from, sentence.to);
    if (/\d[家户个][^，。；\d]{0,20}中/.test(said)) return [];
    const [match] = said.matchAll(OPEN_SHARE);
    const { count = "", counter = "", phrase = "", share = "" } = match?.groups ?? {};
    const [countSpan, shareSpan] = [match?.indices?.groups?.count, match?.indices?.groups?.share];
    if (!countSpan || !shareSpan) return [];
    const shifted = ([from, to]: readonly [number, number]): Span => ({
      from: from + sentence.from,
      to: to + sentence.from,
    });
    return [{ ...shifted(shareSpan), part: shifted(countSpan), phrase, counter, count, share: digitsFrom(share) }];
  });
}

const TITLE = /《(?<words>[^《》]{6,80})》/dg;
const YEARS = /\d{4}年?[-—–~～至]\d{4}/;

export function titlesIn(text: string): Title[] {
  return [...text.matchAll(TITLE)].flatMap((match): Title[] => {
    const words = match.groups?.words ?? "";
    const years = YEARS.exec(words);
    if (!years) return [];
    const name = words.replace(YEARS, "");
    return [{ name, years: years[0], from: match.index, to: match.index + match[0].length }];
  });
}
