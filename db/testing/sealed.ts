import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { codeOf, recordHash, sealHash } from "../../domain/edition/seal";
import { canonicalJson, sha256Hex } from "../../domain/kernel/canonical-json";
import type { EditionRecord } from "../../render/edition-record";
import type { ReportDocument } from "../../render/report-document";
import { aSmallReport } from "../../render/small-report";
import { auditEntries, editions, evidence, reports } from "../schema";
import { aReport, type District } from "./factories";

/** An attached file whose bytes lie with the evidence of the report's first leaf. */
type Attached = { name: string; mediaType: string; bytes: Uint8Array };

/**
 * A sealed edition of any text, with a true seal, chained to the report's last one, as sealing leaves it behind: also of
 * texts that the factories' short reports are not. Nobody has been given it.
 */
export async function aSealedEdition(
  district: District,
  wish: {
    document?: ReportDocument;
    reportId?: string;
    attached?: readonly Attached[];
    record?: Partial<EditionRecord>;
  } = {},
): Promise<{ id: string; reportId: string; slug: string; number: number }> {
  const { db } = district.database.owner;
  const report = wish.reportId === undefined ? await aReport(district) : null;
  const reportId = wish.reportId ?? report?.id ?? "";
  const [row] = await db
    .select({ slug: reports.slug, name: reports.name })
    .from(reports)
    .where(eq(reports.id, reportId));
  if (!row) throw new Error("the report is not there");
  const text = wish.document ?? aSmallReport();
  const document = { ...text, report: { ...text.report, slug: row.slug, jurisdiction: `${district.code}区` } };
  const attachments: EditionRecord["attachments"] = [];
  for (const { name, mediaType, bytes } of wish.attached ?? []) {
    const id = crypto.randomUUID();
    const sectionId = report?.leaves[0]?.id ?? null;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const author = district.agriculture.drafter;
    await db.insert(evidence).values({
      id,
      jurisdictionId: district.jurisdictionId,
      sectionId,
      name,
      mediaType,
      size: bytes.length,
      sha256,
      bytes,
      authorId: author.userId,
      authorLabel: author.label,
      createdAt: SEALED_AT,
    });
    const of = sectionId ?? "";
    attachments.push({ id, name, mediaType, size: bytes.length, sha256, kind: "leaf", of, title: "抓粮食" });
  }
  const record: EditionRecord = {
    schema: "huibao.record/1",
    approvals: [],
    audit: [],
    missing: [],
    ...wish.record,
    attachments,
  };
  const before = await db
    .select({ number: editions.number, seal: editions.sealSha256 })
    .from(editions)
    .where(eq(editions.reportId, reportId))
    .orderBy(editions.number);
  const number = before.length + 1;
  const sha256 = sha256Hex(canonicalJson(document));
  const lead = district.bureau.lead;
  const seal = sealHash({
    schema: "huibao.seal/1",
    report: row.slug,
    jurisdiction: document.report.jurisdiction,
    number,
    kind: "meeting",
    name: row.name,
    document: sha256,
    record: recordHash(record),
    previous: before.at(-1)?.seal ?? null,
    supersedes: null,
    notice: null,
    exception: null,
    origin: "https://huibao.example.gov.cn",
    sealedBy: lead.label,
    sealedAt: SEALED_AT.toISOString(),
  });
  const id = crypto.randomUUID();
  await db.insert(editions).values({
    id,
    jurisdictionId: district.jurisdictionId,
    reportId,
    number,
    kind: "meeting",
    name: row.name,
    document,
    sha256,
    record,
    sealSha256: seal,
    code: codeOf(seal),
    origin: "https://huibao.example.gov.cn",
    sealedBy: lead.userId,
    sealedLabel: lead.label,
    sealedAt: SEALED_AT,
  });
  await db.insert(auditEntries).values({
    jurisdictionId: district.jurisdictionId,
    at: SEALED_AT,
    userId: lead.userId,
    actorLabel: lead.label,
    action: "edition.seal",
    subjectType: "edition",
    subjectId: id,
    reportId,
    detail: { number, kind: "meeting", sha256 },
  });
  return { id, reportId, slug: row.slug, number };
}

const SEALED_AT = new Date("2024-08-01T01:30:00.123Z");
