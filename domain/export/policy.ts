import type { Actor } from "../kernel/actor";
import type { RefusalKey } from "../kernel/errors";
import type { ReportStatus } from "../report/workflow";
import type { ExportSource } from "./workflow";

/** So many files may wait for one person at a time. */
export const UNFINISHED_MOST = 10;

/** The report as it stands is read by the lead bureau, and by the approver once it is before him. */
export function mayReadDraft(actor: Actor, report: { jurisdictionId: string; status: ReportStatus }): boolean {
  if (report.jurisdictionId !== actor.jurisdictionId) return false;
  return actor.role === "lead" || (actor.role === "approver" && report.status !== "collecting");
}

/** What a request is made of: `editions` says of each of its editions whether the actor may see it. */
export type ExportFacts = {
  jurisdictionId: string;
  requestedBy: string;
  source: ExportSource;
  reportStatus: ReportStatus;
  editions: readonly boolean[];
};

/** Twin of the policy `see` on export_requests and export_parts: one's own, of a text that one may read now. */
export function maySeeExport(actor: Actor, facts: ExportFacts): boolean {
  const { jurisdictionId, requestedBy, source, reportStatus: status, editions } = facts;
  if (jurisdictionId !== actor.jurisdictionId || requestedBy !== actor.userId) return false;
  return source === "draft" ? mayReadDraft(actor, { jurisdictionId, status }) : editions.every(Boolean);
}

/** Why one more file cannot be asked for, or null. */
export function askRefusal({ unfinished, isEmpty }: { unfinished: number; isEmpty: boolean }): RefusalKey | null {
  if (isEmpty) return "nothing-to-export";
  return unfinished >= UNFINISHED_MOST ? "exports-full" : null;
}
