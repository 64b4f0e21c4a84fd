import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerAll } from "../../db/testing/answers";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aDistrict,
  alsoHolds,
  aReport,
  aReportIn,
  aText,
  BLOCK_ID,
  contextOf,
  refusalOf,
  takeLeaf,
  type District,
  type LeafInState,
} from "../../db/testing/factories";
import { inThisOrder } from "../../db/testing/races";
import { deliveries, editions, reports, reviews, sections } from "../../db/schema";
import { deliverEdition, sealEdition } from "../edition/mutations";
import { getEdition, listDelivered } from "../edition/queries";
import type { Actor } from "../kernel/actor";
import { canonicalJson, sha256Hex } from "../kernel/canonical-json";
import { transact, type Context } from "../kernel/context";
import { passSection, returnSection, signSection } from "../section/decisions";
import { saveSection, submitSection } from "../section/mutations";
import { readReasons } from "../review/read-reasons";
import { compileReport } from "./compile-report";
import { approveReport, recallReport, reopenReport, returnReport, sendForApproval } from "./mutations";

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

describe("a report on its way", () => {
  it("goes from empty leaves to the committee's desk", async () => {
    const report = await aReport(district, WHOLE);
    for (const leaf of report.leaves) {
      expect(await refusalOf(sendForApproval(lead(), { reportId: report.id, version: 1 }))).toBe("leaves-not-approved");
      await takeLeaf(
        district,
        leaf,
        "approved",
        leaf.kind === "title" ? "关于上半年计划执行情况的报告" : `${leaf.title}情况良好。`,
      );
    }
    await sendForApproval(lead(), { reportId: report.id, version: 1 });
    const { hash, document } = await transact(approver(), (tx) => compileReport(tx, report.id));
    expect(
      document.blocks.map((block) =>
        "spans" in block ? block.spans.map(({ text }) => text).join("") : block.kind === "heading" ? block.text : "",
      ),
    ).toEqual(["关于上半年计划执行情况的报告", "2024年上半年计划执行情况", "农业情况良好。商务情况良好。"]);
    await approveReport(approver(), { reportId: report.id, version: 2, documentHash: hash });
    const sealed = await sealEdition(lead(), { reportId: report.id, version: 3, kind: "meeting" });
    expect(sealed.number).toBe(1);
    expect(await transact(member(), (tx) => refusalOf(getEdition(tx, sealed.id)))).toBe("not-found");
    await deliverEdition(lead(), { editionId: sealed.id });
    expect(await transact(member(), (tx) => getEdition(tx, sealed.id))).toMatchObject({
      number: 1,
      sha256: hash,
      document,
    });
    expect((await transact(member(), (tx) => listDelivered(tx))).map(({ id }) => id)).toContain(sealed.id);
    expect(await stateOf(report.id)).toMatchObject({ status: "delivered", version: 5 });
  });

  it("compiles to the same document for whoever may see all of it", async () => {
    const report = await aReportIn(district, "approving", WHOLE);
    const forLead = await transact(lead(), (tx) => compileReport(tx, report.id));
    expect(await transact(approver(), (tx) => compileReport(tx, report.id))).toEqual(forLead);
    expect(
      (await transact(as(district.agriculture.drafter), (tx) => compileReport(tx, report.id))).missing,
    ).toHaveLength(3);
  });

  it("comes back to the lead bureau by a recall, and may be sent again", async () => {
    const report = await aReportIn(district, "approving");
    await recallReport(lead(), { reportId: report.id, version: 2 });
    expect(await stateOf(report.id)).toMatchObject({ status: "collecting", documentHash: null, sentBy: null });
    expect(
      await refusalOf(
        approveReport(approver(), { reportId: report.id, version: 2, documentHash: report.documentHash }),
      ),
    ).toBe("report-not-approving");
    await sendForApproval(lead(), { reportId: report.id, version: 3 });
    expect(await stateOf(report.id)).toMatchObject({ status: "approving", documentHash: report.documentHash });
  });
});

describe("approving", () => {
  it("is pinned to the document that was on the approver's screen", async () => {
    const report = await aReportIn(district, "approving");
    const another = { reportId: report.id, version: 2, documentHash: "0".repeat(64) };
    expect(await refusalOf(approveReport(approver(), another))).toBe("document-changed");
    expect(await stateOf(report.id)).toMatchObject({ status: "approving", version: 2 });
    await approveReport(approver(), { ...another, documentHash: report.documentHash });
    const verdicts = await database.owner.db.select().from(reviews).where(eq(reviews.reportId, report.id));
    expect(verdicts.filter(({ sectionId }) => sectionId === null)).toMatchObject([
      { verdict: "approve", documentHash: report.documentHash },
    ]);
  });

  it("is refused to an approver who wrote any part of it, or sent it", async () => {
    const report = await aReportIn(district, "approving", WHOLE);
    const writer = await alsoHolds(district, district.commerce.drafter, "government", "approver");
    const sender = await alsoHolds(district, district.bureau.lead, "government", "approver");
    for (const hand of [writer, sender]) {
      expect(
        await refusalOf(
          approveReport(as(hand), { reportId: report.id, version: 2, documentHash: report.documentHash }),
        ),
      ).toBe("own-work");
    }
    expect(
      await refusalOf(
        approveReport(approver(), { reportId: report.id, version: 2, documentHash: report.documentHash }),
      ),
    ).toBeNull();
  });

  it("and a recall at the same moment: whoever comes first has decided", async () => {
    const report = await aReportIn(district, "approving");
    const approves = {
      actor: district.government.approver,
      does: (ctx: Context) =>
        approveReport(ctx, { reportId: report.id, version: 2, documentHash: report.documentHash }),
    };
    const recalls = {
      actor: district.bureau.lead,
      does: (ctx: Context) => recallReport(ctx, { reportId: report.id, version: 2 }),
    };
    expect(await inThisOrder(database, recalls, approves)).toEqual({ first: null, second: "report-not-approving" });
    expect(await stateOf(report.id)).toMatchObject({ status: "collecting", version: 3 });
  });
});

describe("an approver's return", () => {
  it("sends back the leaves that its reasons name, and no others, and their departments read why", async () => {
    const report = await aReportIn(district, "approving", WHOLE);
    const named = leafOf(report, "commerce");
    const reasons = [{ sectionId: named.id, blockId: named.blockId, text: "请核对增速口径。" }];
    await returnReport(approver(), { reportId: report.id, version: 2, reasons });
    expect(await stateOf(report.id)).toMatchObject({ status: "collecting", documentHash: null });
    const leaves = await database.owner.db.select().from(sections).where(eq(sections.reportId, report.id));
    expect(leaves.filter(({ status }) => status === "returned").map(({ id }) => id)).toEqual([named.id]);
    const said = await transact(as(district.commerce.drafter), (tx) => readReasons(tx, named.id));
    expect(said).toMatchObject([{ target: { blockId: named.blockId }, text: "请核对增速口径。", isOpen: true }]);
    const other = leafOf(report, "agriculture");
    expect(await transact(as(district.agriculture.drafter), (tx) => readReasons(tx, other.id))).toEqual([]);
  });

  it("names paragraphs of leaves: a heading, another report's leaf or a wrong paragraph is refused", async () => {
    const report = await aReportIn(district, "approving", WHOLE);
    const stranger = leafOf(await aReportIn(district, "collecting", WHOLE), "agriculture");
    const nodes = await database.owner.db.select().from(sections).where(eq(sections.reportId, report.id));
    const heading = nodes.find(({ kind }) => kind === "part");
    const own = leafOf(report, "agriculture");
    for (const [sectionId, blockId] of [
      [heading?.id ?? "", BLOCK_ID],
      [stranger.id, BLOCK_ID],
      [own.id, "no-such-block"],
    ] as const) {
      const attempt = returnReport(approver(), {
        reportId: report.id,
        version: 2,
        reasons: [{ sectionId, blockId, text: "请核对。" }],
      });
      expect(await refusalOf(attempt)).toBe("reason-not-in-text");
    }
    expect(await refusalOf(returnReport(approver(), { reportId: report.id, version: 2, reasons: [] }))).toBe(
      "reasons-missing",
    );
    expect(await stateOf(report.id)).toMatchObject({ status: "approving", version: 2 });
  });
});

describe("an edition", () => {
  it("is the approved document, and its SHA-256 is that of the document's canonical JSON", async () => {
    const report = await aReportIn(district, "delivered", WHOLE);
    const edition = await transact(lead(), (tx) => getEdition(tx, report.editionId));
    expect(edition.sha256).toBe(sha256Hex(canonicalJson(edition.document)));
    expect(edition.sha256).toBe(report.documentHash);
  });

  it("is sealed once from one page, pressed twice or by two leads at once", async () => {
    const report = await aReportIn(district, "approved");
    const seal = {
      actor: district.bureau.lead,
      does: (ctx: Context) => sealEdition(ctx, { reportId: report.id, version: 3, kind: "meeting" }),
    };
    expect(await inThisOrder(database, seal, seal)).toEqual({ first: null, second: "stale-version" });
    expect(await refusalOf(seal.does(lead()))).toBe("stale-version");
    expect(await database.owner.db.$count(editions, eq(editions.reportId, report.id))).toBe(1);
  });

  it("is delivered once to each recipient", async () => {
    const report = await aReportIn(district, "delivered");
    expect(await refusalOf(deliverEdition(lead(), { editionId: report.editionId }))).toBe("edition-delivered");
    const given = await database.owner.db.select().from(deliveries).where(eq(deliveries.editionId, report.editionId));
    expect(given.map(({ toRole }) => toRole).toSorted()).toEqual(["clerk", "drafter", "member", "signer"]);
  });

  it("stays as it was when the report is reopened, corrected and sealed anew", async () => {
    const report = await aReportIn(district, "delivered", WHOLE);
    const first = await transact(member(), (tx) => getEdition(tx, report.editionId));
    await reopenReport(lead(), { reportId: report.id, version: 5, reason: "更正数据。" });
    const leaf = leafOf(report, "agriculture");
    await correct(leaf, "更正后的文稿。");
    await sendForApproval(lead(), { reportId: report.id, version: 6 });
    const { hash } = await transact(approver(), (tx) => compileReport(tx, report.id));
    expect(hash).not.toBe(first.sha256);
    await approveReport(approver(), { reportId: report.id, version: 7, documentHash: hash });
    const second = await sealEdition(lead(), {
      reportId: report.id,
      version: 8,
      kind: "revised",
      supersedes: 1,
      notice: "农业部分的数据有误，已更正。",
    });
    await deliverEdition(lead(), { editionId: second.id });
    expect(second.number).toBe(2);
    expect(await transact(member(), (tx) => getEdition(tx, report.editionId))).toEqual({ ...first, newer: 2 });
    const corrected = await transact(member(), (tx) => getEdition(tx, second.id));
    expect(corrected.sha256).toBe(hash);
    expect(canonicalJson(corrected.document)).toContain("更正后的文稿。");
    expect(canonicalJson(first.document)).not.toContain("更正后的文稿。");
  });
});

const as = (actor: Actor) => contextOf(database, actor);
const lead = () => as(district.bureau.lead);
const approver = () => as(district.government.approver);
const member = () => as(district.congress.member);

function leafOf(report: { leaves: readonly LeafInState[] }, department: string): LeafInState {
  const leaf = report.leaves.find((one) => one.department === department);
  if (!leaf) throw new Error(`no leaf of ${department}`);
  return leaf;
}

/** Back to its department and up again with another text. */
async function correct(leaf: LeafInState, words: string): Promise<void> {
  const sectionId = leaf.id;
  const drafter = as(district[leaf.department].drafter);
  await returnSection(lead(), { sectionId, version: 4, reasons: [{ blockId: leaf.blockId, text: "更正。" }] });
  await saveSection(drafter, { sectionId, version: 1, content: aText(words), keep: false });
  await answerAll(drafter, { sectionId });
  await submitSection(drafter, { sectionId, version: 5, draftVersion: 2 });
  await signSection(as(district[leaf.department].signer), { sectionId, version: 6 });
  await passSection(lead(), { sectionId, version: 7 });
}

async function stateOf(reportId: string) {
  const [row] = await database.owner.db.select().from(reports).where(eq(reports.id, reportId));
  return row;
}
