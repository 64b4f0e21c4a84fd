import { randomBytes } from "node:crypto";
import { type BrowserContext, type BrowserContextOptions, expect, type Page, test as base } from "playwright/test";
import { openDatabase } from "../db/client";
import { aDistrict, type District } from "../db/testing/factories";
import type { TestDatabase } from "../db/testing/database";
import type { Actor } from "../domain/kernel/actor";
import { tokenHash } from "../domain/user/session";

export { expect, type Page };

export const DESKTOP = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };
export const TABLET = { width: 820, height: 1180 };

/** A printed account's login, or one of a test district's people. */
export type Who = string | Pick<Actor, "userId">;

type Fixtures = {
  /** Console messages that a story brings about on purpose (a 404 page is one). Any other error fails the story. */
  tolerates: RegExp | null;
  complaints: string[];
  /** A fresh window with the person's session in it, without the sign-in page. */
  signedInAs: (who: Who, options?: BrowserContextOptions) => Promise<Page>;
};

type WorkerFixtures = {
  /** The running system's address and databases; a spec can put another system in its place. */
  system: { address: string; ownerUrl: string; appUrl: string; workerUrl: string };
  /** As the owner and as the web connect: to lay out what a story needs and to look at what was kept. */
  database: TestDatabase;
  /** A district of this worker's own, so that stories of several workers do not meet. */
  district: District;
};

/**
 * What a browser makes ready in every new window and no story looks at: two pages behind the address bar, a process in
 * reserve. They cost more than the story's own page. The switch replaces Playwright's own list, so that stands here too.
 */
const UNUSED_FEATURES = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxFullPopup",
  "SpareRendererForSitePerProcess",
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
];

export const test = base.extend<Fixtures, WorkerFixtures>({
  tolerates: [null, { option: true }],
  complaints: [
    async ({ tolerates }, use) => {
      const heard: string[] = [];
      await use(heard);
      expect(heard.filter((line) => !tolerates?.test(line))).toEqual([]);
    },
    { auto: true },
  ],
  launchOptions: [
    {
      ...(process.env["HUIBAO_BROWSER"] ? { executablePath: process.env["HUIBAO_BROWSER"] } : {}),
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        `--disable-features=${UNUSED_FEATURES.join(",")}`,
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
    },
    { scope: "worker" },
  ],
  baseURL: async ({ system }, use) => use(system.address),
  context: async ({ context, complaints }, use) => {
    listen(context, complaints);
    await use(context);
  },
  signedInAs: async ({ browser, baseURL, database, complaints }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (who, options = {}) => {
      const context = await browser.newContext({ viewport: DESKTOP, ...options });
      opened.push(context);
      listen(context, complaints);
      await context.addCookies([{ ...SESSION_COOKIE, url: baseURL ?? "", value: await openSession(database, who) }]);
      return context.newPage();
    });
    await Promise.all(opened.map((context) => context.close()));
  },
  system: [
    {
      address: process.env["STORIES_ADDRESS"] ?? "",
      ownerUrl: process.env["STORIES_OWNER_URL"] ?? "",
      appUrl: process.env["STORIES_APP_URL"] ?? "",
      workerUrl: process.env["STORIES_WORKER_URL"] ?? "",
    },
    { scope: "worker" },
  ],
  database: [
    async ({ system: { ownerUrl, appUrl, workerUrl } }, use) => {
      const owner = openDatabase(ownerUrl, { max: 2, name: "stories-owner" });
      const app = openDatabase(appUrl, { max: 4, name: "stories-app" });
      const worker = openDatabase(workerUrl, { max: 1, name: "stories-worker" });
      const close = async () => {
        await Promise.all([owner.close(), app.close(), worker.close()]);
      };
      await use({ ownerUrl, appUrl, workerUrl, owner, app, worker, close });
      await close();
    },
    { scope: "worker" },
  ],
  district: [async ({ database }, use) => use(await aDistrict(database)), { scope: "worker" }],
});

/** Opens a session as signing in does, and gives its token. */
export async function openSession(database: TestDatabase, who: Who): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const { sql } = database.owner;
  const person = typeof who === "string" ? sql`login = ${who}` : sql`id = ${who.userId}`;
  const rows = await sql`select open_session(id, ${tokenHash(token)}, '12 hours') as id from users where ${person}`;
  if (!rows[0]?.["id"]) throw new Error(`nobody to sign in: ${JSON.stringify(who)}`);
  return token;
}

/** As if the sign-in had run out, or had been ended by an administrator. */
export async function endSessions(database: TestDatabase, who: Pick<Actor, "userId">): Promise<void> {
  await database.owner.sql`delete from sessions where user_id = ${who.userId}`;
}

const SESSION_COOKIE = { name: "huibao-session", httpOnly: true, sameSite: "Lax" } as const;

function listen(context: BrowserContext, complaints: string[]): void {
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
}
