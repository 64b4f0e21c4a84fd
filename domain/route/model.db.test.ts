import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  alsoHolds,
  aText,
  contextOf,
  refusalOf,
  type District,
} from "../../db/testing/factories";
import { aReportWithTable, FARM_OUTPUT, RURAL_INCOME, takeIndicator } from "../../db/testing/indicators";
import {
  attempt,
  factsOf,
  isStale,
  type Act,
  type Attempt,
  type Item,
  type ModelStep,
  type Post,
} from "../../db/testing/route-model";
import {
  confirmIndicators,
  fillCells,
  passIndicators,
  returnIndicator,
  reviseIndicators,
  signIndicators,
  submitIndicators,
  withdrawIndicators,
} from "../indicator/mutations";
import type { Actor } from "../kernel/actor";
import { DomainError, type RefusalKey } from "../kernel/errors";
import { passSection, returnSection, signSection, withdrawSection } from "../section/decisions";
import { reviseSection, saveSection, submitSection } from "../section/mutations";
import { delegate } from "./delegations";
import type { PlannedStep } from "./schema";
import { addSeat, handOver } from "./seats";
import { saveTemplate } from "./templates";
import type { StepAction } from "./workflow";

/**
 * People of several offices do what comes into their heads, several at once, allowed or not, on leaves and rows of three
 * routes. PostgreSQL, asked through the mutations under row-level security, and a model in memory must agree on every
 * answer and every state; where two were at one item, on one of the two orders. HUIBAO_ACTIONS says how many acts.
 */
const ACTIONS = Number(process.env["HUIBAO_ACTIONS"] ?? 20_000);
const AT_ONCE = 4;
const SEED = 20240731;

let database: TestDatabase;
let district: District;
let people: Actor[];
let posts: Post[];
const items = new Map<string, Item>();
const reportIds: string[] = [];
/** No two savings say the same: what says already what one types counts as saved. */
let typed = 0;

beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
  const { agriculture, commerce, bureau, government, congress, centre } = district;
  const secondLead = await aColleague(district, "bureau", "lead");
  const thirdLead = await aColleague(district, "bureau", "lead");
  const secondSigner = await aColleague(district, "agriculture", "signer");
  const writer = await aColleague(district, "agriculture", "drafter");
  const both = await alsoHolds(district, agriculture.signer, "bureau", "lead");
  const deputy = await actingFor(agriculture.signer, writer);
  const stranger = (await aDistrict(database)).bureau.lead;
  people = [
    agriculture.drafter,
    writer,
    agriculture.signer,
    secondSigner,
    commerce.drafter,
    commerce.signer,
    bureau.signer,
    bureau.lead,
    secondLead,
    thirdLead,
    both,
    deputy,
    government.approver,
    congress.member,
    centre.secadmin,
    stranger,
  ];
  posts = [agriculture.signer, secondSigner, commerce.signer, bureau.signer, bureau.lead, secondLead, thirdLead, both]
    .concat(government.approver)
    .map(({ membershipId, userId, organId, role }) => ({ membershipId, userId, organId, role }));
  const lead: Partial<PlannedStep> = { action: "review", role: "lead", office: "any" };
  await aReportOn([
    aStep({ name: "部门签发" }),
    aStep({ name: "核对", action: "confirm", office: "confirmer" }),
    aStep(lead),
  ]);
  await aReportOn([
    aStep({ name: "部门会签", mode: "all" }),
    aStep({
      name: "会签",
      action: "review",
      office: "any",
      mode: "all",
      people: [commerce.signer.seatId, bureau.signer.seatId],
    }),
    aStep({ ...lead, mode: "quorum", quorum: 2 }),
  ]);
  await aReportOn([
    aStep({ name: "部门签发" }),
    aStep({ ...lead, name: "初审", people: [secondLead.seatId] }),
    aStep({ name: "核对", action: "confirm", office: "confirmer" }),
    aStep({ ...lead, mode: "quorum", quorum: 9 }),
  ]);
});
afterAll(() => database.close());

it(`agrees with a pure model over ${ACTIONS} acts of several people at once`, { timeout: 900_000 }, async () => {
  const chance = seeded(SEED);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T;
  const said = new Map<string, number>();
  for (let done = 0; done < ACTIONS; done += AT_ONCE) {
    const ids = [...items.keys()];
    const tries = Array.from({ length: AT_ONCE }, () => {
      const id = pick(ids);
      return { id, tried: anAttempt(items.get(id) as Item, pick, chance) };
    });
    const answers = await Promise.all(tries.map(({ id, tried }) => refusalOf(perform(id, tried))));
    const seen = await statesOf([...new Set(tries.map(({ id }) => id))]);
    for (const [id, state] of seen) {
      const own = tries.flatMap((one, index) =>
        one.id === id ? [{ tried: one.tried, said: answers[index] ?? null }] : [],
      );
      const before = items.get(id) as Item;
      const agreed = inSomeOrder(before, own, state);
      if (!agreed) expect.fail(divergence(before, own, state));
      items.set(id, { ...agreed, unanswered: false });
      for (const { tried, said: word } of own) {
        const key = `${tried.is}: ${word ?? "done"}`;
        said.set(key, (said.get(key) ?? 0) + 1);
      }
    }
    await answerEverything();
    // Or in time everybody would sit everywhere.
    if (done % 400 === 0) await clearSeats();
  }
  const done = [...said].filter(([key]) => key.endsWith(": done"));
  console.log(
    `${ACTIONS} acts, ${done.reduce((sum, [, count]) => sum + count, 0)} of them done; ${said.size} different outcomes`,
  );
  // A walk that never gets anywhere agrees with everything.
  for (const verb of [
    "save",
    "submit",
    "withdraw",
    "sign",
    "confirm",
    "pass",
    "revise",
    "return",
    "addSeat",
    "handOver",
  ]) {
    expect(said.get(`${verb}: done`) ?? 0, `${verb} was never done`).toBeGreaterThan(0);
  }
});

/** Sometimes anything by anybody, mostly what somebody who is concerned may think of. */
function anAttempt(item: Item, pick: <T>(all: readonly T[]) => T, chance: () => number): Attempt {
  const facts = factsOf(item, posts);
  const { at } = item.course;
  const writers = people.filter((one) => one.role === "drafter" && one.organId === item.organId);
  const sitting = people.filter((one) => facts.seats.some(({ membershipId }) => membershipId === one.seatId));
  const concerned = at.is === "author" || (at.is === "done" && chance() < 0.7) ? writers : sitting;
  const actor = chance() < 0.8 && concerned.length > 0 ? pick(concerned) : pick(people);
  const stale = chance() < 0.05 ? 1 : 0;
  const base = { actor, version: Math.max(1, item.version - stale), draft: Math.max(0, item.draft - stale) };
  const step = item.steps.find(({ id }) => at.is === "step" && id === at.step);
  const passes: Act["is"] = step?.action === "sign" ? "sign" : step?.action === "confirm" ? "confirm" : "pass";
  const likely: Act["is"][] =
    at.is === "author"
      ? ["submit", "submit", "submit", "save"]
      : at.is === "done"
        ? ["revise", "submit", "return", "save"]
        : [passes, passes, passes, passes, "return", "withdraw", "addSeat", "handOver"];
  const anyAct: Act["is"][] = [...likely, "save", "submit", "withdraw", "sign", "confirm", "pass", "revise", "return"];
  const wanted = chance() < 0.85 ? pick(likely) : pick(anyAct);
  const is = wanted === "confirm" && item.kind === "section" ? "pass" : wanted;
  if (is === "addSeat" || is === "handOver") {
    const free = posts.filter(
      ({ role, membershipId }) =>
        role === step?.role && !facts.seats.some((seat) => seat.membershipId === membershipId),
    );
    return { ...base, is, seat: pick(free.length > 0 && chance() < 0.8 ? free : posts).membershipId };
  }
  if (is !== "return") return { ...base, is };
  const to = pick(["author", "previous", { step: pick(item.steps).id }] as const);
  return { ...base, is, to, way: pick(["resume", "restart"] as const) };
}

async function perform(id: string, tried: Attempt): Promise<unknown> {
  const item = items.get(id) as Item;
  const ctx = contextOf(database, tried.actor);
  const { version } = tried;
  if (tried.is === "addSeat" || tried.is === "handOver") {
    const give = tried.is === "addSeat" ? addSeat : handOver;
    return give(ctx, { item: item.kind, id, version, membershipId: tried.seat, reason: "" });
  }
  if (item.kind === "section") {
    const move = { sectionId: id, version };
    if (tried.is === "save")
      return saveSection(ctx, {
        sectionId: id,
        version: tried.draft,
        content: aText(`第${tried.draft}稿。`),
        keep: false,
      });
    if (tried.is === "submit") return submitSection(ctx, { ...move, draftVersion: tried.draft });
    if (tried.is === "return")
      return returnSection(ctx, {
        ...move,
        to: tried.to,
        way: tried.way,
        reasons: [{ blockId: "block-01", text: "请核对。" }],
      });
    const verbs = { withdraw: withdrawSection, sign: signSection, pass: passSection, revise: reviseSection };
    if (tried.is !== "confirm") return verbs[tried.is](ctx, move);
    throw new Error("nobody confirms a text");
  }
  const rows = { rows: [{ indicatorId: id, version }] };
  if (tried.is === "save") {
    const filled = await fillCells(ctx, {
      cells: [
        {
          indicatorId: id,
          field: "remark",
          version: tried.draft,
          figure: { state: "words", words: `第${(typed += 1)}次` },
          reason: null,
        },
      ],
    });
    if (filled.conflicts.length > 0) throw new DomainError("stale-version");
    return filled;
  }
  if (tried.is === "return") {
    const { to, way } = tried;
    return returnIndicator(ctx, {
      indicatorId: id,
      version,
      to,
      way,
      reasons: [{ field: "actual", text: "请核对。" }],
    });
  }
  const verbs = {
    submit: submitIndicators,
    withdraw: withdrawIndicators,
    sign: signIndicators,
    confirm: confirmIndicators,
    pass: passIndicators,
    revise: reviseIndicators,
  };
  return verbs[tried.is](ctx, rows);
}

type Told = { tried: Attempt; said: RefusalKey | null };
const ABOUT_WHO: readonly (RefusalKey | null)[] = ["not-found", "not-your-role", "not-your-department"];

/** The item as the model has it after these acts in an order that gives the same answers and the same state. */
function inSomeOrder(item: Item, acts: readonly Told[], state: string): Item | null {
  for (const order of permutations(acts)) {
    let after = item;
    const agrees = order.every(({ tried, said }) => {
      const outcome = attempt(after, posts, tried);
      after = outcome.item;
      return outcome.said === said || (ABOUT_WHO.includes(outcome.said) && ABOUT_WHO.includes(said));
    });
    if (agrees && stateOf(after) === state) return after;
  }
  return null;
}

const permutations = <T>(all: readonly T[]): T[][] =>
  all.length <= 1
    ? [[...all]]
    : all.flatMap((one, index) => permutations(all.toSpliced(index, 1)).map((rest) => [one, ...rest]));

function divergence(item: Item, acts: readonly Told[], state: string): string {
  const told = acts.map(({ tried, said }) => {
    const { actor, ...act } = tried;
    return `${actor.label} ${JSON.stringify(act)}: database ${said}, model ${attempt(item, posts, tried).said}`;
  });
  const model = acts.map(({ tried }) => stateOf(attempt(item, posts, tried).item));
  return [
    `a ${item.kind} that was`,
    stateOf(item),
    ...told,
    "is in the database",
    state,
    "in the model",
    ...model,
  ].join("\n");
}

function stateOf(item: Item): string {
  const { course, submitted } = item;
  const votes = item.votes.filter(({ text }) => text === submitted?.text);
  return JSON.stringify([
    item.status,
    item.version,
    course.at.is === "step" ? course.at.step : null,
    course.round,
    course.from,
    course.comeback?.by ?? null,
    course.comeback ? course.comeback.way === "resume" : null,
    item.draft,
    isStale(item),
    item.kind === "section" ? item.writers.toSorted() : [],
    submitted?.writers.toSorted() ?? null,
    votes.map(({ seat, step, round }) => `${seat} ${step} ${round}`).toSorted(),
    item.given.map(({ step, kind, seat, from }) => `${kind} ${step} ${seat} ${from}`).toSorted(),
  ]);
}

/** The same line of what the database says, by id. */
async function statesOf(ids: string[]): Promise<Map<string, string>> {
  const { sql } = database.owner;
  const rows = await sql<{ id: string; state: unknown[] }[]>`
    with item as (
      select s.id, s.status::text, s.version, s.step_id, s.round, s.came_from, s.comeback_step_id, s.comeback_resumes,
             d.version as draft, s.submitted_revision_id as submitted, s.approved_revision_id as approved, d.writers as hands,
             (select v.writers from revisions v where v.id = s.submitted_revision_id) as writers
        from sections s join drafts d on d.section_id = s.id where s.id = any(${ids})
      union all
      select i.id, i.status::text, i.version, i.step_id, i.round, i.came_from, i.comeback_step_id, i.comeback_resumes,
             coalesce((select f.version from figures f where f.indicator_id = i.id and f.field = 'remark'), 0),
             i.submitted_revision_id, i.approved_revision_id, '{}',
             (select v.writers from indicator_revisions v where v.id = i.submitted_revision_id)
        from indicators i where i.id = any(${ids}))
    select x.id, json_build_array(x.status, x.version, x.step_id, x.round, x.came_from, x.comeback_step_id, x.comeback_resumes,
      x.draft, exists (select 1 from stale_approvals a where coalesce(a.revision_id, a.indicator_revision_id) = x.approved),
      x.hands, x.writers,
      array(select concat_ws(' ', v.seat_id, v.step_id, v.round) from reviews v
             where coalesce(v.revision_id, v.indicator_revision_id) = x.submitted and v.verdict <> 'return'),
      array(select concat_ws(' ', g.kind, g.step_id, g.membership_id, coalesce(g.from_id::text, 'null')) from seats g
             where coalesce(g.section_id, g.indicator_id) = x.id)) as state
      from item x`;
  const sorted = (value: unknown) => (Array.isArray(value) ? value.toSorted() : value);
  return new Map(rows.map(({ id, state }) => [id, JSON.stringify(state.map(sorted))]));
}

/** What was returned is answered before the next round, so that it may go up again. */
async function answerEverything(): Promise<void> {
  await database.owner.sql`
    insert into reason_answers (jurisdiction_id, reason_id, organ_id, answer, text, author_id, author_label, created_at)
    select x.jurisdiction_id, x.id, x.organ_id, 'changed', '', ${district.agriculture.drafter.userId}, '', now()
      from review_reasons x
     where x.jurisdiction_id = ${district.jurisdictionId}
       and not exists (select 1 from reason_answers a where a.reason_id = x.id)`;
}

async function clearSeats(): Promise<void> {
  await database.owner.sql`
    delete from seats where kind <> 'named' and jurisdiction_id = ${district.jurisdictionId}`;
  for (const [id, item] of items) items.set(id, { ...item, given: [] });
}

const aStep = (step: Partial<PlannedStep>): PlannedStep => ({
  name: "环节",
  action: "sign",
  role: "signer",
  office: "owner",
  mode: "any",
  quorum: null,
  skippable: false,
  people: [],
  ...step,
});

/** A report on a template of these steps, with two leaves and two rows; what the model knows of them. */
async function aReportOn(planned: PlannedStep[]): Promise<void> {
  const { sql } = database.owner;
  const approval = aStep({ name: "政府审定", action: "approve", role: "approver", office: "any" });
  const lead = contextOf(database, district.bureau.lead);
  const routeId = await saveTemplate(lead, { name: `程序${reportIds.length + 1}`, steps: [...planned, approval] });
  const report = await aReportWithTable(district, [FARM_OUTPUT, RURAL_INCOME], {
    leaves: [{ department: "agriculture" }, { department: "commerce" }],
    routeId,
  });
  reportIds.push(report.id);
  const ids = await sql<{ id: string; action: StepAction }[]>`
    select t.id, t.action from route_steps t join routes r on r.id = t.route_id
     where r.report_id = ${report.id} order by t.position`;
  const steps = planned.map((step, index): ModelStep => {
    const { name, action, role, office, mode, quorum, people: named } = step;
    const wanted = mode === "quorum" ? { is: mode, count: quorum ?? 1 } : { is: mode };
    return { id: ids[index]?.id ?? "", name, action, role, office, mode: wanted, named };
  });
  const blank = {
    jurisdictionId: district.jurisdictionId,
    status: "drafting" as const,
    version: 1,
    course: { at: { is: "author" as const }, round: 0, passed: [], from: null, comeback: null },
    submitted: null,
    texts: 0,
    revised: [],
    votes: [],
    given: [],
    unanswered: false,
  };
  for (const leaf of report.leaves) {
    const drafter = district[leaf.department].drafter;
    await saveSection(contextOf(database, drafter), {
      sectionId: leaf.id,
      version: 0,
      content: aText("初稿。"),
      keep: false,
    });
    items.set(leaf.id, {
      ...blank,
      kind: "section",
      organId: district.organId[leaf.department],
      confirmOrganId: null,
      steps: steps.filter(({ office }) => office !== "confirmer"),
      draft: 1,
      writers: [drafter.userId],
    });
  }
  for (const row of report.indicators) {
    await takeIndicator(district, row, "drafting");
    const confirmer = row.confirmer && district.organId[row.confirmer];
    const [cell] = await sql<{ version: number }[]>`
      select version from figures where indicator_id = ${row.id} and field = 'remark'`;
    items.set(row.id, {
      ...blank,
      kind: "indicator",
      organId: district.organId[row.department],
      confirmOrganId: confirmer,
      steps: steps.filter(({ office }) => office !== "confirmer" || confirmer !== null),
      draft: cell?.version ?? 0,
      writers: [district[row.department].drafter.userId],
    });
  }
}

/** A colleague who holds somebody's post for a while, besides their own. */
async function actingFor(principal: Actor, colleague: Actor): Promise<Actor> {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await delegate(contextOf(database, principal), { userId: colleague.userId, from: today, until: today });
  const [post] = await database.owner.sql<{ id: string }[]>`
    select id from memberships where acting_for = ${principal.membershipId}`;
  if (!post) throw new Error("nothing was delegated");
  const label = `${colleague.label}（代${principal.label}）`;
  return { ...principal, userId: colleague.userId, membershipId: post.id, seatId: principal.membershipId, label };
}

/** Mulberry32: the same acts in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
