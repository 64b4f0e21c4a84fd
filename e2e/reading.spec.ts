import { readFile } from "node:fs/promises";
import type { TestDatabase } from "../db/testing/database";
import { DESKTOP, expect, type Page, PHONE, TABLET, test } from "./fixtures";

const MEMBER = "rd-wy1";

for (const [screen, viewport] of [
  ["a tablet", TABLET],
  ["a phone", PHONE],
  ["an office screen", DESKTOP],
] as const) {
  test(`a member reads on ${screen}: from the desk to a chapter, without scrolling sideways`, async ({
    signedInAs,
  }) => {
    const page = await signedInAs(MEMBER, { viewport });
    await page.goto("/desk");
    await page.getByRole("link", { name: "阅读" }).click();
    // With its stylesheet: the words are there before it.
    await page.waitForURL(/\/editions\//);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("2024年上半年国民经济和社会发展计划执行情况");
    expect(await overflow(page)).toBe(0);
    const contents = page.getByText("目录", { exact: true });
    if (await contents.isVisible()) await contents.click();
    await page.getByRole("link", { name: "二、上半年计划执行中存在的困难和问题" }).filter({ visible: true }).click();
    const heading = page.getByRole("heading", { name: "二、上半年计划执行中存在的困难和问题" });
    await expect(heading).toBeInViewport();
    await expect(page.getByRole("heading", { level: 1 })).not.toBeInViewport();
    expect(await overflow(page)).toBe(0);
  });
}

test("the page says every word of the report and no other", async ({ signedInAs, database }) => {
  const page = await signedInAs(MEMBER);
  await page.goto(await delivered(database));
  const printed = await page.getByRole("article").evaluate((article) => {
    const copy = article.cloneNode(true);
    if (copy instanceof Element) for (const annex of copy.querySelectorAll("section.annex")) annex.remove();
    return copy.textContent ?? "";
  });
  const written = await readFile(new URL("../db/demo/2024-h1.clean.md", import.meta.url), "utf8");
  expect(words(printed)).toBe(words(written.replace(/^#+ /gm, "").replaceAll("**", "")));

  const table = await page
    .getByRole("article")
    .getByRole("table")
    .evaluate((element) => {
      return element instanceof HTMLTableElement
        ? [...element.rows].map((row) => [...row.cells].map((cell) => cell.textContent))
        : [];
    });
  const figures = await readFile(new URL("../db/demo/2024-h1.indicators.csv", import.meta.url), "utf8");
  expect(table).toEqual(
    figures
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(",")),
  );
});

test("the reading page needs no script", async ({ signedInAs, database }) => {
  const page = await signedInAs(MEMBER, { javaScriptEnabled: false, viewport: PHONE });
  await page.goto(await delivered(database));
  await page.getByText("目录", { exact: true }).click();
  await page.getByRole("link", { name: "三、下半年的意见建议" }).filter({ visible: true }).click();
  await expect(page.getByRole("heading", { name: "三、下半年的意见建议" })).toBeInViewport();
});

test("on paper the page is the document alone", async ({ signedInAs, database }) => {
  const page = await signedInAs(MEMBER);
  await page.goto(await delivered(database));
  await expect(page.getByRole("banner")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("navigation")).toBeHidden();
  await expect(page.getByRole("article")).toBeVisible();
});

test("the PDF is a PDF, and a second visit costs nothing but the question", async ({ signedInAs, database }) => {
  const page = await signedInAs(MEMBER);
  const path = await delivered(database);
  await page.goto(path);
  const pdf = await page.request.get((await page.getByRole("link", { name: "打印版 PDF" }).getAttribute("href")) ?? "");
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");

  const etag = (await page.request.get(path)).headers()["etag"] ?? "";
  const again = await page.request.get(path, { headers: { "if-none-match": etag } });
  expect([again.status(), (await again.body()).length]).toEqual([304, 0]);
});

test("nobody reads it from a cache after signing out", async ({ signedInAs, database }) => {
  const page = await signedInAs(MEMBER);
  const path = await delivered(database);
  const etag = (await page.request.get(path)).headers()["etag"] ?? "";
  await page.context().clearCookies();
  const answer = await page.request.get(path, { headers: { "if-none-match": etag }, maxRedirects: 0 });
  expect([answer.status(), answer.headers()["location"]]).toEqual([303, `/sign-in?next=${encodeURIComponent(path)}`]);
});

const words = (text: string) => text.replace(/\s/g, "");

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The demonstration's sealed and delivered report. */
async function delivered(database: TestDatabase): Promise<string> {
  const [edition] = await database.owner.sql<{ id: string }[]>`
    select e.id from editions e join reports r on r.id = e.report_id where r.slug = 'xiangcheng-2024-h1' and e.kind = 'meeting'`;
  return `/editions/${edition?.id}`;
}
