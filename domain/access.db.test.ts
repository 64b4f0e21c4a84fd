import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wholeCast, type Cast } from "../db/testing/cast";
import { testDatabase, type TestDatabase } from "../db/testing/database";
import { aDistrict, aText, BLOCK_ID, type District } from "../db/testing/factories";
import { aStage, CURTAIN, type Stage } from "../db/testing/stage";
import { aTally, tryAll, type Tally } from "../db/testing/trials";
import { deliverEdition, sealEdition } from "./edition/mutations";
import { addEvidence } from "./evidence/mutations";
import { importTexts } from "./import/mutations";
import type { Actor } from "./kernel/actor";
import type { Context } from "./kernel/context";
import { approveReport, recallReport, reopenReport, returnReport, sendForApproval } from "./report/mutations";
import { rollForward } from "./report/open";
import { REPORT_ABILITIES, reportRefusal, type ReportAbility } from "./report/policy";
import { REPORT_STATUSES } from "./report/workflow";
import { setBrief } from "./section/briefs";
import { passSection, returnSection, signSection, withdrawSection } from "./section/decisions";
import { restoreRevision, reviseSection, saveSection, submitSection } from "./section/mutations";
import { SECTION_ABILITIES, sectionRefusal, type SectionAbility } from "./section/policy";
import { SECTION_STATUSES } from "./section/workflow";

/**
 * Whoever tries whatever whenever: the pure policy and the mutation, which runs under row-level security, give the same
 * answer. What the policy allows happens and leaves one audit entry; what it refuses leaves the database as it was.
 */
describe("who may do what", () => {
  let database: TestDatabase;
  let stage: Stage;
  let cast: Cast;
  let contextFor: (actor: Actor) => Context;

  beforeAll(async () => {
    database = await testDatabase();
    const district: District = await aDistrict(database);
    cast = await wholeCast(district, await aDistrict(database));
    stage = await aStage(district);
    contextFor = (actor) => ({ actor, db: database.app.db, now: () => CURTAIN });
  });
  afterAll(() => database.close());

  it("with a leaf: policy and mutation agree for every person, state and verb", async () => {
    const tally = aTally();
    for (const reportStatus of REPORT_STATUSES) {
      for (const status of SECTION_STATUSES) {
        await stage.set(status, reportStatus);
        const facts = stage.sectionFacts(status, reportStatus);
        const again = () => stage.restore(status, reportStatus);
        for (const person of cast) {
          const verbs = leafVerbs(contextFor(person.actor), stage);
          const trials = SECTION_ABILITIES.map((ability) => ({
            name: `${person.name} ${ability} a leaf that is ${status} while the report is ${reportStatus}`,
            expected: sectionRefusal(ability, person.actor, facts),
            act: verbs[ability],
          }));
          await tryAll(stage, trials, again, tally);
        }
      }
    }
    expect(tally.disagreements).toEqual([]);
    expect(tally.tried).toBe(cast.length * REPORT_STATUSES.length * SECTION_STATUSES.length * SECTION_ABILITIES.length);
    report("a leaf", tally);
  });

  it("with a report: policy and mutation agree for every person, state and verb", async () => {
    const tally = aTally();
    for (const status of REPORT_STATUSES) {
      await stage.set("approved", status);
      const facts = stage.reportFacts(status);
      for (const person of cast) {
        const verbs = reportVerbs(contextFor(person.actor), stage);
        const trials = REPORT_ABILITIES.map((ability) => ({
          name: `${person.name} ${ability} a report that is ${status}`,
          expected: reportRefusal(ability, person.actor, facts),
          act: verbs[ability],
        }));
        await tryAll(stage, trials, () => stage.restore("approved", status), tally);
      }
    }
    expect(tally.disagreements).toEqual([]);
    expect(tally.tried).toBe(cast.length * REPORT_STATUSES.length * REPORT_ABILITIES.length);
    report("a report", tally);
  });
});

function report(what: string, tally: Tally): void {
  console.log(`access to ${what}: ${tally.tried} combinations agree, ${tally.allowed} of them allowed`);
}

function leafVerbs(ctx: Context, { sectionId, version }: Stage): Record<SectionAbility, () => Promise<unknown>> {
  const move = { sectionId, version: version.section };
  return {
    restore: () => restoreRevision(ctx, { sectionId, revision: 1, draftVersion: version.draft }),
    attach: () => addEvidence(ctx, { sectionId, name: "快报.pdf", bytes: Buffer.from("%PDF-1.7\n%%EOF") }),
    brief: () => setBrief(ctx, { sectionId, version: 1, guidance: "请补数据。", lengthLimit: null }),
    save: () => saveSection(ctx, { sectionId, version: version.draft, content: aText("改稿。"), keep: true }),
    revise: () => reviseSection(ctx, move),
    submit: () => submitSection(ctx, { ...move, draftVersion: version.draft }),
    withdraw: () => withdrawSection(ctx, move),
    sign: () => signSection(ctx, move),
    pass: () => passSection(ctx, move),
    return: () => returnSection(ctx, { ...move, reasons: [{ blockId: BLOCK_ID, text: "请核对。" }] }),
  };
}

function reportVerbs(ctx: Context, stage: Stage): Record<ReportAbility, () => Promise<unknown>> {
  const { reportId, sectionId, hash, editions } = stage;
  const move = { reportId, version: stage.version.report };
  return {
    open: () =>
      rollForward(ctx, {
        fromReportId: reportId,
        slug: "next",
        name: "下期报告",
        year: 2025,
        half: 1,
        dueOn: "2025-07-19",
      }),
    import: () =>
      importTexts(ctx, { reportId: stage.blank.reportId, fileName: "2024.docx" }, [
        { sectionId: stage.blank.sectionId, content: aText("导入的文字。"), figures: 0 },
      ]),
    sendForApproval: () => sendForApproval(ctx, move),
    recall: () => recallReport(ctx, move),
    approve: () => approveReport(ctx, { ...move, documentHash: hash }),
    return: () => returnReport(ctx, { ...move, reasons: [{ sectionId, blockId: BLOCK_ID, text: "请核对。" }] }),
    seal: () => sealEdition(ctx, { ...move, kind: "meeting", supersedes: 1, notice: "更正了完成比例的计算口径。" }),
    sealDraft: () => sealEdition(ctx, { ...move, kind: "consultation", exception: "先行征求各部门意见，随后补齐。" }),
    deliver: () => deliverEdition(ctx, { editionId: editions.sealed }),
    deliverDraft: () => deliverEdition(ctx, { editionId: editions.draft, answerBy: "2090-01-15" }),
    reopen: () => reopenReport(ctx, { ...move, reason: "更正数据。" }),
  };
}
