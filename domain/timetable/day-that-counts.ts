import { sql, type SQL } from "drizzle-orm";
import type { Day } from "../kernel/working-days";

type Item = "sections" | "indicators";

/** The day that counts for an item (due.ts has the rule), as a date, in a query that names its table. */
export const countingDay = (item: Item): SQL => dayOf(item, `${item}.permitted_until`);

/** The same as text. */
export const dayThatCounts = (item: Item): SQL<Day> => sql<Day>`${countingDay(item)}::text`;

/** The day that would count if nothing had been permitted, as a date. */
export const dayWithoutPermit = (item: Item): SQL => dayOf(item, "null");

/** The day before a later one was permitted; null where that does not count. */
export const dayBeforePermit = (item: Item): SQL<Day | null> =>
  sql<Day | null>`case when ${sql.raw(item)}.permitted_until > ${dayWithoutPermit(item)} then ${dayWithoutPermit(item)}::text end`;

const dayOf = (item: Item, permitted: string): SQL =>
  sql.raw(`(select day_that_counts(${item}.due_on, ${permitted}, st.due_on, st.office)
     from (select) one left join route_steps st on st.id = coalesce(${item}.step_id, ${item}.comeback_step_id))`);
