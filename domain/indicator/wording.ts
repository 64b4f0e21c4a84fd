import { Decimal } from "decimal.js";
import { chineseNumber } from "../section/numbering";
import { FORMS_OF, type Binding, type BoundField, type ClauseForm, type CountForm, type FigureForm } from "./binding";
import { againstPlan, classify, completionShown, gap, type Half } from "./derive";
import { ESTIMATED, type Figure, type IndicatorRow } from "./figure";
import { plainDigits } from "./printing";

/**
 * What prose says of one figure, in a form of that field (binding.ts). Forms without a word of direction keep the sign.
 * Null: there is no number to say (blank, 暂未反馈, "/", words), or the field has no such form.
 */
export function wordFigure(row: IndicatorRow, field: BoundField, form: FigureForm): string | null {
  const figure = boundFigure(row, field);
  const digits = digitsOf(figure);
  if (digits === null || !FORMS_OF[field].includes(form)) return null;
  const plain = plainDigits(digits);
  switch (form) {
    case "number":
      return plain;
    case "unit":
      return `${plain}${row.unit}`;
    case "rate":
      return `${plain}%`;
    case "change":
      return change(plain);
    case "points":
      return `${plain}个百分点`;
    case "against":
      return againstPlan(new Decimal(plain));
    case "rank":
      return /^[1-9]\d?$/.test(plain) ? `第${chineseNumber(Number(plain))}` : null;
  }
}

/**
 * The sentence of an indicator without its closing mark, by the grammar of the report's bullets (binding.ts, ClauseForm).
 * An estimate says 预计; "/" and 暂未反馈 fall away; words stand as they are. Null: the amount (of a growth-only row: the
 * growth) is no number, or a figure that the sentence needs is still blank.
 */
export function wordClause(row: IndicatorRow, form: ClauseForm): string | null {
  return row.kind === "total" ? totalClause(row, form) : growthClause(row, form);
}

/** How many rows there are, are ahead, are behind (derive.ts, `classify`). Null: no rows, or the split is undecided. */
export function wordCount(rows: readonly IndicatorRow[], form: CountForm, half: Half): string | null {
  const counts = classify(rows, half);
  if (counts.all === 0 || (form !== "all" && counts.undecided > 0)) return null;
  return String(counts[form]);
}

/** What a node of the text says; `rows` are those of the whole table by code. An override of the wording wins. */
export function wordBinding(binding: Binding, rows: ReadonlyMap<string, IndicatorRow>, half: Half): string | null {
  if (binding.attrs.wording) return binding.attrs.wording.text;
  if (binding.type === "count") return wordCount([...rows.values()], binding.attrs.form, half);
  const row = rows.get(binding.attrs.indicator);
  if (!row) return null;
  if (binding.type === "clause") return wordClause(row, binding.attrs.form);
  return wordFigure(row, binding.attrs.field, binding.attrs.form);
}

function boundFigure(row: IndicatorRow, field: BoundField): Figure | null {
  if (field === "gap") return gap(row)?.figure ?? null;
  if (field === "completion") return completionShown(row).figure;
  return row.figures[field] ?? null;
}

function totalClause(row: IndicatorRow, form: ClauseForm): string | null {
  const { actual, planTotal, growth } = row.figures;
  const amount = digitsOf(actual);
  if (amount === null || !actual || !growth) return null;
  const verb = actual.state === "estimate" ? `${ESTIMATED}完成` : form === "bullet" ? "" : "完成";
  const subject = `${row.shortName}${verb}${plainDigits(amount)}${row.unit}`;
  const growthSaid = changeSaid(growth, actual.state === "estimate");
  if (form === "body") return joined([subject, growthSaid], "、");
  const rate = completionShown(row).figure;
  if (!rate && !planTotal) return null;
  return joined([subject, rateSaid(rate), growthSaid], "，");
}

function growthClause(row: IndicatorRow, form: ClauseForm): string | null {
  const { growth, planGrowth } = row.figures;
  if (digitsOf(growth) === null || !growth) return null;
  const subject = `${row.shortName}${changeSaid(growth, false)}`;
  if (form === "body") return subject;
  const against = completionShown(row).figure;
  if (!against && !planGrowth) return null;
  return joined([subject, rateSaid(against)], "，");
}

function rateSaid(completion: Figure | null): string {
  const digits = digitsOf(completion);
  if (digits !== null) return `完成年度计划的${plainDigits(digits)}%`;
  // A sentence that opens with 预计 does not say it twice.
  return completion?.state === "words" ? completion.words.replace(new RegExp(`^${ESTIMATED}`), "") : "";
}

/** `isSaid`: the sentence has said 预计 already. */
function changeSaid(growth: Figure, isSaid: boolean): string {
  const digits = digitsOf(growth);
  if (digits === null) return growth.state === "words" ? growth.words : "";
  return `${growth.state === "estimate" && !isSaid ? ESTIMATED : ""}${change(plainDigits(digits))}`;
}

function change(plain: string): string {
  if (plain === "0") return "与上年持平";
  return plain.startsWith("-") ? `下降${plain.slice(1)}%` : `增长${plain}%`;
}

const digitsOf = (figure: Figure | null | undefined): string | null =>
  figure?.state === "number" || figure?.state === "estimate" ? figure.digits : null;

const joined = (parts: readonly string[], mark: string): string => parts.filter((part) => part !== "").join(mark);
