import { auditEntries } from "../../db/schema";
import type { Transaction } from "../../db/client";
import type { Context } from "../kernel/context";

export type AuditAction =
  | `section.${"save" | "restore" | "brief" | "submit" | "revise" | "withdraw" | "sign" | "pass" | "return"}`
  | `remark.${"comment" | "suggest" | "reply" | "resolve" | "accept" | "reject" | "withdraw"}`
  | `indicator.${"fill" | "source" | "submit" | "revise" | "withdraw" | "sign" | "confirm" | "pass" | "return"}`
  | `indicator.${"add" | "edit" | "move" | "remove"}`
  | `evidence.${"add" | "remove" | "download"}`
  | `figure.${"accept" | "keep"}`
  | "finding.explain"
  | `timetable.${"arrange" | "set-days" | "permit" | "urge"}`
  | `report.${"open" | "import" | "send-for-approval" | "recall" | "approve" | "return" | "reopen"}`
  | "reason.answer"
  | `edition.${"seal" | "deliver" | "open" | "download"}`
  | `consultation.${"comment" | "none" | "withdraw" | "urge" | "dispose" | "publish"}`
  | `session.${"open" | "close" | "refuse"}`
  | `user.${"create" | "disable" | "enable" | "reset-password" | "change-password" | "sign-out-everywhere"}`
  | `membership.${"grant" | "end" | "delegate"}`
  | `${"section" | "indicator"}.${"add-reviewer" | "hand-over"}`
  | `export.${"ask" | "download"}`
  | "notice.settings"
  | `webhook.${"turn-on" | "turn-off"}`
  | "delivery.retry"
  | `route.${"save" | "archive" | "skip" | "unskip"}`;

type Entry = {
  action: AuditAction;
  subject: string;
  reportId?: string;
  detail?: Record<string, string | number | boolean | null>;
};

/** Writes entries in the mutation's own transaction: if they cannot be written, nothing happened. Never content. */
export async function record(tx: Transaction, ctx: Context, ...entries: [Entry, ...Entry[]]): Promise<void> {
  await tx.insert(auditEntries).values(
    entries.map((entry) => ({
      jurisdictionId: ctx.actor.jurisdictionId,
      at: ctx.now(),
      userId: ctx.actor.userId,
      actorLabel: ctx.actor.label,
      action: entry.action,
      subjectType: entry.action.split(".")[0] ?? entry.action,
      subjectId: entry.subject,
      reportId: entry.reportId ?? null,
      detail: entry.detail ?? {},
    })),
  );
}
