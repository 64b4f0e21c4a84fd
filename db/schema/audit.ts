import { sql } from "drizzle-orm";
import { bigserial, boolean, index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { at, id } from "./columns";
import { jurisdictionId, organs, role } from "./jurisdiction";
import { editions } from "./edition";
import { indicators } from "./indicator";
import { remarks } from "./remark";
import { reports, routeSteps, sections } from "./report";
import { memberships, users } from "./user";

/** Who did what to which record, when. Never content: the auditor reads it and reads no report. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    jurisdictionId: jurisdictionId(),
    at: at("at").notNull(),
    userId: uuid("user_id").references(() => users.id),
    actorLabel: text("actor_label").notNull(),
    action: text("action").notNull(),
    subjectType: text("subject_type").notNull(),
    subjectId: uuid("subject_id").notNull(),
    reportId: uuid("report_id"),
    detail: jsonb("detail").$type<Record<string, string | number | boolean | null>>().notNull(),
  },
  (table) => [
    index().on(table.jurisdictionId, table.at),
    index().on(table.subjectId),
    index().on(table.reportId, table.at),
  ],
).enableRLS();

/** Events waiting to be told. Inserting one enqueues its job in the same transaction (see the migration's trigger). */
export const outbox = pgTable(
  "outbox",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    event: text("event").notNull(),
    reportId: uuid("report_id")
      .notNull()
      .references(() => reports.id),
    sectionId: uuid("section_id").references(() => sections.id),
    indicatorId: uuid("indicator_id").references(() => indicators.id),
    editionId: uuid("edition_id").references(() => editions.id),
    remarkId: uuid("remark_id").references(() => remarks.id),
    /** Roles that the event names by itself: those mentioned, or the one who is answered. */
    mentions: role("mentions").array().notNull().default([]),
    /** The department that a reminder goes to. */
    organId: uuid("organ_id").references(() => organs.id),
    /** The step that the item came to: whoever sits there is told. */
    stepId: uuid("step_id").references(() => routeSteps.id),
    /** Null for what nobody did: a day that came. */
    actorId: uuid("actor_id").references(() => users.id),
    actorLabel: text("actor_label").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [
    index("outbox_of_editions")
      .on(table.editionId)
      .where(sql`edition_id is not null`),
  ],
).enableRLS();

/** One event on one desk. The unique pair makes a repeated delivery harmless. */
export const notifications = pgTable(
  "notifications",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    outboxId: uuid("outbox_id")
      .notNull()
      .references(() => outbox.id),
    membershipId: uuid("membership_id")
      .notNull()
      .references(() => memberships.id),
    createdAt: at("created_at").notNull(),
    readAt: at("read_at"),
    /** To be in the next digest's mail. */
    awaitsDigest: boolean("awaits_digest").notNull().default(false),
  },
  (table) => [
    unique().on(table.outboxId, table.membershipId),
    index().on(table.membershipId, table.createdAt),
    index("notifications_awaiting")
      .on(table.membershipId)
      .where(sql`awaits_digest`),
  ],
).enableRLS();
