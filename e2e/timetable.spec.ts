import { aReport, contextOf, type District } from "../db/testing/factories";
import { addWorkingDays, localDay } from "../domain/kernel/working-days";
import { arrangeTimetable } from "../domain/timetable/mutations";
import { violations } from "./axe";
import { expect, test } from "./fixtures";

test("催办: one click tells a department what it owes and by when, once a day, and stands in the log", async ({
  signedInAs,
  district,
  database,
}) => {
  const { slug } = await aLateReport(district, -2);
  const lead = await signedInAs(district.bureau.lead);
  await lead.goto(`/reports/${slug}`);
  await expect(lead.getByText("还差 2 段，其中 2 项已逾期。")).toBeVisible();
  expect(await violations(lead)).toEqual([]);

  await lead.getByRole("row", { name: "畜牧业" }).getByRole("button", { name: "催办" }).click();
  await expect(lead.getByText("已催办，正在办理的同志会在工作台看到。")).toBeVisible();
  await expect(lead.getByRole("row", { name: "畜牧业" })).toContainText("今天已催");
  await expect(lead.getByRole("row", { name: "渔业" }).getByRole("button", { name: "催办" })).toBeVisible();

  // The whole department: only what has not been told of today goes out, and then nothing more.
  await lead.goto(`/reports/${slug}/departments`);
  const agriculture = lead.getByRole("row", { name: "农业农村局" });
  await agriculture.getByRole("button", { name: "催办" }).click();
  await expect(lead.getByText("已催办，正在办理的同志会在工作台看到。")).toBeVisible();
  await agriculture.getByRole("button", { name: "催办" }).click();
  await expect(lead.getByText("今天已经催办过，同一事项一天只催一次。")).toBeVisible();
  expect(await violations(lead)).toEqual([]);
  const [sent] = await database.owner.sql`
    select (select count(*)::int from reminders m where m.report_id = r.id) as items,
           (select count(*)::int from outbox o where o.report_id = r.id and o.event = 'reminder.urged') as events
      from reports r where r.slug = ${slug} and r.jurisdiction_id = ${district.jurisdictionId}`;
  expect(sent).toEqual({ items: 2, events: 2 });

  await lead.goto(`/reports/${slug}`);
  await lead.getByText("催办记录").click();
  await expect(lead.getByRole("listitem").filter({ hasText: "催办 农业农村局：畜牧业" })).toBeVisible();

  const drafter = await signedInAs(district.agriculture.drafter);
  await expect
    .poll(async () => {
      await drafter.goto("/desk");
      return drafter.getByText(/催办《.+》1 项/).count();
    })
    .toBe(2);
});

test("a later day is permitted with its reason, and stands on the board, the section and the desk", async ({
  signedInAs,
  district,
}) => {
  const { slug, leaves } = await aLateReport(district, -1);
  const lead = await signedInAs(district.bureau.lead);
  await lead.goto(`/reports/${slug}/timetable`);
  await expect(lead.getByRole("row", { name: /印发常委会组成人员.*监督法（2024）第十五条/ })).toBeVisible();
  await lead.getByText("修改会议日期和节点").click();
  expect(await violations(lead)).toEqual([]);

  await lead.goto(`/reports/${slug}`);
  await lead.getByRole("row", { name: "渔业" }).getByRole("link", { name: "延期" }).click();
  await expect(lead.getByRole("checkbox", { name: "渔业" })).toBeChecked();
  await expect(lead.getByRole("checkbox", { name: "畜牧业" })).not.toBeChecked();
  const until = addWorkingDays(localDay(new Date()), 5);
  await lead.getByLabel("许可到").fill(until);
  await lead.getByRole("button", { name: "许可延期" }).click();
  await expect(lead.getByRole("alert").getByText("请写明原因。")).toBeVisible();
  await expect(lead.getByLabel("许可到")).toHaveValue(until);
  await expect(lead.getByRole("checkbox", { name: "渔业" })).toBeChecked();
  expect(await violations(lead)).toEqual([]);
  await lead.getByLabel("理由").fill("全年数据月底公布。");
  await lead.getByRole("button", { name: "许可延期" }).click();
  await expect(lead.getByText("已许可延期，新的期限已经生效。")).toBeVisible();
  await expect(lead.getByText(/许可“渔业”延至.+：全年数据月底公布。/)).toBeVisible();

  await lead.goto(`/reports/${slug}?show=late`);
  await expect(lead.getByRole("row", { name: "畜牧业" })).toContainText("逾期1个工作日");
  await expect(lead.getByRole("row", { name: "渔业" })).toBeHidden();

  const drafter = await signedInAs(district.agriculture.drafter);
  await drafter.goto("/desk");
  await expect(drafter.getByRole("row", { name: "渔业" }).filter({ hasText: "已许可延期" })).toBeVisible();
  await drafter.goto(`/reports/${slug}`);
  await expect(drafter.getByRole("row", { name: "渔业" })).toContainText("还有5个工作日");
  await expect(drafter.getByRole("button", { name: "催办" })).toHaveCount(0);
  const fishing = leaves.find(({ title }) => title === "渔业");
  await drafter.goto(`/reports/${slug}/sections/${fishing?.id}`);
  await drafter.getByRole("tab", { name: "要求" }).click();
  await expect(drafter.getByText("已许可延期")).toBeVisible();
});

/** Two leaves of one department that were due so many working days from today, and a sitting to come. */
async function aLateReport(district: District, days: number) {
  const { database, bureau } = district;
  const report = await aReport(district, {
    leaves: [
      { department: "agriculture", title: "畜牧业" },
      { department: "agriculture", title: "渔业" },
    ],
  });
  const today = localDay(new Date());
  await database.owner.sql`update sections set due_on = ${addWorkingDays(today, days)} where report_id = ${report.id}`;
  await arrangeTimetable(contextOf(database, bureau.lead), {
    reportId: report.id,
    version: 0,
    sittingOn: addWorkingDays(today, 30),
    sittingName: "",
    milestones: [],
  });
  return report;
}
