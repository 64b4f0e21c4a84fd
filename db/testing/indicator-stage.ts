import { addEvidence } from "../../domain/evidence/mutations";
import type { IndicatorFacts } from "../../domain/indicator/policy";
import { explainFinding } from "../../domain/indicator/waivers";
import type { IndicatorStatus } from "../../domain/indicator/workflow";
import type { ReportStatus } from "../../domain/report/workflow";
import type { Content } from "../../domain/section/content";
import type { Cast } from "./cast";
import { wholeCast } from "./cast";
import { aColleague, alsoHolds, contextOf, takeLeaf, type District } from "./factories";
import { routeFactsOf } from "./route-facts";
import { aReportWithTable, correctIndicator, FARM_OUTPUT, takeIndicator, versionsOf } from "./indicators";

/** The whole cast, and those who can stand in the confirming office (commerce), some with a hand in the figures. */
export async function castAround(district: District, elsewhere: District): Promise<Cast> {
  const { agriculture } = district;
  return [
    ...(await wholeCast(district, elsewhere)),
    { name: "another confirming signer", actor: await aColleague(district, "commerce", "signer") },
    {
      name: "the writer as confirming signer",
      actor: await alsoHolds(district, agriculture.drafter, "commerce", "signer"),
    },
    {
      name: "the signer as confirming signer",
      actor: await alsoHolds(district, agriculture.signer, "commerce", "signer"),
    },
    {
      name: "the writer as confirming drafter",
      actor: await alsoHolds(district, agriculture.drafter, "commerce", "drafter"),
    },
  ];
}

/**
 * A report with one row of agriculture's that can be put into any pair of states, also those that no road leads to, and
 * put back after a change. The row has one revision that was sent back and one that counts, evidence, an explanation by
 * its department and one by the lead bureau, and a text that quotes it, passed. What a test writes at CURTAIN
 * (stage.ts) is later than all of it.
 */
export async function anIndicatorStage(district: District, confirmer: "commerce" | null = "commerce") {
  const { database } = district;
  const report = await aReportWithTable(district, [{ ...FARM_OUTPUT, confirmer }]);
  const [indicator] = report.indicators;
  const [leaf] = report.leaves;
  if (!indicator || !leaf) throw new Error("the report is empty");
  const drafter = contextOf(database, district.agriculture.drafter);
  const signer = district.agriculture.signer;
  const lead = contextOf(database, district.bureau.lead);
  await takeIndicator(district, indicator, "drafting");
  const file = { indicatorId: indicator.id, field: "actual" as const, name: "快报.pdf" };
  const { id: evidenceId } = await addEvidence(drafter, { ...file, bytes: Buffer.from("%PDF-1.7\n%%EOF") });
  await takeIndicator(district, indicator, "approved", {});
  await correctIndicator(district, indicator, indicator.figures);
  for (const ctx of [drafter, lead]) {
    await explainFinding(ctx, {
      reportId: report.id,
      key: "R2|farm-output|planTotal|25.00",
      explanation: "以预算为准。",
    });
  }
  const text = await takeLeaf(district, leaf, "approved", QUOTING);
  const { sql } = database.owner;
  const revisions = await sql<{ id: string; number: number }[]>`
    select id, number from indicator_revisions where indicator_id = ${indicator.id} order by number`;
  const approved = revisions.at(-1)?.id ?? "";
  const route = await routeFactsOf(district, {
    reportId: report.id,
    organId: district.organId.agriculture,
    confirmOrganId: confirmer && district.organId[confirmer],
    revisionId: approved,
  });
  const cellVersion = (await versionsOf(district, indicator.id)).actual ?? 0;
  const [cell] = await sql<{ label: string; at: string }[]>`
    select author_label as label, updated_at::text as at from figures
     where indicator_id = ${indicator.id} and field = 'actual'`;
  const version = 20;
  const isUp = (status: IndicatorStatus) => status !== "drafting" && status !== "returned";
  const isSigned = (status: IndicatorStatus) => isUp(status) && status !== "signing";

  return {
    reportId: report.id,
    slug: report.slug,
    indicatorId: indicator.id,
    sectionId: text.id,
    evidenceId,
    revisions,
    approvedRevisionId: approved,
    version,
    cellVersion,
    confirmOrganId: confirmer && district.organId[confirmer],

    async set(status: IndicatorStatus, reportStatus: ReportStatus): Promise<void> {
      const { stepId, cameFrom, round } = route.place(status);
      await sql`
        update indicators set status = ${status}, version = ${version}, moved_at = '2024-07-01', step_id = ${stepId},
               came_from = ${cameFrom}, round = ${round}, comeback_step_id = null, comeback_resumes = null,
               submitted_revision_id = ${isUp(status) ? approved : null},
               approved_revision_id = ${status === "approved" ? approved : null},
               signed_by = ${isSigned(status) ? signer.userId : null}
         where id = ${indicator.id}`;
      await sql`update reports set status = ${reportStatus}, version = 9 where id = ${report.id}`;
    },

    /** What the pure rules look at, written down by hand and not read from the database. */
    facts(status: IndicatorStatus, reportStatus: ReportStatus): IndicatorFacts {
      return {
        status,
        organId: district.organId.agriculture,
        confirmOrganId: confirmer && district.organId[confirmer],
        jurisdictionId: district.jurisdictionId,
        reportStatus,
        writers: isUp(status) ? [drafter.actor.userId] : [],
        stale: false,
        route: route.facts(status),
      };
    },

    /** One line that differs when anything differs that a mutation could have touched; audit entries of the row. */
    async fingerprint(): Promise<{ state: string; audited: number }> {
      const [row] = await sql<{ state: string; audited: number }[]>`
        select concat_ws(' ', to_jsonb(i), to_jsonb(r), s.status, s.version,
                 (select md5(jsonb_agg(to_jsonb(f) order by f.field)::text) from figures f where f.indicator_id = i.id),
                 (select count(*) from figures), (select count(*) from stale_approvals),(select count(*) from figure_changes),
                 (select count(*) from indicators), (select count(*) from indicator_revisions),
                 (select count(*) from frozen_figures), (select count(*) from waivers), (select count(*) from evidence),
                 (select count(*) from reviews), (select count(*) from review_reasons), (select count(*) from outbox),
                 (select count(*) from audit_entries where subject_id <> i.id)) as state,
               (select count(*)::int from audit_entries where subject_id = i.id) as audited
          from indicators i join reports r on r.id = i.report_id join sections s on s.id = ${text.id}
         where i.id = ${indicator.id}`;
      if (!row) throw new Error("the row is gone");
      return row;
    },

    /** Takes back what was written at CURTAIN, and puts the row and the report into these states again. */
    async restore(status: IndicatorStatus, reportStatus: ReportStatus): Promise<void> {
      await this.set(status, reportStatus);
      await sql.unsafe(`
        delete from audit_entries where at >= '2090-01-01';
        delete from stale_approvals where since >= '2090-01-01';
        delete from outbox where created_at >= '2090-01-01';
        delete from review_reasons where created_at >= '2090-01-01';
        delete from reviews where created_at >= '2090-01-01';
        delete from indicator_revisions where created_at >= '2090-01-01';
        delete from figure_changes where created_at >= '2090-01-01';`);
      await sql`
        update figures set state = 'number', value = '8.03', version = ${cellVersion},
               author_label = ${cell?.label ?? ""}, updated_at = ${cell?.at ?? ""}::timestamptz
         where indicator_id = ${indicator.id} and field = 'actual'`;
    },
  };
}

export type IndicatorStage = Awaited<ReturnType<typeof anIndicatorStage>>;

const QUOTING: Content = {
  type: "doc",
  content: [
    {
      type: "paragraph",
      attrs: { id: "block-01" },
      content: [
        { type: "text", text: "农林牧渔业总产值" },
        {
          type: "figure",
          attrs: { id: "node-01", indicator: "farm-output", field: "actual", form: "unit", text: "", wording: null },
        },
        { type: "text", text: "。" },
      ],
    },
  ],
};
