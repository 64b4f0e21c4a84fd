import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "../db/testing/database";
import { aDistrict, aSection } from "../db/testing/factories";
import { runDeliverEvent } from "./deliver-event";
import { freeAbandonedJobs } from "./free-abandoned-jobs";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await aSection(await aDistrict(database), { status: "signing" });
});
afterAll(() => database.close());

it("jobs that a killed worker holds are free again, as the worker's own login", async () => {
  const { sql } = database.owner;
  const held = () => sql<{ held: number }[]>`select count(locked_by)::int as held from graphile_worker.jobs`;
  const [job] = await sql`
    update graphile_worker._private_jobs set locked_by = 'killed', locked_at = now() returning id`;
  expect(job).toBeDefined();
  expect((await held())[0]?.held).toBeGreaterThan(0);
  await freeAbandonedJobs(database.worker.db);
  expect((await held())[0]?.held).toBe(0);
  await freeAbandonedJobs(database.worker.db);
});

it("a payload that is not an event's id is refused, and the same event twice is told once", async () => {
  await expect(runDeliverEvent(database.worker.db, { event: "1; drop table users" })).rejects.toThrow(/uuid/i);
  const [event] = await database.owner.sql<{ id: string }[]>`select id from outbox limit 1`;
  const payload = { event: event?.id };
  await runDeliverEvent(database.worker.db, payload);
  const told = () => database.owner.sql`select membership_id from notifications where outbox_id = ${event?.id ?? ""}`;
  const first = await told();
  await runDeliverEvent(database.worker.db, payload);
  expect(first).toHaveLength(1);
  expect(await told()).toEqual(first);
});
