import { z } from "zod";
import { DECIDERS } from "../kernel/roles";
import { isStorable } from "../kernel/storable";
import { STEP_ACTIONS, STEP_MODES, STEP_OFFICES } from "./workflow";

export const ROUTE_LIMITS = { steps: 12, people: 30, name: 40, reason: 200 } as const;
/** A post may be given away for so many days at most. */
export const DELEGATION_DAYS = 180;

const Line = (length: number) => z.string().trim().max(length).refine(isStorable, { message: "not-storable" });
const Id = z.uuid().toLowerCase();

/** A step as a template has it; `people` are the posts named for it, none for everybody of the role. */
export const PlannedStep = z.object({
  name: Line(ROUTE_LIMITS.name).min(1),
  action: z.enum(STEP_ACTIONS),
  role: z.enum(DECIDERS),
  office: z.enum(STEP_OFFICES),
  mode: z.enum(STEP_MODES),
  quorum: z.coerce.number().int().min(1).max(ROUTE_LIMITS.people).nullable().default(null),
  skippable: z.boolean().default(false),
  people: z.array(Id).max(ROUTE_LIMITS.people).default([]),
});
export type PlannedStep = z.infer<typeof PlannedStep>;

/** `replaces`: the template that this one is a new version of. */
export const SaveTemplate = z.object({
  name: Line(ROUTE_LIMITS.name).min(1),
  steps: z.array(PlannedStep).min(1).max(ROUTE_LIMITS.steps),
  replaces: Id.optional(),
});
export type SaveTemplate = z.infer<typeof SaveTemplate>;

export const ArchiveTemplate = z.object({ routeId: Id });
export type ArchiveTemplate = z.infer<typeof ArchiveTemplate>;

export const SkipStep = z.object({ stepId: Id, organId: Id, reason: Line(ROUTE_LIMITS.reason).min(1) });
export type SkipStep = z.infer<typeof SkipStep>;
export const UnskipStep = SkipStep.omit({ reason: true });
export type UnskipStep = z.infer<typeof UnskipStep>;

/** A leaf or an indicator's row, with the version that the page showed. */
const Item = z.object({
  item: z.enum(["section", "indicator"]),
  id: Id,
  version: z.coerce.number().int().min(1).max(2_000_000_000),
});
export const GiveSeat = Item.extend({ membershipId: Id, reason: Line(ROUTE_LIMITS.reason) });
export type GiveSeat = z.infer<typeof GiveSeat>;

/** 代办: from the first day on, to the last day's end (Asia/Shanghai). */
export const Delegate = z
  .object({ userId: Id, from: z.iso.date(), until: z.iso.date() })
  .refine(({ from, until }) => from <= until, { path: ["until"], message: "ends-before-it-starts" });
export type Delegate = z.infer<typeof Delegate>;
export const EndDelegation = z.object({ membershipId: Id });
export type EndDelegation = z.infer<typeof EndDelegation>;
