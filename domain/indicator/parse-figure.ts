import { decimalsOf, RANK_FIELDS, type Figure, type FigureField, type Indicator, type NumericField } from "./figure";

/** Why a cell was not understood: keys of messages/<locale>/figure.json, `error`. */
export const PARSE_ERRORS = [
  "ambiguous-empty", // "—", "无": not applicable, pending or zero?
  "spreadsheet-error", // #N/A, #REF!, ####
  "exponent", // 1.2E+05
  "separators", // 1,23 or 12 3
  "minus-sign", // ——4.03, (4.03), 4.03-
  "direction-twice", // 下降-4.03
  "approximate", // 约59.1, 59.1左右
  "estimate-without-number", // 预计
  "other-unit", // 59.1万元 where 亿元 is the unit
  "too-many-decimals",
  "too-many-digits",
  "rank-not-whole",
  "words-not-here", // an amount that is said in words
  "not-a-number",
  "too-long",
] as const;
export type ParseErrorKey = (typeof PARSE_ERRORS)[number];
export type ParseError = { error: ParseErrorKey; params: Record<string, string | number> };
export type Parsed = { figure: Figure | null } | ParseError;

/**
 * One cell as an office types or pastes it. Blank → null; "/", 暂未反馈, 预计59.1, words as the states of figure.ts. A unit in
 * the cell must be the indicator's own: nothing is converted, nothing rounded. `params` of an error: `typed`, and where
 * they help `wanted`, `found`, `unit`, `plain`.
 */
export function parseFigure(field: FigureField, indicator: Indicator, typed: string): Parsed {
  const text = withoutInvisible(typed);
  if (text === "") return { figure: null };
  if (SPREADSHEET_ERROR.test(text)) return failed("spreadsheet-error", text);
  if (text.length > WORDS_LIMIT) return failed("too-long", text.slice(0, 20), { wanted: WORDS_LIMIT });
  if (field === "remark") return words(text);
  const plain = halfWidth(text);
  if (NOT_APPLICABLE.test(plain)) return { figure: { state: "not-applicable" } };
  if (PENDING.test(plain)) return { figure: { state: "pending" } };
  if (AMBIGUOUS.test(plain)) return failed("ambiguous-empty", text);
  const estimate = withoutEstimate(plain);
  if (estimate === "") return failed("estimate-without-number", text);
  const cell: Cell = { field, indicator, text, plain: estimate ?? plain, isEstimate: estimate !== null };
  return isRank(field) ? parseRank(cell) : parseNumber(cell, field);
}

type Cell = { field: FigureField; indicator: Indicator; text: string; plain: string; isEstimate: boolean };

const WORDS_LIMIT = 400;
const DECIMALS_LIMIT = 6;
const WHOLE_LIMIT = 15;
const RANK_LIMIT = 999;

const SPREADSHEET_ERROR = /^#(?:N\/A|REF!|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|#+|$)/iu;
const NOT_APPLICABLE = /^(?:\/|n\/a|不适用)$/iu;
const PENDING = /^(?:暂未反馈|尚未反馈|未反馈|待反馈)(?:数据)?$/u;
const AMBIGUOUS = /^(?:[-—–‒―−─一_…·.*?]+|无|暂无|缺|空|nil|none|null)$/iu;
const ESTIMATE_BEFORE = /^预计(?:数|值|完成|达|为)*[:：]?\s*/u;
const ESTIMATE_AFTER = /\s*\(?(?:预计|预计数|预计值|估计数|预估数)\)?$/u;
const APPROXIMATE_BEFORE = /^(?:约|大约|近|超|超过|不低于|不少于|≥|≤|>|<|~)/u;
const APPROXIMATE_AFTER = /(?:左右|以上|以下|以内|上下|多|余)$/u;
const DIRECTION = /^(?:同比|比上年)?(增长|上升|提高|增|下降|降低|减少|降|减)(?=[-+.\d])/u;
const NUMBER = /^([-+]?)((?:\d[\d, ]*)?(?:\.\d*)?)/u;
const GROUPED = /^\d{1,3}(?:,\d{3})+$|^\d{1,3}(?: \d{3})+$/u;

function parseNumber(cell: Cell, field: NumericField): Parsed {
  const { plain, text } = cell;
  const isRate = field === "planGrowth" || field === "growth" || field === "completion";
  const direction = isRate && field !== "completion" ? DIRECTION.exec(plain) : null;
  const body = direction ? plain.slice(direction[0].length) : plain;
  const approximate = APPROXIMATE_BEFORE.test(body) || APPROXIMATE_AFTER.test(body);
  if (approximate && /\d/u.test(body) && !/[增降高低]/u.test(body)) {
    return isPlan(field) && !cell.isEstimate ? words(text) : failed("approximate", text);
  }
  if (/^[-+]?[\d.]+e[-+]?\d+$/iu.test(body)) return failed("exponent", text, { plain: withoutExponent(body) });
  if (/^[—―─_]|^--|^\([-\d.,]+\)$|^[\d.,]+-$/u.test(body)) return failed("minus-sign", text);
  if (!/^[-+]?\.?\d/u.test(body)) return parseWords(cell, field);
  const match = NUMBER.exec(body);
  const sign = match?.[1] ?? "";
  if (direction && sign !== "") return failed("direction-twice", text);
  const found = (match?.[2] ?? "").trimEnd().replace(/,$/u, "");
  const tail = body.slice(sign.length + found.length).trim();
  const wrongUnit = tail === "" ? null : unitProblem(tail, cell, isRate);
  if (wrongUnit) return wrongUnit;
  const [whole = "", fraction] = found.split(".");
  if (/[, ]/u.test(whole) && !GROUPED.test(whole)) return failed("separators", text);
  const isDown = direction ? /下降|降低|减少|降|减/u.test(direction[1] ?? "") : sign === "-";
  return numberFigure(cell, field, isDown, whole.replace(/[, ]/gu, ""), fraction ?? "");
}

function numberFigure(cell: Cell, field: NumericField, isDown: boolean, typedWhole: string, fraction: string): Parsed {
  const whole = typedWhole.replace(/^0+(?=\d)/u, "") || "0";
  if (whole.length > WHOLE_LIMIT) return failed("too-many-digits", cell.text, { wanted: WHOLE_LIMIT });
  const magnitude = fraction === "" ? whole : `${whole}.${fraction}`;
  const wanted = cell.indicator.decimals[field] ?? DECIMALS_LIMIT;
  const found = decimalsOf(magnitude);
  if (found > wanted) return failed("too-many-decimals", cell.text, { wanted, found });
  const digits = isDown && /[1-9]/u.test(magnitude) ? `-${magnitude}` : magnitude;
  return { figure: { state: cell.isEstimate ? "estimate" : "number", digits } };
}

/** What follows the digits must be the unit of the column, or nothing. */
function unitProblem(tail: string, cell: Cell, isRate: boolean): ParseError | null {
  const unit = halfWidth(cell.indicator.unit);
  const found = tail.replace(/^\((.+)\)$/u, "$1");
  const wanted = isRate ? ["%", "百分点", "个百分点"] : [unit, ...(unit.endsWith("亿元") ? ["亿"] : [])];
  if (wanted.includes(found)) return null;
  if (/^[\p{L}%‰°$¥€㎡³²/·]{1,8}$/u.test(found)) {
    return failed("other-unit", cell.text, { found, unit: isRate ? "%" : cell.indicator.unit });
  }
  return failed("not-a-number", cell.text);
}

/** Words stand in most columns: a plan may be 完成上级下达任务, a completion 高于计划增速10.1个百分点. Not an amount reached. */
function parseWords(cell: Cell, field: NumericField): Parsed {
  const { text, indicator } = cell;
  if (/^[¥$€]/u.test(cell.plain)) {
    return failed("other-unit", text, { found: cell.plain.slice(0, 1), unit: indicator.unit });
  }
  if (!/\p{Script=Han}/u.test(text)) return failed("not-a-number", text);
  if (cell.isEstimate && field !== "completion") return failed("estimate-without-number", text);
  return field === "actual" && indicator.kind === "total" ? failed("words-not-here", text) : words(text);
}

const RANK = /^(?:全市)?(?:第\s*)?([\d.]+|[一二三四五六七八九十]{1,3})(?:位|名)?$/u;

function parseRank(cell: Cell): Parsed {
  const stated = RANK.exec(cell.plain)?.[1];
  if (stated === undefined) {
    const isWords = /\p{Script=Han}/u.test(cell.text) && !/^[-+]?\d/u.test(cell.plain);
    return isWords ? words(cell.text) : failed("rank-not-whole", cell.text);
  }
  const rank = /\d/u.test(stated) ? Number(stated) : fromChinese(stated);
  if (!Number.isInteger(rank) || rank < 1 || rank > RANK_LIMIT) return failed("rank-not-whole", cell.text);
  return { figure: { state: cell.isEstimate ? "estimate" : "number", digits: String(rank) } };
}

/** 一 to 九十九; NaN for what is no such numeral. */
function fromChinese(numeral: string): number {
  const match = /^([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/u.exec(numeral);
  if (!match) return Number.NaN;
  const [tens = "", ten = "", ones = ""] = match.slice(1);
  const value = (digit: string): number => "一二三四五六七八九".indexOf(digit) + 1;
  if (ten === "") return ones === "" ? value(tens) : Number.NaN;
  return (tens === "" ? 1 : value(tens)) * 10 + (ones === "" ? 0 : value(ones));
}

function withoutEstimate(plain: string): string | null {
  const before = plain.replace(ESTIMATE_BEFORE, "");
  const after = before.replace(ESTIMATE_AFTER, "");
  return after === plain ? null : after.trim();
}

/** Control, zero-width and direction characters go; a line break inside a cell joins Chinese text without a space. */
function withoutInvisible(typed: string): string {
  return typed
    .toWellFormed()
    .replace(/\uFFFD/gu, "")
    .replace(/(?<=[\u2E80-\uFFEF])\s*[\r\n\t\u2028\u2029]+\s*(?=[\u2E80-\uFFEF])/gu, "")
    .replace(/[\r\n\t\u2028\u2029]+/gu, " ")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .trim()
    .replace(/^'(?=[-+.\d]|$)/u, "");
}

/** Full-width forms and the many spaces and minuses, as a number is read; 12。5 comes from a Chinese keyboard. */
function halfWidth(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\s+/gu, " ")
    .replace(/(?<=\d)。(?=\d)/gu, ".")
    .replace(/[‐‑‒–−](?=\s*[.\d])/gu, "-")
    .replace(/(?<=^[-+]) /u, "")
    .trim();
}

function withoutExponent(body: string): string {
  const value = Number(body);
  return Number.isFinite(value) && Math.abs(value) < 1e15 ? String(value) : body;
}

const isPlan = (field: FigureField): boolean => field === "planTotal" || field === "planGrowth";
const isRank = (field: FigureField): field is (typeof RANK_FIELDS)[number] =>
  RANK_FIELDS.some((rank) => rank === field);

const words = (text: string): Parsed => ({ figure: { state: "words", words: text } });

function failed(error: ParseErrorKey, typed: string, params: Record<string, string | number> = {}): ParseError {
  return { error, params: { typed, ...params } };
}
