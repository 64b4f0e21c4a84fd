import { FIGURE_FIELDS, sameFigure, type FigureField, type IndicatorRow } from "../indicator/figure";
import { compareContents, tallyOf } from "../section/compare";
import { withBoundTexts, type Content } from "../section/content";

/**
 * How many paragraphs changed, came, went or moved between two texts. A bound figure counts by what it is bound to and not
 * by its words: those follow the table, and a reviewer meets the same ones in both texts.
 */
export function changedBlocks(before: Content, now: Content): number {
  const tally = tallyOf(compareContents(unbound(before), unbound(now)));
  return tally.changed + tally.added + tally.removed + tally.moved;
}

type Cells = Pick<IndicatorRow, "figures" | "completionReason">;

/** The cells that say something else, in printing order; 51.4 and 51.40 are two figures. */
export function changedCells(before: Cells, now: Cells): FigureField[] {
  return FIGURE_FIELDS.filter(
    (field) =>
      !sameFigure(before.figures[field], now.figures[field]) ||
      (field === "completion" && before.completionReason !== now.completionReason),
  );
}

const unbound = (content: Content): Content =>
  withBoundTexts(content, (binding) => JSON.stringify({ ...binding.attrs, id: "", text: "" }));
