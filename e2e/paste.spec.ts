import { readFileSync } from "node:fs";
import { aReport, takeLeaf, type LeafPlan } from "../db/testing/factories";
import type { TestDatabase } from "../db/testing/database";
import { blockText, type ContentBlock } from "../domain/section/content";
import { Content } from "../domain/section/content-schema";
import { violations } from "./axe";
import { expect, type Page, PHONE, test } from "./fixtures";
import { aSectionPage } from "./stage";
import { append, caretTo, expectSaved, paper, paste, savedText } from "./writing";

const EDITOR = "app/(work)/reports/[report]/sections/[section]/editor";
/** Clipboards of other programs; what made each is said beside them. */
const clipboard = (name: string) => readFileSync(`${EDITOR}/paste/fixtures/${name}.html`, "utf8");

const START = "上半年总体平稳。";

test("from Word come numbers, leads, points and a table; the typing is tidied in a step of its own", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: "" });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "");
  await paste(page, "", clipboard("word"));
  const told = page.getByRole("status").filter({ hasText: "已整理粘贴的文字" });
  await expect(told).toContainText("标点 3 处、空格 2 处。另有 1 张图片没有贴进来。");
  const tidy = [
    "paragraph 一、上半年经济运行情况",
    "paragraph *抓粮食生产。*上半年粮食播种面积6.8万亩，同比增长1.2%，其中早稻播种面积2.1万亩。",
    "paragraph 主要抓好以下工作：",
    "paragraph 一是落实责任；",
    "numbered 落实耕地保护责任；",
    "numbered 建成高标准农田1.5万亩。",
    "bullet 生猪出栏12万头；",
    "bullet 蔬菜产量3万吨。",
    "table 项目|投资（亿元）|||计划|完成|一期工程|12.50|6.30",
    "paragraph ",
  ];
  await expect.poll(() => savedBlocks(database, leaf.id)).toEqual(tidy);
  await expect(paper(page).locator("[data-number]").first()).toHaveAttribute("data-number", "（1）");
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Control+z");
  await expect(told).toBeHidden();
  await expect(paper(page)).toContainText("播种面积 6.8 万亩,同比");
  await page.keyboard.press("Control+z");
  await expect(paper(page)).toHaveText("");
  await page.keyboard.press("Control+y");
  await page.keyboard.press("Control+y");
  await expect.poll(() => savedBlocks(database, leaf.id)).toEqual(tidy);
  await page.reload();
  await expect(paper(page).getByRole("columnheader")).toHaveText(["项目", "投资（亿元）", ""]);
});

for (const [program, name, blocks] of [
  [
    "WPS",
    "wps",
    [
      "paragraph （一）扩大有效投资",
      "paragraph *抓项目发展现代农业。*实施重点项目69个，其中46个进度正常，占66.7%。",
      "numbered 投资增长动能不足；",
      "numbered 要素保障有待加强。",
      "table 指标|完成（亿元）|固定资产投资|35.20",
    ],
  ],
  [
    "LibreOffice",
    "libreoffice-writer",
    [
      "paragraph 一、上半年经济运行情况",
      "paragraph （一）夯实农业基础，抓好稳产保供",
      "paragraph *抓粮食生产。*上半年粮食播种面积6.8万亩，同比增长1.2%，“菜篮子”供应稳定，打造“一村一品”。",
      "paragraph 主要抓好以下工作：",
      "numbered 落实耕地保护责任；",
      "numbered 推进高标准农田建设；",
      "numbered 做好防灾减灾工作。",
      "bullet 生猪出栏12万头；",
      "bullet 蔬菜产量3万吨。",
      "paragraph 重点项目进展如下表所示。",
      "table 项目|计划投资（亿元）|完成投资（亿元）|一期|12.50|6.30||8.00|4.10|合计|20.50|10.40",
      "paragraph 总体平稳。",
    ],
  ],
  [
    "Calc",
    "libreoffice-calc",
    [
      "paragraph 2024年上半年重点项目完成情况",
      "table 项目|计划投资（亿元）|完成投资（亿元）|备注|一期工程|12.50|6.30|在建|二期工程|1,308|1,234.5|增长3.2%|合计|1,320.50|1,240.80|已核",
    ],
  ],
  [
    "Excel",
    "excel",
    [
      "paragraph 2024年上半年重点项目完成情况",
      "table 项目|计划投资（亿元）|完成投资（亿元）|备注|一期工程|12.50|6.3|在建|合计|20.50|10.40|已核",
    ],
  ],
] as const) {
  test(`from ${program} come structure and words, and nothing of its looks`, async ({
    signedInAs,
    district,
    database,
  }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
    const page = await signedInAs(district.agriculture.drafter);
    await page.goto(path);
    await append(page, "");
    await page.keyboard.press("Enter");
    await paste(page, "", clipboard(name));
    await expect
      .poll(async () => (await savedBlocks(database, leaf.id)).filter((block) => block !== "paragraph "))
      .toEqual([`paragraph ${START}`, ...blocks]);
    await expect(paper(page).locator("[style], font, [class^=Mso], [class^=xl]")).toHaveCount(0);
  });
}

test("a cell of Excel is its words; a range put into a cell fills the cells from there on", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "总量");
  await paste(page, "481.35\r\n", clipboard("excel-cell"));
  await page.keyboard.type("亿元。");
  await insertTable(page);
  await paste(page, "一\t二\t三\t四\n五\t六\t七\t八\n");
  await expectSaved(page);
  await expect
    .poll(() => savedBlocks(database, leaf.id))
    .toEqual([`paragraph ${START}总量481.35亿元。`, "table 一|二|三|四|五|六|七|八||||", "paragraph "]);
});

test("tidying can be taken back after writing on, and leaves what was written", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "");
  await paste(page, '实现 "双过半",增长 9.1 %');
  await page.keyboard.type("，稳中有进。");
  await expect(paper(page)).toHaveText(`${START}实现“双过半”，增长9.1%，稳中有进。`);
  await page.getByRole("button", { name: "撤销整理" }).click();
  const raw = `${START}实现 "双过半",增长 9.1 %，稳中有进。`;
  await expect(paper(page)).toHaveText(raw);
  await expect(page.getByText("已整理粘贴的文字")).toBeHidden();
  await expect(paper(page)).toBeFocused();
  await expect.poll(() => savedText(database, leaf.id)).toEqual([raw]);
});

test("what is pasted runs nothing, and keeps signs of every script", async ({ signedInAs, district, database }) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: "" });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "");
  await paste(
    page,
    "",
    `<p>固定资产投资<img src=x onerror="window.ran = 1"><script>window.ran = 1</script></p>
     <p><a href="javascript:window.ran=1">增长10%</a>，👩‍👩‍👧 مرحبا &lt;script&gt;window.ran = 1&lt;/script&gt;</p>`,
  );
  await paste(page, "零\0半\ud800个\u202e逆\u200b宽");
  await expectSaved(page);
  const kept = ["固定资产投资", "增长10%，👩‍👩‍👧 مرحبا <script>window.ran = 1</script>零半个逆宽"];
  expect(await savedText(database, leaf.id)).toEqual(kept);
  await page.reload();
  await expect(paper(page)).toHaveText(kept.join(""));
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
});

test("five megabytes are refused in clear words; the page lives on and nothing is lost", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "先写的一句。");
  const book = "投资".repeat(850_000);
  await paste(page, book, `<p>${book}</p>`);
  await expect(page.getByText("剪贴板里有 1,700,000 字，一次最多粘贴 100,000 字。正文没有变")).toBeVisible();
  await paste(page, "", `<p>${book}${book}${book}</p>`);
  await expect(page.getByText(/剪贴板里的内容有 5\.1 MB，一次最多粘贴 4 MB/)).toBeVisible();
  await page.keyboard.type("后写的一句。");
  await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}先写的一句。后写的一句。`]);
  await page.getByRole("button", { name: "关闭", exact: true }).click();
  await expect(page.getByText("剪贴板里的内容")).toBeHidden();
});

test("what is typed while the reader is on its way stands behind what was pasted", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await expect(paper(page)).toBeVisible();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/_next/static/**", async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest("**/_next/static/**");
  await append(page, "");
  await asked;
  await paste(page, "", "<p>贴的一段，</p><p>贴的二段。</p>");
  await page.keyboard.type("写的。");
  release();
  await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}贴的一段，`, "贴的二段。写的。"]);
  await page.keyboard.type("又写的。");
  await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}贴的一段，`, "贴的二段。写的。又写的。"]);
});

test.describe("without a server", () => {
  test.use({ tolerates: /net::ERR_FAILED|Failed to load/ });

  test("a paste whose reader cannot be loaded comes in as bare lines", async ({ signedInAs, district, database }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
    const page = await signedInAs(district.agriculture.drafter);
    await page.goto(path);
    await expect(paper(page)).toBeVisible();
    await page.route("**/_next/static/**", (route) => route.abort());
    await append(page, "");
    await paste(page, "第一行，\n第二行。", "<p><b>第一行，</b></p><p>第二行。</p>");
    await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}第一行，`, "第二行。"]);
    await paste(page, "", "<p>只有这样的</p>");
    await expect(page.getByText("粘贴工具没有取到。正文没有变，剪贴板里的内容还在")).toBeVisible();
  });
});

test("a block that is cut and pasted keeps its id, a copied one has a new one, over undo and redo", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: "一。" });
  const page = await signedInAs(district.agriculture.drafter, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(path);
  await append(page, "");
  for (const words of ["二。", "三。"]) {
    await page.keyboard.press("Enter");
    await page.keyboard.type(words);
  }
  await expect.poll(() => savedText(database, leaf.id)).toEqual(["一。", "二。", "三。"]);
  const [one, two, three] = await savedIds(database, leaf.id);
  await chooseTo(page, 0, 2);
  await page.keyboard.press("Control+x");
  await expect(paper(page)).toHaveText("三。");
  await caretTo(page, "end");
  await page.keyboard.press("Control+v");
  await expect.poll(() => savedText(database, leaf.id)).toEqual(["三。一。", "二。", ""]);
  expect((await savedIds(database, leaf.id)).slice(0, 2)).toEqual([three, two]);
  await page.keyboard.press("Control+v");
  await expect.poll(() => savedText(database, leaf.id)).toEqual(["三。一。", "二。", "一。", "二。", ""]);
  const ids = await savedIds(database, leaf.id);
  expect(ids.slice(0, 2)).toEqual([three, two]);
  expect(new Set(ids).size).toBe(5);
  for (let count = 0; count < 3; count += 1) await page.keyboard.press("Control+z");
  await expect.poll(() => savedIds(database, leaf.id)).toEqual([one, two, three]);
});

test("what is copied here comes back as it was, and as words where only words may stand", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: "一。" });
  const page = await signedInAs(district.agriculture.drafter, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(path);
  await append(page, "");
  await page.keyboard.press("Enter");
  await paste(page, "（1）二\n甲\t乙\n丙\t丁\n三,3 件");
  await expect.poll(() => savedBlocks(database, leaf.id)).toHaveLength(4);
  await page.getByRole("button", { name: "撤销整理" }).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await caretTo(page, "end");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+v");
  const blocks = ["paragraph 一。", "numbered 二", "table 甲|乙|丙|丁", "paragraph 三,3 件"];
  await expect.poll(() => savedBlocks(database, leaf.id)).toEqual([...blocks, ...blocks]);
  await expect(page.getByText("已整理粘贴的文字")).toBeHidden();
  const ids = await savedIds(database, leaf.id);
  expect(new Set(ids).size).toBe(8);
  await chooseTo(page, 0, 1);
  await page.keyboard.press("Control+c");
  await paper(page).getByRole("cell").last().click();
  // The editor hears of the new place a moment after the click.
  await expect(page.getByRole("button", { name: "（1）序号" })).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("End");
  await page.keyboard.press("Control+v");
  await expect.poll(async () => (await savedBlocks(database, leaf.id))[6]).toBe("table 甲|乙|丙|丁一。");
});

test.describe("blocks", () => {
  test("a number that is due makes a point, Enter the next one, an empty one ends the run; never in a composition", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
    const page = await signedInAs(district.agriculture.drafter);
    await page.goto(path);
    await append(page, "");
    await page.keyboard.press("Enter");
    await page.keyboard.type("（1）扩大投资；");
    await page.keyboard.press("Enter");
    await page.keyboard.type("促进消费。");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.keyboard.type("（5）不是下一个。");
    await page.keyboard.press("Enter");
    await page.keyboard.type("1. 另数；");
    await expect(paper(page).locator("[data-number]")).toHaveText(["扩大投资；", "促进消费。", "另数；"]);
    expect(await numbersOf(page)).toEqual(["（1）", "（2）", "（1）"]);
    await expect.poll(async () => (await savedBlocks(database, leaf.id)).at(-1)).toBe("numbered 另数；");
    // The key comes before the browser has told of the caret's new place, and acts where it is seen.
    await paper(page)
      .locator("[data-number]")
      .nth(2)
      .evaluate((line) => {
        window.getSelection()?.collapse(line.firstChild, 0);
        const key = { key: "Backspace", code: "Backspace", keyCode: 8, bubbles: true, cancelable: true };
        line.dispatchEvent(new KeyboardEvent("keydown", key));
      });
    expect(await numbersOf(page)).toEqual(["（1）", "（2）"]);
    await append(page, "");
    await page.keyboard.press("Enter");
    const keyboard = await page.context().newCDPSession(page);
    await keyboard.send("Input.imeSetComposition", { text: "（1）", selectionStart: 3, selectionEnd: 3 });
    await expect(paper(page)).toContainText("另数；（1）");
    expect(await numbersOf(page)).toEqual(["（1）", "（2）"]);
    await keyboard.send("Input.insertText", { text: "（1" });
    await expect
      .poll(() => savedBlocks(database, leaf.id))
      .toEqual([
        `paragraph ${START}`,
        "numbered 扩大投资；",
        "numbered 促进消费。",
        "paragraph （5）不是下一个。",
        "paragraph 另数；",
        "paragraph （1",
      ]);
  });

  test("a table is put in, gone through, made larger and smaller and deleted by the keyboard and its tools", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
    const page = await signedInAs(district.agriculture.drafter);
    await page.goto(path);
    await append(page, "");
    await insertTable(page);
    for (const words of ["项目", "投资", "进度"]) {
      await page.keyboard.type(words);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.type("一期");
    const tools = page.getByRole("toolbar", { name: "表格" });
    await tools.getByRole("button", { name: "下方插行" }).click();
    await tools.getByRole("button", { name: "右侧插列" }).click();
    await expect(paper(page).getByRole("row")).toHaveCount(4);
    await expect(paper(page).getByRole("columnheader")).toHaveCount(4);
    await tools.getByRole("button", { name: "删除列" }).click();
    await expect(tools.getByRole("button", { name: "首行为表头" })).toHaveAttribute("aria-pressed", "true");
    expect(await violations(page)).toEqual([]);
    await expectSaved(page);
    await expect
      .poll(() => savedBlocks(database, leaf.id))
      .toEqual([`paragraph ${START}`, "table |投资|进度|||||||||", "paragraph "]);
    await tools.getByRole("button", { name: "删除表格" }).click();
    await expect(tools).toBeHidden();
    await expect.poll(() => savedBlocks(database, leaf.id)).toEqual([`paragraph ${START}`, "paragraph "]);
  });

  test("points and tables are read by those who review and by those who look back, on a phone too", async ({
    signedInAs,
    district,
  }) => {
    const { path, reviewPath } = await aTextOf(district, CONTENT);
    const signer = await signedInAs(district.agriculture.signer, { viewport: PHONE });
    await signer.goto(reviewPath);
    await expect(signer.getByText("（1）扩大投资；").first()).toBeVisible();
    await expect(signer.getByText("（2）促进消费。").first()).toBeVisible();
    await expect(signer.getByRole("table").first().getByRole("columnheader")).toHaveText(["项目", "投资"]);
    expect(await signer.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    expect(await violations(signer)).toEqual([]);
    await signer.goto(path);
    await expect(signer.getByRole("main").getByText("（2）促进消费。").first()).toBeVisible();
    expect(await violations(signer)).toEqual([]);
  });

  test("a pasted table goes into the cells of an annex, and a title takes one line", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { slug, leaves } = await aReport(district, { leaves: KINDS });
    const [title, annex] = leaves;
    if (!title || !annex) throw new Error("the report is not as it was planned");
    await takeLeaf(district, title, "drafting", "关于");
    await takeLeaf(district, annex, "drafting", "指标");
    const page = await signedInAs(district.agriculture.drafter);
    await page.goto(`/reports/${slug}/sections/${title.id}`);
    await append(page, "");
    await paste(page, "", "<h1>上半年<br>计划执行情况</h1><p>的报告</p>");
    await expect.poll(() => savedText(database, title.id)).toEqual(["关于上半年计划执行情况的报告"]);
    await page.goto(`/reports/${slug}/sections/${annex.id}`);
    await paper(page).getByRole("cell").last().click();
    await paste(page, "甲\t乙\n丙\t丁");
    await expectSaved(page);
    const [table] = await savedBlocks(database, annex.id);
    expect(table).toMatch(/甲\|乙.*丙\|丁/);
  });
});

const KINDS: LeafPlan[] = [
  { department: "agriculture", kind: "title" },
  { department: "agriculture", kind: "annex" },
];

const inCell = (type: "tableHeader" | "tableCell", text: string) => ({
  type,
  content: [{ type: "paragraph" as const, content: [{ type: "text" as const, text }] }],
});
const point = (id: string, text: string): ContentBlock => ({
  type: "numbered",
  attrs: { id },
  content: [{ type: "text", text }],
});
const CONTENT: Content = {
  type: "doc",
  content: [
    point("point-1", "扩大投资；"),
    point("point-2", "促进消费。"),
    {
      type: "table",
      attrs: { id: "table-1" },
      content: [
        { type: "tableRow", content: [inCell("tableHeader", "项目"), inCell("tableHeader", "投资")] },
        { type: "tableRow", content: [inCell("tableCell", "一期"), inCell("tableCell", "2.5")] },
      ],
    },
  ],
};

async function aTextOf(district: Parameters<typeof aReport>[0], content: Content) {
  const { slug, leaves } = await aReport(district);
  const [first] = leaves;
  if (!first) throw new Error("the report has no leaf");
  const leaf = await takeLeaf(district, first, "signing", content);
  const path = `/reports/${slug}/sections/${leaf.id}`;
  return { path, reviewPath: `/reports/${slug}/review?section=${leaf.id}` };
}

/** Chooses from the start of one block to the start of another, and waits until the editor has heard of it. */
async function chooseTo(page: Page, from: number, to: number): Promise<void> {
  await paper(page).evaluate(
    async (text, [first, last]) => {
      const [start, end] = [text.children[first ?? 0], text.children[last ?? 0]];
      if (start && end) window.getSelection()?.setBaseAndExtent(start, 0, end, 0);
      await new Promise((next) => setTimeout(next, 100));
    },
    [from, to],
  );
}

async function insertTable(page: Page): Promise<void> {
  await page.getByText("更多", { exact: true }).click();
  await page.getByRole("button", { name: "插入表格" }).click();
}

const numbersOf = (page: Page) =>
  paper(page)
    .locator("[data-number]")
    .evaluateAll((points) => points.map((one) => one.getAttribute("data-number")));

async function savedContent(database: TestDatabase, sectionId: string): Promise<Content> {
  const rows = await database.owner.sql`select content from drafts where section_id = ${sectionId}`;
  return Content.parse(rows[0]?.["content"]);
}

/** "numbered words"; a lead stands between asterisks, cells between bars. */
async function savedBlocks(database: TestDatabase, sectionId: string): Promise<string[]> {
  const { content } = await savedContent(database, sectionId);
  return content.map((block) => {
    if (block.type === "table") return `table ${blockText(block).replaceAll(/[\t\n]/g, "|")}`;
    const words = (block.content ?? []).map((node) =>
      node.type === "text" && node.marks?.length
        ? `*${node.text}*`
        : node.type === "text"
          ? node.text
          : node.attrs.text,
    );
    return `${block.type} ${words.join("")}`;
  });
}

const savedIds = async (database: TestDatabase, sectionId: string): Promise<string[]> =>
  (await savedContent(database, sectionId)).content.map((block) => block.attrs.id);
