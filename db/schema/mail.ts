import { sql } from "drizzle-orm";
import { boolean, index, integer, pgEnum, pgTable, primaryKey, text, time, uuid } from "drizzle-orm/pg-core";
import { MAIL_CHOICES } from "../../domain/notice/workflow";
import { at, id } from "./columns";
import { outbox } from "./audit";
import { jurisdictionId } from "./jurisdiction";
import { users } from "./user";

export const mailChoice = pgEnum("mail_choice", MAIL_CHOICES);

/** How one person wants to be told. No row: the desk alone. */
export const noticeSettings = pgTable("notice_settings", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id),
  jurisdictionId: jurisdictionId(),
  email: text("email"),
  locale: text("locale").notNull().default("zh-CN"),
  /** Local time (Asia/Shanghai); both or neither. What falls in between waits for its end. */
  quietFrom: time("quiet_from"),
  quietUntil: time("quiet_until"),
  updatedAt: at("updated_at").notNull(),
}).enableRLS();

/** A choice that differs from the event's default. */
export const noticeChoices = pgTable(
  "notice_choices",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    jurisdictionId: jurisdictionId(),
    event: text("event").notNull(),
    mail: mailChoice("mail").notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.event] })],
).enableRLS();

/** How an attempt to tell somebody outside went; the administrator sees this and never the words. */
const attempts = {
  attempts: integer("attempts").notNull().default(0),
  lastError: text("last_error"),
  notBefore: at("not_before").notNull(),
  sentAt: at("sent_at"),
  failedAt: at("failed_at"),
  createdAt: at("created_at").notNull(),
};

/** A mail to be sent. `key` is unique: the same event, digest or reminder never makes a second one for one person. */
export const mails = pgTable(
  "mails",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    key: text("key").notNull().unique(),
    event: text("event").notNull(),
    address: text("address").notNull(),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    html: text("html").notNull(),
    ...attempts,
  },
  (table) => [
    index().on(table.jurisdictionId, table.createdAt),
    index("mails_unsent")
      .on(table.jurisdictionId, table.notBefore)
      .where(sql`sent_at is null`),
    index().on(table.userId, table.createdAt),
  ],
).enableRLS();

/** Where events go besides; off until the system administrator turns it on. */
export const webhooks = pgTable("webhooks", {
  jurisdictionId: jurisdictionId().primaryKey(),
  url: text("url").notNull(),
  /** Signs each call (HMAC-SHA-256); the application can set it and not read it. */
  secret: text("secret").notNull(),
  enabled: boolean("enabled").notNull().default(false),
  updatedLabel: text("updated_label").notNull(),
  updatedAt: at("updated_at").notNull(),
}).enableRLS();

export const webhookCalls = pgTable(
  "webhook_calls",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    outboxId: uuid("outbox_id")
      .notNull()
      .unique()
      .references(() => outbox.id),
    ...attempts,
  },
  (table) => [
    index().on(table.jurisdictionId, table.createdAt),
    index("webhook_calls_unsent")
      .on(table.jurisdictionId, table.notBefore)
      .where(sql`sent_at is null`),
  ],
).enableRLS();
