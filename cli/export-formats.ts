import type { DocumentFormat } from "../render/formats";

/** `zip` is the archive of a sealed edition. */
export const EXPORT_FORMATS = ["md", "txt", "json", "pdf", "docx", "xlsx", "html", "zip"] as const satisfies (
  | DocumentFormat
  | "zip"
)[];
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
