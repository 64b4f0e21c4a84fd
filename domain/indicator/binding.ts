/**
 * Figures in prose. A node of the text names an indicator and what is said of it; its words come from the row
 * (wording.ts). `text` is what it said when the text was last saved; `wording` stands instead of the derived words and
 * needs a reason: it is shown, and found, as an override.
 */
export const BOUND_FIELDS = [
  "lastActual",
  "planTotal",
  "planGrowth",
  "actual",
  "completion",
  "growth",
  "gap",
  "rankTotal",
  "rankGrowth",
] as const;
export type BoundField = (typeof BOUND_FIELDS)[number];

/**
 * number 481.35 · unit 481.35亿元 · rate 51.4% · change 增长9.1%, 下降4.03%, 与上年持平 · points 10.1个百分点 ·
 * against 高于计划增速10.1个百分点 · rank 第二
 */
export const FIGURE_FORMS = ["number", "unit", "rate", "change", "points", "against", "rank"] as const;
export type FigureForm = (typeof FIGURE_FORMS)[number];

/** Which forms a field can take; the first is what is inserted unless chosen otherwise. */
export const FORMS_OF: Record<BoundField, readonly [FigureForm, ...FigureForm[]]> = {
  lastActual: ["unit", "number"],
  planTotal: ["unit", "number"],
  planGrowth: ["rate", "number"],
  actual: ["unit", "number"],
  completion: ["rate", "number"],
  growth: ["change", "rate", "number"],
  gap: ["against", "points", "number"],
  rankTotal: ["rank", "number"],
  rankGrowth: ["rank", "number"],
};

/**
 * bullet: 地区生产总值481.35亿元，完成年度计划的51.4%，增长9.1% · bullet-done: the same with 完成 before the amount ·
 * body: 地区生产总值完成481.35亿元、增长9.1%. An estimate always says 预计完成; what is not applicable falls away;
 * growth-only: 规模工业增加值增长19.1%，高于计划增速10.1个百分点.
 */
export const CLAUSE_FORMS = ["bullet", "bullet-done", "body"] as const;
export type ClauseForm = (typeof CLAUSE_FORMS)[number];

/** Counted over the whole table: 13 rows, of which 10 ahead of the pace and 3 behind (derive.ts, `classify`). */
export const COUNTS = ["all", "ahead", "behind"] as const;
export type CountForm = (typeof COUNTS)[number];

/** Words instead of those that the table gives, and why. */
type Wording = { text: string; reason: string } | null;
export type FigureAttrs = {
  id: string;
  indicator: string;
  field: BoundField;
  form: FigureForm;
  text: string;
  wording: Wording;
};
export type ClauseAttrs = { id: string; indicator: string; form: ClauseForm; text: string; wording: Wording };
export type CountAttrs = { id: string; form: CountForm; text: string; wording: Wording };

/** A node of the text that takes its words from the table. */
export type Binding =
  | { type: "figure"; attrs: FigureAttrs }
  | { type: "clause"; attrs: ClauseAttrs }
  | { type: "count"; attrs: CountAttrs };
