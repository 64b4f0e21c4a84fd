import type { Actor } from "../kernel/actor";
import type { RefusalKey } from "../kernel/errors";
import { isOneOf } from "../kernel/roles";
import { mayReadDraft } from "../report/policy";
import type { ReportStatus } from "../report/workflow";
import type { ExportFormat, ExportSource } from "./workflow";

/** So many files may wait for one person at a time. */
export const UNFINISHED_MOST = 10;

/** Files that hold the record of an edition's making: who decided what, the audit extract, the attachments. */
const WITH_RECORD = ["json", "zip"] as const satisfies readonly ExportFormat[];

/** Twin of the policy `see` on edition_files, of an edition that the actor may see. */
export const mayHaveFile = (actor: Actor, format: ExportFormat): boolean =>
  !isOneOf(format, WITH_RECORD) || actor.role === "lead" || actor.role === "approver";

/** What a request is made of: `editions` says of each of its editions whether the actor may see it. */
export type ExportFacts = {
  jurisdictionId: string;
  requestedBy: string;
  membershipId: string;
  source: ExportSource;
  reportStatus: ReportStatus;
  editions: readonly boolean[];
};

/** Twin of the policy `see` on export_requests and export_parts: one's own of this post, of a text that one may read now. */
export function maySeeExport(actor: Actor, facts: ExportFacts): boolean {
  const { jurisdictionId, requestedBy, membershipId, source, reportStatus: status, editions } = facts;
  if (jurisdictionId !== actor.jurisdictionId || requestedBy !== actor.userId) return false;
  if (membershipId !== actor.membershipId) return false;
  return source === "draft" ? mayReadDraft(actor, { jurisdictionId, status }) : editions.every(Boolean);
}

/** Why one more file cannot be asked for, or null. */
export function askRefusal({ unfinished, isEmpty }: { unfinished: number; isEmpty: boolean }): RefusalKey | null {
  if (isEmpty) return "nothing-to-export";
  return unfinished >= UNFINISHED_MOST ? "exports-full" : null;
}
