import { sql } from "drizzle-orm";
import { check, index, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { VERDICTS } from "../../domain/report/workflow";
import { at, id } from "./columns";
import { figureField, indicatorRevisions, indicators } from "./indicator";
import { jurisdictionId, organs } from "./jurisdiction";
import { reports, revisions, sections } from "./report";
import { memberships, users } from "./user";

export const verdict = pgEnum("verdict", VERDICTS);

/** A verdict, pinned to what it judged: a leaf's revision, an indicator's row, or the compiled whole by its hash. */
export const reviews = pgTable(
  "reviews",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    reportId: uuid("report_id")
      .notNull()
      .references(() => reports.id),
    sectionId: uuid("section_id").references(() => sections.id),
    organId: uuid("organ_id").references(() => organs.id),
    revisionId: uuid("revision_id").references(() => revisions.id),
    indicatorId: uuid("indicator_id").references(() => indicators.id),
    indicatorRevisionId: uuid("indicator_revision_id").references(() => indicatorRevisions.id),
    documentHash: text("document_hash"),
    verdict: verdict("verdict").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    membershipId: uuid("membership_id")
      .notNull()
      .references(() => memberships.id),
    actorLabel: text("actor_label").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [
    index().on(table.sectionId, table.createdAt),
    index().on(table.indicatorId, table.createdAt),
    index().on(table.reportId, table.createdAt),
  ],
).enableRLS();

/** Why it came back, tied to a paragraph by its block id or to a cell by its field, quoting it as it stood. */
export const reviewReasons = pgTable(
  "review_reasons",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    reviewId: uuid("review_id")
      .notNull()
      .references(() => reviews.id),
    sectionId: uuid("section_id").references(() => sections.id),
    indicatorId: uuid("indicator_id").references(() => indicators.id),
    organId: uuid("organ_id")
      .notNull()
      .references(() => organs.id),
    blockId: text("block_id"),
    field: figureField("field"),
    quote: text("quote").notNull(),
    text: text("text").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [
    index().on(table.reviewId),
    index().on(table.sectionId, table.createdAt),
    index().on(table.indicatorId, table.createdAt),
    check(
      "review_reasons_one_target",
      sql`(section_id is not null and block_id is not null and indicator_id is null and field is null)
        or (section_id is null and block_id is null and indicator_id is not null and field is not null)`,
    ),
  ],
).enableRLS();
