import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wholeCast, type Cast } from "../../db/testing/cast";
import { aConsultation, anEdition, type TestConsultation } from "../../db/testing/consultation";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, contextOf, refusalOf, type District } from "../../db/testing/factories";
import { CURTAIN } from "../../db/testing/stage";
import { aTally, tryAll } from "../../db/testing/trials";
import { consultationPublications, consultationReplies, dispositions, editions } from "../../db/schema";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import { addReply, answerNone, disposeReply, publishTable, urgeAnswers, withdrawReply } from "./mutations";
import {
  CONSULTATION_ABILITIES,
  consultationRefusal,
  maySeeReply,
  REPLY_ABILITIES,
  replyRefusal,
  type ConsultationAbility,
  type ConsultationFacts,
  type ReplyAbility,
  type ReplyFacts,
} from "./policy";
import { AddReply } from "./schema";

type Laid = ReplyFacts & { id: string; latest: string | null };
const LONG_AGO = new Date("2024-07-01T00:00:00Z");

/** What stands around an edition: to whom it was given, whether a later one is sealed, whether its table is published. */
const STATES = (["all", "one"] as const).flatMap((given) =>
  [false, true].flatMap((isOver) => [false, true].map((published) => ({ given, isOver, published }))),
);

describe("consultations: who may do and see what", () => {
  let database: TestDatabase;
  let district: District;
  let cast: Cast;
  const stands: { state: (typeof STATES)[number]; test: TestConsultation; laid: Laid[] }[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    district = await aDistrict(database);
    cast = await wholeCast(district, await aDistrict(database));
    for (const state of STATES) {
      const { isOver } = state;
      const test = await aConsultation(district, state.given === "one" ? { organs: ["agriculture"] } : {});
      const { agriculture, commerce } = district;
      const answers = [
        await lay(test.id, agriculture.drafter, {}),
        await lay(test.id, agriculture.signer, { disposed: true }),
        await lay(test.id, agriculture.drafter, { withdrawn: true }),
        await lay(test.id, commerce.drafter, { kind: "none" }),
        await lay(test.id, commerce.drafter, { disposed: true }),
      ];
      const laid = answers.map((reply) => ({ ...reply, isOver, published: state.published }));
      if (isOver) await anEdition(district, test.report.id, 2, "review", test.document);
      if (state.published) {
        await database.owner.db.insert(consultationPublications).values({
          editionId: test.id,
          jurisdictionId: district.jurisdictionId,
          publishedBy: district.bureau.lead.userId,
          publishedLabel: "发改局",
          publishedAt: LONG_AGO,
        });
      }
      stands.push({ state, test, laid });
    }
  });
  afterAll(() => database.close());

  it("policy and mutation agree for every person, state, answer and verb", async () => {
    const tally = aTally();
    for (const { state, test, laid } of stands) {
      for (const { name, actor } of cast) {
        const ctx: Context = { actor, db: database.app.db, now: () => CURTAIN };
        const when = JSON.stringify(state);
        const facts = factsFor(actor, state, laid);
        const onEdition = CONSULTATION_ABILITIES.map((ability) => ({
          name: `${name} ${ability} while ${when}`,
          expected: maySee(actor, state) ? (consultationRefusal(ability, actor, facts)?.key ?? null) : "not-found",
          act: editionVerbs(ctx, test.id)[ability],
        }));
        const onReplies = laid.flatMap((reply) =>
          REPLY_ABILITIES.map((ability) => ({
            name: `${name} ${ability} ${JSON.stringify(reply)} while ${when}`,
            expected: replyRefusal(ability, actor, reply)?.key ?? null,
            act: replyVerbs(ctx, reply)[ability],
          })),
        );
        await tryAll({ fingerprint }, [...onEdition, ...onReplies], putBack, tally);
      }
    }
    expect(tally.disagreements).toEqual([]);
    const trials = CONSULTATION_ABILITIES.length + 5 * REPLY_ABILITIES.length;
    expect(tally.tried).toBe(cast.length * STATES.length * trials);
    expect(tally.allowed).toBeGreaterThan(80);
    console.log(`access to consultations: ${tally.tried} combinations agree, ${tally.allowed} of them allowed`);
  }, 300_000);

  it("a select that forgets every condition brings back what the policy's twin says", async () => {
    const disagreements: string[] = [];
    for (const { name, actor } of cast) {
      const seen = await transact(contextOf(database, actor), async (tx) => ({
        replies: (await tx.select({ id: consultationReplies.id }).from(consultationReplies)).map(({ id }) => id),
        dispositions: (await tx.select({ id: dispositions.id }).from(dispositions)).map(({ id }) => id),
        tables: (await tx.select({ id: consultationPublications.editionId }).from(consultationPublications)).map(
          ({ id }) => id,
        ),
      }));
      const visible = stands.flatMap(({ state, laid }) =>
        laid.filter((reply) => maySeeReply(actor, { seen: maySee(actor, state), published: state.published }, reply)),
      );
      const expected = {
        replies: visible.map(({ id }) => id),
        dispositions: visible.flatMap(({ latest }) => latest ?? []),
        tables: stands.filter(({ state }) => state.published && maySee(actor, state)).map(({ test }) => test.id),
      };
      for (const what of ["replies", "dispositions", "tables"] as const) {
        if (seen[what].toSorted().join() === expected[what].toSorted().join()) continue;
        disagreements.push(`${name} sees ${seen[what].length} ${what} and not ${expected[what].length}`);
      }
    }
    expect(disagreements).toEqual([]);
  });

  it("a careless update without a condition reaches only what the own department can still take back", async () => {
    for (const { name, actor } of cast) {
      const rows = await transact(contextOf(database, actor), (tx) =>
        tx
          .update(consultationReplies)
          .set({ withdrawnAt: consultationReplies.withdrawnAt })
          .returning({ id: consultationReplies.id }),
      );
      const own = stands.flatMap(({ laid }) => laid).filter((reply) => replyRefusal("withdraw", actor, reply) === null);
      expect(rows.length, name).toBe(own.length);
    }
  });

  it("the database itself takes no answer in another's name, none to what was not asked, and no decision of a department", async () => {
    const { test, laid } = standOf({ given: "one", isOver: false, published: false });
    const [reply] = laid;
    const { agriculture, commerce, bureau } = district;
    const answer = (actor: Actor, more: object) => () =>
      transact(contextOf(database, actor), (tx) =>
        tx.insert(consultationReplies).values({ ...valuesOf(test.id, actor), ...more }),
      );
    const decision = (actor: Actor, more: object) => () =>
      transact(contextOf(database, actor), (tx) =>
        tx.insert(dispositions).values({ ...decisionOf(reply?.id ?? "", agriculture.drafter.organId, actor), ...more }),
      );
    const foreign = await aDistrict(database);
    const leaf = (await aConsultation(foreign)).report.leaves[0]?.id ?? "";
    for (const [what, insert] of [
      ["another person's", answer(agriculture.drafter, { authorId: agriculture.signer.userId })],
      ["another department's", answer(agriculture.drafter, { organId: district.organId.commerce })],
      ["a department's that was not asked", answer(commerce.drafter, {})],
      ["the lead bureau's", answer(bureau.lead, {})],
      ["about a leaf of another district", answer(agriculture.drafter, { sectionId: leaf })],
      ["a department's decision", decision(agriculture.drafter, {})],
      ["a decision in another's name", decision(bureau.lead, { decidedBy: agriculture.drafter.userId })],
      ["a decision for another department", decision(bureau.lead, { organId: district.organId.commerce })],
      ["a decision on what was withdrawn", decision(bureau.lead, { replyId: laid[2]?.id ?? "" })],
      ["a decision from another district", decision(foreign.bureau.lead, {})],
    ] as const) {
      expect(await codeOf(insert), what).toBe("42501");
    }
    await answer(agriculture.drafter, {})();
    await decision(bureau.lead, {})();
    await putBack();
  });

  it("an edition of another kind has no consultation", async () => {
    const { id } = await aConsultation(district, { kind: "meeting", roles: ["drafter", "signer", "member"] });
    for (const { name, actor } of cast) {
      const ctx = contextOf(database, actor);
      expect(await refusalOf(addReply(ctx, AddReply.parse({ editionId: id, comment: "宜改。" }))), name).toBe(
        "not-found",
      );
    }
    await database.owner.sql`delete from deliveries where edition_id = ${id}`;
    await database.owner.db.delete(editions).where(eq(editions.id, id));
  });

  /** Twin of `see` on editions, for one that was given to every drafter and signer or to one department. */
  function maySee(actor: Actor, { given }: { given: "all" | "one" }): boolean {
    if (actor.jurisdictionId !== district.jurisdictionId) return false;
    if (actor.role === "lead" || actor.role === "approver") return true;
    const isDepartments = actor.role === "drafter" || actor.role === "signer";
    return isDepartments && (given === "all" || actor.organId === district.organId.agriculture);
  }

  function factsFor(actor: Actor, state: (typeof STATES)[number], laid: readonly Laid[]): ConsultationFacts {
    const own = laid.filter((reply) => reply.organId === actor.organId && !reply.withdrawn);
    return {
      jurisdictionId: district.jurisdictionId,
      kind: "consultation",
      asked: maySee(actor, state) && (actor.role === "drafter" || actor.role === "signer"),
      later: state.isOver ? 2 : null,
      ownComments: own.filter(({ kind }) => kind === "comment").length,
      ownNone: own.some(({ kind }) => kind === "none"),
      open: 1,
      published: state.published,
      waiting: state.given === "all" ? 1 : 0,
      urgedToday: false,
    };
  }

  function standOf(wanted: (typeof STATES)[number]) {
    const found = stands.find(({ state }) => JSON.stringify(state) === JSON.stringify(wanted));
    if (!found) throw new Error("no such state");
    return found;
  }

  function valuesOf(editionId: string, author: Actor) {
    return {
      jurisdictionId: district.jurisdictionId,
      editionId,
      organId: author.organId,
      kind: "comment" as const,
      position: 0,
      text: "宜改。",
      authorId: author.userId,
      authorLabel: author.label,
      createdAt: CURTAIN,
    };
  }

  const decisionOf = (replyId: string, organId: string, by: Actor) => ({
    jurisdictionId: district.jurisdictionId,
    replyId,
    organId,
    disposition: "adopted" as const,
    reason: "",
    decidedBy: by.userId,
    decidedLabel: by.label,
    decidedAt: CURTAIN,
  });

  /** An answer as if given long ago. */
  async function lay(
    editionId: string,
    author: Actor,
    {
      kind = "comment",
      withdrawn = false,
      disposed = false,
    }: Partial<Omit<ReplyFacts, "jurisdictionId" | "organId" | "isOver" | "published">>,
  ): Promise<Omit<Laid, "isOver" | "published">> {
    const { db } = database.owner;
    const [row] = await db
      .insert(consultationReplies)
      .values({
        ...valuesOf(editionId, author),
        kind,
        createdAt: LONG_AGO,
        withdrawnAt: withdrawn ? LONG_AGO : null,
      })
      .returning({ id: consultationReplies.id });
    const id = row?.id ?? "";
    const decided = disposed
      ? await db
          .insert(dispositions)
          .values({ ...decisionOf(id, author.organId, district.bureau.lead), decidedAt: LONG_AGO })
          .returning({ id: dispositions.id })
      : [];
    const { jurisdictionId } = district;
    return { id, jurisdictionId, organId: author.organId, kind, withdrawn, disposed, latest: decided[0]?.id ?? null };
  }

  /** One line that differs when anything differs that these mutations could have touched. */
  async function fingerprint(): Promise<{ state: string; audited: number }> {
    const [row] = await database.owner.sql<{ state: string; audited: number }[]>`
      select concat_ws(' ', (select count(*) from consultation_replies), (select count(*) from dispositions),
                       (select count(*) from consultation_publications), (select count(*) from outbox),
                       (select string_agg(concat(id, withdrawn_at), ' ' order by id) from consultation_replies)) as state,
             (select count(*)::int from audit_entries) as audited`;
    if (!row) throw new Error("nothing came back");
    return row;
  }

  async function putBack(): Promise<void> {
    await database.owner.sql.unsafe(`
      delete from audit_entries where at >= '2090-01-01';
      delete from outbox where created_at >= '2090-01-01';
      delete from dispositions where decided_at >= '2090-01-01';
      delete from consultation_replies where created_at >= '2090-01-01';
      delete from consultation_publications where published_at >= '2090-01-01';
      update consultation_replies set withdrawn_at = null where withdrawn_at >= '2090-01-01';`);
  }

  const editionVerbs = (ctx: Context, editionId: string): Record<ConsultationAbility, () => Promise<unknown>> => ({
    comment: () => addReply(ctx, AddReply.parse({ editionId, comment: "宜改。" })),
    answerNone: () => answerNone(ctx, { editionId }),
    urge: () => urgeAnswers(ctx, { editionId }),
    publish: () => publishTable(ctx, { editionId }),
  });

  const replyVerbs = (ctx: Context, { id, latest }: Laid): Record<ReplyAbility, () => Promise<unknown>> => ({
    withdraw: () => withdrawReply(ctx, { replyId: id }),
    dispose: () => disposeReply(ctx, { replyId: id, seen: latest, disposition: "partly", reason: "口径不同。" }),
  });

  /** The SQLSTATE that a statement ends in, or null when the database lets it through. */
  async function codeOf(statement: () => Promise<unknown>): Promise<string | null> {
    try {
      await statement();
      return null;
    } catch (error) {
      for (let at: unknown = error; at instanceof Error; at = at.cause) {
        if ("code" in at && typeof at.code === "string") return at.code;
      }
      throw error;
    }
  }
});
