import { sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicators, reports, reviews, routeSteps, sections } from "../../db/schema";
import { modeOf, neededToDecide } from "../route/course";
import type { StepMode } from "../route/workflow";

/** Who sits at the step where an item is, who of them has passed it there, and how many must. */
export type Sitting = {
  step: string;
  mode: StepMode;
  dueOn: string | null;
  needed: number;
  passed: number;
  seats: { organ: string; person: string; passedBy: string | null; at: Date | null }[];
};

type SeatRow = {
  step: string;
  mode: StepMode;
  quorum: number | null;
  dueOn: string | null;
  organ: string | null;
  person: string | null;
  passedBy: string | null;
  at: string | null;
};

/** Null while the item is at no step. One query. */
export async function getSitting(tx: Transaction, kind: keyof typeof ITEMS, id: string): Promise<Sitting | null> {
  const { table, owner, confirmer, section, indicator, judged, day } = ITEMS[kind];
  const rows = await tx.execute<SeatRow>(sql`
    select t.name as step, t.mode, t.quorum, ${day}::text as "dueOn", p.organ, p.person,
           v.actor_label as "passedBy", v.created_at as at
      from ${table} x
      join ${routeSteps} t on t.id = x.step_id
      left join lateral seats_at(t.id, ${owner}, ${confirmer}, ${section}, ${indicator}) p on true
      left join lateral (
        select y.actor_label, y.created_at from ${reviews} y
         where ${judged} and y.step_id = t.id and y.round = x.round
           and y.seat_id = p.membership_id and y.verdict <> 'return'
         order by y.created_at desc limit 1) v on true
     where x.id = ${id}::uuid
     order by v.created_at nulls last, p.organ, p.person`);
  const [first] = rows;
  if (!first) return null;
  const seats = rows.flatMap(({ organ, person, passedBy, at }) =>
    organ === null || person === null ? [] : [{ organ, person, passedBy, at: at === null ? null : new Date(at) }],
  );
  const { step, mode, quorum, dueOn } = first;
  return {
    step,
    mode,
    dueOn,
    needed: neededToDecide(modeOf(mode, quorum), seats.length),
    passed: seats.filter(({ at }) => at !== null).length,
    seats,
  };
}

const NONE = sql`null::uuid`;

/** The day that counts for an item at its step, where the step has one. */
const DAY = sql`case when t.due_on is not null then day_that_counts(x.due_on, x.permitted_until, t.due_on, t.office) end`;

/** What an item `x` is asked by: its offices, itself, which verdicts `y` are on it, and its day at its step `t`. */
const ITEMS = {
  leaf: {
    table: sections,
    owner: sql`x.organ_id`,
    confirmer: NONE,
    section: sql`x.id`,
    indicator: NONE,
    judged: sql`y.section_id = x.id`,
    day: DAY,
  },
  row: {
    table: indicators,
    owner: sql`x.organ_id`,
    confirmer: sql`x.confirm_organ_id`,
    section: NONE,
    indicator: sql`x.id`,
    judged: sql`y.indicator_id = x.id`,
    day: DAY,
  },
  whole: {
    table: reports,
    owner: NONE,
    confirmer: NONE,
    section: NONE,
    indicator: NONE,
    judged: sql`y.report_id = x.id and y.section_id is null and y.indicator_id is null and y.document_hash = x.document_hash`,
    day: sql`t.due_on`,
  },
} as const;
