import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerAll } from "../../db/testing/answers";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, aReport, aText, BLOCK_ID, contextOf, refusalOf, type District } from "../../db/testing/factories";
import type { Actor } from "../kernel/actor";
import { transact } from "../kernel/context";
import { blockText } from "./content";
import { ENTRIES_PER_PAGE, getHistoryPage, HistoryAsked, type HistoryEntry } from "./history";
import { returnSection, signSection } from "./decisions";
import { restoreRevision, saveSection, submitSection } from "./mutations";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

describe("the history of a leaf", () => {
  it("says who, when and why, and of a verdict which revision it judged", async () => {
    const leaf = await aCourse();
    const { entries } = await page(district.agriculture.drafter, leaf);
    expect(entries.map(told)).toEqual([
      "revision 4, saved, from 1",
      "return of 2: 请补数据。",
      "revision 3, saved: 改了口径",
      "sign of 2",
      "revision 2, submitted: 按会议要求",
      "revision 1, saved",
    ]);
    expect(entries.every(({ by, at }) => by !== "" && at instanceof Date)).toBe(true);
  });

  it("is the submitted texts alone for the lead bureau, and the verdicts on them", async () => {
    const leaf = await aCourse();
    const { entries, choices, draftVersion, mayRestore } = await page(district.bureau.lead, leaf);
    expect(entries.map(told)).toEqual(["return of 2: 请补数据。", "sign of 2", "revision 2, submitted: 按会议要求"]);
    expect(choices.map(({ name }) => name)).toEqual([2]);
    expect([draftVersion, mayRestore]).toEqual([null, false]);
  });

  it("is asked for from no day that PostgreSQL does not know", () => {
    const id = "0b6f3c52-1111-4111-8111-000000000001";
    expect(HistoryAsked.parse({ older: `9999999999999_${id}` }).older).toBeDefined();
    expect(HistoryAsked.parse({ older: `99999999999999_${id}` }).older).toBeUndefined();
  });

  it("is nobody else's business: no text, nothing to compare", async () => {
    const leaf = await aCourse();
    for (const actor of [district.commerce.drafter, district.government.approver]) {
      const { entries, choices, pair } = await page(actor, leaf);
      expect(entries.filter(({ type }) => type === "revision")).toEqual([]);
      expect([choices, pair]).toEqual([[], null]);
      expect(await refusalOf(page(actor, leaf, { show: "2" }))).toBe("not-found");
    }
    const elsewhere = await aDistrict(database);
    for (const actor of [district.congress.member, district.centre.auditor, elsewhere.bureau.lead]) {
      expect(await refusalOf(page(actor, leaf))).toBe("not-found");
    }
  });

  it("never shows the lead bureau what stays in the department, whatever it asks for", async () => {
    const leaf = await aCourse();
    for (const asked of [{ show: "1" }, { show: "current" }, { from: "1", to: "2" }, { from: "2", to: "current" }]) {
      expect(await refusalOf(page(district.bureau.lead, leaf, asked)), JSON.stringify(asked)).toBe("not-found");
    }
    const { restores } = await page(district.bureau.lead, leaf, { restore: "2" });
    expect(restores).toBe(false);
  });

  it("goes on page by page, every entry once, in order", async () => {
    const leaf = await aLeaf();
    const revisions = ENTRIES_PER_PAGE + 7;
    for (let version = 0; version < revisions; version++) {
      await saveSection(at(district.agriculture.drafter, Math.floor(version / 3)), {
        sectionId: leaf.id,
        version,
        content: aText(`第${version + 1}句。`),
        keep: true,
      });
    }
    const first = await page(district.agriculture.drafter, leaf);
    expect(first.entries).toHaveLength(ENTRIES_PER_PAGE);
    const second = await page(district.agriculture.drafter, leaf, { older: first.older ?? "" });
    expect(second.older).toBeNull();
    const numbers = [...first.entries, ...second.entries].flatMap((one) =>
      one.type === "revision" ? [one.number] : [],
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: revisions }, (_, index) => index + 1));
    expect(second.choices.map(({ name }) => name)).toContain("current");
  });
});

describe("what is compared", () => {
  it("is the text since it last came back, unless something else is asked for", async () => {
    const leaf = await aCourse();
    const { pair } = await page(district.agriculture.drafter, leaf);
    expect([pair?.from.name, pair?.to.name]).toEqual([2, 4]);
    expect(words(pair?.from)).toBe("二稿。");
    expect(words(pair?.to)).toBe("一稿。");
  });

  it("ends with words that are in no revision yet, where there are some", async () => {
    const leaf = await aCourse();
    const said = { sectionId: leaf.id, version: 4, content: aText("五稿。"), keep: false };
    await saveSection(at(district.agriculture.drafter, 9), said);
    const { pair } = await page(district.agriculture.drafter, leaf);
    expect([pair?.from.name, pair?.to.name]).toEqual([2, "current"]);
    expect(words(pair?.to)).toBe("五稿。");
  });

  it("is the last two for who sees no working copy", async () => {
    const leaf = await aCourse();
    await answerAll(at(district.agriculture.drafter, 8), { sectionId: leaf.id });
    await submitSection(at(district.agriculture.drafter, 9), { sectionId: leaf.id, version: 4, draftVersion: 4 });
    const { pair } = await page(district.bureau.lead, leaf);
    expect([pair?.from.name, pair?.to.name]).toEqual([2, 5]);
  });

  it("is nothing while there is one text alone", async () => {
    const leaf = await aLeaf();
    await saveSection(at(district.agriculture.drafter, 0), {
      sectionId: leaf.id,
      version: 0,
      content: aText("一稿。"),
      keep: false,
    });
    expect((await page(district.agriculture.drafter, leaf)).pair).toBeNull();
  });

  it.each([
    [{ from: "1", to: "3" }, [1, 3]],
    [{ from: "3", to: "1" }, [1, 3]],
    [{ from: "current", to: "2" }, [2, "current"]],
    [{ from: "1" }, [1, 4]],
    [{ to: "3" }, [2, 3]],
    [{ restore: "1" }, ["current", 1]],
    [{ from: "x", to: ["1", "2"], older: "now", restore: "0" }, [2, 4]],
  ])("asked for as %j is %j", async (asked, expected) => {
    const leaf = await aCourse();
    const { pair } = await page(district.agriculture.drafter, leaf, asked);
    expect([pair?.from.name, pair?.to.name]).toEqual(expected);
  });
});

/** The clock is the story's own: entries of one moment would have no order. */
const at = (actor: Actor, minute: number) =>
  contextOf(database, actor, () => new Date(Date.UTC(2024, 6, 10, 1, minute)));

async function aLeaf() {
  const report = await aReport(district);
  const [leaf] = report.leaves;
  if (!leaf) throw new Error("the report has no leaf");
  return { ...leaf, slug: report.slug };
}

/** Saved, submitted with a note, signed, returned, saved with a note, and the first text brought back. */
async function aCourse() {
  const leaf = await aLeaf();
  const { drafter, signer } = district.agriculture;
  const sectionId = leaf.id;
  await saveSection(at(drafter, 0), { sectionId, version: 0, content: aText("一稿。"), keep: true });
  await saveSection(at(drafter, 1), { sectionId, version: 1, content: aText("二稿。"), keep: false });
  await submitSection(at(drafter, 2), { sectionId, version: 1, draftVersion: 2, note: "按会议要求" });
  await signSection(at(signer, 3), { sectionId, version: 2 });
  const reasons = [{ blockId: BLOCK_ID, text: "请补数据。" }];
  await returnSection(at(district.bureau.lead, 5), { sectionId, version: 3, reasons });
  const said = { sectionId, version: 2, content: aText("三稿。"), keep: true, note: "改了口径" };
  await saveSection(at(drafter, 4), said);
  await restoreRevision(at(drafter, 6), { sectionId, revision: 1, draftVersion: 3 });
  return leaf;
}

const page = (actor: Actor, leaf: { id: string; slug: string }, asked: object = {}) => {
  const ctx = contextOf(database, actor);
  return transact(ctx, (tx) => getHistoryPage(tx, ctx, leaf.slug, leaf.id, HistoryAsked.parse(asked)));
};

const words = (text: { content: { content: Parameters<typeof blockText>[0][] } } | undefined): string =>
  (text?.content.content ?? []).map(blockText).join("");

function told(entry: HistoryEntry): string {
  if (entry.type === "verdict") {
    return `${entry.verdict} of ${entry.number}${entry.reasons.map(({ text }) => `: ${text}`).join("")}`;
  }
  const why = entry.note ? `: ${entry.note}` : "";
  return `revision ${entry.number}, ${entry.kind}${entry.restoredFrom ? `, from ${entry.restoredFrom}` : ""}${why}`;
}
