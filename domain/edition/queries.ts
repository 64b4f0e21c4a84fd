import { desc, eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { deliveries, editions } from "../../db/schema";
import { DomainError } from "../kernel/errors";

/** One edition with its frozen document, if the actor may see it. */
export async function getEdition(tx: Transaction, editionId: string) {
  const [edition] = await tx
    .select({
      id: editions.id,
      reportId: editions.reportId,
      number: editions.number,
      kind: editions.kind,
      name: editions.name,
      document: editions.document,
      sha256: editions.sha256,
      sealedAt: editions.sealedAt,
      sealedLabel: editions.sealedLabel,
      deliveredAt: deliveries.deliveredAt,
    })
    .from(editions)
    .leftJoin(deliveries, eq(deliveries.editionId, editions.id))
    .where(eq(editions.id, editionId));
  if (!edition) throw new DomainError("not-found");
  return edition;
}

/** What the committee has received, newest first. */
export async function listDelivered(tx: Transaction) {
  return tx
    .select({
      id: editions.id,
      number: editions.number,
      kind: editions.kind,
      name: editions.name,
      deliveredAt: deliveries.deliveredAt,
    })
    .from(editions)
    .innerJoin(deliveries, eq(deliveries.editionId, editions.id))
    .orderBy(desc(deliveries.deliveredAt));
}
