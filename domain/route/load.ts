import { sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { reviews, routes, routeSteps, stepSkips } from "../../db/schema";
import { modeOf, type Course } from "./course";
import { presentStep, stepsOf, type RouteFacts, type RouteStep, type Seat, type Vote } from "./route";
import type { StepMode } from "./workflow";

/** The columns of a leaf's or an indicator's row that say where it is. */
export type CourseColumns = {
  status: string;
  stepId: string | null;
  round: number;
  cameFrom: string | null;
  comebackStepId: string | null;
  comebackResumes: boolean | null;
};

export type RoutedItem = CourseColumns & {
  id: string;
  organId: string;
  confirmOrganId: string | null;
  submittedRevisionId: string | null;
};

/**
 * Where items of one report are on its route, by their ids: two statements, however many. Votes are those on the text or
 * row that is before the reviewers now. To be read after the items were locked, by a statement of its own.
 */
export async function loadRoutes(
  tx: Transaction,
  reportId: string,
  kind: "section" | "indicator",
  items: readonly RoutedItem[],
): Promise<Map<string, RouteFacts>> {
  if (items.length === 0) return new Map();
  const steps = await loadSteps(tx, reportId);
  const last = (item: RoutedItem) => stepsFor(steps, item).at(-1)?.id ?? null;
  const wanted = items.map((item) => ({
    id: item.id,
    step: item.stepId ?? (item.status === "approved" ? last(item) : null),
    owner: item.organId,
    confirmer: item.confirmOrganId,
    revision: item.submittedRevisionId,
  }));
  const isSection = kind === "section";
  const found = await tx.execute<{ id: string; seats: Seat[]; votes: Vote[] }>(sql`
    select x.id,
      coalesce((select json_agg(json_build_object('membershipId', p.membership_id, 'userId', p.user_id))
        from seats_at(x.step, x.owner, x.confirmer, ${isSection ? sql`x.id` : sql`null`}, ${isSection ? sql`null` : sql`x.id`}) p), '[]') as seats,
      coalesce((select json_agg(json_build_object('userId', v.user_id, 'seat', v.seat_id, 'step', v.step_id, 'round', v.round))
        from ${reviews} v
       where ${isSection ? sql`v.section_id = x.id and v.revision_id = x.revision` : sql`v.indicator_id = x.id and v.indicator_revision_id = x.revision`}
         and v.verdict <> 'return' and v.step_id is not null), '[]') as votes
      from json_to_recordset(${JSON.stringify(wanted)}::json) as x(id uuid, step uuid, owner uuid, confirmer uuid, revision uuid)`);
  const byId = new Map(found.map((row) => [row.id, row]));
  return new Map(
    items.map((item) => {
      const { seats = [], votes = [] } = byId.get(item.id) ?? {};
      return [item.id, { steps: stepsFor(steps, item), course: courseOf(item, votes), seats, votes }];
    }),
  );
}

/** The steps of the compiled whole, and where it is. */
export async function loadWholeRoute(
  tx: Transaction,
  report: { id: string; status: string; stepId: string | null; round: number; documentHash: string | null },
): Promise<RouteFacts> {
  const all = await loadSteps(tx, report.id);
  const steps = all.filter(({ action }) => action === "approve");
  const at: Course["at"] = report.stepId
    ? { is: "step", step: report.stepId }
    : report.status === "collecting"
      ? { is: "author" }
      : { is: "done" };
  const present = presentStep({ steps, course: { at, round: report.round, passed: [], from: null, comeback: null } });
  const [row] = await tx.execute<{ seats: Seat[]; votes: Vote[] }>(sql`
    select
      coalesce((select json_agg(json_build_object('membershipId', p.membership_id, 'userId', p.user_id))
        from seats_at(${present?.id ?? null}::uuid, null, null, null, null) p), '[]') as seats,
      coalesce((select json_agg(json_build_object('userId', v.user_id, 'seat', v.seat_id, 'step', v.step_id, 'round', v.round))
        from ${reviews} v
       where v.report_id = ${report.id} and v.section_id is null and v.indicator_id is null
         and v.document_hash = ${report.documentHash} and v.verdict = 'approve' and v.step_id is not null
         and v.round <= ${report.round}), '[]') as votes`);
  const { seats = [], votes = [] } = row ?? {};
  const passed = votes
    .filter((vote) => vote.round === report.round && vote.step === report.stepId)
    .map(({ seat }) => seat);
  return { steps, course: { at, round: report.round, passed, from: "author", comeback: null }, seats, votes };
}

/** The columns for a course; the state that everybody knows an item by is the step's action. */
export function columnsOf(course: Course): Omit<CourseColumns, "status"> {
  return {
    stepId: course.at.is === "step" ? course.at.step : null,
    round: course.round,
    cameFrom: course.from,
    comebackStepId: course.comeback?.by ?? null,
    comebackResumes: course.comeback === null ? null : course.comeback.way === "resume",
  };
}

/** What an item loses when it goes back to its department. */
export const SENT_BACK = { submittedRevisionId: null, approvedRevisionId: null, signedBy: null } as const;

/** What the whole's approval sends back takes its route again from the start. */
export const RESTARTS = { stepId: null, cameFrom: null, comebackStepId: null, comebackResumes: null } as const;

type LoadedStep = RouteStep & { skippedFor: string[] };

async function loadSteps(tx: Transaction, reportId: string): Promise<LoadedStep[]> {
  const rows = await tx.execute<
    Omit<RouteStep, "mode"> & { mode: StepMode; quorum: number | null; skippedFor: string[] }
  >(sql`
    select t.id, t.name, t.action, t.role, t.office, t.mode, t.quorum,
           coalesce((select json_agg(k.organ_id) from ${stepSkips} k where k.step_id = t.id), '[]') as "skippedFor"
      from ${routeSteps} t join ${routes} r on r.id = t.route_id
     where r.report_id = ${reportId} order by t.position`);
  return rows.map(({ mode, quorum, ...step }) => ({ ...step, mode: modeOf(mode, quorum) }));
}

function stepsFor(steps: readonly LoadedStep[], item: RoutedItem): LoadedStep[] {
  const skipped = steps.filter(({ skippedFor }) => skippedFor.includes(item.organId)).map(({ id }) => id);
  return stepsOf(steps, { confirmOrganId: item.confirmOrganId, skipped, present: item.stepId });
}

function courseOf(item: RoutedItem, votes: readonly Vote[]): Course {
  const at: Course["at"] = item.stepId
    ? { is: "step", step: item.stepId }
    : { is: item.status === "approved" ? "done" : "author" };
  return {
    at,
    round: item.round,
    passed: votes.filter((vote) => vote.step === item.stepId && vote.round === item.round).map(({ seat }) => seat),
    from: item.cameFrom,
    comeback: item.comebackStepId
      ? { by: item.comebackStepId, way: item.comebackResumes ? "resume" : "restart" }
      : null,
  };
}
