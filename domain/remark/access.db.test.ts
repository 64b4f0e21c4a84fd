import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wholeCast, type Cast } from "../../db/testing/cast";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, BLOCK_ID, contextOf, type District } from "../../db/testing/factories";
import { aStage, CURTAIN, type Stage } from "../../db/testing/stage";
import { aTally, tryAll } from "../../db/testing/trials";
import { remarkReplies, remarks } from "../../db/schema";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import type { ReportStatus } from "../report/workflow";
import { SECTION_STATUSES, type SectionStatus } from "../section/workflow";
import { addComment, addSuggestion, replyToRemark, settleRemarks } from "./mutations";
import {
  LEAF_ABILITIES,
  leafRefusal,
  maySeeRemark,
  REMARK_ABILITIES,
  remarkRefusal,
  type LeafAbility,
  type LeafFacts,
  type RemarkAbility,
  type RemarkFacts,
} from "./policy";
import type { RemarkKind, RemarkOutcome } from "./workflow";

const TEXT = "完成年度计划的51.40%。";
/** Collecting, and one state that stands for all in which nothing is written. */
const REPORT_STATUSES: readonly ReportStatus[] = ["collecting", "approving"];

type Laid = RemarkFacts & { id: string };

describe("remarks: who may do and see what", () => {
  let database: TestDatabase;
  let district: District;
  let stage: Stage;
  let cast: Cast;
  let laid: Laid[];

  beforeAll(async () => {
    database = await testDatabase();
    district = await aDistrict(database);
    cast = await wholeCast(district, await aDistrict(database));
    stage = await aStage(district);
    const { agriculture, bureau } = district;
    laid = [
      await lay("comment", agriculture.drafter, { internal: true, onDraft: true }),
      await lay("comment", agriculture.drafter, { internal: false, onDraft: true }),
      await lay("comment", bureau.lead, { internal: false, onDraft: false }),
      await lay("comment", agriculture.signer, { internal: false, onDraft: false }, "resolved"),
      await lay("suggestion", bureau.lead, { internal: false, onDraft: false }),
      await lay("suggestion", agriculture.signer, { internal: true, onDraft: true }),
      await lay("suggestion", bureau.lead, { internal: false, onDraft: false }, "accepted"),
    ];
  });
  afterAll(() => database.close());

  it("policy and mutation agree for every person, state, remark and verb", async () => {
    const tally = aTally();
    for (const reportStatus of REPORT_STATUSES) {
      for (const status of SECTION_STATUSES) {
        await stage.set(status, reportStatus);
        const leaf = leafFacts(status, reportStatus);
        for (const { name, actor } of cast) {
          const ctx: Context = { actor, db: database.app.db, now: () => CURTAIN };
          const when = `that is ${status} while the report is ${reportStatus}`;
          const onLeaf = LEAF_ABILITIES.map((ability) => ({
            name: `${name} ${ability} on a leaf ${when}`,
            expected: leafRefusal(ability, actor, leaf),
            act: leafVerbs(ctx)[ability],
          }));
          const onRemarks = laid.flatMap((remark) =>
            REMARK_ABILITIES.map((ability) => ({
              name: `${name} ${ability} a remark ${JSON.stringify(remark)} of a leaf ${when}`,
              expected: remarkRefusal(ability, actor, leaf, remark),
              act: remarkVerbs(ctx, remark.id)[ability],
            })),
          );
          const restore = async () => {
            await putBack();
            await stage.set(status, reportStatus);
          };
          await tryAll({ fingerprint }, [...onLeaf, ...onRemarks], restore, tally);
        }
      }
    }
    expect(tally.disagreements).toEqual([]);
    const trials = LEAF_ABILITIES.length + laid.length * REMARK_ABILITIES.length;
    expect(tally.tried).toBe(cast.length * REPORT_STATUSES.length * SECTION_STATUSES.length * trials);
    expect(tally.allowed).toBeGreaterThan(100);
    console.log(`access to remarks: ${tally.tried} combinations agree, ${tally.allowed} of them allowed`);
  }, 300_000);

  it("a select that forgets every condition brings back what the policy's twin says", async () => {
    const disagreements: string[] = [];
    for (const status of SECTION_STATUSES) {
      await stage.set(status, "collecting");
      const leaf = leafFacts(status, "collecting");
      for (const { name, actor } of cast) {
        const seen = await transact(contextOf(database, actor), async (tx) => ({
          remarks: (await tx.select({ id: remarks.id }).from(remarks)).map(({ id }) => id),
          replies: (await tx.select({ id: remarkReplies.remarkId }).from(remarkReplies)).map(({ id }) => id),
        }));
        const expected = laid.filter((remark) => maySeeRemark(actor, leaf, remark)).map(({ id }) => id);
        for (const [what, ids] of Object.entries(seen)) {
          if (ids.toSorted().join() !== expected.toSorted().join())
            disagreements.push(
              `${name} sees ${ids.length} ${what} and not ${expected.length} of a leaf that is ${status}`,
            );
        }
      }
    }
    expect(disagreements).toEqual([]);
  });

  it("a careless update without a condition ends only what the person sees, and nothing that is settled", async () => {
    await stage.set("reviewing", "collecting");
    const leaf = leafFacts("reviewing", "collecting");
    for (const { name, actor } of cast) {
      const rows = await transact(contextOf(database, actor), (tx) =>
        tx.update(remarks).set({ outcome: remarks.outcome }).returning({ id: remarks.id }),
      );
      expect(rows.length, name).toBe(
        laid.filter((remark) => remark.outcome === null && maySeeRemark(actor, leaf, remark)).length,
      );
    }
  });

  function leafFacts(status: SectionStatus, reportStatus: ReportStatus): LeafFacts {
    const { kind, organId, jurisdictionId } = stage.sectionFacts(status, reportStatus);
    return { kind, status, organId, jurisdictionId, reportStatus };
  }

  /** A remark with one answer, as if made long ago. */
  async function lay(
    kind: RemarkKind,
    author: Actor,
    { internal, onDraft }: { internal: boolean; onDraft: boolean },
    outcome: RemarkOutcome | null = null,
  ): Promise<Laid> {
    const { db } = database.owner;
    const common = {
      jurisdictionId: district.jurisdictionId,
      organId: district.organId.agriculture,
      authorId: author.userId,
      authorLabel: author.label,
      createdAt: new Date("2024-07-01T00:00:00Z"),
    };
    const settled = outcome && { settledBy: author.userId, settledLabel: author.label, settledAt: common.createdAt };
    const [row] = await db
      .insert(remarks)
      .values({
        ...common,
        sectionId: stage.sectionId,
        kind,
        internal,
        revisionId: onDraft ? null : stage.approvedRevisionId,
        blockId: BLOCK_ID,
        blockText: TEXT,
        from: 0,
        to: 2,
        text: "请核对。",
        replacement: kind === "suggestion" ? "实现" : null,
        outcome,
        ...settled,
      })
      .returning({ id: remarks.id });
    const id = row?.id ?? "";
    await db.insert(remarkReplies).values({ ...common, remarkId: id, text: "已核对。" });
    return { id, kind, internal, onDraft, authorId: author.userId, outcome };
  }

  /** One line that differs when anything differs that these mutations could have touched. */
  async function fingerprint(): Promise<{ state: string; audited: number }> {
    const [row] = await database.owner.sql<{ state: string; audited: number }[]>`
      select concat_ws(' ', (select count(*) from remarks), (select count(*) from remark_replies),
                       (select count(*) from outbox), (select md5(content::text) from drafts where section_id = ${stage.sectionId}),
                       (select string_agg(concat(id, outcome, settled_by, settled_at), ' ' order by id) from remarks)) as state,
             (select count(*)::int from audit_entries) as audited`;
    if (!row) throw new Error("nothing came back");
    return row;
  }

  async function putBack(): Promise<void> {
    const { sql } = database.owner;
    await sql.unsafe(`
      delete from audit_entries where at >= '2090-01-01';
      delete from outbox where created_at >= '2090-01-01';
      delete from remark_replies where created_at >= '2090-01-01';
      delete from remarks where created_at >= '2090-01-01';
      update remarks set outcome = null, settled_by = null, settled_label = null, settled_at = null
       where settled_at >= '2090-01-01';`);
  }

  function leafVerbs(ctx: Context): Record<LeafAbility, () => Promise<unknown>> {
    const chosen = { sectionId: stage.sectionId, blockId: BLOCK_ID, blockText: TEXT, internal: false };
    return {
      comment: () => addComment(ctx, { ...chosen, from: 0, to: 2, text: "请核对。", mentions: [] }),
      suggest: () => addSuggestion(ctx, { ...chosen, proposed: TEXT.replace("完成", "实现"), text: "" }),
    };
  }

  function remarkVerbs(ctx: Context, id: string): Record<RemarkAbility, () => Promise<unknown>> {
    const settle = (how: "resolve" | "accept" | "reject" | "withdraw") => () =>
      settleRemarks(ctx, { sectionId: stage.sectionId, remarkIds: [id], how });
    return {
      reply: () => replyToRemark(ctx, { remarkId: id, text: "已核对。", mentions: [] }),
      resolve: settle("resolve"),
      accept: settle("accept"),
      reject: settle("reject"),
      withdraw: settle("withdraw"),
    };
  }
});
