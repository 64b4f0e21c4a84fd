import { aColleague, aReport, aText, contextOf, type District, takeLeaf } from "../db/testing/factories";
import { returnSection, withdrawSection } from "../domain/section/decisions";
import { saveSection, submitSection } from "../domain/section/mutations";
import { violations } from "./axe";
import { expect, type Page, PHONE, test } from "./fixtures";

test("a signer reads on a phone what changed since last time, and signs in three taps from the desk", async ({
  signedInAs,
  district,
}) => {
  const { signer, drafter } = district.agriculture;
  const title = "林业和草原工作";
  const [leaf] = await leavesOf(district, [title], "signing");
  if (!leaf) throw new Error("no leaf");
  const page = await signedInAs(signer, { viewport: PHONE });
  const looked = page.waitForResponse((answer) => answer.url().endsWith("/look") && answer.ok());
  await page.goto(`/reports/${leaf.slug}/review?section=${leaf.id}`);
  await looked;

  const writing = contextOf(district.database, drafter);
  await withdrawSection(writing, { sectionId: leaf.id, version: leaf.version });
  await saveSection(writing, {
    sectionId: leaf.id,
    version: 1,
    content: aText(`${title}：造林面积增长6%。`),
    keep: false,
  });
  await submitSection(writing, { sectionId: leaf.id, version: leaf.version + 1, draftVersion: 2 });

  await page.goto("/desk");
  await page.getByRole("row", { name: title }).getByRole("link", { name: "签发" }).click();
  await expect(page.getByText("与您上次看过的第1稿相比")).toBeInViewport();
  await expect(page.getByRole("insertion")).toContainText("造林面积增长6");
  await expect(page.getByRole("insertion")).toBeInViewport();
  const sign = page.getByRole("button", { name: "签发", exact: true });
  await expect(sign).toBeInViewport();
  expect(await violations(page)).toEqual([]);

  await sign.click();
  const sure = page.getByRole("dialog", { name: `签发“${title}”？` });
  await expect(sure).toContainText("统计法第二十四条");
  expect(await violations(page)).toEqual([]);
  await sure.getByRole("button", { name: "确认签发" }).click();
  await expect(page.getByText("没有等待处理的段落")).toBeVisible();
  await page.goto(`/reports/${leaf.slug}/sections/${leaf.id}`);
  await expect(page.getByText("待审核", { exact: true })).toBeVisible();
});

test("a reviewer works through the queue by keyboard, sees who else has a text in hand, and passes several at once", async ({
  signedInAs,
  district,
}) => {
  const titles = ["农产品加工", "畜牧业", "渔业", "水利"];
  const leaves = await leavesOf(district, titles, "reviewing");
  const [first, second, third] = leaves;
  if (!first || !second || !third) throw new Error("no leaves");
  const page = await signedInAs(district.bureau.lead);
  await page.goto(`/review?report=${first.slug}`);
  await expect(page.getByRole("row", { name: "没有看过" })).toHaveCount(4);
  expect(await violations(page)).toEqual([]);

  // Up from nowhere is the first line, however often: once that has been heard, so is everything after it.
  await expect(async () => {
    await page.keyboard.press("k");
    await expect(page.getByRole("link", { name: "农产品加工" })).toBeFocused({ timeout: 500 });
  }).toPass();
  // From outside its lines the arrows are the page's own, to scroll by.
  await page.getByRole("link", { name: "农产品加工" }).blur();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("a[data-line]:focus")).toHaveCount(0);
  await page.keyboard.press("k");
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("link", { name: "畜牧业" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(heading(page, "畜牧业")).toBeVisible();
  await expect(page.getByText("正在审核：您")).toBeVisible();
  await page.keyboard.press("n");
  await expect(heading(page, "渔业")).toBeVisible();
  await expect(page.getByText("正在审核：您")).toBeVisible();

  const colleague = await signedInAs(await aColleague(district, "bureau", "lead"));
  await colleague.goto(`/review?report=${first.slug}`);
  await expect(colleague.getByRole("row", { name: "渔业" })).toContainText("正在审核");

  // Letters that are typed, or composed, are text and nothing else.
  await page.getByText("指出本段问题").click();
  const reason = page.getByLabel(/对第 1 段的意见/);
  await reason.pressSequentially("npr");
  await expect(reason).toHaveValue("npr");
  await reason.fill("");
  await page.evaluate(() => {
    for (const key of ["n", "p"])
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true }));
  });
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("p");
  await expect(page.getByRole("dialog", { name: "通过“渔业”？" })).toBeVisible();
  await page.getByRole("button", { name: "确认通过" }).press("Enter");
  await expect(heading(page, "水利")).toBeVisible();

  await page.keyboard.press("q");
  await expect(page.getByRole("row", { name: "水利" })).toContainText("没有改动");
  await expect(page.getByRole("row", { name: "渔业" })).toBeHidden();
  for (const title of ["农产品加工", "畜牧业"]) await page.getByRole("checkbox", { name: `选择“${title}”` }).check();
  await page.getByRole("button", { name: "批量通过" }).click();
  await expect(page.getByText(/共 2 件：1 个部门，2 个段落文稿（2 段）/)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const lead = contextOf(district.database, district.bureau.lead);
  const reasons = [{ blockId: second.blockId, text: "请核对。" }];
  await returnSection(lead, { sectionId: second.id, version: second.version, reasons });
  await page.getByRole("button", { name: "通过这 2 件" }).click();
  await expect(page.getByText("1 件已处理，1 件没有通过。")).toBeVisible();
  await expect(page.getByRole("row", { name: "农产品加工" })).toContainText("已处理");
  await expect(page.getByRole("row", { name: "畜牧业" })).toContainText("没有通过：");
});

const heading = (page: Page, title: string) => page.getByRole("heading", { level: 1, name: title });

/** Leaves of a report of their own, due one day after the other. */
async function leavesOf(district: District, titles: readonly string[], status: "signing" | "reviewing") {
  const { slug, leaves } = await aReport(district, {
    leaves: titles.map((title) => ({ department: "agriculture" as const, title })),
  });
  const taken = [];
  for (const [index, leaf] of leaves.entries()) {
    taken.push({ ...(await takeLeaf(district, leaf, status)), slug });
    await district.database.owner.sql`update sections set due_on = due_on + ${index}::int where id = ${leaf.id}`;
  }
  return taken;
}
