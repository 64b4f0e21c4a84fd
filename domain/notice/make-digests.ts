import { inArray, sql } from "drizzle-orm";
import type { Database } from "../../db/client";
import { mails, notifications } from "../../db/schema";
import type { Day } from "../kernel/working-days";
import { type DigestLine, groupDigests } from "./digest";
import type { ComposeDigest } from "./facts";
import { notBefore, quietHoursOf } from "./quiet-hours";
import { DIGEST_MAIL } from "./workflow";

/**
 * Makes the digests of everything that waits for one, as the worker, in one transaction: each notice is in exactly one.
 * A person gets at most one a day; what waits after it goes with the next. Gives how many were made.
 */
export async function makeDigests(db: Database, day: Day, now: Date, compose: ComposeDigest): Promise<number> {
  return db.transaction(async (tx) => {
    // Two workers that come to it at once take turns; the second finds nothing left.
    await tx.execute(sql`select pg_advisory_xact_lock(72100912)`);
    const { digests, dropped } = groupDigests(await tx.execute<DigestLine>(sql`select * from digest_lines()`));
    const made = new Set<string>();
    if (digests.length > 0) {
      const values = digests.map(({ reader, facts }) => ({
        jurisdictionId: reader.jurisdiction_id,
        userId: reader.user_id,
        key: `digest:${day}:${reader.user_id}`,
        event: DIGEST_MAIL,
        address: reader.email,
        ...compose(facts, { locale: reader.locale ?? "zh-CN", organ: reader.organ, role: reader.role }, day),
        notBefore: notBefore(now, quietHoursOf(reader)),
        createdAt: now,
      }));
      const rows = await tx
        .insert(mails)
        .values(values)
        .onConflictDoNothing({ target: mails.key })
        .returning({ id: mails.userId });
      for (const { id } of rows) made.add(id);
    }
    const settled = digests.flatMap((one) => (made.has(one.reader.user_id) ? one.notifications : []));
    const done = [...settled, ...dropped];
    if (done.length > 0)
      await tx.update(notifications).set({ awaitsDigest: false }).where(inArray(notifications.id, done));
    return made.size;
  });
}
