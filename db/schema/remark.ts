import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { REMARK_KINDS, REMARK_OUTCOMES } from "../../domain/remark/workflow";
import { at, id } from "./columns";
import { jurisdictionId, organs, role } from "./jurisdiction";
import { revisions, sections } from "./report";
import { users } from "./user";

export const remarkKind = pgEnum("remark_kind", REMARK_KINDS);
export const remarkOutcome = pgEnum("remark_outcome", REMARK_OUTCOMES);

/**
 * A comment or a proposed wording, anchored to a range of one block as the block read then. The anchor is never rewritten:
 * where it stands in a later text is found anew from `block_text` (domain/remark/anchor.ts).
 */
export const remarks = pgTable(
  "remarks",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    sectionId: uuid("section_id")
      .notNull()
      .references(() => sections.id),
    /** The department that owns the leaf. */
    organId: uuid("organ_id")
      .notNull()
      .references(() => organs.id),
    kind: remarkKind("kind").notNull(),
    /** Stays in the department; the lead bureau does not see it. */
    internal: boolean("internal").notNull(),
    /** The text that it was made on; null for the working copy. */
    revisionId: uuid("revision_id").references(() => revisions.id),
    blockId: text("block_id").notNull(),
    blockText: text("block_text").notNull(),
    /** UTF-16 offsets into `block_text`; equal ones are a place between two characters. */
    from: integer("from").notNull(),
    to: integer("to").notNull(),
    text: text("text").notNull(),
    /** What is to stand in place of the range; null for a comment. */
    replacement: text("replacement"),
    mentions: role("mentions").array().notNull().default([]),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    authorLabel: text("author_label").notNull(),
    createdAt: at("created_at").notNull(),
    outcome: remarkOutcome("outcome"),
    settledBy: uuid("settled_by").references(() => users.id),
    settledLabel: text("settled_label"),
    settledAt: at("settled_at"),
  },
  (table) => [
    index().on(table.sectionId, table.createdAt),
    index().on(table.organId),
    check("remarks_suggestion", sql`(kind = 'suggestion') = (replacement is not null)`),
    check("remarks_range", sql`"from" >= 0 and "to" >= "from"`),
    check(
      "remarks_settled",
      sql`(outcome is null) = (settled_by is null) and (outcome is null) = (settled_label is null)
        and (outcome is null) = (settled_at is null)`,
    ),
    check("remarks_outcome", sql`outcome is null or (kind = 'comment') = (outcome = 'resolved')`),
  ],
).enableRLS();

/** What was answered, oldest first. */
export const remarkReplies = pgTable(
  "remark_replies",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    remarkId: uuid("remark_id")
      .notNull()
      .references(() => remarks.id),
    organId: uuid("organ_id")
      .notNull()
      .references(() => organs.id),
    text: text("text").notNull(),
    mentions: role("mentions").array().notNull().default([]),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    authorLabel: text("author_label").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [index().on(table.remarkId, table.createdAt)],
).enableRLS();
