import { and, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  aSection,
  aText,
  contextOf,
  refusalOf,
  type District,
  type LeafInState,
} from "../../db/testing/factories";
import { aReportWithTable, correctIndicator, FARM_OUTPUT, number, takeIndicator } from "../../db/testing/indicators";
import { inThisOrder } from "../../db/testing/races";
import { auditEntries, drafts, revisions } from "../../db/schema";
import type { Actor } from "../kernel/actor";
import { blockText, type Content } from "./content";
import { restoreRevision, saveSection, submitSection } from "./mutations";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

it("an older text comes back as the working copy and as a revision that says where it is from", async () => {
  const leaf = await threeRevisions();
  const restored = await restoreRevision(drafter(), { sectionId: leaf.id, revision: 1, draftVersion: 4 });
  expect(restored).toEqual({ revision: 4, kept: null, version: 5 });
  expect(await draftOf(leaf)).toMatchObject({
    content: aText("一稿。"),
    version: 5,
    revisionCount: 4,
    updatedLabel: drafter().actor.label,
  });
  expect(await revisionsOf(leaf)).toMatchObject([
    {
      number: 4,
      kind: "saved",
      content: aText("一稿。"),
      restoredFrom: 1,
      note: null,
      authorLabel: drafter().actor.label,
    },
    { number: 3, restoredFrom: null },
    { number: 2 },
    { number: 1, content: aText("一稿。"), restoredFrom: null },
  ]);
  const audited = and(eq(auditEntries.subjectId, leaf.id), eq(auditEntries.action, "section.restore"));
  expect(await database.owner.db.select().from(auditEntries).where(audited)).toMatchObject([
    { detail: { revision: 4, restored: 1 }, userId: drafter().actor.userId },
  ]);
});

it("words that no revision has are kept as one before they are replaced", async () => {
  const leaf = await threeRevisions();
  await saveSection(drafter(), { sectionId: leaf.id, version: 4, content: aText("还没存稿的话。"), keep: false });
  const restored = await restoreRevision(drafter(), { sectionId: leaf.id, revision: 2, draftVersion: 5 });
  expect(restored).toEqual({ revision: 5, kept: 4, version: 6 });
  expect((await revisionsOf(leaf)).map((one) => [one.number, words(one.content), one.restoredFrom])).toEqual([
    [5, "二稿。", 2],
    [4, "还没存稿的话。", null],
    [3, "三稿。", null],
    [2, "二稿。", null],
    [1, "一稿。", null],
  ]);
});

it("what was brought back can be brought back from again, and submitted", async () => {
  const leaf = await threeRevisions();
  await restoreRevision(drafter(), { sectionId: leaf.id, revision: 1, draftVersion: 4 });
  await restoreRevision(drafter(), { sectionId: leaf.id, revision: 3, draftVersion: 5 });
  expect((await draftOf(leaf))?.content).toEqual(aText("三稿。"));
  await submitSection(drafter(), { sectionId: leaf.id, version: 1, draftVersion: 6 });
  expect((await revisionsOf(leaf)).map((one) => one.number)).toEqual([6, 5, 4, 3, 2, 1]);
});

it("replaces nothing that was saved meanwhile, and leaves no trace of the attempt", async () => {
  const leaf = await threeRevisions();
  const colleague = contextOf(database, await aColleague(district, "agriculture", "drafter"));
  await saveSection(colleague, { sectionId: leaf.id, version: 4, content: aText("同事的话。"), keep: false });
  const late = restoreRevision(drafter(), { sectionId: leaf.id, revision: 1, draftVersion: 4 });
  expect(await refusalOf(late)).toBe("stale-version");
  expect((await draftOf(leaf))?.content).toEqual(aText("同事的话。"));
  expect(await revisionsOf(leaf)).toHaveLength(3);
});

it.each(["restore first", "save first"])(
  "and a save at the same moment: whoever comes second is told (%s)",
  async (order) => {
    const leaf = await threeRevisions();
    const colleague = await aColleague(district, "agriculture", "drafter");
    const restore = {
      actor: district.agriculture.drafter,
      does: (ctx: Parameters<typeof restoreRevision>[0]) =>
        restoreRevision(ctx, { sectionId: leaf.id, revision: 1, draftVersion: 4 }),
    };
    const save = {
      actor: colleague,
      does: (ctx: Parameters<typeof saveSection>[0]) =>
        saveSection(ctx, { sectionId: leaf.id, version: 4, content: aText("同事的话。"), keep: false }),
    };
    const ended =
      order === "restore first"
        ? await inThisOrder(database, restore, save)
        : await inThisOrder(database, save, restore);
    expect(ended).toEqual({ first: null, second: "stale-version" });
    const expected = order === "restore first" ? "一稿。" : "同事的话。";
    expect(words((await draftOf(leaf))?.content)).toBe(expected);
  },
);

it("an open editor elsewhere finds it as a newer version of the text", async () => {
  const leaf = await threeRevisions();
  await restoreRevision(drafter(), { sectionId: leaf.id, revision: 1, draftVersion: 4 });
  const late = saveSection(drafter(), { sectionId: leaf.id, version: 4, content: aText("三稿，改。"), keep: false });
  await expect(late).rejects.toMatchObject({ key: "stale-version", current: { version: 5, content: aText("一稿。") } });
});

it("there is nothing to bring back of what is there already, and of what never was", async () => {
  const leaf = await threeRevisions();
  const restore = (revision: number) => restoreRevision(drafter(), { sectionId: leaf.id, revision, draftVersion: 4 });
  await expect(restore(3)).rejects.toMatchObject({ key: "nothing-to-restore", params: { number: 3 } });
  expect(await refusalOf(restore(9))).toBe("not-found");
  expect(await revisionsOf(leaf)).toHaveLength(3);
});

it("bound figures stay bound and say what the table says now", async () => {
  const report = await aReportWithTable(district, [FARM_OUTPUT]);
  const [row] = report.indicators;
  const [leaf] = report.leaves;
  if (!row || !leaf) throw new Error("the report is empty");
  const { id: sectionId } = leaf;
  await takeIndicator(district, row, "approved");
  await saveSection(drafter(), { sectionId, version: 0, content: quoting("8.03亿元"), keep: true });
  await saveSection(drafter(), { sectionId, version: 1, content: aText("没有数。"), keep: true });
  await correctIndicator(district, row, { ...row.figures, actual: number("8.31") });
  await restoreRevision(drafter(), { sectionId, revision: 1, draftVersion: 2 });
  const [restored, , first] = await revisionsOf({ id: sectionId });
  expect(words(first?.content)).toBe("农林牧渔业总产值8.03亿元。");
  expect(restored?.content.content[0]).toMatchObject({
    content: [{}, { type: "figure", attrs: { id: "node-01", indicator: "farm-output" } }, {}],
  });
  expect(words(restored?.content)).toBe("农林牧渔业总产值8.31亿元。");
  expect((await draftOf({ id: sectionId }))?.content).toEqual(restored?.content);
});

const drafter = () => as(district.agriculture.drafter);
const as = (actor: Actor) => contextOf(database, actor);
const words = (content: Content | undefined): string => (content?.content ?? []).map(blockText).join("");

/** Saved as 一稿, 二稿 and 三稿; the working copy is the last one, in version 4. */
async function threeRevisions(): Promise<LeafInState> {
  const leaf = await aSection(district, { text: "" });
  for (const [version, text] of ["一稿。", "二稿。", "三稿。"].entries()) {
    await saveSection(drafter(), { sectionId: leaf.id, version: version + 1, content: aText(text), keep: true });
  }
  return leaf;
}

const revisionsOf = (leaf: { id: string }) =>
  database.owner.db.select().from(revisions).where(eq(revisions.sectionId, leaf.id)).orderBy(desc(revisions.number));

async function draftOf(leaf: { id: string }) {
  const [draft] = await database.owner.db.select().from(drafts).where(eq(drafts.sectionId, leaf.id));
  return draft;
}

const quoting = (text: string): Content => ({
  type: "doc",
  content: [
    {
      type: "paragraph",
      attrs: { id: "block-01" },
      content: [
        { type: "text", text: "农林牧渔业总产值" },
        {
          type: "figure",
          attrs: { id: "node-01", indicator: "farm-output", field: "actual", form: "unit", text, wording: null },
        },
        { type: "text", text: "。" },
      ],
    },
  ],
});
