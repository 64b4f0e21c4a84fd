import { sql } from "drizzle-orm";
import type { Database } from "../db/client";
import { dayToRemind, planReminders, type Owed } from "../domain/timetable/plan-reminders";

/**
 * The hourly job of that name: writes the day's reminders, in office hours of a working day. What was written this day
 * already is not written again, so that it may run as often as it likes, and two workers at once. Gives how many are new.
 */
export async function remind(db: Database, now: Date): Promise<number> {
  const day = dayToRemind(now);
  if (day === null) return 0;
  const owed = await db.execute<Owed>(sql`
    select item, due_on::text as "dueOn", soon_on::text as "soonOn", escalated_on::text as "escalatedOn" from days_owed()`);
  const plan = planReminders(owed, day);
  if (plan.length === 0) return 0;
  const [row] = await db.execute<{ added: number }>(
    sql`select add_reminders(${day}::date, ${JSON.stringify(plan)}::text::jsonb) as added`,
  );
  return row?.added ?? 0;
}
