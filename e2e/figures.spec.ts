import { contextOf, takeLeaf, type District, type LeafInState } from "../db/testing/factories";
import {
  aReportWithTable,
  correctIndicator,
  fill,
  number,
  RETAIL,
  takeIndicator,
  type IndicatorPlan,
  type TestIndicator,
} from "../db/testing/indicators";
import type { TestDatabase } from "../db/testing/database";
import { bindingsOf, type ContentInline } from "../domain/section/content";
import { Content } from "../domain/section/content-schema";
import type { IndicatorStatus } from "../domain/indicator/workflow";
import type { SectionStatus } from "../domain/section/workflow";
import { expect, type Page, PHONE, test } from "./fixtures";
import { append, caretTo, expectSaved, paper, paste, savedText } from "./writing";

const GDP: IndicatorPlan = {
  code: "gdp",
  officialName: "地区生产总值",
  shortName: "地区生产总值",
  aliases: ["GDP"],
  unit: "亿元",
  kind: "total",
  department: "agriculture",
  confirmer: null,
  figures: {
    lastActual: number("872.78"),
    planTotal: number("936.49"),
    planGrowth: number("7.3"),
    actual: number("481.35"),
    growth: number("9.1"),
    rankTotal: number("1"),
    rankGrowth: number("2"),
  },
};

test("a figure is put in by “#” and the initials of its pinyin, by an alias, and as a whole clause", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aText(district, { status: "drafting" });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "总产值#dqsczz");
  await expect(options(page)).toHaveText([/^地区生产总值/]);
  await page.keyboard.press("Enter");
  await expect(options(page).first()).toHaveText(/481\.35亿元/);
  await page.keyboard.press("Enter");
  await page.keyboard.type("，#gdp");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.type("；＃社会消费");
  await options(page).click();
  await options(page).filter({ hasText: "要点整句" }).first().click();
  await page.keyboard.type("。");
  await expectSaved(page);
  const said = "总产值481.35亿元，增长9.1%；社会消费品零售总额174.41亿元，完成年度计划的45.78%，增长5.6%。";
  expect(await savedText(database, leaf.id)).toEqual([said]);
  expect(await savedNodes(database, leaf.id)).toMatchObject([
    { type: "figure", attrs: { indicator: "gdp", field: "actual", form: "unit" } },
    { type: "figure", attrs: { indicator: "gdp", field: "growth", form: "change" } },
    { type: "clause", attrs: { indicator: "retail", form: "bullet" } },
  ]);
  await page.reload();
  await expect(paper(page)).toHaveText(said);
});

test("the list says when nothing matches, closes on Esc, and leaves what was typed", async ({
  signedInAs,
  district,
}) => {
  const { path } = await aText(district, { status: "drafting" });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "#zzzz");
  await expect(page.getByText("没有与“zzzz”相符的指标").last()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(paper(page).locator("p")).toHaveText(["#zzzz", ""]);
  await page.keyboard.type("#gdp");
  await expect(options(page)).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(options(page)).toHaveCount(0);
  await page.keyboard.type("x");
  await expect(options(page)).toHaveCount(0);
  await expect(paper(page).locator("p")).toHaveText(["#zzzz", "#gdpx"]);
});

test("an input method composes undisturbed: the list comes when its words are there", async ({
  signedInAs,
  district,
}) => {
  const { path } = await aText(district, { status: "drafting" });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "实现#");
  await expect(options(page)).toHaveText([/^地区生产总值/, /^社会消费品零售总额/, "指标项数"]);
  const keyboard = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  await compose("di");
  await compose("di'qu");
  await expect(paper(page)).toContainText("实现#di'qu");
  await expect(options(page)).toHaveCount(0);
  await keyboard.send("Input.insertText", { text: "地区" });
  await expect(options(page)).toHaveText([/^地区生产总值/]);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(paper(page)).toHaveText("实现481.35亿元");
});

test("typed numbers that the table knows are proposed and bound; wrong ones take the table's figure", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aText(district, { status: "drafting" });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "地区生产总值481.35亿元，");
  await expect(paper(page).locator(".loose")).toHaveText("481.35亿元");
  await page.keyboard.type("增长9.3%");
  await expect(paper(page).locator("mark")).toHaveCount(0);
  await page.keyboard.type("，完成年度计划的51.4%");
  await expect(paper(page).locator("mark")).toHaveText("增长9.3%");
  await page.keyboard.press("Control+Enter");
  await expect(paper(page).locator(".figure")).toHaveText(["51.4%"]);
  await page.keyboard.press("Control+z");
  await expect(paper(page).locator(".loose")).toHaveText(["481.35亿元", "51.4%"]);
  await page.getByRole("tab", { name: "数值 1" }).click();
  const rail = page.getByRole("tabpanel", { name: /数值/ });
  await expect(rail).toContainText("表中为 增长9.1%");
  await paper(page).locator("mark").click();
  await page.getByRole("group", { name: "可以绑定的数值" }).getByRole("button", { name: "改用表中数值" }).click();
  await rail.getByRole("button", { name: "全部绑定" }).click();
  await expect(paper(page).locator(".figure")).toHaveText(["481.35亿元", "增长9.1%", "51.4%"]);
  await expect(rail.getByRole("heading", { name: "已绑定 3" })).toBeVisible();
  await expectSaved(page);
  await expect
    .poll(() => savedText(database, leaf.id))
    .toEqual(["地区生产总值481.35亿元，增长9.1%，完成年度计划的51.4%"]);
});

test("a figure is chosen, changed, worded otherwise with a reason, and made plain words, by the keyboard alone", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aText(district, { status: "drafting", text: ["完成", actual(), "。"] });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await expect(paper(page)).toHaveText("完成481.35亿元。");
  await paper(page).click();
  await caretTo(page, "end");
  await page.keyboard.press("ArrowLeft");
  await heard(page);
  await page.keyboard.press("ArrowLeft");
  await expect(paper(page).locator(".figure.ProseMirror-selectednode")).toBeVisible();
  await page.keyboard.press("Enter");
  const card = page.getByRole("dialog", { name: "绑定的数值：地区生产总值" });
  await expect(card.getByRole("button", { name: "关闭" })).toBeFocused();
  await card.getByLabel("写法").selectOption("增速：增长9.1%");
  await expect(paper(page)).toHaveText("完成增长9.1%。");
  await card.getByLabel("写法").selectOption("完成总量：481.35亿元");
  await card.getByRole("button", { name: "另写表述" }).press("Enter");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("近500亿元");
  await page.keyboard.press("Tab");
  await page.keyboard.type("会议要求用约数");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(paper(page)).toHaveText("完成近500亿元。");
  await expect(card).toContainText("另写表述，理由：会议要求用约数");
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
  await expectSaved(page);
  await expect
    .poll(() => savedNodes(database, leaf.id))
    .toMatchObject([{ attrs: { text: "近500亿元", wording: { text: "近500亿元", reason: "会议要求用约数" } } }]);
  await page.reload();
  await page.getByRole("tab", { name: /数值/ }).click();
  await expect(page.getByRole("tabpanel", { name: /数值/ })).toContainText("会议要求用约数");
  await paper(page).locator(".figure").click();
  await card.getByRole("button", { name: "恢复表中表述" }).click();
  await expect(paper(page)).toHaveText("完成481.35亿元。");
  await card.getByRole("button", { name: "改为普通文字" }).click();
  await expect(paper(page).locator(".figure")).toHaveCount(0);
  await expect(paper(page)).toHaveText("完成481.35亿元。");
});

test("a figure is deleted as one, comes back with Ctrl+Z, and a copy of it is bound too", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aText(district, { status: "drafting", text: ["完成", actual(), "。"] });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await paper(page).locator(".figure").click();
  await page.keyboard.press("Delete");
  await expect(paper(page)).toHaveText("完成。");
  await page.keyboard.press("Control+z");
  await expect(paper(page)).toHaveText("完成481.35亿元。");
  await page.keyboard.press("Control+a");
  const copied = await paper(page).evaluate((text) => {
    const data = new DataTransfer();
    text.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
    return { plain: data.getData("text/plain"), html: data.getData("text/html") };
  });
  expect(copied.plain).toBe("完成481.35亿元。");
  await caretTo(page, "end");
  await paste(page, copied.plain, copied.html);
  await expectSaved(page);
  const nodes = await savedNodes(database, leaf.id);
  expect(nodes).toHaveLength(2);
  expect(new Set(nodes.map((node) => node.attrs.id)).size).toBe(2);
});

test("a text waits for a figure that is not there yet, and has it as soon as it is filled in", async ({
  signedInAs,
  district,
}) => {
  const { path, row } = await aText(district, { status: "drafting", figures: null, text: ["完成", actual(""), "。"] });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await expect(paper(page)).toHaveText("完成〔地区生产总值 暂无数〕。");
  await fill(contextOf(district.database, district.agriculture.drafter), district, row.id, {
    actual: number("481.35"),
  });
  await page.reload();
  await expect(paper(page)).toHaveText("完成481.35亿元。");
  await fill(contextOf(district.database, district.agriculture.drafter), district, row.id, {
    actual: number("481.53"),
  });
  await page.reload();
  await expect(paper(page)).toHaveText("完成481.53亿元。");
});

test("a number against the table keeps a text from going up until it is explained, and the reviewer reads why", async ({
  signedInAs,
  district,
}) => {
  const { path, reviewPath } = await aText(district, { status: "drafting", text: ["地区生产总值增长9.3%。"] });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await page.getByRole("button", { name: "上报签发" }).click();
  await expect(page.getByText(/还有 1 处数据差错/)).toBeVisible();
  await page.getByRole("tab", { name: "数值 1" }).click();
  await page.getByText("不改，写明理由").click();
  await page.getByLabel("理由").fill("按初步核算数写。");
  await page.getByRole("button", { name: "提交说明" }).click();
  await expect(page.getByText("已说明：按初步核算数写。")).toBeVisible();
  await page.getByRole("button", { name: "上报签发" }).click();
  await expect(page.getByText("待签发").first()).toBeVisible();
  const signer = await signedInAs(district.agriculture.signer);
  await signer.goto(reviewPath);
  await expect(signer.locator("mark").first()).toHaveText("增长9.3%");
  await signer.getByRole("tab", { name: /数值/ }).click();
  await expect(signer.getByRole("tabpanel", { name: /数值/ })).toContainText("按初步核算数写。");
});

test.describe("a passed text", () => {
  const TEXT = ["上半年地区生产总值完成", actual(), "。"];
  const AS_PASSED = "上半年地区生产总值完成481.35亿元。";

  test("does not move with the table: the lead takes the new figure", async ({ signedInAs, district }) => {
    const { path, reviewPath, row, slug } = await aText(district, {
      status: "reviewing",
      text: TEXT,
      table: "approved",
    });
    const lead = await signedInAs(district.bureau.lead);
    await lead.goto(reviewPath);
    await expect(lead.locator(".doc").first()).toHaveText(AS_PASSED);
    await expect(lead.locator(".doc a.figure").first()).toHaveAttribute("href", `/reports/${slug}/indicators#gdp`);
    await lead.getByRole("button", { name: "通过" }).click();
    await expect(lead.getByText("没有等待处理的段落")).toBeVisible();
    await correctIndicator(district, row, { actual: number("481.53") });
    await lead.goto(path);
    await expect(lead.locator("main .doc")).toHaveText(AS_PASSED);
    const stale = lead.getByRole("region", { name: /有 1 处数值与指标表不再一致/ });
    await expect(stale).toContainText("481.35亿元");
    await expect(stale).toContainText("481.53亿元");
    await stale.getByRole("button", { name: "采用新值" }).click();
    await expect(stale).toBeHidden();
    await expect(lead.locator("main .doc")).toHaveText("上半年地区生产总值完成481.53亿元。");
  });

  test("keeps its words for a reason that the lead writes", async ({ signedInAs, district }) => {
    const { path, row } = await aText(district, { status: "approved", text: TEXT, table: "approved" });
    await correctIndicator(district, row, { actual: number("481.53") });
    const lead = await signedInAs(district.bureau.lead);
    await lead.goto(path);
    const stale = lead.getByRole("region", { name: /有 1 处数值与指标表不再一致/ });
    await stale.getByText("保留原文", { exact: true }).click();
    await stale.getByLabel("保留原文的理由").fill("会前已按原数印发。");
    await stale.getByRole("button", { name: "确定保留" }).click();
    await expect(stale).toBeHidden();
    await expect(lead.locator("main .doc")).toHaveText(AS_PASSED);
    const drafter = await signedInAs(district.agriculture.drafter);
    await drafter.goto(path);
    await expect(drafter.locator("main .doc")).toHaveText(AS_PASSED);
    await expect(drafter.getByRole("region", { name: /不再一致/ })).toBeHidden();
  });

  test("goes back with its paragraph pinned, and follows the table again", async ({ signedInAs, district }) => {
    const { path, row } = await aText(district, { status: "approved", text: TEXT, table: "approved" });
    await correctIndicator(district, row, { actual: number("481.53") });
    const lead = await signedInAs(district.bureau.lead);
    await lead.goto(path);
    const stale = lead.getByRole("region", { name: /有 1 处数值与指标表不再一致/ });
    await stale.getByText("退回更正", { exact: true }).click();
    await stale.getByRole("button", { name: "确定退回" }).click();
    await expect(stale).toBeHidden();
    const drafter = await signedInAs(district.agriculture.drafter);
    await drafter.goto(path);
    await expect(paper(drafter)).toHaveText("上半年地区生产总值完成481.53亿元。");
    await expect(drafter.getByRole("tabpanel", { name: /退回理由/ })).toContainText(
      "“481.35亿元”与指标表不一致，现为“481.53亿元”，请更正。",
    );
  });
});

test("on a phone a figure is put in and looked at with a finger", async ({ signedInAs, district }) => {
  const { path } = await aText(district, { status: "drafting", text: ["完成"] });
  const page = await signedInAs(district.agriculture.drafter, { viewport: PHONE, hasTouch: true });
  await page.goto(path);
  await paper(page).tap();
  await page.getByRole("button", { name: "# 数值" }).tap();
  await options(page).filter({ hasText: "地区生产总值" }).tap();
  await options(page).first().tap();
  await paper(page).locator(".figure").tap();
  const card = page.getByRole("dialog", { name: "绑定的数值：地区生产总值" });
  await expect(card).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
});

/** No hand is as quick as to press the next arrow before the editor has heard of the last (see caretTo). */
const heard = (page: Page) => page.evaluate(() => new Promise((next) => setTimeout(next, 100)));

const options = (page: Page) => page.getByRole("listbox").getByRole("option");

type Stage = { slug: string; path: string; reviewPath: string; leaf: LeafInState; row: TestIndicator };

/** A leaf of the agriculture office in a report with a table; `table` is how far the figures have gone. */
async function aText(
  district: District,
  plan: {
    status: SectionStatus;
    text?: readonly (string | ContentInline)[];
    table?: IndicatorStatus;
    figures?: null;
  },
): Promise<Stage> {
  const report = await aReportWithTable(district, [GDP, RETAIL]);
  const [gdp, retail] = report.indicators;
  const [first] = report.leaves;
  if (!gdp || !retail || !first) throw new Error("the report is not as it was planned");
  if (plan.figures !== null) await takeIndicator(district, gdp, plan.table ?? "drafting");
  await takeIndicator(district, retail, "approved");
  const leaf = await takeLeaf(district, first, plan.status, paragraph(plan.text ?? []));
  const path = `/reports/${report.slug}/sections/${leaf.id}`;
  return { slug: report.slug, path, reviewPath: `/reports/${report.slug}/review?section=${leaf.id}`, leaf, row: gdp };
}

const paragraph = (parts: readonly (string | ContentInline)[]): Content => ({
  type: "doc",
  content: [
    {
      type: "paragraph",
      attrs: { id: "block-01" },
      content: parts.map((part) => (typeof part === "string" ? { type: "text", text: part } : part)),
    },
  ],
});

function actual(text = "481.35亿元"): ContentInline {
  return {
    type: "figure",
    attrs: { id: "node-01", indicator: "gdp", field: "actual", form: "unit", text, wording: null },
  };
}

async function savedNodes(database: TestDatabase, sectionId: string) {
  const rows = await database.owner.sql`select content from drafts where section_id = ${sectionId}`;
  return bindingsOf(Content.parse(rows[0]?.["content"]));
}
