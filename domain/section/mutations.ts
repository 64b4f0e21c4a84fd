import { and, desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { drafts, reports, revisions, sections } from "../../db/schema";
import { record } from "../audit/record";
import { canonicalJson } from "../kernel/canonical-json";
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
import type { MoveSection, PassSection, RestoreRevision, ReturnSection, SaveSection, SubmitSection } from "./schema";
import { StaleSave } from "./stale-save";
import { moveOf, type SectionMove, type SectionStatus } from "./workflow";

export type Saved = { version: number; savedAt: Date; revision: number | null };

/**
 * Keeps the working copy if it still is the version that the text was based on, else refuses with the text that is
 * there (StaleSave). With `keep` it also cuts a revision; with `aside` that is all, and nobody else's text changes. Locks in
 * the order leaf (shared), working copy.
 */
export async function saveSection(ctx: Context, input: SaveSection): Promise<Saved> {
  return transact(ctx, async (tx) => {
    const section = await loadForSave(tx, input.sectionId);
    authorizeSection("save", ctx.actor, section);
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
    const content = await withFigures(tx, ctx, section, draft.content);
    if (isEmpty(content)) throw new DomainError("text-empty");
    const revisionId = await cutRevision(tx, ctx, section, { kind: "submitted", content, draft, note: input.note });
    await move(tx, ctx, section, "submit", { submittedRevisionId: revisionId });
    await announce(tx, ctx, { event: "section.submitted", reportId: section.reportId, sectionId: section.id });
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
    authorizeSection("restore", ctx.actor, section);
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
