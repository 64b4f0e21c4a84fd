import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wholeCast, type Cast } from "../db/testing/cast";
import { testDatabase, type TestDatabase } from "../db/testing/database";
import { aDistrict, contextOf, type District } from "../db/testing/factories";
import { aStage, type Stage } from "../db/testing/stage";
import {
  deliveries,
  drafts,
  editions,
  evidence,
  reports,
  reasonAnswers,
  reviewReasons,
  reviews,
  revisions,
  routes,
  routeSteps,
  sectionBriefs,
  sections,
} from "../db/schema";
import { maySeeDelivery, maySeeEdition } from "./edition/policy";
import { maySeeAttachment } from "./evidence/policy";
import type { Actor } from "./kernel/actor";
import { transact } from "./kernel/context";
import { maySeeReport } from "./report/policy";
import { REPORT_STATUSES, type ReportStatus } from "./report/workflow";
import { maySeeBrief, maySeeDraft, maySeeRevision } from "./section/policy";
import { SECTION_STATUSES, type SectionStatus } from "./section/workflow";

/** To whom the stage's delivered edition was given. */
const GIVEN = [{ role: "clerk" }, { role: "member" }, { role: "drafter" }, { role: "signer" }] as const;

/** The states in which a text of the leaf is before somebody. */
const UP: ReadonlySet<SectionStatus> = new Set(["signing", "reviewing", "approved"]);

/** A select that forgets every `where` brings back what the policies' twins say, no row more and no row fewer. */
describe("who may see what", () => {
  let database: TestDatabase;
  let district: District;
  let stage: Stage;
  let cast: Cast;

  beforeAll(async () => {
    database = await testDatabase();
    district = await aDistrict(database);
    cast = await wholeCast(district, await aDistrict(database));
    stage = await aStage(district);
  });
  afterAll(() => database.close());

  it("row-level security shows what the policies say, to every person in every state", async () => {
    const disagreements: string[] = [];
    let combinations = 0;
    for (const reportStatus of REPORT_STATUSES) {
      for (const status of SECTION_STATUSES) {
        await stage.set(status, reportStatus);
        for (const { name, actor } of cast) {
          const seen = await everythingVisible(actor);
          for (const [what, expected] of expectations(actor, status, reportStatus)) {
            combinations += 1;
            if (seen.has(what) === expected) continue;
            disagreements.push(
              `${name}, leaf ${status}, report ${reportStatus}: ${what} ${expected ? "is hidden" : "shows"}`,
            );
          }
          const known = new Set(expectations(actor, status, reportStatus).map(([what]) => what));
          disagreements.push(
            ...[...seen].filter((what) => !known.has(what)).map((what) => `${name}: unexpected ${what}`),
          );
        }
      }
    }
    expect(disagreements).toEqual([]);
    expect(combinations).toBe(cast.length * REPORT_STATUSES.length * SECTION_STATUSES.length * expectationsOf);
    console.log(`sight: ${combinations} combinations agree`);
  });

  const expectationsOf = 19;

  function expectations(actor: Actor, status: SectionStatus, reportStatus: ReportStatus): [string, boolean][] {
    const { jurisdictionId } = district;
    const leaf = { organId: district.organId.agriculture, jurisdictionId };
    const report = maySeeReport(actor, { jurisdictionId });
    const isInvolved = actor.role === "lead" || actor.role === "approver" || actor.organId === leaf.organId;
    return [
      ["draft", maySeeDraft(actor, leaf)],
      ["brief", maySeeBrief(actor, leaf)],
      ["attachment", maySeeAttachment(actor, { ...leaf, isSubmitted: UP.has(status) })],
      ...stage.revisions.map(({ id, kind, number }): [string, boolean] => {
        const isApproved = status === "approved" && id === stage.approvedRevisionId;
        return [`revision ${number}`, maySeeRevision(actor, { ...leaf, kind, isApproved, reportStatus })];
      }),
      ["report", report],
      ["outline", report],
      ["route", report],
      ["route's steps", report],
      ["verdicts", report && isInvolved],
      ["reasons", report && isInvolved],
      ["answers", report && isInvolved],
      ["delivered edition", maySeeEdition(actor, { jurisdictionId, given: GIVEN })],
      ["sealed edition", maySeeEdition(actor, { jurisdictionId, given: [] })],
      ...GIVEN.map((to): [string, boolean] => [
        `delivery to ${to.role}`,
        maySeeDelivery(actor, { jurisdictionId, given: GIVEN }, to),
      ]),
    ];
  }

  async function everythingVisible(actor: Actor): Promise<Set<string>> {
    return transact(contextOf(database, actor), async (tx) => {
      const texts = await tx.select({ number: revisions.number }).from(revisions);
      const sealed = await tx.select({ id: editions.id }).from(editions);
      const rows: [string, number][] = [
        ["draft", await tx.$count(drafts)],
        ["brief", await tx.$count(sectionBriefs)],
        ["attachment", await tx.$count(evidence)],
        ["report", await tx.$count(reports)],
        ["outline", await tx.$count(sections)],
        ["route", await tx.$count(routes)],
        ["route's steps", await tx.$count(routeSteps)],
        ["verdicts", await tx.$count(reviews)],
        ["reasons", await tx.$count(reviewReasons)],
        ["answers", await tx.$count(reasonAnswers)],
      ];
      const given = await tx.select({ role: deliveries.toRole }).from(deliveries);
      return new Set([
        ...rows.filter(([, count]) => count > 0).map(([what]) => what),
        ...texts.map(({ number }) => `revision ${number}`),
        ...given.map(({ role }) => `delivery to ${role}`),
        ...sealed.map(({ id }) => (id === stage.editions.delivered ? "delivered edition" : "sealed edition")),
      ]);
    });
  }
});
