import { pgEnum, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { ORGAN_KINDS, ROLES } from "../../domain/kernel/roles";
import { id } from "./columns";

export const organKind = pgEnum("organ_kind", ORGAN_KINDS);
export const role = pgEnum("role", ROLES);

/** The tenant: a district or county. */
export const jurisdictions = pgTable("jurisdictions", {
  id: id(),
  code: text("code").notNull().unique(),
  name: text("name").notNull(),
}).enableRLS();

export const jurisdictionId = () =>
  uuid("jurisdiction_id")
    .notNull()
    .references(() => jurisdictions.id);

export const organs = pgTable(
  "organs",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    shortName: text("short_name").notNull(),
    kind: organKind("kind").notNull(),
  },
  (table) => [unique().on(table.jurisdictionId, table.code)],
).enableRLS();
