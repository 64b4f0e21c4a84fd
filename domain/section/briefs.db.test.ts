import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aColleague, aDistrict, aReport, contextOf, refusalOf, type District } from "../../db/testing/factories";
import { inThisOrder } from "../../db/testing/races";
import { auditEntries, reports, sectionBriefs, sections } from "../../db/schema";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import { rollForward } from "../report/open";
import { getBriefs, setBrief } from "./briefs";
import { getSection } from "./queries";
import { SetBrief } from "./schema";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

const ASKED = { guidance: "写明完成情况、\n主要措施。", lengthLimit: 800 };

it("what the lead bureau asks of a leaf is read by all who work on it, and by nobody else", async () => {
  const leaf = await aLeaf();
  await setBrief(lead(), { sectionId: leaf.id, version: 0, ...ASKED });
  const { agriculture, commerce, bureau, government, congress, centre } = district;
  for (const actor of [agriculture.drafter, agriculture.signer, commerce.drafter, bureau.lead, government.approver]) {
    const { brief } = await shown(actor, leaf);
    expect(brief, actor.label).toMatchObject({ ...ASKED, version: 1, by: lead().actor.label });
  }
  for (const actor of [congress.member, centre.sysadmin, (await aDistrict(database)).bureau.lead]) {
    expect(await seen(actor), actor.label).toBe(0);
  }
});

it("is in the audit log with its limit, and never with its words", async () => {
  const leaf = await aLeaf();
  await setBrief(lead(), { sectionId: leaf.id, version: 0, ...ASKED });
  const entries = await database.owner.db.select().from(auditEntries).where(eq(auditEntries.subjectId, leaf.id));
  expect(entries).toMatchObject([{ action: "section.brief", detail: { lengthLimit: 800 }, reportId: leaf.reportId }]);
  expect(JSON.stringify(entries)).not.toContain("措施");
});

it("is changed only as it was on the page: the later of two is told, and nothing is overwritten", async () => {
  const leaf = await aLeaf();
  await setBrief(lead(), { sectionId: leaf.id, version: 0, ...ASKED });
  const other = { sectionId: leaf.id, guidance: "另一种要求。", lengthLimit: null };
  expect(await refusalOf(setBrief(lead(), { ...other, version: 0 }))).toBe("stale-version");
  await setBrief(lead(), { ...other, version: 1 });
  expect(await refusalOf(setBrief(lead(), { sectionId: leaf.id, version: 1, ...ASKED }))).toBe("stale-version");
  expect((await shown(district.agriculture.drafter, leaf)).brief).toMatchObject({
    guidance: "另一种要求。",
    lengthLimit: null,
    version: 2,
  });
});

it.each([0, 1])("of two at the same moment one counts, when there were %i before", async (version) => {
  const leaf = await aLeaf();
  if (version > 0) await setBrief(lead(), { sectionId: leaf.id, version: 0, ...ASKED });
  const asks = (guidance: string) => (ctx: Context) =>
    setBrief(ctx, { sectionId: leaf.id, version, guidance, lengthLimit: null });
  const ended = await inThisOrder(
    database,
    { actor: district.bureau.lead, does: asks("先") },
    { actor: await aColleague(district, "bureau", "lead"), does: asks("后") },
  );
  expect(ended).toEqual({ first: null, second: "stale-version" });
  expect((await shown(district.bureau.lead, leaf)).brief?.guidance).toBe("先");
});

it("is asked again of the next period's leaves, and of no others", async () => {
  const report = await aReport(district, { leaves: [{ department: "agriculture" }, { department: "commerce" }] });
  const [first] = report.leaves;
  await setBrief(lead(), { sectionId: first?.id ?? "", version: 0, ...ASKED });
  const next = { name: "下期报告", year: 2025, half: 1, dueOn: "2025-07-19", slug: `${report.slug}-next` } as const;
  const id = await rollForward(lead(), { ...next, fromReportId: report.id });
  const { leaves } = await transact(lead(), (tx) => getBriefs(tx, next.slug));
  expect(leaves.map(({ organ, brief }) => [organ, brief?.guidance, brief?.lengthLimit, brief?.version])).toEqual([
    ["农业农村局", ASKED.guidance, 800, 1],
    ["商务局", undefined, undefined, undefined],
  ]);
  const rows = await database.owner.db
    .select({ previous: sections.previousId, jurisdictionId: sectionBriefs.jurisdictionId })
    .from(sectionBriefs)
    .innerJoin(sections, eq(sections.id, sectionBriefs.sectionId))
    .where(eq(sections.reportId, id));
  expect(rows).toEqual([{ previous: first?.id, jurisdictionId: district.jurisdictionId }]);
});

it("the database itself takes none from a department, nor for another district's leaf", async () => {
  const leaf = await aLeaf();
  const elsewhere = await aDistrict(database);
  for (const actor of [district.agriculture.drafter, district.agriculture.signer, district.government.approver]) {
    await expect(inserted(actor, leaf.id, actor.jurisdictionId), actor.label).rejects.toThrow(/Failed query/);
  }
  const { lead: stranger } = elsewhere.bureau;
  await expect(inserted(stranger, leaf.id, stranger.jurisdictionId)).rejects.toThrow(/Failed query/);
  await expect(inserted(stranger, leaf.id, district.jurisdictionId)).rejects.toThrow(/Failed query/);
  expect(await database.owner.db.$count(sectionBriefs, eq(sectionBriefs.sectionId, leaf.id))).toBe(0);
});

it.each([
  [
    { guidance: "好", lengthLimit: "" },
    { guidance: "好", lengthLimit: null },
  ],
  [
    { guidance: " 一\r\n二 ", lengthLimit: "50" },
    { guidance: "一\n二", lengthLimit: 50 },
  ],
  [
    { guidance: "\0\ud800", lengthLimit: "20000" },
    { guidance: "\ufffd", lengthLimit: 20000 },
  ],
])("typed as %j is read as %j", (typed, read) => {
  expect(SetBrief.parse({ sectionId: crypto.randomUUID(), version: "0", ...typed })).toMatchObject(read);
});

it.each(["49", "20001", "一百", "80.5", "1e9", "-100"])("a length of %s is none", (lengthLimit) => {
  const typed = { sectionId: crypto.randomUUID(), version: 0, guidance: "", lengthLimit };
  expect(SetBrief.safeParse(typed).error?.issues.map(({ path }) => path[0])).toEqual(["lengthLimit"]);
});

const lead = () => contextOf(database, district.bureau.lead);

async function aLeaf() {
  const report = await aReport(district);
  const [leaf] = report.leaves;
  if (!leaf) throw new Error("the report has no leaf");
  return leaf;
}

async function shown(actor: Actor, leaf: { id: string; reportId: string }) {
  const ctx = contextOf(database, actor);
  return transact(ctx, async (tx) => {
    const [report] = await tx.select({ slug: reports.slug }).from(reports).where(eq(reports.id, leaf.reportId));
    return getSection(tx, ctx, report?.slug ?? "", leaf.id);
  });
}

const seen = (actor: Actor) => transact(contextOf(database, actor), (tx) => tx.$count(sectionBriefs));

const inserted = (actor: Actor, sectionId: string, jurisdictionId: string) =>
  transact(contextOf(database, actor), async (tx) => {
    const brief = { sectionId, jurisdictionId, guidance: "", updatedLabel: "", updatedAt: new Date() };
    await tx.insert(sectionBriefs).values(brief);
  });
