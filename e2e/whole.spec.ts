import { answerAll } from "../db/testing/answers";
import { aReportIn, aText, contextOf, type District, type ReportInState } from "../db/testing/factories";
import { passSection, signSection } from "../domain/section/decisions";
import { saveSection, submitSection } from "../domain/section/mutations";
import { expect, type Page, test } from "./fixtures";
import { aSectionPage } from "./stage";

const CORRECTED = "农业农村局：完成年度计划的37.35%。";

test("the whole is sent up, returned by paragraph, corrected, approved, sealed, delivered, reopened and sealed anew", async ({
  signedInAs,
  district,
  database,
}) => {
  const report = await aReportIn(district, "collecting", {
    leaves: [
      { department: "bureau", kind: "title", title: "标题" },
      { department: "agriculture" },
      { department: "commerce" },
    ],
  });
  const [, leaf] = report.leaves;
  if (!leaf) throw new Error("the report has no second leaf");
  const path = `/reports/${report.slug}/editions`;

  const lead = await signedInAs(district.bureau.lead);
  await lead.goto(path);
  await expect(lead.getByText("全部 3 个段落已通过，可以送政府审定。")).toBeVisible();
  await lead.getByRole("button", { name: "送政府审定" }).click();
  await expect(lead.getByText("已送政府审定，等待决定。")).toBeVisible();

  const approver = await signedInAs(district.government.approver);
  await approver.goto("/desk");
  // Other stories' reports of the same name may lie on this desk too.
  await approver
    .getByRole("link", { name: "2024年上半年报告", exact: true })
    .and(approver.locator(`[href="${path}"]`))
    .click();
  await expect(approver).toHaveURL(new RegExp(`${path}$`));
  await approver.getByRole("button", { name: "退回", exact: true }).click();
  await expect(approver.getByRole("alert").filter({ hasText: "退回要写明理由，至少指出一个段落。" })).toBeVisible();
  const remark = approver.getByRole("textbox", { name: "农业农村局 · 农业农村局" });
  await approver.getByText("指出本段问题").filter({ visible: true }).nth(1).click();
  await remark.fill("完成比例与附件不一致，请核对。");
  await approver.getByRole("button", { name: "退回", exact: true }).click();
  await expect(approver.getByText("征集中", { exact: true })).toBeVisible();

  const drafter = await signedInAs(district.agriculture.drafter);
  await drafter.goto(`/reports/${report.slug}/sections/${leaf.id}`);
  await expect(drafter.getByRole("tabpanel", { name: "退回理由" })).toContainText("完成比例与附件不一致，请核对。");
  await correct(district, leaf.id, CORRECTED);

  await lead.goto(path);
  await lead.getByRole("button", { name: "送政府审定" }).click();
  await expect(lead.getByText("已送政府审定，等待决定。")).toBeVisible();
  await approver.goto(path);
  await expect(approver.getByText(CORRECTED)).toBeVisible();
  await approver.getByRole("button", { name: "审定", exact: true }).click();
  await expect(approver.getByText("已审定，可以封存成稿。")).toBeVisible();

  await lead.goto(path);
  await lead.getByLabel("确认").fill("封");
  await lead.getByRole("button", { name: "封存", exact: true }).click();
  await expect(lead.getByText("确认文字不对，没有封存。")).toBeVisible();
  await lead.getByLabel("确认").fill("封存");
  await lead.getByRole("button", { name: "封存", exact: true }).dblclick();
  await expect(lead.getByText("会议稿 第1号 · 已封存")).toBeVisible();
  const first = await onlyEdition(lead);

  const member = await signedInAs(district.congress.member);
  expect((await member.request.get(first)).status(), "before delivery").toBe(404);
  await lead.getByRole("button", { name: "送交", exact: true }).dblclick();
  await expect(lead.getByText("已送交。", { exact: true })).toBeVisible();
  await member.goto("/desk");
  await member
    .getByRole("link", { name: "阅读", exact: true })
    .and(member.locator(`[href="${first}"]`))
    .click();
  await expect(member).toHaveURL(new RegExp(`${first}$`));
  await expect(member.getByRole("article")).toContainText(CORRECTED);
  const asDelivered = await member.getByRole("article").innerText();

  const pdf = lead.getByRole("listitem").getByRole("link", { name: "PDF", exact: true });
  const file = await lead.request.get((await pdf.getAttribute("href")) ?? "");
  expect(decodeURIComponent(file.headers()["content-disposition"] ?? "")).toMatch(/第1号.*\.pdf/);
  expect((await file.body()).subarray(0, 5).toString()).toBe("%PDF-");

  await reopenAndReturn(lead, report, leaf.id);
  await correct(district, leaf.id, "农业农村局：完成年度计划的40%。");
  await lead.goto(path);
  await lead.getByRole("button", { name: "送政府审定" }).click();
  await expect(lead.getByText("已送政府审定，等待决定。")).toBeVisible();
  await approver.goto(path);
  await approver.getByRole("button", { name: "审定", exact: true }).click();
  await expect(approver.getByText("已审定，可以封存成稿。")).toBeVisible();
  await lead.goto(path);
  await lead.getByLabel("更正说明：改了什么、为什么改").fill("农业农村局的完成比例有误，已更正为40%。");
  await lead.getByLabel("确认").fill("封存");
  await lead.getByRole("button", { name: "封存", exact: true }).click();
  await expect(lead.getByText("会议稿 第2号 · 已封存")).toBeVisible();
  await expect(lead.getByText("会议稿 第1号 · 已封存")).toBeVisible();

  await member.goto(first);
  expect(await member.getByRole("article").innerText()).toBe(asDelivered);
  const [counted] = await database.owner.sql`
    select (select count(*)::int from editions where report_id = ${report.id}) as editions,
           (select count(*)::int from deliveries d join editions e on e.id = d.edition_id where e.report_id = ${report.id}) as deliveries`;
  // To clerks and to members, once each, though the button was pressed twice.
  expect(counted).toEqual({ editions: 2, deliveries: 2 });
});

test("a double click on submit makes one submission", async ({ signedInAs, district, database }) => {
  const { path, leaf } = await aSectionPage(district);
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await page.getByRole("button", { name: "上报签发" }).dblclick();
  await expect(page.getByText("待签发", { exact: true })).toBeVisible();
  const rows = await database.owner.sql`select number from revisions where section_id = ${leaf.id}`;
  expect(rows).toHaveLength(1);
  await expect(page.getByText("没有覆盖任何内容")).toBeHidden();
});

async function reopenAndReturn(lead: Page, report: ReportInState, sectionId: string): Promise<void> {
  await lead.getByText("重新打开修改").first().click();
  await lead.getByLabel("修改原因").fill("第二段比例有误");
  await lead.getByRole("button", { name: "重新打开修改" }).click();
  await expect(lead.getByText("征集中", { exact: true })).toBeVisible();
  await lead.goto(`/reports/${report.slug}/sections/${sectionId}`);
  await lead.getByRole("link", { name: "审核", exact: true }).and(lead.locator("[href*=section]")).click();
  await lead.getByText("指出本段问题").click();
  await lead.getByLabel(/对第 1 段的意见/).fill("比例应为40%。");
  await lead.getByRole("button", { name: "退回", exact: true }).click();
  await expect(lead.getByText("没有等待处理的段落")).toBeVisible();
}

/** The department's way back up, told in full by route.spec.ts: here only that it was gone. */
async function correct(district: District, sectionId: string, text: string): Promise<void> {
  const { database, agriculture, bureau } = district;
  const versions = async () => {
    const [row] = await database.owner.sql<{ version: number; draft: number }[]>`
      select s.version, d.version as draft from sections s join drafts d on d.section_id = s.id where s.id = ${sectionId}`;
    if (!row) throw new Error("the leaf is gone");
    return row;
  };
  const at = await versions();
  const drafter = contextOf(database, agriculture.drafter);
  await saveSection(drafter, { sectionId, version: at.draft, content: aText(text), keep: false });
  await answerAll(drafter, { sectionId });
  await submitSection(drafter, { sectionId, version: at.version, draftVersion: at.draft + 1 });
  await signSection(contextOf(database, agriculture.signer), { sectionId, version: at.version + 1 });
  await passSection(contextOf(database, bureau.lead), { sectionId, version: at.version + 2 });
}

/** The address of the one sealed edition on the page. */
async function onlyEdition(page: Page): Promise<string> {
  const links = page.getByRole("link", { name: "阅读" });
  await expect(links).toHaveCount(1);
  return (await links.getAttribute("href")) ?? "";
}
