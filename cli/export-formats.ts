export const EXPORT_FORMATS = ["md", "txt", "json", "pdf", "xlsx"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
