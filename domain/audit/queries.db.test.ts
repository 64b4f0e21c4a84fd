import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, aReportIn, contextOf, type District, refusalOf } from "../../db/testing/factories";
import type { Actor } from "../kernel/actor";
import { transact } from "../kernel/context";
import { AuditFilter, ENTRIES_PER_PAGE, listAuditEntries } from "./queries";

let database: TestDatabase;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
  const leaves = Array.from({ length: 16 }, () => ({ department: "agriculture" as const }));
  await aReportIn(district, "delivered", { leaves });
  await aReportIn(await aDistrict(database), "collecting");
});
afterAll(() => database.close());

const log = (actor: Actor, asked: Record<string, string> = {}) => {
  const ctx = contextOf(database, actor);
  return transact(ctx, (tx) => listAuditEntries(tx, ctx, AuditFilter.parse(asked)));
};

it("the auditor reads their own district's whole log, newest first, page by page", async () => {
  const [row] = await database.owner.sql<{ count: number }[]>`
    select count(*)::int from audit_entries where jurisdiction_id = ${district.jurisdictionId}`;
  const ids: number[] = [];
  let before: number | null = null;
  do {
    const page: Awaited<ReturnType<typeof log>> = await log(
      district.centre.auditor,
      before === null ? {} : { before: String(before) },
    );
    expect(page.entries.length).toBeLessThanOrEqual(ENTRIES_PER_PAGE);
    ids.push(...page.entries.map(({ id }) => id));
    before = page.older;
  } while (before !== null);
  expect(row?.count).toBeGreaterThan(ENTRIES_PER_PAGE);
  expect(ids).toHaveLength(row?.count ?? 0);
  expect(ids).toEqual(ids.toSorted((a, b) => b - a));
});

it("nobody else is shown a log at all", async () => {
  for (const actor of [
    district.centre.sysadmin,
    district.centre.secadmin,
    district.bureau.lead,
    district.congress.clerk,
  ]) {
    expect(await refusalOf(log(actor))).toBe("not-found");
  }
});

it("what was written in a report never stands in its log", async () => {
  const { entries } = await log(district.centre.auditor);
  expect(JSON.stringify(entries)).not.toContain("完成年度计划");
});

it("is narrowed by who and by what they did", async () => {
  const { entries } = await log(district.centre.auditor, { actor: "LEAD", action: "edition.seal" });
  expect(entries.map(({ action, actor }) => [action, actor])).toEqual([["edition.seal", "lead lead"]]);
  expect((await log(district.centre.auditor, { actor: "%" })).entries).toEqual([]);
});

it("what cannot be asked is not asked", () => {
  expect(AuditFilter.parse({ action: "users; --", before: "-1", actor: ["a", "b"] })).toEqual({
    actor: "",
    action: "",
    before: undefined,
  });
  expect(AuditFilter.parse({})).toEqual({ actor: "", action: "", before: undefined });
});
