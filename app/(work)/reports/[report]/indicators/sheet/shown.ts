import { completion, impliedPlan, type Derived } from "../../../../../../domain/indicator/derive";
import type { FigureField, FigureState } from "../../../../../../domain/indicator/figure";
import { printFigure } from "../../../../../../domain/indicator/printing";
import { typedOf } from "./cell";
import type { RowState } from "./sheet";

/** What a cell shows, and whether it was worked out or typed over what was worked out. */
export type Shown = {
  state: FigureState | "blank" | "unread";
  text: string;
  isDerived: boolean;
  isOverride: boolean;
  /** What this cell is, or would be, by the other figures of its row. */
  derived: Derived | null;
};

export function shownOf({ cells, row }: RowState, field: FigureField): Shown {
  const { held } = cells[field];
  const derived = derivedOf(row, field);
  if (held.problem && held.problem.key !== "reason-missing") {
    return { state: "unread", text: typedOf(held), isDerived: false, isOverride: false, derived };
  }
  const isDerived = field === "completion" && held.figure === null && derived !== null;
  const figure = isDerived ? derived.figure : held.figure;
  return {
    state: figure?.state ?? "blank",
    text: printFigure(figure),
    isDerived,
    isOverride: field === "completion" && held.figure !== null,
    derived,
  };
}

/** A plan that last year and its growth make is only offered: it is typed by decision, or comes from the budget. */
function derivedOf(row: RowState["row"], field: FigureField): Derived | null {
  if (field === "completion") return completion(row);
  return field === "planTotal" ? impliedPlan(row, row.decimals.planTotal) : null;
}
