import type { Actor } from "../domain/kernel/actor";
import { aColleague, aText, contextOf } from "../db/testing/factories";
import { addComment, addSuggestion } from "../domain/remark/mutations";
import { returnSection } from "../domain/section/decisions";
import { saveSection } from "../domain/section/mutations";
import type { TestDatabase } from "../db/testing/database";
import { violations } from "./axe";
import { expect, type Page, PHONE, test } from "./fixtures";
import { aSectionPage, type Stage } from "./stage";
import { append, caretTo, expectSaved, paper, savedText } from "./writing";

const TEXT = "上半年，全区完成投资160.09亿元，同比增长4.2%，增速居全市第三位。";

const rail = (page: Page) => page.getByRole("tabpanel", { name: /批注/ });
const thread = (page: Page, name: string | RegExp) => rail(page).getByRole("article", { name });
const openRemarks = (page: Page) => page.getByRole("tab", { name: /批注/ }).click();
/** The tools come after the text: what they draw is there when they are. */
const remarksReady = async (page: Page) => {
  await openRemarks(page);
  await expect(rail(page).getByRole("group", { name: "筛选批注" })).toBeVisible();
};

test("a comment with a mention lands on the desk of the one who is named, is answered, and is settled", async ({
  signedInAs,
  district,
}) => {
  const { path } = await aSectionPage(district, "drafting", { text: TEXT });
  const drafter = await signedInAs(district.agriculture.drafter);
  await drafter.goto(path);
  await remarksReady(drafter);
  await select(drafter, "同比增长4.2%");
  await drafter.getByRole("button", { name: "批注", exact: true }).click();
  const form = rail(drafter).getByRole("group", { name: "新批注" });
  await expect(form.getByText("同比增长4.2%")).toBeVisible();
  await expect(form.getByRole("textbox", { name: "批注内容" })).toBeFocused();
  await drafter.keyboard.type("请核对口径，@fzr");
  await drafter.getByRole("option", { name: "农业农村局负责人" }).click();
  await expect(form.getByRole("textbox", { name: "批注内容" })).toHaveValue("请核对口径，@农业农村局负责人 ");
  expect(await violations(drafter)).toEqual([]);
  await form.getByRole("button", { name: "写批注" }).click();
  await expect(thread(drafter, /批注1/)).toContainText("请核对口径");
  await expect(thread(drafter, /批注1/)).toContainText("仅本单位可见");
  await expect(drafter.getByRole("tab", { name: /批注\s*1/ })).toBeVisible();

  const signer = await signedInAs(district.agriculture.signer, { viewport: PHONE });
  await expect(async () => {
    await signer.goto("/desk");
    await signer.getByRole("link", { name: /在“农业农村局”中写了批注/ }).click({ timeout: 1000 });
  }).toPass();
  await expect(thread(signer, /批注1/)).toContainText("请核对口径");
  expect(await violations(signer)).toEqual([]);
  await thread(signer, /批注1/).getByRole("button", { name: "答复" }).click();
  await thread(signer, /批注1/).getByRole("textbox", { name: "答复内容" }).fill("已与统计局核对。");
  await thread(signer, /批注1/).getByRole("button", { name: "答复", exact: true }).last().click();
  await expect(thread(signer, /批注1/).getByRole("list", { name: "答复 1 条" })).toContainText("已与统计局核对。");

  // Told while the page is open, without a reload.
  await expect(thread(drafter, /批注1/)).toContainText("已与统计局核对。");
  await thread(drafter, /批注1/).getByRole("button", { name: "办结" }).click();
  await expect(rail(drafter).getByText("没有未办结的批注")).toBeVisible();
  await rail(drafter)
    .getByRole("button", { name: /^已办结/ })
    .click();
  await expect(rail(drafter).getByRole("article")).toContainText("办结");
});

test("a remark keeps to its words under typing before, inside and elsewhere, and after a reload", async ({
  signedInAs,
  district,
  database,
}) => {
  const stage = await aSectionPage(district, "drafting", { text: TEXT });
  await comment(database, district.agriculture.signer, stage, "同比增长4.2%");
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(stage.path);
  const marked = paper(page).locator(".remarked");
  await expect(marked).toHaveText("同比增长4.2%");
  await paper(page).click();
  await caretTo(page, "start");
  await page.keyboard.type("据初步核算，");
  await expect(marked).toHaveText("同比增长4.2%");
  await select(page, "增长4.2%");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("实际");
  await expect(marked).toHaveText("同比实际增长4.2%");
  await append(page, "形势总体平稳。");
  await page.keyboard.press("Enter");
  await page.keyboard.type("另有一段。");
  await expectSaved(page);
  await page.reload();
  await expect(marked).toHaveText("同比实际增长4.2%");
  await openRemarks(page);
  await expect(thread(page, /批注1/)).toContainText("原文已改，批注时是：");
  await expect(thread(page, /批注1/).getByRole("blockquote")).toContainText("同比增长4.2%");
});

test("a remark whose words are deleted stays and quotes them, and comes back with an undo", async ({
  signedInAs,
  district,
  database,
}) => {
  const stage = await aSectionPage(district, "drafting", { text: TEXT });
  await comment(database, district.agriculture.signer, stage, "同比增长4.2%，");
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(stage.path);
  await remarksReady(page);
  await expect(paper(page).locator(".remarked")).toBeVisible();
  await select(page, "同比增长4.2%，");
  await page.keyboard.press("Delete");
  await expect(thread(page, /批注1/)).toContainText("原文已删，批注时是：");
  await expect(thread(page, /批注1/).getByRole("blockquote")).toContainText("同比增长4.2%，");
  expect(await violations(page)).toEqual([]);
  await paper(page).click();
  await page.keyboard.press("Control+z");
  await expect(paper(page).locator(".remarked")).toHaveText("同比增长4.2%，");
  await expect(thread(page, /批注1/)).not.toContainText("原文已删");
  await select(page, "同比增长4.2%，");
  await page.keyboard.press("Delete");
  await expectSaved(page);
  await page.reload();
  await openRemarks(page);
  await expect(thread(page, /批注1/)).toContainText("原文已删，批注时是：");
});

test("the lead bureau proposes words in place and returns; the drafter takes one, leaves one and takes the rest at once", async ({
  signedInAs,
  district,
  database,
}) => {
  const { reviewPath, path, leaf } = await aSectionPage(district, "reviewing", { text: TEXT });
  const lead = await signedInAs(district.bureau.lead);
  await lead.goto(reviewPath);
  await openRemarks(lead);
  await expect(rail(lead).getByText("没有未办结的批注")).toBeVisible();
  await lead.getByRole("button", { name: "建议修改第1段" }).focus();
  await lead.keyboard.press("Enter");
  const form = lead.getByRole("group", { name: "修改建议：第1段" });
  const proposed = TEXT.replace("上半年，", "今年上半年，")
    .replace("完成", "实现")
    .replace("亿元", "亿元（含农户）")
    .replace("第三位", "前列");
  await expect(form.getByRole("textbox", { name: "改后的文字" })).toHaveValue(TEXT);
  await form.getByRole("textbox", { name: "改后的文字" }).fill(proposed);
  await form.getByRole("textbox", { name: "理由" }).fill("与全市口径一致。");
  expect(await violations(lead)).toEqual([]);
  await form.getByRole("button", { name: "提出建议" }).click();
  await expect(rail(lead).getByRole("article")).toHaveCount(4);
  const text = lead.getByRole("main").locator("p[id^='block-']");
  await expect(text.getByRole("insertion")).toHaveText(["今年", "实现", "（含农户）", "前列"]);
  await expect(text.getByRole("deletion")).toHaveText(["完成", "第三位"]);
  expect(await violations(lead)).toEqual([]);
  await lead.getByText("指出本段问题").click();
  await lead.getByLabel(/对第 1 段的意见/).fill("请看修改建议。");
  await lead.getByRole("button", { name: "退回", exact: true }).click();
  await expect(lead.getByText("没有等待处理的段落")).toBeVisible();

  const drafter = await signedInAs(district.agriculture.drafter);
  await drafter.goto(path);
  await remarksReady(drafter);
  await expect(paper(drafter).getByRole("insertion")).toHaveText(["今年", "实现", "（含农户）", "前列"]);
  expect(await violations(drafter)).toEqual([]);
  await thread(drafter, /修改建议1/)
    .getByRole("button", { name: "采纳", exact: true })
    .click();
  await expect(rail(drafter).getByText("已采纳 1 处")).toBeVisible();
  await expect(paper(drafter).getByRole("insertion")).toHaveText(["实现", "（含农户）", "前列"]);
  await paper(drafter).locator("del", { hasText: "完成" }).click();
  const card = drafter.getByRole("dialog", { name: "修改建议" });
  expect(await violations(drafter)).toEqual([]);
  await card.getByRole("button", { name: "不采纳" }).click();
  await expect(paper(drafter).getByRole("insertion")).toHaveText(["（含农户）", "前列"]);
  await rail(drafter).getByRole("button", { name: "全部采纳（2）" }).click();
  await expect(rail(drafter).getByText("已采纳 2 处")).toBeVisible();
  await expect(paper(drafter).getByRole("insertion")).toHaveCount(0);
  const accepted = proposed.replace("实现", "完成");
  await expect(paper(drafter)).toHaveText(accepted);
  await expect.poll(() => savedText(database, leaf.id)).toEqual([accepted]);
  await expectSaved(drafter);

  // The words go back; the suggestions stay settled.
  await paper(drafter).click();
  await drafter.keyboard.press("Control+z");
  await expect(paper(drafter)).toHaveText(TEXT.replace("上半年，", "今年上半年，"));
  await rail(drafter)
    .getByRole("button", { name: /^已办结/ })
    .click();
  await expect(rail(drafter).getByRole("article")).toHaveCount(4);
});

test("a suggestion survives what a colleague writes beside it, and goes in where its words have moved", async ({
  signedInAs,
  district,
  database,
}) => {
  const stage = await aSectionPage(district, "drafting", { text: TEXT });
  await suggest(database, district.agriculture.signer, stage, TEXT.replace("第三位", "前列"));
  const colleague = await aColleague(district, "agriculture", "drafter");
  const [page, other] = [await signedInAs(district.agriculture.drafter), await signedInAs(colleague)];
  await page.goto(stage.path);
  await remarksReady(page);
  await expect(paper(page).getByRole("insertion")).toHaveText("前列");
  await other.goto(stage.path);
  await other.getByRole("textbox", { name: "正文" }).click();
  await caretTo(other, "start");
  await other.keyboard.type("经初步核算，");
  await expectSaved(other);
  await expect(paper(page)).toContainText("经初步核算，上半年");
  await expect(paper(page).getByRole("deletion")).toHaveText("第三位");
  await thread(page, /修改建议1/)
    .getByRole("button", { name: "采纳", exact: true })
    .click();
  await expect(paper(page)).toHaveText(`经初步核算，${TEXT.replace("第三位", "前列")}`);
  await expectSaved(page);
  await expect(paper(other)).toHaveText(`经初步核算，${TEXT.replace("第三位", "前列")}`);
});

test("a suggestion whose words were changed is not put in: it can be left, or done by hand", async ({
  signedInAs,
  district,
  database,
}) => {
  const stage = await aSectionPage(district, "drafting", { text: TEXT });
  await suggest(database, district.agriculture.signer, stage, TEXT.replace("160.09亿元", "161亿元"));
  const now = TEXT.replace("160.09", "160.19");
  await saveSection(contextOf(database, district.agriculture.drafter), {
    sectionId: stage.leaf.id,
    version: 1,
    content: aText(now),
    keep: false,
  });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(stage.path);
  await remarksReady(page);
  await expect(thread(page, /修改建议1/)).toContainText("原文已改，不能直接代入");
  await expect(thread(page, /修改建议1/).getByRole("button", { name: "采纳", exact: true })).toBeHidden();
  await thread(page, /修改建议1/)
    .getByRole("button", { name: "已自行修改" })
    .click();
  await expect(rail(page).getByText("已记为采纳，正文没有变。")).toBeVisible();
  await expect(paper(page)).toHaveText(now);
});

test("while an input method composes nothing is drawn anew, and what it writes is kept beside the remark", async ({
  signedInAs,
  district,
  database,
}) => {
  const stage = await aSectionPage(district, "drafting", { text: TEXT });
  await comment(database, district.agriculture.signer, stage, "同比增长4.2%");
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(stage.path);
  await expect(paper(page).locator(".remarked")).toBeVisible();
  await select(page, "同比增长4.2%");
  await page.keyboard.press("ArrowRight");
  const session = await page.context().newCDPSession(page);
  for (const words of ["z", "zuo", "zuoyou"]) {
    await session.send("Input.imeSetComposition", {
      text: words,
      selectionStart: words.length,
      selectionEnd: words.length,
    });
    await page.keyboard.press("Control+Alt+m");
    await expect(rail(page).getByRole("group", { name: "新批注" })).toHaveCount(0);
  }
  await session.send("Input.insertText", { text: "左右" });
  await expect(paper(page)).toContainText("同比增长4.2%左右，增速");
  await expect(paper(page).locator(".remarked")).toHaveText("同比增长4.2%");
});

test("by keyboard alone: a reader comments on a paragraph, and goes from the remark to the text and back", async ({
  signedInAs,
  district,
}) => {
  const { path } = await aSectionPage(district, "signing", { text: TEXT });
  const page = await signedInAs(district.agriculture.signer);
  await page.goto(path);
  await remarksReady(page);
  const here = page.getByRole("button", { name: "批注第1段" });
  await here.focus();
  await expect(here).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(rail(page).getByRole("textbox", { name: "批注内容" })).toBeFocused();
  await page.keyboard.type("请补充上年同期数。");
  await page.keyboard.press("Tab");
  await rail(page).getByRole("button", { name: "写批注" }).focus();
  await page.keyboard.press("Enter");
  await expect(thread(page, /批注1/)).toContainText("请补充上年同期数。");
  await thread(page, /批注1/).getByTitle("到正文中查看").focus();
  await page.keyboard.press("Enter");
  const sign = page.getByRole("main").getByRole("link", { name: /批注1/ });
  await expect(sign).toBeFocused();
  await page.getByRole("tab", { name: "要求" }).click();
  await sign.focus();
  await page.keyboard.press("Enter");
  await expect(thread(page, /批注1/)).toBeFocused();
  expect(await violations(page)).toEqual([]);
});

test("on a phone: words are selected, commented and found below the text", async ({ signedInAs, district }) => {
  const { path } = await aSectionPage(district, "signing", { text: TEXT });
  const page = await signedInAs(district.agriculture.signer, { viewport: PHONE, hasTouch: true });
  await page.goto(path);
  await remarksReady(page);
  await select(page, "全区完成投资");
  await page.getByRole("button", { name: "批注", exact: true }).tap();
  await expect(rail(page).getByRole("textbox", { name: "批注内容" })).toBeInViewport();
  await rail(page).getByRole("textbox", { name: "批注内容" }).fill("含农户投资吗？");
  expect(await violations(page)).toEqual([]);
  await rail(page).getByRole("button", { name: "写批注" }).tap();
  await expect(thread(page, /批注1/).getByRole("blockquote")).toContainText("全区完成投资");
  await expect(page.getByRole("main").locator(".remarked")).toHaveText("全区完成投资");
  expect(await violations(page)).toEqual([]);
});

test.describe("without a connection", () => {
  test.use({ tolerates: /ERR_INTERNET_DISCONNECTED/ });

  test("what was written is not lost when the connection is, or when the words have gone meanwhile", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: TEXT });
    const page = await signedInAs(district.agriculture.signer);
    await page.goto(path);
    await remarksReady(page);
    await select(page, "增速居全市第三位");
    await page.keyboard.press("Control+Alt+m");
    const field = rail(page).getByRole("textbox", { name: "批注内容" });
    await field.fill("请核对位次。");
    await page.context().setOffline(true);
    await rail(page).getByRole("button", { name: "写批注" }).click();
    await expect(rail(page).getByText("连接不上服务器，没有提交")).toBeVisible();
    await expect(field).toHaveValue("请核对位次。");
    await page.context().setOffline(false);
    await saveSection(contextOf(database, district.agriculture.drafter), {
      sectionId: leaf.id,
      version: 1,
      content: aText("另起炉灶。"),
      keep: false,
    });
    await rail(page).getByRole("button", { name: "写批注" }).click();
    await expect(rail(page).getByText("选中的话不在原处了")).toBeVisible();
    await expect(field).toHaveValue("请核对位次。");
    await page.reload();
    await remarksReady(page);
    await select(page, "另起炉灶");
    await page.keyboard.press("Control+Alt+m");
    await expect(field).toHaveValue("请核对位次。");
    await rail(page).getByRole("button", { name: "写批注" }).click();
    await expect(thread(page, /批注1/)).toContainText("请核对位次。");
  });
});

test("the lead bureau sees what is for it and no more, and nothing at all of a draft", async ({
  signedInAs,
  district,
  database,
}) => {
  const stage = await aSectionPage(district, "reviewing", { text: TEXT });
  await comment(database, district.agriculture.signer, stage, "同比增长4.2%", { internal: true, text: "内部讨论。" });
  await comment(database, district.agriculture.signer, stage, "全市第三位", { text: "请综合股核对。" });
  const lead = await signedInAs(district.bureau.lead);
  await lead.goto(`${stage.path}?tab=remarks`);
  await expect(rail(lead).getByRole("article")).toHaveCount(1);
  await expect(rail(lead)).toContainText("请综合股核对。");
  await expect(lead.getByText("内部讨论")).toHaveCount(0);
  await returnSection(contextOf(database, district.bureau.lead), {
    sectionId: stage.leaf.id,
    version: 3,
    reasons: [{ blockId: stage.leaf.blockId, text: "请核对。" }],
  });
  await lead.reload();
  await expect(rail(lead)).toContainText("文字现在在起草单位手里，上报之后才能批注。");
  await expect(lead.getByRole("main")).not.toContainText("160.09");
  const other = await signedInAs(district.commerce.drafter);
  await other.goto(`${stage.path}?tab=remarks`);
  await expect(other.getByRole("tab", { name: /批注/ })).toHaveCount(0);
});

/** Selects words on the page, as a hand does with the mouse. */
async function select(page: Page, words: string): Promise<void> {
  await page.getByRole("main").evaluate((main, wanted) => {
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const nodes: Text[] = [];
    let whole = "";
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      nodes.push(node as Text);
      whole += node.textContent ?? "";
    }
    const start = whole.indexOf(wanted);
    if (start === -1) throw new Error(`not on the page: ${wanted}`);
    const placeOf = (offset: number, isEnd: boolean): [Text, number] => {
      let at = 0;
      for (const node of nodes) {
        const end = at + node.length;
        if (offset < end || (isEnd && offset === end)) return [node, offset - at];
        at = end;
      }
      throw new Error("beyond the page");
    };
    const range = document.createRange();
    range.setStart(...placeOf(start, false));
    range.setEnd(...placeOf(start + wanted.length, true));
    range.startContainer.parentElement?.closest<HTMLElement>("[contenteditable=true]")?.focus();
    window.getSelection()?.removeAllRanges();
    window.getSelection()?.addRange(range);
  }, words);
  // The page hears of a selection a moment later.
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
}

function comment(
  database: TestDatabase,
  author: Actor,
  { leaf }: Stage,
  quote: string,
  plan: { internal?: boolean; text?: string } = {},
): Promise<string> {
  const from = TEXT.indexOf(quote);
  return addComment(contextOf(database, author), {
    sectionId: leaf.id,
    blockId: leaf.blockId,
    blockText: TEXT,
    from,
    to: from + quote.length,
    text: plan.text ?? "请核对。",
    internal: plan.internal ?? false,
    mentions: [],
  });
}

const suggest = (database: TestDatabase, author: Actor, { leaf }: Stage, proposed: string): Promise<string[]> =>
  addSuggestion(contextOf(database, author), {
    sectionId: leaf.id,
    blockId: leaf.blockId,
    blockText: TEXT,
    proposed,
    text: "",
    internal: false,
  });
