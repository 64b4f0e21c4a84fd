import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  alsoHolds,
  aReportIn,
  aSection,
  aText,
  BLOCK_ID,
  contextOf,
  refusalOf,
  type District,
  type LeafInState,
} from "../../db/testing/factories";
import { inThisOrder } from "../../db/testing/races";
import { auditEntries, drafts, reports, reviews, revisions, sections } from "../../db/schema";
import type { Actor } from "../kernel/actor";
import { sendForApproval } from "../report/mutations";
import { blockText } from "./content";
import { passSection, returnSection, signSection } from "./decisions";
import { saveSection, submitSection } from "./mutations";
import { StaleSave } from "./stale-save";

const CLIENTS = 16;

describe("people who work on one leaf at the same time", () => {
  let database: TestDatabase;
  let district: District;
  let drafters: Actor[];
  let otherLead: Actor;

  beforeAll(async () => {
    database = await testDatabase({ connections: CLIENTS });
    district = await aDistrict(database);
    drafters = await Promise.all(Array.from({ length: CLIENTS }, () => aColleague(district, "agriculture", "drafter")));
    otherLead = await aColleague(district, "bureau", "lead");
  });
  afterAll(() => database.close());

  it("of sixteen saves on one version exactly one wins, and the others are shown its text", async () => {
    const leaf = await aSection(district);
    const attempts = await Promise.allSettled(
      drafters.map((actor, n) =>
        saveSection(contextOf(database, actor), {
          sectionId: leaf.id,
          version: 1,
          content: aText(`第${n}人。`),
          keep: true,
        }),
      ),
    );
    const won = attempts.flatMap((attempt, n) => (attempt.status === "fulfilled" ? [n] : []));
    expect(won).toHaveLength(1);
    const [draft] = await database.owner.db.select().from(drafts).where(eq(drafts.sectionId, leaf.id));
    expect(draft).toMatchObject({ version: 2, revisionCount: 1, content: aText(`第${won[0]}人。`) });
    const refused = attempts.flatMap((attempt) => (attempt.status === "rejected" ? [attempt.reason] : []));
    expect(refused).toHaveLength(CLIENTS - 1);
    for (const refusal of refused) {
      expect(refusal).toBeInstanceOf(StaleSave);
      expect(refusal).toMatchObject({
        key: "stale-version",
        current: { version: 2, content: aText(`第${won[0]}人。`) },
      });
    }
  });

  it("sixteen writers who try again on what they were shown all get in, and every text that was kept is there", async () => {
    const leaf = await aSection(district);
    const kept = await Promise.all(drafters.map((actor, n) => saveUntilKept(actor, leaf, `第${n}人写入。`)));
    const texts = await revisionsOf(leaf);
    expect(texts.map(({ number }) => number)).toEqual(kept.toSorted((a, b) => a - b));
    expect(texts.map(({ words }) => words).toSorted()).toEqual(drafters.map((_, n) => `第${n}人写入。`).toSorted());
    const [draft] = await database.owner.db.select().from(drafts).where(eq(drafts.sectionId, leaf.id));
    expect(draft?.version).toBe(1 + CLIENTS);
    expect(new Set(draft?.writers)).toEqual(
      new Set([district.agriculture.drafter, ...drafters].map(({ userId }) => userId)),
    );
  });

  it("a button pressed twice submits once", async () => {
    const leaf = await aSection(district);
    const submit = () => refusalOf(submitSection(drafter(), { sectionId: leaf.id, version: 1, draftVersion: 1 }));
    expect((await Promise.all([submit(), submit()])).toSorted()).toEqual([null, "section-not-open"].toSorted());
    expect(await revisionsOf(leaf)).toHaveLength(1);
    expect(await stateOf(leaf)).toMatchObject({ status: "signing", version: 2 });
  });

  it("a colleague's save that comes first stops the submission of a text they had not seen", async () => {
    const leaf = await aSection(district);
    const ended = await inThisOrder(database, save(drafters[0], leaf, "同事的改稿。"), submit(leaf));
    expect(ended).toEqual({ first: null, second: "stale-version" });
    expect(await stateOf(leaf)).toMatchObject({ status: "drafting", version: 1 });
    expect(await revisionsOf(leaf)).toHaveLength(0);
  });

  it("a submission that comes first stops a colleague's save, and what went up is what was on the screen", async () => {
    const leaf = await aSection(district, { text: "屏幕上的文稿。" });
    const ended = await inThisOrder(database, submit(leaf), save(drafters[0], leaf, "同事的改稿。"));
    expect(ended).toEqual({ first: null, second: "section-not-open" });
    expect((await revisionsOf(leaf)).map(({ words }) => words)).toEqual(["屏幕上的文稿。"]);
    const [draft] = await database.owner.db.select().from(drafts).where(eq(drafts.sectionId, leaf.id));
    expect(draft).toMatchObject({ version: 1, content: aText("屏幕上的文稿。") });
  });

  it.each(["pass", "return"] as const)(
    "of two leads who decide at once, the one who comes first with %s has decided",
    async (earlier) => {
      const leaf = await aSection(district, { status: "reviewing" });
      const passes = {
        actor: district.bureau.lead,
        does: (ctx: Parameters<typeof passSection>[0]) => passSection(ctx, at(leaf)),
      };
      const returns = {
        actor: otherLead,
        does: (ctx: Parameters<typeof passSection>[0]) => returnSection(ctx, { ...at(leaf), reasons }),
      };
      const ended =
        earlier === "pass"
          ? await inThisOrder(database, passes, returns)
          : await inThisOrder(database, returns, passes);
      const why = earlier === "pass" ? "stale-version" : "section-not-reviewing";
      expect(ended).toEqual({ first: null, second: why });
      expect(await stateOf(leaf)).toMatchObject({ status: earlier === "pass" ? "approved" : "returned", version: 4 });
      const verdicts = await database.owner.db.select().from(reviews).where(eq(reviews.sectionId, leaf.id));
      expect(verdicts.map(({ verdict }) => verdict).toSorted()).toEqual([earlier, "sign"].toSorted());
    },
  );

  it("nobody signs what they submit in the same instant, though they guess the next version", async () => {
    const asSigner = await alsoHolds(district, district.agriculture.drafter, "agriculture", "signer");
    const leaf = await aSection(district);
    const signs = {
      actor: asSigner,
      does: (ctx: Parameters<typeof signSection>[0]) => signSection(ctx, { sectionId: leaf.id, version: 2 }),
    };
    expect(await inThisOrder(database, submit(leaf), signs)).toEqual({ first: null, second: "own-work" });
    expect(await stateOf(leaf)).toMatchObject({ status: "signing", version: 2 });
  });

  describe.each([
    ["as the database spells it", (id: string) => id],
    ["in capitals", (id: string) => id.toUpperCase()],
  ])("while the lead sends the report for approval, its id %s", (_, spelt) => {
    it("a leaf returned first keeps the report from going up", async () => {
      const { report, leaf } = await aWholeReport();
      const ended = await inThisOrder(database, returning(leaf), sending(spelt(report.id)));
      expect(ended).toEqual({ first: null, second: "leaves-not-approved" });
      expect(await reportState(report.id)).toMatchObject({ status: "collecting", version: 1, documentHash: null });
      expect(await stateOf(leaf)).toMatchObject({ status: "returned" });
    });

    it("a report sent first keeps its leaves as they were sent", async () => {
      const { report, leaf } = await aWholeReport();
      const ended = await inThisOrder(database, sending(spelt(report.id)), returning(leaf));
      expect(ended).toEqual({ first: null, second: "report-not-collecting" });
      expect(await reportState(report.id)).toMatchObject({ status: "approving", version: 2 });
      expect(await stateOf(leaf)).toMatchObject({ status: "approved" });
    });
  });

  it("many verbs at once on the leaves of one report end without a deadlock", async () => {
    const report = await aReportIn(district, "collecting", {
      leaves: Array.from({ length: 6 }, () => ({ department: "agriculture" as const })),
    });
    const lead = contextOf(database, district.bureau.lead);
    const storm = [...report.leaves, ...report.leaves.toReversed()].flatMap((leaf) => [
      refusalOf(returnSection(lead, { ...at(leaf), reasons })),
      refusalOf(saveSection(drafter(), { sectionId: leaf.id, version: 1, content: aText("再改。"), keep: true })),
      refusalOf(submitSection(drafter(), { sectionId: leaf.id, version: 5, draftVersion: 1 })),
      refusalOf(sendForApproval(lead, { reportId: report.id, version: 1 })),
    ]);
    const said = await Promise.all(storm);
    expect(said).toHaveLength(48);
    const audited = await database.owner.db.$count(auditEntries, eq(auditEntries.reportId, report.id));
    const before = 1 + report.leaves.length * 3;
    expect(audited - before).toBe(said.filter((one) => one === null).length);
  });

  const reasons = [{ blockId: BLOCK_ID, text: "请核对。" }];
  const drafter = () => contextOf(database, district.agriculture.drafter);
  const submit = (leaf: LeafInState) => ({
    actor: district.agriculture.drafter,
    does: (ctx: Parameters<typeof submitSection>[0]) =>
      submitSection(ctx, { ...at(leaf), draftVersion: leaf.draftVersion }),
  });
  const save = (actor: Actor | undefined, leaf: LeafInState, words: string) => ({
    actor: actor ?? district.agriculture.drafter,
    does: (ctx: Parameters<typeof saveSection>[0]) =>
      saveSection(ctx, { sectionId: leaf.id, version: leaf.draftVersion, content: aText(words), keep: false }),
  });
  const returning = (leaf: LeafInState) => ({
    actor: otherLead,
    does: (ctx: Parameters<typeof returnSection>[0]) => returnSection(ctx, { ...at(leaf), reasons }),
  });
  const sending = (reportId: string) => ({
    actor: district.bureau.lead,
    does: (ctx: Parameters<typeof sendForApproval>[0]) => sendForApproval(ctx, { reportId, version: 1 }),
  });

  async function aWholeReport() {
    const report = await aReportIn(district, "collecting");
    const [leaf] = report.leaves;
    if (!leaf) throw new Error("the report has no leaf");
    return { report, leaf };
  }

  /** What an editor does: on a refusal, take up the version that was shown and save again. */
  async function saveUntilKept(actor: Actor, leaf: LeafInState, words: string): Promise<number> {
    for (let version = leaf.draftVersion; ;) {
      try {
        const saved = await saveSection(contextOf(database, actor), {
          sectionId: leaf.id,
          version,
          content: aText(words),
          keep: true,
        });
        return saved.revision ?? 0;
      } catch (error) {
        if (!(error instanceof StaleSave) || error.current.version <= version) throw error;
        version = error.current.version;
      }
    }
  }

  async function revisionsOf(leaf: LeafInState) {
    const rows = await database.owner.db
      .select()
      .from(revisions)
      .where(eq(revisions.sectionId, leaf.id))
      .orderBy(revisions.number);
    return rows.map(({ number, content }) => ({ number, words: content.content.map(blockText).join("\n") }));
  }

  async function stateOf(leaf: LeafInState) {
    const [row] = await database.owner.db.select().from(sections).where(eq(sections.id, leaf.id));
    return row;
  }

  async function reportState(id: string) {
    const [row] = await database.owner.db.select().from(reports).where(eq(reports.id, id));
    return row;
  }
});

const at = (leaf: LeafInState) => ({ sectionId: leaf.id, version: leaf.version });
