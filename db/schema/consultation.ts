import { sql } from "drizzle-orm";
import { check, index, integer, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { DISPOSITIONS, REPLY_KINDS } from "../../domain/consultation/workflow";
import { at, id } from "./columns";
import { editions } from "./edition";
import { jurisdictionId, organs } from "./jurisdiction";
import { sections } from "./report";
import { users } from "./user";

export const replyKind = pgEnum("reply_kind", REPLY_KINDS);
export const disposition = pgEnum("disposition", DISPOSITIONS);

/** What a department answered to a 征求意见稿. Only `withdrawn_at` changes, and only before it is disposed of. */
export const consultationReplies = pgTable(
  "consultation_replies",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    editionId: uuid("edition_id")
      .notNull()
      .references(() => editions.id),
    organId: uuid("organ_id")
      .notNull()
      .references(() => organs.id),
    kind: replyKind("kind").notNull(),
    /** The block in the edition's document and the leaf that it came from; null for the whole. */
    blockId: text("block_id"),
    /** Where that stands in the edition's print, from 1 (domain/consultation/places.ts); 0 of the whole. */
    position: integer("position").notNull(),
    sectionId: uuid("section_id").references(() => sections.id),
    /** The words it is about, as they stand in the edition. */
    quote: text("quote"),
    text: text("text").notNull(),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    authorLabel: text("author_label").notNull(),
    createdAt: at("created_at").notNull(),
    withdrawnAt: at("withdrawn_at"),
  },
  (table) => [
    index().on(table.editionId, table.organId),
    index().on(table.sectionId),
    check("consultation_replies_none_is_of_the_whole", sql`kind = 'comment' or (block_id is null and quote is null)`),
  ],
).enableRLS();

/** What became of it, with the reason. Append-only: the latest counts. */
export const dispositions = pgTable(
  "dispositions",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    replyId: uuid("reply_id")
      .notNull()
      .references(() => consultationReplies.id),
    organId: uuid("organ_id")
      .notNull()
      .references(() => organs.id),
    disposition: disposition("disposition").notNull(),
    reason: text("reason").notNull(),
    decidedBy: uuid("decided_by")
      .notNull()
      .references(() => users.id),
    decidedLabel: text("decided_label").notNull(),
    decidedAt: at("decided_at").notNull(),
  },
  (table) => [index().on(table.replyId, table.decidedAt)],
).enableRLS();

/** 意见采纳情况表 given to everybody who was asked: from then on each of them reads what became of the others' comments. */
export const consultationPublications = pgTable("consultation_publications", {
  editionId: uuid("edition_id")
    .primaryKey()
    .references(() => editions.id),
  jurisdictionId: jurisdictionId(),
  publishedBy: uuid("published_by")
    .notNull()
    .references(() => users.id),
  publishedLabel: text("published_label").notNull(),
  publishedAt: at("published_at").notNull(),
}).enableRLS();
