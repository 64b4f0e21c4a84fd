import { and, asc, eq, inArray, isNull, ne, or, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicatorRevisions, reviews, revisions, routeSteps } from "../../db/schema";
import type {
  EditionRecord,
  RecordedAct,
  RecordedApproval,
  RecordedAttachment,
  RecordedOpen,
} from "../../render/edition-record";
import type { Contribution, ReportDocument } from "../../render/report-document";
import type { AuditAction } from "../audit/record";
import type { Lacks } from "./lacks";

/** The acts of a report's life that an edition keeps: what moved, never what a department did among itself. */
const RECORDED: readonly AuditAction[] = [
  "section.submit",
  "section.revise",
  "section.withdraw",
  "section.sign",
  "section.pass",
  "section.return",
  "indicator.submit",
  "indicator.revise",
  "indicator.withdraw",
  "indicator.sign",
  "indicator.confirm",
  "indicator.pass",
  "indicator.return",
  "figure.accept",
  "figure.keep",
  "finding.explain",
  "report.open",
  "report.import",
  "report.send-for-approval",
  "report.recall",
  "report.approve",
  "report.return",
  "report.reopen",
  "edition.seal",
  "edition.deliver",
];

/**
 * What an edition keeps of its making: who wrote, signed, confirmed and passed each text and row that it prints, who approved
 * the whole, the acts of the audit log, the attached files by hash, and what was open. People by their offices' labels only.
 */
export async function makeRecord(
  tx: Transaction,
  reportId: string,
  { document, hash }: { document: ReportDocument; hash: string },
  lacks: Lacks,
): Promise<EditionRecord> {
  const rows = new Set((document.indicators ?? []).map(({ from }) => from));
  const printed = document.contributions.map((one, index): Printed => ({
    ...one,
    kind: rows.has(index) ? "indicator" : "leaf",
  }));
  const open = recordedOpen(lacks);
  const [approvals, audit, attachments] = await Promise.all([
    readApprovals(tx, reportId, { document, hash }, printed),
    readActs(tx, reportId),
    readAttachments(tx, printed),
  ]);
  return {
    schema: "huibao.record/1",
    approvals,
    audit,
    attachments,
    missing: lacks.missing,
    ...(open.length > 0 ? { open } : {}),
  };
}

type Printed = Contribution & { kind: "leaf" | "indicator" };

async function readApprovals(
  tx: Transaction,
  reportId: string,
  { document, hash }: { document: ReportDocument; hash: string },
  printed: readonly Printed[],
): Promise<RecordedApproval[]> {
  const idsOf = (kind: Printed["kind"]) => printed.filter((one) => one.kind === kind).map(({ revision }) => revision);
  const [leaves, rows] = [idsOf("leaf"), idsOf("indicator")];
  const [texts, figures, verdicts] = await Promise.all([
    tx
      .select({ id: revisions.id, by: revisions.authorLabel, at: revisions.createdAt })
      .from(revisions)
      .where(inArray(revisions.id, leaves)),
    tx
      .select({ id: indicatorRevisions.id, by: indicatorRevisions.authorLabel, at: indicatorRevisions.createdAt })
      .from(indicatorRevisions)
      .where(inArray(indicatorRevisions.id, rows)),
    tx
      .select({
        revision: sql<string | null>`coalesce(${reviews.revisionId}, ${reviews.indicatorRevisionId})`,
        verdict: reviews.verdict,
        step: routeSteps.name,
        by: reviews.actorLabel,
        at: reviews.createdAt,
      })
      .from(reviews)
      .leftJoin(routeSteps, eq(routeSteps.id, reviews.stepId))
      .where(
        and(
          eq(reviews.reportId, reportId),
          ne(reviews.verdict, "return"),
          or(
            inArray(reviews.revisionId, leaves),
            inArray(reviews.indicatorRevisionId, rows),
            and(isNull(reviews.sectionId), isNull(reviews.indicatorId), eq(reviews.documentHash, hash)),
          ),
        ),
      )
      .orderBy(asc(reviews.createdAt), asc(reviews.id)),
  ]);
  const written = new Map([...texts, ...figures].map((one) => [one.id, one]));
  const decided = new Map<string | null, typeof verdicts>();
  for (const one of verdicts) decided.set(one.revision, [...(decided.get(one.revision) ?? []), one]);
  const ofPrinted = printed.flatMap((one): RecordedApproval[] => {
    const { kind, section: of, title, department, number, revision } = one;
    const what = { kind, of, title, department, number };
    const hand = written.get(revision);
    return [
      ...(hand ? [{ ...what, verdict: "write" as const, step: null, by: hand.by, at: hand.at.toISOString() }] : []),
      ...(decided.get(revision) ?? []).map((verdict) => ({ ...what, ...said(verdict) })),
    ];
  });
  const whole = { kind: "whole", of: reportId, title: document.report.name, department: "", number: null } as const;
  return [...ofPrinted, ...(decided.get(null) ?? []).map((verdict) => ({ ...whole, ...said(verdict) }))];
}

type Said = { verdict: RecordedApproval["verdict"] | "return"; step: string | null; by: string; at: Date };

function said({ verdict, step, by, at }: Said): Pick<RecordedApproval, "verdict" | "step" | "by" | "at"> {
  if (verdict === "return") throw new Error("a return approves nothing");
  return { verdict, step, by, at: at.toISOString() };
}

async function readActs(tx: Transaction, reportId: string): Promise<RecordedAct[]> {
  const rows = await tx.execute<RecordedAct>(sql`
    select to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, a.by, a.action, a.subject
      from report_acts(${reportId}, ${`{${RECORDED.join(",")}}`}::text[]) a`);
  return rows.map(({ at, by, action, subject }) => ({ at, by, action, subject }));
}

/** Those that were attached when the printed text or row was submitted: what came or went with a later one is not of it. */
async function readAttachments(tx: Transaction, printed: readonly Printed[]): Promise<RecordedAttachment[]> {
  const files = await tx.execute<Omit<RecordedAttachment, "kind" | "title">>(sql`
    select f.id, f.name, f.media_type as "mediaType", f.size, f.sha256, f.target as of
      from printed_attachments(${`{${printed.map(({ revision }) => revision).join(",")}}`}::uuid[]) f`);
  return printed.flatMap(({ kind, section, title }) =>
    files.filter(({ of }) => of === section).map((file) => ({ ...file, kind, title })),
  );
}

const recordedOpen = ({ stale, moved, findings }: Lacks): RecordedOpen[] => [
  ...stale.map(({ title, department }) => ({ kind: "stale-approval" as const, title, said: department })),
  ...moved.map(({ title }) => ({ kind: "moved-figure" as const, title, said: "" })),
  ...findings.map(({ finding, leaf }) => ({
    kind: "finding" as const,
    title: leaf?.title ?? (finding.where.in === "table" ? finding.where.indicator : ""),
    said: [finding.rule, finding.stated, finding.expected].filter((word) => word !== "").join(" · "),
  })),
];
