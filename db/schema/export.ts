import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { EXPORT_FORMATS, EXPORT_SOURCES, EXPORT_STATUSES } from "../../domain/export/workflow";
import type { ReportDocument } from "../../render/report-document";
import { at, bytea, id } from "./columns";
import { editions } from "./edition";
import { jurisdictionId } from "./jurisdiction";
import { reports } from "./report";
import { memberships, users } from "./user";

export const exportSource = pgEnum("export_source", EXPORT_SOURCES);
export const exportFormat = pgEnum("export_format", EXPORT_FORMATS);
export const exportStatus = pgEnum("export_status", EXPORT_STATUSES);

const content = {
  sha256: text("sha256").notNull(),
  size: integer("size").notNull(),
  bytes: bytea("bytes").notNull(),
};

/** The files of a sealed edition, made once. Rows are never changed. */
export const editionFiles = pgTable(
  "edition_files",
  {
    editionId: uuid("edition_id")
      .notNull()
      .references(() => editions.id),
    format: exportFormat("format").notNull(),
    jurisdictionId: jurisdictionId(),
    ...content,
    /** What made it: the program's version, and its faces by hash where they matter. */
    maker: text("maker").notNull(),
    madeAt: at("made_at").notNull(),
    /** SHA-256 of the canonical JSON of what this row says besides its bytes (domain/export/file-row.ts). */
    rowSha256: text("row_sha256").notNull(),
  },
  (table) => [primaryKey({ columns: [table.editionId, table.format] })],
).enableRLS();

/** A file that somebody asked for. A draft's document is kept with the request: it is what they saw. */
export const exportRequests = pgTable(
  "export_requests",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    requestedBy: uuid("requested_by")
      .notNull()
      .references(() => users.id),
    /** The post they asked in: in another of theirs they may know less. */
    membershipId: uuid("membership_id")
      .notNull()
      .references(() => memberships.id),
    source: exportSource("source").notNull(),
    format: exportFormat("format").notNull(),
    reportId: uuid("report_id")
      .notNull()
      .references(() => reports.id),
    editionId: uuid("edition_id").references(() => editions.id),
    /** Of a comparison: the older edition. */
    earlierId: uuid("earlier_id").references(() => editions.id),
    document: jsonb("document").$type<ReportDocument>(),
    options: jsonb("options").$type<Record<string, string>>().notNull().default({}),
    /** SHA-256 of all that the bytes depend on: the same request of the same person is not made twice. */
    key: text("key").notNull(),
    name: text("name").notNull(),
    status: exportStatus("status").notNull().default("queued"),
    /** Done so far, of `steps`. */
    step: integer("step").notNull().default(0),
    steps: integer("steps").notNull().default(1),
    /** Why it failed: a key and its details, never a text of the report. */
    refusal: jsonb("refusal").$type<{ key: string; details: string[] }>(),
    createdAt: at("created_at").notNull(),
    startedAt: at("started_at"),
    finishedAt: at("finished_at"),
  },
  (table) => [
    index().on(table.requestedBy, table.createdAt),
    index().on(table.requestedBy, table.key),
    index("export_requests_unfinished")
      .on(table.createdAt)
      .where(sql`status in ('queued', 'running')`),
    index("export_requests_old").on(table.finishedAt),
    check("export_requests_of_something", sql`(source = 'draft') = (document is not null)`),
  ],
).enableRLS();

/** Its parts: one file, or the pages of a preview from 1. They go with the request, after some days. */
export const exportParts = pgTable(
  "export_parts",
  {
    exportId: uuid("export_id")
      .notNull()
      .references(() => exportRequests.id, { onDelete: "cascade" }),
    part: integer("part").notNull(),
    jurisdictionId: jurisdictionId(),
    ...content,
  },
  (table) => [primaryKey({ columns: [table.exportId, table.part] }), index().on(table.sha256)],
).enableRLS();
