import { asc, desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { organs, remarkReplies, remarks } from "../../db/schema";

export type Remark = Awaited<ReturnType<typeof getRemarks>>["remarks"][number];

/** The remarks of a leaf that the actor may see, with their answers, and what the lead bureau is called. Two queries. */
export async function getRemarks(tx: Transaction, sectionId: string) {
  const [rows, [lead]] = await Promise.all([
    tx
      .select({
        id: remarks.id,
        kind: remarks.kind,
        internal: remarks.internal,
        onDraft: sql<boolean>`${remarks.revisionId} is null`,
        blockId: remarks.blockId,
        blockText: remarks.blockText,
        from: remarks.from,
        to: remarks.to,
        text: remarks.text,
        replacement: remarks.replacement,
        authorId: remarks.authorId,
        by: remarks.authorLabel,
        at: remarks.createdAt,
        outcome: remarks.outcome,
        settledLabel: remarks.settledLabel,
        settledAt: remarks.settledAt,
        replies: sql<{ id: string; text: string; by: string; at: string }[]>`coalesce((
          select json_agg(json_build_object('id', x.id, 'text', x.text, 'by', x.author_label, 'at', x.created_at)
                          order by x.created_at, x.id)
            from ${remarkReplies} x where x.remark_id = remarks.id), '[]')`,
      })
      .from(remarks)
      .where(eq(remarks.sectionId, sectionId))
      // The open ones first: of a leaf with a long past the oldest that are settled fall away.
      .orderBy(sql`remarks.outcome is not null`, desc(remarks.createdAt))
      .limit(LISTED),
    tx
      .select({ name: organs.shortName })
      .from(organs)
      .where(eq(organs.kind, "lead"))
      .orderBy(asc(organs.code))
      .limit(1),
  ]);
  return { remarks: rows, leadOrgan: lead?.name ?? "" };
}

/** Every open one (schema.ts bounds them) and the latest of the others. */
const LISTED = 400;
