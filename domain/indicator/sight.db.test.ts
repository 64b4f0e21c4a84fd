import { isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cast } from "../../db/testing/cast";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, contextOf, refusalOf, type District } from "../../db/testing/factories";
import { anIndicatorStage, castAround, type IndicatorStage } from "../../db/testing/indicator-stage";
import {
  evidence,
  figureChanges,
  figures,
  frozenFigures,
  indicatorRevisions,
  indicators,
  reviewReasons,
  reviews,
  waivers,
} from "../../db/schema";
import { readEvidence } from "../evidence/mutations";
import { maySeeEvidence } from "../evidence/policy";
import type { Actor } from "../kernel/actor";
import { transact } from "../kernel/context";
import { maySeeReport } from "../report/policy";
import { REPORT_STATUSES, type ReportStatus } from "../report/workflow";
import { maySeeRevision } from "../section/policy";
import { maySeeFigures, maySeeIndicatorRevision, maySeeWaiver } from "./policy";
import { getIndicatorsPage } from "./queries";
import { INDICATOR_STATUSES, type IndicatorStatus } from "./workflow";

/** As domain/sight.db.test.ts: a select that forgets every `where` brings back what the policies' twins say. */
describe("who may see what of an indicator", () => {
  let database: TestDatabase;
  let district: District;
  let stage: IndicatorStage;
  let cast: Cast;

  beforeAll(async () => {
    database = await testDatabase();
    district = await aDistrict(database);
    cast = await castAround(district, await aDistrict(database));
    stage = await anIndicatorStage(district);
  });
  afterAll(() => database.close());

  const STATES = REPORT_STATUSES.flatMap((reportStatus) =>
    INDICATOR_STATUSES.map((status): [IndicatorStatus, ReportStatus] => [status, reportStatus]),
  );

  it("row-level security shows what the policies say, to every person in every state", async () => {
    const disagreements: string[] = [];
    let combinations = 0;
    for (const [status, reportStatus] of STATES) {
      await stage.set(status, reportStatus);
      for (const { name, actor } of cast) {
        const seen = await everythingVisible(actor);
        const expected = expectations(actor, status, reportStatus);
        for (const [what, shows] of expected) {
          combinations += 1;
          if (seen.has(what) === shows) continue;
          disagreements.push(
            `${name}, row ${status}, report ${reportStatus}: ${what} ${shows ? "is hidden" : "shows"}`,
          );
        }
        const known = new Set(expected.map(([what]) => what));
        disagreements.push(...[...seen].filter((what) => !known.has(what)).map((what) => `${name}: ${what}?`));
      }
    }
    expect(disagreements).toEqual([]);
    expect(combinations).toBe(cast.length * STATES.length * expectationsOf);
    console.log(`sight of an indicator: ${combinations} combinations agree`);
  });

  it("hides all of it from members, clerks and administrators, and from another district", async () => {
    const outsiders = cast.filter(
      ({ actor }) =>
        actor.jurisdictionId !== district.jurisdictionId ||
        ["member", "clerk", "sysadmin", "secadmin", "auditor"].includes(actor.role),
    );
    expect(outsiders).toHaveLength(14);
    await stage.set("approved", "delivered");
    for (const { name, actor } of outsiders) {
      expect(await everythingVisible(actor), name).toEqual(new Set());
      const ctx = contextOf(database, actor);
      expect(await refusalOf(transact(ctx, (tx) => getIndicatorsPage(tx, ctx, stage.slug))), name).toBe("not-found");
    }
  });

  it("gives a piece of evidence to whom its policy says, in every state", async () => {
    for (const [status, reportStatus] of STATES) {
      await stage.set(status, reportStatus);
      for (const { name, actor } of cast) {
        const expected = maySeeEvidence(actor, rowIn(status)) ? null : "not-found";
        const said = await refusalOf(readEvidence(contextOf(database, actor), stage.evidenceId));
        expect(said, `${name}, row ${status}, report ${reportStatus}`).toBe(expected);
      }
    }
  });

  it("shows each person on the page no more than they may see, in every state", async () => {
    for (const [status, reportStatus] of STATES) {
      await stage.set(status, reportStatus);
      for (const { name, actor } of cast.filter((one) => maySeeReport(one.actor, district))) {
        const ctx = contextOf(database, actor);
        const page = await transact(ctx, (tx) => getIndicatorsPage(tx, ctx, stage.slug));
        const isApproved = status === "approved";
        const mayRead = maySeeIndicatorRevision(actor, { ...rowIn(status), isApproved, reportStatus });
        const isUp = rowIn(status).isSubmitted;
        const sees = maySeeFigures(actor, rowIn(status)) ? "cells" : isUp && mayRead ? "submitted" : "nothing";
        const [row] = page.rows;
        expect(row?.sees, `${name}, row ${status}, report ${reportStatus}`).toBe(sees);
        expect(Object.keys(row?.cells ?? {}).length > 0, name).toBe(sees !== "nothing");
        expect(page.findings, name).toEqual([]);
      }
    }
  });

  const rowIn = (status: IndicatorStatus) => ({
    organId: district.organId.agriculture,
    confirmOrganId: stage.confirmOrganId,
    jurisdictionId: district.jurisdictionId,
    isSubmitted: status !== "drafting" && status !== "returned",
  });

  const expectationsOf = 10;

  function expectations(actor: Actor, status: IndicatorStatus, reportStatus: ReportStatus): [string, boolean][] {
    const row = rowIn(status);
    const { jurisdictionId, organId } = row;
    const isHere = maySeeReport(actor, { jurisdictionId });
    const isInvolved =
      ["lead", "approver"].includes(actor.role) || [organId, row.confirmOrganId].includes(actor.organId);
    return [
      ["indicator", isHere],
      ["figures", maySeeFigures(actor, row)],
      ["changes", maySeeFigures(actor, row)],
      ...stage.revisions.map(({ id, number }): [string, boolean] => {
        const isApproved = status === "approved" && id === stage.approvedRevisionId;
        return [`revision ${number}`, maySeeIndicatorRevision(actor, { ...row, isApproved, reportStatus })];
      }),
      ["evidence", maySeeEvidence(actor, row)],
      [
        "frozen words",
        maySeeRevision(actor, { organId, jurisdictionId, kind: "submitted", isApproved: true, reportStatus }),
      ],
      ["its department's explanation", maySeeWaiver(actor, { ...row, isLeadBureau: false, reportStatus })],
      [
        "the lead bureau's explanation",
        maySeeWaiver(actor, { jurisdictionId, organId: district.organId.bureau, isLeadBureau: true, reportStatus }),
      ],
      ["verdicts with their reasons", isHere && isInvolved],
    ];
  }

  async function everythingVisible(actor: Actor): Promise<Set<string>> {
    return transact(contextOf(database, actor), async (tx) => {
      const revisions = await tx.select({ number: indicatorRevisions.number }).from(indicatorRevisions);
      const explained = await tx.select({ organId: waivers.organId }).from(waivers);
      const verdicts = await tx.$count(reviews, isNotNull(reviews.indicatorId));
      const reasons = await tx.$count(reviewReasons, isNotNull(reviewReasons.indicatorId));
      expect(reasons > 0).toBe(verdicts > 0);
      const rows: [string, number][] = [
        ["indicator", await tx.$count(indicators)],
        ["figures", await tx.$count(figures)],
        ["changes", await tx.$count(figureChanges)],
        ["evidence", await tx.$count(evidence)],
        ["frozen words", await tx.$count(frozenFigures)],
        ["verdicts with their reasons", verdicts],
      ];
      return new Set([
        ...rows.filter(([, count]) => count > 0).map(([what]) => what),
        ...revisions.map(({ number }) => `revision ${number}`),
        ...explained.map(({ organId }) =>
          organId === district.organId.bureau ? "the lead bureau's explanation" : "its department's explanation",
        ),
      ]);
    });
  }
});
