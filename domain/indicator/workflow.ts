import type { StepAction } from "../route/workflow";

/**
 * An indicator's row in one report moves by itself along the report's route, like a leaf (domain/route/course.ts); where
 * another office confirms it, the confirming office's steps are its too. A state is what everybody calls the step it is at.
 */
export const INDICATOR_STATUSES = ["drafting", "signing", "confirming", "reviewing", "returned", "approved"] as const;
export type IndicatorStatus = (typeof INDICATOR_STATUSES)[number];

/** What a row at a step of this action is called. */
export const INDICATOR_STATUS_AT: Record<StepAction, IndicatorStatus> = {
  sign: "signing",
  confirm: "confirming",
  review: "reviewing",
  approve: "approved",
};
