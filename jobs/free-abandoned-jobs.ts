import { sql } from "drizzle-orm";
import type { Database } from "../db/client";

/**
 * Gives back what a killed worker still holds: the queue itself would wait four hours. A worker on another machine may
 * be at one of them this moment; it then runs twice, which our jobs bear.
 */
export async function freeAbandonedJobs(db: Database): Promise<void> {
  await db.execute(sql`
    select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
      from graphile_worker.jobs where locked_by is not null having count(*) > 0`);
}
