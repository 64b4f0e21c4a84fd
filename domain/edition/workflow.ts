/** 征求意见稿, 送审稿, 送交稿, 修改稿, 会议稿, 公开稿. */
export const EDITION_KINDS = ["consultation", "review", "submission", "revised", "meeting", "public"] as const;
export type EditionKind = (typeof EDITION_KINDS)[number];

/** Those of a text that nobody has approved as a whole yet: they may be sealed with parts missing, for a written reason. */
export const DRAFT_KINDS = ["consultation", "review"] as const satisfies readonly EditionKind[];
