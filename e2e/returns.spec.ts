import { aReport, contextOf, takeLeaf } from "../db/testing/factories";
import type { Content } from "../domain/section/content";
import { signSection } from "../domain/section/decisions";
import { violations } from "./axe";
import { expect, type Page, test } from "./fixtures";
import { expectSaved, paper } from "./writing";

const PARAGRAPHS = ["全区完成投资160.09亿元，同比增长4.2%。", "新增规上企业12家。", "总的看，形势平稳向好。"];
const TEXT: Content = {
  type: "doc",
  content: PARAGRAPHS.map((text, index) => ({
    type: "paragraph",
    attrs: { id: `block-0${index + 1}` },
    content: [{ type: "text", text }],
  })),
};

test("a return with three reasons is worked off one by one, goes up again, is compared and passed", async ({
  signedInAs,
  district,
  database,
}) => {
  const { slug, leaves } = await aReport(district);
  const [first] = leaves;
  if (!first) throw new Error("the report has no leaf");
  const leaf = await takeLeaf(district, first, "reviewing", TEXT);
  const reviewPath = `/reports/${slug}/review?section=${leaf.id}`;

  const lead = await signedInAs(district.bureau.lead);
  await lead.goto(reviewPath);
  // Words that are selected when the reason is begun are what it is about.
  await selectIn(lead, "block-01", "160.09亿元");
  await lead.getByText("指出本段问题").nth(0).click();
  await expect(lead.getByLabel("所指文字").nth(0)).toHaveValue("160.09亿元");
  await lead.getByLabel("类别").nth(0).selectOption("数据");
  await lead.getByLabel("对第 1 段的意见（退回时必填至少一处）", { exact: true }).fill("与统计局快报不一致。");
  await lead.keyboard.press("Control+Enter");
  const another = lead.getByLabel("对第 1 段的意见（退回时必填至少一处）（2）");
  await expect(another).toBeFocused();
  await another.fill("请附测算依据。");
  await lead.getByLabel("类别").nth(1).selectOption("依据");
  await lead.getByLabel("要求").nth(1).selectOption("建议修改");
  await lead.getByText("指出本段问题").nth(2).click();
  await lead.getByLabel("对第 3 段的意见").fill("“向好”缺少支撑。");
  await lead.getByLabel("所指文字").nth(3).fill("好看");
  await lead.getByRole("button", { name: "退回", exact: true }).click();
  await expect(lead.getByText("“好看”不在所指的段落里")).toBeVisible();
  await expect(lead.getByLabel("类别").nth(0)).toHaveValue("data");
  await expect(another).toHaveValue("请附测算依据。");
  await lead.getByLabel("所指文字").nth(3).fill("向好");
  expect(await violations(lead)).toEqual([]);
  await lead.getByRole("button", { name: "退回", exact: true }).click();
  await expect(lead.getByRole("heading", { name: leaf.title })).toBeHidden();

  const drafter = await signedInAs(district.agriculture.drafter);
  await drafter.goto("/desk");
  await expect(drafter.getByRole("row").filter({ hasText: "退回：3 条意见，已答 0 条" }).first()).toBeVisible();
  await drafter.goto(`/reports/${slug}/sections/${leaf.id}`);
  const list = drafter.getByRole("tabpanel", { name: /退回理由/ });
  const reason = (number: number) => list.getByRole("article", { name: `意见${number}` });
  await expect(list.getByText("3 条意见，已答 0 条")).toBeVisible();
  await expect(reason(1)).toContainText("数据");
  await expect(reason(1)).toContainText("必须修改");
  await expect(reason(2)).toContainText("建议修改");
  // In the text as remarks are: the paragraph, and the words in it.
  await expect(paper(drafter).locator(".pinned .marked")).toHaveText(["160.09亿元", "向好"]);
  await reason(1).getByRole("link").click();
  await expect(paper(drafter)).toBeFocused();
  await drafter.keyboard.type("160.12亿元");
  await expectSaved(drafter);
  await expect(reason(1)).toContainText("原文已改，退回时是：");
  expect(await violations(drafter)).toEqual([]);

  await drafter.getByRole("button", { name: "修改后再报" }).click();
  await expect(drafter.getByText("还有 3 条退回意见没有答复")).toBeVisible();
  await reason(1).getByRole("button", { name: "改了", exact: true }).click();
  await expect(list.getByText("3 条意见，已答 1 条")).toBeVisible();
  await reason(2).getByRole("button", { name: "不改，因为…" }).click();
  await expect(reason(2).getByText("不改要写明原因。")).toBeVisible();
  await expect(reason(2).getByRole("textbox")).toBeFocused();
  await drafter.keyboard.type("测算依据在附件二。");
  await reason(2).getByRole("button", { name: "不改，因为…" }).click();
  await expect(list.getByText("3 条意见，已答 2 条")).toBeVisible();
  // Every answer is kept at once, and can be changed.
  await drafter.reload();
  await expect(list.getByText("3 条意见，已答 2 条")).toBeVisible();
  await expect(reason(2)).toContainText("测算依据在附件二。");
  await reason(3).getByRole("textbox").fill("已与发改局商定。");
  await reason(3).getByRole("button", { name: "不改，因为…" }).click();
  await expect(list.getByText("都已答复，可以重新上报。")).toBeVisible();
  await drafter.getByRole("button", { name: "修改后再报" }).click();
  await expect(drafter.getByText("待签发", { exact: true })).toBeVisible();

  await signSection(contextOf(database, district.agriculture.signer), { sectionId: leaf.id, version: 5 });
  await lead.goto(reviewPath);
  const answered = lead.getByRole("region", { name: "退回意见与答复" });
  const one = answered.getByRole("article", { name: "意见1" });
  await expect(one).toContainText("改了");
  await expect(one.getByRole("group", { name: "退回时" }).getByRole("deletion")).toContainText("160.09");
  await expect(one.getByRole("group", { name: "现在" }).getByRole("insertion")).toContainText("160.12");
  await expect(answered.getByRole("article", { name: "意见3" })).toContainText("已与发改局商定。");
  await expect(answered.getByRole("article", { name: "意见3" })).toContainText("没有改动");
  expect(await violations(lead)).toEqual([]);
  await lead.getByRole("button", { name: "通过", exact: true }).click();
  await expect(lead.getByRole("heading", { name: leaf.title })).toBeHidden();
  await drafter.reload();
  await expect(drafter.getByText("已通过", { exact: true })).toBeVisible();
});

/** Selects words of a paragraph as a hand does with the mouse. */
async function selectIn(page: Page, blockId: string, words: string): Promise<void> {
  await page
    .locator(`#block-${blockId}`)
    .last()
    .evaluate((block, wanted) => {
      const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const from = (node.textContent ?? "").indexOf(wanted);
        if (from < 0) continue;
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, from + wanted.length);
        const selection = window.getSelection();
        selection?.removeAllRanges();
        selection?.addRange(range);
        return;
      }
      throw new Error("the words are not in the paragraph");
    }, words);
}
