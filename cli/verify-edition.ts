import { createHash } from "node:crypto";
import { join } from "node:path";
import { and, asc, eq } from "drizzle-orm";
import type { Database } from "../db/client";
import { auditEntries, editionFiles, evidence, jurisdictions, reports } from "../db/schema";
import { codeOf, sealHash } from "../domain/edition/seal";
import { fileRowHash } from "../domain/export/file-row";
import { fileSourceOf, readSealed, sealOf, type SealedEdition } from "../domain/export/sealed";
import { canonicalJson, sha256Hex } from "../domain/kernel/canonical-json";
import { archiveOf, formatsOf } from "../jobs/archive";
import { projectDirectory } from "./environment";
import { type DocumentFormat, FORMATS } from "../render/formats";
import { makerName } from "../render/maker";
import type { ReportDocument } from "../render/report-document";

/** One thing that was looked at: it is as it was sealed, it is not, or it cannot be told here (and why). */
export type Check = { outcome: "right" | "wrong" | "unknown"; what: CheckName; of: string; detail?: string };
export type CheckName =
  | "document"
  | "seal"
  | "code"
  | "chain"
  | "belonging"
  | "audit"
  | "file"
  | "made-again"
  | "file-missing"
  | "attachment";

/** Recomputes everything that a sealed edition says of itself; reads only, as the database's owner. */
export async function verifyEdition(db: Database, id: string): Promise<Check[]> {
  const [edition] = await readSealed(db, { id });
  if (!edition) throw new RangeError("no such edition");
  const before = await readSealed(db, { reportId: edition.reportId, before: edition.number });
  return [
    documentCheck(edition),
    sealCheck(edition, before.at(-1)),
    codeCheck(edition),
    chainCheck([...before, edition]),
    await belongingCheck(db, edition),
    await auditCheck(db, edition),
    ...(await fileChecks(db, edition)),
    ...(await attachmentChecks(db, edition)),
  ];
}

const told = (what: CheckName, of: string, isRight: boolean, detail?: string): Check => ({
  outcome: isRight ? "right" : "wrong",
  what,
  of,
  ...(detail === undefined ? {} : { detail }),
});

const documentCheck = ({ document, sha256 }: SealedEdition): Check =>
  told("document", sha256, sha256Hex(canonicalJson(document)) === sha256);

const sealCheck = (edition: SealedEdition, before: SealedEdition | undefined): Check =>
  told("seal", edition.sealSha256, isSealed(edition, before));

/** What was changed so that it is no edition any more cannot be put into a seal either. */
function isSealed(edition: SealedEdition, before: SealedEdition | undefined): boolean {
  try {
    return sealHash(sealOf(edition, before?.sealSha256 ?? null)) === edition.sealSha256;
  } catch {
    return false;
  }
}

const codeCheck = ({ code, sealSha256 }: SealedEdition): Check => told("code", code, codeOf(sealSha256) === code);

/** Every edition from the first: numbered without a gap, its text and seal true, each naming the one before. */
function chainCheck(chain: readonly SealedEdition[]): Check {
  const broken = chain.find((edition, index) => {
    const isTrue = documentCheck(edition).outcome === "right" && isSealed(edition, chain[index - 1]);
    return edition.number !== index + 1 || !isTrue;
  });
  return told("chain", String(chain.length), broken === undefined, broken && String(broken.number));
}

/** The row lies with the report and the district that its text names. */
async function belongingCheck(db: Database, edition: SealedEdition): Promise<Check> {
  const [report] = await db
    .select({ slug: reports.slug, jurisdictionId: reports.jurisdictionId, jurisdiction: jurisdictions.name })
    .from(reports)
    .innerJoin(jurisdictions, eq(jurisdictions.id, reports.jurisdictionId))
    .where(eq(reports.id, edition.reportId));
  const named: ReportDocument["report"] | undefined = edition.document.report;
  const isRight =
    report !== undefined &&
    report.slug === named?.slug &&
    report.jurisdiction === named.jurisdiction &&
    report.jurisdictionId === edition.jurisdictionId;
  return told("belonging", report?.slug ?? "", isRight);
}

/** What the audit log wrote down in the same transaction: who sealed which text when. */
async function auditCheck(db: Database, edition: SealedEdition): Promise<Check> {
  const entries = await db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.action, "edition.seal"), eq(auditEntries.subjectId, edition.id)));
  const [entry] = entries;
  const isRight =
    entries.length === 1 &&
    entry?.userId === edition.sealedBy &&
    entry.actorLabel === edition.sealedLabel &&
    entry.reportId === edition.reportId &&
    entry.jurisdictionId === edition.jurisdictionId &&
    entry.detail["number"] === edition.number &&
    entry.detail["kind"] === edition.kind &&
    entry.detail["sha256"] === edition.sha256;
  return told("audit", edition.sealedLabel, isRight);
}

async function fileChecks(db: Database, edition: SealedEdition): Promise<Check[]> {
  const kept = await db
    .select()
    .from(editionFiles)
    .where(eq(editionFiles.editionId, edition.id))
    .orderBy(asc(editionFiles.format));
  const checks: Check[] = [];
  const made: { format: string; extension: string; bytes: Uint8Array }[] = [];
  for (const format of formatsOf(edition)) {
    const file = kept.find((one) => one.format === format);
    // The archive is made of all the others, also of those that nobody has asked for yet.
    const bytes = await makeAgain(edition, format);
    if (!(bytes instanceof Error)) made.push({ format, extension: FORMATS[format].extension, bytes });
    checks.push(...(file ? ofFile(edition, file, bytes) : [missing(format)]));
  }
  const zip = kept.find((one) => one.format === "zip");
  if (!zip) return [...checks, missing("zip")];
  return [...checks, ...ofFile(edition, zip, await archiveOf(db, edition, made))];
}

async function makeAgain(edition: SealedEdition, format: DocumentFormat): Promise<Uint8Array | Error> {
  try {
    return await FORMATS[format].make(fileSourceOf(edition), { fontDirectory: join(projectDirectory, "fonts") });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const missing = (format: DocumentFormat | "zip"): Check => ({ outcome: "unknown", what: "file-missing", of: format });

function ofFile(edition: SealedEdition, file: typeof editionFiles.$inferSelect, again: Uint8Array | Error): Check[] {
  const { bytes, rowSha256, ...row } = file;
  const isKept =
    sha256(bytes) === row.sha256 &&
    bytes.length === row.size &&
    fileRowHash(row) === rowSha256 &&
    row.jurisdictionId === edition.jurisdictionId;
  const kept = told("file", file.format, isKept);
  if (file.maker !== makerName()) {
    return [
      kept,
      { outcome: "unknown", what: "made-again", of: file.format, detail: `${file.maker} ≠ ${makerName()}` },
    ];
  }
  if (again instanceof Error) return [kept, told("made-again", file.format, false, again.message)];
  return [kept, told("made-again", file.format, Buffer.from(again).equals(bytes))];
}

async function attachmentChecks(db: Database, edition: SealedEdition): Promise<Check[]> {
  const checks: Check[] = [];
  // One at a time: each may have ten megabytes.
  for (const { id, name, size, sha256: hash } of edition.record.attachments) {
    const [file] = await db
      .select({ bytes: evidence.bytes, size: evidence.size, sha256: evidence.sha256, of: evidence.jurisdictionId })
      .from(evidence)
      .where(eq(evidence.id, id));
    const isRight =
      file !== undefined &&
      sha256(file.bytes) === hash &&
      file.bytes.length === size &&
      file.size === size &&
      file.sha256 === hash &&
      file.of === edition.jurisdictionId;
    checks.push(told("attachment", name, isRight));
  }
  return checks;
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
