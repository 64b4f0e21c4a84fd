import { Decimal } from "decimal.js";
import { decimalsOf } from "../indicator/figure";
import type { CheckBlock, Finding } from "./finding";
import { add, displayed, divide, exactly, multiply, overlap, subtract, type Interval } from "./interval";
import type { Sentence } from "./period";
import { countOf, digitsFrom, NUMBER_SOURCE, UNIT_SOURCE } from "./quantity";
import { structuresIn } from "./text-facts";
import { inBlock, textFinding, type Span } from "./text-finding";

/**
 * What the words of one paragraph say of each other, without the table: R3 由…提高到…, R5 a structure adds up to 100, R7 一是…二是,
 * R8 a share of two numbers of the sentence, R9 a partition, R12 增长-4.03%. Each takes part only where the words leave no
 * doubt of the relation.
 */
export function arithmeticOf(block: CheckBlock, text: string, sentences: readonly Sentence[]): Finding[] {
  const local = sentences.flatMap((sentence) => {
    const said: Said = { block: block.id, text: text.slice(sentence.from, sentence.to), at: sentence.from };
    return [...signWords(said), ...changeOfRate(said), ...shareOfTwo(said), ...shareOfPlan(said), ...partition(said)];
  });
  return [...local, ...structureSums(block.id, text), ...enumeration(block.id, text)];
}

type Said = { block: string; text: string; at: number };

/** The stretch of a sentence that one group of a match covers, in the block's offsets. */
function spanOf(said: Said, match: RegExpExecArray, group?: string): Span {
  const [from, to] = group === undefined ? [match.index, match.index + match[0].length] : groupSpan(match, group);
  return { from: said.at + from, to: said.at + to };
}

function groupSpan(match: RegExpExecArray, group: string): readonly [number, number] {
  return match.indices?.groups?.[group] ?? [match.index, match.index + match[0].length];
}

const all = (pattern: RegExp, text: string): RegExpExecArray[] => [...text.matchAll(pattern)];
const part = (match: RegExpExecArray, group: string): string => match.groups?.[group] ?? "";
const number = (match: RegExpExecArray, group: string): string => digitsFrom(part(match, group));

const SIGNED =
  /(?<verb>增长|增加|上升|提高|下降|减少|降低|回落)\s*-(?<digits>\d+(?:\.\d+)?)(?<unit>%|个?百分点|[万亿]?美?元)?/g;

/** R12. */
function signWords(said: Said): Finding[] {
  return all(SIGNED, said.text).map((match) =>
    textFinding({
      rule: "R12",
      severity: "warning",
      says: "text-sign-word",
      block: said.block,
      ...spanOf(said, match),
      what: "sign",
      stated: match[0],
      expected: `${FALL_OF[part(match, "verb")] ?? part(match, "verb")}${part(match, "digits")}${part(match, "unit")}`,
    }),
  );
}

const FALL_OF: Record<string, string> = { 增长: "下降", 增加: "减少", 上升: "下降", 提高: "下降" };

const FROM_TO = new RegExp(
  `[由从][^，。；\\d]{0,12}(?<old>${NUMBER_SOURCE})%(?:提高|上升|提升|增加|增长|下降|降低|回落|减少|降)(?:到|至)(?:[^，。；\\d]{0,8})(?<now>${NUMBER_SOURCE})%，?(?:共|累计|同比)?(?<verb>提高|上升|提升|增加|下降|降低|回落|减少|降)了?(?<stated>${NUMBER_SOURCE})个?百分点`,
  "dg",
);

/** R3: 由51.2%提高到53.8%，提高2.6个百分点. Both rates are rounded: what they allow is only a notice. */
function changeOfRate(said: Said): Finding[] {
  return all(FROM_TO, said.text).flatMap((match) => {
    const [old, now, stated] = [number(match, "old"), number(match, "now"), number(match, "stated")];
    const signed = /降|回落|减/.test(part(match, "verb")) ? `-${stated}` : stated;
    const expected = new Decimal(now).minus(old);
    if (expected.eq(signed)) return [];
    const holds = overlap(displayed(signed), subtract(displayed(now), displayed(old)));
    return [
      textFinding({
        rule: "R3",
        severity: holds ? "info" : "error",
        says: "text-change-of-rate",
        params: { old, now },
        block: said.block,
        ...spanOf(said, match, "stated"),
        what: `${old}-${now}`,
        stated,
        expected: expected.toFixed(decimalsOf(stated)),
      }),
    ];
  });
}

const COUNTER = "家|个|户|项|宗|件|人|名|所|座|条|辆|台|起|场|批|只";
const RATIO_LEAD =
  "(?:占(?:比|总数|总量|全部|全区|全县|其)?(?:的|比重|比例)?|(?:[一-鿿]{1,6}[面率]|比重|比例|占比))(?:达到?|为|约|是)?";
const OF_SET = new RegExp(
  `(?<whole>\\d+)(?<counter>${COUNTER})(?<noun>[^，。；\\d]{0,20}?)(?<of>中|里|，其中)，?(?:已有|共有|有)?(?<part>\\d+)\\k<counter>[^；。%]{0,120}?(?<lead>${RATIO_LEAD})(?<share>${NUMBER_SOURCE})%`,
  "dg",
);
const DONE_OF = new RegExp(
  `(?<whole>\\d+)(?<counter>${COUNTER})[^，。；\\d]{2,20}?(?:已|已经|实际)?(?<verb>开工|竣工|完工|投产|签约|落地|办结|建成|整改)(?<part>\\d+)\\k<counter>，\\k<verb>率(?:达到?|为)?(?<share>${NUMBER_SOURCE})%`,
  "dg",
);
const SHARES_SAID = /占|比重|比例|面(?:达|为|$)|[产停降升复工业成签约合格达标办结开]率?(?:达|为|$)/;

/**
 * R8: 31家出口企业中有11家企业出口下降明显，下降面达35%; 92个计划新开工项目已开工51个，开工率55.4%. Counts are exact, the share is
 * rounded.
 */
function shareOfTwo(said: Said): Finding[] {
  const done = all(DONE_OF, said.text).flatMap((match) => {
    const [whole, some, share] = [part(match, "whole"), part(match, "part"), number(match, "share")];
    return shareFinding(said, match, { some: exactly(some), whole: exactly(whole), share, words: `${some}/${whole}` });
  });
  const ofSet = all(OF_SET, said.text).flatMap((match) => {
    const [whole, some, share] = [part(match, "whole"), part(match, "part"), number(match, "share")];
    const between = match[0].slice(match[0].indexOf(some, whole.length) + some.length);
    const counts = all(new RegExp(`\\d+(?:${part(match, "counter")})`, "g"), between);
    if (counts.length > 0 || !SHARES_SAID.test(part(match, "lead"))) return [];
    // 98家减产，其中15家停产，减停产面达37.5% is a share of neither.
    if (part(match, "of").includes("其中") && !/占|比/.test(part(match, "lead"))) return [];
    return shareFinding(said, match, { some: exactly(some), whole: exactly(whole), share, words: `${some}/${whole}` });
  });
  return [...done, ...ofSet];
}

const OF_PLAN = new RegExp(
  `(?:年度|全年|年)?(?:计划|目标|任务)(?:完成)?(?:投资|总投资|资金)?(?:为|是|数)?(?<whole>${NUMBER_SOURCE})(?<unit>${UNIT_SOURCE})，(?:上半年|目前|截至[^，。；\\d]{0,6}|1[-—~～至]\\d{1,2}月|全年)?，?(?:已|累计|实际|共)*(?:完成|实现)(?:投资|总投资|资金)?(?<part>${NUMBER_SOURCE})\\k<unit>，(?:完成率|占(?:年度|全年|年)?(?:计划|目标|任务)[^，。；\\d]{0,4}?|完成(?:年度|全年|年)?(?:计划|目标|任务)[^，。；\\d]{0,4}?)(?:为|达到?|的)?(?<share>${NUMBER_SOURCE})%`,
  "dg",
);

/** R8: 年度计划投资30亿元，已完成投资18亿元，完成年度计划的60%. */
function shareOfPlan(said: Said): Finding[] {
  return all(OF_PLAN, said.text).flatMap((match) => {
    const [whole, some, share] = [number(match, "whole"), number(match, "part"), number(match, "share")];
    return shareFinding(said, match, {
      some: displayed(some),
      whole: displayed(whole),
      share,
      words: `${some}/${whole}`,
    });
  });
}

type Share = { some: Interval; whole: Interval; share: string; words: string };

function shareFinding(said: Said, match: RegExpExecArray, { some, whole, share, words }: Share): Finding[] {
  const ratio = divide(multiply(some, exactly(100)), whole);
  if (!ratio || overlap(ratio, displayed(share))) return [];
  const span = spanOf(said, match, "share");
  return [
    textFinding({
      rule: "R8",
      severity: "warning",
      says: "text-share",
      params: { words },
      block: said.block,
      from: span.from,
      to: span.to + 1,
      what: words,
      stated: `${share}%`,
      expected: `${middle(ratio, decimalsOf(share))}%`,
      also: [inBlock(said.block, spanOf(said, match, "whole")), inBlock(said.block, spanOf(said, match, "part"))],
    }),
  ];
}

export const middle = ({ low, high }: Interval, decimals: number): string =>
  low.plus(high).div(2).toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP).toFixed(decimals);

const COUNTED = /(?<count>\d+)(?<counter>个|家|户|项|宗|所|条|座|件|名|处)/dg;
/** A sentence with more is a list and no partition; every count is tried as the whole of the others. */
const MOST_COUNTS = 40;
const BEFORE_A_PART = /^(?:截至目前|目前|其中|已有|现有|还有|另有|其余|剩余|尚有|有|:)*$/;
/** Stages that one thing cannot be in at once. */
const STAGE = /^(?:已|正|未|尚未|处于|在建|促|开工|竣工|完工|投产|建成|办结|通过|签约|落地|完成|推进|前期|整改)/;

/**
 * R9: 69个…项目…，46个项目已开工，11个项目…，6个项目…: clauses that begin with a count of the same things, or of stages of
 * them. After 其中 the parts may be a choice, so there only stages count.
 */
function partition(said: Said): Finding[] {
  const counts = all(COUNTED, said.text);
  if (counts.length > MOST_COUNTS) return [];
  const clauses = clausesOf(said.text);
  const taken = new Set<number>();
  return counts.flatMap((whole, index) => {
    if (taken.has(whole.index)) return [];
    if (/[^\d]指标/.test(said.text.slice(whole.index, whole.index + 12))) return [];
    const clause = clauses.findIndex(({ from, to }) => from <= whole.index && whole.index < to);
    const phrase = said.text.slice(whole.index + whole[0].length, clauses[clause]?.to);
    if (clause === -1 || counts[index + 1] === undefined) return [];
    const parts = partsAfter(said.text, clauses.slice(clause + 1), counts, part(whole, "counter"));
    const [first] = parts;
    if (!first || parts.length < 2) return [];
    const noun = sharedNoun(phrase, parts);
    const areStages = parts.every(({ after }) => STAGE.test(after.slice(noun.length)));
    if (!(areStages || (noun !== "" && !first.isChoice))) return [];
    for (const { span } of parts) taken.add(span.from);
    const sum = parts.reduce((total, { count }) => total + count, 0);
    const stated = Number(part(whole, "count"));
    if (sum === stated || parts.some(({ count }) => count >= stated)) return [];
    const terms = parts.map(({ count }) => count).join("+");
    return [
      textFinding({
        rule: "R9",
        severity: "warning",
        says: "text-partition",
        params: { terms, sum, difference: Math.abs(stated - sum) },
        block: said.block,
        ...spanOf(said, whole),
        what: `parts-${noun}`,
        stated: String(stated),
        expected: `${terms}=${sum}`,
        also: parts.map(({ span }) => inBlock(said.block, { from: said.at + span.from, to: said.at + span.to })),
      }),
    ];
  });
}

type Part = { count: number; after: string; isChoice: boolean; span: Span };

/** The first unbroken run of clauses that begin with a count by the same word; clauses without a count may go before. */
function partsAfter(
  text: string,
  clauses: readonly Span[],
  counts: readonly RegExpExecArray[],
  counter: string,
): Part[] {
  const parts: Part[] = [];
  let isChoice = false;
  for (const { from, to } of clauses) {
    const count = counts.find(({ index }) => index >= from && index < to);
    const before = count ? text.slice(from, count.index) : text.slice(from, to);
    if (before.includes("其中")) isChoice = true;
    if (!count && parts.length === 0) continue;
    if (!count || part(count, "counter") !== counter || !BEFORE_A_PART.test(before)) break;
    const end = count.index + count[0].length;
    parts.push({
      count: Number(part(count, "count")),
      after: text.slice(end, to),
      isChoice,
      span: { from: count.index, to: end },
    });
  }
  return parts;
}

/** The word that every part counts and the whole's phrase has too: 项目. Empty when they share none. */
function sharedNoun(phrase: string, parts: readonly Part[]): string {
  const [first] = parts;
  for (let length = Math.min(8, first?.after.length ?? 0); length >= 2; length -= 1) {
    const noun = first?.after.slice(0, length) ?? "";
    if (phrase.includes(noun) && parts.every(({ after }) => after.startsWith(noun))) return noun;
  }
  return "";
}

const clausesOf = (text: string): Span[] =>
  all(/[^，；、:]+/g, text).map((match) => ({ from: match.index, to: match.index + match[0].length }));

/** R5: beyond rounding it is an error; 99.99 and 100.1 are worth a glance. */
function structureSums(block: string, text: string): Finding[] {
  return structuresIn(text).flatMap(({ from, to, shares }) => {
    const sum = shares.reduce((total, share) => total.plus(share), new Decimal(0));
    if (sum.eq(100)) return [];
    const [a, b, c] = shares.map(displayed);
    const holds = a && b && c && overlap(add(add(a, b), c), exactly(100));
    return [
      textFinding({
        rule: "R5",
        severity: holds ? "info" : "error",
        says: holds ? "text-structure-rounding" : "text-structure-sum",
        params: { sum: sum.toFixed() },
        block,
        from,
        to,
        what: "sum",
        stated: text.slice(from, to),
        expected: "100",
      }),
    ];
  });
}

const ORDINAL_IS = /(?<=^|[。；，:！])(?<n>[一二三四五六七八九十])是/dg;
const ANNOUNCED =
  /(?<count>\d+|[二两三四五六七八九]|十[一二三四五]?)(?:个|项|大|条|点|方面)(?:主要|重点|关键|方面)*(?:特点|问题|原因|困难|举措|措施|任务|工作|行动|抓手|重点|突破)?[^。；，\d]{0,8}[:。，]$/d;

/** R7: 一是, 二是, 四是 miss one; 三项工作：一是…二是… promise one more. */
function enumeration(block: string, text: string): Finding[] {
  const marks = all(ORDINAL_IS, text).map((match) => ({ at: match.index, n: countOf(part(match, "n")) ?? 0 }));
  const findings: Finding[] = [];
  for (const [index, { at, n }] of marks.entries()) {
    const before = marks[index - 1];
    // A second list may begin again, but never with 一是 alone.
    const begins = n === 1 && (marks[index + 1]?.n === 2 || before?.n === 1);
    if (begins || !before || n === before.n + 1) continue;
    findings.push(
      textFinding({
        rule: "R7",
        severity: "warning",
        says: "text-enumeration",
        block,
        from: at,
        to: at + 2,
        what: `after-${before.n}`,
        stated: text.slice(at, at + 2),
        expected: `${"一二三四五六七八九十"[before.n] ?? ""}是`,
      }),
    );
  }
  for (const [index, { at, n }] of marks.entries()) {
    if (n !== 1) continue;
    const announced = ANNOUNCED.exec(text.slice(Math.max(0, at - 40), at));
    const promised = announced ? countOf(part(announced, "count")) : null;
    let count = 1;
    while ((marks[index + count]?.n ?? 1) !== 1) count += 1;
    if (!announced || promised === null || promised === count) continue;
    const from = Math.max(0, at - 40) + groupSpan(announced, "count")[0];
    findings.push(
      textFinding({
        rule: "R7",
        severity: "warning",
        says: "text-announced",
        params: { count },
        block,
        from,
        to: from + part(announced, "count").length,
        what: "announced",
        stated: part(announced, "count"),
        expected: String(count),
      }),
    );
  }
  return findings;
}
