import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { reports } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { lockReport } from "../report/lock";
import { authorizeStatus } from "../report/policy";

/** Loads a report for texts that are laid into it: its leaves may move meanwhile, the whole may not. */
export async function loadReportForImport(tx: Transaction, ctx: Context, reportId: string): Promise<void> {
  await lockReport(tx, reportId, "shared");
  const [report] = await tx
    .select({ status: reports.status, jurisdictionId: reports.jurisdictionId })
    .from(reports)
    .where(eq(reports.id, reportId));
  if (!report) throw new DomainError("not-found");
  authorizeStatus("import", ctx.actor, report);
}
