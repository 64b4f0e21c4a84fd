import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { drafts, reports, revisions, sections } from "../../db/schema";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { isBlocking } from "../check/finding";
import { waivedIn } from "../indicator/waivers";
import { DomainError } from "../kernel/errors";
import { announce } from "../notice/announce";
import type { Verdict } from "../report/workflow";
import { giveReasons } from "../review/give-reasons";
import { recordVerdict } from "../review/record-verdict";
import { followed, freezeFigures, readFigures } from "./bindings";
import { checkSection } from "./check-section";
import { isEmpty, type Content } from "./content";
import { partTitle } from "./part-title";
import { contentFits } from "./content-fits";
import { authorizeAt, loadForChange, type LoadedSection } from "./load";
import { authorizeSection } from "./policy";
import type { MoveSection, PassSection, ReturnSection, SaveSection, SubmitSection } from "./schema";
import { StaleSave } from "./stale-save";
import { moveOf, type SectionMove, type SectionStatus } from "./workflow";

export type Saved = { version: number; savedAt: Date; revision: number | null };

/**
 * Keeps the working copy if it still is the version that the text was based on, else refuses with the text that is
 * there (StaleSave). With `keep` it also cuts a revision. Locks in the order leaf (shared), working copy.
 */
export async function saveSection(ctx: Context, input: SaveSection): Promise<Saved> {
  return transact(ctx, async (tx) => {
    const section = await loadForSave(tx, input.sectionId);
    authorizeSection("save", ctx.actor, section);
    if (!contentFits(section.kind, input.content)) throw new DomainError("text-kind-mismatch");
    const [draft] = await tx
      .update(drafts)
      .set({
        content: input.content,
        version: sql`${drafts.version} + 1`,
        revisionCount: input.keep ? sql`${drafts.revisionCount} + 1` : drafts.revisionCount,
        writers: withWriter(ctx.actor.userId),
        updatedLabel: ctx.actor.label,
        updatedAt: ctx.now(),
      })
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
      cutRevision(tx, ctx, section, "saved", input.content, draft),
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
    const content = await withFigures(tx, ctx, section, draft.content);
    if (isEmpty(content)) throw new DomainError("text-empty");
    const revisionId = await cutRevision(tx, ctx, section, "submitted", content, draft);
    await move(tx, ctx, section, "submit", { submittedRevisionId: revisionId });
    await announce(tx, ctx, { event: "section.submitted", reportId: section.reportId, sectionId: section.id });
  });
}

/** Takes it back before the next step has acted: the drafter from the signer, the signer from the lead bureau. */
export async function withdrawSection(ctx: Context, input: MoveSection): Promise<void> {
  await transact(ctx, async (tx) => {
    const section = await loadForChange(tx, input.sectionId);
    authorizeAt(ctx, "withdraw", section, input.version);
    const toDrafter = ctx.actor.role === "drafter";
    await move(tx, ctx, section, "withdraw", toDrafter ? { submittedRevisionId: null } : { signedBy: null });
    await announce(tx, ctx, { event: "section.withdrawn", reportId: section.reportId, sectionId: section.id });
  });
}

/** 签发: the department answers for the text (统计法 2024 Art 24) and it goes to the lead bureau. */
export async function signSection(ctx: Context, input: MoveSection): Promise<void> {
  await transact(ctx, async (tx) => {
    const section = await loadForChange(tx, input.sectionId);
    authorizeAt(ctx, "sign", section, input.version);
    await judge(tx, ctx, section, "sign");
    await move(tx, ctx, section, "sign", { signedBy: ctx.actor.userId });
    await announce(tx, ctx, { event: "section.signed", reportId: section.reportId, sectionId: section.id });
  });
}

/** 通过: the revision before the lead bureau becomes the leaf's approved text, its figures frozen as they are now. */
export async function passSection(ctx: Context, input: PassSection): Promise<void> {
  await transact(ctx, async (tx) => {
    const section = await loadForChange(tx, input.sectionId);
    authorizeAt(ctx, "pass", section, input.version);
    await freezeFigures(tx, ctx, section, input.figures);
    await judge(tx, ctx, section, "pass");
    await move(tx, ctx, section, "pass", { approvedRevisionId: section.submittedRevisionId });
    await announce(tx, ctx, { event: "section.passed", reportId: section.reportId, sectionId: section.id });
  });
}

/** 退回 with reasons, each naming a paragraph of the revision that was judged. */
export async function returnSection(ctx: Context, input: ReturnSection): Promise<void> {
  await transact(ctx, async (tx) => {
    const section = await loadForChange(tx, input.sectionId);
    authorizeAt(ctx, "return", section, input.version);
    const reviewId = await judge(tx, ctx, section, "return");
    await giveReasons(tx, ctx, section, reviewId, input.reasons);
    await move(tx, ctx, section, "return", SENT_BACK);
    await announce(tx, ctx, { event: "section.returned", reportId: section.reportId, sectionId: section.id });
  });
}

/** What a leaf loses when it goes back to its department. */
export const SENT_BACK = { submittedRevisionId: null, approvedRevisionId: null, signedBy: null } as const;

async function loadForSave(tx: Transaction, sectionId: string) {
  const [section] = await tx
    .select({
      id: sections.id,
      reportId: sections.reportId,
      kind: sections.kind,
      status: sections.status,
      organId: sections.organId,
      jurisdictionId: sections.jurisdictionId,
      signedBy: sections.signedBy,
      reportStatus: reports.status,
    })
    .from(sections)
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .where(eq(sections.id, sectionId))
    .for("share", { of: sections });
  if (section) return { ...section, writers: [] };
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

async function cutRevision(
  tx: Transaction,
  ctx: Context,
  section: { id: string; organId: string; jurisdictionId: string },
  kind: "saved" | "submitted",
  content: Content,
  draft: { revisionCount: number; writers: string[] },
): Promise<string> {
  const [revision] = await tx
    .insert(revisions)
    .values({
      jurisdictionId: section.jurisdictionId,
      sectionId: section.id,
      organId: section.organId,
      number: draft.revisionCount,
      kind,
      content,
      writers: draft.writers,
      authorId: ctx.actor.userId,
      authorLabel: ctx.actor.label,
      createdAt: ctx.now(),
    })
    .returning({ id: revisions.id });
  if (!revision) throw new Error("a revision was not written");
  return revision.id;
}

function judge(tx: Transaction, ctx: Context, section: LoadedSection, verdict: Verdict): Promise<string> {
  const { reportId, id: sectionId, organId, submittedRevisionId: revisionId } = section;
  return recordVerdict(tx, ctx, { reportId, verdict, sectionId, organId, revisionId });
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

/** The conditional change: the row must still be in the version and state that was authorized. */
async function move(
  tx: Transaction,
  ctx: Context,
  section: LoadedSection,
  verb: SectionMove,
  change: Partial<{ submittedRevisionId: string | null; approvedRevisionId: string | null; signedBy: string | null }>,
): Promise<void> {
  const road = moveOf(verb, ctx.actor.role);
  if (!road) throw new DomainError("not-your-role");
  const moved = await tx
    .update(sections)
    .set({ ...change, status: road.to, version: section.version + 1, movedAt: ctx.now() })
    .where(and(eq(sections.id, section.id), eq(sections.version, section.version), eq(sections.status, section.status)))
    .returning({ id: sections.id });
  if (moved.length === 0) throw new DomainError("stale-version");
  await record(tx, ctx, {
    action: `section.${verb}`,
    subject: section.id,
    reportId: section.reportId,
    detail: { from: section.status satisfies SectionStatus, to: road.to },
  });
}

const withWriter = (userId: string) =>
  sql`case when ${userId}::uuid = any(${drafts.writers}) then ${drafts.writers} else ${drafts.writers} || ${userId}::uuid end`;
