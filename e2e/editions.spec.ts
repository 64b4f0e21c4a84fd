import { aReport, contextOf, takeLeaf } from "../db/testing/factories";
import { compileReport } from "../domain/report/compile-report";
import { approveReport, sendForApproval } from "../domain/report/mutations";
import { transact } from "../domain/kernel/context";
import { violations } from "./axe";
import { expect, test } from "./fixtures";

test("sealed with a reason, given to an office, signed for, corrected, superseded, and verified by code and file", async ({
  signedInAs,
  browser,
  district,
  database,
  baseURL,
}) => {
  const { bureau, agriculture, commerce, government, congress } = district;
  const report = await aReport(district, { leaves: [{ department: "agriculture" }, { department: "commerce" }] });
  const [farming, trade] = report.leaves;
  if (!farming || !trade) throw new Error("the report has no two leaves");
  await takeLeaf(district, farming, "approved");
  const path = `/reports/${report.slug}/editions`;

  // 征求意见稿: one leaf is missing, so it needs a reason.
  const lead = await signedInAs(bureau.lead);
  await lead.goto(path);
  await lead.getByText("封存第 1 号成稿").click();
  await lead.getByText("没有通过的段落和指标（1）").click();
  await expect(lead.getByRole("region", { name: "封存前的核对" }).getByRole("listitem")).toContainText("商务局");
  await lead.getByLabel("确认").fill("封存");
  await lead.getByRole("button", { name: "封存", exact: true }).click();
  await expect(lead.getByText("还有 1 项没有就绪，没有封存。", { exact: false })).toBeVisible();
  await lead.getByLabel("没有就绪就封存的理由").fill("会期已定，先征求各部门意见，商务部分随后补齐。");
  await lead.getByRole("button", { name: "封存", exact: true }).click();
  await expect(lead.getByText("征求意见稿 第1号 · 已封存")).toBeVisible();

  // To one office by name, with a day to answer by; who opens it signs for it.
  await lead.getByRole("checkbox", { name: /^各部门经办人和负责人/ }).uncheck();
  await lead.getByText("单个单位").click();
  await lead.getByRole("checkbox", { name: "商务局（2 人）" }).check();
  await lead.getByRole("button", { name: "送交", exact: true }).click();
  await expect(lead.getByText("2 人中 0 人已打开")).toBeVisible();
  const first = await lead.getByRole("link", { name: "阅读", exact: true }).getAttribute("href");
  const [reader, stranger] = [await signedInAs(commerce.drafter), await signedInAs(agriculture.drafter)];
  expect((await stranger.request.get(first ?? "")).status(), "not given to them").toBe(404);
  await reader.goto(first ?? "");
  await expect(reader.getByRole("article")).toBeVisible();
  await lead.reload();
  await expect(lead.getByText("2 人中 1 人已打开")).toBeVisible();
  await lead.getByRole("link", { name: "签收情况" }).click();
  await expect(lead.getByRole("row", { name: /尚未打开/ })).toHaveCount(1);
  expect(await violations(lead)).toEqual([]);

  // The meeting edition, and one that corrects it.
  await takeLeaf(district, trade, "approved");
  const [asLead, asApprover] = [contextOf(database, bureau.lead), contextOf(database, government.approver)];
  const [row] = await database.owner.sql<{ version: number }[]>`select version from reports where id = ${report.id}`;
  const version = row?.version ?? 0;
  await sendForApproval(asLead, { reportId: report.id, version });
  const { hash: documentHash } = await transact(asLead, (tx) => compileReport(tx, report.id));
  await approveReport(asApprover, { reportId: report.id, version: version + 1, documentHash });
  await lead.goto(path);
  // Whatever is sealed has been delivered: the next number is what there is to do.
  await lead.getByLabel("确认").fill("封存");
  await lead.getByRole("button", { name: "封存", exact: true }).click();
  await expect(lead.getByText("会议稿 第2号 · 已封存")).toBeVisible();
  await expect(lead.getByLabel("确认"), "the word is typed anew for every number").toHaveValue("");
  await lead.getByRole("button", { name: "送交", exact: true }).click();
  await expect(lead.getByText("已送交。", { exact: true })).toBeVisible();
  await lead.getByText("封存第 3 号成稿").click();
  await lead.getByLabel("更正说明：改了什么、为什么改").fill("会议日期改期，另出一号，文字不变。");
  await lead.getByLabel("确认").fill("封存");
  await lead.getByRole("button", { name: "封存", exact: true }).click();
  await expect(lead.getByText("会议稿 第3号 · 已封存")).toBeVisible();
  await lead.getByRole("button", { name: "送交", exact: true }).click();
  await expect(lead.getByText("已被第3号取代")).toHaveCount(2);
  const sealed = await database.owner.sql<{ id: string; code: string }[]>`
    select id, code from editions where report_id = ${report.id} order by number`;
  const [, second, third] = sealed;
  const member = await signedInAs(congress.member);
  await member.goto(`/editions/${second?.id}`);
  await expect(member.getByText("本稿已被第3号会议稿取代", { exact: false })).toBeVisible();
  await member.getByRole("link", { name: "阅读第3号" }).click();
  await expect(member.getByRole("note")).toContainText("会议日期改期，另出一号，文字不变。");

  // With the code from the last page and the file in hand, without an account.
  const file = await member.request.get(`/api/editions/${third?.id}/pdf`);
  expect(file.ok()).toBe(true);
  const visitor = await browser.newPage({ baseURL: baseURL ?? "" });
  await visitor.goto("/verify");
  await visitor.getByLabel("验证码").fill(`${second?.code.slice(0, 5).toLowerCase()} ${second?.code.slice(5)}`);
  await visitor.getByRole("button", { name: "验证", exact: true }).click();
  await expect(visitor.getByText("已被第3号取代：请以第3号为准。")).toBeVisible();
  const pdf = { name: "报告.pdf", mimeType: "application/pdf", buffer: await file.body() };
  await visitor.getByLabel("选择文件").setInputFiles(pdf);
  await expect(visitor.getByText("这是另一号：这个文件是第3号的PDF", { exact: false })).toBeVisible();
  await visitor.goto(`/verify/${third?.code}`);
  await expect(visitor.getByText("现行：这是目前有效的一号。")).toBeVisible();
  await visitor.getByLabel("选择文件").setInputFiles(pdf);
  await expect(visitor.getByText("一个字节都没有改动", { exact: false })).toBeVisible();
  const [changed] = [Buffer.from(pdf.buffer)];
  changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
  await visitor.getByLabel("选择文件").setInputFiles({ ...pdf, buffer: changed });
  await expect(visitor.getByText("不一致：这不是这一号存档的文件。", { exact: false })).toBeVisible();
  expect(await violations(visitor)).toEqual([]);
  expect(await visitor.locator("body").innerText(), "nothing of the report").not.toContain("上半年");
  await visitor.close();
});
