/** What a file is made of: a sealed edition, the report as it stands, or two editions side by side (花脸稿). */
export const EXPORT_SOURCES = ["edition", "draft", "comparison"] as const;
export type ExportSource = (typeof EXPORT_SOURCES)[number];

/** `pages` are the pictures of the paged preview. */
export const EXPORT_FORMATS = ["pdf", "docx", "xlsx", "html", "md", "txt", "json", "zip", "pages"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** queued → running → done | failed; a worker that dies leaves it to the next, which begins it anew. */
export const EXPORT_STATUSES = ["queued", "running", "done", "failed"] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];

/** A preview is kept for so long after it is done. */
export const PAGES_KEPT_MINUTES = 60;
