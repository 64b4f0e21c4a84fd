import { createHash } from "node:crypto";
import { join } from "node:path";
import { and, asc, eq } from "drizzle-orm";
import type { Database } from "../db/client";
import { auditEntries, editionFiles, editions, evidence, jurisdictions, reports } from "../db/schema";
import { codeOf, recordHash, sealHash, sealOf } from "../domain/edition/seal";
import { fileRowHash } from "../domain/export/file-row";
import { fileSourceOf, readSealed, type SealedEdition } from "../domain/export/sealed";
import { canonicalJson, sha256Hex } from "../domain/kernel/canonical-json";
import { archiveOf, formatsOf } from "../jobs/archive";
import { projectDirectory } from "./environment";
import { type DocumentFormat, FORMATS } from "../render/formats";
import { makerName } from "../render/maker";
import type { ReportDocument } from "../render/report-document";
import type { Manifest } from "../render/zip/manifest";
import { type EditionFile, holds, verifyArchive } from "./verify-archive";

/** One thing that was looked at: it is as it was sealed, it is not, or it cannot be told here (and why). */
export type Check = { outcome: "right" | "wrong" | "unknown"; what: CheckName; of: string; detail?: string };
export type CheckName =
  | "readable"
  | "document"
  | "seal"
  | "code"
  | "chain"
  | "belonging"
  | "audit"
  | "sealing"
  | "file"
  | "made-again"
  | "file-missing"
  | "file-gone"
  | "content"
  | "archive"
  | "archive-seal"
  | "in-archive"
  | "attachment";

/**
 * Recomputes everything that a sealed edition says of itself; reads only, as the database's owner. A row that cannot even
 * be read as an edition is a check that came out wrong.
 */
export async function verifyEdition(db: Database, id: string): Promise<Check[]> {
  const [edition] = await readSealed(db, { id });
  if (!edition) return [told("readable", id, false)];
  const before = await readSealed(db, { reportId: edition.reportId, before: edition.number });
  const previous = before.at(-1);
  return [
    documentCheck(edition),
    told("seal", edition.sealSha256, isSealed(edition, previous)),
    codeCheck(edition),
    chainCheck([...before, edition]),
    ...(await asked("belonging", () => belongingCheck(db, edition))),
    ...(await asked("audit", () => auditCheck(db, edition))),
    ...(await asked("file", () => fileChecks(db, edition, previous))),
    ...(await asked("attachment", () => attachmentChecks(db, edition))),
  ];
}

/**
 * Sealings that the audit log wrote down and whose edition is not there any more, or is another: what was cut off the end
 * of a chain leaves the others whole. Of one report, of a district, or of all.
 */
export async function sealingChecks(
  db: Database,
  of: { reportId?: string; jurisdiction?: string } = {},
): Promise<Check[]> {
  const sealings = await db
    .select({
      slug: reports.slug,
      detail: auditEntries.detail,
      number: editions.number,
      sha256: editions.sha256,
      reportId: editions.reportId,
      of: auditEntries.reportId,
    })
    .from(auditEntries)
    .leftJoin(editions, eq(editions.id, auditEntries.subjectId))
    .leftJoin(reports, eq(reports.id, auditEntries.reportId))
    .leftJoin(jurisdictions, eq(jurisdictions.id, auditEntries.jurisdictionId))
    .where(
      and(
        eq(auditEntries.action, "edition.seal"),
        of.reportId === undefined ? undefined : eq(auditEntries.reportId, of.reportId),
        of.jurisdiction === undefined ? undefined : eq(jurisdictions.code, of.jurisdiction),
      ),
    )
    .orderBy(asc(auditEntries.id));
  return sealings
    .filter(
      ({ detail, number, sha256: hash, reportId, of: report }) =>
        number === null || detail["number"] !== number || detail["sha256"] !== hash || reportId !== report,
    )
    .map(({ slug, detail }) => {
      const number = typeof detail["number"] === "number" ? detail["number"] : "?";
      return told("sealing", `${slug ?? "?"}:${number}`, false);
    });
}

const told = (what: CheckName, of: string, isRight: boolean, detail?: string): Check => ({
  outcome: isRight ? "right" : "wrong",
  what,
  of,
  ...(detail === undefined ? {} : { detail }),
});

/** What cannot be looked at because the row is damaged is wrong, and the rest is looked at all the same. */
async function asked(what: CheckName, look: () => Promise<Check | Check[]>): Promise<Check[]> {
  try {
    return [await look()].flat();
  } catch (error) {
    return [told(what, "", false, error instanceof Error ? error.message : String(error))];
  }
}

const documentCheck = ({ document, sha256: hash }: SealedEdition): Check =>
  told(
    "document",
    hash,
    holds(() => sha256Hex(canonicalJson(document)) === hash),
  );

/** What was changed so that it is no edition any more cannot be put into a seal either. */
const isSealed = (edition: SealedEdition, before: SealedEdition | undefined): boolean =>
  holds(() => sealHash(sealOf(edition, before?.sealSha256 ?? null)) === edition.sealSha256);

const codeCheck = ({ code, sealSha256 }: SealedEdition): Check =>
  told(
    "code",
    code,
    holds(() => codeOf(sealSha256) === code),
  );

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

type KeptFile = typeof editionFiles.$inferSelect;

async function fileChecks(db: Database, edition: SealedEdition, previous: SealedEdition | undefined): Promise<Check[]> {
  const kept = await db
    .select()
    .from(editionFiles)
    .where(eq(editionFiles.editionId, edition.id))
    .orderBy(asc(editionFiles.format));
  const zip = kept.find((one) => one.format === "zip");
  const archive = zip ? verifyArchive(zip.bytes) : null;
  const fetched = await downloadedFormats(db, edition.id);
  // The archive is made last, of all the others: where it lies, or where somebody was given a file, there was one.
  const missing = (format: DocumentFormat | "zip"): Check =>
    zip || fetched.has(format)
      ? told("file-gone", format, false)
      : { outcome: "unknown", what: "file-missing", of: format };

  const checks: Check[] = [];
  const made: { format: string; extension: string; bytes: Uint8Array }[] = [];
  for (const format of formatsOf(edition)) {
    const file = kept.find((one) => one.format === format);
    const again = await attempt(() => makeAgain(edition, format));
    // An archive is packed of the files as they lie; those that this program made are packed as they should be.
    const bytes = file && file.maker !== makerName() ? file.bytes : again;
    if (!(bytes instanceof Error)) made.push({ format, extension: FORMATS[format].extension, bytes });
    if (!file) checks.push(missing(format));
    else {
      checks.push(...ofFile(edition, file, again));
      if (format === "json") checks.push(contentCheck(edition, file));
      if (archive) checks.push(inArchiveCheck(archive.manifest, file));
    }
  }
  if (!zip || !archive) return [...checks, missing("zip")];
  const wrong = archive.checks.filter(({ isRight }) => !isRight).map(({ what, of }) => `${what} ${of}`);
  return [
    ...checks,
    ...ofFile(edition, zip, await attempt(() => archiveOf(db, edition, made))),
    told("archive", "zip", wrong.length === 0, wrong.length === 0 ? undefined : wrong.join(", ")),
    told("archive-seal", "zip", isArchiveOf(archive.manifest, edition, previous)),
  ];
}

/** The formats of an edition that somebody was given, as the audit log knows. */
async function downloadedFormats(db: Database, editionId: string): Promise<Set<unknown>> {
  const entries = await db
    .select({ detail: auditEntries.detail })
    .from(auditEntries)
    .where(and(eq(auditEntries.action, "edition.download"), eq(auditEntries.subjectId, editionId)));
  return new Set(entries.map(({ detail }) => detail["format"]));
}

const makeAgain = (edition: SealedEdition, format: DocumentFormat): Promise<Uint8Array> =>
  FORMATS[format].make(fileSourceOf(edition), { fontDirectory: join(projectDirectory, "fonts") });

async function attempt(make: () => Promise<Uint8Array>): Promise<Uint8Array | Error> {
  try {
    return await make();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function ofFile(edition: SealedEdition, file: KeptFile, again: Uint8Array | Error): Check[] {
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

/** Whoever made it: what the stored JSON says is the text, the record and the mark that were sealed. */
function contentCheck(edition: SealedEdition, { bytes }: KeptFile): Check {
  const isRight = holds(() => {
    const said = JSON.parse(Buffer.from(bytes).toString("utf8")) as EditionFile;
    const { mark, record } = fileSourceOf(edition);
    return (
      said.record !== null &&
      sha256Hex(canonicalJson(said.document)) === edition.sha256 &&
      recordHash(said.record) === recordHash(record) &&
      canonicalJson(said.edition) === canonicalJson(mark)
    );
  });
  return told("content", "json", isRight);
}

/** Whoever made it: the file is the one that the edition's archive was packed with. */
function inArchiveCheck(manifest: Manifest | null, file: KeptFile): Check {
  const listed = manifest?.files.filter(({ what, format }) => what === "format" && format === file.format) ?? [];
  const isRight = listed.length === 1 && listed[0]?.sha256 === sha256(file.bytes);
  return told("in-archive", file.format, isRight);
}

const isArchiveOf = (manifest: Manifest | null, edition: SealedEdition, previous: SealedEdition | undefined): boolean =>
  holds(
    () =>
      manifest !== null &&
      manifest.sealSha256 === edition.sealSha256 &&
      canonicalJson(manifest.seal) === canonicalJson(sealOf(edition, previous?.sealSha256 ?? null)),
  );

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
