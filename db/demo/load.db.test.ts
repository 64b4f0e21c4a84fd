import { readFileSync } from "node:fs";
import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalJson, sha256Hex } from "../../domain/kernel/canonical-json";
import { type Context, transact } from "../../domain/kernel/context";
import type { Role } from "../../domain/kernel/roles";
import { compileReport } from "../../domain/report/compile-report";
import { openReport } from "../../domain/report/open";
import type { Content } from "../../domain/section/content";
import { figuresBefore } from "../../domain/section/bindings";
import { passSection, returnSection, signSection } from "../../domain/section/decisions";
import { saveSection, submitSection } from "../../domain/section/mutations";
import { isHeading } from "../../domain/section/workflow";
import { signIn } from "../../domain/user/session";
import { toMarkdown } from "../../render/text/to-markdown";
import {
  auditEntries,
  deliveries,
  editions,
  memberships,
  organs,
  reports,
  reviews,
  revisions,
  sections,
  users,
} from "../schema";
import { testDatabase, type TestDatabase } from "../testing/database";
import { answerAll } from "../testing/answers";
import { contextOf } from "../testing/factories";
import { demoAccounts } from "./accounts";
import { daysFromToday } from "./calendar";
import { bindFigures } from "./bind";
import { readDemoTable } from "./indicators";
import { loadDemo } from "./load";
import { NEXT_PERIOD } from "./next-period";
import { LEAD_OFFICE } from "./offices";
import { DEMO_REPORT, readDemoOutline } from "./outline";
import { takeIndicator } from "./take-indicator";

const printed = readFileSync(new URL("./2024-h1.clean.md", import.meta.url), "utf8");
const figures = readFileSync(new URL("./2024-h1.indicators.csv", import.meta.url), "utf8");
const table = readDemoTable(figures);
const outline = bindFigures(readDemoOutline(printed), table);

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await loadDemo(database.ownerUrl, database);
});
afterAll(() => database.close());

describe("the demonstration's report of 2024", () => {
  it("prints what the real one printed, letter by letter", async () => {
    const { document, missing } = await compiled(DEMO_REPORT.slug);
    expect(missing).toEqual([]);
    expect(toMarkdown(document)).toBe(withPlainLineEnds(printed));
    const rows = withPlainLineEnds(figures)
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
    expect(document.annexes.map(({ header, rows: body }) => [header, ...body])).toEqual([rows]);
  });

  it("went to the departments as a draft, and to the committee as a sealed document under its hash", async () => {
    const report = await reportCalled(DEMO_REPORT.slug);
    expect(report).toMatchObject({ status: "delivered", year: 2024, half: 1 });
    const sealed = await database.owner.db.select().from(editions).where(eq(editions.reportId, report.id));
    expect(sealed.map(({ number, kind }) => [number, kind]).toSorted()).toEqual([
      [1, "consultation"],
      [2, "review"],
      [3, "meeting"],
    ]);
    const edition = sealed.find(({ kind }) => kind === "meeting");
    const draft = sealed.find(({ kind }) => kind === "consultation");
    const { document, hash } = await compiled(DEMO_REPORT.slug);
    expect(edition?.document).toEqual(document);
    expect(edition?.sha256).toBe(hash);
    expect(edition?.sha256).toBe(sha256Hex(canonicalJson(edition?.document)));
    const given = await database.owner.db.select().from(deliveries);
    const rolesOf = (id: string | undefined) =>
      given.filter(({ editionId }) => editionId === id).map(({ toRole }) => toRole);
    expect(rolesOf(edition?.id).toSorted()).toEqual(["clerk", "drafter", "member", "signer"]);
    expect(rolesOf(draft?.id).toSorted()).toEqual(["drafter", "signer"]);
    expect(given).toHaveLength(6);
    // Two departments brought their texts up to date in between.
    const words = (one: typeof edition) => toMarkdown(one?.document ?? document).split(/(?<=。)/);
    expect(words(edition).filter((sentence) => !words(draft).includes(sentence))).toHaveLength(2);
    expect(edition?.record).toMatchObject({ missing: [], attachments: [] });
    expect(edition?.record.approvals.filter(({ verdict }) => verdict === "write")).toHaveLength(74 + 13);
    expect(edition?.record.approvals.at(-1)).toMatchObject({ kind: "whole", verdict: "approve" });
  });

  it("was answered by every department before it was changed, and each comment has come back", async () => {
    const { sql } = database.owner;
    const [counts] = await sql`
      select count(*) filter (where kind = 'comment')::int as comments, count(distinct organ_id)::int as organs,
             count(*) filter (where kind = 'comment' and (block_id is null or section_id is null))::int as nowhere,
             (select count(*)::int from dispositions) as settled, (select count(*)::int from consultation_publications) as tables
        from consultation_replies`;
    expect(counts).toEqual({ comments: 3, organs: 21, nowhere: 0, settled: 3, tables: 1 });
  });

  it("has every leaf written by one hand and signed and passed by two others", async () => {
    const report = await reportCalled(DEMO_REPORT.slug);
    const leaves = (await sectionsOf(report.id)).filter(({ kind }) => !isHeading(kind));
    expect(leaves).toHaveLength(74);
    const verdicts = await database.owner.db.select().from(reviews).where(eq(reviews.reportId, report.id));
    const texts = new Map((await database.owner.db.select().from(revisions)).map((text) => [text.id, text]));
    for (const leaf of leaves) {
      expect(leaf.status, leaf.title).toBe("approved");
      const text = texts.get(leaf.approvedRevisionId ?? "");
      const [sign, pass] = ["sign", "pass"].map((verdict) =>
        verdicts.find((one) => one.revisionId === leaf.approvedRevisionId && one.verdict === verdict),
      );
      expect(sign?.revisionId, leaf.title).toBe(text?.id);
      expect(pass?.revisionId, leaf.title).toBe(text?.id);
      expect(new Set([...(text?.writers ?? []), sign?.userId, pass?.userId]).size, leaf.title).toBe(3);
    }
    const whole = verdicts.find(({ verdict }) => verdict === "approve");
    expect([...texts.values()].flatMap(({ writers }) => writers)).not.toContain(whole?.userId);
  });

  it("has a history in July and August of 2024", async () => {
    const report = await reportCalled(DEMO_REPORT.slug);
    const entries = await database.owner.db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.reportId, report.id))
      .orderBy(auditEntries.at);
    expect(entries.length).toBeGreaterThanOrEqual(74 * 4 + 13 * 4 + 5);
    expect(entries[0]?.at.toISOString().slice(0, 7)).toBe("2024-07");
    expect(entries.at(-1)?.at.toISOString().slice(0, 7)).toBe("2024-08");
  });
});

describe("the demonstration's report of 2025", () => {
  it("is open, follows the one of 2024, and has something waiting on every kind of desk", async () => {
    const report = await reportCalled(DEMO_REPORT.nextSlug);
    expect(report).toMatchObject({ status: "collecting", previousId: (await reportCalled(DEMO_REPORT.slug)).id });
    const leaves = (await sectionsOf(report.id)).filter(({ kind }) => !isHeading(kind));
    const states = new Set(leaves.map(({ status }) => status));
    expect([...states].toSorted()).toEqual(["approved", "drafting", "returned", "reviewing", "signing"]);
    const moved = leaves.filter(({ status }) => status !== "drafting").length;
    expect(moved).toBe(NEXT_PERIOD.filter(({ until }) => until !== "drafting").length);
    expect(leaves.some(({ dueOn }) => dueOn < daysFromToday(0))).toBe(true);
    expect(leaves.every(({ previousId }) => previousId !== null)).toBe(true);
  });
});

describe("loading the demonstration", () => {
  it("a second time changes nothing", async () => {
    const before = await database.owner.db.$count(auditEntries);
    await loadDemo(database.ownerUrl, database);
    expect(await database.owner.db.$count(auditEntries)).toBe(before);
    expect(await database.owner.db.$count(reports)).toBe(2);
  });

  it("lets every listed account in with the listed password", async () => {
    const accounts = demoAccounts();
    expect(accounts.length).toBe(await database.owner.db.$count(users));
    for (const { login, password } of [accounts[0], accounts.at(-1)].flatMap((one) => (one ? [one] : []))) {
      expect(await signIn(database.app.db, { login, password })).toHaveProperty("token");
    }
  });
});

describe("a copy of the report in which one department corrects one leaf", () => {
  it("prints differently in just that place", async () => {
    const lead = await personOf(LEAD_OFFICE, "lead");
    const offices = new Map((await database.owner.db.select().from(organs)).map((organ) => [organ.code, organ.id]));
    const nodes = outline.map(({ office, content: _, ...node }) => ({
      ...node,
      organId: offices.get(office) ?? "",
      previousId: null,
    }));
    const catalogue = table.map(({ owner, confirmer, figures: _, completionReason: __, ...entry }) => ({
      ...entry,
      organId: offices.get(owner) ?? "",
      confirmOrganId: offices.get(confirmer ?? "") ?? null,
    }));
    const input = { slug: "copy", name: "副本", year: 2024, half: 1, dueOn: "2024-07-19" };
    const copy = await openReport(lead, input, nodes, catalogue);
    const people = new Map<string, Context>([[`${LEAD_OFFICE} lead`, lead]]);
    for (const office of new Set(table.flatMap(({ owner, confirmer }) => [owner, confirmer ?? owner])))
      for (const role of ["drafter", "signer"] as const) people.set(`${office} ${role}`, await personOf(office, role));
    const as = (office: string, role: Role) => people.get(`${role === "lead" ? LEAD_OFFICE : office} ${role}`) ?? lead;
    for (const row of table) await takeIndicator(as, copy, row, "approved");
    const ids = idsOf(await sectionsOf((await reportCalled("copy")).id));
    for (const { key, office, content } of outline)
      if (content) await approve(ids.get(key) ?? "", office, content, 0, 1);
    const before = toMarkdown((await compiled("copy")).document);
    expect(before).toBe(withPlainLineEnds(printed));

    const leaf = outline.find(({ key }) => key === "1.3.2");
    if (!leaf?.content) throw new Error("the outline has no leaf 1.3.2");
    const sectionId = ids.get(leaf.key) ?? "";
    const [block] = leaf.content.content;
    await returnSection(lead, {
      sectionId,
      version: 4,
      reasons: [{ blockId: block?.attrs.id ?? "", text: "请更正。" }],
    });
    await answerAll(await personOf(leaf.office, "drafter"), { sectionId });
    await approve(sectionId, leaf.office, withItsLastWords(leaf.content, "以上为更正后的数据。"), 1, 5);

    const after = toMarkdown((await compiled("copy")).document).split("\n");
    const changed = before
      .split("\n")
      .flatMap((line, index) => (line === after[index] ? [] : [{ line, now: after[index] ?? "" }]));
    expect(after).toHaveLength(before.split("\n").length);
    expect(changed).toHaveLength(1);
    expect(changed[0]?.now.replace("以上为更正后的数据。", "")).toBe(changed[0]?.line);
    expect(toMarkdown((await compiled(DEMO_REPORT.slug)).document)).toBe(before);
  });
});

async function approve(
  sectionId: string,
  office: string,
  content: Content,
  draftVersion: number,
  version: number,
): Promise<void> {
  const drafter = await personOf(office, "drafter");
  await saveSection(drafter, { sectionId, version: draftVersion, content, keep: false });
  await submitSection(drafter, { sectionId, version, draftVersion: draftVersion + 1 });
  await signSection(await personOf(office, "signer"), { sectionId, version: version + 1 });
  const lead = await personOf(LEAD_OFFICE, "lead");
  const seen = await transact(lead, (tx) => figuresBefore(tx, lead, sectionId));
  await passSection(lead, { sectionId, version: version + 2, ...(seen === null ? {} : { figures: seen }) });
}

const withPlainLineEnds = (text: string): string => text.replaceAll("\r\n", "\n");

function withItsLastWords(content: Content, words: string): Content {
  const [block, ...others] = content.content;
  if (!block || block.type === "table") throw new Error("the leaf does not begin with a paragraph");
  return {
    type: "doc",
    content: [{ ...block, content: [...(block.content ?? []), { type: "text", text: words }] }, ...others],
  };
}

/** The outline's keys to section ids: both walk from parent to child by position. */
function idsOf(rows: readonly (typeof sections.$inferSelect)[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const node of outline) {
    const parentId = node.parent === null ? null : (ids.get(node.parent) ?? "");
    const row = rows.find((one) => one.parentId === parentId && one.position === node.position);
    if (row) ids.set(node.key, row.id);
  }
  return ids;
}

async function personOf(office: string, role: Role): Promise<Context> {
  const [row] = await database.owner.db
    .select({ membership: memberships, organ: organs })
    .from(memberships)
    .innerJoin(organs, eq(organs.id, memberships.organId))
    .where(and(eq(organs.code, office), eq(memberships.role, role), isNull(memberships.endedAt)));
  if (!row) throw new Error(`nobody is ${role} in ${office}`);
  const { membership, organ } = row;
  return contextOf(database, {
    userId: membership.userId,
    membershipId: membership.id,
    seatId: membership.id,
    organId: organ.id,
    organKind: organ.kind,
    jurisdictionId: organ.jurisdictionId,
    role,
    label: `${organ.shortName} ${role}`,
  });
}

async function reportCalled(slug: string) {
  const [row] = await database.owner.db.select().from(reports).where(eq(reports.slug, slug));
  if (!row) throw new Error(`no report ${slug}`);
  return row;
}

const sectionsOf = (reportId: string) =>
  database.owner.db.select().from(sections).where(eq(sections.reportId, reportId));

async function compiled(slug: string) {
  const { id } = await reportCalled(slug);
  return transact(await personOf(LEAD_OFFICE, "lead"), (tx) => compileReport(tx, id));
}
