import type { TestDatabase } from "../db/testing/database";
import { violations } from "./axe";
import { DESKTOP, expect, type Page, PHONE, test } from "./fixtures";

const NEXT = "/reports/xiangcheng-2025-h1";
const LAST = "/reports/xiangcheng-2024-h1";

type Places = { login: string; office: string; pages: string[] };

/** Every role's pages in the demonstration, by printed account; a leaf and a person are looked up by what they are. */
const PLACES: Places[] = [
  {
    login: "wjj-jb",
    office: "卫健局",
    pages: [
      "/desk",
      "/reports",
      NEXT,
      "another office's leaf",
      "our own leaf",
      "our own leaf's history",
      `${LAST}/editions`,
      "/account",
    ],
  },
  {
    login: "nyncj-fzr",
    office: "农业农村局",
    pages: ["/desk", NEXT, `${NEXT}/indicators`, `${NEXT}/review`, "/account"],
  },
  { login: "swj-jb", office: "商务局", pages: [`${NEXT}/indicators`] },
  { login: "tjj-fzr", office: "统计局", pages: [`${NEXT}/indicators`] },
  {
    login: "fgj-zhg",
    office: "发改局",
    pages: [
      "/desk",
      "/reports",
      NEXT,
      `${NEXT}/indicators`,
      `${NEXT}/indicators/catalogue`,
      `${NEXT}/briefs`,
      `${NEXT}/review`,
      "a leaf to review",
      `${NEXT}/editions`,
      `${LAST}/editions`,
    ],
  },
  {
    login: "qzf-sd",
    office: "区政府办",
    pages: ["/desk", "/reports", LAST, `${LAST}/indicators`, `${NEXT}/editions`, `${LAST}/editions`],
  },
  { login: "rd-bgs", office: "人大常委会办公室", pages: ["/desk", "the edition", "the edition's receipts"] },
  { login: "rd-wy2", office: "人大常委会办公室", pages: ["/desk", "the edition", "/no-such-page"] },
  { login: "xtgly", office: "信息中心", pages: ["/desk", "/admin/people", "a person", "/account"] },
  { login: "aqgly", office: "信息中心", pages: ["/desk", "/admin/people", "a person"] },
  { login: "sjgly", office: "信息中心", pages: ["/desk", "/admin/audit"] },
];

test.use({ tolerates: /no-such-page/ });

for (const { login, pages } of PLACES) {
  test(`${login} finds every page in order: nothing sticks out, everything can be read, nothing is blocked`, async ({
    signedInAs,
    database,
  }) => {
    const page = await signedInAs(login);
    // A stream that never ends would keep the network from ever being idle.
    await page.route("**/live?*", (route) => route.fulfill({ status: 204 }));
    for (const place of pages) {
      const path = await pathOf(place, database);
      await page.setViewportSize(DESKTOP);
      const answer = await page.goto(path);
      await page.waitForLoadState("networkidle");
      await test.step(path, async () => {
        expect.soft(answer?.status(), path).toBe(place === "/no-such-page" ? 404 : 200);
        expect.soft(scriptPolicy(answer?.headers()["content-security-policy"] ?? "", place), path).toBe(true);
        for (const viewport of [DESKTOP, PHONE]) {
          await page.setViewportSize(viewport);
          const where = `${path} at ${viewport.width}`;
          expect.soft(await stickingOut(page), where).toEqual([]);
          expect.soft(await violations(page), where).toEqual([]);
        }
      });
    }
  });
}

test("the pages before signing in are in order as well", async ({ page }) => {
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    for (const path of ["/sign-in", "/verify"]) {
      await page.goto(path);
      expect.soft(await stickingOut(page), path).toEqual([]);
      expect.soft(await violations(page), path).toEqual([]);
    }
  }
});

for (const { login, office, pages } of PLACES.filter((place) => place.login !== "rd-wy2")) {
  test(`${login} can work in English: no Chinese word is left but those of the report`, async ({
    signedInAs,
    database,
  }) => {
    const page = await signedInAs(login);
    await page.goto("/desk");
    await page.getByText(`${office} · `).click();
    await page.getByRole("button", { name: "English" }).click();
    await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
    for (const place of pages) {
      const path = await pathOf(place, database);
      await page.goto(path);
      expect.soft(await page.evaluate(() => document.documentElement.lang), path).toBe("en");
      expect
        .soft(
          (await interfaceWords(page)).filter((words) =>
            /[\u4e00-\u9fff]/.test(words.replaceAll(office, "").replace("中文", "")),
          ),
          path,
        )
        .toEqual([]);
    }
  });
}

/** Scripts run by nonce or, on the reading page, only from our own files; never because they stand in the page. */
function scriptPolicy(policy: string, place: string): boolean {
  const scripts = policy.split("; ").find((line) => line.startsWith("script-src")) ?? "";
  const named = place === "the edition" ? scripts === "script-src 'self'" : /'nonce-[\w+/=]{16,}'/.test(scripts);
  return named && !scripts.includes("unsafe");
}

/** What reaches beyond the window's edge, unless it scrolls inside its own box. */
function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > edge + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 30)}`);
  });
}

/** The words of the interface itself: places, buttons, labels, column heads, tabs. */
function interfaceWords(page: Page): Promise<string[]> {
  return page
    .locator("header nav a, button, label, th[scope=col], [role=tab], summary, [role=status] p")
    .evaluateAll((elements) =>
      elements
        .filter((element) => element.closest("article, .sheet, .reading-contents, .doc, [lang=zh-CN]") === null)
        .map((element) => {
          // A button may name what it is about, in the report's own words.
          const own = element.cloneNode(true) as HTMLElement;
          for (const named of own.querySelectorAll("[lang=zh-CN]")) named.remove();
          return own.textContent ?? "";
        }),
    );
}

async function pathOf(place: string, database: TestDatabase): Promise<string> {
  const { sql } = database.owner;
  const one = async (query: Promise<Record<string, unknown>[]>) => String((await query)[0]?.["id"]);
  const leaf = async (title: string) => {
    const next = sql`select id from reports where slug = 'xiangcheng-2025-h1'`;
    return `${NEXT}/sections/${await one(sql`select id from sections where report_id = (${next}) and title = ${title}`)}`;
  };
  switch (place) {
    case "another office's leaf":
      return leaf("加快推进重点项目建设");
    case "our own leaf":
      return leaf("医疗卫生事业方面");
    case "our own leaf's history":
      return `${await leaf("医疗卫生事业方面")}/history`;
    case "a leaf to review":
      return leaf("聚焦企业帮扶活动");
    case "the edition":
    case "the edition's receipts":
      return `/${place === "the edition" ? "editions" : "receipts"}/${await one(sql`select e.id from editions e join reports r on r.id = e.report_id where r.slug = 'xiangcheng-2024-h1' and e.kind = 'meeting'`)}`;
    case "a person":
      return `/admin/people/${await one(sql`select id from users where login = 'wjj-jb'`)}`;
    default:
      return place;
  }
}
