import { sql } from "drizzle-orm";
import type { Database, Transaction } from "../../db/client";
import type { Actor } from "./actor";
import type { Clock } from "./clock";

/** Always the explicit first argument: who acts, on which database, by which clock. Nothing ambient in the domain. */
export type Context = { actor: Actor; db: Database; now: Clock };

/**
 * One transaction as the context's actor: row-level security sees who it is, and everything in `work` commits together
 * or not at all. Reads take the same road: what row-level security hides does not come back, whatever a query forgot.
 */
export async function transact<T>(ctx: Context, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return ctx.db.transaction(async (tx) => {
    await enter(tx, ctx.actor);
    return work(tx);
  });
}

function enter(tx: Transaction, actor: Actor): Promise<unknown> {
  return tx.execute(
    sql`select set_actor(${actor.userId}, ${actor.membershipId}, ${actor.organId}, ${actor.jurisdictionId}, ${actor.role})`,
  );
}
