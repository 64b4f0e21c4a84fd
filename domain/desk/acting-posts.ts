import { sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { actorLabel } from "../user/session";

/** A post that the actor's person holds for somebody else: whose, its last day, and how many things wait there. */
export type ActingPost = { id: string; name: string; lastDay: Date; waiting: number };

/** Those besides the post that the actor is in, the one that ends first before the others. One query. */
export async function listActingPosts(tx: Transaction): Promise<ActingPost[]> {
  const rows = await tx.execute<{ id: string; name: string; organ: string; ends_at: string; waiting: number }>(
    sql`select membership_id as id, name, organ, ends_at, waiting from acting_posts()`,
  );
  return rows.map(({ id, name, organ, ends_at: end, waiting }) => ({
    id,
    name: actorLabel(organ, name),
    // It ends with that day's last moment.
    lastDay: new Date(new Date(end).getTime() - 1),
    waiting,
  }));
}
