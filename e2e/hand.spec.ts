import { aReport, takeLeaf, type District } from "../db/testing/factories";
import { aReportWithTable, RETAIL, takeIndicator } from "../db/testing/indicators";
import type { TestDatabase } from "../db/testing/database";
import type { Content, ContentBlock, ContentInline } from "../domain/section/content";
import { violations } from "./axe";
import { DESKTOP, endSessions, expect, type Page, PHONE, test } from "./fixtures";
import { aSectionPage } from "./stage";
import { append, caretTo, expectSaved, paper, savedText } from "./writing";

/** What the page's own markup may send before the first letter, compressed: docs/decisions/008. */
const SCRIPT_BUDGET_KB = 320;

test.describe("finding and replacing", () => {
  test("finds across a lead, a figure and a table by the keyboard, and gives the caret back", async ({
    signedInAs,
    district,
  }) => {
    const { path } = await aPage(district, [
      line("block-1", lead("抓投"), "资完成", figure(), "，社会投资"),
      table("table-1", "民间投资", "1,234.5"),
      line("block-2", "投资额。"),
    ]);
    const page = await signedInAs(district.agriculture.drafter);
    await page.goto(path);
    await expect(paper(page)).toContainText("174.41亿元");
    await start(page);
    await page.keyboard.press("Control+f");
    await expect(query(page)).toBeFocused();
    await page.keyboard.type("投资");
    await expect(bar(page)).toContainText("1/4");
    await expect(paper(page).locator(".found")).toHaveText(["抓投".slice(1), "资", "投资", "投资", "投资"]);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect(bar(page)).toContainText("3/4");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.press("F3");
    await page.keyboard.press("F3");
    await expect(bar(page)).toContainText("4/4");
    await page.keyboard.press("Escape");
    await expect(bar(page)).toBeHidden();
    await expect(paper(page)).toBeFocused();
    await page.keyboard.type("总");
    await expect(paper(page)).toContainText("总额。");
    await page.keyboard.press("Control+f");
    await query(page).fill("1，234．5");
    await expect(bar(page)).toContainText("1/1");
    await page.getByLabel("区分全角半角").check();
    await expect(bar(page)).toContainText("没有找到");
    await query(page).fill("[.*");
    await expect(bar(page)).toContainText("没有找到");
    await query(page).fill("174");
    await expect(paper(page).locator(".found-here")).toHaveText("174.41亿元");
  });

  test("replaces all in one step, says how many, and leaves a figure to the table", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { path, id } = await aPage(district, [line("block-1", "亿元、亿元", figure()), line("block-2", "亿元")]);
    const page = await signedInAs(district.agriculture.drafter);
    await page.goto(path);
    await start(page);
    await page.keyboard.press("Control+h");
    await query(page).fill("亿元");
    await expect(bar(page)).toContainText("1 处在指标数值中，不能替换");
    await page.getByLabel("替换为").fill("万元");
    await page.keyboard.press("Enter");
    await expect(bar(page)).toContainText("已替换 1 处");
    await page.getByRole("button", { name: "全部替换" }).click();
    await expect(bar(page)).toContainText("已替换 2 处，按 Ctrl+Z 可一次撤销");
    await expectSaved(page);
    await expect.poll(() => savedText(database, id)).toEqual(["万元、万元174.41亿元", "万元"]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "撤销" }).click();
    await expect(paper(page).locator("p")).toHaveText(["万元、亿元174.41亿元", "亿元"]);
  });

  test("does nothing in the middle of a composition, in the text and in the field", async ({
    signedInAs,
    district,
  }) => {
    const { path } = await aSectionPage(district, "drafting", { text: "完成投资。" });
    const page = await signedInAs(district.agriculture.drafter);
    await page.goto(path);
    await append(page, "");
    const keyboard = await page.context().newCDPSession(page);
    const compose = (text: string) =>
      keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await compose("tou");
    for (const [key, code] of [
      ["f", "KeyF"],
      ["/", "Slash"],
      ["ArrowUp", "ArrowUp"],
    ] as const)
      await paper(page).evaluate(
        (target, pressed) => {
          const modifier = pressed.key === "ArrowUp" ? { altKey: true } : { ctrlKey: true };
          const event = { ...pressed, ...modifier, isComposing: true, bubbles: true, cancelable: true };
          target.dispatchEvent(new KeyboardEvent("keydown", event));
        },
        { key, code },
      );
    await expect(bar(page)).toBeHidden();
    await expect(page.getByRole("dialog")).toBeHidden();
    await keyboard.send("Input.insertText", { text: "投资" });
    await expect(paper(page)).toHaveText("完成投资。投资");
    await page.keyboard.press("Control+f");
    await expect(query(page)).toBeFocused();
    await compose("tou'zi");
    await expect(query(page)).toHaveValue("tou'zi");
    await expect(paper(page).locator(".found")).toHaveCount(0);
    await keyboard.send("Input.insertText", { text: "投资" });
    await expect(bar(page)).toContainText("/2");
    await query(page).press("Escape");
    await expect(paper(page)).toBeFocused();
  });
});

test("the keys are listed by Ctrl+/ in the text, by ? outside it and by a button; ? in the text is a mark", async ({
  signedInAs,
  district,
}) => {
  const { path } = await aSectionPage(district, "drafting", { text: "完成" });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "?");
  await expect(paper(page)).toHaveText("完成?");
  const help = page.getByRole("dialog", { name: "键盘快捷键" });
  await page.keyboard.press("Control+/");
  await expect(help).toContainText("Ctrl+B");
  await expect(help.getByRole("button", { name: "关闭" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await expect(paper(page)).toBeFocused();
  await page.keyboard.type("。");
  await expect(paper(page)).toHaveText("完成?。");
  await page.getByRole("tab", { name: "稿次" }).click();
  await page.keyboard.press("?");
  await expect(help).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "键盘", exact: true }).click();
  await expect(help).toBeVisible();
});

test("a paragraph is moved by Alt and an arrow, or from the menu, with the caret and its id, in one step", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, id } = await aPage(district, [line("block-1", "甲"), line("block-2", "乙"), line("block-3", "丙")]);
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "末");
  await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(paper(page).locator("p")).toHaveText(["丙末", "甲", "乙"]);
  await page.keyboard.type("尾");
  await expectSaved(page);
  await expect.poll(() => savedBlocks(database, id)).toEqual(["block-3", "block-1", "block-2"]);
  await page.getByText("更多", { exact: true }).click();
  await page.getByRole("button", { name: /本段下移/ }).click();
  await expect(paper(page).locator("p")).toHaveText(["甲", "丙末尾", "乙"]);
  await page.keyboard.press("Control+z");
  await expect(paper(page).locator("p")).toHaveText(["丙末尾", "甲", "乙"]);
});

test("the length is counted as Word does, is held against the limit, and is asked about once before it goes up", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: "完成160.09亿元，增长 10%。" });
  await limitLength(database, leaf.id, 20);
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await expect(page.getByText("17 字 / 不超过 20")).toBeVisible();
  await append(page, "再写五个字");
  await expect(page.getByText("22 字，超出 2 字（不超过 20）")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "上报签发" }).click();
  await expect(page.getByText("文字超出要求 2 字")).toBeVisible();
  await page.getByRole("button", { name: "照此上报" }).click();
  await expect(page.getByText("待签发").first()).toBeVisible();
});

test("last period's paragraphs come to the caret by Enter, as plain words, one step each", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, id } = await withLastPeriod(district, database);
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "");
  await expect(page.getByRole("tab", { name: "上期", selected: true })).toBeVisible();
  const [first, second, third] = [1, 2, 3].map((nth) =>
    page.getByRole("button", { name: `把上期第 ${nth} 段引到光标处` }),
  );
  if (!first || !second || !third) throw new Error("three paragraphs were planned");
  await first.focus();
  await page.keyboard.press("ArrowDown");
  await expect(second).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(paper(page)).toBeFocused();
  await page.keyboard.type("（引）");
  await expect(paper(page).locator("p")).toHaveText(["今年。", "2023年完成174.41亿元。（引）"]);
  await expect(paper(page).locator(".figure")).toHaveCount(0);
  await third.click();
  await expect(paper(page).getByRole("table")).toContainText("面积");
  await expectSaved(page);
  const kept = await savedBlocks(database, id);
  expect(new Set([...kept, "last-1", "last-2", "last-3"]).size).toBe(6);
  await page.keyboard.press("Control+z");
  await expect(paper(page).getByRole("table")).toHaveCount(0);
  await expect(paper(page).locator("p")).toHaveCount(2);
});

test("the paper shows 28 characters of 16 points a line, the first line two in, as it will print", async ({
  signedInAs,
  district,
}) => {
  const { path } = await aSectionPage(district, "drafting", { text: "国".repeat(26 + 28 + 1) });
  const page = await signedInAs(district.agriculture.drafter);
  for (const width of [1366, 1100, 1920, 800]) {
    await page.setViewportSize({ width, height: 768 });
    await page.goto(path);
    await expect(paper(page)).toBeVisible();
    await page.evaluate(() => document.fonts.ready);
    expect(await lines(page), `at ${width}`).toEqual([26, 28, 1]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await page.setViewportSize(DESKTOP);
  const set = await paper(page)
    .locator("p")
    .evaluate((paragraph) => {
      const { fontSize, lineHeight, textIndent } = getComputedStyle(paragraph);
      return [fontSize, lineHeight, textIndent].map(Number.parseFloat);
    });
  const point = 4 / 3;
  // 29 points from line to line: 22 lines in 225 mm (render/pdf/report-template.ts).
  expect(set.map((px) => Math.round((px / point) * 10) / 10)).toEqual([16, 29, 32]);
  await page.setViewportSize(PHONE);
  expect(Math.max(...(await lines(page)))).toBeLessThan(28);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
});

test("what is typed is in the browser's copy when the page goes, however soon", async ({ signedInAs, district }) => {
  const { path } = await aSectionPage(district, "drafting", { text: "完成" });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "");
  await page.route("**/draft", (route) => route.abort());
  const kept = await paper(page).evaluate(async (text) => {
    document.execCommand("insertText", false, "投资");
    // The editor hears of it in the same turn, and would keep it 200 ms later.
    await Promise.resolve();
    window.dispatchEvent(new PageTransitionEvent("pagehide"));
    return [text.textContent, Object.entries(localStorage).map(([, value]) => String(value))];
  });
  expect(kept[0]).toBe("完成投资");
  expect(kept[1]).toEqual([expect.stringContaining("完成投资")]);
});

test("the scripts that a writer waits for stay within their budget", async ({ signedInAs, district }) => {
  const { path } = await aSectionPage(district, "drafting", { text: "完成" });
  const page = await signedInAs(district.agriculture.drafter);
  const sizes = new Map<string, Promise<number>>();
  page.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    sizes.set(
      new URL(request.url()).pathname,
      request.sizes().then(({ responseBodySize }) => responseBodySize),
    );
  });
  const answer = await page.goto(path);
  await expect(paper(page)).toBeVisible();
  await page.waitForLoadState("networkidle");
  const markup = (await answer?.text()) ?? "";
  const first = [...sizes].filter(([name]) => markup.includes(`src="${name}"`));
  const bytes = (await Promise.all(first.map(([, size]) => size))).reduce((sum, size) => sum + size, 0);
  expect(first.length).toBeGreaterThan(3);
  expect(bytes / 1024).toBeGreaterThan(50);
  expect(bytes / 1024).toBeLessThan(SCRIPT_BUDGET_KB);
});

for (const locale of ["zh-CN", "en"] as const) {
  test.describe(`every state of the page is in order, on a desk and on a phone: ${locale}`, () => {
    test.use({ tolerates: /ERR_INTERNET_DISCONNECTED|status of 401/ });

    test("the tools, the blocks and what is wrong", async ({ signedInAs, district, database }) => {
      const { path, id } = await withLastPeriod(district, database);
      await limitLength(database, id, 10);
      const page = await signedInAs(district.agriculture.drafter);
      if (locale === "en") await inEnglish(page);
      const text = page.getByRole("textbox", { name: locale === "en" ? "Text" : "正文" });
      const words = (zh: string, en: string) => (locale === "en" ? en : zh);
      for (const viewport of [DESKTOP, PHONE]) {
        await page.setViewportSize(viewport);
        await page.goto(path);
        await expect(text).toBeVisible();
        const look = (state: string) => expectInOrder(page, `${state} at ${viewport.width}, ${locale}`);
        await look("as it opens");
        await text.click();
        await page.keyboard.press("Control+h");
        await page.getByRole("search").waitFor();
        await page.keyboard.type("今");
        await look("finding");
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+/");
        await page.getByRole("dialog").waitFor();
        await look("the keys");
        await page.keyboard.press("Escape");
        await page.getByText(words("更多", "More"), { exact: true }).click();
        await look("the menu");
        await page.getByText(words("插入表格", "Insert table"), { exact: true }).click();
        await look("a table");
        await page.getByRole("button", { name: words("撤销", "Undo"), exact: true }).click();
        await text.click();
        await page.keyboard.press("Control+End");
        await page.keyboard.press("Enter");
        await page.getByRole("button", { name: words("序号", "Numbered") }).click();
        await page.keyboard.type("写过了十个字的限度。");
        await look("numbered, over the limit");
        await page.keyboard.press("Control+a");
        await page.keyboard.press("Delete");
        await look("empty");
        await page.getByRole("button", { name: words("撤销", "Undo"), exact: true }).click();
        await page.context().setOffline(true);
        await page.keyboard.type("断网");
        await expect(page.getByText(words("连接不上服务器", "cannot be reached"))).toBeVisible();
        await look("offline");
        await page.context().setOffline(false);
        await expect(page.getByText(words("连接不上服务器", "cannot be reached"))).toBeHidden({ timeout: 20_000 });
      }
      await endSessions(database, district.agriculture.drafter);
      await page.keyboard.type("过期");
      await expect(page.getByRole("link", { name: words("重新登录", "Sign in again") })).toBeVisible();
      for (const viewport of [DESKTOP, PHONE]) {
        await page.setViewportSize(viewport);
        await expectInOrder(page, `signed out at ${viewport.width}, ${locale}`);
      }
    });
  });
}

async function expectInOrder(page: Page, where: string): Promise<void> {
  expect.soft(await violations(page), where).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(over, where).toBeLessThanOrEqual(0);
  // What lies beyond the left edge widens nothing and cannot be scrolled to.
  const cut = await page.locator("details[name=menu][open] > :not(summary)").evaluateAll((menus) =>
    menus
      .flatMap((menu) => [menu, ...menu.querySelectorAll("*")])
      .map((part) => part.getBoundingClientRect())
      .filter(({ width, left }) => width > 1 && left < 0),
  );
  expect.soft(cut, where).toEqual([]);
}

async function inEnglish(page: Page): Promise<void> {
  await page.goto("/desk");
  await page.locator("header summary").click();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
}

const bar = (page: Page) => page.getByRole("search", { name: "查找和替换" });
const query = (page: Page) => bar(page).getByRole("textbox", { name: "查找" });

async function start(page: Page): Promise<void> {
  await paper(page).click();
  await caretTo(page, "start");
}

/** How many characters stand in each line of the paper's first paragraph. */
function lines(page: Page): Promise<number[]> {
  return paper(page)
    .locator("p")
    .first()
    .evaluate((paragraph) => {
      const node = paragraph.firstChild;
      const counts = new Map<number, number>();
      const range = document.createRange();
      if (!node) return [];
      for (let at = 0; at < (node.textContent?.length ?? 0); at += 1) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { top } = range.getBoundingClientRect();
        counts.set(top, (counts.get(top) ?? 0) + 1);
      }
      return [...counts.values()];
    });
}

/** A leaf of the agriculture office with these blocks, in a report with a table of one approved row. */
async function aPage(district: District, blocks: ContentBlock[]): Promise<{ path: string; id: string }> {
  const report = await aReportWithTable(district, [RETAIL]);
  const [leaf] = report.leaves;
  const [row] = report.indicators;
  if (!leaf || !row) throw new Error("the report is not as it was planned");
  await takeIndicator(district, row, "approved");
  await takeLeaf(district, leaf, "drafting", text(blocks));
  return { path: `/reports/${report.slug}/sections/${leaf.id}`, id: leaf.id };
}

/** The same in a report that follows one whose text was passed: a lead, bound figures and a table. */
async function withLastPeriod(district: District, database: TestDatabase): Promise<{ path: string; id: string }> {
  const { id: last } = await aPage(district, [
    line("last-1", lead("抓稳产。"), "2023年。"),
    line("last-2", "2023年完成", figure(), "。"),
    table("last-3", "面积", "6.8"),
  ]);
  const { slug, leaves } = await aReport(district);
  const [leaf] = leaves;
  if (!leaf) throw new Error("the report has no leaf");
  await takeLeaf(district, leaf, "drafting", text([line("block-1", "今年。")]));
  const { sql } = database.owner;
  await sql`
    insert into revisions (jurisdiction_id, section_id, organ_id, number, kind, content, author_id, author_label, writers, created_at)
    select d.jurisdiction_id, d.section_id, d.organ_id, 1, 'saved', d.content, d.writers[1], '经办人', d.writers, now()
      from drafts d where d.section_id = ${last}`;
  await sql`update sections set previous_id = ${last} where id = ${leaf.id}`;
  return { path: `/reports/${slug}/sections/${leaf.id}`, id: leaf.id };
}

async function limitLength(database: TestDatabase, sectionId: string, limit: number): Promise<void> {
  await database.owner.sql`
    insert into section_briefs (section_id, jurisdiction_id, guidance, length_limit, updated_label, updated_at)
    select id, jurisdiction_id, '', ${limit}, '综合股', now() from sections where id = ${sectionId}`;
}

async function savedBlocks(database: TestDatabase, sectionId: string): Promise<string[]> {
  const rows = await database.owner.sql`
    select b -> 'attrs' ->> 'id' as id from drafts, jsonb_array_elements(content -> 'content') b
     where section_id = ${sectionId}`;
  return rows.map((row) => String(row["id"]));
}

const text = (content: ContentBlock[]): Content => ({ type: "doc", content });

const line = (id: string, ...pieces: (string | ContentInline)[]): ContentBlock => ({
  type: "paragraph",
  attrs: { id },
  content: pieces.map((piece) => (typeof piece === "string" ? { type: "text", text: piece } : piece)),
});

const lead = (words: string): ContentInline => ({ type: "text", text: words, marks: [{ type: "lead" }] });

const figure = (): ContentInline => ({
  type: "figure",
  attrs: { id: "node-01", indicator: "retail", field: "actual", form: "unit", text: "174.41亿元", wording: null },
});

const table = (id: string, ...cells: string[]): ContentBlock => ({
  type: "table",
  attrs: { id },
  content: [
    {
      type: "tableRow",
      content: cells.map((words) => ({
        type: "tableCell" as const,
        content: [{ type: "paragraph" as const, content: [{ type: "text" as const, text: words }] }],
      })),
    },
  ],
});
