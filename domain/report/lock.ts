import { sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";

/**
 * Leaves move side by side ("shared"); the compiled whole moves alone ("alone"). Without this a leaf could be returned
 * between the check that all are approved and the change of the report's state. Released at the transaction's end.
 * An id has one lock however it is spelt (a uuid in capitals is the same report).
 */
export async function lockReport(tx: Transaction, reportId: string, how: "shared" | "alone"): Promise<void> {
  await tx.execute(
    how === "shared"
      ? sql`select pg_advisory_xact_lock_shared(hashtextextended(${reportId}::uuid::text, 0))`
      : sql`select pg_advisory_xact_lock(hashtextextended(${reportId}::uuid::text, 0))`,
  );
}
