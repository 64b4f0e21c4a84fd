import { eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Transaction } from "../../db/client";
import { drafts, revisions, sections } from "../../db/schema";
import { checkTable } from "../check/check-table";
import type { Finding } from "../check/finding";
import { waivedIn } from "../indicator/waivers";
import type { Context } from "../kernel/context";
import { followed, readFigures } from "../section/bindings";
import { checkSection } from "../section/check-section";
import type { Content } from "../section/content";
import { partTitle } from "../section/part-title";

const submitted = alias(revisions, "submitted");

/**
 * How many findings without an explanation stand in each of these leaves and rows, as far as the actor may read them.
 * What needs the whole report (bullets against rows, one fact in two leaves) is on the page of the checks.
 */
export async function openFindings(
  tx: Transaction,
  ctx: Context,
  report: { id: string; year: number; half: number },
  ids: readonly string[],
): Promise<Map<string, number>> {
  const [figures, texts] = await Promise.all([
    readFigures(tx, ctx, report.id, report.half),
    ids.length === 0
      ? []
      : tx
          .select({
            id: sections.id,
            part: partTitle,
            content: sql<Content | null>`coalesce(${submitted.content}, ${drafts.content})`,
          })
          .from(sections)
          .leftJoin(submitted, eq(submitted.id, sections.submittedRevisionId))
          .leftJoin(drafts, eq(drafts.sectionId, sections.id))
          .where(inArray(sections.id, [...ids])),
  ]);
  const table = [...figures.table.values()];
  const half = figures.half;
  const found: { id: string; finding: Finding }[] = [];
  for (const { id, part, content } of texts) {
    if (!content || content.content.length === 0) continue;
    const shown = followed(content, figures);
    for (const finding of checkSection(shown, table, { half, year: report.year, part })) found.push({ id, finding });
  }
  const rowIds = new Map(Array.from(figures.rows.values(), ({ id, row }) => [row.code, id]));
  for (const finding of checkTable(table, { half })) {
    const id = finding.where.in === "table" ? rowIds.get(finding.where.indicator) : undefined;
    if (id !== undefined && ids.includes(id)) found.push({ id, finding });
  }
  const judged = await waivedIn(
    tx,
    report.id,
    found.map(({ finding }) => finding),
  );
  const counts = new Map<string, number>();
  for (const [index, { id }] of found.entries()) {
    const finding = judged[index];
    if (finding && finding.waivedBy === null && finding.severity !== "info") counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
