import type { Actor } from "../../domain/kernel/actor";
import type { RefusalKey } from "../../domain/kernel/errors";
import { indicatorRefusal } from "../../domain/indicator/policy";
import { INDICATOR_STATUS_AT, type IndicatorStatus } from "../../domain/indicator/workflow";
import { advance, type Course, type Moved } from "../../domain/route/course";
import type { Role } from "../../domain/kernel/roles";
import { newSeatRefusal, seatRefusal } from "../../domain/route/policy";
import { presentStep, type RouteFacts, type RouteStep, type Seat } from "../../domain/route/route";
import { sectionRefusal } from "../../domain/section/policy";
import { STATUS_AT, type SectionStatus } from "../../domain/section/workflow";

/** A post, as the model knows it; `named` are the steps that it is named for. */
export type Post = Seat & { organId: string; role: Role };
export type ModelStep = RouteStep & { named: readonly string[] };
type Given = { step: string; kind: "added" | "handed"; seat: string; from: string | null };
type Vote = { userId: string; seat: string; step: string; round: number; text: number };

/** One leaf or row in memory: what the database must say of it too. */
export type Item = {
  kind: "section" | "indicator";
  organId: string;
  confirmOrganId: string | null;
  jurisdictionId: string;
  steps: readonly ModelStep[];
  status: IndicatorStatus;
  version: number;
  course: Course;
  /** The version of the working copy, who wrote it, and the text that is before the reviewers (null: none). */
  draft: number;
  writers: readonly string[];
  submitted: { text: number; writers: readonly string[] } | null;
  texts: number;
  /** The texts that were worked on again after they had been approved. */
  revised: readonly number[];
  votes: readonly Vote[];
  given: readonly Given[];
  /** Returned since the answers were last given. */
  unanswered: boolean;
};

export type Act =
  | { is: "save" | "submit" | "withdraw" | "sign" | "confirm" | "pass" | "revise" }
  | { is: "return"; to: "author" | "previous" | { step: string }; way: "resume" | "restart" }
  | { is: "addSeat" | "handOver"; seat: string };
export type Attempt = Act & { actor: Actor; version: number; draft: number };
type Outcome = { item: Item; said: RefusalKey | null };

/** What must happen when somebody tries something: the same answer and the same state as the database's. */
export function attempt(item: Item, posts: readonly Post[], tried: Attempt): Outcome {
  const no = (said: RefusalKey): Outcome => ({ item, said });
  const { actor } = tried;
  const facts = factsOf(item, posts);
  const refusal = refusalOf(item, facts, actor, tried.is);
  if (refusal !== null) return no(mayLock(item, actor) ? refusal : "not-your-department");
  if (tried.is !== "save" && tried.version !== item.version) return no("stale-version");
  switch (tried.is) {
    case "save":
      return tried.draft === item.draft
        ? { item: { ...item, draft: item.draft + 1, writers: withOne(item.writers, actor.userId) }, said: null }
        : no("stale-version");
    case "revise":
      return { item: { ...item, revised: [...item.revised, item.submitted?.text ?? 0] }, said: null };
    case "addSeat":
    case "handOver": {
      const step = presentStep(facts);
      const post = posts.find(({ membershipId }) => membershipId === tried.seat);
      if (!step || !post) return no("seat-not-deciding");
      const gaveAway = item.given.some((one) => one.step === step.id && one.from === tried.seat);
      const writers = item.submitted?.writers ?? [];
      const { organId, confirmOrganId } = item;
      const against = newSeatRefusal(
        { ...post, gaveAway },
        { organId, confirmOrganId, writers, route: facts, reportStatus: "collecting" },
      );
      if (against) return no(against);
      const handed = tried.is === "handOver";
      const from = handed ? actor.seatId : null;
      const given: Given = { step: step.id, kind: handed ? "handed" : "added", seat: tried.seat, from };
      return { item: { ...item, given: [...item.given, given] }, said: null };
    }
    case "submit": {
      if (item.kind === "section" && tried.draft !== item.draft) return no("stale-version");
      if (item.unanswered) return no("reasons-unanswered");
      const writers = withOne(item.writers, actor.userId);
      const next = { ...item, submitted: { text: item.texts + 1, writers }, texts: item.texts + 1 };
      // A leaf's hands stay in its working copy; a row's are those of its cells.
      const hands = item.kind === "section" ? { writers } : {};
      return go({ ...next, ...hands }, advance(facts.steps, facts.course, { is: "submit" }), "drafting");
    }
    case "withdraw": {
      const to = facts.course.from ?? "author";
      return go(item, advance(facts.steps, facts.course, { is: "withdraw", to }), "drafting");
    }
    case "return":
      return go(item, advance(facts.steps, facts.course, tried), "returned", { unanswered: true });
    default: {
      const seats = facts.seats.map(({ membershipId }) => membershipId);
      const moved = advance(facts.steps, facts.course, { is: "pass", seat: actor.seatId, seats });
      const step = presentStep(facts)?.id ?? "";
      const vote = { userId: actor.userId, seat: actor.seatId, step, round: item.course.round, text: item.texts };
      const voted = { ...item, votes: [...item.votes, vote] };
      if ("course" in moved && moved.course.round === item.course.round) return { item: voted, said: null };
      return go(voted, moved, "drafting");
    }
  }
}

function go(item: Item, moved: Moved, atAuthor: "drafting" | "returned", also: Partial<Item> = {}): Outcome {
  if ("refused" in moved) return { item, said: moved.refused };
  const { at } = moved.course;
  const step = at.is === "step" ? item.steps.find(({ id }) => id === at.step) : undefined;
  const names = item.kind === "section" ? STATUS_AT : INDICATOR_STATUS_AT;
  const status = step ? names[step.action] : at.is === "done" ? "approved" : atAuthor;
  const submitted = at.is === "author" ? null : item.submitted;
  const course = { ...moved.course, passed: [] };
  return { item: { ...item, ...also, course, status, submitted, version: item.version + 1 }, said: null };
}

function refusalOf(item: Item, route: RouteFacts, actor: Actor, verb: Act["is"]): RefusalKey | null {
  const writers = item.submitted?.writers ?? [];
  const { organId, confirmOrganId, jurisdictionId, status } = item;
  const stale = isStale(item);
  const shared = {
    organId,
    confirmOrganId,
    jurisdictionId,
    stale,
    writers,
    route,
    reportStatus: "collecting" as const,
  };
  if (verb === "addSeat" || verb === "handOver") {
    return actor.jurisdictionId === jurisdictionId ? seatRefusal(verb, actor, shared) : "not-found";
  }
  if (item.kind === "indicator") return indicatorRefusal(verb === "save" ? "fill" : verb, actor, { ...shared, status });
  if (verb === "confirm") return "not-your-role";
  return sectionRefusal(verb, actor, { ...shared, kind: "text", status: status as SectionStatus });
}

/** It is approved, and that very text has been worked on since: also when it came back to a step meanwhile and passed again. */
export const isStale = ({ status, revised, submitted }: Item): boolean =>
  status === "approved" && submitted !== null && revised.includes(submitted.text);

export function factsOf(item: Item, posts: readonly Post[]): RouteFacts {
  const votes = item.submitted ? item.votes.filter(({ text }) => text === item.submitted?.text) : [];
  const at = item.course.at.is === "step" ? item.course.at.step : null;
  const passed = votes.filter((vote) => vote.step === at && vote.round === item.course.round).map(({ seat }) => seat);
  const course = { ...item.course, passed };
  const present = presentStep({ steps: item.steps, course }) as ModelStep | null;
  return { steps: item.steps, course, votes, seats: present ? seatsAt(item, present, posts) : [] };
}

function seatsAt(item: Item, step: ModelStep, posts: readonly Post[]): Seat[] {
  const organ = step.office === "owner" ? item.organId : step.office === "confirmer" ? item.confirmOrganId : null;
  const ofRole = posts.filter((post) => post.role === step.role && (step.office === "any" || post.organId === organ));
  const named = posts.filter((post) => step.named.includes(post.membershipId));
  const given = item.given.filter((one) => one.step === step.id);
  const sitting = new Set([
    ...(named.length > 0 ? named : step.office === "any" && step.role === "signer" ? [] : ofRole).map(
      ({ membershipId }) => membershipId,
    ),
    ...given.map(({ seat }) => seat),
  ]);
  return posts.filter(
    (post) => sitting.has(post.membershipId) && !given.some(({ from }) => from === post.membershipId),
  );
}

/** Twin of the policies `change` and `change_seated`: whose rows the database lets the actor lock. */
function mayLock(item: Item, actor: Actor): boolean {
  if (actor.jurisdictionId !== item.jurisdictionId) return false;
  if (actor.role === "lead" || actor.role === "approver") return true;
  if (actor.role === "drafter") return actor.organId === item.organId;
  if (actor.role !== "signer") return false;
  const isNamed = item.steps.some(({ named }) => named.includes(actor.seatId));
  const isConfirmer = item.kind === "indicator" && actor.organId === item.confirmOrganId;
  return (
    actor.organId === item.organId || isConfirmer || isNamed || item.given.some(({ seat }) => seat === actor.seatId)
  );
}

const withOne = (all: readonly string[], one: string): string[] => (all.includes(one) ? [...all] : [...all, one]);
