import { describe, expect, it, test } from "vitest";
import type { Actor } from "../kernel/actor";
import type { Role } from "../kernel/roles";
import { answerRefusal, type ReasonFacts } from "./policy";
import { placeOfReason, rangeOfWords, roundsOf, tallyOf } from "./reasons";
import { AnswerReason, CellReason, Comeback, TextReason } from "./schema";

const WAS = "全区完成投资160.09亿元，同比增长4.2%。";
const whole = { is: "text", blockId: "block-01", blockText: WAS, range: null } as const;
const words = { ...whole, range: { from: 6, to: 14 } };
const line = (text: string, id = "block-01") => ({ id, text });

describe("where a reason stands in a later text", () => {
  it.each([
    ["the paragraph as it was", whole, [line(WAS)], "stands"],
    ["the paragraph written anew", whole, [line("已按意见重写这一段。")], "changed"],
    ["the paragraph deleted", whole, [line("另一段。", "block-02")], "gone"],
    ["the paragraph moved to another block with its words", whole, [line(WAS, "block-09")], "stands"],
    ["words as they were", words, [line(`其中，${WAS}`)], "stands"],
    ["words that were corrected", words, [line(WAS.replace("160.09", "160.12"))], "changed"],
    ["words that were deleted from a paragraph that is there", words, [line("同比增长4.2%。")], "changed"],
    ["words deleted with their paragraph", words, [line("另一段。", "block-02")], "gone"],
  ] as const)("%s", (_, target, lines, standing) => {
    expect(placeOfReason(target, lines).standing).toBe(standing);
  });

  it("is the words themselves, however much stands before them now", () => {
    expect(placeOfReason(words, [line(`其中，${WAS}`)])).toMatchObject({ from: 9, to: 17 });
  });
});

test.each([
  ["where they were selected", "5%", 7, { from: 7, to: 9 }],
  ["in their only place, when they were typed", "完成", undefined, { from: 5, to: 7 }],
  ["in their only place, when the place that was sent is another's", "完成", 0, { from: 5, to: 7 }],
  ["nowhere, when they stand in two places", "5%", undefined, null],
  ["nowhere, when they are not there", "6%", undefined, null],
])("words are looked for %s", (_, wanted, from, range) => {
  expect(rangeOfWords("增长5%，完成5%。", wanted, from)).toEqual(range);
});

it("reasons of several people about one text are one round, the newest first", () => {
  const reasons = [1, 1, 3].map((judged, index) => ({ judged, id: index, answer: index === 0 ? {} : null }));
  expect(roundsOf(reasons).map(({ judged, reasons: its }) => [judged, its.length])).toEqual([
    [3, 1],
    [1, 2],
  ]);
  expect(tallyOf(reasons)).toEqual({ count: 3, answered: 1 });
});

describe("a form's fields", () => {
  it("that nobody filled in are not there", () => {
    expect(TextReason.parse({ blockId: "block-01", words: "", from: "", text: " 请核对。 " })).toEqual({
      blockId: "block-01",
      text: "请核对。",
    });
    expect(CellReason.parse({ field: "actual", kind: "data", severity: "advice", text: "请核对。" })).toMatchObject({
      kind: "data",
      severity: "advice",
    });
  });

  it("name a step by its id", () => {
    const step = "0b0d6e0e-8c7b-4a53-9d3b-0f8a3f0c5b11";
    expect(Comeback.parse({ to: step, way: "resume" })).toEqual({ to: { step }, way: "resume" });
    expect(Comeback.parse({ to: "previous" })).toEqual({ to: "previous" });
    expect(Comeback.safeParse({ to: "somewhere" }).success).toBe(false);
  });

  it("hold why something is kept, and need not say why it was changed", () => {
    const about = { reasonId: "0b0d6e0e-8c7b-4a53-9d3b-0f8a3f0c5b11", text: " ", seen: "" };
    expect(AnswerReason.safeParse({ ...about, answer: "changed" }).success).toBe(true);
    expect(AnswerReason.safeParse({ ...about, answer: "kept" }).success).toBe(false);
    expect(AnswerReason.safeParse({ ...about, answer: "changed", text: "\ud800" }).success).toBe(false);
  });
});

describe("who answers a reason", () => {
  const OPEN: ReasonFacts = {
    organId: "agriculture",
    jurisdictionId: "district",
    reportStatus: "collecting",
    isAtAuthor: true,
    isOpen: true,
  };
  const as = (role: Role, organId = "agriculture", jurisdictionId = "district"): Actor => ({
    userId: "user",
    membershipId: "post",
    seatId: "post",
    organId,
    organKind: "department",
    jurisdictionId,
    role,
    label: role,
  });
  it.each([
    ["its department's drafter", as("drafter"), {}, null],
    ["another department's drafter", as("drafter", "commerce"), {}, "not-your-department"],
    ["its signer", as("signer"), {}, "not-your-role"],
    ["the lead bureau", as("lead"), {}, "not-your-role"],
    ["another district's drafter", as("drafter", "agriculture", "elsewhere"), {}, "not-found"],
    ["nobody once it has gone up", as("drafter"), { isAtAuthor: false }, "reason-settled"],
    ["nobody once it is settled", as("drafter"), { isOpen: false }, "reason-settled"],
    [
      "nobody while the whole is before the government",
      as("drafter"),
      { reportStatus: "approving" },
      "report-not-collecting",
    ],
  ] as const)("%s", (_, actor, facts, refusal) => {
    expect(answerRefusal(actor, { ...OPEN, ...facts })).toBe(refusal);
  });
});
