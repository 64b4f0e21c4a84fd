import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "../../domain/kernel/actor";
import type { Context } from "../../domain/kernel/context";
import type { RefusalKey } from "../../domain/kernel/errors";
import type { Database } from "../client";
import type { TestDatabase } from "./database";
import { contextOf, refusalOf } from "./factories";

/**
 * The order of events that a race can take, made certain: `first` has done everything but commit when `second` sets
 * out; it commits once `second` stands waiting for it (or is through). Returns how both ended.
 */
export async function inThisOrder(
  database: TestDatabase,
  first: { actor: Actor; does: (ctx: Context) => Promise<unknown> },
  second: { actor: Actor; does: (ctx: Context) => Promise<unknown> },
): Promise<{ first: RefusalKey | null; second: RefusalKey | null }> {
  let running: Promise<RefusalKey | null> | undefined;
  const ended = await refusalOf(
    database.app.db.transaction(async (tx) => {
      // A mutation inside a transaction becomes a savepoint of it; the type is the only thing that differs.
      const db = tx as unknown as Database;
      await first.does({ ...contextOf(database, first.actor), db });
      const started = refusalOf(second.does(contextOf(database, second.actor)));
      running = started;
      await Promise.race([started.catch(() => null), somebodyWaits(database)]);
    }),
  );
  if (!running) throw new Error(`the second never set out, because the first was refused: ${ended}`);
  return { first: ended, second: await running };
}

async function somebodyWaits(database: TestDatabase): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const [row] = await database.owner.sql<{ waiting: number }[]>`
      select count(*)::int as waiting from pg_stat_activity
       where datname = current_database() and application_name = 'test-app' and wait_event_type = 'Lock'`;
    if (row && row.waiting > 0) return;
    await sleep(10);
  }
}
