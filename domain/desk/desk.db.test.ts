import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, aReport, contextOf, takeLeaf, type District } from "../../db/testing/factories";
import type { Actor } from "../kernel/actor";
import { transact } from "../kernel/context";
import { getDesk } from "./queries";

describe("a desk with more leaves than it lists", () => {
  let database: TestDatabase;
  let district: District;
  beforeAll(async () => {
    database = await testDatabase();
    district = await aDistrict(database);
  });
  afterAll(() => database.close());

  const deskOf = (actor: Actor) => {
    const ctx = contextOf(database, actor);
    return transact(ctx, (tx) => getDesk(tx, ctx));
  };

  it("lists what waits before all else, and says that there is more", async () => {
    const { agriculture } = district;
    const leaves = Array.from({ length: 102 }, (_, index) => ({
      department: "agriculture" as const,
      title: `第${index + 1}段`,
    }));
    const report = await aReport(district, { leaves });
    const [first, last] = [report.leaves.at(0), report.leaves.at(-1)];
    if (!first || !last) throw new Error("the report has no leaves");
    for (const leaf of [first, last]) await takeLeaf(district, leaf, "signing");
    const signer = await deskOf(agriculture.signer);
    expect(signer.leaves.map(({ title }) => title)).toEqual(["第1段", "第102段"]);
    expect([signer.ours.length, signer.isCut]).toEqual([98, true]);
    const drafter = await deskOf(agriculture.drafter);
    expect([drafter.leaves.length, drafter.ours.length, drafter.isCut]).toEqual([100, 0, true]);
    expect(drafter.leaves.map(({ title }) => title)).not.toContain("第1段");
    expect((await deskOf(district.commerce.drafter)).isCut).toBe(false);
  });
});
