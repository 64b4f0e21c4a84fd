import { canonicalJson } from "../../domain/kernel/canonical-json";
import type { ReportDocument } from "../report-document";

/** The whole document for other programs: keys sorted, two spaces, so that equal documents are equal files. */
export function toJson(document: ReportDocument): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(document)), null, 2)}\n`;
}
