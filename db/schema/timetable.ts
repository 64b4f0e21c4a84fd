import { sql } from "drizzle-orm";
import { check, date, index, integer, pgEnum, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { MILESTONES, OFFSET_UNITS, REMINDER_KINDS } from "../../domain/timetable/workflow";
import { outbox } from "./audit";
import { at, id } from "./columns";
import { indicators } from "./indicator";
import { jurisdictionId, organs } from "./jurisdiction";
import { reports, sections } from "./report";
import { users } from "./user";

export const milestone = pgEnum("milestone", MILESTONES);
export const offsetUnit = pgEnum("offset_unit", OFFSET_UNITS);
export const reminderKind = pgEnum("reminder_kind", REMINDER_KINDS);

const reportId = () =>
  uuid("report_id")
    .notNull()
    .references(() => reports.id);

/** The sitting that a report counts back from. */
export const timetables = pgTable("timetables", {
  reportId: reportId().primaryKey(),
  jurisdictionId: jurisdictionId(),
  sittingOn: date("sitting_on", { mode: "string" }).notNull(),
  /** 区十届人大常委会第二十二次会议, or empty while it has no number. */
  sittingName: text("sitting_name").notNull(),
  version: integer("version").notNull().default(1),
  updatedLabel: text("updated_label").notNull(),
  updatedAt: at("updated_at").notNull(),
}).enableRLS();

/** One milestone of one report: its rule (so many days before the sitting) and the day it falls on. */
export const milestones = pgTable(
  "milestones",
  {
    reportId: reportId(),
    jurisdictionId: jurisdictionId(),
    milestone: milestone("milestone").notNull(),
    amount: integer("amount").notNull(),
    unit: offsetUnit("unit").notNull(),
    on: date("on", { mode: "string" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.reportId, table.milestone] })],
).enableRLS();

/** What a reminder or a permit is about: a leaf or an indicator's row, and the department that owes it. */
const owed = {
  reportId: reportId(),
  sectionId: uuid("section_id").references(() => sections.id),
  indicatorId: uuid("indicator_id").references(() => indicators.id),
  organId: uuid("organ_id")
    .notNull()
    .references(() => organs.id),
};
const oneTarget = (name: string) => check(name, sql`(section_id is null) <> (indicator_id is null)`);

/** 延期许可: a later day for one leaf or row, with the reason. The latest one counts (sections.permitted_until). */
export const latePermits = pgTable(
  "late_permits",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    ...owed,
    until: date("until", { mode: "string" }).notNull(),
    reason: text("reason").notNull(),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    authorLabel: text("author_label").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [index().on(table.reportId, table.createdAt), oneTarget("late_permits_one_target")],
).enableRLS();

/** 催办 and automatic reminders: what was sent to whom on which day; at most one of a kind a day for each item. */
export const reminders = pgTable(
  "reminders",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    ...owed,
    kind: reminderKind("kind").notNull(),
    outboxId: uuid("outbox_id")
      .notNull()
      .references(() => outbox.id),
    /** The local day (Asia/Shanghai) that it was sent on. */
    on: date("on", { mode: "string" }).notNull(),
    dueOn: date("due_on", { mode: "string" }).notNull(),
    /** Null for automatic ones. */
    authorId: uuid("author_id").references(() => users.id),
    authorLabel: text("author_label"),
    createdAt: at("created_at").notNull(),
  },
  (table) => [
    unique("reminders_section_day").on(table.sectionId, table.kind, table.on),
    unique("reminders_indicator_day").on(table.indicatorId, table.kind, table.on),
    index().on(table.reportId, table.createdAt),
    oneTarget("reminders_one_target"),
    check("reminders_author", sql`(kind = 'urge') = (author_id is not null)`),
  ],
).enableRLS();
