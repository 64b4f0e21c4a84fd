import { and, desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { drafts, reports, revisions, sections, staleApprovals } from "../../db/schema";
import { record } from "../audit/record";
import { canonicalJson } from "../kernel/canonical-json";
import { transact, type Context } from "../kernel/context";
import { isBlocking } from "../check/finding";
import { waivedIn } from "../indicator/waivers";
import { DomainError } from "../kernel/errors";
import { announce } from "../notice/announce";
import { requireAnswers } from "../review/answers";
import { advance } from "../route/course";
import { followed, readFigures } from "./bindings";
import { checkSection } from "./check-section";
import { isEmpty, type Content } from "./content";
import { partTitle } from "./part-title";
import { contentFits } from "./content-fits";
import { authorizeAt, loadForChange, writingColumns } from "./load";
import { moveSection } from "./move";
import { authorizeWriting } from "./policy";
import type { MoveSection, RestoreRevision, SaveSection, SubmitSection } from "./schema";
import { StaleSave } from "./stale-save";

export type Saved = { version: number; savedAt: Date; revision: number | null };

/**
 * Keeps the working copy if it still is the version that the text was based on, else refuses with the text that is
 * there (StaleSave). With `keep` it also cuts a revision; with `aside` that is all, and nobody else's text changes. Locks in
 * the order leaf (shared), working copy.
 */
export async function saveSection(ctx: Context, input: SaveSection): Promise<Saved> {
  return transact(ctx, async (tx) => {
    const section = await loadForSave(tx, input.sectionId);
    authorizeWriting("save", ctx.actor, section);
    if (!contentFits(section.kind, input.content)) throw new DomainError("text-kind-mismatch");
    const kept = {
      revisionCount: input.keep ? sql`${drafts.revisionCount} + 1` : drafts.revisionCount,
      writers: withWriter(ctx.actor.userId),
    };
    const text = {
      content: input.content,
      version: sql`${drafts.version} + 1`,
      updatedLabel: ctx.actor.label,
      updatedAt: ctx.now(),
    };
    const [draft] = await tx
      .update(drafts)
      .set(input.keep && input.aside ? kept : { ...kept, ...text })
      .where(and(eq(drafts.sectionId, input.sectionId), eq(drafts.version, input.version)))
      .returning({
        version: drafts.version,
        revisionCount: drafts.revisionCount,
        writers: drafts.writers,
        savedAt: drafts.updatedAt,
      });
    if (!draft) throw await staleSave(tx, input.sectionId);
    if (!input.keep) return { version: draft.version, savedAt: draft.savedAt, revision: null };
    await Promise.all([
      cutRevision(tx, ctx, section, { kind: "saved", content: input.content, draft, note: input.note }),
      record(tx, ctx, {
        action: "section.save",
        subject: section.id,
        reportId: section.reportId,
        detail: { revision: draft.revisionCount },
      }),
    ]);
    return { version: draft.version, savedAt: draft.savedAt, revision: draft.revisionCount };
  });
}

/** Cuts a revision of the working copy and puts it before the department's signer. */
export async function submitSection(ctx: Context, input: SubmitSection): Promise<void> {
  await transact(ctx, async (tx) => {
    const section = await loadForChange(tx, input.sectionId);
    authorizeAt(ctx, "submit", section, input.version);
    const [draft] = await tx
      .update(drafts)
      .set({ revisionCount: sql`${drafts.revisionCount} + 1`, writers: withWriter(ctx.actor.userId) })
      .where(and(eq(drafts.sectionId, section.id), eq(drafts.version, input.draftVersion)))
      .returning();
    if (!draft) throw new DomainError("stale-version");
    await requireAnswers(tx, { sectionId: section.id });
    const content = await withFigures(tx, ctx, section, draft.content);
    if (isEmpty(content)) throw new DomainError("text-empty");
    const revisionId = await cutRevision(tx, ctx, section, { kind: "submitted", content, draft, note: input.note });
    const stepId = await moveSection(
      tx,
      ctx,
      section,
      "submit",
      advance(section.route.steps, section.route.course, { is: "submit" }),
      {
        submittedRevisionId: revisionId,
        approvedRevisionId: null,
        signedBy: null,
      },
    );
    await announce(tx, ctx, { event: "section.submitted", reportId: section.reportId, sectionId: section.id, stepId });
  });
}

/**
 * Brings an older text back as the working copy and as a revision of its own; what stood there is a revision too, before
 * it is replaced, unless it is the newest one. Block ids stay, bound figures follow the table. Throws nothing-to-restore.
 */
export async function restoreRevision(
  ctx: Context,
  { sectionId, revision: number, draftVersion }: RestoreRevision,
): Promise<{ revision: number; kept: number | null; version: number }> {
  return transact(ctx, async (tx) => {
    const section = await loadForChange(tx, sectionId);
    authorizeWriting("restore", ctx.actor, section);
    const draft = await lockDraft(tx, sectionId);
    if (draft.version !== draftVersion) throw new DomainError("stale-version");
    const [wanted, newest] = await readRevisions(tx, sectionId, number);
    if (!wanted || !contentFits(section.kind, wanted.content)) throw new DomainError("not-found");
    const figures = await readFigures(tx, ctx, section.reportId, section.half);
    const content = followed(wanted.content, figures);
    const present = followed(draft.content, figures);
    if (sameContent(content, present)) throw new DomainError("nothing-to-restore", { number });
    const isKept = newest !== undefined && sameContent(followed(newest.content, figures), present);
    const count = draft.revisionCount + (isKept ? 0 : 1);
    if (!isKept) {
      const kept = { revisionCount: count, writers: draft.writers };
      await cutRevision(tx, ctx, section, { kind: "saved", content: present, draft: kept });
    }
    const [restored] = await tx
      .update(drafts)
      .set({
        content,
        version: draft.version + 1,
        revisionCount: count + 1,
        writers: withWriter(ctx.actor.userId),
        updatedLabel: ctx.actor.label,
        updatedAt: ctx.now(),
      })
      .where(and(eq(drafts.sectionId, sectionId), eq(drafts.version, draft.version)))
      .returning({ version: drafts.version, revisionCount: drafts.revisionCount, writers: drafts.writers });
    if (!restored) throw new DomainError("stale-version");
    await cutRevision(tx, ctx, section, { kind: "saved", content, draft: restored, restoredFrom: number });
    await record(tx, ctx, {
      action: "section.restore",
      subject: sectionId,
      reportId: section.reportId,
      detail: { revision: restored.revisionCount, restored: number },
    });
    return { revision: restored.revisionCount, kept: isKept ? null : count, version: restored.version };
  });
}

/** 继续修改: an approved text is worked on again. From here the approval says that it is out of date, until it goes up. */
export async function reviseSection(ctx: Context, input: MoveSection): Promise<void> {
  await transact(ctx, async (tx) => {
    const section = await loadForChange(tx, input.sectionId);
    authorizeAt(ctx, "revise", section, input.version);
    const { id: sectionId, organId, jurisdictionId, reportId, approvedRevisionId: revisionId } = section;
    await tx
      .insert(staleApprovals)
      .values({ jurisdictionId, organId, sectionId, revisionId, authorLabel: ctx.actor.label, since: ctx.now() });
    await record(tx, ctx, { action: "section.revise", subject: sectionId, reportId });
    await announce(tx, ctx, { event: "section.revised", reportId, sectionId });
  });
}

async function loadForSave(tx: Transaction, sectionId: string) {
  const [section] = await tx
    .select({ ...writingColumns, id: sections.id, reportId: sections.reportId })
    .from(sections)
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .where(eq(sections.id, sectionId))
    .for("share", { of: sections });
  if (section) return section;
  // Row-level security lets more people see a leaf than lock it.
  const seen = await tx.select({ id: sections.id }).from(sections).where(eq(sections.id, sectionId));
  throw new DomainError(seen.length > 0 ? "not-your-department" : "not-found");
}

async function staleSave(tx: Transaction, sectionId: string): Promise<DomainError> {
  const [current] = await tx.select().from(drafts).where(eq(drafts.sectionId, sectionId));
  if (!current) return new DomainError("not-found");
  return new StaleSave({
    version: current.version,
    content: current.content,
    by: current.updatedLabel ?? "",
    at: current.updatedAt,
  });
}

async function lockDraft(tx: Transaction, sectionId: string) {
  const [draft] = await tx.select().from(drafts).where(eq(drafts.sectionId, sectionId)).for("update");
  if (!draft) throw new DomainError("not-found");
  return draft;
}

/** The revision of this number, and the newest one. */
async function readRevisions(tx: Transaction, sectionId: string, number: number) {
  const newest = sql`(select max(x.number) from ${revisions} x where x.section_id = ${sectionId})`;
  const rows = await tx
    .select({ number: revisions.number, content: revisions.content })
    .from(revisions)
    .where(
      and(
        eq(revisions.sectionId, sectionId),
        sql`(${revisions.number} = ${number} or ${revisions.number} = ${newest})`,
      ),
    )
    .orderBy(desc(revisions.number));
  return [rows.find((row) => row.number === number), rows[0]] as const;
}

const sameContent = (one: Content, other: Content): boolean => canonicalJson(one) === canonicalJson(other);

async function cutRevision(
  tx: Transaction,
  ctx: Context,
  section: { id: string; organId: string; jurisdictionId: string },
  text: {
    kind: "saved" | "submitted";
    content: Content;
    draft: { revisionCount: number; writers: string[] };
    note?: string | undefined;
    restoredFrom?: number;
  },
): Promise<string> {
  const [revision] = await tx
    .insert(revisions)
    .values({
      jurisdictionId: section.jurisdictionId,
      sectionId: section.id,
      organId: section.organId,
      number: text.draft.revisionCount,
      kind: text.kind,
      content: text.content,
      writers: text.draft.writers,
      note: text.note || null,
      restoredFrom: text.restoredFrom ?? null,
      authorId: ctx.actor.userId,
      authorLabel: ctx.actor.label,
      createdAt: ctx.now(),
    })
    .returning({ id: revisions.id });
  if (!revision) throw new Error("a revision was not written");
  return revision.id;
}

/**
 * The text as it goes up: the words of bound figures are the server's, whatever the browser sent along. Errors in its
 * figures that are neither corrected nor explained keep it here.
 */
async function withFigures(
  tx: Transaction,
  ctx: Context,
  section: { id: string; reportId: string },
  draft: Content,
): Promise<Content> {
  const [setting] = await tx
    .select({ half: reports.half, year: reports.year, part: partTitle })
    .from(sections)
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .where(eq(sections.id, section.id));
  if (!setting) throw new DomainError("not-found");
  const figures = await readFigures(tx, ctx, section.reportId, setting.half);
  const content = followed(draft, figures);
  const found = checkSection(content, [...figures.table.values()], { ...setting, half: figures.half });
  const open = (await waivedIn(tx, section.reportId, found)).filter(isBlocking);
  if (open.length > 0) throw new DomainError("findings-open", { count: open.length });
  return content;
}

const withWriter = (userId: string) =>
  sql`case when ${userId}::uuid = any(${drafts.writers}) then ${drafts.writers} else ${drafts.writers} || ${userId}::uuid end`;
