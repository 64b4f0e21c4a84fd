import type { RefusalKey } from "../kernel/errors";
import type { PlannedStep } from "./schema";

/**
 * What is against a route, or null. Leaves and rows take its steps up to the lead bureau's, which is their last, for it
 * merges the texts (统稿) and freezes their figures; the compiled whole takes the approvers' steps after it.
 */
export function routeRefusal(steps: readonly PlannedStep[]): RefusalKey | null {
  const first = steps.findIndex(({ action }) => action === "approve");
  const items = first === -1 ? steps : steps.slice(0, first);
  const whole = first === -1 ? [] : steps.slice(first);
  const last = items.at(-1);
  if (!last || last.action !== "review" || last.role !== "lead" || last.office !== "any" || last.skippable) {
    return "route-needs-lead";
  }
  if (whole.length === 0 || whole.some(({ action }) => action !== "approve")) return "route-needs-approver";
  return steps.some((step) => !fits(step)) ? "route-step-unfit" : null;
}

/** A step's role and office belong to its verb; whoever of every office may sit there is named. */
function fits({ action, role, office, mode, quorum, skippable, people }: PlannedStep): boolean {
  if ((mode === "quorum") !== (quorum !== null)) return false;
  if (quorum !== null && people.length > 0 && quorum > people.length) return false;
  if (new Set(people).size !== people.length) return false;
  switch (action) {
    case "sign":
      return role === "signer" && office === "owner" && people.length === 0;
    case "confirm":
      return role === "signer" && office === "confirmer" && people.length === 0;
    case "review":
      return office === "any" && (role === "lead" || people.length > 0);
    case "approve":
      return role === "approver" && office === "any" && !skippable;
  }
}
