import type { BoundField, FigureForm } from "../indicator/binding";
import type { Lexicon, NameHit, Subject } from "./names";
import { sentencesOf, TIME_SOURCE, type Period, type ReportingPeriod, type Sentence } from "./period";
import { COUNT_SOURCE, countOf, digitsFrom, NUMBER_SOURCE, UNIT_SOURCE, unitOf } from "./quantity";

/**
 * A number in prose, and which figure of which indicator it states. Read from the words alone: what the table says is not
 * looked at here, so that a block is read once however often the figures change.
 */
export type Statement = {
  /** The words that a node of `form` stands for: 481.35亿元, 51.4%, 下降4.03%, 高于计划增速10.1个百分点, 第二. */
  from: number;
  to: number;
  indicator: string;
  field: StatedField;
  form: FigureForm;
  /** With its sign: 下降4.03% is "-4.03". */
  digits: string;
  /** As written, null where there is none. */
  unit: string | null;
  /** 预计 is said of it. */
  isEstimate: boolean;
  /** The words leave room for another meaning: counts only where the digits are the table's. */
  isUnsure: boolean;
  /** A bare 全市第二 may be of the amount or of the growth. */
  isEitherRank: boolean;
  /** False where a part of its words stands elsewhere (分别下降6.8%和3.3%, 均居全市第一): no node can stand in its place. */
  isWhole: boolean;
};
/** "pace": 超序时进度1.4个百分点, which no node can say. */
export type StatedField = BoundField | "pace";

export type ReadingOptions = ReportingPeriod & {
  /** What holds where the text names no time: "other" under a heading on the months to come. */
  base?: Period | undefined;
  /** 全市 is this place itself, a county-level city, and not the city above it. */
  isCity?: boolean | undefined;
  /** Of whom a bullet speaks that names no indicator. */
  subject?: string | undefined;
};

export type TextReading = { sentences: Sentence[]; names: NameHit[]; statements: Statement[] };

/**
 * What a paragraph states of indicators; `text` is plain (quantity.ts). A name governs until the next name or the end of
 * the sentence, and only while the words between are those that join a name to its figures: at 其中, or at a number that
 * something else has, it ends. Each figure is taken once. 分别 speaks of all the names of an unbroken chain.
 */
export function readStatements(text: string, lexicon: Lexicon, options: ReadingOptions = {}): TextReading {
  const sentences = sentencesOf(text, options, options.base);
  const names: NameHit[] = [];
  const statements: Statement[] = [];
  for (const sentence of sentences) {
    const said = text.slice(sentence.from, sentence.to);
    const hits = lexicon
      .find(said)
      .map((hit) => ({ ...hit, from: hit.from + sentence.from, to: hit.to + sentence.from }))
      .filter((hit) => !HELD_AGAINST.test(text.slice(Math.max(sentence.from, hit.from - 8), hit.from)))
      .filter((hit) => !hit.isLoose || (/生产总值|GDP|增加值/i.test(said) && !/投资|用电|税|贷款|从业/.test(said)));
    names.push(...hits);
    let chain: string[] = [];
    for (const group of groupsOf(text, hits)) {
      const scan = { text, end: Math.min(group.end, sentence.to), sentence, lexicon };
      if (isOfAnother(text, sentence, group, options.isCity ?? false)) {
        chain = [];
      } else if (group.codes.length > 1) {
        statements.push(...readList(scan, group.codes, group.to));
        chain = [];
      } else {
        const run = readRun(scan, group.codes[0], group.to);
        chain.push(...group.codes);
        statements.push(...run.statements);
        if (chain.length > 1) statements.push(...readList(scan, chain, run.pos));
        if (!BETWEEN_NAMES.test(text.slice(run.pos, scan.end))) chain = [];
      }
    }
  }
  const [first] = sentences;
  if (statements.length === 0 && names.length === 0 && options.subject !== undefined && first) {
    const start = /(?:预计)?(?:完成|实现|达到|增长|下降)|\d/.exec(text)?.index ?? first.to;
    statements.push(...readRun({ text, end: first.to, sentence: first, lexicon }, options.subject, start).statements);
  }
  return { sentences, names, statements };
}

/** What may stand between the last figure of one name and the next name, for 分别 to be of both. */
const BETWEEN_NAMES = /^(?:[、，；和与及\s]|以及|[全我本][区县市])*$/;

/** Names joined by 、 or 和, and how far what follows can be of them. */
type Group = { codes: string[]; from: number; to: number; end: number };
type Scan = { text: string; end: number; sentence: Sentence; lexicon: Lexicon };

/** 占地区生产总值, 高于固定资产投资增速: the name is held against, and the subject before it goes on. */
const HELD_AGAINST = /(?:占|占全[区县市州]|比|高于|低于|快于|慢于|高出|超过|优于)(?:全[区县])?$/;
/** 人均地区生产总值, 单位GDP能耗, 限上社会消费品零售总额, 某镇固定资产投资: another quantity, or another's. */
const OF_ANOTHER_BEFORE =
  /(?:对|对全[区县]|拉动|拉高|拉低|带动|影响|单位|[万亿]元|人均|民营|技改|限额以上|限上|省|全[国州]|设区市|高技术|制造业|房地产|基础设施|服务业|城镇|常住|[镇乡村]|街道|开发区|工业区|园区|高新区|经开区|集团|公司|企业)$/;
const OF_ANOTHER_AFTER =
  /^(?:率|企业|项目|能耗|电耗|水耗|用电|税|支出|用地|贡献|从业|就业|入库|专项|缺口|合同|投资|投入)/;

function groupsOf(text: string, hits: readonly NameHit[]): Group[] {
  const groups: Group[] = [];
  for (const hit of hits) {
    const open = groups.at(-1);
    const between = open ? text.slice(open.to, hit.from) : "";
    if (open && /^(?:（[^（）]*）)?(?:[、和与及]|以及)(?:全[区县])?$/.test(between)) {
      open.codes.push(...hit.codes);
      open.to = hit.to;
      open.end = Number.POSITIVE_INFINITY;
      continue;
    }
    if (open) open.end = hit.from;
    groups.push({ codes: [...hit.codes], from: hit.from, to: hit.to, end: Number.POSITIVE_INFINITY });
  }
  return groups;
}

function isOfAnother(text: string, sentence: Sentence, group: Group, isCity: boolean): boolean {
  const before = text.slice(Math.max(sentence.from, group.from - 8), group.from);
  if (!isCity && /[一-鿿]市(?:的|实现|完成)?$/.test(before)) return true;
  return OF_ANOTHER_BEFORE.test(before) || OF_ANOTHER_AFTER.test(text.slice(group.to, group.to + 4));
}

const N = `(?<n>${NUMBER_SOURCE})`;
const ABOUT = "(?<about>大约|约为|约|将近|接近|近|超过|超出|超|突破|逾|不足|不到|至少)?\\s*";
const MORE = "\\s*(?<more>余|多)?\\s*";
const OR_SO = "(?<orSo>左右|以上|以内|以下|上下|多|余|\\s*[~～—–-]\\s*\\d+(?:\\.\\d+)?\\s*%?)?";
const PERCENT = `${ABOUT}${N}${MORE}(?<unit>%|个?百分点)${OR_SO}`;
const AMOUNT = `${ABOUT}${N}${MORE}(?<unit>${UNIT_SOURCE}|万亿|亿|万)?${OR_SO}`;
const OF_PLAN = "(?:全年|年度|年初|当年|今年|年|全区|全县|(?:19|20)\\d{2}年(?:度)?)?(?:的)?";
const PLAN = "(?:预期目标|计划目标|目标任务|计划任务|计划|目标|预期|预算|任务)";
const GROWS = "(?:增速|增长|增幅)";
const POINTS = `${N}\\s*(?<unit>个?百分点|%)${OR_SO}`;
const RANK_VERB =
  "(?:位居|位列|位于|居于|居|列|排名|排位|排在|排|名列|稳居|跃居|升至|均|继续|保持|暂|处于|处|达到|为|在)*";
const CITY =
  "(?:全[市州盟]|(?<=[居列于名位排在])[一-鿿]{2,3}[市州盟])(?:\\d+个)?(?:各?县[^，。；、\\d]{0,9}|各?区县)?(?:中|里)?";
const ORDINAL = `第(?:${COUNT_SOURCE})(?!产业|季度|批|次|届)`;
const PLACE = "[名位]?";

const at = (source: string): RegExp => new RegExp(source, "dy");

const PLAN_GROWTH = at(`(?:${OF_PLAN}${PLAN}${GROWS}(?:目标)?|${GROWS}${PLAN})(?:为|是|达到?)?${PERCENT}`);
const BEYOND_PLAN = at(
  `(?<side>高于|低于|超过|超出|超|快于|慢于|高出|落后于?|滞后于?)(?<plan>${OF_PLAN}${PLAN}(?:的)?(?<what>${GROWS})?(?:目标)?)${POINTS}`,
);
const THAN_PLAN = at(`比${OF_PLAN}${PLAN}(?:的)?(?<what>${GROWS})?(?:目标)?(?<side>高出?|低|快|慢|多)${POINTS}`);
const LEVEL_WITH_PLAN = at(`(?:与|和|同)${OF_PLAN}${PLAN}${GROWS}(?:目标)?(?:相同|持平)`);
const BEYOND_PACE = at(
  `(?:(?<side>高于|低于|超过|超出|超|快于|慢于|落后于?|滞后于?)(?:序时|时间|时序)进度|比(?:序时|时间|时序)进度(?<than>高出?|低|快|慢))${POINTS}`,
);
const COMPLETION = at(
  `(?:(?:(?:完成|占|相当于|实现)了?${OF_PLAN}${PLAN}(?:数|值|总量|总额)?的?|(?:为|达到?)?${OF_PLAN}${PLAN}(?:数|值|总量|总额)?的)(?:比重|比例)?(?:为|达到?)?|(?:计划|目标)?(?:完成率|完成比例|完成进度)(?:为|达到?|是)?)${PERCENT}`,
);
const PLAN_TOTAL = at(`${OF_PLAN}${PLAN}(?:数|总量|总额|值)?(?:完成|为|是|达到?|安排)?:?${AMOUNT}`);
const SHARE = at(`占[^，。；、\\d]{0,24}${PERCENT}`);
const TWO_RANKS = at(
  `(?<one>总量|总额)(?:和|、|与|及)(?:增速|增幅)(?<each>均|都|分别|双双)?${RANK_VERB}${CITY}${RANK_VERB}(?<r1>${ORDINAL})${PLACE}(?:[、和](?:${CITY})?(?<r2>${ORDINAL})${PLACE})?`,
);
const RANK = at(
  `(?<lead>总量|总额|增速|增幅|完成率)?${RANK_VERB}${CITY}(?:的)?${RANK_VERB}(?:并列)?(?:(?<r1>${ORDINAL})${PLACE}|(?<first>首位|榜首))`,
);
const OTHER_RANK = at(`(?:总量|增速|增幅|均|分别|分)*${RANK_VERB}[^，。；、\\d]{0,8}第(?:${COUNT_SOURCE})${PLACE}`);
const CHAIN = at(`环比[^，。；、\\d]{0,8}-?${NUMBER_SOURCE}\\s*(?:%|个?百分点)`);
const GROWS_TO = at(
  `(?<lead>增速|增幅|涨幅|降幅)?(?:提高|提升|加快|回升|上升|回落|放缓|收窄|下降|下滑|降|扩大)(?:到|至)${PERCENT}`,
);
const GROWTH = at(
  `(?<verb>负增长|增长|比增|比降|增速|增幅|涨幅|降幅|上升|上涨|攀升|提高|提升|增加|扩大|下降|下滑|下跌|减少|降低|回落|增|升|降|减)(?:了|为|达到?|是|:)?(?<minus>负)?${PERCENT}`,
);
const LEVEL = at("(?:(?:与|和|同)?(?:上年|去年)?(?:同期)?(?:相比)?(?<about>基本|大体|大致)?持平|(?<zero>零增长))");
const DIFFERENCE = at(
  `(?:增加|减少|增收|减收|多收|少收|净增|增长|下降|增|减|多|少)(?:了)?${ABOUT}${N}${MORE}(?:${UNIT_SOURCE})`,
);
const JOINING = at(
  `(?:预计|预估|估计|经?初步(?:核算|统计)|共|累计|合计|实现|实际|完成|达到|达|为|是|总量|总额|总值|总规模|同比|名义|可比口径|可比|按(?:可比|不变)价格?计算|按现价计算|(?:比|较|同)(?:上年度?|去年|(?:19|20)\\d{2}年)(?:同期)?(?:相比)?|与(?:上年|去年)同期相比|增速|增幅|均|也|则|已|仅|又|并且|并|且|同时|继续|保持|稳定|的|了|方面|情况|${TIME_SOURCE}|（[^（）\\d]*）|[“”"「」\\s])+`,
);
const HELD_NUMBER = at(
  `(?:高于|低于|快于|慢于|比|较|超过|超|高出|低|高|领先|落后|优于|好于)[^，。；、\\d]{0,24}${NUMBER_SOURCE}\\s*(?:${UNIT_SOURCE}|倍)?`,
);
const VALUE = at(AMOUNT);
/** What may follow an amount of the subject; 481.35亿元的… is of something else. */
const AFTER_VALUE = at(
  '\\s*(?:$|[，。；、:,（）“”"!！?？\\n]|和|与|及|并|且|同比|环比|名义|实际|可比|按|增|下|减|负|降|比|较|完成|占|为|居|位|排|列|总量|预计|分别|均|高|低|快|超|圆满|顺利|提前|达|相当)',
);
const MARKS = at("[，、；:,（）\\s]+");
const NOISE = at("[^，、；:（）]{1,60}");

/** What was said of one subject, from behind its name on. */
function readRun(scan: Scan, code: string | undefined, start: number): { statements: Statement[]; pos: number } {
  const subject = code === undefined ? undefined : scan.lexicon.subjects.get(code);
  if (!subject) return { statements: [], pos: start };
  const before = scan.text.slice(Math.max(scan.sentence.from, start - 40), start);
  const run: Run = {
    ...scan,
    subject,
    pos: start,
    clauses: 0,
    estimate: /(?:预计|预估)[^，。；、]*$/.test(before),
    last: null,
    statements: [],
  };
  let read = true;
  while (read && run.pos < run.end) {
    const { pos } = run;
    read = step(run);
    if (!read) run.pos = pos;
  }
  return { statements: inTime(scan, run.statements), pos: run.pos };
}

/** Figures of the reporting period, and of the year before its amounts. */
function inTime({ sentence }: Scan, statements: readonly Statement[]): Statement[] {
  return statements.filter(({ from, field }) => {
    return sentence.periodAt(from) === (field === "lastActual" ? "last" : "current");
  });
}

type Run = Scan & {
  subject: Subject;
  pos: number;
  /** Commas since the name. */
  clauses: number;
  estimate: boolean;
  last: StatedField | null;
  statements: Statement[];
};

/** Reads one piece and moves on; false ends the run. */
function step(run: Run): boolean {
  if (run.text.startsWith("其中", run.pos) || run.text.startsWith("分别", run.pos)) return false;
  const marks = take(run, MARKS);
  if (marks) {
    if (/[，；]/.test(marks.words)) {
      run.clauses += 1;
      run.estimate = false;
    }
    return true;
  }
  for (const read of READERS) {
    const outcome = read(run);
    if (outcome !== "no") return outcome === "read";
  }
  const noise = take(run, NOISE);
  return noise !== null && run.clauses === 0 && !/\d/.test(noise.words);
}

/** "no": these words are not here. "end": what is said now is of something else. */
type Outcome = "no" | "read" | "end";
type Piece = {
  words: string;
  from: number;
  to: number;
  parts: Partial<Record<string, string>>;
  spans: Partial<Record<string, readonly [number, number]>>;
};

function take(cursor: { text: string; pos: number; end: number }, pattern: RegExp): Piece | null {
  pattern.lastIndex = cursor.pos;
  const match = pattern.exec(cursor.text);
  if (!match || match[0] === "" || pattern.lastIndex > cursor.end) return null;
  const piece = { words: match[0], from: cursor.pos, to: pattern.lastIndex };
  cursor.pos = piece.to;
  return { ...piece, parts: match.groups ?? {}, spans: match.indices?.groups ?? {} };
}

const READERS: readonly ((run: Run) => Outcome)[] = [
  (run) => percent(run, PLAN_GROWTH, "planGrowth"),
  beyondPlan,
  beyondPace,
  (run) => percent(run, COMPLETION, "completion"),
  planTotal,
  (run) => (take(run, SHARE) ? "read" : "no"),
  ranks,
  (run) => (take(run, OTHER_RANK) ? "read" : "no"),
  (run) => (take(run, CHAIN) ? "read" : "no"),
  growsTo,
  growth,
  level,
  (run) => (take(run, DIFFERENCE) ? "read" : "no"),
  joining,
  (run) => (take(run, HELD_NUMBER) ? "read" : "no"),
  value,
];

/** A rate stated of the subject: 完成年度计划的51.4%, 计划增长9%. Its node stands for 51.4%. */
function percent(run: Run, pattern: RegExp, field: "planGrowth" | "completion"): Outcome {
  const match = take(run, pattern);
  if (!match) return "no";
  return isAbout(match) ? "read" : state(run, field, "rate", match, {});
}

function beyondPlan(run: Run): Outcome {
  const same = take(run, LEVEL_WITH_PLAN);
  if (same) return add(run, { field: "gap", form: "against", from: same.from, to: same.to, digits: "0", unit: null });
  const match = take(run, BEYOND_PLAN) ?? take(run, THAN_PLAN);
  if (!match) return "no";
  if (isAbout(match)) return "read";
  const digits = digitsFrom(match.parts.n ?? "");
  return add(run, {
    field: "gap",
    form: "against",
    from: match.from,
    to: endOf(match, "unit"),
    digits: isBelow(match.parts.side) ? negated(digits) : digits,
    unit: match.parts.unit ?? null,
    isUnsure: match.parts.what === undefined,
  });
}

function beyondPace(run: Run): Outcome {
  const match = take(run, BEYOND_PACE);
  if (!match) return "no";
  if (isAbout(match)) return "read";
  const digits = digitsFrom(match.parts.n ?? "");
  const below = isBelow(match.parts.side ?? match.parts.than);
  return state(run, "pace", "points", match, { digits: below ? negated(digits) : digits });
}

function planTotal(run: Run): Outcome {
  const start = run.pos;
  const match = take(run, PLAN_TOTAL);
  if (!match) return "no";
  if (match.parts.unit === undefined || /[%点]/.test(match.parts.unit)) {
    run.pos = start;
    return "no";
  }
  return isAbout(match) ? "read" : amount(run, "planTotal", match);
}

function ranks(run: Run): Outcome {
  const two = take(run, TWO_RANKS);
  if (two) {
    const { each, r1 = "", r2 } = two.parts;
    if (each === "分别" && r2 === undefined) return "end";
    const isWhole = r2 !== undefined;
    rank(run, "rankTotal", two, "r1", r1, { isWhole });
    rank(run, "rankGrowth", two, isWhole ? "r2" : "r1", r2 ?? r1, { isWhole });
    return "read";
  }
  const match = take(run, RANK);
  if (!match) return "no";
  const { lead, r1, first } = match.parts;
  if (lead === "完成率" || (lead === undefined && run.last === "completion")) return "read";
  const field = lead === undefined ? (run.last === "growth" ? "rankGrowth" : "rankTotal") : rankOf(lead);
  const group = r1 === undefined ? "first" : "r1";
  return rank(run, field, match, group, r1 ?? first ?? "", { isEitherRank: lead === undefined });
}

const rankOf = (lead: string): "rankTotal" | "rankGrowth" => (lead.startsWith("增") ? "rankGrowth" : "rankTotal");

function rank(
  run: Run,
  field: StatedField,
  match: Piece,
  group: string,
  words: string,
  given: Partial<Statement> = {},
): Outcome {
  const place = /首/.test(words) ? 1 : countOf(words.slice(1));
  if (place === null) return "read";
  const from = startOf(match, group);
  const to = endOf(match, group);
  return add(run, { field, form: "rank", from, to, digits: String(place), unit: null, ...given });
}

function growsTo(run: Run): Outcome {
  const match = take(run, GROWS_TO);
  if (!match) return "no";
  if (isAbout(match)) return "read";
  const digits = digitsFrom(match.parts.n ?? "");
  const falls = match.parts.lead === "降幅";
  return state(run, "growth", "rate", match, {
    digits: falls ? negated(digits) : digits,
    isWhole: !falls,
    isUnsure: match.parts.lead === undefined,
  });
}

/** 增长9.1% is one node, sign and all; of 增速9.1% only the rate is. 提高2个百分点 is a difference of rates. */
function growth(run: Run): Outcome {
  const match = take(run, GROWTH);
  if (!match) return "no";
  if (isAbout(match)) return "read";
  const { verb = "", minus } = match.parts;
  const inPoints = match.parts.unit?.endsWith("点") === true;
  if (inPoints && verb !== "增长" && verb !== "下降") return "read";
  const written = digitsFrom(match.parts.n ?? "");
  const falls = FALLING.test(verb) || minus !== undefined;
  const digits = falls ? `-${written.replace(/^-/, "")}` : written;
  const isRate = /[速幅]$/.test(verb);
  return state(run, "growth", isRate ? "rate" : "change", match, {
    from: isRate ? startOf(match, "n") : startOf(match, "verb"),
    digits,
    isUnsure: inPoints,
    isWhole: !(isRate && falls),
  });
}

const FALLING = /负|降|下|跌|减|回落/;

function level(run: Run): Outcome {
  const match = take(run, LEVEL);
  if (!match) return "no";
  if (match.parts.about !== undefined) return "read";
  return add(run, { field: "growth", form: "change", from: match.from, to: run.pos, digits: "0", unit: "%" });
}

function joining(run: Run): Outcome {
  const match = take(run, JOINING);
  if (!match) return "no";
  if (/预计|预估|估计/.test(match.words)) run.estimate = true;
  return "read";
}

function value(run: Run): Outcome {
  const start = run.pos;
  const match = take(run, VALUE);
  if (!match) return "no";
  AFTER_VALUE.lastIndex = run.pos;
  if (!AFTER_VALUE.test(run.text)) {
    run.pos = start;
    return "end";
  }
  if (isAbout(match)) return "read";
  return amount(run, run.sentence.periodAt(start) === "last" ? "lastActual" : "actual", match);
}

/** 481.35亿元 is one node. Of 481.35亿 only the digits are, where the indicator counts in 亿元. */
function amount(run: Run, field: "actual" | "planTotal" | "lastActual", match: Piece): Outcome {
  const { unit } = match.parts;
  const own = unitOf(run.subject.unit);
  const short = unit !== undefined && /^[万亿]+$/.test(unit);
  if (unit === undefined || short) {
    const isOwn = short && run.subject.unit.startsWith(unit) && unitOf(run.subject.unit.slice(unit.length)) !== null;
    const to = endOf(match, "n");
    return state(run, field, "number", match, { to, unit: isOwn ? run.subject.unit : null, isUnsure: !isOwn });
  }
  const isOfKind = own ? unitOf(unit)?.measures === own.measures : unit === run.subject.unit;
  // A number of another kind ends what is said of the indicator, unless its digits are the indicator's own.
  const outcome = state(run, field, "unit", match, { isUnsure: !isOfKind });
  return isOfKind ? outcome : "end";
}

type Stated = Pick<Statement, "field" | "form" | "from" | "to" | "digits" | "unit"> & Partial<Statement>;

function state(run: Run, field: StatedField, form: FigureForm, match: Piece, given: Partial<Stated>): Outcome {
  return add(run, {
    field,
    form,
    from: startOf(match, "n"),
    to: endOf(match, match.parts.unit === undefined ? "n" : "unit"),
    digits: digitsFrom(match.parts.n ?? ""),
    unit: match.parts.unit ?? null,
    ...given,
  });
}

/** A figure that was stated already is of something else now. */
function add(run: Run, stated: Stated): Outcome {
  if (run.statements.some(({ field }) => field === stated.field)) return "end";
  run.statements.push({
    indicator: run.subject.code,
    isEstimate: run.estimate,
    isUnsure: false,
    isEitherRank: false,
    isWhole: true,
    ...stated,
  });
  run.last = stated.field;
  return "read";
}

const EACH = at("分别");
const LIST_LEAD = at("总量|增速|增幅");
const ONE_MORE = at("[、和与]\\s*-?\\d");
const LIST_COMPLETION = at(`占?${OF_PLAN}${PLAN}(?:数|值|总量|总额)?(?:的)?(?=-?\\d)`);
const LIST_RANK = at(`${RANK_VERB}${CITY}${RANK_VERB}(?=第)`);
const LIST_VERB = at("(?:同比|名义|实际|比上年(?:同期)?|较上年(?:同期)?)*(?<verb>增长|下降|增|降)(?=-?\\d)");
const ITEM = at(
  `(?:同比)?(?<verb>增长|下降|增|降)?(?:(?<n>${NUMBER_SOURCE})\\s*(?<unit>${UNIT_SOURCE}|万亿|亿|万)?|(?:全[市州盟])?(?<r1>${ORDINAL})${PLACE})`,
);
const BETWEEN_ITEMS = at("(?:、|，|和|与|及|以及)(?!分别)");

/** 甲、乙分别完成1亿元、2亿元，分别增长3%、4%: as many numbers as names, or nothing is taken. */
function readList(scan: Scan, codes: readonly string[], start: number): Statement[] {
  const cursor = { text: scan.text, pos: start, end: scan.end };
  const statements: Statement[] = [];
  let lead = "";
  while (cursor.pos < cursor.end) {
    const joined = take(cursor, JOINING) ?? take(cursor, MARKS) ?? take(cursor, LIST_LEAD);
    if (joined) lead = `${/[，；]/.test(joined.words) ? "" : lead}${joined.words}`;
    else if (take(cursor, EACH)) {
      const items = readItems(scan, cursor, codes, lead);
      if (!items) break;
      statements.push(...items);
      lead = "";
    } else break;
  }
  return inTime(scan, statements);
}

type Cursor = { text: string; pos: number; end: number };

function readItems(scan: Scan, cursor: Cursor, codes: readonly string[], lead: string): Statement[] | null {
  const joined = take(cursor, JOINING)?.words ?? "";
  const isEstimate = /预计|预估/.test(lead + joined);
  const ofPlan = take(cursor, LIST_COMPLETION) !== null;
  const isRank = take(cursor, LIST_RANK) !== null;
  const verb = ofPlan || isRank ? undefined : take(cursor, LIST_VERB);
  const items: Piece[] = [];
  do {
    const item = take(cursor, ITEM);
    if (!item) break;
    items.push(item);
  } while (items.length < codes.length && take(cursor, BETWEEN_ITEMS));
  if (items.length !== codes.length || take(cursor, ONE_MORE)) return null;
  const shared = verb?.parts.verb;
  return items.flatMap((item, index): Statement[] => {
    const subject = scan.lexicon.subjects.get(codes[index] ?? "");
    const run: Run = {
      ...scan,
      subject: subject ?? NOBODY,
      pos: 0,
      clauses: 0,
      estimate: isEstimate,
      last: null,
      statements: [],
    };
    if (item.parts.r1 !== undefined) {
      if (/总量|增/.test(lead)) rank(run, rankOf(/增/.test(lead) ? "增" : ""), item, "r1", item.parts.r1);
      return subject ? run.statements : [];
    }
    const isPercent = item.parts.unit === "%" || item.parts.unit?.endsWith("点") === true;
    if (ofPlan) state(run, "completion", "rate", item, {});
    else if (isPercent) listGrowth(run, item, shared, index === 0 ? (verb ?? undefined) : undefined, lead);
    else amount(run, "actual", item);
    return subject ? run.statements : [];
  });
}

function listGrowth(run: Run, item: Piece, shared: string | undefined, first: Piece | undefined, lead: string): void {
  const own = item.parts.verb;
  const verb = own ?? shared;
  if (verb === undefined && !/增[速幅]/.test(lead)) return;
  const written = digitsFrom(item.parts.n ?? "");
  const falls = verb !== undefined && FALLING.test(verb);
  const from = own !== undefined ? startOf(item, "verb") : first ? startOf(first, "verb") : startOf(item, "n");
  const isWhole = own !== undefined || first !== undefined;
  state(run, "growth", isWhole ? "change" : "rate", item, {
    from,
    digits: falls ? `-${written.replace(/^-/, "")}` : written,
    isWhole: isWhole || !falls,
  });
}

const NOBODY: Subject = { code: "", unit: "", kind: "total", isRow: false };

/** 约481亿元, 7.3%左右, 5%～8%: no figure that a table could equal. */
const isAbout = ({ parts }: Piece): boolean =>
  parts.about !== undefined || parts.more !== undefined || parts.orSo !== undefined;
const isBelow = (side: string | undefined): boolean => side !== undefined && /低|慢|落后|滞后/.test(side);
const negated = (digits: string): string => (digits.startsWith("-") ? digits.slice(1) : `-${digits}`);

const startOf = (piece: Piece, part: string): number => piece.spans[part]?.[0] ?? piece.from;
const endOf = (piece: Piece, part: string): number => piece.spans[part]?.[1] ?? piece.to;
