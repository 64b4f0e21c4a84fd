import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { reports } from "../../db/schema";
import type { Block, ReportDocument } from "../../render/report-document";
import { checkReport } from "../check/check-report";
import type { CheckBlock, Finding } from "../check/finding";
import { waivedIn } from "../indicator/waivers";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { compileUnderWay } from "./compile-report";

export type CheckedReport = { document: ReportDocument; findings: Finding[] };

/**
 * The whole report as it is before the reviewers, checked: table, texts, and both against each other (domain/check).
 * Findings in the text name blocks of the document; explanations that were written count.
 */
export async function checkedReport(tx: Transaction, ctx: Context, reportId: string): Promise<CheckedReport> {
  const { document } = await compileUnderWay(tx, ctx, reportId);
  const { half, year } = document.report;
  const found = checkReport(checkBlocks(document), document.indicators ?? [], { half, year });
  return { document, findings: await waivedIn(tx, reportId, found) };
}

/** The findings of a report with the leaf that each stands in, for its page. */
export async function getChecksPage(tx: Transaction, ctx: Context, slug: string) {
  const [report] = await tx
    .select({ id: reports.id, slug: reports.slug, name: reports.name, status: reports.status })
    .from(reports)
    .where(eq(reports.slug, slug));
  if (!report) throw new DomainError("not-found");
  const { document, findings } = await checkedReport(tx, ctx, report.id);
  return {
    report,
    isEmpty: document.blocks.length === 0 && (document.indicators ?? []).length === 0,
    findings: findings.map((finding) => ({ finding, leaf: leafOfFinding(document, finding) })),
    mayExplain: (ctx.actor.role === "lead" || ctx.actor.role === "drafter") && report.status === "collecting",
  };
}

/** The leaf in whose text a finding stands; null for one in the table. */
export function leafOfFinding(document: ReportDocument, finding: Finding) {
  const { where } = finding;
  const block = where.in === "text" ? document.blocks.find(({ id }) => id === where.block) : undefined;
  const span = block && "spans" in block ? spanAt(block, finding) : undefined;
  const leaf = span ? document.contributions[span.from] : undefined;
  return leaf ? { id: leaf.section, title: leaf.title, department: leaf.department } : null;
}

/** The document's blocks as the checks read them; they read sentences, and a table between them has none. */
export function checkBlocks(document: ReportDocument): CheckBlock[] {
  return document.blocks.flatMap((block): CheckBlock[] => {
    if (block.kind === "table") return [];
    if (block.kind === "heading") return [{ id: block.id, kind: "heading", text: `${block.number}${block.text}` }];
    const text = block.spans.map((span) => span.text).join("");
    if (block.kind === "title") return [{ id: block.id, kind: "heading", text }];
    const kind = block.kind === "bullet" ? "bullet" : "paragraph";
    return [{ id: block.id, kind, text: `${numberBefore(block)}${text}` }];
  });
}

function numberBefore(block: Block): string {
  if (block.kind === "numbered") return block.number;
  return block.kind === "paragraph" && block.number !== undefined ? `${block.number} ` : "";
}

function spanAt(block: Extract<Block, { spans: unknown }>, finding: Finding) {
  const from = finding.where.in === "text" ? finding.where.from : 0;
  let at = numberBefore(block).length;
  for (const span of block.spans) {
    at += span.text.length;
    if (from < at) return span;
  }
  return block.spans.at(-1);
}
