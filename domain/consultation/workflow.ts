/** A department's answer to a 征求意见稿: a comment on a place or on the whole, or 无意见. */
export const REPLY_KINDS = ["comment", "none"] as const;
export type ReplyKind = (typeof REPLY_KINDS)[number];

/** 采纳, 部分采纳, 留作参考. */
export const DISPOSITIONS = ["adopted", "partly", "noted"] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** `replies`: comments of one department on one edition that are not withdrawn. */
export const CONSULTATION_LIMITS = { text: 2000, quote: 500, reason: 1000, replies: 200 } as const;
