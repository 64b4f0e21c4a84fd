import { aColleague, aText, BLOCK_ID, contextOf, type District } from "../db/testing/factories";
import type { TestDatabase } from "../db/testing/database";
import type { Content } from "../domain/section/content";
import { returnSection, signSection } from "../domain/section/decisions";
import { saveSection, submitSection } from "../domain/section/mutations";
import { violations } from "./axe";
import { DESKTOP, expect, type Page, PHONE, test } from "./fixtures";
import { aSectionPage, type Stage } from "./stage";
import { append, expectSaved, paper, savedText } from "./writing";

const FIRST = "粮食播种面积稳定在6.8万亩，完成年度任务的51.40%。";
const SECOND = "抓项目，发展现代农业，新增家庭农场16家。";
const THIRD = "抓调控，储备粮轮换有序推进。";
const PDF = Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n%%EOF\n", "latin1");

test("why a revision is kept stands in the history, with who kept it and when", async ({ signedInAs, district }) => {
  const { path } = await aSectionPage(district, "drafting", { text: FIRST });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "增长2.1%。");
  await page.getByText("附说明").click();
  const note = page.getByLabel("说明（可不填）");
  await note.fill("按分管领导意见改了口径");
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "存为稿次" }).click();
  await expect(page.getByText(/已存为第1稿/)).toBeVisible();
  await expect(note).toHaveValue("");
  await page.reload();
  await page.getByRole("tab", { name: "稿次" }).click();
  await expect(page.getByRole("tabpanel", { name: "稿次" })).toContainText("按分管领导意见改了口径");
  await page.getByRole("link", { name: "全部稿次、比较与恢复" }).click();
  const entry = entryOf(page, 1);
  await expect(entry).toContainText("按分管领导意见改了口径");
  await expect(entry).toContainText(/农业农村局.* · \d+月\d+日 \d\d:\d\d/);
});

test("any two of three revisions are compared: words by line and not by colour alone, a moved paragraph as a move", async ({
  signedInAs,
  district,
  database,
}) => {
  const stage = await aSectionPage(district, "drafting", { text: "" });
  await keep(database, district, stage, [
    of("a", FIRST),
    of("b", SECOND),
    of("c", THIRD),
    of("d", "四。"),
    of("e", "五。"),
  ]);
  await keep(database, district, stage, [of("a", FIRST), of("b", SECOND), of("d", "四。"), of("e", "五。")]);
  await keep(database, district, stage, [
    of("c", THIRD),
    of("a", FIRST.replace("51.40%", "52.00%")),
    of("b", SECOND),
    of("d", "四。"),
    of("e", "五。"),
    of("f", "办好丰收节。"),
  ]);
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(`${stage.path}/history`);
  await choose(page, "从", /^第1稿/);
  await choose(page, "到", /^第3稿/);
  await page.getByRole("button", { name: "比较", exact: true }).click();
  await expect(page.getByRole("heading", { name: "第1稿 → 第3稿" })).toBeVisible();
  await expect(page.getByText("改 1 段，增 1 段，删 0 段，移 1 段")).toBeVisible();
  await expect(page.locator("del")).toHaveText(["51.40"]);
  await expect(page.locator("ins")).toHaveText(["52.00", "办好丰收节。"]);
  const look = (tag: string) =>
    page
      .locator(tag)
      .first()
      .evaluate((one) => getComputedStyle(one).textDecorationLine);
  expect([await look("del"), await look("ins")]).toEqual(["line-through", "underline"]);
  for (const word of ["+ 新增", "± 修改"]) await expect(page.getByRole("main")).toContainText(word.slice(2));
  await expect(page.getByText("原第3段移至此处")).toBeVisible();
  await page.getByRole("link", { name: "看原处" }).click();
  await expect(page.getByText("第3段移到了后来的第1段")).toBeInViewport();
  await page.getByRole("link", { name: "看移到的地方" }).click();
  await expect(page.getByText("原第3段移至此处")).toBeInViewport();
  await expect(page.getByText(SECOND)).toBeVisible();
  const folded = page.getByText("…未改动 2 段…");
  await expect(page.getByText("四。")).toBeHidden();
  await folded.click();
  await expect(page.getByText("四。")).toBeVisible();
  await expectInOrder(page);

  await choose(page, "从", /^第3稿/);
  await choose(page, "到", /^第2稿/);
  await page.getByRole("button", { name: "比较", exact: true }).click();
  await expect(page.getByRole("heading", { name: "第2稿 → 第3稿" })).toBeVisible();
  await expect(page.getByText("改 1 段，增 2 段，删 0 段，移 0 段")).toBeVisible();
});

test("an old text is brought back as a new revision, after saying in numbers what goes", async ({
  signedInAs,
  district,
  database,
}) => {
  const stage = await aSectionPage(district, "drafting", { text: "" });
  await keep(database, district, stage, [of("a", FIRST), of("b", SECOND)]);
  await keep(database, district, stage, [of("a", FIRST), of("c", THIRD)]);
  const page = await signedInAs(district.agriculture.drafter);
  const other = await signedInAs(await aColleague(district, "agriculture", "drafter"));
  await other.goto(stage.path);
  await expect(paper(other)).toContainText(THIRD);
  await page.goto(stage.path);
  await append(page, "还没有存稿的一句。");
  await expectSaved(page);
  await page.goto(`${stage.path}/history`);
  await entryOf(page, 1).getByRole("link", { name: "恢复这一稿" }).click();
  await expect(page.getByRole("heading", { name: "用第1稿替换当前文字" })).toBeVisible();
  await expect(page.getByText("将改 0 段，增 1 段，删 1 段，移 0 段")).toBeVisible();
  await expectInOrder(page);
  await page.getByRole("button", { name: "恢复第1稿" }).click();
  await expect(page.getByText("已恢复第1稿，成为第4稿。恢复前的文字存为第3稿。")).toBeVisible();
  await expect(entryOf(page, 4)).toContainText("恢复自第1稿");
  expect(await savedText(database, stage.leaf.id)).toEqual([FIRST, SECOND]);
  await page.getByRole("link", { name: "继续撰写" }).click();
  await expect(paper(page)).toContainText(SECOND);
  await page.goto(`${stage.path}/history?show=3`);
  await expect(page.getByRole("main")).toContainText("还没有存稿的一句。");
  // Who had it open has the text that is there now, and goes on writing in it.
  await expect(paper(other)).toContainText(SECOND);
  await append(other, "接着写。");
  await expectSaved(other);
  expect((await savedText(database, stage.leaf.id)).join("")).toBe(`${FIRST}${SECOND}接着写。`);
});

test("nothing is brought back over a colleague's words that nobody has seen", async ({
  signedInAs,
  district,
  database,
}) => {
  const stage = await aSectionPage(district, "drafting", { text: "" });
  await keep(database, district, stage, [of("a", FIRST)]);
  await keep(database, district, stage, [of("a", SECOND)]);
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(`${stage.path}/history?restore=1`);
  await keep(database, district, stage, [of("a", THIRD)]);
  await page.getByRole("button", { name: "恢复第1稿" }).click();
  await expect(page.getByText("这一项刚刚被改动或处理过。没有覆盖任何内容")).toBeVisible();
  expect(await savedText(database, stage.leaf.id)).toEqual([THIRD]);
});

test("a note given on submission reaches the lead bureau, which sees what was submitted and nothing else", async ({
  signedInAs,
  district,
  database,
}) => {
  const stage = await aSectionPage(district, "drafting", { text: "" });
  await keep(database, district, stage, [of(BLOCK, FIRST)]);
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(stage.path);
  await page.getByText("附说明").click();
  await page.getByLabel("说明（可不填）").fill("已与统计局核对");
  await page.getByRole("button", { name: "上报签发" }).click();
  await expect(page.getByText("待签发")).toBeVisible();
  await signSection(contextOf(database, district.agriculture.signer), { sectionId: stage.leaf.id, version: 2 });
  const lead = await signedInAs(district.bureau.lead);
  await lead.goto(`${stage.path}/history`);
  await expect(entryOf(lead, 2)).toContainText("已与统计局核对");
  await expect(lead.getByText("第1稿")).toHaveCount(0);
  await expect(lead.getByText("只有一稿，没有可比的。")).toBeVisible();
  await expect(lead.getByText("针对第2稿")).toBeVisible();
  await expect(lead.getByRole("link", { name: "恢复这一稿" })).toHaveCount(0);
  await expectInOrder(lead);

  // It comes back; what is compared then is what was done since.
  const reasons = [{ blockId: blockOf(BLOCK), text: "请补数据。" }];
  const { id: sectionId } = stage.leaf;
  await returnSection(contextOf(database, district.bureau.lead), { sectionId, version: 3, reasons });
  await keep(database, district, stage, [of(BLOCK, `${FIRST}增长2.1%。`)]);
  await page.goto(`${stage.path}/history`);
  await expect(page.getByRole("heading", { name: "第2稿 → 第3稿" })).toBeVisible();
  await expect(page.locator("ins")).toHaveText(["增长2.1%。"]);
});

test("files are attached to a text and taken away, and the lead bureau has them with the text", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: FIRST });
  const page = await signedInAs(district.agriculture.drafter);
  const lead = await signedInAs(district.bureau.lead);
  await lead.goto(path);
  await lead.getByRole("tab", { name: "附件" }).click();
  await expect(lead.getByText("上报后才能看到附件。")).toBeVisible();

  await page.goto(path);
  await page.getByRole("tab", { name: "附件" }).click();
  const panel = page.getByRole("tabpanel", { name: /附件/ });
  const upload = panel.getByLabel("添加附件");
  await upload.setInputFiles({ name: "会议纪要.pdf", mimeType: "application/pdf", buffer: PDF });
  await expect(panel.getByRole("link", { name: "会议纪要.pdf" })).toBeVisible();
  await upload.setInputFiles({ name: "草稿.pdf", mimeType: "application/pdf", buffer: PDF });
  await expect(panel.getByRole("link", { name: "草稿.pdf" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await panel.getByRole("form", { name: "移除 草稿.pdf" }).getByRole("button", { name: "移除" }).click();
  await expect(panel.getByRole("link", { name: "草稿.pdf" })).toHaveCount(0);

  const drafter = contextOf(database, district.agriculture.drafter);
  await submitSection(drafter, { sectionId: leaf.id, version: 1, draftVersion: 1 });
  await lead.reload();
  await lead.getByRole("tab", { name: /附件/ }).click();
  const link = lead.getByRole("link", { name: "会议纪要.pdf" });
  const answer = await lead.request.get((await link.getAttribute("href")) ?? "");
  expect(await answer.body()).toEqual(PDF);
  expect(answer.headers()).toMatchObject({
    "content-type": "application/pdf",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-cache",
  });
  await expect(lead.getByLabel("添加附件")).toHaveCount(0);
  await expectInOrder(lead);
});

test.describe("what is not taken", () => {
  test.use({ tolerates: /415|403|404|400/ });
  test("says why, and leaves no file: a program in disguise, a leaf that is not one's own", async ({
    signedInAs,
    district,
  }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: FIRST });
    const page = await signedInAs(district.agriculture.drafter);
    await page.goto(path);
    await page.getByRole("tab", { name: "附件" }).click();
    const program = {
      name: "纪要.docx",
      mimeType: "application/octet-stream",
      buffer: Buffer.from("MZ\x90\0", "latin1"),
    };
    await page.getByLabel("添加附件").setInputFiles(program);
    await expect(page.getByText("请用 PDF、PNG、JPEG、XLSX 或 DOCX，不要带宏。文件没有上传。")).toBeVisible();
    await expect(page.getByText("还没有附件。")).toBeVisible();
    const to = (id: string) => `/api/sections/${id}/evidence`;
    const file = { name: "快报.pdf", mimeType: "application/pdf", buffer: PDF };
    const sent = async (by: Page, id: string, multipart: object) =>
      (
        await by.request.post(to(id), { multipart: { ...multipart }, headers: { origin: new URL(page.url()).origin } })
      ).status();
    const stranger = await signedInAs(district.commerce.drafter);
    await stranger.goto(path);
    expect(await sent(stranger, leaf.id, { file })).toBe(403);
    expect(await sent(page, "nothing", { file })).toBe(404);
    expect(await sent(page, `${leaf.id}%00`, { file })).toBe(404);
    expect(await sent(page, leaf.id, { other: "x" })).toBe(400);
  });
});

test("what the lead bureau asks of a part is before its drafter, with the length to keep to", async ({
  signedInAs,
  district,
}) => {
  const { path } = await aSectionPage(district, "drafting", { text: FIRST });
  const lead = await signedInAs(district.bureau.lead);
  const late = await signedInAs(await aColleague(district, "bureau", "lead"));
  for (const page of [lead, late]) {
    await page.goto(path);
    await page.getByText("写明要求").click();
  }
  await lead.getByRole("textbox", { name: "要求" }).fill("写明完成情况和主要措施，\n用到的数从指标表引用。");
  await lead.getByLabel("字数上限").fill("20");
  await lead.getByRole("button", { name: "保存要求" }).click();
  await expect(lead.getByText("请填 50 至 20000 之间的整数，不限就留空。").first()).toBeVisible();
  await expect(lead.getByRole("textbox", { name: "要求" })).toHaveValue(/主要措施/);
  await lead.getByLabel("字数上限").fill("300");
  await lead.getByRole("button", { name: "保存要求" }).click();
  await expect(lead.getByText("要求已保存。")).toBeVisible();
  await expect(lead.getByText("不超过 300 字（不计空格）")).toBeVisible();
  await expectInOrder(lead);

  await late.getByRole("textbox", { name: "要求" }).fill("另一种要求");
  await late.getByRole("button", { name: "保存要求" }).click();
  await expect(late.getByText("没有覆盖任何内容，请刷新后再办。")).toBeVisible();
  await expect(late.getByRole("textbox", { name: "要求" })).toHaveValue("另一种要求");

  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await page.getByRole("tab", { name: "要求" }).click();
  const panel = page.getByRole("tabpanel", { name: "要求" });
  await expect(panel).toContainText("写明完成情况和主要措施");
  await expect(panel).toContainText("不超过 300 字（不计空格）");
  await expect(panel.getByRole("button", { name: "保存要求" })).toHaveCount(0);
  await expect(page.getByText(/字 \/ 不超过 300/)).toBeVisible();
});

test("the lead bureau goes through all parts' briefs on one page", async ({ signedInAs, district }) => {
  const { slug, leaf } = await aSectionPage(district, "drafting", { text: FIRST });
  const lead = await signedInAs(district.bureau.lead);
  await lead.goto(`/reports/${slug}`);
  await lead.getByRole("link", { name: "写作要求" }).click();
  await expect(lead.getByText("共 1 个部分，0 个写明了要求，0 个限定了字数。")).toBeVisible();
  await lead.getByText("写明要求").click();
  await lead.getByLabel("字数上限").fill("500");
  await lead.getByRole("button", { name: "保存要求" }).click();
  await expect(lead.getByText("共 1 个部分，0 个写明了要求，1 个限定了字数。")).toBeVisible();
  await expectInOrder(lead);
  const drafter = await signedInAs(district.agriculture.drafter);
  await drafter.goto(`/reports/${slug}/sections/${leaf.id}`);
  await expect(drafter.getByText(/字 \/ 不超过 500/)).toBeVisible();
});

test.describe("a page of no report", () => {
  test.use({ tolerates: /404/ });
  test("hostile questions about a history are answered plainly", async ({ signedInAs, district }) => {
    const { path, slug } = await aSectionPage(district, "drafting", { text: FIRST });
    const page = await signedInAs(district.agriculture.drafter);
    const status = async (to: string) => (await page.request.get(to)).status();
    for (const query of [
      "?from=%00&to=x",
      "?older=1_x",
      "?restore=-1",
      "?show=999999999999",
      `?older=1_${crypto.randomUUID()}`,
    ]) {
      expect(await status(`${path}/history${query}`), query).toBe(200);
    }
    expect(await status(`${path}/history?show=7`)).toBe(404);
    expect(await status(`/reports/${slug}/sections/none/history`)).toBe(404);
    const stranger = await signedInAs(district.congress.member);
    expect((await stranger.request.get(`${path}/history`)).status()).toBe(404);
  });
});

const BLOCK = "m";
const blockOf = (name: string): string => (name === BLOCK ? BLOCK_ID : `block-${name}`);

const of = (name: string, words: string): Content["content"][number] => ({
  type: "paragraph",
  attrs: { id: blockOf(name) },
  content: [{ type: "text", text: words }],
});

/** A revision by the department's drafter, on whatever version there is. */
async function keep(
  database: TestDatabase,
  district: District,
  { leaf }: Stage,
  content: Content["content"],
): Promise<void> {
  const rows = await database.owner.sql`select version from drafts where section_id = ${leaf.id}`;
  await saveSection(contextOf(database, district.agriculture.drafter), {
    sectionId: leaf.id,
    version: Number(rows[0]?.["version"]),
    content: content.length > 0 ? { type: "doc", content } : aText(""),
    keep: true,
  });
}

/** The revision itself, and not a verdict that names it. */
const entryOf = (page: Page, number: number) =>
  page.getByRole("listitem").filter({ has: page.getByText(`第${number}稿`, { exact: true }) });

async function choose(page: Page, end: "从" | "到", name: RegExp): Promise<void> {
  const select = page.getByLabel(end, { exact: true });
  const value = await select.getByRole("option", { name }).getAttribute("value");
  await select.selectOption(value);
}

/** Nothing sticks out and axe finds nothing, at both widths. */
async function expectInOrder(page: Page): Promise<void> {
  for (const viewport of [PHONE, DESKTOP]) {
    await page.setViewportSize(viewport);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
  }
}
