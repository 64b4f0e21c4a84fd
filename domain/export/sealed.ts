import { and, asc, eq, getTableColumns, lt } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Database, Transaction } from "../../db/client";
import { editions } from "../../db/schema";
import { markOf } from "../edition/mark";
import { sealOf, type Seal } from "../edition/seal";

const earlier = alias(editions, "earlier");

/** An edition's row as it is kept, with the number of the edition that it corrects. */
export type SealedEdition = Awaited<ReturnType<typeof readSealed>>[number];

/** Editions by id, or all of a report's before one of its numbers, in order; of whoever reads, what they may see. */
export async function readSealed(
  tx: Transaction | Database,
  wanted: { id: string } | { reportId: string; before: number },
) {
  return tx
    .select({ ...getTableColumns(editions), supersedes: earlier.number })
    .from(editions)
    .leftJoin(earlier, eq(earlier.id, editions.supersedesId))
    .where(
      "id" in wanted
        ? eq(editions.id, wanted.id)
        : and(eq(editions.reportId, wanted.reportId), lt(editions.number, wanted.before)),
    )
    .orderBy(asc(editions.number));
}

/** What the renderers are given of an edition. */
export const fileSourceOf = (edition: SealedEdition) => ({
  document: edition.document,
  mark: markOf(edition),
  record: edition.record,
});

/** The seals of a report's editions in their order, each with the hash of the one before. */
export function sealsOf(chain: readonly SealedEdition[]): { seal: Seal; sealSha256: string }[] {
  return chain.map((edition, index) => ({
    seal: sealOf(edition, chain[index - 1]?.sealSha256 ?? null),
    sealSha256: edition.sealSha256,
  }));
}
