import { expect, test } from "vitest";
import { STEP_ACTIONS } from "../route/workflow";
import { HOLDER_OF, isHeading, SECTION_KINDS, SECTION_STATUSES, STATUS_AT } from "./workflow";

test("a leaf at a step has a state that somebody holds; an approved one is nobody's", () => {
  for (const action of STEP_ACTIONS.filter((one) => one !== "approve")) {
    expect(HOLDER_OF[STATUS_AT[action]], action).not.toBeNull();
  }
  expect(SECTION_STATUSES.filter((status) => HOLDER_OF[status] === null)).toEqual(["approved"]);
});

test("parts, chapters and the annex of figures are nobody's to write", () => {
  expect(SECTION_KINDS.filter(isHeading)).toEqual(["part", "chapter", "indicators"]);
});
