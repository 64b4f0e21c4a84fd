import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { and, desc, eq } from "drizzle-orm";
import { runOnce, Logger } from "graphile-worker";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mails, memberships, notifications, outbox, users, webhookCalls, webhooks } from "../db/schema";
import { aReportWithTable, FARM_OUTPUT, RURAL_INCOME, takeIndicator } from "../db/testing/indicators";
import { testDatabase, type TestDatabase } from "../db/testing/database";
import { aColleague, aDistrict, alsoHolds, aSection, contextOf, type District } from "../db/testing/factories";
import type { Actor } from "../domain/kernel/actor";
import { MOST_ATTEMPTS, nextAttempt } from "../domain/notice/back-off";
import type { NoticeEvent } from "../domain/notice/events";
import { setNotices, setWebhook, tryAgain } from "../domain/notice/mutations";
import type { NoticeSettings } from "../domain/notice/schema";
import { submitIndicators } from "../domain/indicator/mutations";
import { returnSection, signSection } from "../domain/section/decisions";
import { runCallWebhook } from "./call-webhook";
import { runDeliverEvent } from "./deliver-event";
import { aMailServer, type MailServer, textOf } from "./mail-server.testing";
import { type Mailer, openMailer } from "./open-mailer";
import { runSendDigests } from "./send-digests";
import { runSendMail } from "./send-mail";

const ORIGIN = "https://huibao.example.gov.cn";
const SECRET = "a secret of sixteen";
/** A Wednesday. */
const MORNING = new Date("2026-07-15T00:30:00Z");

let database: TestDatabase;
let server: MailServer;
let mailer: Mailer;
let district: District;
beforeAll(async () => {
  database = await testDatabase();
  server = await aMailServer();
  mailer = openMailer(server.url, ORIGIN, undefined);
});
beforeEach(async () => {
  district = await aDistrict(database);
});
afterEach(() => {
  server.refuseWith(null);
  server.received.length = 0;
});
afterAll(async () => {
  mailer.close();
  await server.close();
  await database.close();
});

describe("a returned text", () => {
  it("is mailed to those of its office who gave an address: reasons, day, link; once, whatever is repeated", async () => {
    await wants(district.agriculture.drafter, { email: "jb@example.gov.cn" });
    const leaf = await aReturn();
    const event = await latestEvent();
    await work();
    await runDeliverEvent(database.worker.db, { event }, { origin: ORIGIN, mails: true });
    await work();
    const [mail, ...more] = server.received;
    expect(more).toEqual([]);
    expect(mail?.to).toEqual(["jb@example.gov.cn"]);
    const [kept] = await mailsOf(district.agriculture.drafter);
    expect(mail?.id).toBe(`<${kept?.id}@huibao.example.gov.cn>`);
    const words = textOf(mail?.raw ?? "");
    for (const part of [
      "退回了",
      "1. 其他 · 必须修改",
      "请核对口径。",
      "请于2024年7月19日前办理",
      "农业农村局 · 经办人",
    ])
      expect(words).toContain(part);
    expect(words).toMatch(new RegExp(`${ORIGIN}/reports/[a-z0-9-]+/sections/${leaf.id}`));
    expect(kept).toMatchObject({ attempts: 1, subject: "", text: "", html: "", lastError: null, failedAt: null });
    expect(kept?.sentAt).toBeInstanceOf(Date);
  });

  it("is mailed in English to who wants it so", async () => {
    await wants(district.agriculture.drafter, { email: "jb@example.gov.cn", locale: "en" });
    await aReturn();
    await work();
    expect(textOf(server.received[0]?.raw ?? "")).toContain("Please deal with it by 19 Jul 2024");
  });

  it("comes once to somebody who holds two posts there", async () => {
    const drafter = await aColleague(district, "agriculture", "drafter");
    await alsoHolds(district, drafter, "agriculture", "signer");
    await wants(drafter, { email: "both@example.gov.cn" });
    await aReturn();
    await work();
    const [mail, ...more] = await mailsOf(drafter);
    expect(more).toEqual([]);
    expect(server.received.filter(({ id }) => id.includes(mail?.id ?? "?"))).toHaveLength(1);
  });

  it.each([
    ["have no address", { email: null }],
    [
      "chose never",
      { email: "jb@example.gov.cn", choices: [{ event: "section.returned" as const, mail: "never" as const }] },
    ],
  ])("is not mailed to those who %s; it is on their desks all the same", async (_, settings) => {
    await wants(district.agriculture.drafter, settings);
    await aReturn();
    await work();
    expect(await mailsOf(district.agriculture.drafter)).toEqual([]);
    expect(await desk(district.agriculture.drafter)).toMatchObject([{ awaitsDigest: false }]);
  });

  it("is not mailed to a disabled account, nor to anybody while there is no mail server", async () => {
    await wants(district.agriculture.drafter, { email: "jb@example.gov.cn" });
    await database.owner.db
      .update(users)
      .set({ disabledAt: new Date() })
      .where(eq(users.id, district.agriculture.drafter.userId));
    await wants(district.agriculture.signer, { email: "fzr@example.gov.cn" });
    await aReturn();
    await runDeliverEvent(database.worker.db, { event: await latestEvent() });
    await work();
    expect(await mailsOf(district.agriculture.drafter)).toEqual([]);
    expect(await mailsOf(district.agriculture.signer)).toEqual([]);
  });

  it("waits for the end of quiet hours", async () => {
    const china = new Date(Date.now() + 8 * 3_600_000);
    const at = (hours: number) => `${String((china.getUTCHours() + hours + 24) % 24).padStart(2, "0")}:00`;
    await wants(district.agriculture.drafter, { email: "jb@example.gov.cn", quietFrom: at(-1), quietUntil: at(3) });
    await aReturn();
    await work();
    const [mail] = await mailsOf(district.agriculture.drafter);
    expect(server.received).toEqual([]);
    expect(mail?.sentAt).toBeNull();
    const hours = ((mail?.notBefore.getTime() ?? 0) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(1.9);
    expect(hours).toBeLessThanOrEqual(3);
    expect(await runsAt(`mail-${mail?.id}`)).toEqual(mail?.notBefore);
  });
});

describe("rows that are submitted together", () => {
  it("are one mail to each reader, whatever is repeated, and one notice for each row on the desk", async () => {
    const report = await aReportWithTable(district, [FARM_OUTPUT, RURAL_INCOME]);
    for (const row of report.indicators) await takeIndicator(district, row, "drafting");
    await wants(district.agriculture.signer, { email: "fzr@example.gov.cn" });
    await submitIndicators(contextOf(database, district.agriculture.drafter), {
      rows: report.indicators.map(({ id }) => ({ indicatorId: id, version: 1 })),
    });
    const events = await database.owner.db.select().from(outbox).where(eq(outbox.reportId, report.id));
    expect(events).toHaveLength(2);
    await Promise.all(
      events.map(({ id }) => runDeliverEvent(database.worker.db, { event: id }, { origin: ORIGIN, mails: true })),
    );
    await work();
    const [mail, ...more] = server.received;
    expect(more).toEqual([]);
    const words = textOf(mail?.raw ?? "");
    for (const { officialName } of [FARM_OUTPUT, RURAL_INCOME]) expect(words).toContain(officialName);
    expect(words.match(/\/review\?row=/g)).toHaveLength(2);
    const told = await database.owner.db
      .select()
      .from(notifications)
      .where(eq(notifications.membershipId, district.agriculture.signer.membershipId));
    expect(told).toHaveLength(2);
  });
});

describe("a mail that has waited", () => {
  it("goes to nobody who has left the post, changed the address or lost the account, and keeps no words", async () => {
    const { userId, membershipId } = district.agriculture.drafter;
    const post = (endedAt: Date | null) =>
      database.owner.db.update(memberships).set({ endedAt }).where(eq(memberships.id, membershipId));
    const account = (disabledAt: Date | null) =>
      database.owner.db.update(users).set({ disabledAt }).where(eq(users.id, userId));
    // Another post of theirs does not make them a reader of this one's mails.
    await alsoHolds(district, district.agriculture.drafter, "commerce", "signer");
    const goes: [() => Promise<unknown>, () => Promise<unknown>][] = [
      [() => post(new Date()), () => post(null)],
      [() => wants(district.agriculture.drafter, { email: "new@example.gov.cn" }), async () => {}],
      [() => wants(district.agriculture.drafter, { email: null }), async () => {}],
      [() => account(new Date()), () => account(null)],
    ];
    for (const [leaves, comesBack] of goes) {
      const mail = await aWaitingMail();
      await leaves();
      await runSendMail(database.worker.db, { mail }, mailer, () => MORNING);
      const [kept] = await database.owner.db.select().from(mails).where(eq(mails.id, mail));
      expect(kept).toMatchObject({ sentAt: null, failedAt: MORNING, attempts: 0, subject: "", text: "", html: "" });
      expect(kept?.lastError).toContain("no longer wanted");
      await comesBack();
      await tryAgain(contextOf(database, district.centre.sysadmin), { kind: "mail", id: mail });
      await runSendMail(database.worker.db, { mail }, mailer, () => MORNING);
    }
    expect(server.received).toEqual([]);
  });

  it("goes to nobody whose time of acting for another is over", async () => {
    const deputy = await aColleague(district, "bureau", "drafter");
    const { jurisdictionId, organId, role, membershipId } = district.bureau.lead;
    const [held] = await database.owner.db
      .insert(memberships)
      .values({
        jurisdictionId,
        organId,
        role,
        userId: deputy.userId,
        actingFor: membershipId,
        startsAt: new Date(Date.now() - 3_600_000),
        endsAt: new Date(Date.now() + 3_600_000),
      })
      .returning({ id: memberships.id });
    await wants(deputy, { email: "deputy@example.gov.cn" });
    const leaf = await aSection(district, { status: "signing" });
    const signer = contextOf(database, district.agriculture.signer);
    await signSection(signer, { sectionId: leaf.id, version: leaf.version });
    const event = await latestEvent("section.signed");
    await runDeliverEvent(database.worker.db, { event }, { origin: ORIGIN, mails: true });
    const deputys = () => database.owner.db.select().from(mails).where(eq(mails.userId, deputy.userId));
    const [mail] = await deputys();
    await database.owner.db
      .update(memberships)
      .set({ startsAt: new Date(Date.now() - 7_200_000), endsAt: new Date(Date.now() - 1000) })
      .where(eq(memberships.id, held?.id ?? ""));
    await runSendMail(database.worker.db, { mail: mail?.id }, mailer);
    expect((await deputys())[0]?.lastError).toContain("no longer wanted");
    expect(server.received).toEqual([]);
  });

  it("stays out of quiet hours that it comes into, at its first attempt and at the next", async () => {
    const mail = await aWaitingMail();
    const quiet = (quietFrom: string, quietUntil: string) =>
      wants(district.agriculture.drafter, { email: "jb@example.gov.cn", quietFrom, quietUntil });
    const kept = async () => (await mailsOf(district.agriculture.drafter))[0];
    // 08:30 in Beijing.
    await quiet("22:00", "09:00");
    await runSendMail(database.worker.db, { mail }, mailer, () => MORNING);
    expect(await kept()).toMatchObject({ attempts: 0, sentAt: null, notBefore: new Date("2026-07-15T01:00:00Z") });
    expect(await runsAt(`mail-${mail}`)).toEqual(new Date("2026-07-15T01:00:00Z"));
    server.refuseWith("busy");
    await quiet("08:31", "12:00");
    await runSendMail(database.worker.db, { mail }, mailer, () => MORNING);
    expect(await kept()).toMatchObject({ attempts: 1, sentAt: null, notBefore: new Date("2026-07-15T04:00:00Z") });
    expect(server.received).toEqual([]);
    // Nobody waits for it any more when the next stories' work begins.
    await wants(district.agriculture.drafter, { email: null });
  });
});

describe("the daily digest", () => {
  const digest = { choices: [{ event: "section.returned" as const, mail: "digest" as const }] };

  it("collects what waits into one mail on a working day, and each notice is in one digest only", async () => {
    await wants(district.agriculture.drafter, { email: "jb@example.gov.cn", ...digest });
    await aReturn();
    await aReturn();
    await work();
    expect(server.received).toEqual([]);
    expect(await makeDigests(new Date("2026-10-03T00:30:00Z"))).toBe(0);
    expect(await makeDigests(MORNING)).toBe(1);
    expect(await makeDigests(MORNING)).toBe(0);
    await runDeliverEvent(database.worker.db, { event: await latestEvent() }, { origin: ORIGIN, mails: true });
    expect(await makeDigests(new Date("2026-07-16T00:30:00Z"))).toBe(0);
    await work();
    expect(server.received).toHaveLength(1);
    expect(textOf(server.received[0]?.raw ?? "").match(/退回了/g)).toHaveLength(2);
  });

  it("what comes after the day's digest goes with the next day's", async () => {
    await wants(district.agriculture.drafter, { email: "jb@example.gov.cn", ...digest });
    await aReturn();
    await work();
    expect(await makeDigests(MORNING)).toBe(1);
    await aReturn();
    await work();
    expect(await makeDigests(MORNING)).toBe(0);
    expect(await makeDigests(new Date("2026-07-16T00:30:00Z"))).toBe(1);
  });

  it("is made on a make-up Saturday, and not for a post that has ended since", async () => {
    await wants(district.agriculture.drafter, { email: "jb@example.gov.cn", ...digest });
    await aReturn();
    await work();
    const { membershipId } = district.agriculture.drafter;
    const end = (endedAt: Date | null) =>
      database.owner.db.update(memberships).set({ endedAt }).where(eq(memberships.id, membershipId));
    await end(new Date());
    expect(await makeDigests(new Date("2026-10-10T00:30:00Z"))).toBe(0);
    await end(null);
    await aReturn();
    await work();
    expect(await makeDigests(new Date("2026-10-10T00:30:00Z"))).toBe(1);
  });

  const makeDigests = (now: Date) => runSendDigests(database.worker.db, { origin: ORIGIN, mails: true }, now);
});

describe("a mail that the server does not take", () => {
  it("is tried again later and later, given up at last, and sent when the administrator says so", async () => {
    const mail = await aWaitingMail();
    server.refuseWith("4.7.1 greylisted jb@example.gov.cn, come back later");
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      await runSendMail(database.worker.db, { mail }, mailer, () => MORNING);
      const [kept] = await mailsOf(district.agriculture.drafter);
      const next = nextAttempt(attempt, MORNING);
      expect(kept).toMatchObject({ attempts: attempt, sentAt: null, failedAt: next ? null : MORNING });
      // Servers quote what they were given: their words are not kept.
      expect(kept?.lastError).toBe("EMESSAGE 451 4.7.1");
      if (next) expect(await runsAt(`mail-${mail}`)).toEqual(next);
    }
    server.refuseWith(null);
    await runSendMail(database.worker.db, { mail }, mailer);
    expect(server.received).toEqual([]);

    const again = { kind: "mail" as const, id: mail };
    await expect(tryAgain(contextOf(database, district.centre.secadmin), again)).rejects.toThrow("not-your-role");
    const elsewhere = await aDistrict(database);
    await expect(tryAgain(contextOf(database, elsewhere.centre.sysadmin), again)).rejects.toThrow("not-found");
    await tryAgain(contextOf(database, district.centre.sysadmin), again);
    await work();
    expect(server.received.filter(({ id }) => id === `<${mail}@huibao.example.gov.cn>`)).toHaveLength(1);
    await expect(tryAgain(contextOf(database, district.centre.sysadmin), again)).rejects.toThrow("not-found");
  });

  it("for a wrong password is written down without the password", async () => {
    const strict = await aMailServer({ password: "right-password" });
    const wrong = openMailer(strict.url.replace("smtp://", "smtp://huibao:Wr%C3%B6ng-2024@"), ORIGIN, undefined);
    const mail = await aWaitingMail();
    await runSendMail(database.worker.db, { mail }, wrong);
    const [kept] = await mailsOf(district.agriculture.drafter);
    expect(kept?.lastError).toBe("EAUTH: the mail server refuses the user or the password 535");
    wrong.close();
    await strict.close();
  });

  it("because there is no server any more says so", async () => {
    const mail = await aWaitingMail();
    await runSendMail(database.worker.db, { mail }, undefined);
    expect((await mailsOf(district.agriculture.drafter))[0]?.lastError).toContain("SMTP_URL");
  });

  it("is sent once by two workers that come to it together", async () => {
    const mail = await aWaitingMail();
    await Promise.all([1, 2].map(() => runSendMail(database.worker.db, { mail }, mailer)));
    expect(server.received).toHaveLength(1);
  });
});

describe("the webhook", () => {
  let receiver: Server;
  let url: string;
  let answer: number;
  const calls: { headers: Record<string, string | string[] | undefined>; body: string; path: string }[] = [];
  beforeAll(async () => {
    receiver = createServer((request, response) => {
      void text(request).then((body) => {
        calls.push({ headers: request.headers, body, path: request.url ?? "" });
        response.writeHead(answer, { location: "/elsewhere" }).end("gone on");
      });
    });
    receiver.listen(0, "127.0.0.1");
    await once(receiver, "listening");
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`;
  });
  beforeEach(() => {
    answer = 204;
    calls.length = 0;
  });
  const turnOn = (enabled = true) =>
    setWebhook(contextOf(database, district.centre.sysadmin), { url, webhookSecret: SECRET, enabled });

  it("is silent until it is turned on", async () => {
    await turnOn(false);
    await aReturn();
    await work();
    expect(calls).toEqual([]);
  });

  it("says which event on which report and where to look, signed, once, and nobody's name or word", async () => {
    await turnOn();
    await aReturn();
    const event = await latestEvent();
    await work();
    await runDeliverEvent(database.worker.db, { event });
    await work();
    const [call, ...more] = calls.filter(({ body }) => body.includes("section.returned"));
    expect(more).toEqual([]);
    const body = JSON.parse(call?.body ?? "{}");
    expect(Object.keys(body).toSorted()).toEqual(["at", "event", "id", "link", "report"]);
    expect(body.link).toMatch(/^https:\/\/huibao\.example\.gov\.cn\/reports\//);
    const expected = createHmac("sha256", SECRET)
      .update(`${call?.headers["x-huibao-timestamp"]}.${call?.body}`)
      .digest("hex");
    expect(call?.headers["x-huibao-signature"]).toBe(`sha256=${expected}`);
    expect(call?.headers["x-huibao-id"]).toBe(body.id);
  });

  it("does not follow where it is sent on to; the failure is written down and tried again", async () => {
    await turnOn();
    answer = 307;
    await aReturn();
    await work();
    expect(new Set(calls.map(({ path }) => path))).toEqual(new Set(["/in"]));
    const [failed] = await callsOfDistrict();
    expect(failed).toMatchObject({ attempts: 1, lastError: "HTTP 307", sentAt: null, failedAt: null });
    answer = 200;
    await tryAgain(contextOf(database, district.centre.sysadmin), { kind: "call", id: failed?.id ?? "" });
    await work();
    expect((await callsOfDistrict()).find(({ id }) => id === failed?.id)).toMatchObject({
      attempts: 1,
      lastError: null,
    });
  });

  it("that cannot be reached says why, and not its secret", async () => {
    const { port } = receiver.address() as AddressInfo;
    await new Promise((resolve) => receiver.close(resolve));
    url = `http://127.0.0.1:${port}/in`;
    await turnOn();
    await aReturn();
    await work();
    for (const { lastError } of await callsOfDistrict()) {
      expect(lastError).toBe("ECONNREFUSED");
      expect(lastError).not.toContain(SECRET);
    }
    expect(await callsOfDistrict()).not.toEqual([]);
    await database.owner.db.delete(webhooks);
  });

  const callsOfDistrict = () =>
    database.owner.db
      .select()
      .from(webhookCalls)
      .where(eq(webhookCalls.jurisdictionId, district.jurisdictionId))
      .orderBy(desc(webhookCalls.createdAt));
});

const wants = (person: Actor, settings: Partial<NoticeSettings>) =>
  setNotices(contextOf(database, person), {
    email: null,
    locale: "zh-CN",
    quietFrom: null,
    quietUntil: null,
    choices: [],
    ...settings,
  });

/** The lead bureau returns a text of the district's agriculture. */
async function aReturn() {
  const leaf = await aSection(district, { status: "reviewing" });
  await returnSection(contextOf(database, district.bureau.lead), {
    sectionId: leaf.id,
    version: leaf.version,
    reasons: [{ blockId: leaf.blockId, text: "请核对口径。" }],
  });
  return leaf;
}

async function latestEvent(event: NoticeEvent = "section.returned"): Promise<string> {
  const [row] = await database.owner.db
    .select()
    .from(outbox)
    .where(eq(outbox.event, event))
    .orderBy(desc(outbox.createdAt))
    .limit(1);
  return row?.id ?? "";
}

/** What the worker does with everything that is due. */
async function work(): Promise<void> {
  const { db } = database.worker;
  await runOnce({
    connectionString: database.workerUrl,
    taskList: {
      "deliver-event": (payload) => runDeliverEvent(db, payload, { origin: ORIGIN, mails: true }),
      "send-mail": (payload) => runSendMail(db, payload, mailer),
      // The receiver of these stories is on this machine.
      "call-webhook": (payload) => runCallWebhook(db, payload, ORIGIN, { mayCall: () => true }),
    },
    logger: new Logger(() => () => {}),
  });
}

const mailsOf = (person: Actor) =>
  database.owner.db
    .select()
    .from(mails)
    .where(and(eq(mails.userId, person.userId), eq(mails.event, "section.returned")))
    .orderBy(mails.createdAt);

const desk = (person: Actor) =>
  database.owner.db
    .select({ awaitsDigest: notifications.awaitsDigest })
    .from(notifications)
    .innerJoin(outbox, eq(outbox.id, notifications.outboxId))
    .where(and(eq(notifications.membershipId, person.membershipId), eq(outbox.event, "section.returned")));

async function aWaitingMail(): Promise<string> {
  await wants(district.agriculture.drafter, { email: "jb@example.gov.cn" });
  await aReturn();
  await runDeliverEvent(database.worker.db, { event: await latestEvent() }, { origin: ORIGIN, mails: true });
  return (await mailsOf(district.agriculture.drafter)).at(-1)?.id ?? "";
}

async function runsAt(key: string): Promise<Date | undefined> {
  const [job] = await database.owner.sql<
    { run_at: Date }[]
  >`select run_at from graphile_worker.jobs where key = ${key}`;
  return job && new Date(job.run_at);
}
