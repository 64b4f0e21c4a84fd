import type { Locator } from "playwright/test";
import { aReportIn } from "../db/testing/factories";
import { expect, type Page, test } from "./fixtures";

const PASSWORD = "Xinren-2025";

test("an account is made by one administrator, given its post by another, and every act is in the third one's log", async ({
  signedInAs,
  page,
  district,
}) => {
  const login = `new-${district.code.slice(-8)}`;
  const name = "商务局经办人（二）";

  const sysadmin = await signedInAs(district.centre.sysadmin);
  await sysadmin.goto("/admin/people");
  await sysadmin.getByText("新建账号").first().click();
  await sysadmin.getByLabel("账号", { exact: true }).fill(login);
  await sysadmin.getByLabel("姓名", { exact: true }).fill(name);
  await sysadmin.getByLabel("初始密码").fill("kurz");
  await sysadmin.getByRole("button", { name: "新建账号" }).click();
  await expect(sysadmin.getByText("密码太弱")).toBeVisible();
  await expect(sysadmin.getByLabel("姓名", { exact: true })).toHaveValue(name);
  await sysadmin.getByLabel("初始密码").fill(PASSWORD);
  await sysadmin.getByRole("button", { name: "新建账号" }).click();
  await expect(sysadmin.getByText("账号已建立，请安全管理员授予任职。")).toBeVisible();

  const secadmin = await signedInAs(district.centre.secadmin);
  await secadmin.goto(`/admin/people?q=${encodeURIComponent(name)}`);
  const scripts = await holdScripts(secadmin);
  await secadmin.goto(await hrefOf(secadmin.getByRole("link", { name })), { waitUntil: "domcontentloaded" });
  await secadmin.getByLabel("单位").selectOption({ label: "商务局" });
  await secadmin.getByLabel("岗位").selectOption({ label: "经办人" });
  await scripts.release();
  await secadmin.getByRole("button", { name: "授予任职" }).click();
  await expect(secadmin.getByText("任职已授予。")).toBeVisible();

  await page.goto("/sign-in");
  await page.getByLabel("账号", { exact: true }).fill(login);
  await page.getByLabel("密码").fill(PASSWORD);
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("heading", { name: "工作台" })).toBeVisible();
  // The desk follows its reader's posts and would go to the sign-in page by itself.
  await page.goto("/account");

  await secadmin.getByRole("button", { name: "结束任职" }).click();
  await expect(secadmin.getByText("未任职")).toBeVisible();
  await page.getByRole("navigation", { name: "主要栏目" }).getByRole("link", { name: "报告" }).click();
  await expect(page.getByRole("button", { name: "登录" })).toBeVisible();

  const auditor = await signedInAs(district.centre.auditor);
  await auditor.goto("/admin/audit");
  const log = auditor.getByRole("table", { name: "审计日志" });
  for (const act of ["建立账号", "授予任职", "结束任职"])
    await expect(log.getByRole("row", { name: act }).first()).toBeVisible();
  await expect(log.getByRole("row", { name: "建立账号" }).first()).toContainText(login);
});

test.describe("none of the three administrators", () => {
  test.use({ tolerates: /status of 404/ });

  for (const role of ["sysadmin", "secadmin", "auditor"] as const) {
    test(`the ${role} opens no report, no edition and no download`, async ({ signedInAs, district }) => {
      const report = await aReportIn(district, "delivered");
      const page = await signedInAs(district.centre[role]);
      await page.goto("/desk");
      await expect(page.getByText("您看不到任何报告内容。")).toBeVisible();
      await expect(page.getByRole("link", { name: "报告", exact: true })).toBeHidden();
      const section = `/reports/${report.slug}/sections/${report.leaves[0]?.id}`;
      for (const path of [
        `/reports/${report.slug}`,
        `/reports/${report.slug}/editions`,
        section,
        `/editions/${report.editionId}`,
        `/api/editions/${report.editionId}/pdf`,
      ]) {
        const answer = await page.request.get(path);
        expect.soft(answer.status(), path).toBe(404);
        expect.soft(await answer.text(), path).not.toContain("51.40%");
      }
    });
  }
});

/** As on a slow line: the page stands, and its scripts have not come yet. */
async function holdScripts(page: Page): Promise<{ release: () => Promise<void> }> {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => (letGo = resolve));
  const scripts = /\/_next\/static\/.*\.js/;
  await page.route(scripts, async (route) => {
    await until;
    await route.continue();
  });
  return {
    release: async () => {
      letGo();
      await page.waitForLoadState("load");
    },
  };
}

async function hrefOf(link: Locator): Promise<string> {
  return (await link.getAttribute("href")) ?? "";
}
