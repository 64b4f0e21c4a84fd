import { desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { reports, sections } from "../../db/schema";
import { DomainError } from "../kernel/errors";
import { headingKinds } from "../section/heading-kinds";

export async function listReports(tx: Transaction) {
  return tx
    .select({
      id: reports.id,
      slug: reports.slug,
      name: reports.name,
      year: reports.year,
      half: reports.half,
      status: reports.status,
      dueOn: reports.dueOn,
      leaves: sql<number>`(select count(*)::int from ${sections} s where s.report_id = reports.id
                            and s.kind not in ${headingKinds})`,
      approved: sql<number>`(select count(*)::int from ${sections} s where s.report_id = reports.id
                              and s.status = 'approved' and s.kind not in ${headingKinds})`,
    })
    .from(reports)
    .orderBy(desc(reports.year), desc(reports.half));
}

/** A report's id by its slug, for whoever may see it; "not-found" for all others. */
export async function readReportId(tx: Transaction, slug: string): Promise<string> {
  const [report] = await tx.select({ id: reports.id }).from(reports).where(eq(reports.slug, slug));
  if (!report) throw new DomainError("not-found");
  return report.id;
}
