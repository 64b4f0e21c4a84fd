import { and, asc, eq, isNull } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicatorRevisions, indicators, jurisdictions, organs, reports, revisions, sections } from "../../db/schema";
import { compile } from "../../render/compile";
import type { IndicatorInput } from "../../render/report-document";
import { catalogueOf } from "../indicator/read-rows";
import { asFrozen, followed, readFigures, readFrozen } from "../section/bindings";
import { bindingsOf } from "../section/content";
import { canonicalJson, sha256Hex } from "../kernel/canonical-json";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";

export type Compiled = ReturnType<typeof compile> & { hash: string };

/** Compiles the approved leaves and figures that the actor may see, with the SHA-256 (hex) of the canonical document. */
export async function compileReport(tx: Transaction, reportId: string): Promise<Compiled> {
  const compiled = await compileTexts(tx, reportId, null);
  return { ...compiled, hash: sha256Hex(canonicalJson(compiled.document)) };
}

/** Compiles what is before the reviewers, passed or not, with the figures as they are now: what is checked before it counts. */
export function compileUnderWay(tx: Transaction, ctx: Context, reportId: string): Promise<ReturnType<typeof compile>> {
  return compileTexts(tx, reportId, ctx);
}

async function compileTexts(tx: Transaction, reportId: string, underWay: Context | null) {
  const [report] = await tx
    .select({
      slug: reports.slug,
      name: reports.name,
      year: reports.year,
      half: reports.half,
      jurisdiction: jurisdictions.name,
    })
    .from(reports)
    .innerJoin(jurisdictions, eq(jurisdictions.id, reports.jurisdictionId))
    .where(eq(reports.id, reportId));
  if (!report) throw new DomainError("not-found");
  const rows = await tx
    .select({
      id: sections.id,
      parentId: sections.parentId,
      position: sections.position,
      kind: sections.kind,
      title: sections.title,
      runOn: sections.runOn,
      department: organs.name,
      revisionId: revisions.id,
      number: revisions.number,
      content: revisions.content,
      status: sections.status,
    })
    .from(sections)
    .innerJoin(organs, eq(organs.id, sections.organId))
    .leftJoin(
      revisions,
      and(
        eq(revisions.id, underWay ? sections.submittedRevisionId : sections.approvedRevisionId),
        eq(revisions.sectionId, sections.id),
      ),
    )
    .where(eq(sections.reportId, reportId));
  const frozen = await readFrozen(
    tx,
    rows.flatMap(({ revisionId, content }) =>
      revisionId && content && bindingsOf(content).length > 0 ? revisionId : [],
    ),
  );
  const figures = underWay && (await readFigures(tx, underWay, reportId, report.half));
  return compile(
    { ...report, half: report.half === 2 ? 2 : 1 },
    rows.map(({ revisionId, number, content, status, ...row }) => {
      if (!revisionId || number === null || !content) return { ...row, revision: null };
      const isOpen = figures !== null && status !== "approved";
      const words = isOpen ? followed(content, figures) : asFrozen(content, frozen.get(revisionId));
      return { ...row, revision: { id: revisionId, number, content: words } };
    }),
    await tableRows(tx, reportId, underWay !== null),
  );
}

async function tableRows(tx: Transaction, reportId: string, underWay: boolean): Promise<IndicatorInput[]> {
  const rows = await tx
    .select({
      id: indicators.id,
      name: indicators.officialName,
      department: organs.name,
      revisionId: indicatorRevisions.id,
      number: indicatorRevisions.number,
      row: indicatorRevisions.row,
      catalogue: indicators,
    })
    .from(indicators)
    .innerJoin(organs, eq(organs.id, indicators.organId))
    .leftJoin(
      indicatorRevisions,
      eq(indicatorRevisions.id, underWay ? indicators.submittedRevisionId : indicators.approvedRevisionId),
    )
    .where(and(eq(indicators.reportId, reportId), isNull(indicators.removedAt)))
    .orderBy(asc(indicators.position), asc(indicators.code));
  return rows.map(({ revisionId, number, row, catalogue, ...indicator }) => ({
    ...indicator,
    revision:
      revisionId && number !== null && row
        ? { id: revisionId, number, row: { ...row, ...catalogueOf(catalogue) } }
        : null,
  }));
}
