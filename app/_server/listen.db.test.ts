import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, aReport, aSection, aText, contextOf, type District, refusalOf } from "../../db/testing/factories";
import { withdrawSection } from "../../domain/section/decisions";
import { saveSection, submitSection } from "../../domain/section/mutations";
import { listenOn, LISTENER } from "./listen";
import { LiveHub, type Signal } from "./live-hub";

let database: TestDatabase;
let district: District;
let hub: LiveHub;

beforeAll(async () => {
  database = await testDatabase();
  district = await aDistrict(database);
  hub = new LiveHub(listenOn(database.appUrl));
});
afterAll(() => database.close());

async function follow(sectionId: string) {
  const heard: Signal[] = [];
  let gaps = 0;
  const { ready, leave } = hub.subscribe(`section:${sectionId}`, {
    hear: (signal) => void heard.push(signal),
    lookAgain: () => (gaps += 1),
  });
  await ready;
  const seen = { heard, gaps: () => gaps, leave };
  // What the leaf's making told may still be on its way.
  await caughtUp(seen, sectionId);
  return seen;
}

/** Signals arrive in the order of their commits: once this one has, every earlier one has. */
async function caughtUp(seen: { heard: Signal[] }, sectionId: string): Promise<Signal[]> {
  await database.app
    .sql`select pg_notify('huibao_signals', ${JSON.stringify({ topic: `section:${sectionId}`, kind: "end", data: {} })})`;
  await vi.waitFor(() => expect(seen.heard.at(-1)?.kind).toBe("end"), { timeout: 10_000 });
  return seen.heard.splice(0).slice(0, -1);
}

it("tells of every save and every step of a leaf, by whom, and never a word of the text", async () => {
  const leaf = await aSection(district, { text: "不外传的文字" });
  const seen = await follow(leaf.id);
  const drafter = contextOf(database, district.agriculture.drafter);
  await saveSection(drafter, { sectionId: leaf.id, version: 1, content: aText("不外传的文字，又一句"), keep: true });
  await submitSection(drafter, { sectionId: leaf.id, version: 1, draftVersion: 2 });
  await withdrawSection(drafter, { sectionId: leaf.id, version: 2 });
  const signals = await caughtUp(seen, leaf.id);
  expect(signals.map(({ kind, data }) => ({ kind, ...data }))).toEqual([
    { kind: "draft", version: 2, by: drafter.actor.label },
    { kind: "moved", version: 2, status: "signing", by: expect.stringMatching(/.+ .+/) },
    { kind: "moved", version: 3, status: "drafting", by: expect.stringMatching(/.+ .+/) },
  ]);
  expect(JSON.stringify(signals)).not.toContain("不外传");
});

it("tells nothing of a save that was refused or undone, nor of another leaf", async () => {
  const report = await aReport(district, { leaves: [{ department: "agriculture" }, { department: "agriculture" }] });
  const [leaf, other] = report.leaves;
  const seen = await follow(leaf?.id ?? "");
  const drafter = contextOf(database, district.agriculture.drafter);
  const save = { version: 0, content: aText("一句"), keep: false };
  await saveSection(drafter, { ...save, sectionId: other?.id ?? "" });
  expect(await refusalOf(saveSection(drafter, { ...save, sectionId: leaf?.id ?? "", version: 5 }))).toBe(
    "stale-version",
  );
  await database.owner.db
    .transaction(async (tx) => {
      await tx.execute(`update drafts set version = version + 1 where section_id = '${leaf?.id}'`);
      throw new Error("undone");
    })
    .catch(() => {});
  expect(await caughtUp(seen, leaf?.id ?? "")).toEqual([]);
});

it("listens again after its connection was cut, and says that something may have been missed", async () => {
  const leaf = await aSection(district);
  const seen = await follow(leaf.id);
  await database.owner.sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = ${LISTENER} and datname = current_database()`;
  await vi.waitFor(() => expect(seen.gaps()).toBe(1), { timeout: 20_000 });
  const drafter = contextOf(database, district.agriculture.drafter);
  await saveSection(drafter, { sectionId: leaf.id, version: 1, content: aText("断后一句"), keep: false });
  expect(await caughtUp(seen, leaf.id)).toMatchObject([{ kind: "draft", data: { version: 2 } }]);
  // One listener, not one more after each cut.
  const [row] = await database.owner.sql`select count(*)::int as n from pg_stat_activity
    where application_name = ${LISTENER} and datname = current_database()`;
  expect(row?.["n"]).toBe(1);
});
