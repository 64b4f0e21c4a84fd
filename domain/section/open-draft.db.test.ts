import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { wholeCast, type Cast } from "../../db/testing/cast";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, aSection, aText, contextOf, type District, refusalOf } from "../../db/testing/factories";
import { transact } from "../kernel/context";
import { lookAtSession, liveSession, SESSION_LIMITS, tokenHash } from "../user/session";
import { readDraftState, readNewerDraft } from "./open-draft";
import { maySeeDraft } from "./policy";
import { SECTION_STATUSES } from "./workflow";

let database: TestDatabase;
let district: District;
let cast: Cast;

beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
  cast = await wholeCast(district, await aDistrict(database));
});
afterAll(() => database.close());

it("is followed by the drafters and signers of its department in every state, and by nobody else", async () => {
  for (const status of SECTION_STATUSES) {
    const leaf = await aSection(district, { status });
    const { organId } = district;
    for (const { name, actor } of cast) {
      const may = maySeeDraft(actor, { organId: organId.agriculture, jurisdictionId: district.jurisdictionId });
      const ctx = contextOf(database, actor);
      const state = await refusalOf(transact(ctx, (tx) => readDraftState(tx, ctx, leaf.id)));
      const text = await refusalOf(transact(ctx, (tx) => readNewerDraft(tx, ctx, leaf.id, -1)));
      expect([name, status, state, text]).toEqual([name, status, ...(may ? [null, null] : ["not-found", "not-found"])]);
    }
  }
});

it("is given when it is newer than what one has, and said to be open to whoever may write in it now", async () => {
  const leaf = await aSection(district, { text: "一句" });
  const drafter = contextOf(database, district.agriculture.drafter);
  const signer = contextOf(database, district.agriculture.signer);
  const newer = (after: number) => transact(drafter, (tx) => readNewerDraft(tx, drafter, leaf.id, after));
  expect(await newer(0)).toMatchObject({ version: 1, content: aText("一句"), by: drafter.actor.label });
  expect(await newer(1)).toBeNull();
  expect(await transact(drafter, (tx) => readDraftState(tx, drafter, leaf.id))).toEqual({
    draft: { version: 1, by: drafter.actor.label },
    section: { version: 1, status: "drafting" },
    edits: true,
  });
  expect(await transact(signer, (tx) => readDraftState(tx, signer, leaf.id))).toMatchObject({ edits: false });
  for (const id of ["x", "", randomUUID()])
    expect(await refusalOf(transact(drafter, (tx) => readDraftState(tx, drafter, id)))).toBe("not-found");
});

it("does not keep its reader signed in: looking at a session is no request, and finds it only while it lives", async () => {
  const { userId } = district.commerce.drafter;
  const token = randomUUID();
  const { sql } = database.owner;
  await sql`select open_session(${userId}, ${tokenHash(token)}, '12 hours')`;
  const rested = `${SESSION_LIMITS.idleMinutes - 1} minutes`;
  await sql`update sessions set seen_at = now() - ${rested}::interval where token_hash = ${tokenHash(token)}`;
  const seenAt = async () =>
    (await sql`select seen_at from sessions where token_hash = ${tokenHash(token)}`)[0]?.["seen_at"];
  const before = await seenAt();
  const looked = await lookAtSession(database.app.db, token);
  expect(await seenAt()).toEqual(before);
  expect(looked).toEqual(await liveSession(database.app.db, token));
  expect(await seenAt()).not.toEqual(before);
  await sql`update sessions set seen_at = now() - '31 minutes'::interval where token_hash = ${tokenHash(token)}`;
  expect(await lookAtSession(database.app.db, token)).toBeNull();
  expect(await lookAtSession(database.app.db, "nobody's")).toBeNull();
});
