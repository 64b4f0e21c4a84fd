import { Decimal } from "decimal.js";
import {
  FIGURE_FIELDS,
  RANK_FIELDS,
  type Figure,
  type FigureField,
  type Figures,
  type Indicator,
  type IndicatorRow,
} from "../../indicator/figure";
import { parseFigure, type ParseErrorKey } from "../../indicator/parse-figure";
import type { Finding } from "../finding";
import { saysEstimate } from "../remark";
import type { Column } from "./headings";

export type RowCells = {
  code: string;
  /** A cell's text by what its column is of, trimmed; "" where the table has no such column. */
  text(column: Column): string;
  /** The unit that stands above the whole table, or "". */
  unitOfAll: string;
};

/** One indicator, and the cells of it that could not be read. */
export function readRow({ code, text, unitOfAll }: RowCells): { row: IndicatorRow; problems: Finding[] } {
  const { name, unit: unitInName } = nameAndUnit(oneLine(text("name")));
  const unit = oneLine(text("unit")) || unitInName || unitOfAll || unitIn([text("actual"), text("planTotal")]);
  const indicator: Indicator = {
    code,
    officialName: name,
    shortName: name,
    aliases: [],
    unit,
    kind: "total",
    // A file does not say; the careful reading derives nothing from levels.
    basis: "constant",
    decimals: {},
  };
  const figures: Figures = {};
  const problems: Finding[] = [];
  for (const field of FIGURE_FIELDS) {
    const read = readFigure(field, indicator, text(field));
    if ("figure" in read) {
      if (read.figure) figures[field] = read.figure;
    } else problems.push(unreadCell(indicator, field, text(field), read.error));
  }
  return {
    row: { ...indicator, kind: kindOf(figures), figures: withEstimates(figures), completionReason: null },
    problems,
  };
}

/** 地区生产总值（亿元） is a name and its unit; 进出口总额（海关口径） is all name. */
function nameAndUnit(printed: string): { name: string; unit: string } {
  const [, before = "", inside = ""] = /^(.+?)\s*[（(]([^（）()]+)[）)]$/.exec(printed) ?? [];
  const isUnit = UNIT_WORD.test(inside.normalize("NFKC"));
  return { name: (isUnit ? before : printed).replace(/\s+/g, ""), unit: isUnit ? inside : "" };
}

/** The unit that stands behind the digits of a cell, where no other place names one. */
function unitIn(cells: readonly string[]): string {
  const words = cells.map((cell) => /\d\s*([^\d\s.,%，]+)$/.exec(cell)?.[1] ?? "");
  return words.find((word) => UNIT_WORD.test(word)) ?? "";
}

const UNIT_WORD =
  /^(?:[十百千万亿]*(?:元|美元|人民币|人|人次|户|吨|公斤|辆|台|套|件|个|家|亩|公顷|米|公里|平方米|立方米|千瓦时|标准煤|度)|%|‰|亿|万)$/;

type ReadFigure = { figure: Figure | null } | { error: ParseErrorKey };

/** A loose file is read more kindly than what is typed: a dash is "/", words stand anywhere, and a rank that no county can
 * have is still a number, for the rules to find. */
function readFigure(field: FigureField, indicator: Indicator, typed: string): ReadFigure {
  if (field === "remark") return { figure: remarkOf(typed) };
  const text = withoutNoise(typed);
  if (DASHES.test(text.normalize("NFKC"))) return { figure: { state: "not-applicable" } };
  if (RANK_FIELDS.some((rank) => rank === field)) {
    const plain = text.normalize("NFKC").replace(/[−–]/g, "-");
    if (/^-?\d{1,9}(?:\.\d{1,6})?$/.test(plain)) return { figure: { state: "number", digits: plainNumber(plain) } };
  }
  const parsed = parseFigure(field, indicator, text);
  if ("figure" in parsed) return parsed;
  if (WORDS_WILL_DO.has(parsed.error)) return { figure: { state: "words", words: text } };
  return { error: parsed.error };
}

const DASHES = /^(?:[-—–―─]{1,4}|无|缺)$/;
const WORDS_WILL_DO: ReadonlySet<ParseErrorKey> = new Set(["words-not-here", "approximate"]);
const REMARK_LIMIT = 400;

function remarkOf(typed: string): Figure | null {
  const words = oneLine(typed).slice(0, REMARK_LIMIT).toWellFormed();
  return words === "" || words === "/" || DASHES.test(words) ? null : { state: "words", words };
}

/** Programs write 56.290000000000006 for 56.29: fifteen digits hold, and six decimals. */
function withoutNoise(typed: string): string {
  const text = typed.trim();
  if (!/^-?\d+\.\d{7,}$/.test(text)) return text;
  const value = new Decimal(text).toSignificantDigits(15);
  return value.toDecimalPlaces(6, Decimal.ROUND_HALF_UP).toFixed();
}

const plainNumber = (text: string): string => text.replace(/^(-?)0+(?=\d)/, "$1");

/** 规模工业增加值: only its growth is published, the amounts are "/". */
function kindOf({ planTotal, actual, growth, planGrowth }: Figures): Indicator["kind"] {
  const hasNone = planTotal?.state === "not-applicable" && actual?.state === "not-applicable";
  return hasNone && growth?.state === "number" && planGrowth?.state === "number" ? "growth-only" : "total";
}

/** 预计数 in the remark is said of the amount reached, its growth and what is worked out from it. */
function withEstimates(figures: Figures): Figures {
  const remark = figures.remark?.state === "words" ? figures.remark.words : "";
  if (!saysEstimate(remark)) return figures;
  const estimated: Figures = { ...figures };
  for (const field of ["actual", "growth", "completion"] as const) {
    const figure = figures[field];
    if (figure?.state === "number") estimated[field] = { state: "estimate", digits: figure.digits };
  }
  return estimated;
}

function unreadCell(indicator: Indicator, field: FigureField, typed: string, error: ParseErrorKey): Finding {
  const isOfUnit = error === "other-unit";
  const stated = oneLine(typed).slice(0, 40);
  return {
    rule: "R12",
    severity: isOfUnit ? "error" : "warning",
    says: isOfUnit ? "file-cell-unit" : "file-cell-unread",
    params: { name: indicator.officialName, stated, unit: indicator.unit },
    where: { in: "table", indicator: indicator.code, field },
    also: [],
    stated,
    expected: isOfUnit ? indicator.unit : "",
    waivedBy: null,
    key: ["R12", indicator.code, field, stated].join("|"),
  };
}

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, "").trim();
