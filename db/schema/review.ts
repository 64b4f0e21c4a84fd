import { sql } from "drizzle-orm";
import { check, index, integer, pgEnum, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { VERDICTS } from "../../domain/report/workflow";
import { REASON_ANSWERS, REASON_KINDS, REASON_SEVERITIES } from "../../domain/review/workflow";
import { SEAT_KINDS } from "../../domain/route/workflow";
import { at, id } from "./columns";
import { figureField, indicatorRevisions, indicators } from "./indicator";
import { jurisdictionId, organs } from "./jurisdiction";
import { reports, revisions, routeSteps, sections } from "./report";
import { memberships, users } from "./user";

export const verdict = pgEnum("verdict", VERDICTS);
export const reasonKind = pgEnum("reason_kind", REASON_KINDS);
export const reasonSeverity = pgEnum("reason_severity", REASON_SEVERITIES);
export const reasonAnswer = pgEnum("reason_answer", REASON_ANSWERS);
export const seatKind = pgEnum("seat_kind", SEAT_KINDS);

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
    /** At which step and in which of its rounds, and whose seat it was: the post itself, also when another acts for it. */
    stepId: uuid("step_id").references(() => routeSteps.id),
    round: integer("round"),
    seatId: uuid("seat_id").references(() => memberships.id),
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
    /** The range within the paragraph; null for the whole of it. */
    rangeFrom: integer("range_from"),
    rangeTo: integer("range_to"),
    kind: reasonKind("kind").notNull().default("other"),
    severity: reasonSeverity("severity").notNull().default("must"),
    text: text("text").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [
    index().on(table.reviewId),
    check(
      "review_reasons_range",
      sql`(range_from is null) = (range_to is null) and (range_from is null or (block_id is not null and range_from >= 0 and range_from < range_to))`,
    ),
    index().on(table.sectionId, table.createdAt),
    index().on(table.indicatorId, table.createdAt),
    check(
      "review_reasons_one_target",
      sql`(section_id is not null and block_id is not null and indicator_id is null and field is null)
        or (section_id is null and block_id is null and indicator_id is not null and field is not null)`,
    ),
  ],
).enableRLS();

/** What the department says to a reason: 改了, or 不改，因为…. The latest one counts. */
export const reasonAnswers = pgTable(
  "reason_answers",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    reasonId: uuid("reason_id")
      .notNull()
      .references(() => reviewReasons.id),
    organId: uuid("organ_id")
      .notNull()
      .references(() => organs.id),
    answer: reasonAnswer("answer").notNull(),
    text: text("text").notNull(),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    authorLabel: text("author_label").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [
    index().on(table.reasonId, table.createdAt),
    check("reason_answers_because", sql`answer = 'changed' or length(text) > 0`),
  ],
).enableRLS();

/**
 * Who sits at a step besides, or instead of, everybody of its role: named by the route (for all items, or those of one
 * department), added for one item, or taking over one item from another seat.
 */
export const seats = pgTable(
  "seats",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    stepId: uuid("step_id")
      .notNull()
      .references(() => routeSteps.id),
    kind: seatKind("kind").notNull(),
    organId: uuid("organ_id").references(() => organs.id),
    sectionId: uuid("section_id").references(() => sections.id),
    indicatorId: uuid("indicator_id").references(() => indicators.id),
    membershipId: uuid("membership_id")
      .notNull()
      .references(() => memberships.id),
    /** Whose seat was handed over. */
    fromId: uuid("from_id").references(() => memberships.id),
    reason: text("reason"),
    authorLabel: text("author_label").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [
    unique("seats_once")
      .on(table.stepId, table.organId, table.sectionId, table.indicatorId, table.membershipId, table.fromId)
      .nullsNotDistinct(),
    index().on(table.membershipId),
    index().on(table.sectionId),
    index().on(table.indicatorId),
    check("seats_of_a_route_or_an_item", sql`(kind = 'named') = (section_id is null and indicator_id is null)`),
    check("seats_one_item", sql`section_id is null or indicator_id is null`),
    check("seats_handed", sql`(kind = 'handed') = (from_id is not null)`),
  ],
).enableRLS();

/** A step that one department's items do not take. */
export const stepSkips = pgTable(
  "step_skips",
  {
    stepId: uuid("step_id")
      .notNull()
      .references(() => routeSteps.id),
    organId: uuid("organ_id")
      .notNull()
      .references(() => organs.id),
    jurisdictionId: jurisdictionId(),
    reason: text("reason").notNull(),
    authorLabel: text("author_label").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.stepId, table.organId] })],
).enableRLS();

/** 正在审核: who is reading a text to decide on it, until when. A courtesy, never a lock. */
export const claims = pgTable("claims", {
  sectionId: uuid("section_id")
    .primaryKey()
    .references(() => sections.id),
  jurisdictionId: jurisdictionId(),
  membershipId: uuid("membership_id")
    .notNull()
    .references(() => memberships.id),
  label: text("label").notNull(),
  since: at("since").notNull(),
  until: at("until").notNull(),
}).enableRLS();

/**
 * The text or row that a person had before them last: what has changed since is counted from it. `earlier` is the one
 * before it, so that looking again does not take the comparison away. Their own alone.
 */
export const looks = pgTable(
  "looks",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    sectionId: uuid("section_id").references(() => sections.id),
    indicatorId: uuid("indicator_id").references(() => indicators.id),
    revisionId: uuid("revision_id").references(() => revisions.id),
    indicatorRevisionId: uuid("indicator_revision_id").references(() => indicatorRevisions.id),
    earlierRevisionId: uuid("earlier_revision_id").references(() => revisions.id),
    earlierIndicatorRevisionId: uuid("earlier_indicator_revision_id").references(() => indicatorRevisions.id),
    at: at("at").notNull(),
  },
  (table) => [
    unique("looks_section").on(table.userId, table.sectionId),
    unique("looks_indicator").on(table.userId, table.indicatorId),
    check(
      "looks_one_target",
      sql`(section_id is null) = (revision_id is null) and (indicator_id is null) = (indicator_revision_id is null)
        and (section_id is null) <> (indicator_id is null)`,
    ),
  ],
).enableRLS();

/** An approved text or row whose department has gone on working on it: the approval is of an older one. */
export const staleApprovals = pgTable(
  "stale_approvals",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    organId: uuid("organ_id")
      .notNull()
      .references(() => organs.id),
    sectionId: uuid("section_id").references(() => sections.id),
    indicatorId: uuid("indicator_id").references(() => indicators.id),
    revisionId: uuid("revision_id")
      .unique()
      .references(() => revisions.id),
    indicatorRevisionId: uuid("indicator_revision_id")
      .unique()
      .references(() => indicatorRevisions.id),
    authorLabel: text("author_label").notNull(),
    since: at("since").notNull(),
  },
  (table) => [
    index().on(table.sectionId),
    index().on(table.indicatorId),
    check(
      "stale_approvals_one_target",
      sql`(section_id is null) = (revision_id is null) and (indicator_id is null) = (indicator_revision_id is null)
        and (section_id is null) <> (indicator_id is null)`,
    ),
  ],
).enableRLS();
