import { aConsultation } from "../db/testing/consultation";
import { violations } from "./axe";
import { expect, PHONE, test } from "./fixtures";

const TEXT = "全区规模工业增加值增长9.1%，规模工业企业98家。";

test("a draft goes to the departments: one comments on words of a paragraph, one has no comments; the lead bureau decides and publishes", async ({
  signedInAs,
  district,
}) => {
  const { id, blockId } = await aConsultation(district, { text: TEXT, answerBy: "2099-07-20" });
  const path = `/consultations/${id}`;

  const drafter = await signedInAs(district.commerce.drafter);
  await drafter.goto("/desk");
  await drafter.getByRole("row").filter({ hasText: "征求意见稿（第1号）" }).getByRole("link", { name: "答复" }).click();
  await expect(drafter.getByText("请于 2099年7月20日 前答复")).toBeVisible();
  await drafter.getByRole("link", { name: /^意见：全区规模工业/ }).click();
  const form = drafter.getByRole("form", { name: "对这一处的意见" });
  await expect(form.getByLabel("对这一处的意见")).toBeFocused();
  await drafter.keyboard.type("宜用规范称谓“规模以上工业”。");
  // Kept in this window, whatever happens to the page.
  await drafter.reload();
  await expect(form.getByLabel("对这一处的意见")).toHaveValue("宜用规范称谓“规模以上工业”。");
  await form.getByLabel("所指文字").fill("规模以上工业");
  await form.getByRole("button", { name: "提交意见" }).click();
  await expect(form.getByText("“规模以上工业”不在所选的位置里")).toBeVisible();
  await expect(form.getByLabel("对这一处的意见")).toHaveValue("宜用规范称谓“规模以上工业”。");
  await form.getByLabel("所指文字").fill("规模工业企业");
  await form.getByRole("button", { name: "提交意见" }).click();
  const own = drafter.getByRole("region", { name: "本单位的答复" });
  await expect(own.getByText("待处理")).toBeVisible();
  await expect(own.locator("mark")).toHaveText("规模工业企业");
  await expect(drafter.getByText("本单位已提 1 条意见。")).toBeVisible();
  expect(await violations(drafter)).toEqual([]);

  const other = await signedInAs(district.agriculture.signer, { viewport: PHONE });
  await other.goto(path);
  await other.getByText("答复无意见").click();
  await other.getByRole("button", { name: "确认无意见" }).click();
  await expect(other.getByText("本单位已答复 无意见")).toBeVisible();
  await expect(other.getByText("宜用规范称谓")).toBeHidden();
  expect(await violations(other)).toEqual([]);

  const lead = await signedInAs(district.bureau.lead);
  await lead.goto("/desk");
  await lead.getByRole("row").filter({ hasText: "1 条意见待处理" }).getByRole("link", { name: "处理" }).click();
  const answers = lead.getByRole("region", { name: "各部门答复" });
  const group = (name: string) => answers.getByRole("definition").filter({ hasText: name });
  await expect(answers).toContainText("已提意见（1）");
  await expect(group("商务局")).toContainText("1 条、未处理 1 条");
  await expect(answers).toContainText("无意见（1）");
  await expect(answers).toContainText("未答复（1）");
  await expect(lead.getByText("还有 1 条意见没有处理，不能公布")).toBeVisible();
  await lead.getByRole("radio", { name: "部分采纳" }).check();
  await lead.getByRole("button", { name: "提交处理" }).click();
  await expect(lead.getByText("请写明原因。").first()).toBeVisible();
  await expect(lead.getByRole("radio", { name: "部分采纳" })).toBeChecked();
  await lead.getByLabel("说明").fill("本段已改，表内名称不变。");
  expect(await violations(lead)).toEqual([]);
  await lead.getByRole("button", { name: "提交处理" }).click();
  await expect(lead.getByText("1 条意见：采纳 0 条，部分采纳 1 条，留作参考 0 条。")).toBeVisible();
  await lead.getByRole("button", { name: "公布意见采纳情况表" }).click();
  await expect(lead.getByText("公布，各部门看得到")).toBeVisible();

  await drafter.reload();
  await expect(own.getByText("本段已改，表内名称不变。")).toBeVisible();
  await expect(own.getByRole("button", { name: "撤回" })).toBeHidden();
  await other.goto(`${path}/outcome`);
  await expect(other.getByRole("row").filter({ hasText: "宜用规范称谓" })).toContainText("部分采纳");
  await expect(other.getByText("答复无意见：农业农村局。")).toBeVisible();
  expect(await violations(other)).toEqual([]);
  const file = other.waitForEvent("download");
  await other.getByRole("link", { name: "下载 XLSX" }).click();
  expect((await file).suggestedFilename()).toMatch(/意见采纳情况表\.xlsx$/);
  expect(blockId).not.toBe("");
});
