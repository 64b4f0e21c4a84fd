import { eq, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { reports } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { loadWholeRoute } from "../route/load";
import { lockReport } from "./lock";
import { authorizeReport, type ReportAbility, type ReportFacts } from "./policy";

export type LoadedReport = ReportFacts & {
  id: string;
  slug: string;
  name: string;
  version: number;
  documentHash: string | null;
  stepId: string | null;
  round: number;
};

// Column names are written out: drizzle leaves the table's name away in a select from one table.
/** Who wrote any approved text or figure of the report, or sent the whole for approval. */
const writers = sql<string[]>`(
  select coalesce(array_agg(distinct w), '{}') from (
    select unnest(v.writers) as w from sections s join revisions v on v.id = s.approved_revision_id
     where s.report_id = reports.id
    union
    select unnest(v.writers) from indicators i join indicator_revisions v on v.id = i.approved_revision_id
     where i.report_id = reports.id
    union select reports.sent_by where reports.sent_by is not null
  ) as hands)`;

/** The columns that the rules about the compiled whole look at. */
export const reportFacts = {
  id: reports.id,
  slug: reports.slug,
  name: reports.name,
  status: reports.status,
  version: reports.version,
  jurisdictionId: reports.jurisdictionId,
  documentHash: reports.documentHash,
  stepId: reports.stepId,
  round: reports.round,
  writers,
};

/** Loads a report for a change of the compiled whole, alone. */
export async function loadReportForChange(tx: Transaction, reportId: string): Promise<LoadedReport> {
  await lockReport(tx, reportId, "alone");
  const [report] = await tx.select(reportFacts).from(reports).where(eq(reports.id, reportId));
  if (!report) throw new DomainError("not-found");
  return { ...report, route: await loadWholeRoute(tx, report) };
}

/** As authorizeAt for leaves. */
export function authorizeReportAt(ctx: Context, ability: ReportAbility, report: LoadedReport, version: number): void {
  authorizeReport(ability, ctx.actor, report);
  if (report.version !== version) throw new DomainError("stale-version");
}
