import { describe, expect, it, test } from "vitest";
import type { RefusalKey } from "../kernel/errors";
import { ORGAN_KINDS, ROLES } from "../kernel/roles";
import { REPORT_STATUSES, type ReportStatus } from "../report/workflow";
import { statusRefusal } from "../report/policy";
import type { Actor } from "../kernel/actor";
import {
  deliverAbility,
  isDraft,
  outdatedBy,
  recipientRefusal,
  sealAbility,
  sealRefusal,
  type SealFacts,
  type SealWords,
} from "./policy";
import { EDITION_KINDS, type EditionKind } from "./workflow";

const lead: Actor = {
  userId: "lead",
  membershipId: "lead",
  seatId: "lead",
  organId: "bureau",
  organKind: "lead",
  jurisdictionId: "north",
  role: "lead",
  label: "综合股",
};

/** From which states of the report an edition of a kind may be sealed. */
const SEALED_FROM: Record<EditionKind, readonly ReportStatus[]> = {
  consultation: ["collecting", "approving", "approved", "delivered"],
  review: ["collecting", "approving", "approved", "delivered"],
  submission: ["approved", "delivered"],
  revised: ["approved", "delivered"],
  meeting: ["approved", "delivered"],
  public: ["approved", "delivered"],
};

test("every kind is sealed from the states that its kind names, by the lead bureau alone", () => {
  for (const kind of EDITION_KINDS) {
    for (const status of REPORT_STATUSES) {
      const facts = { status, jurisdictionId: "north" };
      const allowed = statusRefusal(sealAbility(kind), lead, facts) === null;
      expect(allowed, `${kind} from ${status}`).toBe(SEALED_FROM[kind].includes(status));
      expect(statusRefusal(deliverAbility(kind), lead, facts) === null, `deliver ${kind} in ${status}`).toBe(allowed);
      for (const role of ROLES.filter((one) => one !== "lead"))
        expect(statusRefusal(sealAbility(kind), { ...lead, role }, facts)).toBe("not-your-role");
    }
  }
  expect(EDITION_KINDS.filter(isDraft)).toEqual(["consultation", "review"]);
});

const ready: SealFacts = { kind: "meeting", open: 0, isEmpty: false, delivered: null };
const bare: SealWords = { exception: null, supersedes: null, notice: null };
const notice = "更正了完成比例的计算口径。";

test.each<[string, Partial<SealFacts>, Partial<SealWords>, RefusalKey | null]>([
  ["what is ready needs no word", {}, {}, null],
  ["nothing is no edition", { isEmpty: true }, {}, "whole-empty"],
  ["what is not ready needs a reason", { open: 3 }, {}, "seal-not-ready"],
  ["and is sealed with one", { open: 3 }, { exception: "先行征求意见，随后补齐。" }, null],
  ["a draft too", { kind: "consultation", open: 1 }, {}, "seal-not-ready"],
  [
    "after a delivered one a final one says what changed",
    { delivered: 2 },
    { supersedes: 2 },
    "correction-unexplained",
  ],
  ["and is sealed when it does", { delivered: 2 }, { supersedes: 2, notice }, null],
  ["it corrects the one delivered last", { delivered: 3 }, { supersedes: 2, notice }, "correction-changed"],
  ["not one that nobody has", {}, { supersedes: 1, notice }, "correction-changed"],
  ["a page from before the delivery is out of date", { delivered: 1 }, { notice }, "correction-changed"],
  ["a draft corrects nothing", { kind: "review", delivered: 2 }, { supersedes: 2 }, null],
])("%s", (_, facts, words, refusal) => {
  expect(sealRefusal({ ...ready, ...facts }, { ...bare, ...words })).toBe(refusal);
});

describe("recipients", () => {
  it("of a final edition are departments, the committee's office and members", () => {
    const given = ROLES.filter((role) => recipientRefusal("meeting", { role }) === null);
    expect(given).toEqual(["drafter", "signer", "clerk", "member"]);
    const offices = ORGAN_KINDS.filter((organKind) => recipientRefusal("public", { organKind }) === null);
    expect(offices).toEqual(["department", "lead", "congress"]);
  });

  it("of a draft are departments alone", () => {
    for (const kind of ["consultation", "review"] as const) {
      expect(ROLES.filter((role) => recipientRefusal(kind, { role }) === null)).toEqual(["drafter", "signer"]);
      expect(recipientRefusal(kind, { organKind: "congress" })).toBe("recipient-not-for-draft");
      expect(recipientRefusal(kind, { organKind: "administration" })).toBe("recipient-unknown");
    }
  });
});

test.each<[EditionKind, EditionKind[], number | null]>([
  ["meeting", [], null],
  ["meeting", ["consultation", "review"], null],
  ["submission", ["revised"], 2],
  ["meeting", ["meeting", "public"], 3],
  ["consultation", ["review"], null],
  ["consultation", ["consultation"], 2],
  ["consultation", ["review", "meeting"], 3],
])("a %s with %j sealed after it is out of date by No. %s", (kind, later, by) => {
  const edition = { number: 1, kind };
  const others = [edition, ...later.map((one, index) => ({ number: index + 2, kind: one }))];
  expect(outdatedBy(edition, others)?.number ?? null).toBe(by);
});
