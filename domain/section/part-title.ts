import { sql } from "drizzle-orm";
import { sections } from "../../db/schema";

/** The heading of the part that a leaf stands in, however deep. */
export const partTitle = sql<string | null>`(select coalesce(g.title, p.title) from ${sections} p
  left join ${sections} g on g.id = p.parent_id where p.id = sections.parent_id)`;
