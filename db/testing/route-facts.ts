import type { Course } from "../../domain/route/course";
import type { RouteFacts, RouteStep, Vote } from "../../domain/route/route";
import type { Role } from "../../domain/kernel/roles";
import { USUAL_ROUTE } from "../../domain/route/usual-route";
import type { StepAction, StepOffice } from "../../domain/route/workflow";
import type { District } from "./factories";

type Item = { reportId: string; organId: string; confirmOrganId: string | null; revisionId: string };
type Status = "drafting" | "returned" | "signing" | "confirming" | "reviewing" | "approved";
const ACTION_AT: Partial<Record<Status, StepAction>> = { signing: "sign", confirming: "confirm", reviewing: "review" };

/** Later than any round that the usual way up takes. */
const ROUND = 11;

/**
 * The facts about an item on the usual route, worked out from the people and the verdicts that are there, for each state;
 * `place` are the columns that put it there. Written beside seats_at(), not with it: they must agree.
 */
export async function routeFactsOf({ database, jurisdictionId }: District, item: Item) {
  const { sql } = database.owner;
  const ids = await sql<{ id: string; action: StepAction }[]>`
    select t.id, t.action from route_steps t join routes r on r.id = t.route_id
     where r.report_id = ${item.reportId} order by t.position`;
  const all = USUAL_ROUTE.steps.map((plan, index): RouteStep => {
    const { name, action, role, office } = plan;
    return { id: ids[index]?.id ?? "", name, action, role, office, mode: { is: "any" } };
  });
  const steps = all.filter(
    ({ action, office }) => action !== "approve" && (office !== "confirmer" || item.confirmOrganId !== null),
  );
  const people = await sql<{ id: string; user_id: string; organ_id: string; role: Role }[]>`
    select id, user_id, organ_id, role from memberships where jurisdiction_id = ${jurisdictionId} and ended_at is null`;
  const votes = await sql<Vote[]>`
    select user_id as "userId", seat_id as seat, step_id as step, round from reviews
     where coalesce(revision_id, indicator_revision_id) = ${item.revisionId} and verdict <> 'return'`;
  const organOf = (office: StepOffice) =>
    office === "any" ? null : office === "owner" ? item.organId : item.confirmOrganId;
  const seatsAt = ({ role, office }: RouteStep) =>
    people
      .filter((one) => one.role === role && (organOf(office) ?? one.organ_id) === one.organ_id)
      .map(({ id, user_id }) => ({ membershipId: id, userId: user_id }));
  const stepAt = (status: Status) => steps.find(({ action }) => action === ACTION_AT[status]) ?? null;
  const cameTo = (step: RouteStep | null) => (step === null ? null : (steps[steps.indexOf(step) - 1]?.id ?? "author"));

  return {
    place(status: Status) {
      const step = stepAt(status);
      return { stepId: step?.id ?? null, cameFrom: cameTo(step), round: ROUND };
    },
    facts(status: Status): RouteFacts {
      const step = stepAt(status);
      const at: Course["at"] = step ? { is: "step", step: step.id } : { is: status === "approved" ? "done" : "author" };
      const present = step ?? (status === "approved" ? steps.at(-1) : undefined);
      const course: Course = { at, round: ROUND, passed: [], from: cameTo(step), comeback: null };
      const isUp = status !== "drafting" && status !== "returned";
      return { steps, course, seats: present ? seatsAt(present) : [], votes: isUp ? [...votes] : [] };
    },
    whole(status: "collecting" | "approving" | "approved" | "delivered"): RouteFacts {
      const last = all.filter(({ action }) => action === "approve");
      const [step] = last;
      if (!step) throw new Error("nobody approves the whole");
      const at: Course["at"] =
        status === "approving" ? { is: "step", step: step.id } : { is: status === "collecting" ? "author" : "done" };
      const course: Course = { at, round: ROUND, passed: [], from: "author", comeback: null };
      return { steps: last, course, seats: status === "collecting" ? [] : seatsAt(step), votes: [] };
    },
    wholePlace: (status: string) => ({
      stepId: status === "approving" ? (ids.at(-1)?.id ?? null) : null,
      round: ROUND,
    }),
  };
}
