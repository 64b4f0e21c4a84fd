import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Transaction } from "../../db/client";
import { drafts, organs, reports, reviews, revisions, sectionBriefs, sections } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { getAttachments } from "../evidence/queries";
import { waivedIn } from "../indicator/waivers";
import { dayBeforePermit, dayThatCounts } from "../timetable/day-that-counts";
import { isUuid } from "../kernel/uuid";
import { asFrozen, asRead, fingerprintOf, followed, readFigures, readFrozen, staleIn } from "./bindings";
import { briefColumns } from "./briefs";
import { checkSection } from "./check-section";
import { partTitle } from "./part-title";
import { bindingsOf, EMPTY_CONTENT, type Content } from "./content";
import { emptyTableLike } from "./empty-table";
import { getHistory } from "./history";
import { courseColumns, routeOf, writingColumns } from "./load";
import { sectionAbilities, type Abilities, type SectionAbility } from "./policy";
import { isHeading } from "./workflow";

const previous = alias(sections, "previous");
const previousReport = alias(reports, "previous_report");
const lastText = alias(revisions, "last_text");
const submitted = alias(revisions, "submitted");

/** Last period's text: the approved one, or of a report that never came so far, such as an imported one, the latest kept. */
const lastTextOf = sql<string>`coalesce(${previous.approvedRevisionId}, (select x.id from ${revisions} x
  where x.section_id = ${previous.id} order by x.number desc limit 1))`;

export type SectionPage = Awaited<ReturnType<typeof getSection>>;

/** Everything that the section page shows: the leaf, its working copy or the text before the reviewers, last period's
 * text, the figures, and what the actor may do. Four queries, one more for an approved text with bound figures. */
export async function getSection(tx: Transaction, ctx: Context, slug: string, sectionId: string) {
  if (!isUuid(sectionId)) throw new DomainError("not-found");
  const [rows, history, attachments] = await Promise.all([
    tx
      .select({
        id: sections.id,
        ...writingColumns,
        ...courseColumns,
        title: sections.title,
        version: sections.version,
        dueOn: dayThatCounts("sections"),
        wasDueOn: dayBeforePermit("sections"),
        permittedUntil: sections.permittedUntil,
        organ: organs.shortName,
        submittedRevisionId: sections.submittedRevisionId,
        reportId: reports.id,
        reportSlug: reports.slug,
        reportName: reports.name,
        reportYear: reports.year,
        half: reports.half,
        part: partTitle,
        draft: {
          content: drafts.content,
          version: drafts.version,
          by: drafts.updatedLabel,
          at: drafts.updatedAt,
        },
        submitted: {
          id: submitted.id,
          number: submitted.number,
          content: submitted.content,
          writers: submitted.writers,
          by: submitted.authorLabel,
          at: submitted.createdAt,
        },
        brief: briefColumns,
        last: { reportName: previousReport.name, year: previousReport.year, content: lastText.content },
      })
      .from(sections)
      .innerJoin(reports, eq(reports.id, sections.reportId))
      .innerJoin(organs, eq(organs.id, sections.organId))
      .leftJoin(drafts, eq(drafts.sectionId, sections.id))
      .leftJoin(submitted, eq(submitted.id, sections.submittedRevisionId))
      .leftJoin(sectionBriefs, eq(sectionBriefs.sectionId, sections.id))
      .leftJoin(previous, eq(previous.id, sections.previousId))
      .leftJoin(previousReport, eq(previousReport.id, previous.reportId))
      .leftJoin(lastText, eq(lastText.id, lastTextOf))
      .where(and(eq(reports.slug, slug), eq(sections.id, sectionId))),
    getHistory(tx, sectionId),
    getAttachments(tx, sectionId),
  ]);
  const row = rows[0];
  if (!row || isHeading(row.kind)) throw new DomainError("not-found");
  const route = await routeOf(tx, row);
  const facts = { ...row, writers: row.submitted?.writers ?? [], route };
  const can = sectionAbilities(ctx.actor, facts);
  const shown = textToShow(row, can);
  const figures = await readFigures(tx, ctx, row.reportId, row.half);
  // Who goes on with an approved text has the working copy, whose figures follow.
  const approved = row.status === "approved" && shown.is === "submitted" ? (row.submitted?.id ?? "") : "";
  const bound = (content: Content | null): content is Content => content !== null && bindingsOf(content).length > 0;
  const kept = history.flatMap((entry) => (entry.type === "revision" && bound(entry.content) ? [entry.id] : []));
  const passed = [...new Set([...kept, ...(approved && bound(shown.content) ? [approved] : [])])];
  const frozenOf = await readFrozen(tx, passed);
  const frozen = passed.includes(approved) ? frozenOf : null;
  const content = frozen ? asFrozen(shown.content, frozen.get(approved)) : followed(shown.content, figures);
  return {
    ...row,
    route,
    /** The approved text is being worked on again; `stale` are figures of it that have moved. */
    revised: row.stale,
    text: { ...shown, content },
    history: history.map((entry) =>
      entry.type === "revision" && entry.content
        ? { ...entry, content: asRead(ctx, row, entry.content, frozenOf.get(entry.id), figures) }
        : entry,
    ),
    /** What the table says to the actor, for whatever other text of the leaf is shown beside. */
    figures,
    attachments,
    can,
    /** The table as the actor may see it: what `#` offers, what typed numbers are held against. */
    indicators: {
      rows: Array.from(figures.rows.values(), ({ row: seen, organ }) => ({ ...seen, organ })),
      half: figures.half,
    },
    /** Sent along when the text is passed: these words and no others are frozen. */
    figuresSeen: bindingsOf(content).length > 0 ? fingerprintOf(content) : null,
    findings: await waivedIn(
      tx,
      row.reportId,
      checkSection(content, [...figures.table.values()], { half: figures.half, year: row.reportYear, part: row.part }),
    ),
    stale: frozen ? staleIn(shown.content, frozen.get(approved), figures) : [],
  };
}

/** The revision that this actor's role last judged before the one now before them: what to compare with. */
export async function lastJudged(
  tx: Transaction,
  sectionId: string,
  currentRevisionId: string,
  verdicts: ("sign" | "pass" | "return")[],
) {
  const [row] = await tx
    .select({ id: revisions.id, number: revisions.number, content: revisions.content, at: reviews.createdAt })
    .from(reviews)
    .innerJoin(revisions, eq(revisions.id, reviews.revisionId))
    .where(
      and(
        eq(reviews.sectionId, sectionId),
        inArray(reviews.verdict, verdicts),
        sql`${reviews.revisionId} <> ${currentRevisionId}`,
      ),
    )
    .orderBy(desc(reviews.createdAt))
    .limit(1);
  return row ?? null;
}

type Shown = {
  content: Content;
  /** Which text this is: the working copy, or the one before the reviewers. */
  is: "draft" | "submitted" | "hidden";
};

/** Who may write sees the working copy, everybody else the text that went up; who may see neither is told so. */
function textToShow(
  row: {
    kind: string;
    reportYear: number;
    draft: { content: Content; version: number } | null;
    submitted: { content: Content } | null;
    last: { content: Content | null; year: number | null } | null;
  },
  can: Abilities<SectionAbility>,
): Shown {
  if (row.draft && (can.save === null || !row.submitted)) {
    const untouched = row.draft.version === 0 && row.draft.content.content.length === 0;
    if (untouched && row.kind === "annex" && row.last?.content) {
      return {
        content: emptyTableLike(row.last.content, row.last.year ?? row.reportYear, row.reportYear),
        is: "draft",
      };
    }
    return { content: row.draft.content, is: "draft" };
  }
  return row.submitted ? { content: row.submitted.content, is: "submitted" } : { content: EMPTY_CONTENT, is: "hidden" };
}
