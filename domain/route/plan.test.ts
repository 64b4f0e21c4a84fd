import { describe, expect, it } from "vitest";
import type { RefusalKey } from "../kernel/errors";
import { routeRefusal } from "./plan";
import { PlannedStep } from "./schema";
import { USUAL_ROUTE } from "./usual-route";

const step = (plan: Partial<PlannedStep>): PlannedStep => ({
  name: "环节",
  action: "review",
  role: "lead",
  office: "any",
  mode: "any",
  quorum: null,
  skippable: false,
  people: [],
  ...plan,
});
const sign = step({ action: "sign", role: "signer", office: "owner" });
const confirm = step({ action: "confirm", role: "signer", office: "confirmer" });
const review = step({});
const approve = step({ action: "approve", role: "approver" });
const named = (people: string[], plan: Partial<PlannedStep> = {}) => step({ role: "signer", people, ...plan });

describe("what a route must be", () => {
  it("the usual route is one", () => {
    expect(routeRefusal(USUAL_ROUTE.steps.map((plan) => PlannedStep.parse(plan)))).toBeNull();
  });

  it.each<[string, PlannedStep[], RefusalKey | null]>([
    ["the lead bureau and the government alone", [review, approve], null],
    [
      "two named heads between signing and the lead bureau",
      [sign, named(["a", "b"], { mode: "all" }), review, approve],
      null,
    ],
    ["a step that may be left out", [{ ...sign, skippable: true }, review, approve], null],
    ["two steps of approval", [review, approve, approve], null],
    ["a quorum of those named", [named(["a", "b", "c"], { mode: "quorum", quorum: 2 }), review, approve], null],
    ["a quorum of everybody of the role", [step({ mode: "quorum", quorum: 2 }), review, approve], null],
    ["no steps", [], "route-needs-lead"],
    ["no step of the lead bureau's before the whole", [sign, approve], "route-needs-lead"],
    ["the lead bureau not last", [review, sign, approve], "route-needs-lead"],
    ["the lead bureau's step left out", [sign, { ...review, skippable: true }, approve], "route-needs-lead"],
    ["a named head last", [named(["a"]), approve], "route-needs-lead"],
    ["nobody approving the whole", [sign, review], "route-needs-approver"],
    ["a department after the approval", [review, approve, sign], "route-needs-approver"],
    ["approval that may be left out", [review, { ...approve, skippable: true }], "route-step-unfit"],
    ["signing by the lead bureau", [{ ...sign, role: "lead" }, review, approve], "route-step-unfit"],
    ["signing by any office", [{ ...sign, office: "any" }, review, approve], "route-step-unfit"],
    ["named people who sign for a department", [{ ...sign, people: ["a"] }, review, approve], "route-step-unfit"],
    ["confirming by the owner", [{ ...confirm, office: "owner" }, review, approve], "route-step-unfit"],
    ["heads of all departments, nobody named", [named([]), review, approve], "route-step-unfit"],
    ["approval by the lead bureau", [review, { ...approve, role: "lead" }], "route-step-unfit"],
    ["a quorum without a number", [step({ mode: "quorum" }), review, approve], "route-step-unfit"],
    ["a number without a quorum", [step({ quorum: 2 }), review, approve], "route-step-unfit"],
    ["more wanted than named", [named(["a"], { mode: "quorum", quorum: 2 }), review, approve], "route-step-unfit"],
    ["somebody named twice", [named(["a", "a"]), review, approve], "route-step-unfit"],
  ])("%s", (_, steps, refusal) => {
    expect(routeRefusal(steps)).toBe(refusal);
  });
});
