import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import {
  aColleague,
  aDistrict,
  aSection,
  aText,
  BLOCK_ID,
  contextOf,
  refusalOf,
  takeLeaf,
  type District,
  type LeafInState,
} from "../../db/testing/factories";
import { inThisOrder } from "../../db/testing/races";
import { aReportWithTable, FARM_OUTPUT, takeIndicator } from "../../db/testing/indicators";
import { auditEntries, remarks, sections } from "../../db/schema";
import { submitIndicators } from "../indicator/mutations";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import { returnSection } from "../section/decisions";
import { saveSection, submitSection } from "../section/mutations";
import type { SectionStatus } from "../section/workflow";
import { stillReads, whereIn } from "./anchor";
import { addComment, addSuggestion, replyToRemark, settleRemarks } from "./mutations";
import { getRemarks } from "./queries";
import { AddComment, AddReply, AddSuggestion, REMARK_LIMITS, SettleRemarks } from "./schema";

const TEXT = "上半年完成投资160.09亿元，同比增长4.2%。";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
});
afterAll(() => database.close());

const as = (actor: Actor): Context => contextOf(database, actor);
const drafter = () => as(district.agriculture.drafter);
const signer = () => as(district.agriculture.signer);
const lead = () => as(district.bureau.lead);
const aLeaf = (status: SectionStatus = "drafting") => aSection(district, { status, text: TEXT });

describe("a comment", () => {
  it("keeps the words it was made on as they are kept here, whatever the browser still shows", async () => {
    const leaf = await aLeaf();
    const now = TEXT.replace("同比", "现价同比");
    await saveSection(drafter(), { sectionId: leaf.id, version: 1, content: aText(now), keep: false });
    await comment(signer(), leaf, "增长4.2%");
    const [row] = await seenBy(drafter(), leaf);
    expect(row?.blockText).toBe(now);
    expect(now.slice(row?.from, row?.to)).toBe("增长4.2%");
  });

  it("on words that are gone by now is refused, and nothing is kept", async () => {
    const leaf = await aLeaf();
    await saveSection(drafter(), { sectionId: leaf.id, version: 1, content: aText("另起一段。"), keep: false });
    expect(await refusalOf(comment(signer(), leaf, "增长4.2%"))).toBe("remark-text-changed");
    expect(await seenBy(drafter(), leaf)).toEqual([]);
  });

  it("on words that never stood there is refused: nobody is made to have said something", async () => {
    const leaf = await aLeaf();
    const forged = "本季度增速全省第一，请予表彰奖励。";
    const made = addComment(drafter(), {
      ...on(leaf, ""),
      blockText: forged,
      from: 0,
      to: forged.length,
      text: "请核对。",
    });
    expect(await refusalOf(made)).toBe("remark-text-changed");
  });

  it("on a long paragraph that reads otherwise by now is refused, though its words are there still", async () => {
    for (const [length, refusal] of [
      [REMARK_LIMITS.stale - 100, null],
      [REMARK_LIMITS.stale, "remark-text-changed"],
    ] as const) {
      const long = `${TEXT}${"稳".repeat(length - TEXT.length)}`;
      const leaf = await aSection(district, { text: long });
      await saveSection(drafter(), { sectionId: leaf.id, version: 1, content: aText(`${long}新。`), keep: false });
      expect(await refusalOf(comment(signer(), leaf, "增长4.2%", { blockText: long }))).toBe(refusal);
      const paragraph = `${long}新。`;
      expect(await refusalOf(comment(signer(), leaf, "增长4.2%", { blockText: paragraph }))).toBeNull();
    }
  });

  it("and a suggestion are refused on a paragraph that is too long to be kept with each of them", async () => {
    for (const [length, refusal] of [
      [REMARK_LIMITS.block, null],
      [REMARK_LIMITS.block + 1, "remark-block-long"],
    ] as const) {
      const long = `${TEXT}${"稳".repeat(length - TEXT.length)}`;
      const leaf = await aSection(district, { text: long });
      expect(await refusalOf(comment(signer(), leaf, "增长4.2%", { blockText: long }))).toBe(refusal);
      const proposed = long.replace("完成", "实现");
      const made = addSuggestion(signer(), { ...on(leaf, "同比"), blockText: long, proposed, text: "" });
      expect(await refusalOf(made)).toBe(refusal);
    }
  });

  it("of the lead bureau is never internal, and is on the text that went up", async () => {
    const leaf = await aLeaf("reviewing");
    await comment(lead(), leaf, "同比", { internal: true });
    expect(await seenBy(drafter(), leaf)).toMatchObject([{ internal: false, onDraft: false, by: "lead lead" }]);
  });

  it("on a working copy is not for the lead bureau before the text has gone up", async () => {
    const leaf = await aLeaf();
    await comment(drafter(), leaf, "同比");
    expect(await seenBy(lead(), leaf)).toEqual([]);
    await submitSection(drafter(), { sectionId: leaf.id, version: 1, draftVersion: 1 });
    expect(await seenBy(lead(), leaf)).toHaveLength(1);
  });

  it.each([
    ["an internal one", { internal: true }, "reviewing", "remark-internal"],
    ["one on a text that it cannot read", { internal: false }, "drafting", "remark-lead-not-yet"],
    ["one that it can read", { internal: false }, "reviewing", null],
  ] as const)("names the lead bureau only where that sees it: %s", async (_, plan, status, refusal) => {
    const leaf = await aLeaf(status);
    expect(await refusalOf(comment(drafter(), leaf, "同比", { ...plan, mentions: ["lead"] }))).toBe(refusal);
  });

  it("leaves an audit entry that says nothing of it", async () => {
    const leaf = await aLeaf();
    const id = await comment(drafter(), leaf, "同比");
    const entries = await database.owner.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
    expect(entries).toMatchObject([{ action: "remark.comment", subjectType: "remark", detail: {} }]);
  });

  it("is refused when there are too many open ones, and taken again when one is settled", async () => {
    const leaf = await aLeaf();
    const first = await comment(drafter(), leaf, "同比");
    await database.owner.sql`
      insert into remarks (jurisdiction_id, section_id, organ_id, kind, internal, block_id, block_text, "from", "to", text,
                           author_id, author_label, created_at)
      select jurisdiction_id, section_id, organ_id, kind, internal, block_id, block_text, "from", "to", text,
             author_id, author_label, created_at
        from remarks, generate_series(2, ${REMARK_LIMITS.open}) where id = ${first}`;
    expect(await refusalOf(comment(drafter(), leaf, "同比"))).toBe("remarks-full");
    expect(await refusalOf(suggest(signer(), leaf, TEXT.replace("完成", "实现")))).toBe("remarks-full");
    await settleRemarks(drafter(), { sectionId: leaf.id, remarkIds: [first], how: "resolve" });
    expect(await refusalOf(comment(drafter(), leaf, "同比"))).toBeNull();
  });
});

describe("a suggestion", () => {
  it("is one remark for every single change", async () => {
    const leaf = await aLeaf("reviewing");
    await suggest(lead(), leaf, TEXT.replace("完成", "实现").replace("增长", "提高"));
    const seen = await seenBy(drafter(), leaf);
    const changes = seen.map(({ blockText, from, to, replacement }) => [blockText.slice(from, to), replacement]);
    expect(changes.toSorted()).toEqual([
      ["增长", "提高"],
      ["完成", "实现"],
    ]);
  });

  it("that changes nothing, or is on a paragraph that reads otherwise by now, is refused", async () => {
    const leaf = await aLeaf();
    expect(await refusalOf(suggest(signer(), leaf, TEXT))).toBe("suggestion-same");
    await saveSection(drafter(), { sectionId: leaf.id, version: 1, content: aText(`${TEXT}新。`), keep: false });
    expect(await refusalOf(suggest(signer(), leaf, TEXT.replace("完成", "实现")))).toBe("remark-text-changed");
  });

  it("is told to the department's drafters, and is theirs to accept after the return", async () => {
    const leaf = await aLeaf("reviewing");
    const [id = ""] = await suggest(lead(), leaf, TEXT.replace("完成", "实现"));
    expect(await refusalOf(settle(drafter(), leaf, [id], "accept"))).toBe("section-not-open");
    await returnSection(lead(), {
      sectionId: leaf.id,
      version: 3,
      reasons: [{ blockId: leaf.blockId, text: "见批注。" }],
    });
    expect(await settle(drafter(), leaf, [id], "accept")).toEqual([id]);
    expect(await seenBy(drafter(), leaf)).toMatchObject([
      { outcome: "accepted", settledLabel: "department drafter", settledAt: expect.any(Date) },
    ]);
  });
});

describe("settling", () => {
  it("of several takes those that are open, and says which", async () => {
    const leaf = await aLeaf();
    const ids = await suggest(signer(), leaf, TEXT.replace("完成", "实现").replace("增长", "提高"));
    const [first = "", second = ""] = ids;
    await settle(drafter(), leaf, [first], "reject");
    expect(await settle(drafter(), leaf, ids, "accept")).toEqual([second]);
    expect(await refusalOf(settle(drafter(), leaf, ids, "accept"))).toBe("remark-settled");
  });

  it("does nothing when one of them is of another leaf, or none at all", async () => {
    const [leaf, other] = [await aLeaf(), await aLeaf()];
    const [mine = ""] = await suggest(signer(), leaf, TEXT.replace("完成", "实现"));
    const [foreign = ""] = await suggest(signer(), other, TEXT.replace("完成", "实现"));
    for (const id of [foreign, crypto.randomUUID()]) {
      expect(await refusalOf(settle(drafter(), leaf, [mine, id], "accept"))).toBe("not-found");
    }
    expect(await seenBy(drafter(), leaf)).toMatchObject([{ outcome: null }]);
  });

  it("is not overwritten by whoever forgets to ask whether it is done", async () => {
    const leaf = await aLeaf("reviewing");
    const id = await comment(lead(), leaf, "同比");
    await settle(drafter(), leaf, [id], "resolve");
    for (const ctx of [drafter(), signer(), lead()]) {
      const { count } = await transact(ctx, (tx) =>
        tx.update(remarks).set({ settledLabel: "另有其人" }).where(eq(remarks.id, id)),
      );
      expect(count).toBe(0);
    }
    expect(await seenBy(drafter(), leaf)).toMatchObject([{ outcome: "resolved", settledLabel: "department drafter" }]);
  });

  it("ends a thread: no answer is taken any more", async () => {
    const leaf = await aLeaf();
    const id = await comment(signer(), leaf, "同比");
    await replyToRemark(drafter(), { remarkId: id, text: "已核对。", mentions: [] });
    await settle(drafter(), leaf, [id], "resolve");
    expect(await refusalOf(replyToRemark(signer(), { remarkId: id, text: "不对。", mentions: [] }))).toBe(
      "remark-settled",
    );
    expect(await seenBy(signer(), leaf)).toMatchObject([{ replies: [{ text: "已核对。", by: "department drafter" }] }]);
  });
});

describe("an answer", () => {
  it("is refused when a thread has too many", async () => {
    const leaf = await aLeaf();
    const id = await comment(signer(), leaf, "同比");
    await replyToRemark(drafter(), { remarkId: id, text: "已核对。", mentions: [] });
    const answer = () => replyToRemark(signer(), { remarkId: id, text: "同意。", mentions: [] });
    const more = (count: number) => database.owner.sql`
      insert into remark_replies (jurisdiction_id, remark_id, organ_id, text, author_id, author_label, created_at)
      select jurisdiction_id, remark_id, organ_id, text, author_id, author_label, created_at
        from (select * from remark_replies where remark_id = ${id} limit 1) r, generate_series(1, ${count}::int)`;
    await more(48);
    expect(await refusalOf(answer())).toBeNull();
    expect(await refusalOf(answer())).toBe("remarks-full");
  });
});

describe("a remark that the lead bureau will read, on bound figures that have not gone up", () => {
  const BLANK = "上半年总产值，同比增长。";
  const SAYS = "上半年总产值8.03亿元，同比增长。";

  it.each([
    ["comment on words beside", "同比增长", "同比增长"],
    ["comment on words with the figure", "总产值8.03亿元", "总产值"],
  ])("keeps nothing of them, and is found by the department: a %s", async (_, quote, kept) => {
    const { leaf, on: chosen } = await aBoundLeaf();
    await addComment(signer(), { ...chosen(quote), text: "请核对。" });
    const [row] = await seenBy(drafter(), leaf);
    if (!row) throw new Error("nothing was kept");
    expect(row.blockText).toBe(BLANK);
    expect(row.blockText.slice(row.from, row.to)).toBe(kept);
    const spot = whereIn([{ id: leaf.blockId, text: SAYS }], row);
    expect(spot.lost ? null : SAYS.slice(spot.from, spot.to)).toBe(kept);
  });

  it("keeps nothing of them when it is a suggestion, which can still be put in", async () => {
    const { leaf, on: chosen } = await aBoundLeaf();
    await addSuggestion(signer(), { ...chosen("同比"), proposed: SAYS.replace("增长", "提高"), text: "" });
    const [row] = await seenBy(drafter(), leaf);
    if (!row) throw new Error("nothing was kept");
    expect(row).toMatchObject({ blockText: BLANK, replacement: "提高" });
    const lines = [{ id: leaf.blockId, text: SAYS }];
    const spot = whereIn(lines, row);
    expect(!spot.lost && stillReads(lines, spot, row)).toBe(true);
  });

  it("is refused on the figure alone, which an internal one may quote", async () => {
    const { leaf, on: chosen } = await aBoundLeaf();
    const made = (internal: boolean) => addComment(signer(), { ...chosen("8.03亿元"), internal, text: "请核对。" });
    expect(await refusalOf(made(false))).toBe("remark-figures-internal");
    expect(await refusalOf(made(true))).toBeNull();
    expect(await seenBy(drafter(), leaf)).toMatchObject([{ internal: true, blockText: SAYS }]);
  });

  it("keeps nothing of them either while the text itself is up", async () => {
    const { leaf, on: chosen } = await aBoundLeaf("reviewing");
    await addComment(signer(), { ...chosen("同比增长"), text: "请核对。" });
    expect(await seenBy(lead(), leaf)).toMatchObject([{ blockText: BLANK }]);
  });

  it("keeps them once their row has gone up", async () => {
    const { leaf, row, on: chosen } = await aBoundLeaf();
    await submitIndicators(drafter(), { rows: [{ indicatorId: row.id, version: row.version }] });
    await addComment(signer(), { ...chosen("8.03亿元"), text: "请核对。" });
    expect(await seenBy(drafter(), leaf)).toMatchObject([{ blockText: SAYS }]);
  });

  async function aBoundLeaf(status: SectionStatus = "drafting") {
    const report = await aReportWithTable(district, [FARM_OUTPUT], { leaves: [{ department: "agriculture" }] });
    const [empty] = report.leaves;
    const [indicator] = report.indicators;
    if (!empty || !indicator) throw new Error("the report is empty");
    const row = await takeIndicator(district, indicator, "drafting");
    const attrs = {
      id: "node-01",
      indicator: row.code,
      field: "actual",
      form: "unit",
      text: "",
      wording: null,
    } as const;
    const leaf = await takeLeaf(district, empty, status, {
      type: "doc",
      content: [
        {
          type: "paragraph",
          attrs: { id: BLOCK_ID },
          content: [
            { type: "text", text: "上半年总产值" },
            { type: "figure", attrs },
            { type: "text", text: "，同比增长。" },
          ],
        },
      ],
    });
    const from = (quote: string) => SAYS.indexOf(quote);
    const chosen = (quote: string) => ({
      ...on(leaf, ""),
      blockText: SAYS,
      from: from(quote),
      to: from(quote) + quote.length,
    });
    return { leaf, row, on: chosen };
  }
});

describe("a remark written past the mutations", () => {
  it("is of the leaf's own department, and on a text of that leaf", async () => {
    const [mine, other] = [await aLeaf("reviewing"), await aLeaf("reviewing")];
    const foreign = await aSection(district, { department: "commerce", status: "reviewing", text: TEXT });
    const revisionOf = async (leaf: LeafInState) => {
      const [row] = await database.owner.db
        .select({ id: sections.submittedRevisionId })
        .from(sections)
        .where(eq(sections.id, leaf.id));
      return row?.id ?? "";
    };
    const writes = (ctx: Context, leaf: LeafInState, revisionId: string | null) =>
      transact(ctx, (tx) =>
        tx.insert(remarks).values({
          jurisdictionId: district.jurisdictionId,
          sectionId: leaf.id,
          organId: district.organId.agriculture,
          kind: "comment",
          internal: false,
          revisionId,
          blockId: leaf.blockId,
          blockText: TEXT,
          from: 0,
          to: 2,
          text: "请核对。",
          authorId: ctx.actor.userId,
          authorLabel: ctx.actor.label,
          createdAt: ctx.now(),
        }),
      );
    const denied = { cause: { code: "42501" } };
    for (const ctx of [drafter(), lead()]) {
      const [own, others] = [await revisionOf(mine), await revisionOf(other)];
      await expect(writes(ctx, mine, own)).resolves.toBeDefined();
      await expect(writes(ctx, mine, others)).rejects.toMatchObject(denied);
      await expect(writes(ctx, foreign, await revisionOf(foreign))).rejects.toMatchObject(denied);
    }
    await expect(writes(drafter(), mine, null)).resolves.toBeDefined();
    await expect(writes(drafter(), foreign, null)).rejects.toMatchObject(denied);
  });
});

describe("two at once", () => {
  it("take the same suggestion: one gets it, the other is told", async () => {
    const leaf = await aLeaf();
    const [id = ""] = await suggest(signer(), leaf, TEXT.replace("完成", "实现"));
    const colleague = await aColleague(district, "agriculture", "drafter");
    const ended = await inThisOrder(
      database,
      { actor: district.agriculture.drafter, does: (ctx) => settle(ctx, leaf, [id], "accept") },
      { actor: colleague, does: (ctx) => settle(ctx, leaf, [id], "reject") },
    );
    expect(ended).toEqual({ first: null, second: "remark-settled" });
    expect(await seenBy(drafter(), leaf)).toMatchObject([{ outcome: "accepted" }]);
  });

  it("one sends the text up while the other accepts: what comes second is refused", async () => {
    const leaf = await aLeaf();
    const [id = ""] = await suggest(signer(), leaf, TEXT.replace("完成", "实现"));
    const ended = await inThisOrder(
      database,
      {
        actor: district.agriculture.drafter,
        does: (ctx) => submitSection(ctx, { sectionId: leaf.id, version: 1, draftVersion: 1 }),
      },
      { actor: district.agriculture.drafter, does: (ctx) => settle(ctx, leaf, [id], "accept") },
    );
    expect(ended).toEqual({ first: null, second: "section-not-open" });
  });
});

describe("what a browser could send", () => {
  const chosen = { sectionId: crypto.randomUUID(), blockId: "block-01", blockText: TEXT };
  const sent = { ...chosen, from: "0", to: "2", text: "请核对。", internal: "no", mentions: "signer,lead" };

  it("is read as what it means", () => {
    expect(AddComment.parse(sent)).toMatchObject({ from: 0, internal: false, mentions: ["signer", "lead"] });
    expect(AddReply.parse({ remarkId: crypto.randomUUID(), text: " 一行\r\n又一行 " })).toMatchObject({
      text: "一行\n又一行",
      mentions: [],
    });
    const lines = AddSuggestion.parse({ ...chosen, proposed: "上半年\r\n完成投资。", text: "", internal: "yes" });
    expect(lines.proposed).toBe("上半年完成投资。");
  });

  it.each([
    ["no words", { text: " \n " }],
    ["too many words", { text: "字".repeat(REMARK_LIMITS.text + 1) }],
    ["a NUL", { text: "请\0核对" }],
    ["half a character", { text: "请核对\ud83d" }],
    ["half a character in the paragraph", { blockText: "\ud83d" }],
    ["a range that ends before it begins", { from: "2", to: "1" }],
    ["a range beyond the paragraph", { to: "1000" }],
    ["a range that cuts a character", { blockText: "投\u{20000}资", from: "0", to: "2" }],
    ["a place that is no number", { from: "x" }],
    ["five megabytes", { blockText: "字".repeat(5_000_000) }],
    ["somebody who cannot be named", { mentions: "auditor" }],
    ["a paragraph of no such name", { blockId: "../../x" }],
    ["a leaf of no such name", { sectionId: "%00" }],
  ])("is refused with %s", (_, wrong) => {
    expect(AddComment.safeParse({ ...sent, ...wrong }).success).toBe(false);
  });

  it("cannot settle what has no name, nor more than there can be", () => {
    const many = Array.from({ length: REMARK_LIMITS.open + 1 }, () => crypto.randomUUID()).join(",");
    for (const remarkIds of ["", "x", many]) {
      expect(SettleRemarks.safeParse({ sectionId: chosen.sectionId, remarkIds, how: "accept" }).success).toBe(false);
    }
  });
});

const on = (leaf: LeafInState, quote: string) => ({
  sectionId: leaf.id,
  blockId: leaf.blockId,
  blockText: TEXT,
  from: TEXT.indexOf(quote),
  to: TEXT.indexOf(quote) + quote.length,
  internal: false,
  mentions: [],
});

const comment = (ctx: Context, leaf: LeafInState, quote: string, plan: Partial<AddComment> = {}) =>
  addComment(ctx, { ...on(leaf, quote), text: "请核对。", ...plan });

const suggest = (ctx: Context, leaf: LeafInState, proposed: string) =>
  addSuggestion(ctx, {
    sectionId: leaf.id,
    blockId: leaf.blockId,
    blockText: TEXT,
    proposed,
    text: "",
    internal: false,
  });

const settle = (ctx: Context, leaf: LeafInState, remarkIds: string[], how: SettleRemarks["how"]) =>
  settleRemarks(ctx, { sectionId: leaf.id, remarkIds, how });

const seenBy = async (ctx: Context, leaf: LeafInState) =>
  (await transact(ctx, (tx) => getRemarks(tx, leaf.id))).remarks;
