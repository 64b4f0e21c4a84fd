import { and, desc, eq, gt, inArray, isNotNull, lte, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Transaction } from "../../db/client";
import { consultationReplies, dispositions, editions, remarks, reports, reviewReasons, reviews } from "../../db/schema";
import type { ComparedEdition, Comparison } from "../../render/comparison";
import type { ReportDocument } from "../../render/report-document";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { isStorable } from "../kernel/storable";
import { isUuid } from "../kernel/uuid";
import { compareDocuments, type AskedOf } from "./compare-documents";
import { PRINTED_KINDS, printedDay } from "./mark";
import { noteOpenings } from "./openings";
import type { EditionKind } from "./workflow";

/** An edition that can be chosen. */
export type Choice = { id: string; number: number; kind: EditionKind; name: string; sealedAt: Date };

export type ComparePage = {
  name: string;
  /** Those that the actor may read, the newest first. */
  choices: Choice[];
  /** The older first; null when there are not two to compare. */
  pair: { from: Choice; to: Choice; comparison: Comparison } | null;
};

/** What is asked for: two editions by id or number, in any order; without them the two newest are compared. */
export type CompareAsked = { from?: string | undefined; to?: string | undefined };

/**
 * Two editions of a report side by side, of those that the actor may read. Throws not-found for a report of which they have
 * none, and for an edition that is none of theirs. Who was given the two has opened them then.
 */
export async function getComparePage(
  tx: Transaction,
  ctx: Context,
  of: { slug: string } | { edition: string },
  asked: CompareAsked,
): Promise<ComparePage> {
  const sibling = alias(editions, "sibling");
  if ("slug" in of ? !isStorable(of.slug) : !isUuid(of.edition)) throw new DomainError("not-found");
  const found = await tx
    .select({
      id: editions.id,
      reportId: editions.reportId,
      number: editions.number,
      kind: editions.kind,
      name: editions.name,
      sealedAt: editions.sealedAt,
    })
    .from(editions)
    .where(
      "slug" in of
        ? inArray(editions.reportId, tx.select({ id: reports.id }).from(reports).where(eq(reports.slug, of.slug)))
        : inArray(
            editions.reportId,
            tx.select({ id: sibling.reportId }).from(sibling).where(eq(sibling.id, of.edition)),
          ),
    )
    .orderBy(desc(editions.number));
  const [newest] = found;
  if (!newest) throw new DomainError("not-found");
  const { name, reportId } = newest;
  const choices = found.map(({ reportId: _, ...choice }): Choice => choice);
  const pair = chosen(choices, asked);
  if (!pair) return { name, choices, pair: null };
  const comparison = await compareEditions(tx, ctx, pair.from.id, pair.to.id);
  await noteOpenings(tx, ctx, { ids: [pair.from.id, pair.to.id], reportId });
  return { name, choices, pair: { ...pair, comparison } };
}

function chosen(choices: readonly Choice[], asked: CompareAsked): { from: Choice; to: Choice } | null {
  const find = (id: string | undefined, otherwise: Choice | undefined) => {
    if (!id) return otherwise;
    const choice = choices.find((one) => one.id === id || String(one.number) === id);
    if (!choice) throw new DomainError("not-found");
    return choice;
  };
  const to = find(asked.to, choices[0]);
  const from = find(
    asked.from,
    choices.find(({ id }) => id !== to?.id),
  );
  if (!from || !to) return null;
  return from.number > to.number ? { from: to, to: from } : { from, to };
}

/** The comparison of two editions that the actor may read, with who asked for the changes as far as they may know. */
export async function compareEditions(
  tx: Transaction,
  ctx: Context,
  fromId: string,
  toId: string,
): Promise<Comparison> {
  const { from, to } = await readPair(tx, fromId, toId);
  const asked = await askedBetween(tx, ctx, from, to);
  return compareDocuments(sideOf(from), sideOf(to), asked);
}

/** Who asked for what became of one edition in another, as far as the actor may know. Throws not-found. */
export async function readAsked(tx: Transaction, ctx: Context, fromId: string, toId: string): Promise<AskedOf[]> {
  const { from, to } = await readPair(tx, fromId, toId);
  return askedBetween(tx, ctx, from, to);
}

/** As a comparison's head names an edition: 送审稿 第2号, 2024年8月1日. */
export const comparedEdition = ({
  name,
  kind,
  number,
  sealedAt,
}: Pick<Sealed, "name" | "kind" | "number" | "sealedAt">): ComparedEdition => ({
  name,
  label: `${PRINTED_KINDS[kind]} 第${number}号`,
  number,
  date: printedDay(sealedAt),
});

const sideOf = (edition: Sealed) => ({ edition: comparedEdition(edition), document: edition.document });

type Sealed = Awaited<ReturnType<typeof readEditions>>[number];

async function readPair(tx: Transaction, fromId: string, toId: string): Promise<{ from: Sealed; to: Sealed }> {
  const both = isUuid(fromId) && isUuid(toId) ? await readEditions(tx, [fromId, toId]) : [];
  const [one, other] = [both.find(({ id }) => id === fromId), both.find(({ id }) => id === toId)];
  if (!one || !other || one.reportId !== other.reportId) throw new DomainError("not-found");
  return one.number > other.number ? { from: other, to: one } : { from: one, to: other };
}

const readEditions = (tx: Transaction, ids: string[]) =>
  tx
    .select({
      id: editions.id,
      reportId: editions.reportId,
      number: editions.number,
      kind: editions.kind,
      name: editions.name,
      document: editions.document,
      sealedAt: editions.sealedAt,
      // When each text and row that it prints was written: of the record no more than that.
      written: sql<{ of: string; at: string }[]>`coalesce(
        jsonb_path_query_array(${editions.record}, '$.approvals[*] ? (@.verdict == "write")'), '[]')`,
    })
    .from(editions)
    .where(inArray(editions.id, ids));

/** A leaf or a row that is printed in another revision, and between which moments that was asked for. */
type Changed = { id: string; after: Date; until: Date };

/** The notices go to everybody, the reasons of reviewing to those who answer for the whole. */
async function askedBetween(tx: Transaction, ctx: Context, from: Sealed, to: Sealed): Promise<AskedOf[]> {
  const { role } = ctx.actor;
  const changed = role === "lead" || role === "approver" ? changedBetween(from, to) : [];
  const notices = await readNotices(tx, from, to);
  if (changed.length === 0) return notices;
  const comments = await readComments(tx, from, to, changed);
  return [...notices, ...(await readReasons(tx, changed)), ...(await readSuggestions(tx, changed)), ...comments];
}

function changedBetween(from: Sealed, to: Sealed): Changed[] {
  const revisionsOf = ({ contributions }: ReportDocument) =>
    new Map(contributions.map(({ section, revision }) => [section, revision]));
  const writtenAt = ({ written }: Sealed) => new Map(written.map(({ of, at }) => [of, new Date(at)]));
  const [old, now] = [revisionsOf(from.document), revisionsOf(to.document)];
  const [before, after] = [writtenAt(from), writtenAt(to)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((id) => isUuid(id) && old.get(id) !== now.get(id))
    .map((id) => ({ id, after: before.get(id) ?? from.sealedAt, until: after.get(id) ?? to.sealedAt }));
}

const windowOf = (changed: readonly Changed[]) => {
  const list = (values: readonly string[]) => `{${values.join(",")}}`;
  return sql`unnest(${list(changed.map(({ id }) => id))}::uuid[],
    ${list(changed.map(({ after }) => after.toISOString()))}::timestamptz[],
    ${list(changed.map(({ until }) => until.toISOString()))}::timestamptz[]) as w(id, after, until)`;
};

/** Of one comparison no more are told of each sort. */
const MOST = 1000;

/** Corrections among the later edition and those before it, back to the older one. */
async function readNotices(tx: Transaction, from: Sealed, to: Sealed): Promise<AskedOf[]> {
  const rows = await tx
    .select({ by: editions.sealedLabel, text: editions.notice, sealedAt: editions.sealedAt })
    .from(editions)
    .where(
      and(
        eq(editions.reportId, to.reportId),
        gt(editions.number, from.number),
        lte(editions.number, to.number),
        isNotNull(editions.notice),
      ),
    )
    .orderBy(editions.number);
  return rows.map(({ by, text, sealedAt }) => ({
    of: null,
    block: null,
    asked: { kind: "correction", by: `${by}，${printedDay(sealedAt)}`, text: text ?? "" },
  }));
}

async function readReasons(tx: Transaction, changed: readonly Changed[]): Promise<AskedOf[]> {
  const rows = await tx.execute<{ of: string; block: string | null; by: string; text: string }>(sql`
    select y.of, y.block, v.actor_label as by, y.text
      from (select x.section_id as of, x.block_id as block, x.text, x.review_id, x.created_at, x.id
              from ${windowOf(changed)} join ${reviewReasons} x on x.section_id = w.id
             where x.created_at > w.after and x.created_at <= w.until
             union all
            select x.indicator_id, null, x.text, x.review_id, x.created_at, x.id
              from ${windowOf(changed)} join ${reviewReasons} x on x.indicator_id = w.id
             where x.created_at > w.after and x.created_at <= w.until) y
      join ${reviews} v on v.id = y.review_id
     order by y.created_at, y.id limit ${MOST}`);
  return rows.map(({ of, block, by, text }) => ({ of, block, asked: { kind: "return", by, text } }));
}

async function readSuggestions(tx: Transaction, changed: readonly Changed[]): Promise<AskedOf[]> {
  const rows = await tx.execute<{
    of: string;
    block: string;
    by: string;
    blockText: string;
    from: number;
    to: number;
    replacement: string;
    text: string;
  }>(sql`
    select x.section_id as of, x.block_id as block, x.author_label as by, x.text, x.replacement,
           x.block_text as "blockText", x."from", x."to"
      from ${windowOf(changed)} join ${remarks} x on x.section_id = w.id
     where x.kind = 'suggestion' and x.outcome = 'accepted' and x.settled_at > w.after and x.settled_at <= w.until
     order by x.settled_at, x.id limit ${MOST}`);
  return rows.map(({ of, block, by, blockText, from, to, replacement, text }) => {
    const says = proposed(blockText.slice(from, to), replacement);
    return { of, block, asked: { kind: "suggestion", by, text: text === "" ? says : `${says}：${text}` } };
  });
}

/** In the report's own language, as everything that is printed: “9.1%”改为“9.3%”. */
function proposed(words: string, replacement: string): string {
  if (words === "") return `增加“${replacement}”`;
  return replacement === "" ? `删去“${words}”` : `“${words}”改为“${replacement}”`;
}

const OUTCOMES = { adopted: "采纳", partly: "部分采纳" } as const;

/** Comments on the older edition or one after it; and on one before it that were decided on since. */
async function readComments(
  tx: Transaction,
  from: Sealed,
  to: Sealed,
  changed: readonly Changed[],
): Promise<AskedOf[]> {
  const rows = await tx.execute<{
    of: string | null;
    block: string | null;
    by: string;
    text: string;
    outcome: keyof typeof OUTCOMES;
  }>(sql`
    select x.section_id as of, x.block_id as block, x.author_label as by, x.text, d.disposition as outcome
      from ${editions} e
      join ${consultationReplies} x on x.edition_id = e.id and x.withdrawn_at is null and x.kind = 'comment'
      join lateral (select y.disposition, y.decided_at from ${dispositions} y where y.reply_id = x.id
                     order by y.decided_at desc, y.id desc limit 1) d on true
     where e.report_id = ${to.reportId} and e.number < ${to.number} and d.disposition in ('adopted', 'partly')
       and (e.number >= ${from.number} or d.decided_at > ${from.sealedAt.toISOString()})
     order by x.position, x.created_at, x.id limit ${MOST}`);
  const ids = new Set(changed.map(({ id }) => id));
  return rows
    .filter(({ of }) => of === null || ids.has(of))
    .map(({ of, block, by, text, outcome }) => ({
      of,
      block,
      asked: { kind: "consultation", by, text: `${text}（${OUTCOMES[outcome]}）` },
    }));
}
