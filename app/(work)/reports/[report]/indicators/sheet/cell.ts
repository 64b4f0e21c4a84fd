import { completion } from "../../../../../../domain/indicator/derive";
import {
  sameFigure,
  type Figure,
  type FigureField,
  type IndicatorRow,
} from "../../../../../../domain/indicator/figure";
import { parseFigure, type ParseErrorKey } from "../../../../../../domain/indicator/parse-figure";
import { printFigure, typedFigure } from "../../../../../../domain/indicator/printing";

/** Why a cell stays unsaved: it cannot be read, it overrides without a reason, or the server would not have it. */
export type Problem = ParseErrorKey | "reason-missing" | "refused";

/**
 * What stands in a cell on the screen. With a problem it stands as it was typed: kept in this browser, never sent. A
 * completion that waits for its reason has a figure and a problem.
 */
export type Held = {
  figure: Figure | null;
  /** Why a typed completion stands instead of the derived one. */
  reason: string | null;
  problem: { typed: string; key: Problem; params: Record<string, string | number> } | null;
};

/** The same cell as somebody else has saved it meanwhile. */
export type Theirs = { version: number; figure: Figure | null; reason: string | null; by: string; at: string };

export type Cell = {
  /** What the server had when it last answered; `version` is what the next save builds on. */
  saved: { figure: Figure | null; reason: string | null; version: number };
  held: Held;
  theirs: Theirs | null;
};

export const BLANK: Held = { figure: null, reason: null, problem: null };

/**
 * What a text makes of a cell. `row` is as the screen has it: a completion that says what is derived anyway is none, and
 * any other needs a reason.
 */
export function heldOf(row: IndicatorRow, field: FigureField, typed: string, reason: string | null = null): Held {
  const read = parseFigure(field, row, typed);
  if ("error" in read) return { figure: null, reason: null, problem: { typed, key: read.error, params: read.params } };
  return withReason(row, field, read.figure, reason);
}

/** As heldOf for a figure that needs no reading: chosen in the cell, or from a file that was read already. */
export function withReason(row: IndicatorRow, field: FigureField, figure: Figure | null, reason: string | null): Held {
  if (field !== "completion" || figure === null) return { ...BLANK, figure };
  const derived = completion(row)?.figure;
  if (derived && printFigure(derived) === printFigure(figure)) return BLANK;
  const given = reason?.trim() ?? "";
  if (given !== "") return { figure, reason: given, problem: null };
  return { figure, reason: null, problem: { typed: typedFigure(figure), key: "reason-missing", params: {} } };
}

/** What stands in the cell as one would type it. */
export const typedOf = (held: Held): string => held.problem?.typed ?? typedFigure(held.figure);

/** Differs from what the server has. */
export function isUnsaved(cell: Cell): boolean {
  return (
    cell.held.problem !== null ||
    !sameFigure(cell.held.figure, cell.saved.figure) ||
    cell.held.reason !== cell.saved.reason
  );
}

/** May go to the server by itself: unsaved, readable, and nobody else's figure waits for a choice. */
export const isSendable = (cell: Cell): boolean =>
  cell.held.problem === null && cell.theirs === null && isUnsaved(cell);
