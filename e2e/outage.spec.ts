import { expect, type Page, test as base } from "./fixtures";
import { type Stack, startStack } from "./stack";
import { aSectionPage } from "./stage";
import { append, expectSaved, paper, savedText } from "./writing";

const START = "上半年完成投资160.09亿元。";

/** These stories break things, so they have a system of their own. React 441: the server told a page that it could not be drawn. */
const test = base.extend<{ tolerates: RegExp | null }, { stack: Stack }>({
  tolerates: /Failed to load resource|database-away|React error #441/,
  stack: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from this pattern what a fixture needs: nothing.
    async ({}, use) => {
      const stack = await startStack({ demo: false });
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  system: [async ({ stack }, use) => use(stack), { scope: "worker" }],
});

test.describe.configure({ mode: "serial" });

test("without its database the page says so, and works again by itself when the database is back", async ({
  signedInAs,
  district,
  stack,
}) => {
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto("/desk");
  await stack.stopDatabase();
  await page.goto("/reports");
  await expect(page.getByRole("heading", { name: "数据库暂时连接不上" })).toBeVisible();
  await expect(page.getByText("已经保存的内容都是安全的。")).toBeVisible();
  expect((await page.request.get("/api/health")).status()).toBe(503);
  await stack.startDatabase();
  await retryUntilOpen(page);
});

test("what is typed while the database is away is saved when it is back", async ({
  signedInAs,
  district,
  database,
  stack,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "停机前。");
  await expectSaved(page);
  await stack.stopDatabase();
  await append(page, "停机时。");
  await expect(page.getByText("连接不上服务器：文字已留在这台电脑上")).toBeVisible();
  await stack.startDatabase();
  await expect(page.getByText(/已保存 \d\d:\d\d/)).toBeVisible({ timeout: 30_000 });
  expect(await savedText(database, leaf.id)).toEqual([`${START}停机前。停机时。`]);
});

test("a form sent while the database is away says so and keeps what was typed", async ({
  signedInAs,
  district,
  stack,
}) => {
  const { reviewPath } = await aSectionPage(district, "reviewing");
  const lead = await signedInAs(district.bureau.lead);
  await lead.goto(reviewPath);
  await lead.getByText("指出本段问题").click();
  await lead.getByLabel(/对第 1 段的意见/).fill("请核对完成比例。");
  await stack.stopDatabase();
  await lead.getByRole("button", { name: "退回", exact: true }).click();
  await expect(lead.getByText("数据库暂时连接不上，没有提交。填写的内容还在，请稍后再试。")).toBeVisible();
  await expect(lead.getByLabel(/对第 1 段的意见/)).toHaveValue("请核对完成比例。");
  await stack.startDatabase();
  await expect(async () => {
    await lead.getByRole("button", { name: "退回", exact: true }).click();
    await expect(lead.getByText("没有等待处理的段落")).toBeVisible({ timeout: 2_000 });
  }).toPass();
});

test("a web that is killed while somebody types has lost nothing that it called saved, and the rest follows", async ({
  signedInAs,
  district,
  database,
  stack,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "称已保存的。");
  await expectSaved(page);
  await append(page, "刚写的。");
  await stack.killWeb();
  expect(await savedText(database, leaf.id)).toEqual([expect.stringContaining(`${START}称已保存的。`)]);
  await append(page, "停机时的。");
  await expect(page.getByText("连接不上服务器：文字已留在这台电脑上")).toBeVisible();
  await stack.startWeb();
  await expect(page.getByText(/已保存 \d\d:\d\d/)).toBeVisible({ timeout: 30_000 });
  expect(await savedText(database, leaf.id)).toEqual([`${START}称已保存的。刚写的。停机时的。`]);
  await page.reload();
  await expect(paper(page)).toHaveText(`${START}称已保存的。刚写的。停机时的。`);
});

async function retryUntilOpen(page: Page): Promise<void> {
  await expect(async () => {
    await page.getByRole("button", { name: "再试一次" }).click({ timeout: 1_000 });
    await expect(page.getByRole("heading", { name: "报告", exact: true })).toBeVisible({ timeout: 3_000 });
  }).toPass();
}
