import { and, inArray } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { organs } from "../../db/schema";
import { DomainError } from "../kernel/errors";
import { ORGAN_KINDS, type OrganKind } from "../kernel/roles";

/** Foreign keys look past row-level security: what a row names must be organs that the actor can see, of these kinds. */
export async function organsExist(
  tx: Transaction,
  ids: readonly string[],
  kinds: readonly OrganKind[] = ORGAN_KINDS,
): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const found = await tx
    .select({ id: organs.id })
    .from(organs)
    .where(and(inArray(organs.id, wanted), inArray(organs.kind, [...kinds])));
  if (found.length !== wanted.length) throw new DomainError("not-found");
}
