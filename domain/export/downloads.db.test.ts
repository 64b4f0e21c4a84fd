import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportParts, receipts } from "../../db/schema";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, contextOf, refusalOf, alsoHolds, type District } from "../../db/testing/factories";
import { aStage, type Stage } from "../../db/testing/stage";
import type { Actor } from "../kernel/actor";
import { transact } from "../kernel/context";
import { askForExport } from "./mutations";
import { listExports, readExportFile, wantEditionFile } from "./queries";

let database: TestDatabase;
let district: District;
let stage: Stage;

beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
  stage = await aStage(district);
  await stage.set("approved", "delivered");
});
afterAll(() => database.close());

const as = (actor: Actor) => contextOf(database, actor);

describe("a file that was made for somebody", () => {
  it("is the opening of the edition that it holds, once, for who was given it and not for the lead bureau", async () => {
    const opened = ({ userId }: Actor) =>
      database.owner.db.$count(
        receipts,
        and(eq(receipts.userId, userId), eq(receipts.editionId, stage.editions.delivered)),
      );
    for (const [actor, count] of [
      [district.agriculture.signer, 1],
      [district.bureau.lead, 0],
    ] as const) {
      const id = await aMade(actor);
      expect(await opened(actor)).toBe(0);
      await readExportFile(as(actor), id);
      await readExportFile(as(actor), id);
      expect(await opened(actor)).toBe(count);
    }
  });

  it("is not to be had in another post of the same person, and is made anew when asked for there", async () => {
    const elsewhere = await alsoHolds(district, district.bureau.lead, "agriculture", "drafter");
    const id = await aMade(district.bureau.lead);
    expect(await refusalOf(readExportFile(as(elsewhere), id))).toBe("not-found");
    const again = await aMade(elsewhere);
    expect(again).not.toBe(id);
    const listed = await transact(as(elsewhere), (tx) => listExports(tx, as(elsewhere)));
    expect(listed.map((one) => one.id)).toEqual([again]);
  });

  async function aMade(actor: Actor): Promise<string> {
    const editionId = stage.editions.delivered;
    const { id } = await askForExport(as(actor), {
      source: "edition",
      editionId,
      format: "docx",
      numbering: "automatic",
    });
    await database.owner.db
      .insert(exportParts)
      .values({
        exportId: id,
        part: 1,
        jurisdictionId: district.jurisdictionId,
        sha256: "",
        size: 1,
        bytes: Buffer.from("a"),
      })
      .onConflictDoNothing();
    return id;
  }
});

it("an edition's file that failed is tried anew for the lead bureau, not for readers who come back", async () => {
  const editionId = stage.editions.delivered;
  const failed = async () => {
    const [job] = await database.owner.sql<{ failure: string | null }[]>`
      select failure from render_queue() where key = ${`edition-${editionId}-pdf`}`;
    return job?.failure ?? null;
  };
  await wantEditionFile(as(district.congress.member), editionId, "pdf");
  await database.owner.sql`
    update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'render-refused {}'
     where key = ${`edition-${editionId}-pdf`}`;
  await wantEditionFile(as(district.congress.member), editionId, "pdf");
  expect(await failed()).toBe("render-refused {}");
  await wantEditionFile(as(district.bureau.lead), editionId, "pdf");
  expect(await failed()).toBeNull();
});
