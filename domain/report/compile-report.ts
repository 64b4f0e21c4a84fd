import { and, eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { jurisdictions, organs, reports, revisions, sections } from "../../db/schema";
import { compile } from "../../render/compile";
import { canonicalJson, sha256Hex } from "../kernel/canonical-json";
import { DomainError } from "../kernel/errors";

export type Compiled = ReturnType<typeof compile> & { hash: string };

/** Compiles the approved leaves that the actor may see, with the SHA-256 (hex) of the canonical document. */
export async function compileReport(tx: Transaction, reportId: string): Promise<Compiled> {
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
    })
    .from(sections)
    .innerJoin(organs, eq(organs.id, sections.organId))
    .leftJoin(revisions, and(eq(revisions.id, sections.approvedRevisionId), eq(revisions.sectionId, sections.id)))
    .where(eq(sections.reportId, reportId));
  const compiled = compile(
    { ...report, half: report.half === 2 ? 2 : 1 },
    rows.map(({ revisionId, number, content, ...row }) => ({
      ...row,
      revision: revisionId && number !== null && content ? { id: revisionId, number, content } : null,
    })),
  );
  return { ...compiled, hash: sha256Hex(canonicalJson(compiled.document)) };
}
