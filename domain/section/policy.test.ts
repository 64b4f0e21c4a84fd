import { describe, expect, it } from "vitest";
import type { Actor } from "../kernel/actor";
import { DomainError } from "../kernel/errors";
import type { OrganKind, Role } from "../kernel/roles";
import type { RouteFacts, RouteStep } from "../route/route";
import {
  authorizeSection,
  maySeeDraft,
  maySeeRevision,
  sectionAbilities,
  sectionRefusal,
  type SectionFacts,
} from "./policy";
import type { SectionStatus } from "./workflow";

const drafter = someone("drafter", "agriculture");
const signer = someone("signer", "agriculture");
const lead = someone("lead", "bureau", "lead");

describe("a leaf's rules", () => {
  it.each([
    ["a drafter saves what is being drafted", "save", drafter, { status: "drafting" }, null],
    ["a drafter saves what was returned", "save", drafter, { status: "returned" }, null],
    ["nobody saves what is before the signer", "save", drafter, { status: "signing" }, "section-not-open"],
    ["a signer never saves", "save", signer, { status: "drafting" }, "not-your-role"],
    [
      "a submitter may not approve their own section",
      "sign",
      { ...signer, userId: drafter.userId },
      { status: "signing" },
      "own-work",
    ],
    ["nor return it", "return", { ...signer, userId: drafter.userId }, { status: "signing" }, "own-work"],
    [
      "nor pass it for the lead bureau",
      "pass",
      { ...lead, userId: drafter.userId },
      { status: "reviewing" },
      "own-work",
    ],
    [
      "who signed it does not pass it",
      "pass",
      { ...lead, userId: signer.userId },
      { status: "reviewing" },
      "signed-by-you",
    ],
    ["what is approved is not saved just so", "save", drafter, { status: "approved" }, "approved-not-revised"],
    ["a drafter goes on working on what is approved", "revise", drafter, { status: "approved" }, null],
    ["and then saves it", "save", drafter, { status: "approved", stale: true }, null],
    ["and submits it again", "submit", drafter, { status: "approved", stale: true }, null],
    ["what is open needs no revising", "revise", drafter, { status: "returned" }, "not-approved-yet"],
    ["who wrote it may take it back", "withdraw", drafter, { status: "signing" }, null],
    [
      "another department's signer does not sign",
      "sign",
      someone("signer", "commerce"),
      { status: "signing" },
      "not-your-department",
    ],
    ["an approved leaf is not passed again", "pass", lead, { status: "approved" }, "section-not-reviewing"],
    ["an approved leaf can be returned by the lead bureau", "return", lead, { status: "approved" }, null],
    [
      "nothing moves once the whole has gone up",
      "return",
      lead,
      { status: "approved", reportStatus: "approving" },
      "report-not-collecting",
    ],
    [
      "another district's leaf is not there",
      "pass",
      { ...lead, jurisdictionId: "south" },
      { status: "reviewing" },
      "not-found",
    ],
    ["a drafter brings back an older text of what is being drafted", "restore", drafter, { status: "returned" }, null],
    ["nobody brings one back behind the signer", "restore", drafter, { status: "signing" }, "section-not-open"],
    ["a signer brings nothing back", "restore", signer, { status: "drafting" }, "not-your-role"],
    ["a drafter attaches to what is being drafted", "attach", drafter, { status: "drafting" }, null],
    ["nobody attaches to what has gone up", "attach", drafter, { status: "reviewing" }, "section-not-open"],
    ["the lead bureau says what it asks of a leaf in any state", "brief", lead, { status: "approved" }, null],
    ["but not once the whole has gone up", "brief", lead, { reportStatus: "approving" }, "report-not-collecting"],
    ["a department asks nothing of itself", "brief", signer, { status: "drafting" }, "not-your-role"],
    ["a heading has no text to save", "save", drafter, { kind: "chapter" }, "not-found"],
  ] as const)("%s", (_, ability, actor, facts, refusal) => {
    expect(sectionRefusal(ability, actor, aLeaf(facts))).toBe(refusal);
  });

  it("say who before when: a wrong role hides a button, a wrong moment explains it", () => {
    const facts = aLeaf({ status: "approved", reportStatus: "delivered" });
    expect(sectionRefusal("sign", someone("member", "congress", "congress"), facts)).toBe("not-your-role");
    expect(sectionRefusal("sign", someone("signer", "commerce"), facts)).toBe("not-your-department");
    expect(sectionRefusal("sign", signer, facts)).toBe("report-not-collecting");
  });

  it("throw what they answer, and answer for every ability at once", () => {
    const facts = aLeaf({ status: "signing" });
    expect(() => authorizeSection("sign", signer, facts)).not.toThrow();
    expect(() => authorizeSection("pass", signer, facts)).toThrow(DomainError);
    expect(sectionAbilities(signer, facts)).toEqual({
      save: "not-your-role",
      restore: "not-your-role",
      attach: "not-your-role",
      submit: "not-your-role",
      revise: "not-your-role",
      withdraw: "section-not-withdrawable",
      sign: null,
      pass: "not-your-role",
      return: null,
      brief: "not-your-role",
    });
  });
});

describe("what may be seen of a leaf", () => {
  const place = { organId: "agriculture", jurisdictionId: "north" };

  it("the working copy: its own department's drafter and signer alone", () => {
    expect([drafter, signer].map((actor) => maySeeDraft(actor, place))).toEqual([true, true]);
    const others = [
      someone("drafter", "commerce"),
      lead,
      someone("approver", "hall", "government"),
      someone("auditor", "centre", "administration"),
      { ...drafter, jurisdictionId: "south" },
    ];
    expect(others.map((actor) => maySeeDraft(actor, place))).toEqual(others.map(() => false));
  });

  it.each([
    ["the lead bureau, once submitted", lead, { kind: "submitted" }, true],
    ["not the lead bureau, while only saved", lead, { kind: "saved" }, false],
    ["its department, even when only saved", signer, { kind: "saved" }, true],
    [
      "the approver, once passed and sent up",
      someone("approver", "hall", "government"),
      { isApproved: true, reportStatus: "approving" },
      true,
    ],
    [
      "not the approver, before it is sent up",
      someone("approver", "hall", "government"),
      { isApproved: true, reportStatus: "collecting" },
      false,
    ],
    [
      "not the approver, what was superseded",
      someone("approver", "hall", "government"),
      { isApproved: false, reportStatus: "approving" },
      false,
    ],
    [
      "no member of the congress",
      someone("member", "congress", "congress"),
      { isApproved: true, reportStatus: "delivered" },
      false,
    ],
    [
      "no administrator",
      someone("sysadmin", "centre", "administration"),
      { isApproved: true, reportStatus: "delivered" },
      false,
    ],
  ] as const)("a revision: %s", (_, actor, facts, seen) => {
    expect(
      maySeeRevision(actor, { ...place, kind: "submitted", isApproved: false, reportStatus: "collecting", ...facts }),
    ).toBe(seen);
  });
});

function someone(role: Role, organ: string, organKind: OrganKind = "department"): Actor {
  return {
    userId: `${organ} ${role}`,
    membershipId: `${organ} ${role}`,
    seatId: `${organ} ${role}`,
    organId: organ,
    organKind,
    jurisdictionId: "north",
    role,
    label: role,
  };
}

function aLeaf(facts: Partial<SectionFacts>): SectionFacts {
  const status = facts.status ?? "drafting";
  return {
    kind: "text",
    organId: "agriculture",
    jurisdictionId: "north",
    reportStatus: "collecting",
    stale: false,
    writers: [drafter.userId],
    ...facts,
    status,
    route: facts.route ?? routeAt(status),
  };
}

/** The usual route of a text: agriculture's signer, then the lead bureau. The signer has signed what is past them. */
function routeAt(status: SectionStatus): RouteFacts {
  const steps: RouteStep[] = [
    { id: "sign", name: "部门签发", action: "sign", role: "signer", office: "owner", mode: { is: "any" } },
    { id: "review", name: "牵头审核", action: "review", role: "lead", office: "any", mode: { is: "any" } },
  ];
  const step = status === "signing" ? "sign" : status === "reviewing" ? "review" : null;
  const past = status === "reviewing" || status === "approved";
  const sitting = step === "sign" ? signer : lead;
  return {
    steps,
    course: {
      at: step ? { is: "step", step } : { is: status === "approved" ? "done" : "author" },
      round: 1,
      passed: [],
      from: step === "sign" ? "author" : step === "review" ? "sign" : null,
      comeback: null,
    },
    seats: step || past ? [{ membershipId: sitting.seatId, userId: sitting.userId }] : [],
    votes: past ? [{ userId: signer.userId, seat: signer.seatId, step: "sign", round: 0 }] : [],
  };
}
