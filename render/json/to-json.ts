import { canonicalJson } from "../../domain/kernel/canonical-json";
import type { EditionMark } from "../edition-mark";
import type { EditionRecord } from "../edition-record";
import type { ReportDocument } from "../report-document";
import { provenanceOf } from "./provenance";

/**
 * The report for other programs, as docs/schema/huibao-edition-1.schema.json describes it: the document as it was hashed,
 * what the edition says of itself and its record (null for a text that is not sealed), and the provenance of every
 * figure. Keys sorted, two spaces, so that equal editions are equal files.
 */
export function toJson(document: ReportDocument, { mark, record }: JsonOptions = {}): string {
  const whole = {
    schema: "huibao.edition/1",
    edition: mark ?? null,
    document,
    record: record ?? null,
    figures: provenanceOf(document, record),
  };
  return `${JSON.stringify(JSON.parse(canonicalJson(whole)), null, 2)}\n`;
}

export type JsonOptions = { mark?: EditionMark; record?: EditionRecord };
