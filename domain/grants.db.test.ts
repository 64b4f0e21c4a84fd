import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wholeCast, type Cast } from "../db/testing/cast";
import { testDatabase, type TestDatabase } from "../db/testing/database";
import { aDistrict, contextOf, type District } from "../db/testing/factories";
import { aStage } from "../db/testing/stage";
import { anIndicatorStage, castAround } from "../db/testing/indicator-stage";
import { drafts, evidence, figures, indicators, reports, sectionBriefs, sections } from "../db/schema";
import type { Actor } from "./kernel/actor";
import { transact } from "./kernel/context";

const APPEND_ONLY = [
  "revisions",
  "reviews",
  "review_reasons",
  "reason_answers",
  "late_permits",
  "reminders",
  "seats",
  "stale_approvals",
  "editions",
  "deliveries",
  "receipts",
  "edition_files",
  "export_requests",
  "export_parts",
  "audit_entries",
  "outbox",
  "figure_changes",
  "indicator_revisions",
  "frozen_figures",
  "waivers",
  "remark_replies",
  "dispositions",
  "consultation_publications",
];

/** Of these tables only some columns are ever changed; what a row is of, and what was given, stays. */
const CHANGEABLE: Record<string, readonly string[]> = {
  claims: ["membership_id", "label", "since", "until"],
  looks: ["revision_id", "indicator_revision_id", "earlier_revision_id", "earlier_indicator_revision_id", "at"],
  evidence: ["removed_at"],
  remarks: ["outcome", "settled_by", "settled_label", "settled_at"],
  section_briefs: ["guidance", "length_limit", "version", "updated_label", "updated_at"],
  figures: [
    "state",
    "value",
    "words",
    "reason",
    "source_department",
    "source_document",
    "source_date",
    "version",
    "author_label",
    "updated_at",
  ],
  indicators: [
    "position",
    "code",
    "official_name",
    "short_name",
    "aliases",
    "unit",
    "kind",
    "basis",
    "decimals",
    "organ_id",
    "confirm_organ_id",
    "status",
    "version",
    "submitted_revision_id",
    "approved_revision_id",
    "signed_by",
    "moved_at",
    "removed_at",
    "step_id",
    "round",
    "came_from",
    "comeback_step_id",
    "comeback_resumes",
    "permitted_until",
    "due_on",
  ],
  routes: ["archived_at"],
  // Of a webhook also the secret, which nobody can read: not even to set it to itself.
  webhooks: ["url", "enabled", "updated_label", "updated_at"],
  webhook_calls: ["attempts", "not_before", "failed_at"],
  mails: ["attempts", "not_before", "failed_at"],
  notice_settings: ["email", "locale", "quiet_from", "quiet_until", "updated_at"],
  route_steps: ["due_on"],
  timetables: ["sitting_on", "sitting_name", "version", "updated_label", "updated_at"],
  milestones: ["amount", "unit", "on"],
  consultation_replies: ["withdrawn_at"],
};

/** Tables that belong to no jurisdiction, and why. */
const WITHOUT_JURISDICTION: Record<string, string> = {
  jurisdictions: "is the list of them; its policy compares its own id",
  sign_in_failures: "counts logins as typed, before anybody knows whose they are; the application cannot touch it",
};

const DENIED = "42501";

describe("what the database itself forbids the application", () => {
  let database: TestDatabase;
  let district: District;
  let cast: Cast;
  let tables: string[];
  /** A district of its own, so that its rows do not count among the other's. */
  let quoting: District;

  beforeAll(async () => {
    database = await testDatabase();
    district = await aDistrict(database);
    cast = await wholeCast(district, await aDistrict(database));
    await aStage(district);
    quoting = await aDistrict(database);
    await anIndicatorStage(quoting);
    const rows = await database.owner.sql<{ name: string }[]>`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1`;
    tables = rows.map(({ name }) => name);
  });
  afterAll(() => database.close());

  it("guards every table by row-level security", async () => {
    const bare = await database.owner.sql`
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind = 'r' and not c.relrowsecurity`;
    expect(bare).toHaveLength(0);
    expect(tables.length).toBeGreaterThanOrEqual(26);
  });

  it("gives every table a jurisdiction, but for those that cannot have one", async () => {
    const rows = await database.owner.sql<{ name: string }[]>`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind = 'r' and not exists (
             select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'jurisdiction_id' and a.attnotnull)
       order by 1`;
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(WITHOUT_JURISDICTION).toSorted());
  });

  it("shows nothing in any table while nobody acts", async () => {
    for (const table of tables) {
      const rows = await rowsOf(table);
      expect(rows === "denied" ? 0 : rows, table).toBe(0);
    }
    const filled = [
      "reports",
      "sections",
      "drafts",
      "revisions",
      "reviews",
      "review_reasons",
      "editions",
      "deliveries",
      "audit_entries",
      "users",
      "memberships",
      "organs",
      "indicators",
      "figures",
      "figure_changes",
      "indicator_revisions",
      "frozen_figures",
      "waivers",
      "evidence",
      "section_briefs",
    ];
    for (const table of filled) {
      const [row] = await database.owner.sql`select count(*)::int as n from ${database.owner.sql(table)}`;
      expect(row?.n, `${table} has rows to hide`).toBeGreaterThan(0);
    }
  });

  it.each(APPEND_ONLY)("lets nobody change, remove or empty %s", async (table) => {
    for (const column of await columnsOf(table)) {
      await expect(as(district.bureau.lead, `update ${table} set "${column}" = "${column}"`), column).resolves.toBe(
        DENIED,
      );
    }
    await expect(as(district.bureau.lead, `delete from ${table}`)).resolves.toBe(DENIED);
    await expect(as(district.bureau.lead, `truncate ${table}`)).resolves.toBe(DENIED);
  });

  it.each(Object.keys(CHANGEABLE))("lets nobody remove a row of %s, or change what it is of", async (name) => {
    const changeable = CHANGEABLE[name] ?? [];
    for (const column of await columnsOf(name)) {
      const expected = changeable.includes(column) ? null : DENIED;
      const update = `update ${name} set "${column}" = "${column}"`;
      await expect(as(quoting.agriculture.drafter, update), column).resolves.toBe(expected);
    }
    for (const actor of [quoting.agriculture.drafter, quoting.bureau.lead]) {
      await expect(as(actor, `delete from ${name}`)).resolves.toBe(DENIED);
    }
  });

  it("lets a careless update of figures without a condition reach only what the person answers for", async () => {
    for (const { name, actor } of await castAround(quoting, district)) {
      const isHere = actor.jurisdictionId === quoting.jurisdictionId;
      const owns = isHere && actor.organId === quoting.organId.agriculture;
      const writes = owns && actor.role === "drafter";
      const confirms = isHere && actor.organId === quoting.organId.commerce && actor.role === "signer";
      const leads = isHere && (actor.role === "lead" || actor.role === "approver");
      expect(await figuresReached(actor), name).toEqual({
        indicators: leads || confirms || writes || (owns && actor.role === "signer") ? 1 : 0,
        figures: writes ? 7 : 0,
        // The other district's drafter has an attachment of their own.
        evidence: writes || actor.organId === district.organId.agriculture ? Number(actor.role === "drafter") : 0,
      });
    }
  });

  it("lets nobody empty or remove any table, or add a column to it", async () => {
    for (const table of tables) {
      await expect(as(district.centre.sysadmin, `truncate ${table} cascade`), table).resolves.toBe(DENIED);
      await expect(as(district.centre.sysadmin, `drop table ${table} cascade`), table).resolves.toBe(DENIED);
      await expect(
        as(district.centre.sysadmin, `alter table ${table} disable row level security`),
        table,
      ).resolves.toBe(DENIED);
    }
    await expect(as(district.centre.sysadmin, "create table own (id int)")).resolves.toBe(DENIED);
    await expect(as(district.centre.sysadmin, "set role postgres")).resolves.toBe(DENIED);
  });

  it.each(["app", "worker"] as const)(
    "connects the %s as a login that owns nothing and cannot pass by the policies",
    async (which) => {
      const { sql: query } = database[which];
      const [login] = await query`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = current_user`;
      expect(login).toEqual({
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
      });
      const owned = await query`select relname from pg_class where pg_has_role(current_user, relowner, 'member')`;
      expect(owned).toHaveLength(0);
      const mightyGroups = await query`
      select rolname from pg_roles where (rolsuper or rolbypassrls) and pg_has_role(current_user, oid, 'member')`;
      expect(mightyGroups).toHaveLength(0);
    },
  );

  it("hides password and session hashes even from the administrators", async () => {
    for (const actor of [district.centre.sysadmin, district.centre.secadmin]) {
      await expect(as(actor, "select password_hash from users")).resolves.toBe(DENIED);
      await expect(as(actor, "select * from users")).resolves.toBe(DENIED);
      await expect(as(actor, "select token_hash from sessions")).resolves.toBe(DENIED);
      await expect(as(actor, "select * from sign_in_failures")).resolves.toBe(DENIED);
      await expect(as(actor, "select id, login from users")).resolves.toBeNull();
    }
  });

  it("offers the application its own functions and no other", async () => {
    const rows = await database.app.sql<{ name: string }[]>`
      select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname = 'public' and has_function_privilege(current_user, p.oid, 'execute') order by 1`;
    expect(rows.map(({ name }) => name)).not.toContain("enqueue_event");
    expect(rows.map(({ name }) => name).filter((name) => name.startsWith("signal_"))).toEqual([]);
    const worker = await database.worker.sql`
      select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname = 'public' and has_function_privilege(current_user, p.oid, 'execute')
         and p.prorettype <> 'trigger'::regtype`;
    expect(worker.map(({ proname }) => proname).toSorted()).toEqual([
      "add_reminders",
      "days_owed",
      "delivered_to",
      "digest_lines",
      "edition_attachment",
      "edition_posts",
      "is_held",
      "mail_readers",
      "mail_wanted",
      "notice_facts",
      "seats_of",
    ]);
    await expect(as(district.bureau.lead, "select graphile_worker.add_job('deliver-event')")).resolves.toBe(DENIED);
  });

  it("lets a careless update without a condition reach only what the person answers for", async () => {
    for (const { name, actor } of cast) {
      const isHere = actor.jurisdictionId === district.jurisdictionId;
      const leads = isHere && (actor.role === "lead" || actor.role === "approver");
      const owns = isHere && actor.organId === district.organId.agriculture;
      const [leaves, heads] = [2, 2];
      expect(await reached(actor), name).toEqual({
        drafts: owns && actor.role === "drafter" ? leaves : 0,
        sections: leads ? leaves + heads : owns ? leaves : isHere && isOfBureau(actor) ? heads : 0,
        reports: leads ? 2 : 0,
        briefs: isHere && actor.role === "lead" ? 1 : 0,
        attachments: owns && actor.role === "drafter" ? 1 : 0,
      });
    }
  });

  const reached = async (actor: Actor) =>
    transact(contextOf(database, actor), async (tx) => ({
      drafts: (await tx.update(drafts).set({ version: sql`version` })).count,
      sections: (await tx.update(sections).set({ version: sql`version` })).count,
      reports: (await tx.update(reports).set({ version: sql`version` })).count,
      briefs: (await tx.update(sectionBriefs).set({ version: sql`version` })).count,
      attachments: (await tx.update(evidence).set({ removedAt: null })).count,
    }));

  const figuresReached = async (actor: Actor) =>
    transact(contextOf(database, actor), async (tx) => ({
      indicators: (await tx.update(indicators).set({ version: sql`version` })).count,
      figures: (await tx.update(figures).set({ version: sql`version` })).count,
      evidence: (await tx.update(evidence).set({ removedAt: null })).count,
    }));

  /** The part heading belongs to the lead bureau. */
  const isOfBureau = (actor: Actor) => actor.organId === district.organId.bureau;

  async function columnsOf(table: string): Promise<string[]> {
    const rows = await database.owner.sql<{ name: string }[]>`
      select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`;
    expect(rows.length).toBeGreaterThan(2);
    return rows.map(({ name }) => name);
  }

  async function rowsOf(table: string): Promise<number | "denied"> {
    try {
      const [row] = await database.app.sql.unsafe(`select count(*)::int as n from ${table}`);
      return Number(row?.n);
    } catch (error) {
      if (codeOf(error) === DENIED) return "denied";
      throw error;
    }
  }

  /** The SQLSTATE that the statement ends in, or null when the database lets it through. */
  async function as(actor: Actor, statement: string): Promise<string | null> {
    try {
      await transact(contextOf(database, actor), async (tx) => tx.execute(sql.raw(statement)));
      return null;
    } catch (error) {
      return codeOf(error) ?? "?";
    }
  }
});

function codeOf(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return undefined;
}
