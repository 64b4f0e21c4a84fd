import type { RouteTemplate } from "../../../domain/route/queries";
import { USUAL_ROUTE } from "../../../domain/route/usual-route";
import type { StepDraft } from "./route-form";

/** A template's steps as its form takes them; who is not in the post any more falls away. */
export function stepDrafts(route: RouteTemplate | null): StepDraft[] {
  const steps: RouteTemplate["steps"] =
    route?.steps ?? USUAL_ROUTE.steps.map((step) => ({ ...step, id: step.action, people: [] }));
  return steps.map(({ id, name, action, role, mode, quorum, skippable, people }) => ({
    key: `step-${id}`,
    name,
    action,
    role,
    mode,
    quorum,
    skippable,
    people: people.flatMap(({ membershipId, label }) => (label === null ? [] : [{ id: membershipId, label }])),
  }));
}
