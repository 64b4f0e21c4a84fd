import { z } from "zod";
import { isStorable } from "../kernel/storable";
import { MILESTONES, OFFSET_UNITS } from "./workflow";

const Day = z.iso.date().refine((day) => day >= "2000-01-01" && day <= "2099-12-31");
const Words = (max: number) => z.string().trim().max(max).refine(isStorable, { message: "not-storable" });
const Reason = Words(500).min(1);

const OpenDay = z.union([Day, z.literal("")]);

/** A sitting's day that may be left open: a form sends an empty word. */
export const SittingDay = OpenDay.optional();

/** `version` is the timetable's, 0 while there is none. Each milestone once; the sitting has no distance to itself. */
export const ArrangeTimetable = z.object({
  reportId: z.uuid(),
  version: z.coerce.number().int().min(0).max(2_000_000_000),
  sittingOn: Day,
  sittingName: Words(100),
  milestones: z
    .array(
      z.object({
        milestone: z.enum(MILESTONES),
        amount: z.coerce.number().int().min(-400).max(400),
        unit: z.enum(OFFSET_UNITS),
      }),
    )
    .max(MILESTONES.length)
    .refine((all) => new Set(all.map(({ milestone }) => milestone)).size === all.length)
    .default([]),
  /** Whether the days of the report, its steps and what is still open follow from the milestones. */
  apply: z.literal("on").optional(),
});
export type ArrangeTimetable = z.infer<typeof ArrangeTimetable>;

/** `was` is the day that the page showed: empty where there was none. */
export const SetStepDays = z.object({
  reportId: z.uuid(),
  steps: z
    .array(z.object({ stepId: z.uuid(), dueOn: OpenDay, was: OpenDay }))
    .min(1)
    .max(50),
});
export type SetStepDays = z.infer<typeof SetStepDays>;

export const SetDepartmentDay = z.object({ reportId: z.uuid(), organId: z.uuid(), dueOn: Day });
export type SetDepartmentDay = z.infer<typeof SetDepartmentDay>;

/** `items` are ids of leaves and rows; with `all` it is everything that the department still owes. */
export const PermitLate = z.object({
  reportId: z.uuid(),
  organId: z.uuid(),
  items: z
    .array(z.object({ id: z.uuid() }))
    .max(2000)
    .default([]),
  all: z.literal("on").optional(),
  until: Day,
  reason: Reason,
});
export type PermitLate = z.infer<typeof PermitLate>;

/** One item, everything of one department, or whatever is late. */
export const Urge = z.object({
  reportId: z.uuid(),
  what: z.union([
    z.literal("late"),
    z
      .string()
      .regex(/^(item|organ) [0-9a-f-]{36}$/)
      .refine((what) => z.uuid().safeParse(what.split(" ")[1]).success),
  ]),
});
export type Urge = z.infer<typeof Urge>;
