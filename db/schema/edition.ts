import { index, integer, jsonb, pgEnum, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { EDITION_KINDS } from "../../domain/report/workflow";
import type { ReportDocument } from "../../render/report-document";
import { at, id } from "./columns";
import { jurisdictionId } from "./jurisdiction";
import { reports } from "./report";
import { users } from "./user";

export const editionKind = pgEnum("edition_kind", EDITION_KINDS);

/** The sealed, numbered, hashed report. Rows are never changed: correcting is a new edition. */
export const editions = pgTable(
  "editions",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    reportId: uuid("report_id")
      .notNull()
      .references(() => reports.id),
    number: integer("number").notNull(),
    kind: editionKind("kind").notNull(),
    name: text("name").notNull(),
    document: jsonb("document").$type<ReportDocument>().notNull(),
    /** SHA-256 over the canonical JSON of `document`, in hex. */
    sha256: text("sha256").notNull(),
    sealedBy: uuid("sealed_by")
      .notNull()
      .references(() => users.id),
    sealedLabel: text("sealed_label").notNull(),
    sealedAt: at("sealed_at").notNull(),
  },
  (table) => [unique().on(table.reportId, table.number)],
).enableRLS();

export const deliveries = pgTable(
  "deliveries",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    editionId: uuid("edition_id")
      .notNull()
      .unique()
      .references(() => editions.id),
    deliveredBy: uuid("delivered_by")
      .notNull()
      .references(() => users.id),
    deliveredLabel: text("delivered_label").notNull(),
    deliveredAt: at("delivered_at").notNull(),
  },
  (table) => [index().on(table.jurisdictionId, table.deliveredAt)],
).enableRLS();
