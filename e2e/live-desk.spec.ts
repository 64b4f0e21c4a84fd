import { aReport, aText, contextOf, takeLeaf } from "../db/testing/factories";
import { saveSection, submitSection } from "../domain/section/mutations";
import { violations } from "./axe";
import { expect, test as base } from "./fixtures";
import { type Stack, startStack } from "./stack";

/** Two web processes behind what could be a balancer, on one database. */
const test = base.extend<{ tolerates: RegExp | null }, { stack: Stack }>({
  // Of the process that is stopped in the end.
  tolerates: /status of 503|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED/,
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

test("desk, board and review follow what others do by another web process, and wait while something is half written", async ({
  signedInAs,
  district,
  database,
  stack,
}) => {
  const second = await stack.addWeb();
  const report = await aReport(district, {
    leaves: [
      { department: "agriculture", title: "农业生产稳定" },
      { department: "commerce", title: "消费持续回升" },
    ],
  });
  const [farm, trade] = report.leaves;
  if (!farm || !trade) throw new Error("the report has no leaves");
  const { agriculture, commerce, bureau } = district;
  await takeLeaf(district, farm, "drafting");
  const board = `/reports/${report.slug}`;

  // Nobody touches these pages: what happens on them comes from elsewhere.
  const signer = await signedInAs(agriculture.signer);
  await signer.goto("/desk");
  const lead = await signedInAs(bureau.lead);
  await lead.goto(`${second.address}${board}`);
  const line = lead.getByRole("row", { name: /农业生产稳定/ });
  await expect(line).toContainText("未报");
  await lead.evaluate(() => Object.assign(window, { sameDocument: true }));

  const drafter = await signedInAs(agriculture.drafter);
  await drafter.goto(`${board}/sections/${farm.id}`);
  await drafter.getByRole("button", { name: "上报签发" }).click();
  await expect(drafter.getByText("待签发", { exact: true })).toBeVisible();
  const todo = signer.getByRole("row", { name: /农业生产稳定/ }).getByRole("link", { name: "签发" });
  await expect(todo).toBeVisible();
  await expect(line).toContainText("待签发");
  await expect(lead.getByRole("status").filter({ hasText: "已更新" })).toBeVisible();
  expect(await violations(lead)).toEqual([]);

  // What is half written keeps its page as it is while another department's text goes up.
  await todo.click();
  await signer.getByRole("button", { name: "签发", exact: true }).click();
  await signer.getByRole("button", { name: "确认签发" }).click();
  await expect(line).toContainText("待审核");
  await lead.goto(`${second.address}${board}/review?section=${farm.id}`);
  await lead.getByText("指出本段问题").first().click();
  const remark = lead.getByLabel(/对第 1 段的意见/);
  await remark.fill("请核对");
  const asDrafter = contextOf(database, commerce.drafter);
  await saveSection(asDrafter, { sectionId: trade.id, version: 0, content: aText("消费回升。"), keep: false });
  await submitSection(asDrafter, { sectionId: trade.id, version: 1, draftVersion: 1 });
  await expect(lead.getByText("这一页有新的变化，填写完以后自动更新。")).toBeVisible();
  await expect(remark).toHaveValue("请核对");
  await expect(remark).toBeFocused();
  await remark.fill("");
  await expect(lead.getByRole("status").filter({ hasText: "已更新" })).toBeVisible();
  expect(await lead.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");

  // Whoever may not see the report hears nothing of it, and a process that stops does not wait for its streams.
  const member = await signedInAs(district.congress.member);
  const asked = (path: string) => member.request.get(path).then((answer) => answer.status());
  expect(await asked(`/api/live?report=${report.slug}&since=0`)).toBe(404);
  expect(await asked("/api/live?report=%00&since=0")).toBe(404);
  expect(await asked("/api/live?since=x")).toBe(400);
  expect(await second.stop()).toBe("exit 143");
});
