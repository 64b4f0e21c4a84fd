import { and, asc, eq, getTableColumns, lt } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Database, Transaction } from "../../db/client";
import { editions } from "../../db/schema";
import { markOf } from "../edition/mark";
import { recordHash, type Seal } from "../edition/seal";

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

/** The seal as it was hashed at sealing, put together again from the row; `previous` is the hash of the seal before. */
export function sealOf(edition: SealedEdition, previous: string | null): Seal {
  return {
    schema: "huibao.seal/1",
    report: edition.document.report.slug,
    jurisdiction: edition.document.report.jurisdiction,
    number: edition.number,
    kind: edition.kind,
    name: edition.name,
    document: edition.sha256,
    record: recordHash(edition.record),
    previous,
    supersedes: edition.supersedes,
    notice: edition.notice,
    exception: edition.exception,
    origin: edition.origin,
    sealedBy: edition.sealedLabel,
    sealedAt: edition.sealedAt.toISOString(),
  };
}

/** The seals of a report's editions in their order, each with the hash of the one before. */
export function sealsOf(chain: readonly SealedEdition[]): { seal: Seal; sealSha256: string }[] {
  return chain.map((edition, index) => ({
    seal: sealOf(edition, chain[index - 1]?.sealSha256 ?? null),
    sealSha256: edition.sealSha256,
  }));
}
