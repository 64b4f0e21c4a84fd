import { addEvidence } from "../../domain/evidence/mutations";
import { transact } from "../../domain/kernel/context";
import { compileReport } from "../../domain/report/compile-report";
import type { ReportFacts } from "../../domain/report/policy";
import type { ReportStatus } from "../../domain/report/workflow";
import { setBrief } from "../../domain/section/briefs";
import type { SectionFacts } from "../../domain/section/policy";
import { returnSection, signSection, passSection } from "../../domain/section/decisions";
import { saveSection, submitSection } from "../../domain/section/mutations";
import type { SectionStatus } from "../../domain/section/workflow";
import { routeFactsOf } from "./route-facts";
import { aReport, aText, BLOCK_ID, contextOf, type District } from "./factories";
import { answerAll } from "./answers";

/** Everything that a test writes with this clock is later than what the stage was built from. */
export const CURTAIN = new Date("2090-01-01T00:00:00Z");

/**
 * A report of one leaf that can be put into any pair of states, also those that no road leads to, and put back after a
 * change. The leaf has a saved revision, one that was returned and one that counts, a brief and an attachment; the report
 * has a delivered edition, a sealed one and a sealed 征求意见稿. Beside it stands a second report in the same state, whose one leaf nobody has written in.
 */
export async function aStage(district: District) {
  const { database } = district;
  const report = await aReport(district);
  const sectionId = report.leaves[0]?.id ?? "";
  const blank = await aReport(district);
  const blankId = blank.leaves[0]?.id ?? "";
  const drafter = contextOf(database, district.agriculture.drafter);
  const signer = contextOf(database, district.agriculture.signer);
  const lead = contextOf(database, district.bureau.lead);
  await setBrief(lead, { sectionId, version: 0, guidance: "写明完成情况。", lengthLimit: 500 });
  await addEvidence(drafter, { sectionId, name: "快报.pdf", bytes: Buffer.from("%PDF-1.7\n%%EOF") });
  await saveSection(drafter, { sectionId, version: 0, content: aText("初稿。"), keep: true });
  await submitSection(drafter, { sectionId, version: 1, draftVersion: 1 });
  await signSection(signer, { sectionId, version: 2 });
  await returnSection(lead, { sectionId, version: 3, reasons: [{ blockId: BLOCK_ID, text: "请补数据。" }] });
  await saveSection(drafter, { sectionId, version: 1, content: aText("完成年度计划的51.40%。"), keep: false });
  await answerAll(drafter, { sectionId });
  await submitSection(drafter, { sectionId, version: 4, draftVersion: 2 });
  await signSection(signer, { sectionId, version: 5 });
  await passSection(lead, { sectionId, version: 6 });
  const { sql } = database.owner;
  const texts = await sql<{ id: string; number: number; kind: "saved" | "submitted" }[]>`
    select id, number, kind from revisions where section_id = ${sectionId} order by number`;
  const approved = texts.at(-1)?.id ?? "";
  const route = await routeFactsOf(district, {
    reportId: report.id,
    organId: district.organId.agriculture,
    confirmOrganId: null,
    revisionId: approved,
  });
  const { hash } = await transact(lead, (tx) => compileReport(tx, report.id));
  const [delivered, sealed, draft] = await sql<{ id: string }[]>`
    insert into editions (jurisdiction_id, report_id, number, kind, name, document, sha256, record, seal_sha256, code, sealed_by, sealed_label, sealed_at)
    select ${district.jurisdictionId}, ${report.id}, n, case n when 3 then 'consultation'::edition_kind else 'meeting' end, '2024年上半年报告', '{}', ${hash}, '{}', ${hash}, upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 10)), ${lead.actor.userId}, '发改局', now()
      from generate_series(1, 3) n returning id`;
  await sql`
    insert into deliveries (jurisdiction_id, edition_id, to_role, delivered_by, delivered_label, delivered_at)
    select ${district.jurisdictionId}, ${delivered?.id ?? ""}, r, ${lead.actor.userId}, '发改局', now()
      from unnest(array['member', 'clerk', 'drafter', 'signer']::role[]) r`;

  return {
    reportId: report.id,
    sectionId,
    blank: { reportId: blank.id, sectionId: blankId },
    hash,
    revisions: texts,
    approvedRevisionId: approved,
    /** `delivered` was given to clerk, members and departments; `sealed` and the 征求意见稿 `draft` to nobody. */
    editions: { delivered: delivered?.id ?? "", sealed: sealed?.id ?? "", draft: draft?.id ?? "" },
    version: { section: 7, draft: 2, report: 9 },

    async set(status: SectionStatus, reportStatus: ReportStatus): Promise<void> {
      const upstairs = status === "signing" || status === "reviewing" || status === "approved";
      const signed = status === "reviewing" || status === "approved";
      const { stepId, cameFrom, round } = route.place(status);
      const whole = route.wholePlace(reportStatus);
      await sql`
        update sections set status = ${status}, version = 7, step_id = ${stepId}, came_from = ${cameFrom},
               round = ${round}, comeback_step_id = null, comeback_resumes = null,
               submitted_revision_id = ${upstairs ? approved : null},
               approved_revision_id = ${status === "approved" ? approved : null},
               signed_by = ${signed ? signer.actor.userId : null}
         where id = ${sectionId}`;
      const sent = reportStatus !== "collecting";
      await sql`
        update reports set status = ${reportStatus}, version = 9, round = ${whole.round}, step_id = ${whole.stepId},
               document_hash = ${sent ? hash : null},
               sent_by = ${sent ? lead.actor.userId : null}
         where id in (${report.id}, ${blank.id})`;
    },

    /** What the pure rules look at, written down by hand and not read from the database. */
    sectionFacts(status: SectionStatus, reportStatus: ReportStatus): SectionFacts {
      const upstairs = status === "signing" || status === "reviewing" || status === "approved";
      return {
        kind: "text",
        status,
        organId: district.organId.agriculture,
        jurisdictionId: district.jurisdictionId,
        reportStatus,
        writers: upstairs ? [drafter.actor.userId] : [],
        stale: false,
        route: route.facts(status),
      };
    },
    reportFacts(status: ReportStatus): ReportFacts {
      const sender = status === "collecting" ? [] : [lead.actor.userId];
      const writers = [drafter.actor.userId, ...sender];
      return { status, jurisdictionId: district.jurisdictionId, writers, route: route.whole(status) };
    },

    /** One line that differs when anything differs that a mutation could have touched. */
    async fingerprint(): Promise<{ state: string; audited: number }> {
      const [row] = await sql<{ state: string; audited: number }[]>`
        select concat_ws(' ', s.status, s.version, s.step_id, s.round, s.came_from, (select count(*) from stale_approvals), s.submitted_revision_id, s.approved_revision_id, s.signed_by,
                         r.status, r.version, r.document_hash, r.sent_by, d.version, d.revision_count, md5(d.content::text),
                         (select count(*) from reports), (select count(*) from revisions), (select count(*) from reviews),
                         (select count(*) from review_reasons), (select count(*) from editions),
                         (select count(*) from deliveries), (select count(*) from outbox),
                         (select count(*) from evidence), (select concat_ws(' ', count(*), sum(version)) from section_briefs)) as state,
               (select count(*)::int from audit_entries) as audited
          from sections s join reports r on r.id = s.report_id join drafts d on d.section_id = s.id
         where s.id = ${sectionId}`;
      if (!row) throw new Error("the leaf is gone");
      return row;
    },

    /** Takes back what was written at CURTAIN, and puts the leaf and the report into these states again. */
    async restore(status: SectionStatus, reportStatus: ReportStatus): Promise<void> {
      await this.set(status, reportStatus);
      await sql.unsafe(`
        delete from audit_entries where at >= '2090-01-01';
        delete from stale_approvals where since >= '2090-01-01';
        delete from outbox where created_at >= '2090-01-01';
        delete from reason_answers where created_at >= '2090-01-01';
        delete from review_reasons where created_at >= '2090-01-01';
        delete from reviews where created_at >= '2090-01-01';
        delete from revisions where created_at >= '2090-01-01';
        delete from evidence where created_at >= '2090-01-01';
        delete from section_briefs b using sections s, reports r
         where s.id = b.section_id and r.id = s.report_id and r.created_at >= '2090-01-01';
        delete from deliveries where delivered_at >= '2090-01-01';
        delete from editions where sealed_at >= '2090-01-01';
        delete from drafts d using sections s, reports r
         where s.id = d.section_id and r.id = s.report_id and r.created_at >= '2090-01-01';
        delete from sections s using reports r where r.id = s.report_id and r.created_at >= '2090-01-01';
        delete from route_steps t using routes u, reports r
         where u.id = t.route_id and r.id = u.report_id and r.created_at >= '2090-01-01';
        delete from routes u using reports r where r.id = u.report_id and r.created_at >= '2090-01-01';
        delete from reports where created_at >= '2090-01-01';`);
      await sql`update section_briefs set version = 1 where section_id = ${sectionId}`;
      await sql`
        update drafts set version = 2, revision_count = 3, content = ${JSON.stringify(aText("完成年度计划的51.40%。"))}::text::jsonb,
               writers = array[${drafter.actor.userId}]::uuid[]
         where section_id = ${sectionId}`;
      await sql`
        update drafts set version = 0, revision_count = 0, content = '{"type": "doc", "content": []}', updated_label = null
         where section_id = ${blankId}`;
    },
  };
}

export type Stage = Awaited<ReturnType<typeof aStage>>;
