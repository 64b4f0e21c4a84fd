import { aColleague, aSection, PASSWORD } from "../db/testing/factories";
import { aMailServer, textOf } from "../jobs/mail-server.testing";
import { violations } from "./axe";
import { expect, test } from "./fixtures";

test("who gives an address gets a mail of a return, and its link leads through the sign-in to the text", async ({
  signedInAs,
  browser,
  baseURL,
  district,
  database,
}) => {
  const server = await aMailServer({ port: Number(process.env["STORIES_SMTP_PORT"]) });
  const drafter = await aColleague(district, "agriculture", "drafter");
  const page = await signedInAs(drafter);
  await page.goto("/account");
  await page.getByLabel("邮箱").fill("jb@example");
  await page.getByRole("button", { name: "保存提醒方式" }).click();
  await expect(page.getByText("邮箱地址不对").first()).toBeVisible();
  await expect(page.getByLabel("邮箱")).toHaveValue("jb@example");
  await page.getByLabel("邮箱").fill("jb@example.gov.cn");
  await page.getByText("各类事项怎样发邮件").click();
  await page.getByLabel("批注提到我").selectOption("不发");
  await page.getByRole("button", { name: "保存提醒方式" }).click();
  await expect(page.getByText("提醒方式已保存。")).toBeVisible();
  await page.getByRole("button", { name: "发一封测试邮件" }).click();
  await expect.poll(() => server.received.map(({ to }) => to)).toEqual([["jb@example.gov.cn"]]);
  await page.reload();
  await expect(page.getByText("已交给邮件服务器")).toBeVisible();
  await page.getByText("各类事项怎样发邮件").click();
  await expect(page.getByLabel("批注提到我").locator("option:checked")).toHaveText("不发");
  expect(await violations(page)).toEqual([]);

  const leaf = await aSection(district, { status: "returned" });
  await expect.poll(() => server.received.length).toBe(2);
  const words = textOf(server.received[1]?.raw ?? "");
  expect(words).toContain("请核对口径。");
  const link = /https?:\/\/\S+\/reports\/\S+/.exec(words)?.[0] ?? "";
  expect(link.startsWith(baseURL ?? "?")).toBe(true);
  await server.close();

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(link);
  const [person] = await database.owner.sql<{ login: string }[]>`select login from users where id = ${drafter.userId}`;
  await elsewhere.getByLabel("账号", { exact: true }).fill(person?.login ?? "");
  await elsewhere.getByLabel("密码").fill(PASSWORD);
  await elsewhere.getByRole("button", { name: "登录" }).click();
  await expect(elsewhere).toHaveURL(link);
  await expect(elsewhere.getByRole("heading", { name: leaf.title })).toBeVisible();
  await elsewhere.context().close();

  await page.goto("/desk");
  await page.getByRole("link", { name: "全部动态（1 条未读）" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "退回了" })).toContainText("未读");
  await expect(page).toHaveTitle(/动态/);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "全部标为已读" }).click();
  await expect(page.getByText("都已读过。")).toBeVisible();

  const admin = await signedInAs(district.centre.sysadmin);
  await admin.goto("/admin/delivery");
  await expect(admin.getByText(/最近 24 小时发出邮件 \d+ 封/)).toBeVisible();
  expect(await violations(admin)).toEqual([]);
});
