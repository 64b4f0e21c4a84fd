import { aSectionPage } from "./stage";
import { expect, PHONE, test } from "./fixtures";
import { append } from "./writing";

const LEAF = "医疗卫生事业方面";
const CORRECTION = "其中1家因变更地址审核两次。";
const SECOND_CORRECTION = "另有2家待整改。";

test("a returned section goes back up the route: corrected, signed on a phone, returned by name of paragraph, corrected, passed", async ({
  signedInAs,
}) => {
  const drafter = await signedInAs("wjj-jb");
  await drafter.goto("/desk");
  await expect(drafter.getByRole("row", { name: LEAF })).toContainText("退回修改");
  await drafter.getByRole("link", { name: LEAF, exact: true }).click();
  await expect(drafter.getByRole("tabpanel", { name: "退回理由" })).toContainText("请核对，或说明多出的1家从何而来");

  await append(drafter, CORRECTION);
  await expect(drafter.getByText(/已保存 \d\d:\d\d/)).toBeVisible();
  await drafter.getByRole("button", { name: "改了", exact: true }).click();
  await expect(drafter.getByText("1 条意见，已答 1 条")).toBeVisible();
  await drafter.getByRole("button", { name: "修改后再报" }).click();
  await expect(drafter.getByText("待签发", { exact: true })).toBeVisible();
  await expect(drafter.getByRole("main")).toContainText(CORRECTION);

  const signer = await signedInAs("wjj-fzr", { viewport: PHONE });
  await signer.goto("/desk");
  await signer.getByRole("row", { name: LEAF }).getByRole("link", { name: "签发" }).click();
  await expect(signer.getByText("统计法第二十四条")).toBeVisible();
  await expect(signer.getByRole("insertion").first()).toContainText(CORRECTION);
  await signer.getByRole("button", { name: "签发", exact: true }).click();
  await signer.getByRole("button", { name: "确认签发" }).click();
  await expect(signer.getByText("没有等待处理的段落")).toBeVisible();

  const lead = await signedInAs("fgj-zhg");
  await lead.goto("/desk");
  await lead.getByRole("link", { name: LEAF, exact: true }).click();
  await lead.getByRole("button", { name: "退回", exact: true }).click();
  await expect(lead.getByText("退回要写明理由：请在有问题的段落下面写意见。")).toBeVisible();
  await lead.getByText("指出本段问题").first().click();
  const reason = "请注明2家的整改时限。";
  const remark = lead.getByLabel(/对第 1 段的意见/);
  await remark.fill(reason);
  await lead.getByRole("button", { name: "通过", exact: true }).click();
  await expect(lead.getByText("您写了退回意见却选择了通过")).toBeVisible();
  await expect(remark).toHaveValue(reason);
  await lead.getByRole("button", { name: "退回", exact: true }).click();
  await expect(lead.getByRole("heading", { name: LEAF })).toBeHidden();

  await drafter.reload();
  const reasons = drafter.getByRole("tabpanel", { name: "退回理由" });
  await expect(reasons).toContainText(reason);
  const named = reasons.getByRole("blockquote").getByRole("link");
  await expect(named).toContainText("医疗卫生");
  await append(drafter, SECOND_CORRECTION);
  await drafter.getByRole("button", { name: "改了", exact: true }).click();
  await expect(drafter.getByText("1 条意见，已答 1 条")).toBeVisible();
  await drafter.getByRole("button", { name: "修改后再报" }).click();
  await expect(drafter.getByText("待签发", { exact: true })).toBeVisible();

  await signer.goto("/desk");
  await signer.getByRole("row", { name: LEAF }).getByRole("link", { name: "签发" }).click();
  await signer.getByRole("button", { name: "签发", exact: true }).click();
  await signer.getByRole("button", { name: "确认签发" }).click();
  await expect(signer.getByText("没有等待处理的段落")).toBeVisible();

  await lead.goto("/desk");
  await lead.getByRole("link", { name: LEAF, exact: true }).click();
  await expect(lead.getByText(/与您上次看过的第\d+稿相比/)).toBeVisible();
  await expect(lead.getByRole("region", { name: "改动" }).getByRole("insertion")).toHaveText(SECOND_CORRECTION);
  await lead.getByRole("button", { name: "通过", exact: true }).click();
  await expect(lead.getByRole("heading", { name: LEAF })).toBeHidden();

  await drafter.reload();
  await expect(drafter.getByText("已通过", { exact: true })).toBeVisible();
});

test("a drafter takes a section back as long as the signer has not acted", async ({ signedInAs, district }) => {
  const { path } = await aSectionPage(district, "signing");
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await page.getByRole("button", { name: "撤回" }).click();
  await expect(page.getByText("起草中", { exact: true })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "正文" })).toContainText("51.40%");
});

test("a drafter who takes back a section that has just been signed is told why not, and nothing changes", async ({
  signedInAs,
  district,
}) => {
  const { path, reviewPath } = await aSectionPage(district, "signing");
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  const signer = await signedInAs(district.agriculture.signer);
  await signer.goto(reviewPath);
  await signer.getByRole("button", { name: "签发", exact: true }).click();
  await signer.getByRole("button", { name: "确认签发" }).click();
  await expect(signer.getByText("没有等待处理的段落")).toBeVisible();
  await page.getByRole("button", { name: "撤回" }).click();
  await expect(page.getByText("下一步已经处理，不能撤回了")).toBeVisible();
  await page.reload();
  await expect(page.getByText("待审核", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "撤回" })).toBeHidden();
});
