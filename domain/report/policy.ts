import type { Actor } from "../kernel/actor";
import { DomainError, type RefusalKey } from "../kernel/errors";
import { AUTHORS, isOneOf, type Role } from "../kernel/roles";
import { handsOf } from "../route/policy";
import { presentStep, type RouteFacts } from "../route/route";
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
  "sealDraft",
  "deliver",
  "deliverDraft",
  "reopen",
] as const;
export type ReportAbility = (typeof REPORT_ABILITIES)[number];

/** What the rules about the report's state look at. */
export type StatusFacts = { status: ReportStatus; jurisdictionId: string };
/** `writers` wrote or submitted any text that is in the compiled whole, or sent it for approval; `route`: its own steps. */
export type ReportFacts = StatusFacts & { writers: readonly string[]; route: RouteFacts };

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
  // 征求意见稿 and 送审稿, of a text that nobody has approved as a whole (domain/edition/workflow.ts).
  sealDraft: { role: "lead", from: ["collecting", "approving", "approved", "delivered"], otherwise: "not-found" },
  deliver: { role: "lead", from: ["approved", "delivered"], otherwise: "report-not-approved" },
  deliverDraft: { role: "lead", from: ["collecting", "approving", "approved", "delivered"], otherwise: "not-found" },
  reopen: { role: "lead", from: ["approved", "delivered"], otherwise: "report-not-reopenable" },
};

/** Why the actor may not, or null when they may. Nobody decides on what they wrote or submitted, nor twice. */
export function reportRefusal(ability: ReportAbility, actor: Actor, facts: ReportFacts): RefusalKey | null {
  const refusal = statusRefusal(ability, actor, facts);
  if (refusal !== null) return refusal;
  if (ability === "recall") return isUntouched(facts.route) ? null : "report-not-recallable";
  if (ability !== "approve" && ability !== "return") return null;
  const { seats, votes, course } = facts.route;
  const present = presentStep(facts.route)?.id;
  if (!seats.some(({ membershipId }) => membershipId === actor.seatId)) return "not-your-step";
  const hands = handsOf(actor, seats);
  if (facts.writers.some((userId) => hands.includes(userId))) return "own-work";
  const own = votes.filter((vote) => hands.includes(vote.userId) || vote.seat === actor.seatId);
  if (own.some(({ step }) => step !== present)) return "signed-by-you";
  return ability === "approve" && own.some(({ round }) => round === course.round) ? "already-decided" : null;
}

/** At its first step, and nobody has approved it there. */
function isUntouched({ steps, course, votes }: RouteFacts): boolean {
  const isFirst = course.at.is === "step" && course.at.step === steps[0]?.id;
  return isFirst && votes.every(({ round }) => round < course.round);
}

/** The same as far as the role and the report's state decide it: all there is to say of what is not about the whole. */
export function statusRefusal(ability: ReportAbility, actor: Actor, facts: StatusFacts): RefusalKey | null {
  if (facts.jurisdictionId !== actor.jurisdictionId) return "not-found";
  const rule = RULES[ability];
  if (rule.role !== actor.role) return "not-your-role";
  return rule.from.includes(facts.status) ? null : rule.otherwise;
}

export function authorizeReport(ability: ReportAbility, actor: Actor, facts: ReportFacts): void {
  const refusal = reportRefusal(ability, actor, facts);
  if (refusal) throw new DomainError(refusal);
}

export function authorizeStatus(ability: ReportAbility, actor: Actor, facts: StatusFacts): void {
  const refusal = statusRefusal(ability, actor, facts);
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

/** The report as it stands is read by the lead bureau, and by the approver once it is before him. */
export function mayReadDraft(actor: Actor, report: StatusFacts): boolean {
  if (report.jurisdictionId !== actor.jurisdictionId) return false;
  return actor.role === "lead" || (actor.role === "approver" && report.status !== "collecting");
}
