import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  date,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { EDITION_KINDS } from "../../domain/edition/workflow";
import type { EditionRecord } from "../../render/edition-record";
import type { ReportDocument } from "../../render/report-document";
import { at, id } from "./columns";
import { jurisdictionId, organs, role } from "./jurisdiction";
import { reports } from "./report";
import { memberships, users } from "./user";

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
    /** Who approved what, the audit extract, the attachments by hash. */
    record: jsonb("record").$type<EditionRecord>().notNull(),
    /** SHA-256 over the canonical JSON of the seal (domain/edition/seal.ts), which chains to the edition before. */
    sealSha256: text("seal_sha256").notNull(),
    /** Ten characters of the seal's hash: what is printed, and asked for at /verify. */
    code: text("code").notNull().unique(),
    /** Where the printed code can be verified, as it was at sealing: https://host. */
    origin: text("origin"),
    /** The delivered edition that this one corrects, and what changed and why. */
    supersedesId: uuid("supersedes_id").references((): AnyPgColumn => editions.id),
    notice: text("notice"),
    /** Why it was sealed though not everything was ready. */
    exception: text("exception"),
    sealedBy: uuid("sealed_by")
      .notNull()
      .references(() => users.id),
    sealedLabel: text("sealed_label").notNull(),
    sealedAt: at("sealed_at").notNull(),
  },
  (table) => [
    unique().on(table.reportId, table.number),
    index().on(table.supersedesId),
    check("editions_correction_says_why", sql`supersedes_id is null or notice is not null`),
  ],
).enableRLS();

const editionId = () =>
  uuid("edition_id")
    .notNull()
    .references(() => editions.id);

/** To whom an edition was given: everybody in a role, everybody of an organ, or one post. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    editionId: editionId(),
    toRole: role("to_role"),
    toOrganId: uuid("to_organ_id").references(() => organs.id),
    toMembershipId: uuid("to_membership_id").references(() => memberships.id),
    /** Of a 征求意见稿: until when answers are asked for. */
    answerBy: date("answer_by", { mode: "string" }),
    deliveredBy: uuid("delivered_by")
      .notNull()
      .references(() => users.id),
    deliveredLabel: text("delivered_label").notNull(),
    deliveredAt: at("delivered_at").notNull(),
  },
  (table) => [
    unique("deliveries_once")
      .on(table.editionId, table.toRole, table.toOrganId, table.toMembershipId, table.answerBy)
      .nullsNotDistinct(),
    index().on(table.jurisdictionId, table.deliveredAt),
    check("deliveries_one_recipient", sql`num_nonnulls(to_role, to_organ_id, to_membership_id) = 1`),
  ],
).enableRLS();

/** Somebody to whom it was given has opened it: that and when, never for how long. */
export const receipts = pgTable(
  "receipts",
  {
    editionId: editionId(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    jurisdictionId: jurisdictionId(),
    organId: uuid("organ_id")
      .notNull()
      .references(() => organs.id),
    label: text("label").notNull(),
    openedAt: at("opened_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.editionId, table.userId] })],
).enableRLS();
