import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigserial,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { FIGURE_FIELDS, FIGURE_STATES, GROWTH_BASES, INDICATOR_KINDS } from "../../domain/indicator/figure";
import type { Decimals, IndicatorRow } from "../../domain/indicator/figure";
import { INDICATOR_STATUSES } from "../../domain/indicator/workflow";
import { at, bytea, id } from "./columns";
import { jurisdictionId, organs } from "./jurisdiction";
import { courseColumns, reports, revisions, sections } from "./report";
import { users } from "./user";

export const indicatorKind = pgEnum("indicator_kind", INDICATOR_KINDS);
export const growthBasis = pgEnum("growth_basis", GROWTH_BASES);
export const indicatorStatus = pgEnum("indicator_status", INDICATOR_STATUSES);
export const figureField = pgEnum("figure_field", FIGURE_FIELDS);
export const figureState = pgEnum("figure_state", FIGURE_STATES);

const organId = () =>
  uuid("organ_id")
    .notNull()
    .references(() => organs.id);

/**
 * The catalogue of one report, a row an indicator, with the state of its figures. A new period takes it over; a change
 * never reaches another report, and never a sealed edition.
 */
export const indicators = pgTable(
  "indicators",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    reportId: uuid("report_id")
      .notNull()
      .references(() => reports.id),
    position: integer("position").notNull(),
    code: text("code").notNull(),
    officialName: text("official_name").notNull(),
    shortName: text("short_name").notNull(),
    aliases: text("aliases").array().notNull().default([]),
    unit: text("unit").notNull(),
    kind: indicatorKind("kind").notNull(),
    basis: growthBasis("basis").notNull(),
    decimals: jsonb("decimals").$type<Decimals>().notNull().default({}),
    organId: organId(),
    /** Who confirms the figures after the owner has signed them; null when nobody else does. */
    confirmOrganId: uuid("confirm_organ_id").references(() => organs.id),
    status: indicatorStatus("status").notNull().default("drafting"),
    version: integer("version").notNull().default(1),
    submittedRevisionId: uuid("submitted_revision_id").references((): AnyPgColumn => indicatorRevisions.id),
    approvedRevisionId: uuid("approved_revision_id").references((): AnyPgColumn => indicatorRevisions.id),
    signedBy: uuid("signed_by").references(() => users.id),
    ...courseColumns(),
    dueOn: date("due_on", { mode: "string" }).notNull(),
    permittedUntil: date("permitted_until", { mode: "string" }),
    movedAt: at("moved_at").notNull(),
    previousId: uuid("previous_id").references((): AnyPgColumn => indicators.id),
    /** Taken out of the catalogue before any figure went up. */
    removedAt: at("removed_at"),
  },
  (table) => [
    uniqueIndex("indicators_code")
      .on(table.reportId, table.code)
      .where(sql`removed_at is null`),
    index().on(table.jurisdictionId, table.organId, table.status),
    index().on(table.jurisdictionId, table.confirmOrganId, table.status),
    index().on(table.jurisdictionId, table.status, table.dueOn),
    index().on(table.stepId),
    index().on(table.approvedRevisionId),
    check("indicators_confirmed_by_another", sql`confirm_organ_id is null or confirm_organ_id <> organ_id`),
    check(
      "indicators_submitted",
      sql`(submitted_revision_id is not null) = (status in ('signing', 'confirming', 'reviewing', 'approved'))`,
    ),
    check("indicators_approved", sql`(approved_revision_id is not null) = (status = 'approved')`),
    check("indicators_at_a_step", sql`(step_id is not null) = (status in ('signing', 'confirming', 'reviewing'))`),
  ],
).enableRLS();

const indicatorId = () =>
  uuid("indicator_id")
    .notNull()
    .references(() => indicators.id);

/** What one cell says. `state` null is a blank that somebody made. NUMERIC keeps the decimals that were displayed. */
const cell = {
  state: figureState("state"),
  value: numeric("value"),
  words: text("words"),
  /** Why a typed completion stands instead of the derived one. */
  reason: text("reason"),
  sourceDepartment: text("source_department"),
  sourceDocument: text("source_document"),
  sourceDate: date("source_date", { mode: "string" }),
};

/** A state and what it needs belong together: a number has a value, words have words, "/" and 暂未反馈 have neither. */
const cellIsWhole = sql`(value is not null) = coalesce(state in ('number', 'estimate'), false)
  and (words is not null) = coalesce(state = 'words', false)`;

/** The working cells: their department alone fills them in, and every change names the version it was based on. */
export const figures = pgTable(
  "figures",
  {
    jurisdictionId: jurisdictionId(),
    indicatorId: indicatorId(),
    field: figureField("field").notNull(),
    ...cell,
    version: integer("version").notNull().default(1),
    authorLabel: text("author_label").notNull(),
    updatedAt: at("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.indicatorId, table.field] }), check("figures_whole", cellIsWhole)],
).enableRLS();

/** Every change of every cell, with its author. */
export const figureChanges = pgTable(
  "figure_changes",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    jurisdictionId: jurisdictionId(),
    indicatorId: indicatorId(),
    field: figureField("field").notNull(),
    ...cell,
    version: integer("version").notNull(),
    /** Brought along from an earlier period when the report was opened: nobody's own work. */
    carried: boolean("carried").notNull().default(false),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    authorLabel: text("author_label").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [unique().on(table.indicatorId, table.field, table.version), check("figure_changes_whole", cellIsWhole)],
).enableRLS();

/** A row as it went up: catalogue and figures together, never changed. */
export const indicatorRevisions = pgTable(
  "indicator_revisions",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    indicatorId: uuid("indicator_id")
      .notNull()
      .references((): AnyPgColumn => indicators.id),
    organId: organId(),
    number: integer("number").notNull(),
    row: jsonb("row").$type<SubmittedRow>().notNull(),
    writers: uuid("writers").array().notNull(),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    authorLabel: text("author_label").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [unique().on(table.indicatorId, table.number), index().on(table.organId)],
).enableRLS();

/** What goes up: the row with the source of each figure. */
export type SubmittedRow = IndicatorRow & { sources: Partial<Record<string, FigureSource>> };
export type FigureSource = { department: string; document: string; date: string | null };

/**
 * The words of a bound figure, frozen for one approved text. The latest row of a node counts: made when the text is
 * passed, when a moved figure is taken over, and when the old words are kept on purpose. `seen` is what the figure said
 * then: while it still says so, nothing is stale.
 */
export const frozenFigures = pgTable(
  "frozen_figures",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    jurisdictionId: jurisdictionId(),
    sectionId: uuid("section_id")
      .notNull()
      .references(() => sections.id),
    organId: organId(),
    revisionId: uuid("revision_id")
      .notNull()
      .references(() => revisions.id),
    nodeId: text("node_id").notNull(),
    text: text("text").notNull(),
    seen: text("seen").notNull(),
    /** The row's revision that it was read from; null for counts over the whole table. */
    indicatorRevisionId: uuid("indicator_revision_id").references(() => indicatorRevisions.id),
    note: text("note"),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    authorLabel: text("author_label").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [index().on(table.revisionId, table.nodeId, table.id)],
).enableRLS();

/** A written explanation that lets a finding stand while the figures it names are the same (its key holds them). */
export const waivers = pgTable(
  "waivers",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    jurisdictionId: jurisdictionId(),
    reportId: uuid("report_id")
      .notNull()
      .references(() => reports.id),
    organId: organId(),
    key: text("key").notNull(),
    explanation: text("explanation").notNull(),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    authorLabel: text("author_label").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [index().on(table.reportId, table.key)],
).enableRLS();

/** What proves a figure or a text: a file as it was given. Taken away means no longer offered; the bytes stay. */
export const evidence = pgTable(
  "evidence",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    indicatorId: uuid("indicator_id").references((): AnyPgColumn => indicators.id),
    field: figureField("field"),
    sectionId: uuid("section_id").references(() => sections.id),
    name: text("name").notNull(),
    mediaType: text("media_type").notNull(),
    size: integer("size").notNull(),
    sha256: text("sha256").notNull(),
    bytes: bytea("bytes").notNull(),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    authorLabel: text("author_label").notNull(),
    createdAt: at("created_at").notNull(),
    removedAt: at("removed_at"),
  },
  (table) => [
    index().on(table.indicatorId, table.field),
    index().on(table.sectionId),
    check(
      "evidence_one_target",
      sql`(indicator_id is null) = (section_id is not null) and (indicator_id is null) = (field is null)`,
    ),
  ],
).enableRLS();
