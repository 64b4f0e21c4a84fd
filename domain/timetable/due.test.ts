import { describe, expect, it, test } from "vitest";
import { dayBeforePermit, daysLeftFrom, dayThatCounts, holderOf, isOwed } from "./due";

describe("the day that counts", () => {
  const at = (office: "owner" | "confirmer" | "any", dueOn: string | null) => ({ office, dueOn });
  test.each([
    ["its own", null, null, "2026-07-17"],
    ["the permitted one", "2026-07-22", null, "2026-07-22"],
    ["its own, when the permit has been overtaken", "2026-07-10", null, "2026-07-17"],
    ["the step's, while it is at one", null, at("any", "2026-07-24"), "2026-07-24"],
    ["its own, at a step without a day", null, at("any", null), "2026-07-17"],
    ["an earlier one of another office's step", null, at("confirmer", "2026-07-15"), "2026-07-15"],
    ["a later one of its own department's step", null, at("owner", "2026-07-20"), "2026-07-20"],
    ["its own, at an earlier step of its department", null, at("owner", "2026-07-15"), "2026-07-17"],
    ["the permitted one before the step's", "2026-07-30", at("any", "2026-07-24"), "2026-07-30"],
  ])("is %s", (_, permittedUntil, step, expected) => {
    expect(dayThatCounts({ dueOn: "2026-07-17", permittedUntil, step })).toBe(expected);
  });

  it("before a permit is shown beside it where the permit counts", () => {
    expect(dayBeforePermit({ dueOn: "2026-07-17", permittedUntil: "2026-07-30", step: at("any", "2026-07-24") })).toBe(
      "2026-07-24",
    );
  });
});

describe("who has an item", () => {
  const item = { isApproved: false, organId: "owner", confirmOrganId: "confirmer" };
  const step = (office: "owner" | "confirmer" | "any", role: "signer" | "lead") => ({ name: "环节", role, office });
  test.each([
    ["its drafter, while it is at no step", null, { organId: "owner", role: "drafter", step: null }, true],
    ["its head", step("owner", "signer"), { organId: "owner", role: "signer", step: "环节" }, true],
    [
      "the confirming office",
      step("confirmer", "signer"),
      { organId: "confirmer", role: "signer", step: "环节" },
      true,
    ],
    ["the lead bureau", step("any", "lead"), { organId: null, role: "lead", step: "环节" }, false],
  ])("is %s", (_, at, expected, owed) => {
    const holder = holderOf({ ...item, step: at });
    expect(holder).toEqual(expected);
    expect(isOwed(holder)).toBe(owed);
  });

  it("is nobody once it is approved", () => {
    expect(holderOf({ ...item, isApproved: true, step: null })).toBeNull();
  });
});

it("days left are the same asked twice", () => {
  const left = daysLeftFrom("2025-09-26");
  expect([left("2025-10-10"), left("2025-10-10"), left("2025-09-26")]).toEqual([5, 5, 0]);
});
