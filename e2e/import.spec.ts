import { readFileSync } from "node:fs";
import { Document, HeadingLevel, Packer, Paragraph, TextRun } from "docx";
import { aDistrict, aReport, aText as aTextOf, contextOf, takeLeaf } from "../db/testing/factories";
import { aReportWithTable, RETAIL, takeIndicator } from "../db/testing/indicators";
import { REAL_TEXT, reportDocx } from "../domain/import/report-docx.testing";
import { REAL_CSV, realRows } from "../domain/indicator/real-table.testing";
import { storedZip, unpacked, zipEntries } from "../domain/indicator/files/zip-parts";
import { bindingsOf, blockText } from "../domain/section/content";
import { saveSection } from "../domain/section/mutations";
import { toMarkdown } from "../render/text/to-markdown";
import { violations } from "./axe";
import { expect, type Page, PHONE, test } from "./fixtures";
import { compiledOf, draftsOf, passAll, theRealReportEmpty, withFile } from "./import-stage";
import { append, expectSaved, paper, savedText } from "./writing";

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const fixture = (name: string) => readFileSync(new URL(`../domain/import/fixtures/${name}`, import.meta.url));
const picker = (page: Page) => page.getByLabel(/选择文件|换一个文件/);
const give = (page: Page, name: string, buffer: Uint8Array) =>
  picker(page).setInputFiles({ name, mimeType: WORD, buffer: Buffer.from(buffer) });
const choiceFor = (page: Page, leaf: string) => page.getByRole("combobox", { name: `“${leaf}”取用文件中的` });

test("the whole real report comes in from a Word file without a correction, and compiles to the original", async ({
  signedInAs,
  district,
}) => {
  test.setTimeout(180_000);
  const report = await theRealReportEmpty(district, `${district.code}-real`);
  const page = await signedInAs(district.bureau.lead);
  await page.goto(report.path);
  await page.getByRole("link", { name: "导入 Word" }).click();
  await give(page, "2024年上半年报告.docx", await reportDocx("automatic"));
  await expect(
    page.getByText("“2024年上半年报告.docx”：74 个段落对上了文字，将填入 74 个；文件中有 0 段不填。"),
  ).toBeVisible();
  // Every leaf has a text by the outline, and no list is touched.
  await expect(page.getByRole("combobox")).toHaveCount(74);
  const chosen = await page
    .getByRole("combobox")
    .evaluateAll((lists) => lists.map((list) => (list as HTMLSelectElement).value));
  expect([chosen.length, new Set(chosen).size, chosen.includes("")]).toEqual([74, 74, false]);
  await expect(page.getByText("文件里的文字都有了位置。")).toBeVisible();
  const figures = page.getByRole("region", { name: "附件指标表对照" }).first();
  await expect(figures).toContainText("没有不同");
  await expect(page.getByRole("checkbox", { name: /处与指标表一致的数字设为数值/ })).toBeChecked();
  expect(await violations(page)).toEqual([]);

  await page.getByRole("button", { name: "填入 74 个段落" }).click();
  await expect(page.getByText("已填入 74 个段落")).toBeVisible();
  await expect(page.getByText("文件里的文字都有了位置。")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const laid = await draftsOf(district, report.id);
  const bound = [...laid.values()].flatMap(bindingsOf);
  expect(bound.length).toBeGreaterThan(30);

  await passAll(district, report);
  const { passed, underWay } = await compiledOf(district, report.id);
  for (const { document, missing } of [passed, underWay]) {
    expect(toMarkdown(document)).toBe(REAL_TEXT);
    expect(document.annexes.map(({ header, rows }) => [header, ...rows])).toEqual([REAL_CSV]);
    expect(missing).toEqual([]);
  }
});

test("a leaf that a department has written in is not overwritten, and its text in the file is told as left over", async ({
  signedInAs,
  district,
}) => {
  const { slug, leaves, id } = await aReport(district, {
    leaves: [
      { department: "agriculture", title: "农业生产稳定" },
      { department: "commerce", title: "消费持续回升" },
    ],
  });
  const [written, free] = leaves;
  if (!written || !free) throw new Error("no leaves");
  await takeLeaf(district, written, "drafting", "这是农业农村局自己写的。");
  const page = await signedInAs(district.bureau.lead);
  await page.goto(`/reports/${slug}/import`);
  await give(page, "全文.docx", await twoLeads());
  const row = page.getByRole("listitem", { name: "农业生产稳定" });
  await expect(row).toContainText("已有文字，不会覆盖");
  await expect(row.getByRole("combobox")).toHaveCount(0);
  await expect(page.getByText("这是农业农村局自己写的")).toHaveCount(0);
  await expect(choiceFor(page, "消费持续回升")).not.toHaveValue("");
  const left = page.getByRole("region", { name: "没有放进报告的文字（2 段）" });
  await expect(left).toContainText("农业生产稳定：已有文字，不会覆盖");
  // Somebody begins to write between the look and the press: that is skipped too, and told.
  await saveSection(contextOf(district.database, district.commerce.drafter), {
    sectionId: free.id,
    version: 0,
    content: aTextOf("商务局刚写的。"),
    keep: false,
  });
  await page.getByRole("button", { name: "填入 1 个段落" }).click();
  await expect(page.getByText("没有填入任何段落")).toBeVisible();
  await expect(page.getByRole("region", { name: "跳过 1 个，原来的文字没有改动" })).toContainText("消费持续回升");
  const kept = await draftsOf(district, id);
  expect([...kept.values()].map((content) => content.content.map(blockText).join(""))).toEqual(
    expect.arrayContaining(["这是农业农村局自己写的。", "商务局刚写的。"]),
  );
});

test("a drafter who has the empty leaf open sees the text come in, and goes on with it", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, slug, leafId } = await aRetailLeaf(district, "");
  const drafter = await signedInAs(district.commerce.drafter);
  await drafter.goto(path);
  await expect(paper(drafter)).toHaveText("");
  const lead = await signedInAs(district.bureau.lead);
  await lead.goto(`/reports/${slug}/import`);
  await give(lead, "全文.docx", await twoLeads());
  await lead.getByRole("button", { name: "填入 1 个段落" }).click();
  await expect(lead.getByText("已填入 1 个段落")).toBeVisible();
  await expect(paper(drafter)).toContainText("消费持续回升。社会消费品零售总额174.41亿元，增长5.6%。");
  await expect(paper(drafter).locator(".figure")).toHaveText(["174.41亿元", "增长5.6%"]);
  await append(drafter, "限额以上单位增长更快。");
  await expectSaved(drafter);
  expect((await savedText(database, leafId)).join("")).toBe(
    "消费持续回升。社会消费品零售总额174.41亿元，增长5.6%。限额以上单位增长更快。",
  );
});

test.describe("looked over", () => {
  // What has changed meanwhile is refused, which is in the console as a failed request.
  test.use({ tolerates: /status of 409/ });

  test("another place is chosen by hand, twice the same is refused, and what is confirmed is what was shown", async ({
    signedInAs,
    district,
  }) => {
    const { slug, id } = await aReport(district, {
      leaves: [
        { department: "agriculture", title: "农业生产稳定" },
        { department: "commerce", title: "内需稳步恢复" },
      ],
    });
    const page = await signedInAs(district.bureau.lead, { viewport: PHONE });
    await page.goto(`/reports/${slug}/import`);
    await give(page, "全文.docx", await twoLeads());
    const other = choiceFor(page, "内需稳步恢复");
    await expect(other).toHaveValue("");
    await other.selectOption({ label: "一、2024年上半年计划执行情况 › 农业生产稳定" });
    await expect(page.getByText("同一段文字选了两次：农业生产稳定。请只留一处。")).toBeVisible();
    await other.selectOption({ label: "一、2024年上半年计划执行情况 › 消费持续回升" });
    expect(await violations(page)).toEqual([]);
    // The outline changes while it is looked over: nothing is laid in, and the new comparison is there at once.
    await district.database.owner
      .sql`update sections set title = '内需回升' where report_id = ${id} and title = '内需稳步恢复'`;
    await page.getByRole("button", { name: "填入 2 个段落" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "一个字也没有导入" })).toBeVisible();
    expect([...(await draftsOf(district, id)).values()].every(({ content }) => content.length === 0)).toBe(true);
    await page.reload();
    await give(page, "全文.docx", await twoLeads());
    // One row after another: the first choice stays when the second is made.
    await choiceFor(page, "内需回升").selectOption({ label: "一、2024年上半年计划执行情况 › 消费持续回升" });
    const first = choiceFor(page, "农业生产稳定");
    await first.selectOption({ label: "不填" });
    await expect(choiceFor(page, "内需回升")).not.toHaveValue("");
    await first.selectOption({ label: "一、2024年上半年计划执行情况 › 农业生产稳定" });
    await expect(first).not.toHaveValue("");
    await expect(choiceFor(page, "内需回升")).not.toHaveValue("");
    await page.getByRole("button", { name: "填入 2 个段落" }).click();
    await expect(page.getByText("已填入 2 个段落")).toBeVisible();
    const laid = await draftsOf(district, id);
    expect(laid.get("内需回升")?.content.map(blockText).join("")).toContain("社会消费品零售总额");
  });
});

test("a department takes its own file in: typing repaired, figures proposed, one step that Ctrl+Z takes back", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leafId } = await aRetailLeaf(district, "商务局原来的文字。");
  const page = await signedInAs(district.commerce.drafter);
  await page.goto(path);
  await expect(paper(page)).toContainText("商务局原来的文字。");
  await openImport(page);
  const file = await docx(
    new Paragraph("上半年,社会消费品零售总额 174.41 亿元，增长5.6%。"),
    new Paragraph("举办“有福之州”促消费活动20场。"),
  );
  await give(page, "商务局.docx", file);
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("region", { name: "现在的文字" })).toContainText("商务局原来的文字。");
  const then = dialog.getByRole("region", { name: "文件中的文字" });
  await expect(then).toContainText("上半年，社会消费品零售总额174.41亿元，增长5.6%。");
  await expect(then).toContainText("已整理 3 处：空格 2、标点 1");
  await expect(dialog.getByRole("checkbox", { name: "把 2 处与指标表一致的数字设为数值" })).toBeChecked();
  await expect(dialog.getByText("文件里的文字全部取用，没有遗漏。")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "替换全文" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(paper(page).locator(".figure")).toHaveText(["174.41亿元", "增长5.6%"]);
  await expect(
    page.getByText("已用“商务局.docx”中的文字替换全文。按 Ctrl+Z 恢复原来的文字。其中 2 处数字已设为数值。"),
  ).toBeVisible();
  await expectSaved(page);
  await expect
    .poll(() => savedText(database, leafId))
    .toEqual(["上半年，社会消费品零售总额174.41亿元，增长5.6%。", "举办“有福之州”促消费活动20场。"]);

  await page.keyboard.press("Control+z");
  await expect(paper(page)).toHaveText("商务局原来的文字。");
  await page.keyboard.press("Control+y");
  await expect(paper(page).locator(".figure")).toHaveCount(2);

  await openImport(page);
  await give(page, "商务局.docx", file);
  await dialog.getByRole("checkbox", { name: /设为数值/ }).uncheck();
  await dialog.getByRole("button", { name: "接在后面" }).click();
  await expect(paper(page).locator("p")).toHaveCount(4);
  await expect(paper(page).locator(".figure")).toHaveCount(2);
  await append(page, "再接再厉。");
  await page.keyboard.press("Control+z");
  await expect(paper(page).locator("p")).toHaveCount(4);
  await expectSaved(page);
  await page.reload();
  await expect(paper(page).locator("p")).toHaveCount(4);
});

test("of a whole report a department gets its own part, and is told of the rest", async ({ signedInAs, district }) => {
  const { path } = await aRetailLeaf(district, "");
  const page = await signedInAs(district.commerce.drafter, { viewport: PHONE });
  await page.goto(path);
  await openImport(page);
  await give(page, "全文.docx", await twoLeads());
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("按大纲自动选定：标题相同")).toBeVisible();
  await expect(dialog.getByRole("region", { name: "文件中的文字" })).toContainText("消费持续回升。");
  const rest = dialog.getByRole("group").filter({ hasText: /文件中没有取用的 \d+ 行/ });
  await expect(rest).toContainText("农业生产稳定。");
  await expect(rest).toContainText("一、2024年上半年计划执行情况");
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(paper(page)).toHaveText("");
});

test.describe("a file that cannot be taken", () => {
  // The server's refusals are in the console as failed requests.
  test.use({ tolerates: /status of (?:413|422)/ });

  test("is refused in words, in the report and in the section, and nothing is lost", async ({
    signedInAs,
    district,
  }) => {
    const { path, slug } = await aRetailLeaf(district, "原来的文字。");
    const real = await reportDocx("typed");
    const files: [name: string, bytes: Uint8Array, says: string][] = [
      ["旧.doc", fixture("short.doc"), "这是旧格式的文档（.doc或.wps）。请用Word或WPS打开，另存为.docx。"],
      ["加密.docx", fixture("password.docx"), "文件有打开密码。请去掉密码，另存一份再试。"],
      ["宏.docx", await withMacros(real), "文件带有宏，没有读取。请另存为不带宏的.docx。"],
      ["坏.docx", real.slice(0, real.length >> 1), "文件已损坏，读不完整。请用Word或WPS打开并另存一份再试。"],
      ["空.docx", new Uint8Array(), "文件是空的。"],
    ];
    const lead = await signedInAs(district.bureau.lead);
    await lead.goto(`/reports/${slug}/import`);
    const drafter = await signedInAs(district.commerce.drafter);
    await drafter.goto(path);
    await openImport(drafter);
    for (const page of [lead, drafter]) {
      for (const [name, bytes, says] of files) {
        await give(page, name, bytes);
        await expect(page.getByRole("alert").filter({ hasText: says })).toHaveText(`没有导入：${says}`);
      }
      await withFile("大.docx", new Uint8Array(50 * 1024 * 1024 + 1), async (large) => {
        await picker(page).setInputFiles(large);
        await expect(page.getByRole("alert").filter({ hasText: "文件超过50 MB" })).toBeVisible();
      });
      expect(await violations(page)).toEqual([]);
    }
    await drafter.keyboard.press("Escape");
    await expect(paper(drafter)).toHaveText("原来的文字。");
  });

  test("too large a body is refused by the server as well, and what is no form is no defect", async ({
    signedInAs,
    district,
  }) => {
    const { slug, leafId } = await aRetailLeaf(district, "");
    const lead = await signedInAs(district.bureau.lead);
    await lead.goto(`/reports/${slug}/import`);
    const drafter = await signedInAs(district.commerce.drafter);
    await drafter.goto(`/reports/${slug}`);
    const post = (page: Page, path: string, megabytes: number) =>
      page.evaluate(
        async ([to, size]) => {
          const form = new FormData();
          form.set("file", new Blob([new Uint8Array(size)]), "大.docx");
          return (await fetch(to, { method: "POST", body: form })).status;
        },
        [path, megabytes * 1024 * 1024 + 100_000] as const,
      );
    expect(await post(lead, `/api/reports/${slug}/import`, 50)).toBe(413);
    expect(await post(lead, `/api/reports/${slug}/import/confirm`, 50)).toBe(413);
    expect(await post(drafter, `/api/sections/${leafId}/import`, 50)).toBe(413);
  });
});

test.describe("whoever may not", () => {
  test.use({ tolerates: /status of (?:400|403|404)/ });

  test("finds no import: not the page, not the route, not by another report's or section's name", async ({
    signedInAs,
    district,
  }) => {
    const { slug, leafId } = await aRetailLeaf(district, "");
    const others = [
      district.agriculture.drafter,
      district.commerce.signer,
      district.government.approver,
      district.congress.member,
    ];
    const bytes = [...(await docx(new Paragraph("一段文字。")))];
    const post = (page: Page, path: string) =>
      page.evaluate(
        async ([to, file]) => {
          const form = new FormData();
          form.set("file", new Blob([new Uint8Array(file)]), "a.docx");
          return (await fetch(to, { method: "POST", body: form })).status;
        },
        [path, bytes] as const,
      );
    for (const person of others) {
      const page = await signedInAs(person);
      const answer = await page.goto(`/reports/${slug}/import`);
      expect(answer?.status()).toBe(404);
      expect(await post(page, `/api/reports/${slug}/import`)).toBe(404);
      expect(await post(page, `/api/reports/${slug}/import/confirm`)).toBe(404);
      expect((await page.goto("/new-report"))?.status()).toBe(404);
      expect(await post(page, "/api/new-report")).toBe(404);
      expect(await post(page, "/api/new-report/confirm")).toBe(404);
      expect([403, 404]).toContain(await post(page, `/api/sections/${leafId}/import`));
    }
    const lead = await signedInAs(district.bureau.lead);
    await lead.goto(`/reports/${slug}`);
    expect(await post(lead, `/api/sections/${leafId}/import`)).toBe(403);
    expect(await post(lead, "/api/sections/nothing/import")).toBe(404);
    expect(await post(lead, "/api/reports/no%00such/import")).toBe(404);
    expect(await post(lead, `/api/reports/${slug}/import/confirm`)).toBe(400);
    await district.database.owner
      .sql`update reports set status = 'approving' where slug = ${slug} and jurisdiction_id = ${district.jurisdictionId}`;
    await lead.goto(`/reports/${slug}/import`);
    await expect(lead.getByText("报告已送审或已送交，段落现在不能改动。")).toBeVisible();
    expect(await post(lead, `/api/reports/${slug}/import`)).toBe(403);
  });
});

test.describe("last year's Word file", () => {
  // A name that is wrong or taken is refused, which is in the console as a failed request.
  test.use({ tolerates: /status of (?:403|422)/ });

  test("becomes a report: the outline is looked over, named, made, and its texts are drafts", async ({
    signedInAs,
    database,
  }) => {
    const neighbour = await aDistrict(database);
    const page = await signedInAs(neighbour.bureau.lead);
    await page.goto("/reports");
    await page.getByRole("link", { name: "从 Word 文件新建" }).click();
    await give(page, "去年.docx", await reportDocx("automatic"));
    await expect(page.getByText("“去年.docx”：识别出 74 个段落、13 项指标。")).toBeVisible();
    await expect(page.getByRole("region", { name: "识别出的大纲" })).toContainText(
      "（二）夯实农业发展基础，切实抓好稳产保供",
    );
    await expect(page.getByText("文件里的文字都有了位置。")).toBeVisible();
    await expect(page.getByRole("textbox", { name: "名称" })).toHaveValue(
      "2024年上半年国民经济和社会发展计划执行情况的报告",
    );
    expect(await violations(page)).toEqual([]);
    await page.getByRole("textbox", { name: "编号" }).fill("大写");
    await page.getByRole("button", { name: "新建报告" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "编号只能用英文小写字母、数字和连字符。" })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("textbox", { name: "编号" }).fill("new-2024-h1");
    await page.getByRole("combobox", { name: "其余段落和指标归" }).selectOption({ label: "农业农村局" });
    await page.getByRole("button", { name: "新建报告" }).click();
    await expect(page).toHaveURL(/\/reports\/new-2024-h1$/);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(
      "2024年上半年国民经济和社会发展计划执行情况的报告",
    );
    const { sql } = database.owner;
    const [made] = await sql<{ texts: number; cells: number; owners: string[] }[]>`
      select (select count(*)::int from drafts d join sections s on s.id = d.section_id
               where s.report_id = r.id and d.version = 1 and d.writers = '{}') as texts,
             (select count(*)::int from figure_changes h join indicators i on i.id = h.indicator_id
               where i.report_id = r.id and h.carried) as cells,
             (select array_agg(distinct o.code) from sections s join organs o on o.id = s.organ_id
               where s.report_id = r.id) as owners
        from reports r where r.slug = 'new-2024-h1' and r.jurisdiction_id = ${neighbour.jurisdictionId}`;
    const cells = realRows().flatMap(({ figures }) => Object.values(figures)).length;
    expect(made).toEqual({ texts: 74, cells, owners: ["agriculture"] });

    // Next year's from the same file: the owners are known by now, and the name is taken.
    await page.goto("/new-report");
    await give(page, "去年.docx", await reportDocx("typed"));
    await expect(page.getByText("农业农村局 · 按往期")).toHaveCount(74);
    await page.getByRole("textbox", { name: "编号" }).fill("new-2024-h1");
    await page.getByRole("button", { name: "新建报告" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "编号 new-2024-h1 已被使用" })).toBeVisible();
    await expect(page.getByRole("textbox", { name: "编号" })).toHaveValue("new-2024-h1");
  });
});

async function openImport(page: Page): Promise<void> {
  await page.getByRole("toolbar").getByText("更多").click();
  await page.getByRole("button", { name: "导入 Word…" }).click();
}

/** The commerce department's leaf of a report with one indicator. */
async function aRetailLeaf(district: Parameters<typeof aReport>[0], text: string) {
  const { slug, leaves, indicators } = await aReportWithTable(district, [RETAIL], {
    leaves: [{ department: "commerce", title: "消费持续回升" }],
  });
  for (const indicator of indicators) await takeIndicator(district, indicator, "approved");
  const [leaf] = leaves;
  if (!leaf) throw new Error("the report has no leaf");
  if (text !== "") await takeLeaf(district, leaf, "drafting", text);
  return { slug, leafId: leaf.id, path: `/reports/${slug}/sections/${leaf.id}` };
}

async function docx(...children: Paragraph[]): Promise<Uint8Array> {
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}

/** A small report: a title, one part, two bold leads in a paragraph. */
function twoLeads(): Promise<Uint8Array> {
  const bold = (text: string) => new TextRun({ text, bold: true });
  return docx(
    new Paragraph({ heading: HeadingLevel.TITLE, text: "关于某区2024年上半年国民经济和社会发展计划执行情况的报告" }),
    new Paragraph({ heading: HeadingLevel.HEADING_1, text: "一、2024年上半年计划执行情况" }),
    new Paragraph({
      children: [
        bold("农业生产稳定。"),
        new TextRun("粮食播种面积稳中有增。"),
        bold("消费持续回升。"),
        new TextRun("社会消费品零售总额174.41亿元，增长5.6%。"),
      ],
    }),
  );
}

/** The same document carrying a macro project, as Word saves it. */
async function withMacros(bytes: Uint8Array): Promise<Uint8Array> {
  const parts = await unpacked(bytes, zipEntries(bytes));
  parts.set("word/vbaProject.bin", Buffer.from([1, 2, 3]));
  return storedZip(parts);
}
