import { and, eq, inArray } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { drafts, remarks, reports, revisions, sections } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { asFrozen, followed, readFigures, readFrozen } from "../section/bindings";
import { bindingsOf, EMPTY_CONTENT, type Content } from "../section/content";
import { isUp, type LeafFacts, type RemarkFacts } from "./policy";

export type LoadedLeaf = LeafFacts & { id: string; reportId: string; half: number; submittedRevisionId: string | null };
export type LoadedRemark = RemarkFacts & { id: string; sectionId: string };

/** Loads a leaf for a remark, and holds it in its state until the end. Not readable is not found. */
export async function loadLeaf(tx: Transaction, sectionId: string): Promise<LoadedLeaf> {
  const [leaf] = await tx
    .select({
      id: sections.id,
      reportId: sections.reportId,
      kind: sections.kind,
      status: sections.status,
      organId: sections.organId,
      jurisdictionId: sections.jurisdictionId,
      submittedRevisionId: sections.submittedRevisionId,
      reportStatus: reports.status,
      half: reports.half,
    })
    .from(sections)
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .where(eq(sections.id, sectionId))
    .for("share", { of: sections });
  if (leaf) return leaf;
  // Row-level security lets more people see a leaf than hold it.
  const seen = await tx.select({ id: sections.id }).from(sections).where(eq(sections.id, sectionId));
  throw new DomainError(seen.length > 0 ? "not-your-department" : "not-found");
}

/** The text that the actor has before them, its figures in words: the working copy, or the one that went up. */
export async function readText(tx: Transaction, ctx: Context, leaf: LoadedLeaf): Promise<Content> {
  const content = await contentOf(tx, leaf);
  if (bindingsOf(content).length === 0) return content;
  const frozen = leaf.status === "approved" ? await readFrozen(tx, [leaf.submittedRevisionId ?? ""]) : null;
  if (frozen) return asFrozen(content, frozen.get(leaf.submittedRevisionId ?? ""));
  return followed(content, await readFigures(tx, ctx, leaf.reportId, leaf.half));
}

/**
 * The same text with the figures that the lead bureau may see: what of a remark is not internal is kept in these words.
 * Of the department's own rows that is what has gone up; of other rows it sees no more than the lead bureau does.
 */
export async function readSharedText(tx: Transaction, ctx: Context, leaf: LoadedLeaf): Promise<Content> {
  return readText(tx, { ...ctx, actor: { ...ctx.actor, role: "lead" } }, leaf);
}

/** Of one leaf, as far as the actor may see them. */
export async function loadRemarks(tx: Transaction, sectionId: string, ids: readonly string[]): Promise<LoadedRemark[]> {
  const rows = await tx
    .select()
    .from(remarks)
    .where(and(eq(remarks.sectionId, sectionId), inArray(remarks.id, [...ids])));
  return rows.map((row) => ({
    id: row.id,
    sectionId: row.sectionId,
    kind: row.kind,
    internal: row.internal,
    onDraft: row.revisionId === null,
    authorId: row.authorId,
    outcome: row.outcome,
  }));
}

async function contentOf(tx: Transaction, leaf: LoadedLeaf): Promise<Content> {
  const [row] = isUp(leaf.status)
    ? await tx
        .select({ content: revisions.content })
        .from(revisions)
        .where(eq(revisions.id, leaf.submittedRevisionId ?? ""))
    : await tx.select({ content: drafts.content }).from(drafts).where(eq(drafts.sectionId, leaf.id));
  return row?.content ?? EMPTY_CONTENT;
}
