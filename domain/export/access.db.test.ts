import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wholeCast, type Cast } from "../../db/testing/cast";
import { editionFiles, exportParts, exportRequests } from "../../db/schema";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, contextOf, type District } from "../../db/testing/factories";
import { aStage, type Stage } from "../../db/testing/stage";
import { aSmallReport } from "../../render/small-report";
import { maySeeEdition } from "../edition/policy";
import type { Actor } from "../kernel/actor";
import { transact } from "../kernel/context";
import { mayReadDraft } from "../report/policy";
import { REPORT_STATUSES, type ReportStatus } from "../report/workflow";
import { mayHaveFile, maySeeExport } from "./policy";
import { readEditionFile, wantEditionFile } from "./queries";
import { EXPORT_FORMATS, type ExportSource } from "./workflow";

const GIVEN = [{ role: "clerk" }, { role: "member" }, { role: "drafter" }, { role: "signer" }] as const;
const DENIED = "42501";

/** What can be asked for: of which source, and which of the stage's two editions it takes. */
const KINDS = {
  "the text as it stands": { source: "draft", of: [] },
  "the delivered edition": { source: "edition", of: ["delivered"] },
  "the sealed edition": { source: "edition", of: ["sealed"] },
  "both side by side": { source: "comparison", of: ["sealed", "delivered"] },
} as const satisfies Record<string, { source: ExportSource; of: readonly ("delivered" | "sealed")[] }>;
type Kind = keyof typeof KINDS;
const NAMES = Object.keys(KINDS) as Kind[];

describe("who may have what made, and see it", () => {
  let database: TestDatabase;
  let district: District;
  let stage: Stage;
  let cast: Cast;

  beforeAll(async () => {
    database = await testDatabase();
    district = await aDistrict(database);
    cast = await wholeCast(district, await aDistrict(database));
    stage = await aStage(district);
    // Everybody has one of each in each of their posts, as if they had asked when they still might.
    for (const { actor } of cast) {
      for (const kind of NAMES) {
        const id = crypto.randomUUID();
        await database.owner.db.insert(exportRequests).values({ ...requestOf(actor, kind), id });
        await database.owner.db.insert(exportParts).values({
          exportId: id,
          part: 1,
          jurisdictionId: district.jurisdictionId,
          sha256: "",
          size: 1,
          bytes: Buffer.from("a"),
        });
      }
    }
    for (const [editionId, format] of Object.values(stage.editions).flatMap((of) =>
      EXPORT_FORMATS.map((one) => [of, one] as const),
    )) {
      await database.owner.db.insert(editionFiles).values({
        editionId,
        format,
        jurisdictionId: district.jurisdictionId,
        sha256: "",
        size: 1,
        bytes: Buffer.from("a"),
        maker: "",
        madeAt: new Date(),
        rowSha256: "",
      });
    }
  });
  afterAll(() => database.close());

  function requestOf(actor: Actor, kind: Kind): typeof exportRequests.$inferInsert {
    const { source, of } = KINDS[kind];
    const [editionId = null, earlierId = null] = of.map((which) => stage.editions[which]);
    return {
      jurisdictionId: district.jurisdictionId,
      requestedBy: actor.userId,
      membershipId: actor.membershipId,
      source,
      format: "pdf",
      reportId: stage.reportId,
      editionId,
      earlierId,
      document: source === "draft" ? aSmallReport() : null,
      key: kind,
      name: kind,
      createdAt: new Date(),
    };
  }

  const seesEdition = (actor: Actor, which: "delivered" | "sealed") =>
    maySeeEdition(actor, { jurisdictionId: district.jurisdictionId, given: which === "delivered" ? GIVEN : [] });

  function expected(actor: Actor, kind: Kind, reportStatus: ReportStatus): boolean {
    const { source, of } = KINDS[kind];
    return maySeeExport(actor, {
      jurisdictionId: district.jurisdictionId,
      requestedBy: actor.userId,
      membershipId: actor.membershipId,
      source,
      reportStatus,
      editions: of.map((which) => seesEdition(actor, which)),
    });
  }

  it("row-level security shows of one's own requests what the policy says, to every person in every state", async () => {
    const disagreements: string[] = [];
    let combinations = 0;
    for (const status of REPORT_STATUSES) {
      await stage.set("approved", status);
      for (const { name, actor } of cast) {
        const seen = await transact(contextOf(database, actor), async (tx) => ({
          requests: await tx.select({ key: exportRequests.key, by: exportRequests.membershipId }).from(exportRequests),
          parts: await tx.$count(exportParts),
          files: await tx.select({ of: editionFiles.editionId, format: editionFiles.format }).from(editionFiles),
        }));
        const keys = seen.requests.filter(({ by }) => by === actor.membershipId).map(({ key }) => key);
        if (keys.length !== seen.requests.length) disagreements.push(`${name} sees what was asked for in another post`);
        if (seen.parts !== keys.length) disagreements.push(`${name}, ${status}: ${seen.parts} parts of ${keys.length}`);
        for (const kind of NAMES) {
          combinations += 1;
          if (keys.includes(kind) !== expected(actor, kind, status))
            disagreements.push(`${name}, report ${status}: ${kind}`);
        }
        for (const which of ["delivered", "sealed"] as const) {
          for (const format of EXPORT_FORMATS) {
            combinations += 1;
            const isSeen = seen.files.some((file) => file.of === stage.editions[which] && file.format === format);
            if (isSeen !== (seesEdition(actor, which) && mayHaveFile(actor, format)))
              disagreements.push(`${name}: ${format} of the ${which} edition`);
          }
        }
      }
    }
    expect(disagreements).toEqual([]);
    const { member } = district.congress;
    expect(EXPORT_FORMATS.filter((format) => !mayHaveFile(member, format))).toEqual(["json", "zip"]);
    const ctx = contextOf(database, member);
    await expect(readEditionFile(ctx, stage.editions.delivered, "zip", null)).rejects.toMatchObject({
      key: "not-found",
    });
    await expect(wantEditionFile(ctx, stage.editions.delivered, "json")).rejects.toMatchObject({ key: "not-found" });
    expect(await readEditionFile(ctx, stage.editions.delivered, "pdf", null)).toMatchObject({ state: "there" });
    expect(combinations).toBe(cast.length * REPORT_STATUSES.length * (NAMES.length + 2 * EXPORT_FORMATS.length));
  });

  it("nobody gets a request past the database that the policy would not let them see", async () => {
    const disagreements: string[] = [];
    for (const status of REPORT_STATUSES) {
      await stage.set("approved", status);
      for (const { name, actor } of cast) {
        for (const kind of NAMES) {
          const isLetIn = (await tryToAsk(actor, requestOf(actor, kind))) === null;
          if (isLetIn !== expected(actor, kind, status)) disagreements.push(`${name}, report ${status}: ${kind}`);
        }
      }
    }
    expect(disagreements).toEqual([]);
  });

  it("nor one in another's name, of two reports at once, done from the start, or of another district", async () => {
    await stage.set("approved", "delivered");
    const lead = district.bureau.lead;
    const plain = requestOf(lead, "both side by side");
    expect(await tryToAsk(lead, plain)).toBeNull();
    for (const spoilt of [
      { ...plain, requestedBy: district.agriculture.drafter.userId },
      { ...plain, membershipId: district.agriculture.drafter.membershipId },
      { ...plain, reportId: stage.blank.reportId },
      { ...plain, status: "done" as const },
      { ...plain, finishedAt: new Date() },
      { ...plain, earlierId: null },
      { ...requestOf(lead, "the delivered edition"), earlierId: stage.editions.sealed },
      { ...plain, jurisdictionId: (await aDistrict(database)).jurisdictionId },
    ])
      expect(await tryToAsk(lead, spoilt), JSON.stringify(spoilt)).toBe(DENIED);
    expect(mayReadDraft(lead, { jurisdictionId: district.jurisdictionId, status: "collecting" })).toBe(true);
  });

  it("the worker reads no evidence but what an edition's record names, and no text that is not sealed", async () => {
    const { sql } = database.worker;
    const [file] = await database.owner.sql<{ id: string }[]>`select id from evidence limit 1`;
    const bytes = async () => {
      const [row] = await sql`select edition_attachment(${stage.editions.sealed}, ${file?.id ?? ""}) as bytes`;
      return row?.["bytes"];
    };
    expect(await bytes()).toBeNull();
    await database.owner.sql`
      update editions set record = jsonb_build_object('attachments', jsonb_build_array(jsonb_build_object('id', ${file?.id ?? ""}::text)))
       where id = ${stage.editions.sealed}`;
    expect(Buffer.from(await bytes()).toString()).toMatch(/^%PDF/);
    for (const table of ["evidence", "revisions", "drafts", "indicator_revisions", "figures", "reports"]) {
      await expect(sql.unsafe(`select * from ${table}`), table).rejects.toMatchObject({ code: DENIED });
    }
    for (const statement of [
      "update edition_files set size = 0",
      "delete from edition_files",
      "update export_requests set document = null",
      "insert into export_requests default values",
      "delete from export_parts",
      "update editions set name = ''",
    ]) {
      await expect(sql.unsafe(statement), statement).rejects.toMatchObject({ code: DENIED });
    }
  });

  /** The SQLSTATE that asking ends in, or null; nothing of it is kept. */
  async function tryToAsk(actor: Actor, row: typeof exportRequests.$inferInsert): Promise<string | null> {
    const undo = new Error("undo");
    try {
      await transact(contextOf(database, actor), async (tx) => {
        await tx.insert(exportRequests).values(row);
        throw undo;
      });
      return null;
    } catch (error) {
      for (let at = error; at instanceof Error; at = at.cause) {
        if (at === undo) return null;
        if ("code" in at && typeof at.code === "string") return at.code;
      }
      throw error;
    }
  }
});
