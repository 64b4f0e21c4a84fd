import type { IndicatorStatus } from "../../domain/indicator/workflow";
import type { StatusTone } from "../../ui/status";

export const INDICATOR_TONES: Record<IndicatorStatus, StatusTone> = {
  drafting: "draft",
  signing: "submitted",
  confirming: "submitted",
  reviewing: "submitted",
  returned: "returned",
  approved: "approved",
};
