import type { FigureField } from "../indicator/figure";

/**
 * The relations of a plan-execution report (勾稽校验), by the names of docs/checks.md. D1 and D2 are R1 and R2 worked out
 * to the displayed digit: what they find lies within rounding and is only a notice.
 */
export const CHECK_RULES = [
  "R1", // completion = actual ÷ plan × 100
  "R2", // plan = last year × (1 + plan growth)
  "R3", // a difference in percentage points = growth − plan growth
  "R4", // parts add up to their whole
  "R5", // shares add up to 100 and agree with their parts
  "R6", // the text says what the table says
  "R7", // counts: bullets and rows, 13 = 10 + 3, 九个特点
  "R8", // a stated share = part ÷ whole of the same sentence
  "R9", // a partition in a sentence adds up: 69个项目，其中46个…11个…6个
  "R11", // one fact stated twice is stated the same
  "R12", // status and label: 预计完成, 暂未反馈, 增长 with a minus
  "R13", // bounds: ranks are whole and within the number of counties
  "D1",
  "D2",
] as const;
export type CheckRule = (typeof CHECK_RULES)[number];

export const SEVERITIES = ["error", "warning", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A place in the table (`indicator` is the row's code or name) or in the text, by character offsets of its block. */
export type CellPlace = { in: "table"; indicator: string; field: FigureField };
export type TextPlace = { in: "text"; block: string; from: number; to: number };
export type Place = CellPlace | TextPlace;

/**
 * What a rule found. `says` is a key of messages/<locale>/check.json with its params. `stated` is what stands there,
 * `expected` what the rule makes of the other figures, both as printed. `waivedBy` is the remark or explanation that
 * lets it stand: then it blocks nothing. `key` is stable while the stated figures are: an explanation is kept by it.
 */
export type Finding = {
  rule: CheckRule;
  severity: Severity;
  says: string;
  params: Record<string, string | number>;
  where: Place;
  /** Other places that take part, for marking. */
  also: Place[];
  stated: string;
  expected: string;
  waivedBy: string | null;
  key: string;
};

/** One paragraph, bullet or heading of the text, as plain words. `id` is a block id, or a line number in a loose file. */
export type CheckBlock = { id: string; kind: "heading" | "bullet" | "paragraph"; text: string };

export const isBlocking = (finding: Finding): boolean => finding.severity === "error" && finding.waivedBy === null;
