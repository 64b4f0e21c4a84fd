import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, aReportIn, contextOf, refusalOf, type District } from "../../db/testing/factories";
import { inThisOrder } from "../../db/testing/races";
import { drafts, reports, sections } from "../../db/schema";
import type { Actor } from "../kernel/actor";
import type { Context } from "../kernel/context";
import { openReport, rollForward } from "./open";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

const WHOLE = {
  leaves: [
    { department: "bureau", kind: "title", title: "标题" },
    { department: "agriculture", kind: "text", title: "农业" },
    { department: "commerce", kind: "text", title: "商务", runOn: true },
    { department: "bureau", kind: "annex", title: "2024年主要指标" },
  ],
} as const;

describe("rolling a report forward", () => {
  const next = { name: "下期报告", year: 2025, half: 1, dueOn: "2025-07-19" };

  const opens = (slug: string) => ({
    actor: district.bureau.lead,
    does: (ctx: Context) => openReport(ctx, { ...next, slug }, []),
  });

  it("copies outline and owners, leaves every leaf empty and points at last period's", async () => {
    const report = await aReportIn(district, "delivered", WHOLE);
    const id = await rollForward(lead(), { ...next, fromReportId: report.id, slug: `${report.slug}-next` });
    const [before, after] = [await outlineOf(report.id), await outlineOf(id)];
    expect(after.map(({ place }) => place)).toEqual(before.map(({ place }) => place.replace("2024年", "2025年")));
    expect(after.map(({ previousId }) => previousId)).toEqual(before.map(({ id: last }) => last));
    expect(after.every(({ status, version }) => status === "drafting" && version === 1)).toBe(true);
    expect(after.some(({ place }) => place.includes("2025年主要指标"))).toBe(true);
    const texts = await database.owner.db
      .select()
      .from(drafts)
      .innerJoin(sections, eq(sections.id, drafts.sectionId))
      .where(eq(sections.reportId, id));
    expect(texts).toHaveLength(4);
    expect(
      texts.every(
        (row) => row.drafts.version === 0 && row.drafts.content.content.length === 0 && row.drafts.writers.length === 0,
      ),
    ).toBe(true);
    expect(await stateOf(id)).toMatchObject({ status: "collecting", version: 1, previousId: report.id, year: 2025 });
    expect(await stateOf(report.id)).toMatchObject({ status: "delivered", version: 5 });
  });

  it("is not possible from another district's report, nor for who does not compile", async () => {
    const report = await aReportIn(district, "collecting");
    const elsewhere = await aDistrict(database);
    const input = { ...next, fromReportId: report.id, slug: "stolen" };
    expect(await refusalOf(rollForward(as(elsewhere.bureau.lead), input))).toBe("not-found");
    expect(await refusalOf(rollForward(approver(), input))).toBe("not-your-role");
    expect(await refusalOf(rollForward(member(), input))).toBe("not-found");
  });

  it("does not give a leaf to another district's office", async () => {
    const elsewhere = await aDistrict(database);
    const outline = [
      {
        key: "a",
        parent: null,
        position: 1,
        kind: "text",
        title: "农业",
        runOn: false,
        organId: elsewhere.organId.agriculture,
        previousId: null,
      },
    ] as const;
    expect(await refusalOf(openReport(lead(), { ...next, slug: "foreign-office" }, outline))).toBe("not-found");
  });

  it("takes a short name once, though two leads take it at once; another district may have the same", async () => {
    const elsewhere = await aDistrict(database);
    await opens("taken-once").does(lead());
    expect(await refusalOf(opens("taken-once").does(lead()))).toBe("slug-taken");
    expect(await inThisOrder(database, opens("taken-twice"), opens("taken-twice"))).toEqual({
      first: null,
      second: "slug-taken",
    });
    expect(await refusalOf(opens("taken-once").does(as(elsewhere.bureau.lead)))).toBeNull();
  });
});

const as = (actor: Actor) => contextOf(database, actor);
const lead = () => as(district.bureau.lead);
const approver = () => as(district.government.approver);
const member = () => as(district.congress.member);

async function stateOf(reportId: string) {
  const [row] = await database.owner.db.select().from(reports).where(eq(reports.id, reportId));
  return row;
}

/** Every node with its place in words, in an order that does not depend on ids. */
async function outlineOf(reportId: string) {
  const rows = await database.owner.db.select().from(sections).where(eq(sections.reportId, reportId));
  const titleOf = (id: string | null) => rows.find((row) => row.id === id)?.title ?? "";
  return rows
    .map((row) => ({
      ...row,
      place: [titleOf(row.parentId), row.position, row.kind, row.title, row.runOn, row.organId].join("|"),
    }))
    .toSorted((a, b) => (a.place < b.place ? -1 : 1));
}
