/** The floor for saving: the product's own statements in a bare postgres.js loop, as the same login. */
import postgres from "postgres";
import type { Actor } from "../domain/kernel/actor";
import { answerTasks } from "./child";
import { contentOf4Kb } from "./content";

export type BareTask = {
  url: string;
  seconds: number;
  writers: { sectionId: string; version: number; actor: Actor }[];
};
export type BareSaves = { count: number; seconds: number };

answerTasks(async ({ url, seconds, writers }: BareTask): Promise<BareSaves> => {
  const sql = postgres(url, { max: writers.length, onnotice: () => {} });
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  let count = 0;
  await Promise.all(
    writers.map(async (writer) => {
      let { version } = writer;
      for (; performance.now() < until; count += 1) version = await saveOnce(sql, writer, version, `bare-${count}`);
    }),
  );
  const elapsed = (performance.now() - startedAt) / 1000;
  await sql.end();
  return { count, seconds: elapsed };
});

type Writer = BareTask["writers"][number];

async function saveOnce(
  sql: postgres.Sql,
  { sectionId, actor }: Writer,
  version: number,
  mark: string,
): Promise<number> {
  const content = contentOf4Kb(mark);
  const now = new Date();
  return sql.begin(async (tx) => {
    await tx`select set_actor(${actor.userId}, ${actor.membershipId}, ${actor.organId}, ${actor.jurisdictionId}, ${actor.role})`;
    const [section] = await tx<{ reportId: string; organId: string; jurisdictionId: string }[]>`
      select s.id, s.report_id as "reportId", s.kind, s.status, s.organ_id as "organId",
             s.jurisdiction_id as "jurisdictionId", s.signed_by, r.status
        from sections s inner join reports r on r.id = s.report_id where s.id = ${sectionId} for share of s`;
    const [draft] = await tx<{ version: number; count: number; writers: string[] }[]>`
      update drafts set content = ${tx.json(content)}, version = version + 1, revision_count = revision_count + 1,
             writers = case when ${actor.userId}::uuid = any(writers) then writers else writers || ${actor.userId}::uuid end,
             updated_label = ${actor.label}, updated_at = ${now}
       where section_id = ${sectionId} and version = ${version}
       returning version, revision_count as count, writers, updated_at`;
    if (!section || !draft) throw new Error(`the section ${sectionId} is not at version ${version}`);
    await tx`
      insert into revisions (jurisdiction_id, section_id, organ_id, number, kind, content, writers, author_id, author_label, created_at)
      values (${section.jurisdictionId}, ${sectionId}, ${section.organId}, ${draft.count}, 'saved', ${tx.json(content)},
              ${draft.writers}, ${actor.userId}, ${actor.label}, ${now}) returning id`;
    await tx`
      insert into audit_entries (jurisdiction_id, at, user_id, actor_label, action, subject_type, subject_id, report_id, detail)
      values (${section.jurisdictionId}, ${now}, ${actor.userId}, ${actor.label}, 'section.save', 'section', ${sectionId},
              ${section.reportId}, ${tx.json({ revision: draft.count })})`;
    return draft.version;
  });
}
