import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { drafts, reports, sections } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { isUuid } from "../kernel/uuid";
import { writingColumns } from "./load";
import { maySeeDraft, writingRefusal } from "./policy";

/** Where a leaf and its working copy stand, without the text; `edits`: whether the actor may write in it now. */
export async function readDraftState(tx: Transaction, ctx: Context, sectionId: string) {
  if (!isUuid(sectionId)) throw new DomainError("not-found");
  const [row] = await tx
    .select({
      ...writingColumns,
      version: sections.version,
      draft: { version: drafts.version, by: drafts.updatedLabel },
    })
    .from(sections)
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .innerJoin(drafts, eq(drafts.sectionId, sections.id))
    .where(eq(sections.id, sectionId));
  if (!row || !maySeeDraft(ctx.actor, row)) throw new DomainError("not-found");
  return {
    draft: { version: row.draft.version, by: row.draft.by ?? "" },
    section: { version: row.version, status: row.status },
    edits: writingRefusal("save", ctx.actor, row) === null,
  };
}

/** The working copy if it is newer than `after`, else null; not-found for whoever may not see it. */
export async function readNewerDraft(tx: Transaction, ctx: Context, sectionId: string, after: number) {
  if (!isUuid(sectionId)) throw new DomainError("not-found");
  const [row] = await tx
    .select({
      organId: drafts.organId,
      jurisdictionId: drafts.jurisdictionId,
      version: drafts.version,
      content: drafts.content,
      by: drafts.updatedLabel,
      at: drafts.updatedAt,
    })
    .from(drafts)
    .where(eq(drafts.sectionId, sectionId));
  if (!row || !maySeeDraft(ctx.actor, row)) throw new DomainError("not-found");
  const { version, content, by, at } = row;
  return version > after ? { version, content, by: by ?? "", at } : null;
}
