/** A step's verb: 签发, 核对, 审核 leaf by leaf and row by row; 审定 of the compiled whole. */
export const STEP_ACTIONS = ["sign", "confirm", "review", "approve"] as const;
export type StepAction = (typeof STEP_ACTIONS)[number];

/** Whose post sits at a step: the department that owns the item, the office that confirms it, or any office. */
export const STEP_OFFICES = ["owner", "confirmer", "any"] as const;
export type StepOffice = (typeof STEP_OFFICES)[number];

/** 或签 (any one), 会签 (all), or so many of those who sit there. */
export const STEP_MODES = ["any", "all", "quorum"] as const;
export type StepMode = (typeof STEP_MODES)[number];

/** How somebody came to sit at a step: by the route, added (加签), or because it was handed over (转办). */
export const SEAT_KINDS = ["named", "added", "handed"] as const;
