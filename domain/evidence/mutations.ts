import { createHash } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { evidence, indicators, sections } from "../../db/schema";
import { record } from "../audit/record";
import type { FigureField } from "../indicator/figure";
import { loadIndicators } from "../indicator/load";
import { authorizeIndicator } from "../indicator/policy";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { isUuid } from "../kernel/uuid";
import { loadForChange } from "../section/load";
import { authorizeWriting } from "../section/policy";
import { ATTACHMENTS_LIMIT } from "./policy";
import { EVIDENCE_KINDS, EVIDENCE_LIMIT, sniffEvidence, type EvidenceKind } from "./sniff";
import { inPostgres } from "./store";

/** What a file proves: one figure of an indicator, or the text of a leaf. */
export type EvidenceTarget = { indicatorId: string; field: FigureField } | { sectionId: string };
type Belonging = { indicatorId: string } | { sectionId: string };

/** Throws as addEvidence would whatever the file: asked before one is taken in, which is 10 MB of memory. */
export async function authorizeEvidence(ctx: Context, target: Belonging): Promise<void> {
  if (!isUuid("sectionId" in target ? target.sectionId : target.indicatorId)) throw new DomainError("not-found");
  await transact(ctx, (tx) => openWithRoom(tx, ctx, target));
}

/**
 * Attaches a file to a figure or a text that the actor may fill in. Throws evidence-kind, evidence-too-large and, for a
 * text with ATTACHMENTS_LIMIT files, evidence-too-many.
 */
export async function addEvidence(
  ctx: Context,
  { name, bytes, ...target }: EvidenceTarget & { name: string; bytes: Uint8Array },
): Promise<{ id: string }> {
  if (bytes.byteLength > EVIDENCE_LIMIT) {
    throw new DomainError("evidence-too-large", { megabytes: EVIDENCE_LIMIT / 1024 / 1024 });
  }
  const kind = await sniffEvidence(bytes);
  if (!kind) throw new DomainError("evidence-kind");
  return transact(ctx, async (tx) => {
    const { reportId } = await openWithRoom(tx, ctx, target);
    const id = crypto.randomUUID();
    await inPostgres.put(tx, {
      id,
      jurisdictionId: ctx.actor.jurisdictionId,
      ...target,
      name: plainName(name, kind),
      mediaType: EVIDENCE_KINDS[kind],
      size: bytes.byteLength,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      bytes,
      authorId: ctx.actor.userId,
      authorLabel: ctx.actor.label,
      createdAt: ctx.now(),
    });
    await record(tx, ctx, {
      action: "evidence.add",
      subject: id,
      reportId,
      detail: { ...("field" in target ? { field: target.field } : {}), bytes: bytes.byteLength },
    });
    return { id };
  });
}

/** No longer offered; the bytes stay, as the audit log's word about them does. */
export async function removeEvidence(ctx: Context, input: { evidenceId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const [file] = await tx
      .select({ indicatorId: evidence.indicatorId, field: evidence.field, sectionId: evidence.sectionId })
      .from(evidence)
      .where(and(eq(evidence.id, input.evidenceId), isNull(evidence.removedAt)));
    if (!file) throw new DomainError("not-found");
    const { reportId } = await openTarget(tx, ctx, targetOf(file));
    await tx.update(evidence).set({ removedAt: ctx.now() }).where(eq(evidence.id, input.evidenceId));
    await record(tx, ctx, { action: "evidence.remove", subject: input.evidenceId, reportId });
  });
}

/** The file itself, if row-level security lets the actor see it; the download is in the audit log. */
export async function readEvidence(ctx: Context, evidenceId: string) {
  if (!isUuid(evidenceId)) throw new DomainError("not-found");
  return transact(ctx, async (tx) => {
    const [file] = await tx
      .select({
        id: evidence.id,
        name: evidence.name,
        mediaType: evidence.mediaType,
        reportId: sql<string>`coalesce(${indicators.reportId}, ${sections.reportId})`,
      })
      .from(evidence)
      .leftJoin(indicators, eq(indicators.id, evidence.indicatorId))
      .leftJoin(sections, eq(sections.id, evidence.sectionId))
      .where(and(eq(evidence.id, evidenceId), isNull(evidence.removedAt)));
    const bytes = file ? await inPostgres.get(tx, file.id) : null;
    if (!file || !bytes) throw new DomainError("not-found");
    await record(tx, ctx, { action: "evidence.download", subject: file.id, reportId: file.reportId });
    return { ...file, bytes };
  });
}

/** As openTarget, for one file more. */
async function openWithRoom(tx: Transaction, ctx: Context, target: Belonging): Promise<{ reportId: string }> {
  const { reportId } = await openTarget(tx, ctx, target);
  if ("sectionId" in target && (await attachedTo(tx, target.sectionId)) >= ATTACHMENTS_LIMIT) {
    throw new DomainError("evidence-too-many", { most: ATTACHMENTS_LIMIT });
  }
  return { reportId };
}

/** Locks what the file belongs to, and says whose report it is, if the actor may change it now. */
async function openTarget(tx: Transaction, ctx: Context, target: Belonging): Promise<{ reportId: string }> {
  if ("sectionId" in target) {
    const leaf = await loadForChange(tx, target.sectionId);
    authorizeWriting("attach", ctx.actor, leaf);
    return leaf;
  }
  const [row] = await loadIndicators(tx, [target.indicatorId]);
  if (!row) throw new DomainError("not-found");
  authorizeIndicator("fill", ctx.actor, row);
  return row;
}

/** Counted while the leaf is locked: two uploads at once cannot both be the last one. */
const attachedTo = (tx: Transaction, sectionId: string): Promise<number> =>
  tx.$count(evidence, and(eq(evidence.sectionId, sectionId), isNull(evidence.removedAt)));

function targetOf(file: { indicatorId: string | null; field: FigureField | null; sectionId: string | null }) {
  if (file.sectionId) return { sectionId: file.sectionId };
  if (file.indicatorId && file.field) return { indicatorId: file.indicatorId, field: file.field };
  throw new Error("a piece of evidence that proves nothing");
}

/**
 * A name for lists and downloads: no path, no control or bidirectional characters, never empty, and ending as the bytes
 * say: what comes back as 快报.exe would be opened as a program.
 */
function plainName(name: string, kind: EvidenceKind): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const plain = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .trim();
  const [usual = ""] = NAME_ENDINGS[kind];
  const ending = NAME_ENDINGS[kind].find((each) => plain.toLowerCase().endsWith(each)) ?? "";
  const stem = Array.from(plain.slice(0, plain.length - ending.length))
    .slice(0, 116)
    .join("");
  return `${stem || "未命名"}${ending === "" ? usual : plain.slice(-ending.length)}`;
}

const NAME_ENDINGS: Record<EvidenceKind, readonly string[]> = {
  pdf: [".pdf"],
  png: [".png"],
  jpeg: [".jpg", ".jpeg"],
  xlsx: [".xlsx"],
  docx: [".docx"],
};
