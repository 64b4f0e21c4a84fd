import { sql } from "drizzle-orm";
import { type AnyPgColumn, bigserial, check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { at, id } from "./columns";
import { jurisdictionId, organs, role } from "./jurisdiction";

export const users = pgTable(
  "users",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    login: text("login").notNull().unique(),
    name: text("name").notNull(),
    /** argon2id; the application role cannot select it, only sign_in_account() reads it. */
    passwordHash: text("password_hash").notNull(),
    disabledAt: at("disabled_at"),
    createdAt: at("created_at").notNull().defaultNow(),
  },
  (table) => [index().on(table.jurisdictionId, table.login)],
).enableRLS();

export const memberships = pgTable(
  "memberships",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    organId: uuid("organ_id")
      .notNull()
      .references(() => organs.id),
    role: role("role").notNull(),
    /** 代办: whose post this is for a while, and from when until when (end exclusive). */
    actingFor: uuid("acting_for").references((): AnyPgColumn => memberships.id),
    startsAt: at("starts_at"),
    endsAt: at("ends_at"),
    endedAt: at("ended_at"),
    createdAt: at("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("memberships_active")
      .on(table.userId, table.organId, table.role)
      .where(sql`ended_at is null and acting_for is null`),
    index().on(table.actingFor),
    check(
      "memberships_acting",
      sql`(acting_for is not null) = (starts_at is not null) and (acting_for is not null) = (ends_at is not null)`,
    ),
    index().on(table.jurisdictionId, table.organId, table.role),
  ],
).enableRLS();

/** One live sign-in. The cookie carries a random token; only its SHA-256 is kept. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    jurisdictionId: jurisdictionId(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    membershipId: uuid("membership_id")
      .notNull()
      .references(() => memberships.id),
    tokenHash: text("token_hash").notNull().unique(),
    createdAt: at("created_at").notNull().defaultNow(),
    seenAt: at("seen_at").notNull().defaultNow(),
    expiresAt: at("expires_at").notNull(),
  },
  (table) => [index().on(table.userId)],
).enableRLS();

/** Failed attempts by login as typed, whether or not it exists; so it cannot belong to a jurisdiction. */
export const signInFailures = pgTable(
  "sign_in_failures",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    loginKey: text("login_key").notNull(),
    at: at("at").notNull().defaultNow(),
  },
  (table) => [index().on(table.loginKey, table.at)],
).enableRLS();
