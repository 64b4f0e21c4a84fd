/** 数据、文字、依据、格式、政策表述、其他: what a reason for a return is about. */
export const REASON_KINDS = ["data", "text", "basis", "format", "policy", "other"] as const;
export type ReasonKind = (typeof REASON_KINDS)[number];

/** 必须修改 or 建议修改. Both are answered before it goes up again; advice may be declined without more ado. */
export const REASON_SEVERITIES = ["must", "advice"] as const;
export type ReasonSeverity = (typeof REASON_SEVERITIES)[number];

/** 改了 or 不改，因为…: what the author says to a reason. */
export const REASON_ANSWERS = ["changed", "kept"] as const;
export type ReasonAnswer = (typeof REASON_ANSWERS)[number];

/** The most letters of a reason, and of what is answered to it. */
export const REASON_LIMIT = 1000;
