import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { eq, sql } from "drizzle-orm";
import { deliverEdition, sealEdition } from "../../domain/edition/mutations";
import type { Actor } from "../../domain/kernel/actor";
import { transact, type Context } from "../../domain/kernel/context";
import type { Role } from "../../domain/kernel/roles";
import { answerReason } from "../../domain/review/answers";
import { readReasons } from "../../domain/review/read-reasons";
import { approveReport, sendForApproval } from "../../domain/report/mutations";
import { openReport, rollForward } from "../../domain/report/open";
import { figuresBefore } from "../../domain/section/bindings";
import type { Content } from "../../domain/section/content";
import { passSection, returnSection, signSection } from "../../domain/section/decisions";
import { saveSection, submitSection } from "../../domain/section/mutations";
import { isHeading } from "../../domain/section/workflow";
import { addWorkingDays } from "../../domain/kernel/working-days";
import { arrangeTimetable } from "../../domain/timetable/mutations";
import { hashPassword } from "../../domain/user/password";
import { openDatabase, type Database } from "../client";
import { jurisdictions, memberships, organs, reports, sections, users } from "../schema";
import { DEMO_PASSWORD, demoPeople } from "./accounts";
import { answerDraft, type Updated } from "./answers";
import { demoClock, daysFromToday } from "./calendar";
import { DEMO_OFFICES, LEAD_OFFICE } from "./offices";
import { DEMO_REPORT, readDemoOutline, type DemoSection } from "./outline";
import { bindFigures } from "./bind";
import { readDemoTable, type DemoRow } from "./indicators";
import { takeIndicator } from "./take-indicator";
import { NEXT_FIGURES, NEXT_PERIOD, type Stop } from "./next-period";

export { demoAccounts } from "./accounts";

/**
 * Loads the demonstration: the district, its offices and accounts; the real 2024-H1 report taken through the whole
 * route by the domain's own mutations; and 2025-H1, rolled forward and open. Does nothing when it is already whole.
 */
export async function loadDemo(ownerUrl: string, urls: { appUrl: string; origin?: string }): Promise<void> {
  const owner = openDatabase(ownerUrl, { max: 1, name: "huibao-demo" });
  const app = openDatabase(urls.appUrl, { max: 8, name: "huibao-demo" });
  try {
    if (await isWhole(owner.db)) return;
    await clear(owner.db);
    const actors = await loadPeople(owner.db);
    const table = readDemoTable(source("2024-h1.indicators.csv"));
    const outline = bindFigures(readDemoOutline(source("2024-h1.clean.md")), table);
    const origin = urls.origin ? new URL(urls.origin).origin : null;
    const stage = { db: app.db, actors, outline, table, origin };
    const first = await playFirstPeriod(stage);
    await setDueDates(owner.db, await playNextPeriod(stage, first));
    await markWhole(owner.db);
  } finally {
    await Promise.all([app.close(), owner.close()]);
  }
}

type Stage = {
  db: Database;
  actors: Map<string, Actor>;
  outline: DemoSection[];
  table: DemoRow[];
  /** Where the codes of its editions can be verified. */
  origin: string | null;
};

const source = (name: string) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), "utf8");

/** Said on the database once everything is in, so that a load that was cut off is told from a whole one. */
const WHOLE = "huibao demonstration";

async function isWhole(db: Database): Promise<boolean> {
  const [row] = await db.execute<{ mark: string | null }>(sql`
    select shobj_description(oid, 'pg_database') as mark from pg_database where datname = current_database()`);
  return row?.mark === WHOLE;
}

/** A load that was cut off begins anew: nobody can have worked in it, since the address is printed afterwards. */
async function clear(db: Database): Promise<void> {
  await db.execute(sql`truncate ${jurisdictions} cascade`);
}

async function markWhole(db: Database): Promise<void> {
  await db.execute(
    sql`do $$ begin execute format('comment on database %I is %L', current_database(), ${sql.raw(`'${WHOLE}'`)}); end $$`,
  );
}

async function loadPeople(db: Database): Promise<Map<string, Actor>> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  return db.transaction(async (tx) => {
    const { code, name } = DEMO_REPORT.jurisdiction;
    await tx.insert(jurisdictions).values({ code, name }).onConflictDoNothing();
    const [district] = await tx.select().from(jurisdictions).where(eq(jurisdictions.code, code));
    if (!district) throw new Error("the district was not written");
    const jurisdictionId = district.id;
    await tx
      .insert(organs)
      .values(
        DEMO_OFFICES.map((office) => ({
          jurisdictionId,
          code: office.code,
          name: office.name,
          shortName: office.short,
          kind: office.kind,
        })),
      )
      .onConflictDoNothing();
    const offices = new Map((await tx.select().from(organs)).map((organ) => [organ.code, organ]));
    const actors = new Map<string, Actor>();
    for (const person of demoPeople()) {
      const organ = offices.get(person.office);
      if (!organ) throw new Error(`no office ${person.office}`);
      await tx
        .insert(users)
        .values({ jurisdictionId, login: person.login, name: person.name, passwordHash })
        .onConflictDoNothing();
      const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.login, person.login));
      if (!user) throw new Error(`no account ${person.login}`);
      for (const post of person.posts) {
        await tx
          .insert(memberships)
          .values({ jurisdictionId, userId: user.id, organId: organ.id, role: post })
          .onConflictDoNothing();
      }
      const held = await tx.select().from(memberships).where(eq(memberships.userId, user.id));
      for (const membership of held) {
        // Of two in one post, the first is who has written the demonstration.
        if (actors.has(postOf(person.office, membership.role))) continue;
        actors.set(postOf(person.office, membership.role), {
          userId: user.id,
          membershipId: membership.id,
          seatId: membership.id,
          organId: organ.id,
          organKind: organ.kind,
          jurisdictionId,
          role: membership.role,
          label: person.name,
        });
      }
    }
    return actors;
  });
}

const postOf = (office: string, role: Role) => `${office}:${role}`;

function as(stage: Stage, office: string, role: Role, now: Context["now"]): Context {
  const actor = stage.actors.get(postOf(office, role));
  if (!actor) throw new Error(`nobody is ${role} in ${office}`);
  return { actor, db: stage.db, now };
}

const castOf =
  (stage: Stage, now: Context["now"]) =>
  (office: string, role: Role): Context =>
    as(stage, role === "lead" ? LEAD_OFFICE : office, role, now);

/** 2024年上半年, from the departments' desks in July to the committee in August. */
async function playFirstPeriod(stage: Stage): Promise<string> {
  const july = demoClock("2024-07-08T09:00:00+08:00");
  const lead = as(stage, LEAD_OFFICE, "lead", july);
  const reportId = await openReport(
    lead,
    { slug: DEMO_REPORT.slug, name: DEMO_REPORT.name, year: 2024, half: 1, dueOn: "2024-07-19" },
    stage.outline.map(({ key, parent, position, kind, title, runOn, office }) => ({
      key,
      parent,
      position,
      kind,
      title,
      runOn,
      organId: as(stage, office, "drafter", july).actor.organId,
      previousId: null,
    })),
    stage.table.map(({ owner, confirmer, figures: _, completionReason: __, ...entry }) => ({
      ...entry,
      aliases: [...entry.aliases],
      organId: as(stage, owner, "drafter", july).actor.organId,
      confirmOrganId: confirmer === null ? null : as(stage, confirmer, "signer", july).actor.organId,
    })),
  );
  await arrangeTimetable(lead, {
    reportId,
    version: 0,
    sittingOn: DEMO_REPORT.sittingOn,
    sittingName: DEMO_REPORT.sittingName,
    milestones: [],
  });
  for (const row of stage.table) await takeIndicator(castOf(stage, july), reportId, row, "approved");
  const ids = await leafIds(stage, reportId);
  await inParallel(leavesOf(stage.outline), 6, async (leaf) => {
    const content = AFTER_CONSULTATION.has(leaf.key) ? withoutLastSentence(leaf.content) : leaf.content;
    await take(stage, ids, leaf.key, leaf.office, content, july, "approved");
  });
  await consult(stage, reportId, ids);
  const august = demoClock("2024-08-05T09:00:00+08:00");
  const approver = as(stage, "qzfb", "approver", august);
  await sealEdition({ ...lead, now: august }, { reportId, version: 2, kind: "review" }, stage);
  await sendForApproval({ ...lead, now: august }, { reportId, version: 3 });
  const [sent] = await stage.db.transaction(async (tx) => {
    await tx.execute(
      sql`select set_actor(${approver.actor.userId}, ${approver.actor.membershipId}, ${approver.actor.organId}, ${approver.actor.jurisdictionId}, 'approver')`,
    );
    return tx.select().from(reports).where(eq(reports.id, reportId));
  });
  await approveReport(approver, { reportId, version: 4, documentHash: sent?.documentHash ?? "" });
  const edition = await sealEdition({ ...lead, now: august }, { reportId, version: 5, kind: "meeting" }, stage);
  await deliverEdition({ ...lead, now: august }, { editionId: edition.id });
  return reportId;
}

/** The leaves whose last sentence came in only after the departments had the 征求意见稿 before them. */
const AFTER_CONSULTATION: ReadonlySet<string> = new Set(["1.5.4", "1.8.1"]);

/** 征求意见 in July: the draft goes to all departments; two of them then bring their own texts up to date. */
async function consult(stage: Stage, reportId: string, ids: Map<string, string>): Promise<void> {
  const sealed = as(stage, LEAD_OFFICE, "lead", demoClock("2024-07-22T09:00:00+08:00"));
  const edition = await sealEdition(sealed, { reportId, version: 1, kind: "consultation" }, stage);
  await deliverEdition(sealed, { editionId: edition.id, answerBy: "2024-07-26" });
  const now = demoClock("2024-07-29T09:00:00+08:00");
  const lead = as(stage, LEAD_OFFICE, "lead", now);
  const updated: Updated[] = [];
  for (const leaf of stage.outline) {
    if (!AFTER_CONSULTATION.has(leaf.key) || !leaf.content) continue;
    const sectionId = ids.get(leaf.key) ?? "";
    const blockId = leaf.content.content[0]?.attrs.id ?? "";
    updated.push({ office: leaf.office, blockId });
    await returnSection(lead, { sectionId, version: 4, reasons: [{ blockId, text: "征求意见后请补充最新情况。" }] });
    const drafter = as(stage, leaf.office, "drafter", now);
    await saveSection(drafter, { sectionId, version: 1, content: leaf.content, keep: true });
    for (const reason of await transact(drafter, (tx) => readReasons(tx, sectionId))) {
      if (reason.isOpen) await answerReason(drafter, { reasonId: reason.id, answer: "changed", text: "" });
    }
    await submitSection(drafter, { sectionId, version: 5, draftVersion: 2 });
    await signSection(as(stage, leaf.office, "signer", now), { sectionId, version: 6 });
    await passSection(lead, { sectionId, version: 7, ...(await figuresSeen(lead, sectionId)) });
  }
  await answerDraft((office, role, then) => as(stage, office, role, then), edition.id, updated);
}

function withoutLastSentence(content: Content | null): Content | null {
  const [block, ...others] = content?.content ?? [];
  const last = block?.type === "paragraph" ? block.content?.at(-1) : undefined;
  if (!block || block.type !== "paragraph" || last?.type !== "text" || others.length > 0)
    throw new Error("the text has no last sentence to leave out");
  const text = last.text.slice(0, last.text.lastIndexOf("。", last.text.length - 2) + 1);
  return { type: "doc", content: [{ ...block, content: [...(block.content ?? []).slice(0, -1), { ...last, text }] }] };
}

/** 2025年上半年: rolled forward, open, and at a different point in every office. */
async function playNextPeriod(stage: Stage, fromReportId: string): Promise<Map<string, string>> {
  const now = () => new Date();
  const reportId = await rollForward(as(stage, LEAD_OFFICE, "lead", now), {
    fromReportId,
    slug: DEMO_REPORT.nextSlug,
    name: DEMO_REPORT.name.replace("2024年", "2025年"),
    year: 2025,
    half: 1,
    dueOn: daysFromToday(12),
    // As far after the departments' day as the usual timetable has it.
    sittingOn: addWorkingDays(daysFromToday(12), 30),
  });
  const ids = await leafIds(stage, reportId);
  for (const { code, until, reason } of NEXT_FIGURES) {
    const row = stage.table.find((one) => one.code === code);
    if (!row) throw new Error(`no indicator ${code}`);
    await takeIndicator(castOf(stage, now), reportId, row, until, reason);
  }
  const offices = new Map(stage.outline.map((node) => [node.key, node]));
  await inParallel(NEXT_PERIOD, 4, async (leaf) => {
    const node = offices.get(leaf.key);
    if (!node?.content) throw new Error(`no leaf ${leaf.key} in the outline`);
    await take(stage, ids, leaf.key, node.office, aYearOn(node.content), now, leaf.until, leaf.reason);
  });
  return ids;
}

function aYearOn(content: Content): Content {
  return JSON.parse(JSON.stringify(content).replaceAll("2024年", "2025年").replaceAll("2023年", "2024年")) as Content;
}

/** Dates count from the day of the first start, so that some leaves are late and some due soon whenever that is. */
async function setDueDates(db: Database, ids: Map<string, string>): Promise<void> {
  for (const { key, due } of NEXT_PERIOD) {
    await db
      .update(sections)
      .set({ dueOn: daysFromToday(due) })
      .where(eq(sections.id, ids.get(key) ?? ""));
  }
}

/** Takes one leaf along the route as far as `until`, every step by the office whose step it is. */
async function take(
  stage: Stage,
  ids: Map<string, string>,
  leaf: string,
  office: string,
  content: Content | null,
  now: Context["now"],
  until: Stop,
  reason?: string,
): Promise<void> {
  const sectionId = ids.get(leaf);
  if (!sectionId || !content) throw new Error(`the leaf ${leaf} has no place or no text`);
  const drafter = as(stage, office, "drafter", now);
  await saveSection(drafter, { sectionId, version: 0, content, keep: until !== "drafting" });
  if (until === "drafting") return;
  await submitSection(drafter, { sectionId, version: 1, draftVersion: 1 });
  if (until === "signing") return;
  await signSection(as(stage, office, "signer", now), { sectionId, version: 2 });
  if (until === "reviewing") return;
  const lead = as(stage, LEAD_OFFICE, "lead", now);
  if (until === "approved")
    return passSection(lead, { sectionId, version: 3, ...(await figuresSeen(lead, sectionId)) });
  const blockId = content.content[0]?.attrs.id ?? "";
  await returnSection(lead, { sectionId, version: 3, reasons: [{ blockId, text: reason ?? "" }] });
}

/** What the lead bureau has before it when it passes a text: the page sends it along. */
async function figuresSeen(lead: Context, sectionId: string): Promise<{ figures?: string }> {
  const seen = await transact(lead, (tx) => figuresBefore(tx, lead, sectionId));
  return seen === null ? {} : { figures: seen };
}

const leavesOf = (outline: readonly DemoSection[]) => outline.filter((node) => !isHeading(node.kind));

/** Outline keys to section ids: the two walk in the same order. */
async function leafIds(stage: Stage, reportId: string): Promise<Map<string, string>> {
  const { actor } = as(stage, LEAD_OFFICE, "lead", () => new Date());
  const rows = await stage.db.transaction(async (tx) => {
    await tx.execute(
      sql`select set_actor(${actor.userId}, ${actor.membershipId}, ${actor.organId}, ${actor.jurisdictionId}, 'lead')`,
    );
    return tx.select().from(sections).where(eq(sections.reportId, reportId));
  });
  const ids = new Map<string, string>();
  for (const node of stage.outline) {
    const parent = node.parent === null ? null : ids.get(node.parent);
    const row = rows.find((one) => one.parentId === parent && one.position === node.position);
    if (row) ids.set(node.key, row.id);
  }
  return ids;
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const hand = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, hand));
}
