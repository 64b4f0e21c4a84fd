import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import {
  indicatorRevisions,
  indicators,
  reasonAnswers,
  reviewReasons,
  reviews,
  revisions,
  sections,
} from "../../db/schema";
import { FIGURE_FIELDS, type FigureField } from "../indicator/figure";
import { blockText, type ContentBlock } from "../section/content";
import type { FirstReason, GivenAnswer, GivenReason, ReasonTarget, Tally } from "./reasons";
import type { ReasonKind, ReasonSeverity } from "./workflow";

/** So many of an item's newest reasons are read: those of many rounds. */
const MOST = 200;

/**
 * A reason is open until its item goes up again: until a later text has been let through by somebody or judged where the
 * reason was given; or until that step, or all of them, let the item through. A text that was taken back, or that somebody
 * before that step sent back, settles nothing. `x` is the reason.
 */
const isOpen = (kind: "section" | "indicator"): SQL<boolean> => {
  const [own, item, revision, judged, isKept] =
    kind === "section"
      ? [sql.raw("section_id"), sections, revisions, sql.raw("revision_id"), sql`n.kind = 'submitted'`]
      : [sql.raw("indicator_id"), indicators, indicatorRevisions, sql.raw("indicator_revision_id"), sql`true`];
  return sql`(not exists (
    select 1 from ${revision} n join ${reviews} d on d.${judged} = n.id and d.${own} = x.${own}
     where n.${own} = x.${own} and ${isKept} and n.created_at > x.created_at
       and (d.verdict <> 'return' or d.step_id is not distinct from (select g.step_id from ${reviews} g where g.id = x.review_id)))
    and not exists (
    select 1 from ${reviews} g join ${reviews} d on d.step_id is not distinct from g.step_id
     where g.id = x.review_id and d.${own} = x.${own} and d.verdict <> 'return' and d.created_at > x.created_at)
    and not exists (
    select 1 from ${item} i where i.id = x.${own} and i.status = 'approved' and i.moved_at > x.created_at))`;
};

/** The newest answer to the reason `x`, as JSON. */
const newestAnswer = sql<(Omit<GivenAnswer, "at"> & { at: string }) | null>`(
  select json_build_object('id', a.id, 'answer', a.answer, 'text', a.text, 'by', a.author_label, 'at', a.created_at)
    from ${reasonAnswers} a where a.reason_id = x.id order by a.created_at desc, a.id desc limit 1)`;

/** The number of the revision that the reason `x` was said of: an approver's verdict on the whole names none. */
const judgedText = (column: string) =>
  sql.raw(`(select r.${column} from revisions r
  where r.section_id = x.section_id and r.kind = 'submitted' and (r.id = v.revision_id or (v.revision_id is null and r.created_at <= x.created_at))
  order by r.number desc limit 1)`);
const judgedRow = sql.raw(`(select r.number from indicator_revisions r
  where r.indicator_id = x.indicator_id and (r.id = v.indicator_revision_id or (v.indicator_revision_id is null and r.created_at <= x.created_at))
  order by r.number desc limit 1)`);

type Row = {
  id: string;
  kind: ReasonKind;
  severity: ReasonSeverity;
  quote: string;
  text: string;
  by: string;
  at: Date | string;
  judged: number | null;
  isOpen: boolean;
  answer: (Omit<GivenAnswer, "at"> & { at: string }) | null;
};

const said = sql`x.id, x.kind, x.severity, x.quote, x.text, v.actor_label as "by", x.created_at as "at"`;

/** A reason with the paragraph that it judged, as it is kept, and its revision's id; null where the actor may not see it. */
export type ReadReason = GivenReason & { block: ContentBlock | null; revisionId: string | null };

/** Why a leaf came back, newest last, with what its department answered. One query. */
export async function readReasons(tx: Transaction, sectionId: string): Promise<ReadReason[]> {
  const rows = await tx.execute<
    Row & {
      blockId: string;
      from: number | null;
      to: number | null;
      block: ContentBlock | null;
      revisionId: string | null;
    }
  >(sql`
    select ${said}, ${isOpen("section")} as "isOpen", ${newestAnswer} as answer,
           x.block_id as "blockId", x.range_from as "from", x.range_to as "to", ${judgedText("number")} as judged, ${judgedText("id")} as "revisionId",
           jsonb_path_query_first(${judgedText("content")}, '$.content[*] ? (@.attrs.id == $id)',
                                  jsonb_build_object('id', x.block_id)) as block
      from ${reviewReasons} x join ${reviews} v on v.id = x.review_id
     where x.section_id = ${sectionId}
     order by x.created_at desc, x.id limit ${MOST}`);
  return rows
    .map(({ blockId, from, to, block, revisionId, ...row }) => ({
      ...given(row, {
        is: "text",
        blockId,
        blockText: block ? blockText(block) : row.quote,
        range: block && from !== null && to !== null ? { from, to } : null,
      }),
      block,
      revisionId,
    }))
    .sort(inOrder);
}

/** The same for rows of the table, by row. One query, however many rows. */
export async function readRowReasons(
  tx: Transaction,
  indicatorIds: readonly string[],
): Promise<Map<string, GivenReason[]>> {
  const byRow = new Map<string, GivenReason[]>();
  if (indicatorIds.length === 0) return byRow;
  const rows = await tx.execute<Row & { indicatorId: string; field: FigureField }>(sql`
    select ${said}, ${isOpen("indicator")} as "isOpen", ${newestAnswer} as answer,
           x.indicator_id as "indicatorId", x.field, ${judgedRow} as judged
      from ${reviewReasons} x join ${reviews} v on v.id = x.review_id
     where x.indicator_id in ${[...indicatorIds]}
     order by x.created_at desc, x.id limit ${MOST * 10}`);
  for (const { indicatorId, field, ...row } of rows) {
    const reason = given(row, { is: "cell", indicatorId, field });
    byRow.set(indicatorId, [...(byRow.get(indicatorId) ?? []), reason]);
  }
  for (const reasons of byRow.values()) reasons.sort(inOrder);
  return byRow;
}

/** How many reasons of the leaf in hand are open and how many of them are answered; null with none. For a list's query. */
export const openTally = sql<Tally | null>`(
  select json_build_object('count', count(*)::int, 'answered', count(*) filter (where exists (
           select 1 from ${reasonAnswers} a where a.reason_id = x.id))::int)
    from ${reviewReasons} x where x.section_id = sections.id and ${isOpen("section")} having count(*) > 0)`;

/** The first open reasons of the leaf, what must be changed before what is advised: for a list's query. */
export const firstReasons = sql<FirstReason[]>`(
  select coalesce(json_agg(json_build_object('kind', y.kind, 'text', y.text)), '[]')
    from (select x.kind, x.text from ${reviewReasons} x where x.section_id = sections.id and ${isOpen("section")}
           order by x.severity = 'must' desc, x.created_at, x.id limit 2) y)`;

/** How many open reasons of these items nobody has answered. */
export async function countUnanswered(
  tx: Transaction,
  kind: "section" | "indicator",
  ids: readonly string[],
): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from ${reviewReasons} x
     where ${sql.raw(kind === "section" ? "x.section_id" : "x.indicator_id")} in ${[...ids]} and ${isOpen(kind)}
       and not exists (select 1 from ${reasonAnswers} a where a.reason_id = x.id)`);
  return row?.count ?? 0;
}

/** Whether the department still has a reason to work off, and its newest answer. */
export async function standingOf(
  tx: Transaction,
  kind: "section" | "indicator",
  reasonId: string,
): Promise<{ isOpen: boolean; newest: string | null }> {
  const [row] = await tx.execute<{ isOpen: boolean; newest: string | null }>(sql`
    select ${isOpen(kind)} as "isOpen", (select a.id from ${reasonAnswers} a where a.reason_id = x.id
             order by a.created_at desc, a.id desc limit 1) as newest
      from ${reviewReasons} x where x.id = ${reasonId}`);
  return row ?? { isOpen: false, newest: null };
}

const given = ({ answer, at, judged, ...row }: Row, target: ReasonTarget): GivenReason => ({
  ...row,
  target,
  at: new Date(at),
  judged: judged ?? 0,
  answer: answer && { ...answer, at: new Date(answer.at) },
});

/** As they were said: of one return in the order of its paragraphs or of the row's cells. */
const inOrder = (a: GivenReason, b: GivenReason): number =>
  a.at.getTime() - b.at.getTime() || columnOf(a) - columnOf(b) || (a.id < b.id ? -1 : 1);
const columnOf = ({ target }: GivenReason): number => (target.is === "cell" ? FIGURE_FIELDS.indexOf(target.field) : 0);
