import type { Actor } from "../kernel/actor";
import { DomainError, type RefusalKey } from "../kernel/errors";
import { AUTHORS, isOneOf, type Role } from "../kernel/roles";
import type { Abilities } from "../section/policy";
import type { ReportStatus } from "./workflow";

export const REPORT_ABILITIES = [
  "open",
  "import",
  "sendForApproval",
  "recall",
  "approve",
  "return",
  "seal",
  "deliver",
  "reopen",
] as const;
export type ReportAbility = (typeof REPORT_ABILITIES)[number];

/** `writers` wrote or submitted any text that is in the compiled whole, or sent it for approval. */
export type ReportFacts = { status: ReportStatus; jurisdictionId: string; writers: readonly string[] };

const RULES: Record<ReportAbility, { role: Role; from: readonly ReportStatus[]; otherwise: RefusalKey }> = {
  // Opening the next period's report from this one: always, its own state is not touched.
  open: { role: "lead", from: ["collecting", "approving", "approved", "delivered"], otherwise: "not-found" },
  // Laying the texts of a file into leaves that nobody has written in.
  import: { role: "lead", from: ["collecting"], otherwise: "report-not-collecting" },
  sendForApproval: { role: "lead", from: ["collecting"], otherwise: "report-not-collecting" },
  recall: { role: "lead", from: ["approving"], otherwise: "report-not-approving" },
  approve: { role: "approver", from: ["approving"], otherwise: "report-not-approving" },
  return: { role: "approver", from: ["approving"], otherwise: "report-not-approving" },
  seal: { role: "lead", from: ["approved", "delivered"], otherwise: "report-not-approved" },
  deliver: { role: "lead", from: ["approved", "delivered"], otherwise: "report-not-approved" },
  reopen: { role: "lead", from: ["approved", "delivered"], otherwise: "report-not-reopenable" },
};

/** Why the actor may not, or null when they may. Nobody decides on what they wrote or submitted. */
export function reportRefusal(ability: ReportAbility, actor: Actor, facts: ReportFacts): RefusalKey | null {
  if (facts.jurisdictionId !== actor.jurisdictionId) return "not-found";
  const rule = RULES[ability];
  if (rule.role !== actor.role) return "not-your-role";
  if (!rule.from.includes(facts.status)) return rule.otherwise;
  if ((ability === "approve" || ability === "return") && facts.writers.includes(actor.userId)) return "own-work";
  return null;
}

export function authorizeReport(ability: ReportAbility, actor: Actor, facts: ReportFacts): void {
  const refusal = reportRefusal(ability, actor, facts);
  if (refusal) throw new DomainError(refusal);
}

export function reportAbilities(actor: Actor, facts: ReportFacts): Abilities<ReportAbility> {
  const entries = REPORT_ABILITIES.map((ability) => [ability, reportRefusal(ability, actor, facts)] as const);
  return Object.fromEntries(entries) as Abilities<ReportAbility>;
}

/** Twin of the policies `see` on reports, sections and routes: the outline and its states, without any text. */
export function maySeeReport(actor: Actor, report: { jurisdictionId: string }): boolean {
  return report.jurisdictionId === actor.jurisdictionId && isOneOf(actor.role, AUTHORS);
}
