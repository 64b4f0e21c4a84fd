import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEntries, drafts, figures, indicators, revisions } from "../../db/schema";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, aReport, aText, contextOf, refusalOf, takeLeaf, type District } from "../../db/testing/factories";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import { getSection } from "../section/queries";
import { saveSection, submitSection } from "../section/mutations";
import { importReport, importTexts, type FilledEntry, type OwnedNode } from "./mutations";
import { getReportImport, getSectionImport } from "./queries";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

const as = (actor: Actor): Context => contextOf(database, actor);
const draftOf = async (sectionId: string) => {
  const [draft] = await database.owner.db.select().from(drafts).where(eq(drafts.sectionId, sectionId));
  if (!draft) throw new Error("no draft");
  return draft;
};
const laying = (ctx: Context, reportId: string, ...texts: [sectionId: string, text: string][]) =>
  importTexts(
    ctx,
    { reportId, fileName: "2024年上半年报告.docx" },
    texts.map(([sectionId, text]) => ({ sectionId, content: aText(text), figures: 0 })),
  );
const twoLeaves = { leaves: [{ department: "agriculture" }, { department: "commerce" }] } as const;

describe("texts of a file in a report that is under way", () => {
  it("stand in the departments' working copies and as their first revision, in nobody's hand", async () => {
    const { id, leaves } = await aReport(district, twoLeaves);
    const [first, second] = leaves.map((leaf) => leaf.id);
    if (!first || !second) throw new Error("no leaves");
    const lead = district.bureau.lead;
    expect(await laying(as(lead), id, [first, "农业增产。"], [second, "消费回升。"])).toEqual({
      filled: [first, second],
      skipped: [],
    });
    expect(await draftOf(first)).toMatchObject({
      content: aText("农业增产。"),
      version: 1,
      revisionCount: 1,
      writers: [],
    });
    const kept = await database.owner.db.select().from(revisions).where(eq(revisions.sectionId, second));
    expect(kept).toMatchObject([
      {
        number: 1,
        kind: "saved",
        content: aText("消费回升。"),
        writers: [],
        organId: district.organId.commerce,
        authorId: lead.userId,
        authorLabel: lead.label,
        note: "导入 2024年上半年报告.docx",
      },
    ]);
    const entries = await database.owner.db.select().from(auditEntries).where(eq(auditEntries.reportId, id));
    const imports = entries.filter(({ action }) => action === "report.import");
    expect(imports).toMatchObject([{ subjectId: id, detail: { leaves: 2, skipped: 0, figures: 0 } }]);
    expect(JSON.stringify(imports)).not.toContain("农业增产");
  });

  it("are the department's to go on with: whoever submits them is their writer", async () => {
    const { id, leaves } = await aReport(district);
    const leaf = leaves[0]?.id ?? "";
    await laying(as(district.bureau.lead), id, [leaf, "农业增产。"]);
    const drafter = as(district.agriculture.drafter);
    await saveSection(drafter, { sectionId: leaf, version: 1, content: aText("农业增产5%。"), keep: true });
    await submitSection(drafter, { sectionId: leaf, version: 1, draftVersion: 2 });
    expect((await draftOf(leaf)).writers).toEqual([district.agriculture.drafter.userId]);
  });

  it("never go over what somebody wrote, or into a leaf that has moved on", async () => {
    const { id, leaves } = await aReport(district, { leaves: [...twoLeaves.leaves, { department: "bureau" }] });
    const [written, submitted, free] = leaves;
    if (!written || !submitted || !free) throw new Error("no leaves");
    await takeLeaf(district, written, "drafting", "自己写的。");
    await takeLeaf(district, submitted, "signing", "报上去的。");
    const laid = await laying(as(district.bureau.lead), id, [written.id, "甲"], [submitted.id, "乙"], [free.id, "丙"]);
    expect(laid.filled).toEqual([free.id]);
    expect(laid.skipped.toSorted()).toEqual([written.id, submitted.id].toSorted());
    expect((await draftOf(written.id)).content).toEqual(aText("自己写的。"));
    expect((await draftOf(submitted.id)).content).toEqual(aText("报上去的。"));
  });

  it("are laid once, however often the same is sent, also at the same moment", async () => {
    const { id, leaves } = await aReport(district, twoLeaves);
    const texts = leaves.map((leaf): [string, string] => [leaf.id, `${leaf.title}。`]);
    const twice = await Promise.all([
      laying(as(district.bureau.lead), id, ...texts),
      laying(as(district.bureau.lead), id, ...texts.toReversed()),
    ]);
    expect(twice.flatMap(({ filled }) => filled).toSorted()).toEqual(leaves.map((leaf) => leaf.id).toSorted());
    expect((await laying(as(district.bureau.lead), id, ...texts)).filled).toEqual([]);
    for (const leaf of leaves) {
      expect(await database.owner.db.$count(revisions, eq(revisions.sectionId, leaf.id))).toBe(1);
    }
  });

  it("meet a drafter who saves in the same moment: one of the two is first, and neither is overwritten", async () => {
    const { id, leaves } = await aReport(district);
    const leaf = leaves[0]?.id ?? "";
    const drafter = as(district.agriculture.drafter);
    const [saved, laid] = await Promise.allSettled([
      saveSection(drafter, { sectionId: leaf, version: 0, content: aText("自己写的。"), keep: false }),
      laying(as(district.bureau.lead), id, [leaf, "导入的。"]),
    ]);
    const isLaid = laid.status === "fulfilled" && laid.value.filled.length === 1;
    expect(isLaid).toBe(saved.status === "rejected");
    expect((await draftOf(leaf)).content).toEqual(aText(isLaid ? "导入的。" : "自己写的。"));
    expect((await draftOf(leaf)).version).toBe(1);
  });

  it("belong to leaves of that report and of their kind, or nothing is laid", async () => {
    const { id, leaves } = await aReport(district, {
      leaves: [...twoLeaves.leaves, { department: "bureau", kind: "title" }],
    });
    const other = await aReport(district);
    const lead = as(district.bureau.lead);
    const free = leaves.find(({ kind }) => kind === "text")?.id ?? "";
    const title = leaves.find(({ kind }) => kind === "title")?.id ?? "";
    expect(await refusalOf(laying(lead, id, [free, "甲"], [other.leaves[0]?.id ?? "", "乙"]))).toBe("not-found");
    const bullet = { type: "doc" as const, content: [{ type: "bullet" as const, attrs: { id: "bullet-01" } }] };
    const two = { sectionId: title, content: bullet, figures: 0 };
    expect(
      await refusalOf(
        importTexts(lead, { reportId: id, fileName: "a" }, [{ ...two, sectionId: free, content: aText("甲") }, two]),
      ),
    ).toBe("text-kind-mismatch");
    expect((await draftOf(free)).version).toBe(0);
    const elsewhere = await aDistrict(database);
    expect(await refusalOf(laying(as(elsewhere.bureau.lead), id, [free, "甲"]))).toBe("not-found");
  });
});

describe("what the lead bureau learns by importing", () => {
  it("is which leaves are untouched, and no word of any draft, not even of what it has laid itself", async () => {
    const { id, slug, leaves } = await aReport(district, twoLeaves);
    const [written, free] = leaves;
    if (!written || !free) throw new Error("no leaves");
    await takeLeaf(district, written, "drafting", "部门内部的话。");
    const lead = as(district.bureau.lead);
    const before = await transact(lead, (tx) => getReportImport(tx, lead, slug));
    expect(before.nodes.filter(({ isUntouched }) => isUntouched).map((node) => node.id)).toEqual([free.id]);
    expect(JSON.stringify(before)).not.toContain("部门内部的话");
    await laying(lead, id, [free.id, "导入的。"]);
    const after = await transact(lead, (tx) => getReportImport(tx, lead, slug));
    expect(after.nodes.filter(({ isUntouched }) => isUntouched)).toEqual([]);
    for (const leaf of leaves) {
      const page = await transact(lead, (tx) => getSection(tx, lead, slug, leaf.id));
      expect([page.text.is, page.history]).toEqual(["hidden", []]);
    }
    expect(await transact(lead, (tx) => tx.$count(drafts))).toBe(0);
  });

  it("is that a leaf with a kept text is taken, though its working copy be empty", async () => {
    const { id, slug, leaves } = await aReport(district);
    const leaf = leaves[0]?.id ?? "";
    const drafter = as(district.agriculture.drafter);
    await saveSection(drafter, {
      sectionId: leaf,
      version: 0,
      content: aText("搁置的一稿。"),
      keep: true,
      aside: true,
    });
    const lead = as(district.bureau.lead);
    const { nodes } = await transact(lead, (tx) => getReportImport(tx, lead, slug));
    expect(nodes.filter(({ isUntouched }) => isUntouched)).toEqual([]);
    expect(await laying(lead, id, [leaf, "导入的。"])).toMatchObject({ filled: [] });
  });

  it("is told to nobody else: not by the page, not by the functions behind it", async () => {
    const { slug, id, leaves } = await aReport(district);
    const leaf = leaves[0]?.id ?? "";
    const elsewhere = await aDistrict(database);
    const others = [
      district.agriculture.drafter,
      district.agriculture.signer,
      district.government.approver,
      district.congress.member,
      district.centre.sysadmin,
      district.centre.auditor,
      elsewhere.bureau.lead,
    ];
    for (const actor of others) {
      const ctx = as(actor);
      expect(await refusalOf(transact(ctx, (tx) => getReportImport(tx, ctx, slug)))).toBe("not-found");
      const answers = await transact(ctx, (tx) =>
        tx.execute<{ laid: boolean; seen: number }>(sql`
          select lay_text(${leaf}, '{"type": "doc", "content": []}', null, 'x', now()) as laid,
                 (select count(*)::int from untouched_leaves(${id})) as seen`),
      );
      expect(answers[0]).toEqual({ laid: false, seen: 0 });
    }
    await expect(database.worker.sql`select * from untouched_leaves(${id})`).rejects.toThrow(/permission denied/);
    await expect(database.worker.sql`select lay_text(${leaf}, '{"content": []}', null, 'x', now())`).rejects.toThrow(
      /permission denied/,
    );
    expect((await draftOf(leaf)).version).toBe(0);
  });

  it("a report that is not being collected takes nothing in, whoever asks the function itself", async () => {
    const { id, leaves } = await aReport(district);
    const leaf = leaves[0]?.id ?? "";
    await database.owner.sql`update reports set status = 'approving' where id = ${id}`;
    const lead = as(district.bureau.lead);
    expect(await refusalOf(laying(lead, id, [leaf, "甲"]))).toBe("report-not-collecting");
    const [row] = await transact(lead, (tx) =>
      tx.execute<{ laid: boolean }>(
        sql`select lay_text(${leaf}, ${JSON.stringify(aText("甲"))}::text::jsonb, null, 'x', now()) as laid`,
      ),
    );
    expect([row?.laid, (await draftOf(leaf)).version]).toEqual([false, 0]);
  });
});

describe("a file for one leaf", () => {
  it("is read for its drafter while the leaf is open, and for nobody else", async () => {
    const { leaves } = await aReport(district);
    const [leaf] = leaves;
    if (!leaf) throw new Error("no leaf");
    const asked = (actor: Actor) => transact(as(actor), (tx) => getSectionImport(tx, as(actor), leaf.id));
    expect(await asked(district.agriculture.drafter)).toMatchObject({ id: leaf.id, kind: "text" });
    expect(await refusalOf(asked(district.agriculture.signer))).toBe("not-your-role");
    expect(await refusalOf(asked(district.commerce.drafter))).toBe("not-your-department");
    expect(await refusalOf(asked(district.bureau.lead))).toBe("not-your-role");
    expect(await refusalOf(asked(district.congress.member))).toBe("not-found");
    await takeLeaf(district, leaf, "signing");
    expect(await refusalOf(asked(district.agriculture.drafter))).toBe("section-not-open");
  });
});

describe("a report that the lead bureau makes of a file", () => {
  const input = { name: "2024年上半年报告", year: 2024, half: 1, dueOn: "2024-07-19" };
  const node = (organId: string): OwnedNode => ({
    key: "1",
    parent: null,
    position: 1,
    kind: "text",
    title: "农业",
    runOn: false,
    source: [],
    content: aText("农业增产。"),
    organId,
  });
  const entry = (organId: string): FilledEntry => ({
    code: "grain",
    officialName: "粮食总产量",
    shortName: "粮食总产量",
    aliases: [],
    unit: "万吨",
    kind: "total",
    basis: "current",
    decimals: {},
    organId,
    confirmOrganId: null,
    figures: { actual: { state: "number", digits: "12.50" }, growth: { state: "words", words: "持平" } },
  });

  it("has its texts and figures under the lead's own row-level security, and the lead sees neither", async () => {
    const lead = as(district.bureau.lead);
    const organId = district.organId.agriculture;
    const id = await importReport(lead, { ...input, slug: "made-by-lead" }, [node(organId)], [entry(organId)]);
    const kept = await database.owner.db
      .select({ field: figures.field, value: figures.value, words: figures.words, version: figures.version })
      .from(figures)
      .innerJoin(indicators, eq(indicators.id, figures.indicatorId))
      .where(eq(indicators.reportId, id));
    expect(kept).toHaveLength(2);
    expect(kept).toContainEqual({ field: "actual", value: "12.50", words: null, version: 1 });
    expect(kept).toContainEqual({ field: "growth", value: null, words: "持平", version: 1 });
    expect(await transact(lead, (tx) => tx.$count(figures))).toBe(0);
    const drafter = as(district.agriculture.drafter);
    expect(await transact(drafter, (tx) => tx.$count(figures))).toBe(2);
  });

  it("takes figures only into rows that nobody has ever filled in, and from nobody but the lead", async () => {
    const lead = as(district.bureau.lead);
    const organId = district.organId.agriculture;
    const id = await importReport(lead, { ...input, slug: "made-once" }, [node(organId)], [entry(organId)]);
    const [row] = await database.owner.db.select().from(indicators).where(eq(indicators.reportId, id));
    const cells = JSON.stringify([
      { indicator: row?.id, field: "planTotal", state: "number", value: "1", words: null },
    ]);
    const laid = async (ctx: Context) => {
      const [answer] = await transact(ctx, (tx) =>
        tx.execute<{ count: number }>(sql`select lay_figures(${cells}::text::jsonb, 'x', now()) as count`),
      );
      return answer?.count;
    };
    expect(await laid(lead)).toBe(0);
    await database.owner.sql`delete from figures where indicator_id = ${row?.id ?? ""}`;
    expect(await laid(lead)).toBe(0);
    await database.owner.sql`delete from figure_changes where indicator_id = ${row?.id ?? ""}`;
    const elsewhere = await aDistrict(database);
    for (const actor of [district.agriculture.drafter, district.government.approver, elsewhere.bureau.lead]) {
      expect(await laid(as(actor))).toBe(0);
    }
    expect(await laid(lead)).toBe(1);
  });
});
