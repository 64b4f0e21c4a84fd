import { aColleague, aReport, leavesOf, takeLeaf } from "../db/testing/factories";
import { actorLabel } from "../domain/user/session";
import { violations } from "./axe";
import { expect, type Page, test } from "./fixtures";
import { aSectionPage } from "./stage";

/** Signs, which asks once more, or passes. */
async function decide(page: Page, verdict: "签发" | "通过"): Promise<void> {
  await page.getByRole("button", { name: verdict, exact: true }).click();
  if (verdict === "签发") await page.getByRole("button", { name: "确认签发" }).click();
  await expect(page.getByText("没有等待处理的段落")).toBeVisible();
}

test("a head of department gives the post to a colleague for some days, who signs in their name until it is ended", async ({
  signedInAs,
  district,
}) => {
  const { reviewPath, path } = await aSectionPage(district, "signing");
  const { signer } = district.agriculture;
  const colleague = await aColleague(district, "agriculture", "drafter");

  const principal = await signedInAs(signer);
  await principal.goto("/account");
  await principal.getByLabel("委托给").selectOption(colleague.userId);
  const until = principal.getByLabel("至（含当日）");
  await until.fill("2024-01-01");
  await principal.getByRole("button", { name: "委托", exact: true }).click();
  await expect(until).toHaveAttribute("aria-invalid", "true");
  await expect(principal.getByLabel("委托给")).toHaveValue(colleague.userId);
  await until.fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
  await principal.getByRole("button", { name: "委托", exact: true }).click();
  await expect(principal.getByText("已委托。对方可在")).toBeVisible();
  expect(await violations(principal)).toEqual([]);

  const deputy = await signedInAs(colleague);
  await deputy.goto(reviewPath);
  await expect(deputy.getByRole("button", { name: "签发", exact: true })).toHaveAttribute("aria-disabled", "true");
  await deputy.goto("/account");
  const held = deputy.getByRole("listitem").filter({ hasText: "代农业农村局" });
  await held.getByRole("button", { name: "切换到此岗位" }).click();
  await expect(deputy).toHaveURL(/\/desk$/);
  const banner = deputy.getByRole("note").filter({ hasText: "您正在代" });
  await expect(banner).toBeVisible();
  await deputy.goto(reviewPath);
  await decide(deputy, "签发");

  await principal.goto(`${path}/history`);
  await expect(principal.getByRole("complementary")).toContainText(/（代农业农村局 .*-agriculture-signer）/);
  await principal.goto("/account");
  await principal.getByRole("button", { name: /^收回/ }).click();
  await expect(principal.getByText("已收回")).toBeVisible();
  await deputy.goto("/desk");
  await expect(deputy.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(banner).toBeHidden();
});

test("a route with a step of two named heads of other offices is made, and a text goes through it only when both have passed", async ({
  signedInAs,
  district,
  database,
}) => {
  const { agriculture, commerce, bureau } = district;
  const people = await database.owner.sql<{ id: string; name: string }[]>`
    select id, name from users where id in (${commerce.signer.userId}, ${bureau.signer.userId})`;
  const labelOf = (organ: string, userId: string) =>
    actorLabel(organ, people.find(({ id }) => id === userId)?.name ?? "");
  const [first, second] = [labelOf("商务局", commerce.signer.userId), labelOf("发改局", bureau.signer.userId)];

  const lead = await signedInAs(bureau.lead);
  await lead.goto("/routes/new");
  await lead.getByLabel("程序名称").fill("相关单位会签");
  await lead.getByRole("button", { name: "增加环节" }).click();
  const step = lead.getByRole("group", { name: "第 3 个环节" });
  await step.getByLabel("环节名称").fill("相关单位会签");
  await lead.getByRole("button", { name: "保存" }).click();
  await expect(lead.getByText("有环节的岗位、人员或人数不相配")).toBeVisible();
  await expect(step.getByLabel("环节名称")).toHaveValue("相关单位会签");
  for (const label of [first, second]) {
    const field = step.getByLabel("点名");
    await field.click();
    await expect(step.locator("datalist option")).not.toHaveCount(0);
    await field.fill(label);
    await step.getByRole("button", { name: "加入" }).click();
    await expect(step.getByRole("button", { name: `移去 ${label}` })).toBeVisible();
  }
  expect(await violations(lead)).toEqual([]);
  await lead.getByRole("button", { name: "保存" }).click();
  const made = lead.getByRole("region", { name: "相关单位会签" });
  for (const label of [first, second]) await expect(made).toContainText(label);
  await expect(made).toContainText("全部会签");
  expect(await violations(lead)).toEqual([]);

  const [template] = await database.owner.sql<{ id: string }[]>`
    select id from routes where report_id is null and archived_at is null
       and jurisdiction_id = ${district.jurisdictionId} and name = '相关单位会签'`;
  const report = await aReport(district, { routeId: template?.id ?? "" });
  const [leaf] = await leavesOf(district, report.id);
  if (!leaf) throw new Error("the report has no leaf");
  const reviewPath = `/reports/${report.slug}/review?section=${leaf.id}`;
  await takeLeaf(district, leaf, "reviewing", "粮食播种面积稳定在3.2万亩。");

  await lead.goto(`/reports/${report.slug}/route`);
  const course = lead.getByRole("main").getByRole("list").first().getByRole("listitem");
  await expect(course.filter({ hasText: first })).toContainText("1 个段落");
  expect(await violations(lead)).toEqual([]);

  for (const [actor, passed] of [
    [commerce.signer, "0/2"],
    [bureau.signer, "1/2"],
  ] as const) {
    const page = await signedInAs(actor);
    await page.goto(reviewPath);
    await expect(page.getByRole("main")).toContainText("粮食播种面积稳定在3.2万亩。");
    await expect(page.getByRole("region", { name: "本环节" })).toContainText(passed);
    await decide(page, "通过");
  }
  await lead.reload();
  await expect(course.filter({ hasText: "牵头审核" })).toContainText("1 个段落");
  const drafter = await signedInAs(agriculture.drafter);
  await drafter.goto(`/reports/${report.slug}/sections/${leaf.id}/history`);
  await expect(drafter.getByRole("complementary").getByText("审核通过")).toHaveCount(2);
  await lead.goto(reviewPath);
  await decide(lead, "通过");

  await drafter.goto(`/reports/${report.slug}/sections/${leaf.id}`);
  await drafter.getByRole("button", { name: "继续修改" }).click();
  const sure = drafter.getByRole("dialog", { name: "确定要改已经通过的内容？" });
  await sure.getByRole("button", { name: "再看看" }).click();
  await expect(sure).toBeHidden();
  await drafter.getByRole("button", { name: "继续修改" }).click();
  await sure.getByRole("button", { name: "确定修改" }).click();
  await expect(drafter.getByText("批准的仍是第1稿")).toBeVisible();
  await expect(drafter.getByRole("button", { name: "重新上报" })).toBeVisible();
  expect(await violations(drafter)).toEqual([]);
  await lead.goto(`/reports/${report.slug}/sections/${leaf.id}`);
  await expect(lead.getByText("批准之后又在修改：批准的仍是第1稿")).toBeVisible();
});
