import type { Derived } from "../../../../../../domain/indicator/derive";
import type { FigureField } from "../../../../../../domain/indicator/figure";
import { printFigure } from "../../../../../../domain/indicator/printing";
import type { Finding } from "../../../../../../domain/check/finding";
import { findingLine } from "../../../../finding-line";
import { fill } from "../../../../../fill";
import type { GridWords } from "../words";
import type { Held } from "./cell";

/** 481.35 ÷ 936.49 × 100 */
export function sayFormula(derived: Derived, words: GridWords): string {
  return fill(
    words.formula[derived.formula],
    Object.fromEntries(derived.operands.map((one) => [one.field, one.printed])),
  );
}

/** What is the matter with a cell that stands unsaved, and what to do. */
export function sayProblem(held: Held, field: FigureField, derived: Derived | null, words: GridWords): string {
  const { problem } = held;
  if (!problem) return "";
  if (problem.key === "refused") return words.sheet.refused;
  if (problem.key !== "reason-missing") {
    return fill(words.error[problem.key], { ...problem.params, field: words.field[field] });
  }
  return derived
    ? fill(words.sheet.reasonMissing, { derived: printFigure(derived.figure) })
    : words.sheet.reasonMissingUnderived;
}

export const sayFinding = (finding: Finding, words: GridWords): string => findingLine(finding, words.check).message;
