import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mails, noticeSettings } from "../db/schema";
import { testDatabase, type TestDatabase } from "../db/testing/database";
import { aDistrict } from "../db/testing/factories";
import { aMailServer, type MailServer } from "./mail-server.testing";

const MAILS = 200;
/** The worker is killed when so many have been taken, the last of which it is not told of. */
const KILLED_AT = 90;

let database: TestDatabase;
let server: MailServer;
const workers: ChildProcess[] = [];
beforeAll(async () => {
  database = await testDatabase();
  server = await aMailServer();
});
afterAll(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  await server.close();
  await database.close();
});

it("a worker killed in the midst of 200 mails loses none and repeats only the one it was not told of, under the same id", async () => {
  const ids = await twoHundredMails();
  const first = startWorker();
  const killed = once(first, "exit");
  server.beforeAnswer(async () => {
    if (server.received.length < KILLED_AT) return;
    first.kill("SIGKILL");
    await killed;
  });
  expect(await killed).toEqual([null, "SIGKILL"]);
  expect(await unsent()).toBe(MAILS - KILLED_AT + 1);
  server.beforeAnswer(async () => {});
  const last = startWorker();
  while ((await unsent()) > 0) await sleep(50);
  const ended = once(last, "exit");
  last.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);

  const taken = server.received.map(({ id }) => id);
  expect(new Set(taken)).toEqual(new Set(ids.map((id) => `<${id}@huibao.example.gov.cn>`)));
  const repeated = taken.filter((id, index) => taken.indexOf(id) !== index);
  // Mails go one at a time, and what was sent and answered is marked.
  expect(repeated).toHaveLength(1);
  const copies = server.received.filter((mail) => mail.id === repeated[0]).map(({ to, raw }) => [to, subjectOf(raw)]);
  expect(copies).toHaveLength(2);
  expect(copies[0]).toEqual(copies[1]);
  const kept = await database.owner.db.select().from(mails);
  expect(kept.every((mail) => mail.sentAt && mail.attempts === 1 && mail.text === "" && mail.lastError === null)).toBe(
    true,
  );
});

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, ["--import", "tsx", fileURLToPath(new URL("worker.ts", import.meta.url))], {
    env: {
      ...process.env,
      WORKER_DATABASE_URL: database.workerUrl,
      SMTP_URL: server.url,
      NEXTAUTH_URL: "https://huibao.example.gov.cn",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  workers.push(worker);
  return worker;
}

async function twoHundredMails(): Promise<string[]> {
  const district = await aDistrict(database);
  const { userId, jurisdictionId } = district.agriculture.drafter;
  const now = new Date();
  const address = "jb@example.gov.cn";
  await database.owner.db.insert(noticeSettings).values({ userId, jurisdictionId, email: address, updatedAt: now });
  const rows = await database.worker.db
    .insert(mails)
    .values(
      Array.from({ length: MAILS }, (_, index) => ({
        jurisdictionId,
        userId,
        key: `digest:${index}:${userId}`,
        event: "digest",
        address,
        subject: `第 ${index} 封`,
        text: "请看退回的理由。",
        html: "<p>请看退回的理由。</p>",
        notBefore: now,
        createdAt: now,
      })),
    )
    .returning({ id: mails.id });
  return rows.map(({ id }) => id);
}

async function unsent(): Promise<number> {
  const [row] = await database.owner.sql<{ n: number }[]>`select count(*)::int as n from mails where sent_at is null`;
  return row?.n ?? 0;
}

const subjectOf = (raw: string) => /^Subject: .*$/m.exec(raw)?.[0];
