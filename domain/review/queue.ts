import { sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicatorRevisions, revisions, type SubmittedRow } from "../../db/schema";
import type { IndicatorStatus } from "../indicator/workflow";
import type { Context } from "../kernel/context";
import type { StepAction } from "../route/workflow";
import type { Content } from "../section/content";
import type { SectionStatus } from "../section/workflow";
import { changedBlocks, changedCells } from "./changes";
import type { QueueAsked, QueueKind } from "./queue-asked";
import { askedFor, HAS_CHANGED, IN_ORDER, LOOK, waitingFor } from "./waiting";

export const LINES_PER_PAGE = 50;
/** So many before and after the item in hand are listed beside it. */
const BESIDE = { before: 3, after: 12 } as const;

type Item = { id: string; name: string; organ: string; slug: string; due: string } & (
  | { kind: "leaf"; status: SectionStatus }
  | { kind: "row"; status: IndicatorStatus }
);

export type QueueLine = Item & {
  reportName: string;
  version: number;
  step: string;
  action: StepAction;
  /** Against what this person saw last; `count` of paragraphs or cells, null where the older one is not theirs to see. */
  seen: { is: "never" } | { is: "same" } | { is: "changed"; count: number | null };
  /** Who else has it in hand. */
  claim: { by: string; since: Date } | null;
};

export type Queue = {
  lines: QueueLine[];
  /** How many the question finds, over all pages. */
  found: number;
  /** What there is to ask for, of everything that waits. */
  facets: {
    all: number;
    late: number;
    changed: number;
    kinds: Record<QueueKind, number>;
    reports: { slug: string; name: string; count: number }[];
    organs: { id: string; name: string; count: number }[];
  };
};

/** One page of what waits for the actor, and what it can be narrowed by. Two queries, however much waits. */
export async function getQueue(tx: Transaction, ctx: Context, asked: QueueAsked, day: string): Promise<Queue> {
  const [lines, groups] = await Promise.all([readLines(tx, ctx, asked, day), readGroups(tx, ctx, day)]);
  return { lines: lines.map(lineOf), found: lines[0]?.found ?? 0, facets: facetsOf(groups) };
}

export type Place = { id: string; kind: QueueKind; slug: string };
export type Neighbours = {
  found: number;
  /** The items around the one in hand, itself among them when it waits for the actor. */
  beside: Item[];
  next: Place | null;
  before: Place | null;
};

/** What stands around one item in the queue that was asked for. One query. */
export async function getNeighbours(
  tx: Transaction,
  ctx: Context,
  asked: QueueAsked,
  day: string,
  id: string | null,
): Promise<Neighbours> {
  const rows = await tx.execute<Item & { place: number; found: number; here: number | null }>(sql`
    with ranked as (
      select m.kind, m.id, m.name, m.status, o.short_name as organ, r.slug, m.due::text as due,
             row_number() over (order by ${IN_ORDER})::int as place, count(*) over ()::int as found
        from ${waitingFor(ctx)} where ${askedFor(asked, day)}
    ), here as (select place from ranked where id = ${id}::uuid)
    select ranked.*, (select place from here) as here from ranked
     where place between coalesce((select place from here), 1) - ${BESIDE.before}
                     and coalesce((select place from here), 1) + ${BESIDE.after}
     order by place`);
  const here = rows[0]?.here ?? null;
  const at = (place: number) => rows.find((row) => row.place === place && row.id !== id);
  const next = here === null ? rows[0] : (at(here + 1) ?? at(here - 1));
  const before = here === null ? undefined : at(here - 1);
  return {
    found: rows[0]?.found ?? 0,
    beside: rows.map(({ place: _place, found: _found, here: _here, ...item }) => item as Item),
    next: next ? placeOf(next) : null,
    before: before ? placeOf(before) : null,
  };
}

const placeOf = ({ id, kind, slug }: Item): Place => ({ id, kind, slug });

type Line = Item & {
  reportName: string;
  version: number;
  step: string;
  action: StepAction;
  found: number;
  look: "never" | "same" | "changed";
  textBefore: Content | null;
  textNow: Content | null;
  rowBefore: SubmittedRow | null;
  rowNow: SubmittedRow | null;
  claimBy: string | null;
  claimSince: string | null;
};

/** The words only of what has changed since: they are compared here. */
function readLines(tx: Transaction, ctx: Context, asked: QueueAsked, day: string) {
  const offset = ((asked.page ?? 1) - 1) * LINES_PER_PAGE;
  return tx.execute<Line>(sql`
    select q.*, was.content as "textBefore", is_now.content as "textNow", row_was."row" as "rowBefore", row_now."row" as "rowNow"
      from (
        select m.kind, m.id, m.name, m.status, o.short_name as organ, r.slug, m.due::text as due, r.name as "reportName",
               m.version, t.name as step, t.action, count(*) over ()::int as found,
               ${LOOK} as look,
               l.revision_id as seen_text, l.indicator_revision_id as seen_row, m.revision_id,
               c.label as "claimBy", c.since as "claimSince",
               row_number() over (order by ${IN_ORDER}) as place
          from ${waitingFor(ctx)} where ${askedFor(asked, day)}
         order by ${IN_ORDER} limit ${LINES_PER_PAGE} offset ${offset}
      ) q
      left join ${revisions} was on q.look = 'changed' and was.id = q.seen_text
      left join ${revisions} is_now on q.look = 'changed' and q.kind = 'leaf' and is_now.id = q.revision_id
      left join ${indicatorRevisions} row_was on q.look = 'changed' and row_was.id = q.seen_row
      left join ${indicatorRevisions} row_now on q.look = 'changed' and q.kind = 'row' and row_now.id = q.revision_id
     order by q.place`);
}

function lineOf(line: Line): QueueLine {
  const { id, name, organ, slug, due, reportName, version, step, action } = line;
  const item = { id, name, organ, slug, due, kind: line.kind, status: line.status } as Item;
  return {
    ...item,
    reportName,
    version,
    step,
    action,
    seen: line.look === "changed" ? { is: "changed", count: countOf(line) } : { is: line.look },
    claim: line.claimBy && line.claimSince ? { by: line.claimBy, since: new Date(line.claimSince) } : null,
  };
}

function countOf({ textBefore, textNow, rowBefore, rowNow }: Line): number | null {
  if (textBefore && textNow) return changedBlocks(textBefore, textNow);
  return rowBefore && rowNow ? changedCells(rowBefore, rowNow).length : null;
}

type Group = {
  slug: string;
  reportName: string;
  organId: string;
  organ: string;
  kind: QueueKind;
  count: number;
  late: number;
  changed: number;
};

function readGroups(tx: Transaction, ctx: Context, day: string) {
  return tx.execute<Group>(sql`
    select r.slug, r.name as "reportName", o.id as "organId", o.short_name as organ, m.kind, count(*)::int as count,
           count(*) filter (where m.due < ${day}::date)::int as late, count(*) filter (where ${HAS_CHANGED})::int as changed
      from ${waitingFor(ctx)} group by r.slug, r.name, o.id, o.short_name, m.kind
     order by r.slug, o.short_name, o.id`);
}

function facetsOf(groups: readonly Group[]): Queue["facets"] {
  const sum = (of: "count" | "late" | "changed", which: (group: Group) => boolean = () => true) =>
    groups.filter(which).reduce((total, group) => total + group[of], 0);
  const reports = new Map(groups.map((group) => [group.slug, group.reportName]));
  const organs = new Map(groups.map((group) => [group.organId, group.organ]));
  return {
    all: sum("count"),
    late: sum("late"),
    changed: sum("changed"),
    kinds: { leaf: sum("count", ({ kind }) => kind === "leaf"), row: sum("count", ({ kind }) => kind === "row") },
    reports: Array.from(reports, ([slug, name]) => ({ slug, name, count: sum("count", (one) => one.slug === slug) })),
    organs: Array.from(organs, ([id, name]) => ({ id, name, count: sum("count", (one) => one.organId === id) })),
  };
}
