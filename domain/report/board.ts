import { eq, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { reports, timetables } from "../../db/schema";
import type { Actor } from "../kernel/actor";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { isOneOf, type Role } from "../kernel/roles";
import { localDay, type Day } from "../kernel/working-days";
import { INDICATOR_STATUSES, type IndicatorStatus } from "../indicator/workflow";
import { sitsAt } from "../route/sits";
import type { StepOffice } from "../route/workflow";
import { officialNumbers } from "../section/official-numbers";
import { isHeading, type SectionKind, type SectionStatus } from "../section/workflow";
import { dayBeforePermit, dayThatCounts, holderOf, isOwed, type Holder } from "../timetable/due";
import { timetableRefusal } from "../timetable/policy";
import { reminderLog, urgedOn } from "../timetable/queries";
import { readinessOf } from "../timetable/readiness";
import { openFindings } from "./board-findings";
import { statusRefusal } from "./policy";

export const BOARD_SHOWS = ["all", "mine", "late", "returned", "stale", "ours"] as const;
export type BoardShow = (typeof BOARD_SHOWS)[number];
export type BoardFilter = { show: BoardShow; organId: string | null; status: string | null; page: number };

/** The states that a leaf or a row can be in: what a board is filtered by. */
export const BOARD_STATUSES = INDICATOR_STATUSES;

/** A heading says how far its leaves are, the annex of the indicators how far these are. */
export type BoardHeading = {
  is: "heading";
  id: string;
  kind: SectionKind;
  number: string;
  title: string;
  depth: number;
  approved: number;
  all: number;
};
export type BoardItem = {
  is: "section" | "indicator";
  id: string;
  number: string;
  title: string;
  depth: number;
  status: IndicatorStatus;
  organId: string;
  organ: string;
  holder: (Holder & { organ: string }) | null;
  /** The day that counts, and the item's own where a later one was permitted. */
  dueOn: Day;
  wasDueOn: Day | null;
  /** Whether the actor is to act on it now, and whether that is a decision at a step. */
  mine: boolean;
  decides: boolean;
  stale: boolean;
};
/** What only the rows that are shown are asked for. */
export type BoardRow = BoardHeading | (BoardItem & { findings: number; urgedToday: boolean; owed: boolean });

/** As many rows as the page shows at once: the real report fits, and a large one costs no more. */
export const BOARD_PAGE = 100;

export type Board = Awaited<ReturnType<typeof getBoard>>;

/**
 * The report's board: every leaf and row with its state, holder and day, filtered, one page of it. The same statements
 * for a report of any size: six for the whole, five for what the page shows.
 */
export async function getBoard(tx: Transaction, ctx: Context, slug: string, filter: BoardFilter) {
  const day = localDay(ctx.now());
  const [[report], nodes, figures, offices, steps] = await Promise.all([
    tx
      .select({
        id: reports.id,
        slug: reports.slug,
        name: reports.name,
        status: reports.status,
        year: reports.year,
        half: reports.half,
        dueOn: reports.dueOn,
        jurisdictionId: reports.jurisdictionId,
        sittingOn: timetables.sittingOn,
      })
      .from(reports)
      .leftJoin(timetables, eq(timetables.reportId, reports.id))
      .where(eq(reports.slug, slug)),
    outlineOf(tx, slug),
    indicatorsOf(tx, slug),
    tx.execute<{ id: string; name: string }>(sql`select id, short_name as name from organs order by name`),
    stepsOf(tx, slug),
  ]);
  if (!report) throw new DomainError("not-found");
  const isOpen = report.status === "collecting";
  const names = new Map(offices.map(({ id, name }) => [id, name]));
  const byId = new Map(steps.map((step) => [step.id, step]));
  const toItem = (row: ItemRow, is: "section" | "indicator", place: { number: string; depth: number }): BoardItem => {
    const step = row.stepId === null ? undefined : byId.get(row.stepId);
    const held = isOpen ? holderOf({ ...row, isApproved: row.status === "approved", step: step ?? null }) : null;
    const days = { ...row, step: byId.get(row.stepId ?? row.comebackStepId ?? "") ?? null };
    const [dueOn, before] = [dayThatCounts(days), dayBeforePermit(days)];
    const writes =
      held?.step === null && ctx.actor.role === "drafter" && row.organId === ctx.actor.organId && held !== null;
    return {
      is,
      id: row.id,
      ...place,
      title: row.title,
      status: row.status,
      organId: row.organId,
      organ: names.get(row.organId) ?? "",
      holder: held && { ...held, organ: (held.organId && names.get(held.organId)) ?? "" },
      dueOn,
      wasDueOn: dueOn === before ? null : before,
      mine: isOpen && (writes || row.sits),
      decides: isOpen && row.sits,
      stale: row.stale,
    };
  };
  const numbered = officialNumbers(nodes);
  const rows = numbered.map((node): BoardHeading | BoardItem =>
    isHeading(node.kind)
      ? {
          is: "heading",
          id: node.id,
          kind: node.kind,
          number: node.number,
          title: node.title,
          depth: node.depth,
          approved: 0,
          all: 0,
        }
      : toItem({ ...node, confirmOrganId: null }, "section", node),
  );
  const table = figures.map((row) => toItem(row, "indicator", { number: "", depth: 1 }));
  countUnderHeadings(rows, numbered, table);
  const annex = rows.findLastIndex((row) => row.is === "heading" && row.kind === "indicators");
  const all = [...rows.slice(0, annex + 1 || rows.length), ...table, ...rows.slice(annex + 1 || rows.length)];
  const items = all.filter((row) => row.is !== "heading");
  const owners = new Set(items.map(({ organId }) => organId));
  const matches = matcherOf(ctx.actor, day, isOpen);
  const isFiltered = filter.show !== "all" || filter.organId !== null || filter.status !== null;
  const found = all.filter((row) =>
    row.is === "heading"
      ? !isFiltered
      : matches[filter.show](row) &&
        (filter.organId === null || row.organId === filter.organId) &&
        (filter.status === null || row.status === filter.status),
  );
  const pages = Math.max(1, Math.ceil(found.length / BOARD_PAGE));
  const page = Math.min(Math.max(1, filter.page), pages);
  const shown = found.slice((page - 1) * BOARD_PAGE, page * BOARD_PAGE);
  const ids = shown.flatMap((row) => (row.is === "heading" ? [] : [row.id]));
  const [findings, urged, log] = await Promise.all([
    openFindings(tx, ctx, report, ids),
    urgedOn(tx, day, ids),
    reminderLog(tx, report.id, null),
  ]);
  return {
    ...report,
    day,
    rows: shown.map((row): BoardRow =>
      row.is === "heading"
        ? row
        : {
            ...row,
            findings: findings.get(row.id) ?? 0,
            urgedToday: urged.has(row.id),
            owed: isOwed(row.holder),
          },
    ),
    page,
    pages,
    found: found.length,
    counts: Object.fromEntries(BOARD_SHOWS.map((show) => [show, items.filter(matches[show]).length])) as Record<
      BoardShow,
      number
    >,
    leaves: items.filter(({ is }) => is === "section").length,
    approvedLeaves: items.filter(({ is, status }) => is === "section" && status === "approved").length,
    indicators: { all: table.length, approved: table.filter(({ status }) => status === "approved").length },
    /** Departments that own something in it. */
    offices: offices.filter(({ id }) => owners.has(id)),
    readiness: readinessOf(
      items.map((item) => ({ is: item.is, isApproved: item.status === "approved", dueOn: item.dueOn })),
      day,
    ),
    /** What 催办逾期 would reach: late, and in a department's hands. */
    lateOwed: items.filter((item) => item.dueOn < day && isOwed(item.holder)).length,
    log,
    mayOpenNext: statusRefusal("open", ctx.actor, report) === null,
    mayImport: statusRefusal("import", ctx.actor, report) === null,
    mayUrge: timetableRefusal("urge", ctx.actor, report) === null,
    mayPermit: timetableRefusal("permit", ctx.actor, report) === null,
  };
}

type ItemRow = {
  id: string;
  title: string;
  status: IndicatorStatus;
  organId: string;
  confirmOrganId: string | null;
  stepId: string | null;
  comebackStepId: string | null;
  dueOn: Day;
  permittedUntil: Day | null;
  sits: boolean;
  stale: boolean;
};
type NodeRow = Omit<ItemRow, "status" | "confirmOrganId"> & {
  parentId: string | null;
  position: number;
  kind: SectionKind;
  status: SectionStatus;
};
type StepRow = { id: string; name: string; role: Role; office: StepOffice; dueOn: Day | null };

const reportIs = (slug: string) => sql`(select r.id from ${reports} r where r.slug = ${slug})`;

const outlineOf = (tx: Transaction, slug: string) =>
  tx.execute<NodeRow>(sql`
    select sections.id, parent_id as "parentId", position, kind, title, status, organ_id as "organId", step_id as "stepId",
           comeback_step_id as "comebackStepId", due_on::text as "dueOn", permitted_until::text as "permittedUntil",
           case when step_id is null then false else ${sitsAt("sections")} end as sits,
           approved_revision_id is not null
             and exists (select 1 from stale_approvals a where a.revision_id = sections.approved_revision_id) as stale
      from sections where report_id = ${reportIs(slug)}`);

const indicatorsOf = (tx: Transaction, slug: string) =>
  tx.execute<ItemRow>(sql`
    select indicators.id, official_name as title, status, organ_id as "organId", confirm_organ_id as "confirmOrganId",
           step_id as "stepId", comeback_step_id as "comebackStepId", due_on::text as "dueOn", permitted_until::text as "permittedUntil",
           case when step_id is null then false else ${sitsAt("indicators")} end as sits,
           approved_revision_id is not null and exists (
             select 1 from stale_approvals a where a.indicator_revision_id = indicators.approved_revision_id) as stale
      from indicators where report_id = ${reportIs(slug)} and removed_at is null order by position`);

const stepsOf = (tx: Transaction, slug: string) =>
  tx.execute<StepRow>(sql`
    select t.id, t.name, t.role, t.office, t.due_on::text as "dueOn"
      from route_steps t join routes u on u.id = t.route_id where u.report_id = ${reportIs(slug)} order by t.position`);

/** A heading counts the leaves right under it; the annex of the indicators counts these. */
function countUnderHeadings(
  rows: readonly (BoardHeading | BoardItem)[],
  nodes: readonly { id: string; parentId: string | null }[],
  table: readonly BoardItem[],
): void {
  const headings = new Map(rows.flatMap((row) => (row.is === "heading" ? [[row.id, row] as const] : [])));
  const add = (heading: BoardHeading | undefined, item: BoardItem) => {
    if (!heading) return;
    heading.all += 1;
    if (item.status === "approved") heading.approved += 1;
  };
  const parents = new Map(nodes.map(({ id, parentId }) => [id, parentId]));
  for (const row of rows) if (row.is !== "heading") add(headings.get(parents.get(row.id) ?? ""), row);
  const annex = [...headings.values()].findLast(({ kind }) => kind === "indicators");
  for (const item of table) add(annex, item);
}

function matcherOf(actor: Actor, day: Day, isOpen: boolean): Record<BoardShow, (item: BoardItem) => boolean> {
  const isDepartmental = isOneOf(actor.role, ["drafter", "signer"]);
  return {
    all: () => true,
    mine: (item) => item.mine,
    late: (item) => isOpen && item.status !== "approved" && item.dueOn < day,
    returned: (item) => item.status === "returned",
    stale: (item) => item.stale,
    ours: (item) => !isDepartmental || item.organId === actor.organId,
  };
}
