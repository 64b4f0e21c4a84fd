import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "../../db/client";
import { drafts, organs, reports, reviewReasons, reviews, revisions, sections } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { isUuid } from "../kernel/uuid";
import { asRead, followed, readFigures, readFrozen } from "./bindings";
import type { Content } from "./content";
import { writingColumns } from "./load";
import { writingRefusal } from "./policy";
import { isHeading } from "./workflow";

export const ENTRIES_PER_PAGE = 50;
/** So many of the newest texts lie unfolded beside the editor; the history page has them all. */
const TEXTS_IN_RAIL = 10;

/** The working copy among the revisions to compare, for those who may see it. */
export const CURRENT = "current";
export type TextName = number | typeof CURRENT;

/** What the history page may be asked: two texts to compare, one to read, one to bring back, one just brought back, older entries. */
const Name = z.literal(CURRENT).or(z.coerce.number().int().min(1).max(2_000_000_000));
const Older = z
  .string()
  .regex(/^\d{1,13}_[0-9a-f-]{36}$/)
  .refine((cursor) => isUuid(cursor.split("_")[1] ?? ""));
export const HistoryAsked = z.object({
  from: Name.optional().catch(undefined),
  to: Name.optional().catch(undefined),
  show: Name.optional().catch(undefined),
  restore: z.coerce.number().int().min(1).max(2_000_000_000).optional().catch(undefined),
  older: Older.optional().catch(undefined),
  done: z.coerce.number().int().min(1).optional().catch(undefined),
  kept: z.coerce.number().int().min(1).optional().catch(undefined),
});
export type HistoryAsked = z.infer<typeof HistoryAsked>;

export type HistoryEntry = Awaited<ReturnType<typeof getHistory>>[number];
export type HistoryPage = Awaited<ReturnType<typeof getHistoryPage>>;
export type TextShown = { name: TextName; content: Content; by: string; at: Date };

/** Revisions and verdicts of a leaf, newest first, as far as the actor may see them: what lies beside the text. */
export async function getHistory(tx: Transaction, sectionId: string) {
  const { texts, verdicts } = await readEntries(tx, sectionId, { limit: ENTRIES_PER_PAGE, texts: TEXTS_IN_RAIL });
  return inTime([...texts, ...verdicts]);
}

/** The history page: entries, what may be compared, and the texts that were asked for or stand to reason. */
export async function getHistoryPage(
  tx: Transaction,
  ctx: Context,
  slug: string,
  sectionId: string,
  asked: HistoryAsked,
) {
  if (!isUuid(sectionId)) throw new DomainError("not-found");
  const older = asked.older ? cursorOf(asked.older) : null;
  const [section, entries, likely] = await Promise.all([
    readSection(tx, slug, sectionId),
    readEntries(tx, sectionId, { older, limit: ENTRIES_PER_PAGE + 1, texts: 0 }),
    readLikely(tx, sectionId),
  ]);
  const all = inTime([...entries.texts, ...entries.verdicts]);
  const page = all.slice(0, ENTRIES_PER_PAGE);
  const last = all.length > page.length ? page.at(-1) : undefined;
  const { draft, ...leaf } = section;
  const refusal = writingRefusal("restore", ctx.actor, leaf);
  const pair: Pair | null =
    asked.restore && refusal === null ? { from: CURRENT, to: asked.restore } : chosen(asked, likely, draft);
  const texts = await readTexts(tx, ctx, section, asked.show ? [asked.show] : pair ? [pair.from, pair.to] : []);
  return {
    section: leaf,
    draftVersion: draft?.version ?? null,
    mayRestore: refusal === null,
    entries: page,
    older: last ? `${last.at.getTime()}_${last.id}` : null,
    /** One text to read, or two to compare; `restores` when the second is to replace the first. */
    shown: asked.show ? (texts[0] ?? null) : null,
    pair: asked.show || !texts[0] || !texts[1] ? null : { from: texts[0], to: texts[1] },
    restores: pair?.from === CURRENT && pair.to === asked.restore,
    choices: choicesOf(page, texts, draft),
  };
}

async function readSection(tx: Transaction, slug: string, sectionId: string) {
  const [section] = await tx
    .select({
      id: sections.id,
      ...writingColumns,
      title: sections.title,
      organ: organs.shortName,
      reportId: reports.id,
      half: reports.half,
      draft: { content: drafts.content, version: drafts.version, by: drafts.updatedLabel, at: drafts.updatedAt },
    })
    .from(sections)
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .innerJoin(organs, eq(organs.id, sections.organId))
    .leftJoin(drafts, eq(drafts.sectionId, sections.id))
    .where(and(eq(reports.slug, slug), eq(sections.id, sectionId)));
  if (!section || isHeading(section.kind)) throw new DomainError("not-found");
  return section;
}

type Cursor = { at: string; id: string };

function cursorOf(older: string): Cursor {
  const [at = "", id = ""] = older.split("_");
  return { at: new Date(Number(at)).toISOString(), id };
}

type Wanted = { older?: Cursor | null; limit: number; texts: number };

/** `texts`: of so many of the newest revisions, the words too. */
async function readEntries(tx: Transaction, sectionId: string, { older, limit, texts: withWords }: Wanted) {
  const newest = sql`(select max(x.number) from ${revisions} x where x.section_id = ${sectionId})`;
  const before = (at: unknown, id: unknown) =>
    older ? sql`(${at}, ${id}) < (${older.at}::timestamptz, ${older.id}::uuid)` : undefined;
  const [texts, verdicts] = await Promise.all([
    tx
      .select({
        id: revisions.id,
        number: revisions.number,
        kind: revisions.kind,
        note: revisions.note,
        restoredFrom: revisions.restoredFrom,
        content: sql<Content | null>`case when ${revisions.number} > ${newest} - ${withWords}::int then ${revisions.content} end`,
        by: revisions.authorLabel,
        at: revisions.createdAt,
      })
      .from(revisions)
      .where(and(eq(revisions.sectionId, sectionId), before(revisions.createdAt, revisions.id)))
      .orderBy(desc(revisions.createdAt), desc(revisions.id))
      .limit(limit),
    tx
      .select({
        id: reviews.id,
        verdict: reviews.verdict,
        /** The revision that was judged, where the actor may see it. */
        number: revisions.number,
        by: reviews.actorLabel,
        at: reviews.createdAt,
        reasons: sql<{ blockId: string; quote: string; text: string }[]>`coalesce((
          select json_agg(json_build_object('blockId', x.block_id, 'quote', x.quote, 'text', x.text) order by x.created_at, x.id)
            from ${reviewReasons} x where x.review_id = reviews.id and x.section_id = ${sectionId}), '[]')`,
      })
      .from(reviews)
      .leftJoin(revisions, and(eq(revisions.id, reviews.revisionId), eq(revisions.sectionId, sectionId)))
      .where(
        and(
          sql`(${reviews.sectionId} = ${sectionId} or ${reviews.id} in
            (select x.review_id from ${reviewReasons} x where x.section_id = ${sectionId}))`,
          before(reviews.createdAt, reviews.id),
        ),
      )
      .orderBy(desc(reviews.createdAt), desc(reviews.id))
      .limit(limit),
  ]);
  return {
    texts: texts.map((text) => ({ type: "revision" as const, ...text })),
    verdicts: verdicts.map((verdict) => ({ type: "verdict" as const, ...verdict })),
  };
}

/** Newest first; of two at one moment, the verdict came after the text. */
function inTime<T extends { at: Date; id: string; type: "revision" | "verdict" }>(entries: T[]): T[] {
  return entries.sort(
    (a, b) =>
      b.at.getTime() - a.at.getTime() ||
      Number(b.type === "verdict") - Number(a.type === "verdict") ||
      (a.id < b.id ? 1 : -1),
  );
}

/** What one most likely wants to compare: the newest two revisions, and the one that came back last. */
async function readLikely(tx: Transaction, sectionId: string) {
  const [newest, returned] = await Promise.all([
    tx
      .select({ number: revisions.number, at: revisions.createdAt })
      .from(revisions)
      .where(eq(revisions.sectionId, sectionId))
      .orderBy(desc(revisions.number))
      .limit(2),
    tx
      .select({ number: revisions.number })
      .from(reviews)
      .innerJoin(revisions, eq(revisions.id, reviews.revisionId))
      .where(and(eq(reviews.sectionId, sectionId), eq(reviews.verdict, "return")))
      .orderBy(desc(reviews.createdAt))
      .limit(1),
  ]);
  return { newest, returned: returned[0]?.number };
}

type Pair = { from: TextName; to: TextName };

/** As asked, the older one first; else since the last return, else the last two, of which one may be unsaved words. */
function chosen(
  { from, to }: HistoryAsked,
  { newest: [last, before], returned }: Awaited<ReturnType<typeof readLikely>>,
  draft: { at: Date } | null,
): Pair | null {
  // A revision is cut after its working copy: a copy that is younger says something else.
  const isUnkept = draft !== null && (!last || draft.at > last.at);
  const end: TextName | undefined = to ?? (isUnkept ? CURRENT : last?.number);
  const start: TextName | undefined =
    from ?? (returned !== undefined && returned !== end ? returned : end === CURRENT ? last?.number : before?.number);
  if (end === undefined || start === undefined) return null;
  return start === CURRENT || (end !== CURRENT && start > end) ? { from: end, to: start } : { from: start, to: end };
}

type Leaf = Awaited<ReturnType<typeof readSection>>;

/** The texts of these names, in their order. Throws not-found for one that the actor may not see. */
async function readTexts(tx: Transaction, ctx: Context, leaf: Leaf, names: readonly TextName[]): Promise<TextShown[]> {
  const numbers = names.filter((name) => name !== CURRENT);
  const rows = await tx
    .select({
      id: revisions.id,
      number: revisions.number,
      content: revisions.content,
      by: revisions.authorLabel,
      at: revisions.createdAt,
    })
    .from(revisions)
    .where(and(eq(revisions.sectionId, leaf.id), inArray(revisions.number, numbers)));
  const [figures, frozen] = await Promise.all([
    readFigures(tx, ctx, leaf.reportId, leaf.half),
    readFrozen(
      tx,
      rows.map(({ id }) => id),
    ),
  ]);
  return names.map((name) => {
    if (name === CURRENT) {
      if (!leaf.draft) throw new DomainError("not-found");
      return { name, content: followed(leaf.draft.content, figures), by: leaf.draft.by ?? "", at: leaf.draft.at };
    }
    const row = rows.find(({ number }) => number === name);
    if (!row) throw new DomainError("not-found");
    // Beside the working copy a figure says what it says now: only what was written differs.
    const content = names.includes(CURRENT)
      ? followed(row.content, figures)
      : asRead(ctx, leaf, row.content, frozen.get(row.id), figures);
    return { name, content, by: row.by, at: row.at };
  });
}

type Choice = { name: TextName; by: string; at: Date };

/** The working copy, the revisions of this page, and those that are shown from another one. */
function choicesOf(page: readonly HistoryEntry[], texts: readonly TextShown[], draft: Leaf["draft"]): Choice[] {
  const listed = page.flatMap((entry): Choice[] =>
    entry.type === "revision" ? [{ name: entry.number, by: entry.by, at: entry.at }] : [],
  );
  const others = texts.filter(({ name }) => name !== CURRENT && listed.every((one) => one.name !== name));
  const numbered = [...listed, ...others].sort((a, b) => Number(b.name) - Number(a.name));
  return draft ? [{ name: CURRENT, by: draft.by ?? "", at: draft.at }, ...numbered] : numbered;
}
