import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { REPORT_STATUSES } from "../../domain/report/workflow";
import { STEP_ACTIONS, STEP_MODES, STEP_OFFICES } from "../../domain/route/workflow";
import type { Content } from "../../domain/section/content";
import { SECTION_KINDS, SECTION_STATUSES } from "../../domain/section/workflow";
import { at, id } from "./columns";
import { jurisdictionId, organs, role } from "./jurisdiction";
import { users } from "./user";

export const reportStatus = pgEnum("report_status", REPORT_STATUSES);
export const sectionKind = pgEnum("section_kind", SECTION_KINDS);
export const sectionStatus = pgEnum("section_status", SECTION_STATUSES);
export const stepAction = pgEnum("route_action", STEP_ACTIONS);
export const stepOffice = pgEnum("step_office", STEP_OFFICES);
export const stepMode = pgEnum("step_mode", STEP_MODES);
export const revisionKind = pgEnum("revision_kind", ["saved", "submitted"]);

/** One period's report. `version` guards every change of its status. */
export const reports = pgTable(
  "reports",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    year: integer("year").notNull(),
    half: integer("half").notNull(),
    status: reportStatus("status").notNull().default("collecting"),
    version: integer("version").notNull().default(1),
    previousId: uuid("previous_id").references((): AnyPgColumn => reports.id),
    dueOn: date("due_on", { mode: "string" }).notNull(),
    /** SHA-256 of the compiled document under approval or approved; null while collecting. */
    documentHash: text("document_hash"),
    /** Who sent it for approval, and therefore may not approve it. */
    sentBy: uuid("sent_by").references(() => users.id),
    /** The step of approval that the whole is at. */
    stepId: uuid("step_id").references((): AnyPgColumn => routeSteps.id),
    round: integer("round").notNull().default(0),
    createdAt: at("created_at").notNull(),
  },
  (table) => [unique().on(table.jurisdictionId, table.slug)],
).enableRLS();

const reportId = () =>
  uuid("report_id")
    .notNull()
    .references(() => reports.id);

/** Where an item stands on its report's route (domain/route/course.ts). */
export const courseColumns = () => ({
  stepId: uuid("step_id").references((): AnyPgColumn => routeSteps.id),
  /** Counts arrivals at a step: a vote is for one round only. */
  round: integer("round").notNull().default(0),
  /** The move that may still be taken back: from the author, or from a step. */
  cameFrom: text("came_from"),
  /** The step that returned it, and whether it goes back there or takes the route again. */
  comebackStepId: uuid("comeback_step_id").references((): AnyPgColumn => routeSteps.id),
  comebackResumes: boolean("comeback_resumes"),
});

/** A node of the outline. Leaves have an owner, a text and a state; headings only print their title. */
export const sections = pgTable(
  "sections",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    reportId: reportId(),
    parentId: uuid("parent_id").references((): AnyPgColumn => sections.id),
    position: integer("position").notNull(),
    kind: sectionKind("kind").notNull(),
    title: text("title").notNull(),
    runOn: boolean("run_on").notNull().default(false),
    organId: uuid("organ_id")
      .notNull()
      .references(() => organs.id),
    status: sectionStatus("status").notNull().default("drafting"),
    version: integer("version").notNull().default(1),
    dueOn: date("due_on", { mode: "string" }).notNull(),
    /** The text before the reviewers now, and the one that counts as approved. */
    submittedRevisionId: uuid("submitted_revision_id").references((): AnyPgColumn => revisions.id),
    approvedRevisionId: uuid("approved_revision_id").references((): AnyPgColumn => revisions.id),
    /** Who signed the text before the reviewers; cleared when it goes back. */
    signedBy: uuid("signed_by").references(() => users.id),
    ...courseColumns(),
    /** A later day that the lead bureau has permitted (late_permits). */
    permittedUntil: date("permitted_until", { mode: "string" }),
    /** When it came to whoever holds it now. */
    movedAt: at("moved_at").notNull(),
    previousId: uuid("previous_id").references((): AnyPgColumn => sections.id),
  },
  (table) => [
    unique().on(table.reportId, table.parentId, table.position).nullsNotDistinct(),
    index().on(table.jurisdictionId, table.organId, table.status),
    index().on(table.jurisdictionId, table.status, table.dueOn),
    index().on(table.stepId),
    index().on(table.approvedRevisionId),
    index().on(table.previousId),
    // The state and the texts that it speaks of cannot contradict each other, whoever writes the row.
    check(
      "sections_submitted",
      sql`(submitted_revision_id is not null) = (status in ('signing', 'reviewing', 'approved'))`,
    ),
    check("sections_approved", sql`(approved_revision_id is not null) = (status = 'approved')`),
    check("sections_at_a_step", sql`(step_id is not null) = (status in ('signing', 'reviewing'))`),
  ],
).enableRLS();

const sectionId = () =>
  uuid("section_id")
    .notNull()
    .references(() => sections.id);

/** 要求: what the lead bureau asks of a leaf, and how long it may be (characters without spaces, as Word counts them). */
export const sectionBriefs = pgTable("section_briefs", {
  sectionId: sectionId().primaryKey(),
  jurisdictionId: jurisdictionId(),
  guidance: text("guidance").notNull(),
  lengthLimit: integer("length_limit"),
  version: integer("version").notNull().default(1),
  updatedLabel: text("updated_label").notNull(),
  updatedAt: at("updated_at").notNull(),
}).enableRLS();

/** The working copy: only its department sees it, and every save must name the version it was based on. */
export const drafts = pgTable("drafts", {
  sectionId: sectionId().primaryKey(),
  jurisdictionId: jurisdictionId(),
  organId: uuid("organ_id")
    .notNull()
    .references(() => organs.id),
  content: jsonb("content").$type<Content>().notNull(),
  version: integer("version").notNull().default(0),
  revisionCount: integer("revision_count").notNull().default(0),
  /** Everybody whose hand is in this text: none of them may decide on it. */
  writers: uuid("writers").array().notNull().default([]),
  updatedLabel: text("updated_label"),
  updatedAt: at("updated_at").notNull(),
}).enableRLS();

/** An immutable snapshot with who, when and why. "saved" stays in the department, "submitted" went on. */
export const revisions = pgTable(
  "revisions",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    sectionId: sectionId(),
    organId: uuid("organ_id")
      .notNull()
      .references(() => organs.id),
    number: integer("number").notNull(),
    kind: revisionKind("kind").notNull(),
    content: jsonb("content").$type<Content>().notNull(),
    writers: uuid("writers").array().notNull(),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    authorLabel: text("author_label").notNull(),
    /** Why it was cut, in the writer's words. */
    note: text("note"),
    /** The number of the older text that this one brings back. */
    restoredFrom: integer("restored_from"),
    createdAt: at("created_at").notNull(),
  },
  (table) => [unique().on(table.sectionId, table.number), index().on(table.organId)],
).enableRLS();

/** 程序: ordered steps. A running report keeps a copy of its own; one without a report is a template. */
export const routes = pgTable(
  "routes",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    reportId: uuid("report_id").references(() => reports.id),
    name: text("name").notNull(),
    /** A template that was replaced or is not offered any more. */
    archivedAt: at("archived_at"),
  },
  (table) => [unique().on(table.reportId)],
).enableRLS();

export const routeSteps = pgTable(
  "route_steps",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    routeId: uuid("route_id")
      .notNull()
      .references(() => routes.id),
    position: integer("position").notNull(),
    name: text("name").notNull(),
    action: stepAction("action").notNull(),
    role: role("role").notNull(),
    office: stepOffice("office").notNull(),
    mode: stepMode("mode").notNull().default("any"),
    /** How many must pass; only of a quorum. */
    quorum: integer("quorum"),
    /** Whether it may be left out for a department (step_skips). */
    skippable: boolean("skippable").notNull().default(false),
    dueOn: date("due_on", { mode: "string" }),
  },
  (table) => [
    unique().on(table.routeId, table.position),
    check("route_steps_quorum", sql`(mode = 'quorum') = (quorum is not null) and coalesce(quorum, 1) > 0`),
  ],
).enableRLS();
