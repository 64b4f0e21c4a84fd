import { eq, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { reports, revisions, sections, staleApprovals } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { lockReport } from "../report/lock";
import { loadRoutes, type RoutedItem } from "../route/load";
import { authorizeSection, type SectionAbility, type SectionFacts } from "./policy";

export type LoadedSection = SectionFacts & {
  id: string;
  reportId: string;
  half: number;
  version: number;
  submittedRevisionId: string | null;
  approvedRevisionId: string | null;
  signedBy: string | null;
};

/** Whether the approved text is being worked on again. Names the table, which drizzle leaves away in a select from one. */
export const isStale = sql<boolean>`exists (select 1 from ${staleApprovals} x where x.revision_id = sections.approved_revision_id)`;

/** The columns that the rules about writing look at; to be joined with the report. */
export const writingColumns = {
  kind: sections.kind,
  status: sections.status,
  organId: sections.organId,
  jurisdictionId: sections.jurisdictionId,
  reportStatus: reports.status,
  stale: isStale,
};

/** The columns that say where a leaf is on its route. */
export const courseColumns = {
  status: sections.status,
  stepId: sections.stepId,
  round: sections.round,
  cameFrom: sections.cameFrom,
  comebackStepId: sections.comebackStepId,
  comebackResumes: sections.comebackResumes,
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
      ...writingColumns,
      ...courseColumns,
      version: sections.version,
      signedBy: sections.signedBy,
      submittedRevisionId: sections.submittedRevisionId,
      approvedRevisionId: sections.approvedRevisionId,
      half: reports.half,
    })
    .from(sections)
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .where(eq(sections.id, sectionId))
    .for("update", { of: sections });
  // Row-level security lets more people see a leaf than lock it.
  if (!section) throw new DomainError("not-your-department");
  const { writers, stale } = await handsOn(tx, section.submittedRevisionId);
  return { ...section, writers, stale, route: await routeOf(tx, section) };
}

/** Where one leaf is on its report's route. */
export async function routeOf(tx: Transaction, leaf: Omit<RoutedItem, "confirmOrganId"> & { reportId: string }) {
  const routes = await loadRoutes(tx, leaf.reportId, "section", [{ ...leaf, confirmOrganId: null }]);
  const route = routes.get(leaf.id);
  if (!route) throw new DomainError("not-found");
  return route;
}

/** A statement of its own: one that waited for the row lock would not see what was written meanwhile. */
async function handsOn(tx: Transaction, revisionId: string | null): Promise<{ writers: string[]; stale: boolean }> {
  if (revisionId === null) return { writers: [], stale: false };
  const [revision] = await tx
    .select({
      writers: revisions.writers,
      stale: sql<boolean>`exists (select 1 from ${staleApprovals} x where x.revision_id = revisions.id)`,
    })
    .from(revisions)
    .where(eq(revisions.id, revisionId));
  return revision ?? { writers: [], stale: false };
}

/** Authorizes; where nothing else is against it, a decision on an older state than the present one is stale. */
export function authorizeAt(ctx: Context, ability: SectionAbility, section: LoadedSection, version: number): void {
  authorizeSection(ability, ctx.actor, section);
  if (section.version !== version) throw new DomainError("stale-version");
}
