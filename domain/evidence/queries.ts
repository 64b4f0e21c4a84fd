import { and, asc, eq, isNull } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { evidence } from "../../db/schema";

export type Attachment = Awaited<ReturnType<typeof getAttachments>>[number];

/** What is attached to a leaf's text, as far as the actor may see it, oldest first. Without the bytes. */
export async function getAttachments(tx: Transaction, sectionId: string) {
  return tx
    .select({
      id: evidence.id,
      name: evidence.name,
      size: evidence.size,
      by: evidence.authorLabel,
      at: evidence.createdAt,
    })
    .from(evidence)
    .where(and(eq(evidence.sectionId, sectionId), isNull(evidence.removedAt)))
    .orderBy(asc(evidence.createdAt), asc(evidence.id));
}
