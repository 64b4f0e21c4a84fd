import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEntries } from "../../db/schema";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aColleague, aDistrict, aReportIn, contextOf, refusalOf, type District } from "../../db/testing/factories";
import { getDesk } from "../desk/queries";
import type { Actor } from "../kernel/actor";
import { transact } from "../kernel/context";
import type { PlannedStep } from "../route/schema";
import { saveTemplate } from "../route/templates";
import { approveReport } from "./mutations";
import { getEditionsPage } from "../edition/queries";

let database: TestDatabase;
let district: District;
let second: Actor;
let third: Actor;

const step = (plan: Partial<PlannedStep>): PlannedStep => ({
  name: "环节",
  action: "approve",
  role: "approver",
  office: "any",
  mode: "any",
  quorum: null,
  skippable: false,
  people: [],
  ...plan,
});

/** 政府会签 of all who are named, then 区长审定 by the third. */
async function inApproval() {
  const { government, bureau } = district;
  const both = [government.approver.membershipId, second.membershipId];
  const routeId = await saveTemplate(as(bureau.lead), {
    name: "会签程序",
    steps: [
      step({ name: "部门签发", action: "sign", role: "signer", office: "owner" }),
      step({ name: "牵头审核", action: "review", role: "lead" }),
      step({ name: "政府会签", mode: "all", people: both }),
      step({ name: "区长审定", people: [third.membershipId] }),
    ],
  });
  return aReportIn(district, "approving", { routeId });
}

const as = (actor: Actor) => contextOf(database, actor);

describe("a report that several approve together", () => {
  beforeAll(async () => {
    database = await testDatabase();
    district = await aDistrict(database);
    second = await aColleague(district, "government", "approver");
    third = await aColleague(district, "government", "approver");
  });
  afterAll(() => database.close());

  const isMine = async (actor: Actor, slug: string) => {
    const { wholes } = await transact(as(actor), (tx) => getDesk(tx, as(actor)));
    return wholes.find((whole) => whole.slug === slug)?.mine;
  };
  const pageOf = (actor: Actor, slug: string) => transact(as(actor), (tx) => getEditionsPage(tx, as(actor), slug));

  it("takes each one's vote on the version that all of them have open, and goes on with the last", async () => {
    const { id, slug, version, documentHash } = await inApproval();
    const first = district.government.approver;
    const input = { reportId: id, version, documentHash };
    await approveReport(as(first), input);
    expect((await pageOf(second, slug)).version).toBe(version);
    expect(await refusalOf(approveReport(as(first), input))).toBe("already-decided");
    expect(await refusalOf(approveReport(as(third), input))).toBe("not-your-step");
    await approveReport(as(second), input);
    expect(await pageOf(third, slug)).toMatchObject({ status: "approving", version: version + 1 });
    expect(await refusalOf(approveReport(as(second), { ...input, version: version + 1 }))).toBe("not-your-step");
    await approveReport(as(third), { ...input, version: version + 1 });
    expect(await pageOf(third, slug)).toMatchObject({ status: "approved", version: version + 2 });
    const votes = await database.owner.db
      .select({ detail: auditEntries.detail })
      .from(auditEntries)
      .where(and(eq(auditEntries.reportId, id), eq(auditEntries.action, "report.approve")))
      .orderBy(auditEntries.at, auditEntries.id);
    expect(votes.map(({ detail }) => detail)).toEqual([
      { from: "approving" },
      { from: "approving", to: "approving" },
      { from: "approving", to: "approved" },
    ]);
  });

  it("waits on the desk of those who sit at its step and have not approved it there, and of nobody else", async () => {
    const { id, slug, version, documentHash } = await inApproval();
    const first = district.government.approver;
    const waits = async () => [await isMine(first, slug), await isMine(second, slug), await isMine(third, slug)];
    expect(await waits()).toEqual([true, true, false]);
    await approveReport(as(first), { reportId: id, version, documentHash });
    expect(await waits()).toEqual([false, true, false]);
    await approveReport(as(second), { reportId: id, version, documentHash });
    expect(await waits()).toEqual([false, false, true]);
    await approveReport(as(third), { reportId: id, version: version + 1, documentHash });
    expect(await waits()).toEqual([false, false, false]);
  });

  it("shows on its page who sits at its step and who of them has approved it", async () => {
    const { id, slug, version, documentHash } = await inApproval();
    await approveReport(as(district.government.approver), { reportId: id, version, documentHash });
    const { sitting, can } = await pageOf(district.government.approver, slug);
    expect(sitting).toMatchObject({ step: "政府会签", mode: "all", needed: 2, passed: 1 });
    expect(sitting?.seats.map(({ at }) => at !== null)).toEqual([true, false]);
    expect(can.approve).toBe("already-decided");
    // A department reads where the whole is; who has approved it is not for its eyes.
    expect(await pageOf(district.agriculture.drafter, slug)).toMatchObject({ sitting: null, step: "政府会签" });
  });
});
