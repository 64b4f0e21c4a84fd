import { expect, test } from "vitest";
import type { Actor } from "../kernel/actor";
import type { RefusalKey } from "../kernel/errors";
import type { Mode } from "../route/course";
import type { RouteFacts, Vote } from "../route/route";
import { reportRefusal, type ReportAbility, type ReportFacts } from "./policy";

const approver = anApprover("first");
const second = anApprover("second");

function anApprover(name: string): Actor {
  const post = { organId: "government", organKind: "government", jurisdictionId: "north", role: "approver" } as const;
  return { ...post, userId: name, membershipId: name, seatId: name, label: name };
}

/** The whole before the approvers' step "office" or "mayor". */
function whole(
  at: "office" | "mayor",
  mode: Mode = { is: "any" },
  votes: Vote[] = [],
  sits = [approver, second],
): ReportFacts {
  const step = (id: string) => ({ id, name: id, action: "approve", role: "approver", office: "any", mode }) as const;
  const route: RouteFacts = {
    steps: [step("office"), step("mayor")],
    course: {
      at: { is: "step", step: at },
      round: at === "office" ? 1 : 2,
      passed: [],
      from: "author",
      comeback: null,
    },
    seats: sits.map(({ membershipId, userId }) => ({ membershipId, userId })),
    votes,
  };
  return { status: "approving", jurisdictionId: "north", writers: ["a writer"], route };
}
const vote = (who: Actor, step: string, round: number): Vote => ({ userId: who.userId, seat: who.seatId, step, round });

test.each<[string, ReportAbility, Actor, ReportFacts, RefusalKey | null]>([
  ["who sits there approves", "approve", approver, whole("office"), null],
  ["and returns", "return", approver, whole("office"), null],
  [
    "an approver who is not named there does neither",
    "approve",
    second,
    whole("office", { is: "any" }, [], [approver]),
    "not-your-step",
  ],
  ["who wrote any of it does not", "approve", { ...approver, userId: "a writer" }, whole("office"), "own-work"],
  [
    "of several who must all approve nobody approves twice",
    "approve",
    approver,
    whole("office", { is: "all" }, [vote(approver, "office", 1)]),
    "already-decided",
  ],
  ["the other one does", "approve", second, whole("office", { is: "all" }, [vote(approver, "office", 1)]), null],
  [
    "who approved at one step does not at the next",
    "approve",
    approver,
    whole("mayor", { is: "any" }, [vote(approver, "office", 1)]),
    "signed-by-you",
  ],
  ["somebody else does", "approve", second, whole("mayor", { is: "any" }, [vote(approver, "office", 1)]), null],
  [
    "an approval of an earlier round binds nobody to it",
    "approve",
    approver,
    whole("office", { is: "any" }, [vote(approver, "office", -1)]),
    null,
  ],
])("the whole before the government: %s", (_, ability, who, facts, refusal) => {
  expect(reportRefusal(ability, who, facts)).toBe(refusal);
});

test("the lead bureau takes the whole back until somebody has approved it", () => {
  const lead: Actor = { ...approver, role: "lead", organKind: "lead" };
  expect(reportRefusal("recall", lead, whole("office"))).toBeNull();
  expect(reportRefusal("recall", lead, whole("mayor"))).toBe("report-not-recallable");
  expect(reportRefusal("recall", lead, whole("office", { is: "all" }, [vote(second, "office", 1)]))).toBe(
    "report-not-recallable",
  );
});
