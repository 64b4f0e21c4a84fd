import type { EditionRecord } from "../../render/edition-record";
import type { ReportDocument } from "../../render/report-document";
import { canonicalJson, sha256Hex } from "../kernel/canonical-json";
import type { EditionKind } from "./workflow";

/** What a seal says. Its canonical JSON (RFC 8785) is hashed; `previous` is the hash of the seal before, or null. */
export type Seal = {
  schema: "huibao.seal/1";
  /** The report's slug. */
  report: string;
  jurisdiction: string;
  number: number;
  kind: EditionKind;
  name: string;
  /** SHA-256 of the canonical document and of the canonical record, in hex. */
  document: string;
  record: string;
  previous: string | null;
  /** The number of the edition that this one corrects. */
  supersedes: number | null;
  notice: string | null;
  exception: string | null;
  origin: string | null;
  sealedBy: string;
  /** ISO 8601 in UTC with milliseconds. */
  sealedAt: string;
};

/** What of an edition's row its seal speaks of. `supersedes` is the number of the edition that it corrects. */
export type SealableEdition = {
  document: ReportDocument;
  record: EditionRecord;
  sha256: string;
  sealedLabel: string;
  sealedAt: Date;
} & Pick<Seal, "number" | "kind" | "name" | "supersedes" | "notice" | "exception" | "origin">;

/** The seal of an edition, the same at sealing and whenever it is verified; `previous` is the hash of the seal before. */
export function sealOf(edition: SealableEdition, previous: string | null): Seal {
  return {
    schema: "huibao.seal/1",
    report: edition.document.report.slug,
    jurisdiction: edition.document.report.jurisdiction,
    number: edition.number,
    kind: edition.kind,
    name: edition.name,
    document: edition.sha256,
    record: recordHash(edition.record),
    previous,
    supersedes: edition.supersedes,
    notice: edition.notice,
    exception: edition.exception,
    origin: edition.origin,
    sealedBy: edition.sealedLabel,
    sealedAt: edition.sealedAt.toISOString(),
  };
}

export const recordHash = (record: EditionRecord): string => sha256Hex(canonicalJson(record));
export const sealHash = (seal: Seal): string => sha256Hex(canonicalJson(seal));

/** The first fifty bits of a seal's hash in Crockford's Base32: ten characters without I, L, O and U. */
export function codeOf(seal: string): string {
  const bits = BigInt(`0x${seal.slice(0, 13)}`) >> 2n;
  return Array.from({ length: 10 }, (_, i) => ALPHABET[Number((bits >> BigInt(45 - 5 * i)) & 31n)] ?? "").join("");
}

/** As printed: 7K2QM-9XD4A. */
export const printedCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;

/** What somebody typed as a code: any case, with or without the dash, O for 0, I and L for 1. Null when it is none. */
export function readCode(typed: string): string | null {
  const plain = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  return plain.length === 10 && [...plain].every((character) => ALPHABET.includes(character)) ? plain : null;
}

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
