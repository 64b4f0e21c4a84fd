import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wholeCast, type Cast } from "../db/testing/cast";
import { testDatabase, type TestDatabase } from "../db/testing/database";
import { aDistrict, aText, BLOCK_ID, refusalOf, type District } from "../db/testing/factories";
import { aStage, CURTAIN, type Stage } from "../db/testing/stage";
import { deliverEdition, sealEdition } from "./edition/mutations";
import type { Actor } from "./kernel/actor";
import type { Context } from "./kernel/context";
import type { RefusalKey } from "./kernel/errors";
import { approveReport, recallReport, reopenReport, returnReport, sendForApproval } from "./report/mutations";
import { rollForward } from "./report/open";
import { REPORT_ABILITIES, reportRefusal, type ReportAbility } from "./report/policy";
import { REPORT_STATUSES } from "./report/workflow";
import {
  passSection,
  returnSection,
  saveSection,
  signSection,
  submitSection,
  withdrawSection,
} from "./section/mutations";
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
          await tryAll(trials, again, tally);
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
        await tryAll(trials, () => stage.restore("approved", status), tally);
      }
    }
    expect(tally.disagreements).toEqual([]);
    expect(tally.tried).toBe(cast.length * REPORT_STATUSES.length * REPORT_ABILITIES.length);
    report("a report", tally);
  });

  type Trial = { name: string; expected: RefusalKey | null; act: () => Promise<unknown> };

  async function tryAll(trials: readonly Trial[], restore: () => Promise<void>, tally: Tally): Promise<void> {
    const before = await stage.fingerprint();
    for (const { name, expected, act } of trials.filter((trial) => trial.expected !== null)) {
      const said = await refusalOf(act());
      if (!sameAnswer(expected, said)) tally.disagreements.push(`${name}: policy ${expected}, mutation ${said}`);
      tally.tried += 1;
    }
    expect(await stage.fingerprint(), `after what was refused: ${trials[0]?.name}`).toEqual(before);
    for (const { name, act } of trials.filter((trial) => trial.expected === null)) {
      const said = await refusalOf(act());
      const after = await stage.fingerprint();
      if (said) tally.disagreements.push(`${name}: policy allows, mutation ${said}`);
      else if (after.state === before.state) tally.disagreements.push(`${name}: nothing happened`);
      else if (after.audited !== before.audited + 1) tally.disagreements.push(`${name}: not one audit entry`);
      tally.tried += 1;
      tally.allowed += 1;
      await restore();
      expect(await stage.fingerprint(), `after restoring: ${name}`).toEqual(before);
    }
  }
});

type Tally = { tried: number; allowed: number; disagreements: string[] };
const aTally = (): Tally => ({ tried: 0, allowed: 0, disagreements: [] });

function report(what: string, tally: Tally): void {
  console.log(`access to ${what}: ${tally.tried} combinations agree, ${tally.allowed} of them allowed`);
}

const ABOUT_WHO = new Set<RefusalKey | null>(["not-found", "not-your-role", "not-your-department"]);

/** Row-level security hides what the policy only forbids: of the rules about who, one may stand for another. */
function sameAnswer(policy: RefusalKey | null, mutation: RefusalKey | null): boolean {
  return policy === mutation || (ABOUT_WHO.has(policy) && ABOUT_WHO.has(mutation));
}

function leafVerbs(ctx: Context, { sectionId, version }: Stage): Record<SectionAbility, () => Promise<unknown>> {
  const move = { sectionId, version: version.section };
  return {
    save: () => saveSection(ctx, { sectionId, version: version.draft, content: aText("改稿。"), keep: true }),
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
    sendForApproval: () => sendForApproval(ctx, move),
    recall: () => recallReport(ctx, move),
    approve: () => approveReport(ctx, { ...move, documentHash: hash }),
    return: () => returnReport(ctx, { ...move, reasons: [{ sectionId, blockId: BLOCK_ID, text: "请核对。" }] }),
    seal: () => sealEdition(ctx, { ...move, kind: "meeting" }),
    deliver: () => deliverEdition(ctx, { editionId: editions.sealed }),
    reopen: () => reopenReport(ctx, { ...move, reason: "更正数据。" }),
  };
}
