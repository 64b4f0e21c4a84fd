import { and, desc, eq, ilike, lt } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "../../db/client";
import { auditEntries } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { mayAdminister } from "../user/policy";
import type { AuditAction } from "./record";

export const ENTRIES_PER_PAGE = 50;

/** Every action that the log can hold, in the order of a report's life. Keyed, so that the compiler misses none. */
const ACTIONS: Record<AuditAction, true> = {
  "report.open": true,
  "report.import": true,
  "section.save": true,
  "section.restore": true,
  "section.brief": true,
  "section.submit": true,
  "section.revise": true,
  "section.withdraw": true,
  "section.sign": true,
  "section.pass": true,
  "section.return": true,
  "reason.answer": true,
  "remark.comment": true,
  "remark.suggest": true,
  "remark.reply": true,
  "remark.resolve": true,
  "remark.accept": true,
  "remark.reject": true,
  "remark.withdraw": true,
  "indicator.add": true,
  "indicator.edit": true,
  "indicator.move": true,
  "indicator.remove": true,
  "indicator.fill": true,
  "indicator.source": true,
  "evidence.add": true,
  "evidence.remove": true,
  "evidence.download": true,
  "finding.explain": true,
  "timetable.arrange": true,
  "timetable.set-days": true,
  "timetable.permit": true,
  "timetable.urge": true,
  "indicator.submit": true,
  "indicator.revise": true,
  "indicator.withdraw": true,
  "indicator.sign": true,
  "indicator.confirm": true,
  "indicator.pass": true,
  "indicator.return": true,
  "figure.accept": true,
  "figure.keep": true,
  "report.send-for-approval": true,
  "report.recall": true,
  "report.approve": true,
  "report.return": true,
  "report.reopen": true,
  "edition.seal": true,
  "edition.deliver": true,
  "edition.open": true,
  "edition.download": true,
  "export.ask": true,
  "export.download": true,
  "consultation.comment": true,
  "consultation.none": true,
  "consultation.withdraw": true,
  "consultation.urge": true,
  "consultation.dispose": true,
  "consultation.publish": true,
  "session.open": true,
  "session.close": true,
  "session.refuse": true,
  "user.create": true,
  "user.disable": true,
  "user.enable": true,
  "user.reset-password": true,
  "user.change-password": true,
  "user.sign-out-everywhere": true,
  "membership.grant": true,
  "membership.end": true,
  "membership.delegate": true,
  "notice.settings": true,
  "webhook.turn-on": true,
  "webhook.turn-off": true,
  "delivery.retry": true,
  "section.add-reviewer": true,
  "section.hand-over": true,
  "indicator.add-reviewer": true,
  "indicator.hand-over": true,
  "route.save": true,
  "route.archive": true,
  "route.skip": true,
  "route.unskip": true,
};
export const AUDIT_ACTIONS = Object.keys(ACTIONS) as readonly AuditAction[];

/** What may be asked of the log. Whatever is not of this shape is not asked. */
export const AuditFilter = z.object({
  actor: z
    .string()
    .trim()
    .max(100)
    .regex(/^[^\0]*$/)
    .catch(""),
  action: z
    .enum(AUDIT_ACTIONS as [AuditAction, ...AuditAction[]])
    .or(z.literal(""))
    .catch(""),
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional().catch(undefined),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

export type AuditLog = Awaited<ReturnType<typeof listAuditEntries>>;

/**
 * One page of the log, newest first, for the auditor: entries before the id `before`, whose actor's label holds
 * `actor`. `older` is the `before` of the next page, or null at the end.
 */
export async function listAuditEntries(tx: Transaction, ctx: Context, { actor, action, before }: AuditFilter) {
  if (!mayAdminister("readAudit", ctx.actor)) throw new DomainError("not-found");
  const rows = await tx
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      actor: auditEntries.actorLabel,
      action: auditEntries.action,
      subjectType: auditEntries.subjectType,
      subjectId: auditEntries.subjectId,
      detail: auditEntries.detail,
    })
    .from(auditEntries)
    .where(
      and(
        before === undefined ? undefined : lt(auditEntries.id, before),
        actor === "" ? undefined : ilike(auditEntries.actorLabel, `%${actor.replace(/[\\%_]/g, "\\$&")}%`),
        action === "" ? undefined : eq(auditEntries.action, action),
      ),
    )
    .orderBy(desc(auditEntries.id))
    .limit(ENTRIES_PER_PAGE + 1);
  const entries = rows.slice(0, ENTRIES_PER_PAGE);
  return { entries, older: rows.length > entries.length ? (entries.at(-1)?.id ?? null) : null };
}
