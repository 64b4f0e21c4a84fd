import type { Database } from "../db/client";
import { clearExports } from "../domain/export/work";

/** Every ten minutes: what was asked for is kept for a week, a preview for an hour. */
export const CLEARING = "*/10 * * * *";

/** The job of that name. Gives how many requests went. */
export async function runClearExports(db: Database, now: Date): Promise<number> {
  return clearExports(db, now);
}
