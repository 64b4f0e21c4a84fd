import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aConsultation, anEdition } from "../../db/testing/consultation";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, contextOf, refusalOf, type District } from "../../db/testing/factories";
import { inThisOrder } from "../../db/testing/races";
import { auditEntries, consultationReplies, outbox } from "../../db/schema";
import type { Actor } from "../kernel/actor";
import { transact } from "../kernel/context";
import { getDesk } from "../desk/queries";
import { addReply, answerNone, disposeReply, publishTable, urgeAnswers, withdrawReply } from "./mutations";
import { getConsultation, getOutcome } from "./queries";
import { AddReply, DisposeReply } from "./schema";
import { CONSULTATION_LIMITS, type Disposition } from "./workflow";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

const TEXT = "规模工业增加值增长9.1%，规模工业企业98家。";

describe("a department's answer", () => {
  it("is about words of a paragraph, and names the leaf that they came from", async () => {
    const { id, blockId, report } = await aConsultation(district, { text: TEXT });
    const reply = await comment(district.commerce.drafter, id, {
      blockId,
      quote: "规模工业",
      comment: "宜作“规模以上工业”。",
    });
    const [row] = await database.owner.db.select().from(consultationReplies).where(eq(consultationReplies.id, reply));
    expect(row).toMatchObject({
      organId: district.organId.commerce,
      kind: "comment",
      blockId,
      position: 2,
      quote: "规模工业",
      sectionId: report.leaves[0]?.id,
      withdrawnAt: null,
    });
  });

  it("is about the whole without a place, and has no quoted words then", async () => {
    const { id } = await aConsultation(district);
    const reply = await comment(district.commerce.drafter, id, { quote: "增长", comment: "结构合理。" });
    const [row] = await database.owner.db.select().from(consultationReplies).where(eq(consultationReplies.id, reply));
    expect(row).toMatchObject({ blockId: null, position: 0, quote: null, sectionId: null });
  });

  it("is refused when the place or the words are not in the edition", async () => {
    const { id, blockId } = await aConsultation(district, { text: TEXT });
    const { drafter } = district.commerce;
    expect(await refusalOf(comment(drafter, id, { blockId: "b-none" }))).toBe("consultation-place");
    expect(await refusalOf(comment(drafter, id, { blockId, quote: "规模以上工业" }))).toBe("consultation-quote");
  });

  it("comes in place of 无意见; 无意见 never stands beside a comment, nor twice", async () => {
    const { id } = await aConsultation(district);
    const { drafter, signer } = district.commerce;
    await answerNone(as(signer), { editionId: id });
    expect(await refusalOf(answerNone(as(drafter), { editionId: id }))).toBe("consultation-answered");
    await comment(drafter, id);
    expect(await live(id)).toEqual(["comment"]);
    expect(await refusalOf(answerNone(as(signer), { editionId: id }))).toBe("consultation-commented");
  });

  it("is taken back by a colleague, and is out of the lead bureau's sight then", async () => {
    const { id } = await aConsultation(district);
    const reply = await comment(district.commerce.drafter, id);
    await withdrawReply(as(district.commerce.signer), { replyId: reply });
    expect((await read(district.bureau.lead, id)).replies).toEqual([]);
    expect((await read(district.commerce.drafter, id)).replies[0]?.withdrawnAt).toBeInstanceOf(Date);
    expect(await refusalOf(dispose(reply, "adopted"))).toBe("not-found");
  });

  it("is not taken once a newer edition is sealed, and the page says which", async () => {
    const { id, report, document } = await aConsultation(district);
    const reply = await comment(district.commerce.drafter, id);
    const newer = await anEdition(district, report.id, 2, "review", document);
    expect(await refusalOf(comment(district.commerce.drafter, id))).toBe("consultation-over");
    expect(await refusalOf(answerNone(as(district.agriculture.drafter), { editionId: id }))).toBe("consultation-over");
    expect((await read(district.commerce.drafter, id)).later).toEqual({ number: 2, kind: "review", href: null });
    expect((await read(district.bureau.lead, id)).later?.href).toBe(`/editions/${newer}`);
    await dispose(reply, "adopted");
  });

  it("is taken after the day that it was asked for by, and is marked late", async () => {
    const { id } = await aConsultation(district, { answerBy: "2024-07-20" });
    const at = (time: string) => () => new Date(time);
    await answerNone(contextOf(database, district.commerce.drafter, at("2024-07-20T15:59:00Z")), { editionId: id });
    await answerNone(contextOf(database, district.agriculture.drafter, at("2024-07-20T16:01:00Z")), { editionId: id });
    const { organs } = await read(district.bureau.lead, id);
    expect(organs.map(({ name, answer, isLate }) => [name, answer, isLate])).toEqual([
      ["农业农村局", "none", true],
      ["发改局", "waiting", false],
      ["商务局", "none", false],
    ]);
  });

  it("is asked of single organs too, and of nobody else then", async () => {
    const { id } = await aConsultation(district, { organs: ["commerce"] });
    expect((await read(district.bureau.lead, id)).organs.map(({ name }) => name)).toEqual(["商务局"]);
    await answerNone(as(district.commerce.drafter), { editionId: id });
    expect(await refusalOf(answerNone(as(district.agriculture.drafter), { editionId: id }))).toBe("not-found");
  });

  it("has room for so many comments and no more", async () => {
    const { id } = await aConsultation(district);
    const { drafter } = district.commerce;
    const first = await comment(drafter, id);
    await database.owner.sql`
      insert into consultation_replies (jurisdiction_id, edition_id, organ_id, kind, position, text, author_id, author_label, created_at)
      select jurisdiction_id, edition_id, organ_id, kind, position, text, author_id, author_label, created_at
        from consultation_replies cross join generate_series(1, ${CONSULTATION_LIMITS.replies - 1}) where id = ${first}`;
    expect(await refusalOf(comment(drafter, id))).toBe("consultation-full");
    await withdrawReply(as(drafter), { replyId: first });
    await comment(drafter, id);
  });
});

describe("a disposition", () => {
  it("can be thought better of: the latest counts and the earlier ones stay", async () => {
    const { id } = await aConsultation(district);
    const reply = await comment(district.commerce.drafter, id);
    const sameMoment = () => new Date("2024-07-20T00:00:00Z");
    const lead = contextOf(database, district.bureau.lead, sameMoment);
    await disposeReply(lead, { replyId: reply, seen: null, disposition: "noted", reason: "口径以统计局为准。" });
    const [first] = (await read(district.commerce.drafter, id)).replies[0]?.decisions ?? [];
    await disposeReply(lead, { replyId: reply, seen: first?.id ?? "", disposition: "adopted", reason: "" });
    const { replies, tally } = await read(district.commerce.drafter, id);
    expect(replies[0]?.decisions.map(({ disposition }) => disposition)).toEqual(["adopted", "noted"]);
    expect(tally).toEqual({ comments: 1, open: 0, adopted: 1, partly: 0, noted: 0 });
    expect(await refusalOf(withdrawReply(as(district.commerce.drafter), { replyId: reply }))).toBe("reply-settled");
  });

  it("that was made since the page was read is not overwritten", async () => {
    const { id } = await aConsultation(district);
    const reply = await comment(district.commerce.drafter, id);
    const decides = (disposition: Disposition) => ({
      actor: district.bureau.lead,
      does: (ctx: ReturnType<typeof as>) =>
        disposeReply(ctx, { replyId: reply, seen: null, disposition, reason: "见说明。" }),
    });
    expect(await inThisOrder(database, decides("noted"), decides("adopted"))).toEqual({
      first: null,
      second: "disposition-changed",
    });
    expect((await read(district.bureau.lead, id)).replies[0]?.decisions).toHaveLength(1);
  });

  it("and a withdrawal at the same time: whichever came first stands", async () => {
    const { id } = await aConsultation(district);
    const [one, other] = [await comment(district.commerce.drafter, id), await comment(district.commerce.drafter, id)];
    const takesBack = (replyId: string) => ({
      actor: district.commerce.signer,
      does: (ctx: ReturnType<typeof as>) => withdrawReply(ctx, { replyId }),
    });
    const decides = (replyId: string) => ({
      actor: district.bureau.lead,
      does: (ctx: ReturnType<typeof as>) =>
        disposeReply(ctx, { replyId, seen: null, disposition: "adopted", reason: "" }),
    });
    expect(await inThisOrder(database, takesBack(one), decides(one))).toEqual({ first: null, second: "not-found" });
    expect(await inThisOrder(database, decides(other), takesBack(other))).toEqual({
      first: null,
      second: "reply-settled",
    });
  });

  it("says why, unless all of the comment is adopted", () => {
    const asked = { replyId: crypto.randomUUID(), seen: "" };
    for (const disposition of ["partly", "noted"]) {
      expect(DisposeReply.safeParse({ ...asked, disposition, reason: " " }).success, disposition).toBe(false);
      expect(DisposeReply.safeParse({ ...asked, disposition, reason: "口径不同。" }).success, disposition).toBe(true);
    }
    expect(DisposeReply.parse({ ...asked, disposition: "adopted", reason: "" })).toMatchObject({ seen: null });
  });
});

describe("two colleagues who answer at the same moment", () => {
  it("never leave 无意见 beside a comment", async () => {
    const { id } = await aConsultation(district);
    const ended = await inThisOrder(
      database,
      {
        actor: district.commerce.drafter,
        does: (ctx) => addReply(ctx, AddReply.parse({ editionId: id, comment: "宜删。" })),
      },
      { actor: district.commerce.signer, does: (ctx) => answerNone(ctx, { editionId: id }) },
    );
    expect(ended).toEqual({ first: null, second: "consultation-commented" });
    expect(await live(id)).toEqual(["comment"]);
  });
});

describe("the table of what became of the comments", () => {
  it("is published when every comment has a disposition, once; then each department reads of all", async () => {
    const { id, blockId } = await aConsultation(district, { text: TEXT });
    const last = await comment(district.agriculture.drafter, id, { blockId, comment: "企业数请核。" });
    const first = await comment(district.commerce.drafter, id, { comment: "同意。" });
    await dispose(first, "noted", "谢谢。");
    expect(await refusalOf(publishTable(as(district.bureau.lead), { editionId: id }))).toBe("consultation-open");
    await dispose(last, "adopted");
    expect((await outcome(district.commerce.signer, id)).isClosed).toBe(true);
    expect((await outcome(district.commerce.signer, id)).comments).toEqual([]);
    await publishTable(as(district.bureau.lead), { editionId: id });
    expect(await refusalOf(publishTable(as(district.bureau.lead), { editionId: id }))).toBe("consultation-published");
    const table = await outcome(district.commerce.signer, id);
    expect(table.comments.map(({ organ, text }) => [organ, text])).toEqual([
      ["商务局", "同意。"],
      ["农业农村局", "企业数请核。"],
    ]);
    expect(table.tally).toEqual({ comments: 2, open: 0, adopted: 1, partly: 0, noted: 1 });
  });

  it("is closed and frozen once it is published: no comment, no 无意见, no other outcome, no reminder", async () => {
    const { id } = await aConsultation(district);
    const reply = await comment(district.commerce.drafter, id);
    await answerNone(as(district.bureau.drafter), { editionId: id });
    await dispose(reply, "adopted");
    await publishTable(as(district.bureau.lead), { editionId: id });
    const before = await outcome(district.commerce.signer, id);
    expect(await refusalOf(comment(district.commerce.signer, id))).toBe("consultation-closed");
    expect(await refusalOf(answerNone(as(district.agriculture.drafter), { editionId: id }))).toBe(
      "consultation-closed",
    );
    const seen = before.comments[0]?.decisions[0]?.id ?? "";
    const otherwise = { replyId: reply, seen, disposition: "noted" as const, reason: "口径不同。" };
    expect(await refusalOf(disposeReply(as(district.bureau.lead), otherwise))).toBe("consultation-published");
    expect(await refusalOf(urgeAnswers(as(district.bureau.lead), { editionId: id }))).toBe("consultation-nobody-owes");
    const none = (await read(district.bureau.drafter, id)).replies.find(({ kind }) => kind === "none");
    expect(await refusalOf(withdrawReply(as(district.bureau.drafter), { replyId: none?.id ?? "" }))).toBe(
      "reply-settled",
    );
    expect(await outcome(district.commerce.signer, id)).toEqual(before);
  });

  it("and an answer or another outcome at the same time: whichever came first stands", async () => {
    const publishes = (editionId: string) => ({
      actor: district.bureau.lead,
      does: (ctx: ReturnType<typeof as>) => publishTable(ctx, { editionId }),
    });
    const answers = (editionId: string) => ({
      actor: district.commerce.drafter,
      does: (ctx: ReturnType<typeof as>) => addReply(ctx, AddReply.parse({ editionId, comment: "宜改。" })),
    });
    const [one, other, third, fourth] = [
      await aConsultation(district),
      await aConsultation(district),
      await aConsultation(district),
      await aConsultation(district),
    ];
    expect(await inThisOrder(database, publishes(one.id), answers(one.id))).toEqual({
      first: null,
      second: "consultation-closed",
    });
    expect(await live(one.id)).toEqual([]);
    expect(await inThisOrder(database, answers(other.id), publishes(other.id))).toEqual({
      first: null,
      second: "consultation-open",
    });
    const none = {
      actor: district.commerce.signer,
      does: (ctx: ReturnType<typeof as>) => answerNone(ctx, { editionId: fourth.id }),
    };
    expect((await inThisOrder(database, publishes(fourth.id), none)).second).toBe("consultation-closed");
    const reply = await comment(district.commerce.drafter, third.id);
    await dispose(reply, "adopted");
    const seen = (await read(district.bureau.lead, third.id)).replies[0]?.decisions[0]?.id ?? "";
    const decides = {
      actor: district.bureau.lead,
      does: (ctx: ReturnType<typeof as>) =>
        disposeReply(ctx, { replyId: reply, seen, disposition: "noted", reason: "口径不同。" }),
    };
    expect(await inThisOrder(database, publishes(third.id), decides)).toEqual({
      first: null,
      second: "consultation-published",
    });
  });

  it("is of nobody who was not asked", async () => {
    const { id } = await aConsultation(district, { organs: ["commerce"] });
    await publishTable(as(district.bureau.lead), { editionId: id });
    for (const actor of [district.agriculture.drafter, district.congress.member, district.centre.auditor]) {
      expect(await refusalOf(outcome(actor, id)), actor.label).toBe("not-found");
      expect(await refusalOf(read(actor, id)), actor.label).toBe("not-found");
    }
  });
});

describe("who is told", () => {
  it("the lead bureau of a department's first comment that waits, the department when nothing of it waits any more", async () => {
    const { id, report } = await aConsultation(district);
    const told = async () => {
      const rows = await database.owner.db.select().from(outbox).where(eq(outbox.editionId, id));
      return rows.map(({ event, organId }) => [event, organId]).toSorted();
    };
    const one = await comment(district.commerce.drafter, id);
    const other = await comment(district.commerce.drafter, id);
    expect(await told()).toEqual([["consultation.replied", null]]);
    await dispose(one, "adopted");
    expect(await told()).toHaveLength(1);
    await dispose(other, "adopted");
    expect(await told()).toContainEqual(["consultation.settled", district.organId.commerce]);
    await publishTable(as(district.bureau.lead), { editionId: id });
    expect((await told()).filter(([event]) => event === "consultation.published")).toHaveLength(3);
    const audited = await database.owner.db
      .select({ action: auditEntries.action, detail: auditEntries.detail })
      .from(auditEntries)
      .where(and(eq(auditEntries.reportId, report.id), eq(auditEntries.subjectType, "consultation")));
    expect(audited.map(({ action }) => action).toSorted()).toEqual([
      "consultation.comment",
      "consultation.comment",
      "consultation.dispose",
      "consultation.dispose",
      "consultation.publish",
    ]);
    // Never a word of what was said.
    expect(JSON.stringify(audited)).not.toContain("宜改");
  });
});

describe("a reminder to answer", () => {
  it("goes to the departments that owe an answer, once a day, and to nobody when none does", async () => {
    const { id } = await aConsultation(district);
    const on = (time: string) => contextOf(database, district.bureau.lead, () => new Date(time));
    const reminded = async () => {
      const rows = await database.owner.db
        .select({ organId: outbox.organId })
        .from(outbox)
        .where(and(eq(outbox.editionId, id), eq(outbox.event, "consultation.urged")));
      return rows.map(({ organId }) => organId);
    };
    const reply = await comment(district.commerce.drafter, id);
    expect(await urgeAnswers(on("2024-07-18T15:00:00Z"), { editionId: id })).toBe(2);
    expect((await reminded()).toSorted()).toEqual([district.organId.agriculture, district.organId.bureau].toSorted());
    expect(await refusalOf(urgeAnswers(on("2024-07-18T15:59:00Z"), { editionId: id }))).toBe("urged-today");
    await answerNone(as(district.agriculture.drafter), { editionId: id });
    // A new day in China.
    expect(await urgeAnswers(on("2024-07-18T16:01:00Z"), { editionId: id })).toBe(1);
    await answerNone(as(district.bureau.signer), { editionId: id });
    expect(await refusalOf(urgeAnswers(on("2024-07-20T00:00:00Z"), { editionId: id }))).toBe(
      "consultation-nobody-owes",
    );
    await withdrawReply(as(district.commerce.drafter), { replyId: reply });
    expect(await urgeAnswers(on("2024-07-20T00:00:00Z"), { editionId: id })).toBe(1);
  });
});

describe("a desk", () => {
  it("has what the department was asked until it has answered, and what waits for the lead bureau", async () => {
    const { id } = await aConsultation(district, { answerBy: "2024-07-20" });
    const asked = async (actor: Actor) => {
      const { consultations } = await transact(as(actor), (tx) => getDesk(tx, as(actor)));
      return consultations.filter(({ editionId }) => editionId === id);
    };
    for (const actor of [district.commerce.drafter, district.commerce.signer]) {
      expect(await asked(actor)).toMatchObject([{ dueOn: "2024-07-20", number: 1 }]);
    }
    expect(await asked(district.bureau.lead)).toEqual([]);
    expect(await asked(district.government.approver)).toEqual([]);
    const reply = await comment(district.commerce.drafter, id);
    expect(await asked(district.commerce.signer)).toEqual([]);
    expect(await asked(district.bureau.lead)).toMatchObject([{ open: 1 }]);
    await dispose(reply, "adopted");
    expect(await asked(district.bureau.lead)).toEqual([]);
  });
});

describe("what strangers send", () => {
  it.each([
    ["no words", { comment: " \r\n " }],
    ["too many words", { comment: "长".repeat(CONSULTATION_LIMITS.text + 1) }],
    ["a NUL", { comment: "甲\0乙" }],
    ["half a character", { comment: "\ud800" }],
    ["a place that is none", { comment: "甲", blockId: "../etc" }],
    ["five megabytes", { comment: "甲".repeat(5_000_000) }],
  ])("%s is not taken", (_, sent) => {
    expect(AddReply.safeParse({ editionId: crypto.randomUUID(), ...sent }).success).toBe(false);
  });

  it("exactly as many words as there may be are", () => {
    const text = "长".repeat(CONSULTATION_LIMITS.text);
    expect(AddReply.parse({ editionId: crypto.randomUUID(), comment: text }).comment).toBe(text);
  });
});

const as = (actor: Actor) => contextOf(database, actor);
const read = (actor: Actor, id: string) =>
  transact(as(actor), (tx) => getConsultation(tx, as(actor), id, { organ: null, openOnly: false, page: 1 }));
const outcome = (actor: Actor, id: string) => transact(as(actor), (tx) => getOutcome(tx, as(actor), id));

const comment = (actor: Actor, editionId: string, more: { blockId?: string; quote?: string; comment?: string } = {}) =>
  addReply(as(actor), AddReply.parse({ editionId, comment: "宜改。", ...more }));

const dispose = (replyId: string, disposition: Disposition, reason = "") =>
  disposeReply(as(district.bureau.lead), { replyId, seen: null, disposition, reason });

async function live(editionId: string): Promise<string[]> {
  const rows = await database.owner.db
    .select({ kind: consultationReplies.kind, withdrawnAt: consultationReplies.withdrawnAt })
    .from(consultationReplies)
    .where(eq(consultationReplies.editionId, editionId));
  return rows.filter(({ withdrawnAt }) => withdrawnAt === null).map(({ kind }) => kind);
}
