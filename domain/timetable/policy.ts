import type { Actor } from "../kernel/actor";
import { DomainError, type RefusalKey } from "../kernel/errors";
import { AUTHORS, isOneOf } from "../kernel/roles";
import type { ReportStatus } from "../report/workflow";

/** To lay out the milestones; to set days of steps and departments; to permit a later day; 催办. */
export const TIMETABLE_ABILITIES = ["arrange", "set-days", "permit", "urge"] as const;
export type TimetableAbility = (typeof TIMETABLE_ABILITIES)[number];

export type TimetableFacts = { jurisdictionId: string; status: ReportStatus };

/** The lead bureau alone. The sitting may be moved at any time; days, permits and reminders are for what is collected. */
export function timetableRefusal(ability: TimetableAbility, actor: Actor, facts: TimetableFacts): RefusalKey | null {
  if (facts.jurisdictionId !== actor.jurisdictionId) return "not-found";
  if (actor.role !== "lead") return "not-your-role";
  return ability === "arrange" || facts.status === "collecting" ? null : "report-not-collecting";
}

export function authorizeTimetable(ability: TimetableAbility, actor: Actor, facts: TimetableFacts): void {
  const refusal = timetableRefusal(ability, actor, facts);
  if (refusal) throw new DomainError(refusal);
}

/** Twin of the policies `see` on timetables and milestones: everybody who works on the report. */
export function maySeeTimetable(actor: Actor, of: { jurisdictionId: string }): boolean {
  return of.jurisdictionId === actor.jurisdictionId && isOneOf(actor.role, AUTHORS);
}

/** Twin of the policies `see` on late_permits and reminders: the department's own, and those who answer for the whole. */
export function maySeeOwed(actor: Actor, of: { jurisdictionId: string; organId: string }): boolean {
  if (of.jurisdictionId !== actor.jurisdictionId) return false;
  if (actor.role === "lead" || actor.role === "approver") return true;
  return (actor.role === "drafter" || actor.role === "signer") && of.organId === actor.organId;
}
