import { z } from "zod";
import { isStorable } from "../kernel/storable";
import { CellReason, TextReason } from "../review/schema";
import { REASON_LIMIT } from "../review/workflow";
import { SittingDay } from "../timetable/schema";

export const Slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{1,60}[a-z0-9])$/);
const Day = z.iso.date();

export const OpenReport = z.object({
  slug: Slug,
  name: z.string().trim().min(1).max(200).refine(isStorable, { message: "not-storable" }),
  year: z.coerce.number().int().min(2000).max(2100),
  half: z.coerce.number().int().min(1).max(2),
  dueOn: Day,
  /** The template of its route; without one, that of the report it follows, or the usual one. */
  routeId: z
    .literal("")
    .transform(() => undefined)
    .or(z.uuid())
    .optional(),
  /** The sitting that its milestones count back from; its timetable may also be laid out later. */
  sittingOn: SittingDay,
});
export type OpenReport = z.infer<typeof OpenReport>;

export const RollForward = OpenReport.extend({ fromReportId: z.uuid() });
export type RollForward = z.infer<typeof RollForward>;

/** `version` is the report's, as the page showed it. */
export const MoveReport = z.object({
  reportId: z.uuid(),
  version: z.coerce.number().int().min(1).max(2_000_000_000),
});
export type MoveReport = z.infer<typeof MoveReport>;

/** `documentHash` is of the compiled text that the approver had before them. */
export const ApproveReport = MoveReport.extend({ documentHash: z.string().regex(/^[0-9a-f]{64}$/) });
export type ApproveReport = z.infer<typeof ApproveReport>;

const InText = TextReason.extend({ sectionId: z.uuid() });
const InTable = CellReason.extend({ indicatorId: z.uuid() });

/** Each reason names a paragraph of a leaf or a cell of the table. */
export const ReturnReport = MoveReport.extend({
  reasons: z
    .array(z.union([InText, InTable]))
    .min(1)
    .max(200),
});
export type ReturnReport = z.infer<typeof ReturnReport>;

export const ReopenReport = MoveReport.extend({ reason: z.string().trim().min(1).max(REASON_LIMIT) });
export type ReopenReport = z.infer<typeof ReopenReport>;
