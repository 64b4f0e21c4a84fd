/** What the page's live stream tells the remarks on it: somebody has written or settled one. */
export const REMARKS_TOLD = "huibao:remarks";
