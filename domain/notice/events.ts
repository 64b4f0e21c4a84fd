import type { Role } from "../kernel/roles";

/**
 * What is told, and whose desk it lands on. "owner" roles are those of the department that owns the leaf or indicator,
 * "confirmer" of the office that confirms the indicator; the others hold anywhere in the jurisdiction. Remarks name their
 * desks themselves (outbox.mentions), and what is answered comes to everybody in the thread.
 */
export const NOTICE_EVENTS = {
  "section.submitted": { owner: ["signer"], others: [] },
  "section.withdrawn": { owner: ["signer"], others: ["lead"] },
  "section.signed": { owner: [], others: ["lead"] },
  "section.passed": { owner: ["drafter", "signer"], others: [] },
  "section.returned": { owner: ["drafter", "signer"], others: [] },
  "indicator.submitted": { owner: ["signer"], others: [] },
  "indicator.withdrawn": { owner: ["signer"], confirmer: ["signer"], others: ["lead"] },
  "indicator.signed": { owner: [], confirmer: ["signer"], others: ["lead"] },
  "indicator.confirmed": { owner: [], others: ["lead"] },
  "indicator.passed": { owner: ["drafter", "signer"], others: [] },
  "indicator.returned": { owner: ["drafter", "signer"], others: [] },
  "remark.added": { owner: [], others: [] },
  "remark.answered": { owner: [], others: [] },
  "report.sent-for-approval": { owner: [], others: ["approver"] },
  "report.recalled": { owner: [], others: ["approver"] },
  "report.approved": { owner: [], others: ["lead"] },
  "report.returned": { owner: [], others: ["lead"] },
  "report.reopened": { owner: [], others: ["approver"] },
  "edition.delivered": { owner: [], others: ["clerk", "member", "approver"] },
} as const satisfies Record<string, { owner: readonly Role[]; confirmer?: readonly Role[]; others: readonly Role[] }>;

export type NoticeEvent = keyof typeof NOTICE_EVENTS;
