import { expect, test } from "vitest";
import { placeOf } from "./place";

const where = {
  event: "section.returned" as const,
  reportSlug: "r",
  sectionId: "s",
  indicatorId: null,
  editionId: null,
  remarkId: null,
  step: null,
};

test("what was returned leads its writers to the text, and those at the step that it went to to the review", () => {
  expect(placeOf(where, "signer")).toBe("/reports/r/sections/s");
  expect(placeOf({ ...where, step: "部门签发" }, "drafter")).toBe("/reports/r/sections/s");
  expect(placeOf({ ...where, step: "部门签发" }, "signer")).toBe("/reports/r/review?section=s");
  const row = { ...where, event: "indicator.returned" as const, sectionId: null, indicatorId: "i", step: "统计核对" };
  expect(placeOf(row, "signer")).toBe("/reports/r/review?row=i");
  expect(placeOf({ ...row, step: null }, "signer")).toBe("/reports/r/indicators");
});

test("what came to a step leads to the review, and what was withdrawn from it does not", () => {
  expect(placeOf({ ...where, event: "section.submitted", step: "部门签发" }, "signer")).toBe(
    "/reports/r/review?section=s",
  );
  expect(placeOf({ ...where, event: "section.withdrawn", step: "部门签发" }, "signer")).toBe("/reports/r/sections/s");
});

test("what was said to a draft, and the draft itself, lead to where it is answered", () => {
  const edition = { ...where, sectionId: null, editionId: "e" };
  for (const event of ["edition.consulted", "consultation.replied", "consultation.settled"] as const) {
    expect(placeOf({ ...edition, event }, "drafter")).toBe("/consultations/e");
  }
  expect(placeOf({ ...edition, event: "edition.delivered" }, "member")).toBe("/editions/e");
});
