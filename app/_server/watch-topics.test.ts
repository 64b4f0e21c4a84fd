import { expect, test } from "vitest";
import { deskTopics, exportTopics, reportTopic, Watched } from "./watch-topics";

test("a desk hears of its post, its office, its role and its district, an author's of reports under way besides; a report's page of the report alone", () => {
  const actor = {
    userId: "u",
    membershipId: "m",
    seatId: "s",
    organId: "o",
    organKind: "department",
    jurisdictionId: "j",
    role: "signer",
    label: "",
    actingFor: null,
  } as const;
  expect(deskTopics(actor)).toEqual(["post:m", "exports:u", "office:o", "role:j:signer", "district:j", "authors:j"]);
  for (const role of ["clerk", "member", "sysadmin", "secadmin", "auditor"] as const)
    expect(deskTopics({ ...actor, role })).toEqual(["post:m", "exports:u", "office:o", `role:j:${role}`, "district:j"]);
  expect(reportTopic("r")).toBe("report:r");
  expect(exportTopics(actor)).toEqual(["export-queue:u", "edition-files:j"]);
});

test("what no page of ours asks is refused", () => {
  expect(Watched.safeParse({ since: "1764000000000" }).success).toBe(true);
  expect(Watched.safeParse({ since: "0", report: "xiangcheng-2025-h1" }).success).toBe(true);
  expect(Watched.safeParse({ since: "0", exports: "1" }).success).toBe(true);
  for (const asked of [
    {},
    { since: "x" },
    { since: "-1" },
    { since: "1.5" },
    { since: "1e300" },
    { since: "0", report: "" },
    { since: "0", exports: "all" },
  ])
    expect(Watched.safeParse(asked).success, JSON.stringify(asked)).toBe(false);
});
