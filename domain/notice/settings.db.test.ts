import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEntries, mails, noticeChoices, noticeSettings, outbox, webhooks } from "../../db/schema";
import { wholeCast } from "../../db/testing/cast";
import { testDatabase, type TestDatabase } from "../../db/testing/database";
import { aDistrict, aSection, contextOf, type District, refusalOf } from "../../db/testing/factories";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import { sendTestMail, setNotices, setWebhook, tryAgain } from "./mutations";
import { mayManageDelivery } from "./policy";
import { getDelivery, getOwnNotices } from "./queries";
import type { NoticeSettings } from "./schema";

const DENIED = "42501";
const WORDS = { subject: "测试", text: "测试。", html: "<p>测试。</p>" };
const SETTINGS: NoticeSettings = {
  email: "jb@example.gov.cn",
  locale: "zh-CN",
  quietFrom: null,
  quietUntil: null,
  choices: [],
};

let database: TestDatabase;
let district: District;
let other: District;
beforeAll(async () => {
  database = await testDatabase();
  other = await aDistrict(database);
});
beforeEach(async () => {
  district = await aDistrict(database);
});
afterAll(() => database.close());

const as = (actor: Actor): Context => contextOf(database, actor);
const drafter = () => as(district.agriculture.drafter);
const sysadmin = () => as(district.centre.sysadmin);

describe("how one wants to be told", () => {
  it("is kept and changed, a choice that is the event's default leaves no row, and only events of one's posts are offered", async () => {
    await setNotices(drafter(), {
      ...SETTINGS,
      quietFrom: "22:00",
      quietUntil: "07:00",
      choices: [
        { event: "section.returned", mail: "never" },
        { event: "section.passed", mail: "digest" },
      ],
    });
    const own = () => transact(drafter(), (tx) => getOwnNotices(tx, drafter()));
    expect(await own()).toMatchObject({
      email: "jb@example.gov.cn",
      quietFrom: "22:00",
      quietUntil: "07:00",
      test: null,
    });
    const chosen = Object.fromEntries((await own()).choices.map(({ event, mail }) => [event, mail]));
    expect(chosen).toMatchObject({
      "section.returned": "never",
      "section.passed": "digest",
      "reminder.late": "at-once",
    });
    expect(Object.keys(chosen)).not.toContain("report.approved");
    const rows = () =>
      database.owner.db.$count(noticeChoices, eq(noticeChoices.userId, district.agriculture.drafter.userId));
    expect(await rows()).toBe(1);
    await setNotices(drafter(), {
      ...SETTINGS,
      email: null,
      choices: [{ event: "section.returned", mail: "at-once" }],
    });
    expect(await rows()).toBe(0);
    expect(await own()).toMatchObject({ email: "", quietFrom: "" });
  });

  it("is everybody's own: nobody else sees or changes it, in whatever role", async () => {
    await setNotices(drafter(), { ...SETTINGS, choices: [{ event: "section.returned", mail: "never" }] });
    for (const { name, actor } of await wholeCast(district, other)) {
      if (actor.userId === district.agriculture.drafter.userId) continue;
      const reached = await transact(as(actor), async (tx) => ({
        settings: await tx.$count(noticeSettings, eq(noticeSettings.userId, district.agriculture.drafter.userId)),
        choices: await tx.$count(noticeChoices, eq(noticeChoices.userId, district.agriculture.drafter.userId)),
        changed: (
          await tx
            .update(noticeSettings)
            .set({ email: "x@example.gov.cn" })
            .where(eq(noticeSettings.userId, district.agriculture.drafter.userId))
        ).count,
        removed: (await tx.delete(noticeChoices).where(eq(noticeChoices.userId, district.agriculture.drafter.userId)))
          .count,
      }));
      expect(reached, name).toEqual({ settings: 0, choices: 0, changed: 0, removed: 0 });
      const { userId, jurisdictionId } = district.agriculture.drafter;
      const forThem = transact(as(actor), (tx) =>
        tx.insert(noticeChoices).values({ userId, jurisdictionId, event: "section.passed", mail: "never" }),
      );
      await expect(forThem, name).rejects.toMatchObject({ cause: { code: DENIED } });
    }
  });
});

describe("a test mail", () => {
  it("goes to one's own address, once a minute, with its job; without an address it is refused", async () => {
    expect(await refusalOf(sendTestMail(drafter(), WORDS))).toBe("no-mail-address");
    await setNotices(drafter(), SETTINGS);
    const at = { ...drafter(), now: () => new Date("2026-07-15T08:00:30Z") };
    await sendTestMail(at, WORDS);
    await sendTestMail(at, WORDS);
    const sent = await database.owner.db
      .select()
      .from(mails)
      .where(eq(mails.userId, district.agriculture.drafter.userId));
    expect(sent.map(({ address, event }) => [address, event])).toEqual([["jb@example.gov.cn", "test"]]);
    const jobs = await database.owner.sql`select 1 from graphile_worker.jobs where key = ${`mail-${sent[0]?.id}`}`;
    expect(jobs).toHaveLength(1);
    expect((await transact(drafter(), (tx) => getOwnNotices(tx, drafter()))).test).toMatchObject({
      sentAt: null,
      attempts: 0,
    });
  });

  it("cannot be made for another address, another person or another event, nor be read or changed", async () => {
    await setNotices(drafter(), SETTINGS);
    const { userId, jurisdictionId } = district.agriculture.drafter;
    const now = new Date();
    const mail = {
      jurisdictionId,
      userId,
      event: "test",
      address: "jb@example.gov.cn",
      ...WORDS,
      notBefore: now,
      createdAt: now,
    };
    const added = (more: object, ctx = drafter()) =>
      codeOf(ctx, (tx) => tx.insert(mails).values({ ...mail, key: crypto.randomUUID(), ...more }));
    expect(await added({})).toBeNull();
    expect(await added({ address: "somebody@example.com" })).toBe(DENIED);
    expect(await added({ event: "section.returned" })).toBe(DENIED);
    expect(await added({}, as(district.agriculture.signer))).toBe(DENIED);
    expect(await added({}, sysadmin())).toBe(DENIED);
    for (const ctx of [drafter(), sysadmin()]) {
      for (const column of ["subject", "text", "html", "key"]) {
        expect(await codeOf(ctx, (tx) => tx.execute(sql.raw(`select ${column} from mails`))), column).toBe(DENIED);
      }
      for (const column of ["text", "address", "sent_at", "user_id", "last_error"]) {
        expect(await codeOf(ctx, (tx) => tx.execute(sql.raw(`update mails set ${column} = null`))), column).toBe(
          DENIED,
        );
      }
    }
    const counts = async (ctx: Context) =>
      transact(ctx, async (tx) => ({
        seen: await tx.$count(mails, eq(mails.userId, userId)),
        changed: (await tx.update(mails).set({ attempts: 0 }).where(eq(mails.userId, userId))).count,
      }));
    expect(await counts(drafter())).toEqual({ seen: 1, changed: 0 });
    expect(await counts(as(district.agriculture.signer))).toEqual({ seen: 0, changed: 0 });
    expect(await counts(sysadmin())).toEqual({ seen: 1, changed: 1 });
    expect(await counts(as(other.centre.sysadmin))).toEqual({ seen: 0, changed: 0 });
  });
});

describe("the system administrator, and nobody else,", () => {
  const webhook = { url: "https://oa.example.gov.cn/in", webhookSecret: "a secret of sixteen", enabled: true };

  it("sees what was not sent and sets the webhook: policy and database agree for every role", async () => {
    for (const { name, actor } of await wholeCast(district, other)) {
      const may = mayManageDelivery(actor);
      expect(await refusalOf(setWebhook(as(actor), webhook)), name).toBe(may ? null : "not-your-role");
      expect(await refusalOf(transact(as(actor), (tx) => getDelivery(tx, as(actor)))), name).toBe(
        may ? null : "not-found",
      );
      expect(await refusalOf(tryAgain(as(actor), { kind: "event", id: crypto.randomUUID() })), name).toBe(
        may ? "not-found" : "not-your-role",
      );
      const { jurisdictionId } = actor;
      const now = new Date();
      const row = {
        jurisdictionId,
        url: "https://x.example",
        secret: "s".repeat(16),
        updatedLabel: "x",
        updatedAt: now,
      };
      const forced = await codeOf(as(actor), (tx) => tx.insert(webhooks).values(row).onConflictDoNothing());
      expect(forced, name).toBe(may ? null : DENIED);
      expect(await codeOf(as(actor), (tx) => tx.execute(sql`select secret from webhooks`)), name).toBe(DENIED);
    }
  });

  it("can turn it off without saying the secret again, and not on without ever having said one", async () => {
    const keep = { ...webhook, webhookSecret: "" as const, enabled: false };
    expect(await refusalOf(setWebhook(sysadmin(), keep))).toBe("webhook-secret-missing");
    await setWebhook(sysadmin(), webhook);
    await setWebhook(sysadmin(), keep);
    const [kept] = await database.owner.db
      .select()
      .from(webhooks)
      .where(eq(webhooks.jurisdictionId, district.jurisdictionId));
    expect(kept).toMatchObject({ secret: webhook.webhookSecret, enabled: false });
  });

  it("says the secret anew for another host, not for another path, and the audit names the host", async () => {
    await setWebhook(sysadmin(), webhook);
    const change = (url: string, webhookSecret: string) =>
      refusalOf(setWebhook(sysadmin(), { url, webhookSecret, enabled: true }));
    expect(await change("https://oa.example.gov.cn/elsewhere", "")).toBeNull();
    expect(await change("https://evil.example.com/in", "")).toBe("webhook-secret-missing");
    expect(await change("http://oa.example.gov.cn/in", "")).toBe("webhook-secret-missing");
    expect(await change("https://new.example.gov.cn:8443/in", "another secret of mine")).toBeNull();
    const entries = await database.owner.db
      .select({ action: auditEntries.action, detail: auditEntries.detail })
      .from(auditEntries)
      .where(and(eq(auditEntries.jurisdictionId, district.jurisdictionId), eq(auditEntries.action, "webhook.turn-on")));
    expect(entries.map(({ detail }) => detail)).toEqual([
      { host: "oa.example.gov.cn" },
      { host: "oa.example.gov.cn" },
      { host: "new.example.gov.cn:8443" },
    ]);
  });

  it("sees which events could not be put on desks, without anybody else's, and starts them again", async () => {
    await aSection(district, { status: "signing" });
    const [event] = await database.owner.db
      .select()
      .from(outbox)
      .where(eq(outbox.jurisdictionId, district.jurisdictionId));
    const id = event?.id ?? "";
    const stuck = async (ctx: Context) => (await transact(ctx, (tx) => getDelivery(tx, ctx))).stuck;
    expect(await stuck(sysadmin())).toEqual([]);
    await database.owner.sql`
      update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'relation is missing' where key = ${`event-${id}`}`;
    expect(await stuck(sysadmin())).toMatchObject([
      { id, event: "section.submitted", error: "relation is missing", givenUp: true },
    ]);
    expect(await stuck(as(other.centre.sysadmin))).toEqual([]);
    expect(await refusalOf(tryAgain(as(other.centre.sysadmin), { kind: "event", id }))).toBe("not-found");
    await tryAgain(sysadmin(), { kind: "event", id });
    expect(await stuck(sysadmin())).toEqual([]);
    const [job] = await database.owner.sql`select attempts from graphile_worker.jobs where key = ${`event-${id}`}`;
    expect(job).toEqual({ attempts: 0 });
  });

  it("does not send what has not failed before its time", async () => {
    await setNotices(drafter(), SETTINGS);
    await sendTestMail(drafter(), WORDS);
    const [mail] = await database.owner.db
      .select()
      .from(mails)
      .where(eq(mails.userId, district.agriculture.drafter.userId));
    expect(await refusalOf(tryAgain(sysadmin(), { kind: "mail", id: mail?.id ?? "" }))).toBe("not-found");
  });
});

async function codeOf(ctx: Context, work: Parameters<typeof transact<unknown>>[1]): Promise<string | null> {
  try {
    await transact(ctx, work);
    return null;
  } catch (error) {
    for (let at: unknown = error; at instanceof Error; at = at.cause) {
      if ("code" in at && typeof at.code === "string") return at.code;
    }
    throw error;
  }
}
