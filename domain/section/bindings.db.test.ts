import { and, asc, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerAll } from "../../db/testing/answers";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  alsoHolds,
  contextOf,
  figuresSeen,
  refusalOf,
  takeLeaf,
  type District,
  type Leaf,
  type LeafInState,
} from "../../db/testing/factories";
import {
  anEntry,
  aReportWithTable,
  correctIndicator,
  FARM_OUTPUT,
  fill,
  number,
  PENDING,
  stateOf,
  takeIndicator,
  type IndicatorInState,
  type IndicatorPlan,
  type ReportWithTable,
  type TestIndicator,
} from "../../db/testing/indicators";
import { auditEntries, frozenFigures, indicatorRevisions, revisions, sections } from "../../db/schema";
import type { Binding, BoundField, ClauseForm, FigureForm } from "../indicator/binding";
import { editCatalogueEntry } from "../indicator/catalogue";
import { explainFinding } from "../indicator/waivers";
import { passIndicators, returnIndicator, signIndicators, submitIndicators } from "../indicator/mutations";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import { compileReport } from "../report/compile-report";
import { approveReport, sendForApproval } from "../report/mutations";
import { saveTemplate } from "../route/templates";
import { acceptStale, keepStale, staleInReport } from "./bindings";
import { bindingsOf, blockText, type Content, type ContentInline } from "./content";
import { getHistoryPage, HistoryAsked } from "./history";
import { passSection, returnSection } from "./decisions";
import { saveSection, submitSection } from "./mutations";
import { getSection } from "./queries";
import { getReviewPage } from "./review-page";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

const OWN = figure("node-01", "farm-output", "actual", "unit");
const TEXT = textOf("上半年农林牧渔业总产值", OWN, "，", figure("node-02", "farm-output", "growth", "change"), "。");
const SAYS = "上半年农林牧渔业总产值8.03亿元，增长4.1%。";
/** The office that confirms a figure sees it earlier than others. */
const UNCONFIRMED = { ...FARM_OUTPUT, confirmer: null };
const CORRECTED = { actual: number("8.10") };
const SAYS_NOW = "上半年农林牧渔业总产值8.1亿元，增长4.1%。";

describe("a bound figure in a text that is under way", () => {
  it("follows its own department's figure as it is filled in", async () => {
    const { report, leaf, row } = await aBoundText();
    await saveSection(drafter(), { sectionId: leaf.id, version: 0, content: TEXT, keep: false });
    expect(await shownTo(drafter(), report, leaf)).toBe("上半年农林牧渔业总产值，。");
    await fill(drafter(), district, row.id, { actual: number("8.03"), growth: number("4.1") });
    expect(await shownTo(drafter(), report, leaf)).toBe(SAYS);
    expect(await shownTo(signer(), report, leaf)).toBe(SAYS);
    await fill(drafter(), district, row.id, CORRECTED);
    expect(await shownTo(drafter(), report, leaf)).toBe(SAYS_NOW);
  });

  it("shows the lead bureau nothing of what has not gone up, and takes it away when it is sent back", async () => {
    const { report, leaf, row } = await aBoundText();
    await takeIndicator(district, row, "drafting");
    await takeLeaf(district, leaf, "reviewing", TEXT);
    expect(await shownTo(lead(), report, leaf)).toBe("上半年农林牧渔业总产值，。");
    await submitIndicators(drafter(), { rows: [{ indicatorId: row.id, version: 1 }] });
    expect(await shownTo(lead(), report, leaf)).toBe(SAYS);
    await returnIndicator(signer(), {
      indicatorId: row.id,
      version: 2,
      reasons: [{ field: "actual", text: "请核对。" }],
    });
    expect(await shownTo(lead(), report, leaf)).toBe("上半年农林牧渔业总产值，。");
  });

  it("shows the lead bureau nothing of it in the history and beside the review either", async () => {
    const { report, leaf, row } = await aBoundText();
    await takeIndicator(district, row, "drafting");
    const returned = await takeLeaf(district, leaf, "returned", TEXT);
    await answerAll(drafter(), { sectionId: leaf.id });
    await submitSection(drafter(), { sectionId: leaf.id, version: returned.version, draftVersion: 1 });
    const asked = HistoryAsked.parse({ show: "1" });
    const history = (who: Context) => transact(who, (tx) => getHistoryPage(tx, who, report.slug, leaf.id, asked));
    expect(blockTextOf((await history(drafter())).shown?.content)).toBe(SAYS);
    expect(blockTextOf((await history(lead())).shown?.content)).toBe("上半年农林牧渔业总产值，。");
    const review = await transact(lead(), (tx) => getReviewPage(tx, lead(), report.slug, leaf.id, {}, "2024-07-15"));
    expect(blockTextOf(review.before?.content)).toBe("上半年农林牧渔业总产值，。");
    const beside = review.section?.history.flatMap((entry) => (entry.type === "revision" ? [entry.content] : []));
    expect(beside?.map((text) => blockTextOf(text ?? undefined))).toEqual([
      "上半年农林牧渔业总产值，。",
      "上半年农林牧渔业总产值，。",
    ]);
  });

  it("of another department's shows it nothing before it is passed, whatever its number is", async () => {
    const { report, leaf, row } = await aBoundText("commerce", [UNCONFIRMED]);
    await saveSection(writer(), { sectionId: leaf.id, version: 0, content: TEXT, keep: false });
    for (const status of ["drafting", "reviewing", "returned"] as const) {
      if (status === "returned") await sendBack(row);
      else await takeIndicator(district, row, status, status === "drafting" ? row.figures : {});
      expect(await shownTo(writer(), report, leaf), status).toBe("上半年农林牧渔业总产值，。");
      const page = await pageOf(writer(), report, leaf);
      expect(
        page.indicators.rows.map(({ figures }) => figures),
        status,
      ).toEqual([{}]);
    }
    await takeIndicator(district, row, "approved", {});
    expect(await shownTo(writer(), report, leaf)).toBe(SAYS);
    await sendBack(row);
    expect(await shownTo(writer(), report, leaf)).toBe("上半年农林牧渔业总产值，。");
  });

  it("says at submission what the table says, whatever words the browser sent along", async () => {
    const { leaf, row } = await aBoundText();
    await takeIndicator(district, row, "drafting");
    const forged = textOf("上半年农林牧渔业总产值", said(OWN, "99999亿元"), "。");
    await saveSection(drafter(), { sectionId: leaf.id, version: 0, content: forged, keep: false });
    await submitSection(drafter(), { sectionId: leaf.id, version: 1, draftVersion: 1 });
    expect(await submittedText(leaf)).toBe("上半年农林牧渔业总产值8.03亿元。");
  });

  it("says nothing at submission of a figure that its department may not see, whatever words the browser sent along", async () => {
    const { leaf, row } = await aBoundText("commerce", [UNCONFIRMED]);
    await takeIndicator(district, row, "reviewing");
    const forged = textOf("上半年农林牧渔业总产值", said(OWN, "99999亿元"), "。");
    await saveSection(writer(), { sectionId: leaf.id, version: 0, content: forged, keep: false });
    await submitSection(writer(), { sectionId: leaf.id, version: 1, draftVersion: 1 });
    expect(await submittedText(leaf)).toBe("上半年农林牧渔业总产值。");
  });

  it("is a text, though nothing is typed beside it, once the table has words for it", async () => {
    const { leaf, row } = await aBoundText();
    const content = textOf(said(OWN, "99999亿元"));
    await saveSection(drafter(), { sectionId: leaf.id, version: 0, content, keep: false });
    const submitting = { sectionId: leaf.id, version: 1, draftVersion: 1 };
    expect(await refusalOf(submitSection(drafter(), submitting))).toBe("text-empty");
    await takeIndicator(district, row, "drafting");
    expect(await refusalOf(submitSection(drafter(), submitting))).toBeNull();
    expect(await submittedText(leaf)).toBe("8.03亿元");
  });

  it("keeps a wording that its department has given it with a reason", async () => {
    const { report, leaf, row } = await aBoundText();
    await takeIndicator(district, row, "drafting");
    await takeLeaf(district, leaf, "signing", textOf("总产值", overridden(OWN, "约8亿元"), "。"));
    expect(await shownTo(signer(), report, leaf)).toBe("总产值约8亿元。");
  });
});

describe("a typed number that contradicts the table", () => {
  const TYPED = textOf("上半年，农林牧渔业总产值9.99亿元，增长4.1%。");

  it("keeps the text from going up until it is explained or put right", async () => {
    const { report, leaf, row } = await aBoundText();
    await takeIndicator(district, row, "drafting");
    await saveSection(drafter(), { sectionId: leaf.id, version: 0, content: TYPED, keep: false });
    const submitting = { sectionId: leaf.id, version: 1, draftVersion: 1 };
    expect(await refusalOf(submitSection(drafter(), submitting))).toBe("findings-open");
    expect(await leafState(leaf)).toMatchObject({ status: "drafting", version: 1 });
    const { findings } = await pageOf(drafter(), report, leaf);
    const key = findings.find(({ severity }) => severity === "error")?.key ?? "";
    await explainFinding(drafter(), { reportId: report.id, key, explanation: "按预计数表述。" });
    expect(await refusalOf(submitSection(drafter(), submitting))).toBeNull();
  });

  it("of another department's figure says nothing of it before it is passed", async () => {
    const { leaf, row } = await aBoundText("commerce", [UNCONFIRMED]);
    await takeIndicator(district, row, "reviewing");
    await saveSection(writer(), { sectionId: leaf.id, version: 0, content: TYPED, keep: false });
    const submitting = { sectionId: leaf.id, version: 1, draftVersion: 1 };
    expect(await refusalOf(submitSection(writer(), submitting))).toBeNull();
  });
});

describe("passing a text with bound figures", () => {
  it("freezes their words and the row that they were read from", async () => {
    const { leaf } = await anApprovedText();
    const [revision] = await database.owner.db
      .select()
      .from(indicatorRevisions)
      .orderBy(desc(indicatorRevisions.createdAt));
    expect(await frozenOf(leaf)).toMatchObject([
      { nodeId: "node-01", text: "8.03亿元", seen: "8.03亿元", indicatorRevisionId: revision?.id, note: null },
      { nodeId: "node-02", text: "增长4.1%", seen: "增长4.1%", indicatorRevisionId: revision?.id, note: null },
    ]);
  });

  it("is refused when one has moved under the reviewer's eyes, and leaves nothing behind", async () => {
    const { report, leaf, row } = await aBoundText();
    await takeIndicator(district, row, "approved");
    const before = await takeLeaf(district, leaf, "reviewing", TEXT);
    const seen = (await figuresSeen(lead(), leaf)) ?? "";
    await correctIndicator(district, row, CORRECTED, "reviewing");
    const passing = { sectionId: leaf.id, version: before.version };
    expect(await refusalOf(passSection(lead(), { ...passing, figures: seen }))).toBe("figures-changed");
    expect(await leafState(leaf)).toMatchObject({ status: "reviewing", version: before.version });
    expect(await frozenOf(leaf)).toEqual([]);
    expect(await shownTo(lead(), report, leaf)).toBe(SAYS_NOW);
    const now = await figuresSeen(lead(), leaf);
    expect(await refusalOf(passSection(lead(), { ...passing, figures: now }))).toBeNull();
    expect((await frozenOf(leaf)).map(({ text }) => text)).toEqual(["8.1亿元", "增长4.1%"]);
  });

  it("is refused alike to each of several who pass it together, not only to the last", async () => {
    const other = as(await aColleague(district, "bureau", "lead"));
    const step = { office: "any", mode: "any", quorum: null, skippable: false, people: [] } as const;
    const routeId = await saveTemplate(lead(), {
      name: "两人审核",
      steps: [
        { ...step, people: [], name: "部门签发", action: "sign", role: "signer", office: "owner" },
        {
          ...step,
          name: "牵头审核",
          action: "review",
          role: "lead",
          mode: "all",
          people: [lead().actor.membershipId, other.actor.membershipId],
        },
        { ...step, people: [], name: "政府审定", action: "approve", role: "approver" },
      ],
    });
    const { leaf, row } = await aBoundText("agriculture", [UNCONFIRMED], routeId);
    const passRow = async (at: number) => {
      await signIndicators(signer(), { rows: [{ indicatorId: row.id, version: at }] });
      for (const ctx of [lead(), other]) {
        await passIndicators(ctx, { rows: [{ indicatorId: row.id, version: at + 1 }] });
      }
    };
    await takeIndicator(district, row, "signing");
    await passRow(2);
    const before = await takeLeaf(district, leaf, "reviewing", TEXT);
    const seen = (await figuresSeen(lead(), leaf)) ?? "";
    await correctIndicator(district, row, CORRECTED, "signing");
    await passRow((await stateOf(district, row.id)).version);
    const passing = { sectionId: leaf.id, version: before.version };
    expect(await refusalOf(passSection(lead(), { ...passing, figures: seen }))).toBe("figures-changed");
    expect(await refusalOf(passSection(lead(), passing))).toBe("figures-changed");
    const figures = await figuresSeen(lead(), leaf);
    for (const ctx of [lead(), other]) expect(await refusalOf(passSection(ctx, { ...passing, figures }))).toBeNull();
    expect((await frozenOf(leaf)).map(({ text }) => text)).toEqual(["8.1亿元", "增长4.1%"]);
  });

  it("is refused from a page that did not say what figures it showed", async () => {
    const { leaf, row } = await aBoundText();
    await takeIndicator(district, row, "approved");
    const { version } = await takeLeaf(district, leaf, "reviewing", TEXT);
    for (const figures of [undefined, "", "0".repeat(64)]) {
      expect(await refusalOf(passSection(lead(), { sectionId: leaf.id, version, figures }))).toBe("figures-changed");
    }
  });

  it.each<[string, (row: TestIndicator) => Promise<unknown>]>([
    ["has not gone up", (row) => takeIndicator(district, row, "drafting")],
    ["was sent back", (row) => takeIndicator(district, row, "returned")],
    ["is not fed back yet", (row) => takeIndicator(district, row, "approved", { ...row.figures, actual: PENDING })],
  ])("is refused while a figure %s", async (_, take) => {
    const { leaf, row } = await aBoundText();
    await take(row);
    const { version } = await takeLeaf(district, leaf, "reviewing", TEXT);
    const figures = await figuresSeen(lead(), leaf);
    await expect(passSection(lead(), { sectionId: leaf.id, version, figures })).rejects.toMatchObject({
      key: "figures-missing",
      params: { name: "农林牧渔业总产值" },
    });
    expect(await leafState(leaf)).toMatchObject({ status: "reviewing" });
  });

  it("is refused when it names an indicator that the table does not have", async () => {
    const { leaf, row } = await aBoundText();
    await takeIndicator(district, row, "approved");
    const { version } = await takeLeaf(
      district,
      leaf,
      "reviewing",
      textOf("总产值", figure("node-01", "gdp", "actual", "unit")),
    );
    const figures = await figuresSeen(lead(), leaf);
    await expect(passSection(lead(), { sectionId: leaf.id, version, figures })).rejects.toMatchObject({
      key: "figures-missing",
      params: { name: "gdp" },
    });
  });

  it("without bound figures needs no word of them", async () => {
    const { leaf } = await aBoundText();
    const { version } = await takeLeaf(district, leaf, "reviewing", "没有数据。");
    expect(await refusalOf(passSection(lead(), { sectionId: leaf.id, version }))).toBeNull();
  });

  it("anew after a return freezes what the table says then", async () => {
    const { leaf, row, version } = await anApprovedText();
    await returnSection(lead(), { sectionId: leaf.id, version, reasons: [{ blockId: "block-01", text: "请补充。" }] });
    await correctIndicator(district, row, CORRECTED);
    await answerAll(drafter(), { sectionId: leaf.id });
    await submitSection(drafter(), { sectionId: leaf.id, version: version + 1, draftVersion: 1 });
    const [revision] = await submittedOf(leaf);
    expect(blockTextOf(revision?.content)).toBe(SAYS_NOW);
  });
});

describe("an approved text whose figure has moved", () => {
  it("says what was approved, to whoever reads or compiles it, and is reported stale", async () => {
    const { report, leaf, row } = await anApprovedText();
    const before = await blocksOf(report);
    await correctIndicator(district, row, CORRECTED);
    expect(await blocksOf(report)).toEqual(before);
    for (const ctx of [drafter(), signer(), lead()]) expect(await shownTo(ctx, report, leaf)).toBe(SAYS);
    const stale = {
      nodeId: "node-01",
      blockId: "block-01",
      indicator: "farm-output",
      name: "农林牧渔业总产值",
      frozen: "8.03亿元",
      now: "8.1亿元",
    };
    expect((await pageOf(lead(), report, leaf)).stale).toEqual([stale]);
    expect(await staleOf(report)).toEqual([{ ...stale, sectionId: leaf.id, title: leaf.title }]);
  });

  it("and its report's hash are as they were while its department types and while the row is on its way", async () => {
    const { report, leaf, row } = await anApprovedText({ annex: false });
    const { hash } = await compiled(report);
    const same = async (when: string) => {
      expect((await compiled(report)).hash, when).toBe(hash);
      expect(await shownTo(lead(), report, leaf), when).toBe(SAYS);
    };
    await sendBack(row);
    await fill(drafter(), district, row.id, CORRECTED);
    await same("its department types");
    expect(await staleOf(report), "a row that is being corrected says nothing yet").toEqual([]);
    await takeIndicator(district, row, "reviewing", {});
    await same("it is before the lead bureau");
    const { version } = await stateOf(district, row.id);
    await passIndicators(lead(), { rows: [{ indicatorId: row.id, version }] });
    await same("it is passed");
    expect(await staleOf(report)).toHaveLength(1);
  });

  it("takes the new words when the lead accepts them, and changes in no other place", async () => {
    const { report, leaf, row, version } = await anApprovedText();
    await correctIndicator(district, row, CORRECTED);
    const before = (await compiled(report)).document;
    await acceptStale(lead(), deciding(leaf, version, "8.1亿元"));
    const after = (await compiled(report)).document;
    expect(JSON.stringify(after)).toBe(JSON.stringify(before).replace('"text":"8.03亿元"', '"text":"8.1亿元"'));
    expect(JSON.stringify(after)).not.toBe(JSON.stringify(before));
    expect(await shownTo(drafter(), report, leaf)).toBe(SAYS_NOW);
    expect(await staleOf(report)).toEqual([]);
    expect(await leafState(leaf)).toMatchObject({ status: "approved", version: version + 1 });
    const [revision] = await submittedOf(leaf);
    expect(blockTextOf(revision?.content), "the approved revision itself never changes").toBe(SAYS);
    expect(await auditedOf(leaf)).toMatchObject([{ action: "figure.accept", userId: lead().actor.userId }]);
    const accept = deciding(leaf, version + 1, "8.1亿元");
    expect(await refusalOf(acceptStale(lead(), accept))).toBe("stale-version");
  });

  it("keeps its words when the lead says why, until the figure moves again", async () => {
    const { report, leaf, row, version } = await anApprovedText();
    await correctIndicator(district, row, CORRECTED);
    await keepStale(lead(), { ...deciding(leaf, version, "8.1亿元"), note: "以报送时为准。" });
    expect(await staleOf(report)).toEqual([]);
    expect(await shownTo(lead(), report, leaf)).toBe(SAYS);
    expect((await frozenOf(leaf)).at(-1)).toMatchObject({
      nodeId: "node-01",
      text: "8.03亿元",
      seen: "8.1亿元",
      note: "以报送时为准。",
    });
    const { findings } = await pageOf(lead(), report, leaf);
    expect(findings.map(({ rule, waivedBy }) => [rule, waivedBy])).toEqual([["R6", "以报送时为准。"]]);
    expect(await auditedOf(leaf)).toMatchObject([{ action: "figure.keep" }]);
    await correctIndicator(district, row, { actual: number("8.20") });
    expect(await staleOf(report)).toMatchObject([{ frozen: "8.03亿元", now: "8.2亿元" }]);
  });

  it("is not stale when the figure has come back to what the text says", async () => {
    const { report, leaf, row, version } = await anApprovedText();
    await correctIndicator(district, row, CORRECTED);
    await keepStale(lead(), { ...deciding(leaf, version, "8.1亿元"), note: "以报送时为准。" });
    await correctIndicator(district, row, { actual: number("8.03") });
    expect(await staleOf(report)).toEqual([]);
  });

  it("is stale when the table does not say that figure any more, and only goes back", async () => {
    const { report, leaf, row, version } = await anApprovedText();
    await correctIndicator(district, row, { actual: PENDING });
    expect(await staleOf(report)).toMatchObject([{ nodeId: "node-01", frozen: "8.03亿元", now: null }]);
    expect(await refusalOf(sendForApproval(lead(), { reportId: report.id, version: 1 }))).toBe("figures-stale");
    expect(await refusalOf(acceptStale(lead(), deciding(leaf, version, "")))).toBe("stale-version");
    const keep = { ...deciding(leaf, version, ""), note: "以报送时为准。" };
    expect(await refusalOf(keepStale(lead(), keep))).toBe("stale-version");
  });

  it("is stale when its indicator has another code now", async () => {
    const { report, row } = await anApprovedText();
    await sendBack(row);
    await editCatalogueEntry(lead(), {
      ...anEntry(district, { ...FARM_OUTPUT, code: "farm" }),
      indicatorId: row.id,
      version: (await stateOf(district, row.id)).version,
    });
    await takeIndicator(district, row, "approved", {});
    expect((await staleOf(report)).map(({ nodeId, now }) => [nodeId, now])).toEqual([
      ["node-01", null],
      ["node-02", null],
    ]);
  });

  it("is stale when its indicator has another name now, though its figures are the same", async () => {
    const clause = textOf(aClause("node-01", "farm-output", "body"), "。");
    const { report, row } = await anApprovedText({ text: clause });
    const { version } = await stateOf(district, row.id);
    await editCatalogueEntry(lead(), {
      ...anEntry(district, { ...FARM_OUTPUT, shortName: "农业总产值" }),
      indicatorId: row.id,
      version,
    });
    expect(await staleOf(report)).toMatchObject([{ now: "农业总产值完成8.03亿元、增长4.1%" }]);
  });

  it("is stale though its department worded the figure otherwise", async () => {
    const { report, leaf, row, version } = await anApprovedText({
      text: textOf("总产值", overridden(OWN, "约8亿元"), "。"),
    });
    expect(await staleOf(report)).toEqual([]);
    await correctIndicator(district, row, { actual: number("9.50") });
    expect(await staleOf(report)).toMatchObject([{ frozen: "约8亿元", now: "9.5亿元" }]);
    await acceptStale(lead(), deciding(leaf, version, "9.5亿元"));
    expect(await shownTo(lead(), report, leaf)).toBe("总产值9.5亿元。");
  });

  it("is stale when a count over the table has moved", async () => {
    const count: ContentInline = { type: "count", attrs: { id: "node-01", form: "ahead", text: "", wording: null } };
    const { report, row } = await anApprovedText({ text: textOf("完成进度计划的有", count, "项。") });
    expect(await staleOf(report)).toEqual([]);
    await correctIndicator(district, row, { actual: number("12.00") });
    expect(await staleOf(report)).toMatchObject([{ indicator: null, frozen: "0", now: "1" }]);
  });
});

describe("deciding on a figure that has moved", () => {
  it("is the lead bureau's alone", async () => {
    const { leaf, row, version } = await anApprovedText();
    await correctIndicator(district, row, CORRECTED);
    for (const [actor, refusal] of [
      [district.agriculture.drafter, "not-your-role"],
      [district.agriculture.signer, "not-your-role"],
      [district.commerce.drafter, "not-your-department"],
      [district.government.approver, "not-your-role"],
      [district.congress.member, "not-found"],
      [district.centre.auditor, "not-found"],
    ] as const) {
      const stale = deciding(leaf, version, "8.1亿元");
      expect(await refusalOf(acceptStale(as(actor), stale)), actor.label).toBe(refusal);
      expect(await refusalOf(keepStale(as(actor), { ...stale, note: "不改。" })), actor.label).toBe(refusal);
    }
    expect(await frozenOf(leaf)).toHaveLength(2);
  });

  it("is not for who wrote or signed the text, in whatever post", async () => {
    const { leaf, row, version } = await anApprovedText();
    await correctIndicator(district, row, CORRECTED);
    const stale = deciding(leaf, version, "8.1亿元");
    const writes = as(await alsoHolds(district, district.agriculture.drafter, "bureau", "lead"));
    expect(await refusalOf(acceptStale(writes, stale))).toBe("own-work");
    const signs = as(await alsoHolds(district, district.agriculture.signer, "bureau", "lead"));
    expect(await refusalOf(keepStale(signs, { ...stale, note: "不改。" }))).toBe("signed-by-you");
  });

  it("is on what the page showed: an older leaf, another figure or a later one is refused", async () => {
    const { leaf, row, version } = await anApprovedText();
    expect(await refusalOf(acceptStale(lead(), deciding(leaf, version, "8.03亿元")))).toBe("stale-version");
    await correctIndicator(district, row, CORRECTED);
    const stale = deciding(leaf, version, "8.1亿元");
    expect(await refusalOf(acceptStale(lead(), { ...stale, version: version - 1 }))).toBe("stale-version");
    expect(await refusalOf(acceptStale(lead(), { ...stale, nodeId: "node-02" }))).toBe("stale-version");
    expect(await refusalOf(acceptStale(lead(), { ...stale, now: "9亿元" }))).toBe("figures-changed");
    expect(await frozenOf(leaf)).toHaveLength(2);
  });

  it("waits until the report collects again", async () => {
    const { report, leaf, version } = await anApprovedText();
    await sendForApproval(lead(), { reportId: report.id, version: 1 });
    const stale = deciding(leaf, version, "8.1亿元");
    expect(await refusalOf(acceptStale(lead(), stale))).toBe("report-not-collecting");
  });
});

describe("a report whose texts quote its figures", () => {
  it("goes up only when every figure is passed and no text is stale, and is approved with what was frozen", async () => {
    const { report, leaf, row, version } = await anApprovedText();
    const send = () => sendForApproval(lead(), { reportId: report.id, version: 1 });
    await correctIndicator(district, row, CORRECTED, "reviewing");
    expect(await refusalOf(send())).toBe("indicators-not-approved");
    await passIndicators(lead(), {
      rows: [{ indicatorId: row.id, version: (await stateOf(district, row.id)).version }],
    });
    expect(await refusalOf(send())).toBe("figures-stale");
    await acceptStale(lead(), deciding(leaf, version, "8.1亿元"));
    expect(await refusalOf(send())).toBeNull();
    const { hash, document } = await compiled(report);
    expect(JSON.stringify(document.blocks)).toContain("8.1亿元");
    const approver = as(district.government.approver);
    const before = await transact(approver, (tx) => compileReport(tx, report.id));
    expect(before.hash).toBe(hash);
    const approving = { reportId: report.id, version: 2, documentHash: before.hash };
    expect(await refusalOf(approveReport(approver, approving))).toBeNull();
  });

  it("does not go up on a figure that is not passed, though it prints no table", async () => {
    const { report, row } = await anApprovedText({ annex: false });
    await correctIndicator(district, row, row.figures, "reviewing");
    expect(await refusalOf(sendForApproval(lead(), { reportId: report.id, version: 1 }))).toBe(
      "indicators-not-approved",
    );
  });

  it("is not approved by who typed a figure of it, in whatever post", async () => {
    const { report } = await anApprovedText({ department: "commerce" });
    await sendForApproval(lead(), { reportId: report.id, version: 1 });
    const { hash } = await compiled(report);
    const approves = as(await alsoHolds(district, district.agriculture.drafter, "government", "approver"));
    const approving = { reportId: report.id, version: 2, documentHash: hash };
    expect(await refusalOf(approveReport(approves, approving))).toBe("own-work");
  });
});

const as = (actor: Actor): Context => contextOf(database, actor);
const drafter = () => as(district.agriculture.drafter);
const signer = () => as(district.agriculture.signer);
/** Of the department that quotes another's figure. */
const writer = () => as(district.commerce.drafter);
const lead = () => as(district.bureau.lead);

function figure(
  id: string,
  indicator: string,
  field: BoundField,
  form: FigureForm,
): Extract<Binding, { type: "figure" }> {
  return { type: "figure", attrs: { id, indicator, field, form, text: "", wording: null } };
}
const aClause = (id: string, indicator: string, form: ClauseForm): ContentInline => ({
  type: "clause",
  attrs: { id, indicator, form, text: "", wording: null },
});
type Figure = ReturnType<typeof figure>;
const said = (node: Figure, text: string): Figure => ({ ...node, attrs: { ...node.attrs, text } });
const overridden = (node: Figure, text: string): Figure => ({
  ...node,
  attrs: { ...node.attrs, text, wording: { text, reason: "按口径表述。" } },
});

function textOf(...parts: (string | ContentInline)[]): Content {
  const content = parts.map((part): ContentInline => (typeof part === "string" ? { type: "text", text: part } : part));
  return { type: "doc", content: [{ type: "paragraph", attrs: { id: "block-01" }, content }] };
}

type Bound = { report: ReportWithTable; leaf: Leaf; row: TestIndicator };

/** A report with one leaf and one row of agriculture's, nothing written yet. */
async function aBoundText(
  department: "agriculture" | "commerce" = "agriculture",
  plans: readonly IndicatorPlan[] = [FARM_OUTPUT],
  routeId?: string,
): Promise<Bound> {
  const own = routeId === undefined ? {} : { routeId };
  const report = await aReportWithTable(district, plans, { leaves: [{ department }], ...own });
  const [leaf] = report.leaves;
  const [row] = report.indicators;
  if (!leaf || !row) throw new Error("the report is empty");
  return { report, leaf, row };
}

type Approved = Omit<Bound, "row"> & { row: IndicatorInState; version: number };

/** The same, passed: the row first, then the text that quotes it. */
async function anApprovedText(
  plan: { text?: Content; annex?: boolean; department?: "agriculture" | "commerce" } = {},
): Promise<Approved> {
  const { report, leaf, row } = await aBoundText(plan.department);
  if (plan.annex === false) {
    await database.owner.db
      .delete(sections)
      .where(and(eq(sections.reportId, report.id), eq(sections.kind, "indicators")));
  }
  const approved = await takeIndicator(district, row, "approved");
  const { version } = await takeLeaf(district, leaf, "approved", plan.text ?? TEXT);
  return { report, leaf, row: approved, version };
}

/** The lead bureau's return. */
async function sendBack(row: TestIndicator): Promise<void> {
  const { version } = await stateOf(district, row.id);
  const reasons = [{ field: "actual" as const, text: "请更正。" }];
  await returnIndicator(lead(), { indicatorId: row.id, version, reasons });
}

const deciding = (leaf: Leaf, version: number, now: string) => ({
  sectionId: leaf.id,
  version,
  nodeId: "node-01",
  now,
});

const pageOf = (ctx: Context, report: ReportWithTable, leaf: Leaf) =>
  transact(ctx, (tx) => getSection(tx, ctx, report.slug, leaf.id));

async function shownTo(ctx: Context, report: ReportWithTable, leaf: Leaf): Promise<string> {
  return blockTextOf((await pageOf(ctx, report, leaf)).text.content);
}

const blockTextOf = (content: Content | undefined): string => (content?.content ?? []).map(blockText).join("\n");

const submittedOf = (leaf: Pick<LeafInState, "id">) =>
  database.owner.db
    .select()
    .from(revisions)
    .where(and(eq(revisions.sectionId, leaf.id), eq(revisions.kind, "submitted")))
    .orderBy(desc(revisions.number));

async function submittedText(leaf: Leaf): Promise<string> {
  const [revision] = await submittedOf(leaf);
  expect(bindingsOf(revision?.content ?? { type: "doc", content: [] })).toHaveLength(1);
  return blockTextOf(revision?.content);
}

async function leafState(leaf: Leaf) {
  const [row] = await database.owner.db.select().from(sections).where(eq(sections.id, leaf.id));
  return row;
}

const frozenOf = (leaf: Leaf) =>
  database.owner.db
    .select()
    .from(frozenFigures)
    .where(eq(frozenFigures.sectionId, leaf.id))
    .orderBy(asc(frozenFigures.id));

async function auditedOf(leaf: Leaf) {
  const rows = await database.owner.db.select().from(auditEntries).where(eq(auditEntries.subjectId, leaf.id));
  return rows.filter(({ action }) => action.startsWith("figure."));
}

const staleOf = (report: ReportWithTable) => transact(lead(), (tx) => staleInReport(tx, lead(), report.id));
const compiled = (report: ReportWithTable) => transact(lead(), (tx) => compileReport(tx, report.id));
const blocksOf = async (report: ReportWithTable) => (await compiled(report)).document.blocks;
