import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerAll } from "../../db/testing/answers";
import { wholeCast } from "../../db/testing/cast";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  aReport,
  aReportIn,
  aSection,
  contextOf,
  refusalOf,
  takeLeaf,
  type District,
  type LeafInState,
} from "../../db/testing/factories";
import { inThisOrder } from "../../db/testing/races";
import { anIndicator } from "../../db/testing/indicators";
import { reasonAnswers, reviewReasons, sections } from "../../db/schema";
import { returnIndicator, submitIndicators, withdrawIndicators } from "../indicator/mutations";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import { returnReport } from "../report/mutations";
import type { Content } from "../section/content";
import { getReportRoute } from "../route/queries";
import { skipStep } from "../route/seats";
import { saveTemplate } from "../route/templates";
import { passSection, returnSection, signSection, withdrawSection } from "../section/decisions";
import { saveSection, submitSection } from "../section/mutations";
import { getSection } from "../section/queries";
import { getAnsweredReasons } from "./answered";
import { answerReason } from "./answers";
import { mayAnswerReason, maySeeReason } from "./policy";
import { firstReasons, openTally, readReasons, readRowReasons } from "./read-reasons";

let database: TestDatabase;
let district: District;

beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

const as = (actor: Actor): Context => contextOf(database, actor);
const drafter = () => as(district.agriculture.drafter);
const signer = () => as(district.agriculture.signer);
const lead = () => as(district.bureau.lead);
const changed = (reasonId: string, seen?: string) => ({ reasonId, answer: "changed" as const, text: "", seen });
const kept = (reasonId: string, text: string, seen?: string) => ({ reasonId, answer: "kept" as const, text, seen });

const reasonsFor = (ctx: Context, sectionId: string) => transact(ctx, (tx) => readReasons(tx, sectionId));

const PARAGRAPHS: Content = {
  type: "doc",
  content: ["全区完成投资160.09亿元。", "新增企业12家，其中规上5家。", "总的看，形势平稳。"].map((text, index) => ({
    type: "paragraph",
    attrs: { id: `block-0${index + 1}` },
    content: [{ type: "text", text }],
  })),
};

/** A leaf of three paragraphs that the lead bureau has returned with three reasons. */
async function aReturnedLeaf(): Promise<LeafInState> {
  const leaf = await aSection(district, { status: "drafting" });
  await saveSection(drafter(), { sectionId: leaf.id, version: 1, content: PARAGRAPHS, keep: false });
  await submitSection(drafter(), { sectionId: leaf.id, version: 1, draftVersion: 2 });
  await signSection(signer(), { sectionId: leaf.id, version: 2 });
  await returnSection(lead(), {
    sectionId: leaf.id,
    version: 3,
    reasons: [
      { blockId: "block-01", words: "160.09", from: 6, kind: "data", text: "与统计局快报不符。" },
      { blockId: "block-02", kind: "basis", severity: "advice", text: "请附名单。" },
      { blockId: "block-03", words: "形势平稳", text: "表述再斟酌。" },
    ],
  });
  return { ...leaf, status: "returned", version: 4, draftVersion: 2 };
}

describe("a return", () => {
  it("has reasons of a kind and a weight, on paragraphs or on words of them", async () => {
    const leaf = await aReturnedLeaf();
    const reasons = await reasonsFor(drafter(), leaf.id);
    expect(reasons).toMatchObject([
      { kind: "data", severity: "must", quote: "160.09", target: { blockId: "block-01", range: { from: 6, to: 12 } } },
      { kind: "basis", severity: "advice", quote: "新增企业12家，其中规上5家。", target: { range: null } },
      {
        kind: "other",
        severity: "must",
        quote: "形势平稳",
        target: { blockId: "block-03", range: { from: 4, to: 8 } },
      },
    ]);
    expect(reasons.map(({ isOpen, answer, judged }) => ({ isOpen, answer, judged }))).toEqual(
      Array.from({ length: 3 }, () => ({ isOpen: true, answer: null, judged: 1 })),
    );
  });

  it("without kind or weight is 其他 and 必须修改, on the whole paragraph", async () => {
    const leaf = await aSection(district, { status: "returned" });
    expect(await reasonsFor(drafter(), leaf.id)).toMatchObject([
      { kind: "other", severity: "must", target: { is: "text", range: null } },
    ]);
  });

  it("refuses words that are not in the paragraph, or in several places of it, and keeps nothing", async () => {
    const leaf = await aSection(district, { status: "reviewing", text: "增长5%，完成5%。" });
    for (const words of ["增长6%", "5%"]) {
      const attempt = returnSection(lead(), {
        sectionId: leaf.id,
        version: 3,
        reasons: [{ blockId: leaf.blockId, words, text: "请核对。" }],
      });
      expect(await refusalOf(attempt)).toBe("reason-words-away");
    }
    expect(await database.owner.db.$count(reviewReasons, eq(reviewReasons.sectionId, leaf.id))).toBe(0);
  });
});

describe("answering", () => {
  it("lets nothing up before each reason is answered, and says how many are not", async () => {
    const leaf = await aReturnedLeaf();
    const up = () => submitSection(drafter(), { sectionId: leaf.id, version: 4, draftVersion: 2 });
    const [one, two, three] = await reasonsFor(drafter(), leaf.id);
    await expect(up()).rejects.toMatchObject({ key: "reasons-unanswered", params: { count: 3 } });
    await answerReason(drafter(), changed(one?.id ?? ""));
    await answerReason(drafter(), kept(two?.id ?? "", "名单已在附件二。"));
    await expect(up()).rejects.toMatchObject({ key: "reasons-unanswered", params: { count: 1 } });
    await answerReason(drafter(), changed(three?.id ?? ""));
    await up();
    const [row] = await database.owner.db.select().from(sections).where(eq(sections.id, leaf.id));
    expect(row?.status).toBe("signing");
  });

  it("counts the newest answer, until the text goes up", async () => {
    const leaf = await aSection(district, { status: "returned" });
    const [reason] = await reasonsFor(drafter(), leaf.id);
    await answerReason(drafter(), changed(reason?.id ?? ""));
    const [once] = await reasonsFor(drafter(), leaf.id);
    await answerReason(drafter(), kept(reason?.id ?? "", "口径没有变。", once?.answer?.id));
    const [twice] = await reasonsFor(drafter(), leaf.id);
    expect(twice?.answer).toMatchObject({ answer: "kept", text: "口径没有变。" });
    await submitSection(drafter(), { sectionId: leaf.id, version: 4, draftVersion: 1 });
    const late = answerReason(drafter(), changed(reason?.id ?? "", twice?.answer?.id));
    expect(await refusalOf(late)).toBe("reason-settled");
  });

  it("goes on after a text was taken back that nobody had decided on", async () => {
    const leaf = await aSection(district, { status: "returned" });
    await answerAll(drafter(), { sectionId: leaf.id });
    await submitSection(drafter(), { sectionId: leaf.id, version: 4, draftVersion: 1 });
    await withdrawSection(drafter(), { sectionId: leaf.id, version: 5 });
    const [reason] = await reasonsFor(drafter(), leaf.id);
    expect(reason).toMatchObject({ isOpen: true, answer: { answer: "changed" } });
    await answerReason(drafter(), kept(reason?.id ?? "", "口径没有变。", reason?.answer?.id));
  });

  it("needs a reason for what is kept, in the database too", async () => {
    const leaf = await aSection(district, { status: "returned" });
    const [reason] = await reasonsFor(drafter(), leaf.id);
    await expect(answerReason(drafter(), kept(reason?.id ?? "", ""))).rejects.toMatchObject({
      cause: { constraint_name: "reason_answers_because" },
    });
  });

  it("works off the reasons of several returns together", async () => {
    const report = await aReportIn(district, "approving", { leaves: [{ department: "agriculture" }] });
    const [leaf] = report.leaves;
    if (!leaf) throw new Error("the report has no leaf");
    await returnReport(as(district.government.approver), {
      reportId: report.id,
      version: 2,
      reasons: [{ sectionId: leaf.id, blockId: leaf.blockId, kind: "policy", text: "表述与上级文件不一致。" }],
    });
    const up = (version: number) => submitSection(drafter(), { sectionId: leaf.id, version, draftVersion: 1 });
    await expect(up(5)).rejects.toMatchObject({ params: { count: 1 } });
    await answerAll(drafter(), { sectionId: leaf.id });
    await up(5);
    await returnSection(signer(), {
      sectionId: leaf.id,
      version: 6,
      reasons: [{ blockId: leaf.blockId, text: "再核一遍。" }],
    });
    // What was said further on is not settled by somebody before who sends the next text back too, but it is answered.
    const open = async () => (await reasonsFor(drafter(), leaf.id)).map(({ kind, isOpen }) => [kind, isOpen]);
    expect(await open()).toEqual([
      ["policy", true],
      ["other", true],
    ]);
    await expect(up(7)).rejects.toMatchObject({ params: { count: 1 } });
    await answerAll(drafter(), { sectionId: leaf.id });
    await up(7);
    await signSection(signer(), { sectionId: leaf.id, version: 8 });
    expect(await open()).toEqual([
      ["policy", false],
      ["other", false],
    ]);
  });

  it("is over with the approval, also of reasons given at a step that was left out afterwards", async () => {
    const { commerce, bureau, agriculture } = district;
    const step = { office: "any", mode: "any", quorum: null, skippable: false, people: [] as string[] } as const;
    const people = [commerce.signer.membershipId];
    const routeId = await saveTemplate(lead(), {
      name: "先会签",
      steps: [
        { ...step, people: [], name: "部门签发", action: "sign", role: "signer", office: "owner" },
        { ...step, name: "会签", action: "review", role: "signer", skippable: true, people },
        { ...step, people: [], name: "牵头审核", action: "review", role: "lead" },
        { ...step, people: [], name: "政府审定", action: "approve", role: "approver" },
      ],
    });
    const report = await aReport(district, { routeId });
    const [bare] = report.leaves;
    if (!bare) throw new Error("the report has no leaf");
    const leaf = await takeLeaf(district, bare, "reviewing");
    const sectionId = leaf.id;
    const reasons = [{ blockId: leaf.blockId, text: "请部门再核。" }];
    await returnSection(as(commerce.signer), { sectionId, version: 3, reasons, to: "previous" });
    const route = await transact(lead(), (tx) => getReportRoute(tx, lead(), report.slug));
    const stepId = route.steps.find(({ name }) => name === "会签")?.id ?? "";
    await skipStep(as(bureau.lead), { stepId, organId: agriculture.signer.organId, reason: "职能划转" });
    await signSection(signer(), { sectionId, version: 4 });
    const open = async () => (await reasonsFor(drafter(), sectionId)).map(({ isOpen }) => isOpen);
    expect(await open()).toEqual([true]);
    await passSection(lead(), { sectionId, version: 5 });
    expect(await open()).toEqual([false]);
  });

  it("keeps both returns open when the step before sends on what was sent back to it", async () => {
    const leaf = await aSection(district, { status: "reviewing" });
    const reasons = [{ blockId: leaf.blockId, text: "请部门把关。" }];
    await returnSection(lead(), { sectionId: leaf.id, version: 3, reasons, to: "previous", way: "resume" });
    await returnSection(signer(), { sectionId: leaf.id, version: 4, reasons });
    const up = () => submitSection(drafter(), { sectionId: leaf.id, version: 5, draftVersion: 1 });
    await expect(up()).rejects.toMatchObject({ params: { count: 2 } });
  });
});

describe("a row of the table", () => {
  it("goes up again when the reasons about its cells are answered", async () => {
    const { id, version } = await anIndicator(district, "reviewing");
    await returnIndicator(lead(), {
      indicatorId: id,
      version,
      reasons: [
        { field: "actual", kind: "data", text: "与快报不符。" },
        { field: "growth", severity: "advice", text: "请注明口径。" },
      ],
    });
    const rows = [{ indicatorId: id, version: version + 1 }];
    await expect(submitIndicators(drafter(), { rows })).rejects.toMatchObject({
      key: "reasons-unanswered",
      params: { count: 2 },
    });
    await answerAll(drafter(), { indicatorId: id }, { answer: "kept", text: "快报是初步数。" });
    await submitIndicators(drafter(), { rows });
    const read = await transact(lead(), (tx) => readRowReasons(tx, [id]));
    expect(read.get(id)?.map(({ target, answer }) => [target.is === "cell" && target.field, answer?.text])).toEqual([
      ["actual", "快报是初步数。"],
      ["growth", "快报是初步数。"],
    ]);
    await withdrawIndicators(drafter(), { rows: [{ indicatorId: id, version: version + 2 }] });
  });
});

describe("who decides on the corrected text", () => {
  it("sees each reason with its answer and what became of its paragraph", async () => {
    const leaf = await aReturnedLeaf();
    const corrected = structuredClone(PARAGRAPHS);
    corrected.content = corrected.content.slice(0, 2);
    const [first] = corrected.content;
    if (first && first.type !== "table") first.content = [{ type: "text", text: "全区完成投资160.12亿元。" }];
    await saveSection(drafter(), { sectionId: leaf.id, version: 2, content: corrected, keep: false });
    await answerAll(drafter(), { sectionId: leaf.id });
    await submitSection(drafter(), { sectionId: leaf.id, version: 4, draftVersion: 3 });
    await signSection(signer(), { sectionId: leaf.id, version: 5 });
    const rounds = await answered(lead(), leaf);
    expect(rounds).toMatchObject([{ judged: 1, isPresent: false }]);
    expect(
      rounds[0]?.reasons.map(({ reason, change, isGone }) => [reason.answer?.answer, change?.kind, isGone]),
    ).toEqual([
      ["changed", "changed", false],
      ["changed", "same", false],
      ["changed", "removed", true],
    ]);
    expect(rounds[0]?.reasons[0]?.change?.changes).toContainEqual({ kind: "removed", text: "160.09" });
    await passSection(lead(), { sectionId: leaf.id, version: 6 });
    expect((await reasonsFor(drafter(), leaf.id)).some(({ isOpen }) => isOpen)).toBe(false);
  });

  async function answered(ctx: Context, leaf: LeafInState) {
    const [report] = await database.owner.sql<{ slug: string }[]>`
      select slug from reports where id = ${leaf.reportId}`;
    return transact(ctx, async (tx) =>
      getAnsweredReasons(tx, ctx, await getSection(tx, ctx, report?.slug ?? "", leaf.id)),
    );
  }
});

describe("what others read of reasons", () => {
  it("a list counts the open ones and those that are answered", async () => {
    const leaf = await aReturnedLeaf();
    const [reason] = await reasonsFor(drafter(), leaf.id);
    const tally = () =>
      transact(drafter(), async (tx) => {
        const [row] = await tx.select({ tally: openTally }).from(sections).where(eq(sections.id, leaf.id));
        return row?.tally;
      });
    expect(await tally()).toEqual({ count: 3, answered: 0 });
    await answerReason(drafter(), changed(reason?.id ?? ""));
    expect(await tally()).toEqual({ count: 3, answered: 1 });
    await answerAll(drafter(), { sectionId: leaf.id });
    await submitSection(drafter(), { sectionId: leaf.id, version: 4, draftVersion: 2 });
    await signSection(signer(), { sectionId: leaf.id, version: 5 });
    expect(await tally()).toBeNull();
  });

  it("a list says the first two that are open, what must be changed before what is advised", async () => {
    const leaf = await aReturnedLeaf();
    const first = () =>
      transact(drafter(), async (tx) => {
        const [row] = await tx.select({ reasons: firstReasons }).from(sections).where(eq(sections.id, leaf.id));
        return row?.reasons;
      });
    expect((await first())?.map(({ text }) => text)).toEqual(["与统计局快报不符。", "表述再斟酌。"]);
    expect((await first())?.[0]?.kind).toBe("data");
    await answerAll(drafter(), { sectionId: leaf.id });
    await submitSection(drafter(), { sectionId: leaf.id, version: 4, draftVersion: 2 });
    await signSection(signer(), { sectionId: leaf.id, version: 5 });
    expect(await first()).toEqual([]);
  });
});

describe("two drafters", () => {
  it("who answer one reason at the same time: the first counts, the second is told and nothing is lost", async () => {
    const leaf = await aSection(district, { status: "returned" });
    const [reason] = await reasonsFor(drafter(), leaf.id);
    const colleague = await aColleague(district, "agriculture", "drafter");
    const ended = await inThisOrder(
      database,
      { actor: district.agriculture.drafter, does: (ctx) => answerReason(ctx, changed(reason?.id ?? "")) },
      { actor: colleague, does: (ctx) => answerReason(ctx, kept(reason?.id ?? "", "口径没有变。")) },
    );
    expect(ended).toEqual({ first: null, second: "stale-version" });
    const rows = await database.owner.db
      .select()
      .from(reasonAnswers)
      .where(eq(reasonAnswers.reasonId, reason?.id ?? ""));
    expect(rows.map(({ answer }) => answer)).toEqual(["changed"]);
  });

  it("of whom one sends it up while the other changes an answer: the answer comes too late", async () => {
    const leaf = await aSection(district, { status: "returned" });
    await answerAll(drafter(), { sectionId: leaf.id });
    const [reason] = await reasonsFor(drafter(), leaf.id);
    const colleague = await aColleague(district, "agriculture", "drafter");
    const ended = await inThisOrder(
      database,
      {
        actor: district.agriculture.drafter,
        does: (ctx) => submitSection(ctx, { sectionId: leaf.id, version: 4, draftVersion: 1 }),
      },
      {
        actor: colleague,
        does: (ctx) => answerReason(ctx, kept(reason?.id ?? "", "口径没有变。", reason?.answer?.id)),
      },
    );
    expect(ended).toEqual({ first: null, second: "reason-settled" });
  });
});

describe("row-level security", () => {
  it("agrees with the policy on who sees a reason with its answers, and on who may answer", async () => {
    const own = await aDistrict(database);
    const cast = await wholeCast(own, district);
    const leaf = await aSection(own, { status: "returned" });
    await answerAll(contextOf(database, own.agriculture.drafter), { sectionId: leaf.id });
    const [reason] = await database.owner.db.select().from(reviewReasons).where(eq(reviewReasons.sectionId, leaf.id));
    if (!reason) throw new Error("nothing was returned");
    const facts = { ...reason, confirmOrganId: null, isSeated: false };
    for (const { actor, name } of cast) {
      const seen = await transact(as(actor), async (tx) => [
        await tx.$count(reviewReasons, eq(reviewReasons.id, reason.id)),
        await tx.$count(reasonAnswers, eq(reasonAnswers.reasonId, reason.id)),
      ]);
      const sees = maySeeReason(actor, facts) ? 1 : 0;
      expect(seen, name).toEqual([sees, sees]);
      const taken = new Error("written, and taken back");
      const written = transact(as(actor), async (tx) => {
        await tx.insert(reasonAnswers).values({
          jurisdictionId: actor.jurisdictionId,
          reasonId: reason.id,
          organId: actor.organId,
          answer: "changed",
          text: "",
          authorId: actor.userId,
          authorLabel: actor.label,
          createdAt: new Date(),
        });
        throw taken;
      }).catch((error: unknown) => error === taken);
      expect(await written, name).toBe(mayAnswerReason(actor, facts));
    }
  });

  it("keeps answers as they were given", async () => {
    for (const what of [sqlOf("update reason_answers set text = ''"), sqlOf("delete from reason_answers")]) {
      await expect(transact(drafter(), what)).rejects.toMatchObject({ cause: { code: "42501" } });
    }
  });
});

const sqlOf = (statement: string) => (tx: Parameters<Parameters<typeof transact>[1]>[0]) => tx.execute(statement);
