/** 批注: a word on a text (comment), or a wording proposed for it (suggestion). The database's words too. */
export const REMARK_KINDS = ["comment", "suggestion"] as const;
export type RemarkKind = (typeof REMARK_KINDS)[number];

/** How it ended: a comment is resolved; a suggestion is accepted or rejected by the author, or withdrawn by its own. */
export const REMARK_OUTCOMES = ["resolved", "accepted", "rejected", "withdrawn"] as const;
export type RemarkOutcome = (typeof REMARK_OUTCOMES)[number];
