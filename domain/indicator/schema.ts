import { z } from "zod";
import { isStorable } from "../kernel/storable";
import { CellReason, Comeback } from "../review/schema";
import { REASON_LIMIT } from "../review/workflow";
import { IndicatorCode } from "./binding-schema";
import { Figure, FIGURE_FIELDS, GROWTH_BASES, INDICATOR_KINDS, RANK_FIELDS } from "./figure";

const Day = z.iso.date();
/** As far as an integer column counts. */
const MOST_VERSIONS = 2_000_000_000;
/** One spelling for each id: what is saved, and what moves, is looked up by it. */
const Id = z.uuid().toLowerCase();
const Line = (length: number) => z.string().trim().max(length).refine(isStorable, { message: "not-storable" });

/** One cell as it is to be: `version` is the cell's as the grid showed it (0 when nobody has written it yet). */
export const FillCell = z
  .strictObject({
    indicatorId: Id,
    field: z.enum(FIGURE_FIELDS),
    version: z.number().int().min(0).max(MOST_VERSIONS),
    figure: Figure.nullable(),
    /** Why a typed completion stands instead of the derived one. */
    reason: Line(REASON_LIMIT).nullable().default(null),
  })
  .refine((cell) => cell.field !== "completion" || cell.figure === null || (cell.reason ?? "") !== "", {
    message: "override-needs-reason",
  })
  .refine((cell) => cell.field !== "remark" || cell.figure === null || cell.figure.state === "words", {
    message: "remark-is-words",
  })
  .refine(
    (cell) =>
      !RANK_FIELDS.some((field) => field === cell.field) ||
      (cell.figure?.state !== "number" && cell.figure?.state !== "estimate") ||
      /^[1-9]\d{0,2}$/.test(cell.figure.digits),
    { message: "rank-not-whole" },
  );
export type FillCell = z.infer<typeof FillCell>;

export const FillCells = z
  .strictObject({ cells: z.array(FillCell).min(1).max(400) })
  .refine(({ cells }) => new Set(cells.map((cell) => `${cell.indicatorId} ${cell.field}`)).size === cells.length, {
    message: "cells-not-unique",
  });
export type FillCells = z.infer<typeof FillCells>;

/** Where a figure comes from: department, document, date. */
export const SetSource = z.object({
  indicatorId: Id,
  field: z.enum(FIGURE_FIELDS),
  department: Line(100),
  document: Line(200),
  date: z.union([Day, z.literal("").transform(() => null)]),
});
export type SetSource = z.infer<typeof SetSource>;

/** `version` is the row's, as the page showed it. */
export const MoveIndicator = z.object({ indicatorId: Id, version: z.coerce.number().int().min(1).max(MOST_VERSIONS) });
export type MoveIndicator = z.infer<typeof MoveIndicator>;

export const ReturnIndicator = MoveIndicator.extend({
  reasons: z.array(CellReason).min(1).max(50),
}).extend(Comeback.shape);
export type ReturnIndicator = z.infer<typeof ReturnIndicator>;

/** A written explanation under which a finding may stand; `key` is the finding's. */
export const ExplainFinding = z.object({
  reportId: z.uuid(),
  key: z.string().min(1).max(300),
  explanation: Line(REASON_LIMIT).min(1),
});
export type ExplainFinding = z.infer<typeof ExplainFinding>;

const decimals = z.coerce.number().int().min(0).max(6).optional();
export const CatalogueEntry = z.object({
  code: IndicatorCode,
  officialName: Line(60).min(1),
  shortName: Line(60).min(1),
  aliases: z.array(Line(60).min(1)).max(12),
  unit: Line(20).min(1),
  kind: z.enum(INDICATOR_KINDS),
  basis: z.enum(GROWTH_BASES),
  decimals: z.object({
    lastActual: decimals,
    planTotal: decimals,
    planGrowth: decimals,
    actual: decimals,
    completion: decimals,
    growth: decimals,
  }),
  organId: z.uuid(),
  confirmOrganId: z.union([z.uuid(), z.literal("").transform(() => null)]).nullable(),
});
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

export const AddEntry = CatalogueEntry.extend({ reportId: z.uuid() });
export const EditEntry = CatalogueEntry.extend({
  indicatorId: Id,
  version: z.coerce.number().int().min(1).max(MOST_VERSIONS),
});
export const MoveEntry = z.object({ indicatorId: Id, direction: z.enum(["up", "down"]) });
export type MoveEntry = z.infer<typeof MoveEntry>;

/** Several rows moved together: all of them or none. */
export const MoveIndicators = z.object({ rows: z.array(MoveIndicator).min(1).max(200) });
