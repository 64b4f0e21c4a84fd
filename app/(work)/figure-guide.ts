import type { Binding, BoundField, ClauseForm, CountForm } from "../../domain/indicator/binding";
import type { Mention } from "../../domain/check/mentions";
import { withBoundTexts, type Content } from "../../domain/section/content";
import type { Messages } from "../../messages/load";

/** What a page says about the bound figures of a text: plain data, because the editor needs it in the browser too. */
export type FigureGuide = {
  /** Short names by code, of the indicators that the reader may see. */
  names: Record<string, string>;
  /** The table's page, or null where the text is of another report. */
  table: string | null;
  words: Messages["binding"];
};

export function figureGuide(
  rows: readonly { code: string; shortName: string }[],
  slug: string | null,
  words: Messages["binding"],
): FigureGuide {
  return {
    names: Object.fromEntries(rows.map((row) => [row.code, row.shortName])),
    table: slug === null ? null : `/reports/${slug}/indicators`,
    words,
  };
}

type Said =
  | { type: "figure"; field: BoundField }
  | { type: "clause"; form: ClauseForm }
  | { type: "count"; form: CountForm };

/** 完成总量 */
export function saidOf(words: Messages["binding"], said: Said): string {
  if (said.type === "figure") return words.field[said.field];
  return said.type === "clause" ? words.clause[said.form] : words.count[said.form];
}

/** 地区生产总值 · 完成总量 */
export function aboutFigure(guide: Pick<FigureGuide, "names" | "words">, binding: Binding): string {
  return `${subjectOf(guide, binding)} · ${saidOf(guide.words, { type: binding.type, ...binding.attrs } as Said)}`;
}

/** What stands for a node that has no words: 〔地区生产总值 暂无数〕. */
export const missingFigure = (guide: Pick<FigureGuide, "names" | "words">, binding: Binding): string =>
  guide.words.missing.replace("{name}", subjectOf(guide, binding));

/** The text with its placeholders for words, where only words can be shown. */
export const withMissingFigures = (content: Content, guide: FigureGuide): Content =>
  withBoundTexts(content, (binding) => binding.attrs.text || missingFigure(guide, binding));

/** The indicator's short name; its code where the reader may not see it. */
export function subjectOf({ names, words }: Pick<FigureGuide, "names" | "words">, binding: Binding): string {
  if (binding.type === "count") return words.countName;
  return names[binding.attrs.indicator] ?? binding.attrs.indicator;
}

/** The row of the table that a figure comes from. */
export function figureHref({ table }: Pick<FigureGuide, "table">, binding: Binding): string | null {
  if (table === null) return null;
  return binding.type === "count" ? table : `${table}#${encodeURIComponent(binding.attrs.indicator)}`;
}

/** Of a typed number that the table knows. */
export const aboutMention = (
  { names, words }: FigureGuide,
  { indicator, field }: Pick<Mention, "indicator" | "field">,
): string => `${names[indicator] ?? indicator} · ${words.field[field]}`;
