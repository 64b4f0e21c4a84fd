import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { reports, revisions, sections } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { lockReport } from "../report/lock";
import { authorizeSection, type SectionAbility, type SectionFacts } from "./policy";

export type LoadedSection = SectionFacts & {
  id: string;
  reportId: string;
  half: number;
  version: number;
  submittedRevisionId: string | null;
};

/** Loads a leaf for a change: takes the report's shared lock and the leaf's row lock. Not readable is not found. */
export async function loadForChange(tx: Transaction, sectionId: string): Promise<LoadedSection> {
  const [where] = await tx.select({ reportId: sections.reportId }).from(sections).where(eq(sections.id, sectionId));
  if (!where) throw new DomainError("not-found");
  await lockReport(tx, where.reportId, "shared");
  const [section] = await tx
    .select({
      id: sections.id,
      reportId: sections.reportId,
      kind: sections.kind,
      status: sections.status,
      version: sections.version,
      organId: sections.organId,
      jurisdictionId: sections.jurisdictionId,
      signedBy: sections.signedBy,
      submittedRevisionId: sections.submittedRevisionId,
      reportStatus: reports.status,
      half: reports.half,
    })
    .from(sections)
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .where(eq(sections.id, sectionId))
    .for("update", { of: sections });
  // Row-level security lets more people see a leaf than lock it.
  if (!section) throw new DomainError("not-your-department");
  return { ...section, writers: await writersOf(tx, section.submittedRevisionId) };
}

/** A statement of its own: one that waited for the row lock would not see a revision that was cut meanwhile. */
async function writersOf(tx: Transaction, revisionId: string | null): Promise<string[]> {
  if (revisionId === null) return [];
  const [revision] = await tx
    .select({ writers: revisions.writers })
    .from(revisions)
    .where(eq(revisions.id, revisionId));
  return revision?.writers ?? [];
}

/** Authorizes; where nothing else is against it, a decision on an older state than the present one is stale. */
export function authorizeAt(ctx: Context, ability: SectionAbility, section: LoadedSection, version: number): void {
  authorizeSection(ability, ctx.actor, section);
  if (section.version !== version) throw new DomainError("stale-version");
}
