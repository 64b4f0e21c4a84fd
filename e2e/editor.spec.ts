import { PASSWORD, type District } from "../db/testing/factories";
import { violations } from "./axe";
import { endSessions, expect, type Page, test } from "./fixtures";
import { aSectionPage } from "./stage";
import { append, expectSaved, paper, savedText, caretTo } from "./writing";

const START = "上半年完成投资160.09亿元。";

test("what is typed is saved by itself, says so in words, and is there after a reload", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "同比增长10%。");
  await expect(page.getByText("有改动未保存")).toBeVisible();
  await expectSaved(page);
  await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}同比增长10%。`]);
  await page.reload();
  await expect(paper(page)).toHaveText(`${START}同比增长10%。`);
});

test("Ctrl+S keeps a revision that stays in the history", async ({ signedInAs, district }) => {
  const { path } = await aSectionPage(district, "drafting", { text: START });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await append(page, "初稿完。");
  await page.keyboard.press("Control+s");
  await expect(page.getByText(/已存为第1稿 · 已保存/)).toBeVisible();
  await page.reload();
  await page.getByRole("tab", { name: "稿次" }).click();
  await page.getByText("第1稿 · 留存").click();
  await expect(page.getByRole("tabpanel", { name: "稿次" })).toContainText("初稿完。");
});

test("Ctrl+B sets the lead in bold, and “——” at a paragraph's start makes a bullet", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto(path);
  await paper(page).click();
  await caretTo(page, "start");
  await page.keyboard.press("Control+b");
  await page.keyboard.type("抓稳产确保增收增效。");
  await page.keyboard.press("Control+b");
  await caretTo(page, "end");
  await page.keyboard.press("Enter");
  await page.keyboard.type("——粮食播种面积6.8万亩；");
  await expectSaved(page);
  const rows = await database.owner
    .sql`select content -> 'content' as blocks from drafts where section_id = ${leaf.id}`;
  expect(rows[0]?.["blocks"]).toMatchObject([
    {
      type: "paragraph",
      content: [{ text: "抓稳产确保增收增效。", marks: [{ type: "lead" }] }, { text: START }],
    },
    { type: "bullet", content: [{ text: "粮食播种面积6.8万亩；" }] },
  ]);
});

/** Without the stream that brings others' words as they are saved (live.spec.ts), as behind a proxy that holds it back. */
test.describe("when two texts meet", () => {
  test.use({ tolerates: /status of 409/ });

  test("two people on different paragraphs both stay, and each hears who wrote meanwhile", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
    const { one, two } = await twoWindows(signedInAs, district, path);
    await append(one, "甲的补充。");
    await expectSaved(one);
    await append(two, "");
    await two.keyboard.press("Enter");
    await two.keyboard.type("乙另起一段");
    await expect(two.getByText(/同时修改了 1 段，已合并/)).toBeVisible();
    await expectSaved(two);
    // The caret is where it was: in one's own words.
    await two.keyboard.type("，接着写。");
    await expect(two.getByText("有改动未保存")).toBeVisible();
    await expectSaved(two);
    await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}甲的补充。`, "乙另起一段，接着写。"]);
    // Their words are not mine to take back.
    for (let i = 0; i < 4; i += 1) await two.keyboard.press("Control+z");
    await expect(paper(two)).toHaveText(`${START}甲的补充。`);
  });

  for (const { button, becomes, aside } of [
    { button: "用我的", becomes: [`${START}乙的补充。`], aside: "甲的补充。" },
    { button: "用对方的", becomes: [`${START}甲的补充。`], aside: "乙的补充。" },
    { button: "两段都留", becomes: [`${START}甲的补充。`, `${START}乙的补充。`], aside: null },
  ]) {
    test(`two people on one paragraph are shown both versions, also after a reload: ${button}`, async ({
      signedInAs,
      district,
      database,
    }) => {
      const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
      const { one, two } = await twoWindows(signedInAs, district, path);
      await append(one, "甲的补充。");
      await expectSaved(one);
      await append(two, "乙的补充。");
      const choice = two.getByRole("region", { name: /与他人同时修改/ });
      await expect(choice).toContainText("甲的补充。");
      await expect(choice).toContainText("乙的补充。");
      await expect(paper(two)).toHaveText(`${START}甲的补充。`);
      expect(await violations(two)).toEqual([]);
      await expectSaved(two);
      await expect(two.getByText("请先逐段选定与他人同时修改的文字")).toBeVisible();
      await two.reload();
      await expect(choice).toContainText("乙的补充。");
      await choice.getByRole("button", { name: button, exact: true }).click();
      await expect(choice).toBeHidden();
      await expect(paper(two)).toBeFocused();
      await expect.poll(() => savedText(database, leaf.id)).toEqual(becomes);
      await expect(paper(two)).toHaveText(becomes.join(""));
      await two.reload();
      await expect(paper(two)).toHaveText(becomes.join(""));
      await expect(choice).toBeHidden();
      if (!aside) return;
      await two.getByRole("tab", { name: "稿次" }).click();
      const history = two.getByRole("tabpanel", { name: "稿次" });
      for (const kept of await history.getByText(/第\d稿/).all()) await kept.click();
      await expect(history).toContainText(aside);
    });
  }

  test("nothing is merged in the middle of a composition, and writing goes on beside a choice", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
    const { one, two } = await twoWindows(signedInAs, district, path);
    await append(one, "甲的补充。");
    await expectSaved(one);
    await paper(two).click();
    await caretTo(two, "end");
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await two.route("**/draft", async (route) => {
      await held;
      await route.continue();
    });
    const asked = two.waitForRequest("**/draft");
    await two.keyboard.type("乙的补充。");
    await asked;
    const keyboard = await two.context().newCDPSession(two);
    await keyboard.send("Input.imeSetComposition", { text: "nong'ye", selectionStart: 7, selectionEnd: 7 });
    const refused = two.waitForResponse((response) => response.status() === 409);
    answer();
    await refused;
    await expect(paper(two)).toHaveText(`${START}乙的补充。nong'ye`);
    await keyboard.send("Input.insertText", { text: "农业" });
    const choice = two.getByRole("region", { name: /与他人同时修改/ });
    await expect(choice).toContainText("乙的补充。农业");
    await append(two, "");
    await two.keyboard.press("Enter");
    await two.keyboard.type("另写一段。");
    await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}甲的补充。`, "另写一段。"]);
    await choice.getByRole("button", { name: "用我的", exact: true }).click();
    await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}乙的补充。农业`, "另写一段。"]);
  });

  test("two tabs of one person do not overwrite each other", async ({ signedInAs, district, database }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
    const first = await signedInAs(district.agriculture.drafter);
    const second = await first.context().newPage();
    await withoutStream(first);
    await withoutStream(second);
    await first.goto(path);
    await second.goto(path);
    await expect(paper(second)).toBeVisible();
    await append(first, "前一页。");
    await expectSaved(first);
    await append(second, "后一页。");
    const choice = second.getByRole("region", { name: /与他人同时修改/ });
    await expect(choice).toContainText("前一页。");
    await choice.getByRole("button", { name: "用对方的", exact: true }).click();
    await expect(choice).toBeHidden();
    await expect(paper(second)).toHaveText(`${START}前一页。`);
    await append(second, "再补一句。");
    await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}前一页。再补一句。`]);
  });
});

/** A browser takes this answer for the end of a stream, and says nothing. */
const withoutStream = (page: Page) => page.route("**/live?*", (route) => route.fulfill({ status: 204 }));

/** Two windows of the department, both open on the text as it is. */
async function twoWindows(
  signedInAs: (who: District["agriculture"]["drafter"]) => Promise<Page>,
  district: District,
  path: string,
) {
  const [one, two] = [await signedInAs(district.agriculture.drafter), await signedInAs(district.agriculture.drafter)];
  for (const page of [one, two]) {
    await withoutStream(page);
    await page.goto(path);
    await expect(paper(page)).toBeVisible();
  }
  return { one, two };
}

test.describe("when something is away", () => {
  test.use({ tolerates: /ERR_INTERNET_DISCONNECTED|status of 401/ });

  test("text typed without a network is kept, says so, and is saved when the network is back", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
    const page = await signedInAs(district.agriculture.drafter);
    await page.goto(path);
    await paper(page).click();
    await page.context().setOffline(true);
    await append(page, "断网时写的。");
    await expect(page.getByText("连接不上服务器：文字已留在这台电脑上")).toBeVisible();
    await page.context().setOffline(false);
    await expectSaved(page);
    await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}断网时写的。`]);
    await expect(page.getByText("连接不上服务器")).toBeHidden();
  });

  test("a sign-in that runs out in the middle of writing keeps the text: after signing in again it is there and saved", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { drafter } = district.commerce;
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START, department: "commerce" });
    const page = await signedInAs(drafter);
    await page.goto(path);
    await expect(paper(page)).toBeVisible();
    await endSessions(database, drafter);
    await append(page, "过期后写的。");
    await expect(page.getByText("登录已过期：文字已留在这台电脑上。")).toBeVisible();
    expect(await savedText(database, leaf.id)).toEqual([START]);
    await page.getByRole("link", { name: "重新登录" }).click();
    await page.getByLabel("账号", { exact: true }).fill(`${district.code}-commerce-drafter`);
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByRole("button", { name: "登录" }).click();
    await expect(paper(page)).toHaveText(`${START}过期后写的。`);
    await expectSaved(page);
    await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}过期后写的。`]);
  });
});

test("nothing is saved in the middle of an input method's composition", async ({ signedInAs, district, database }) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
  const page = await signedInAs(district.agriculture.drafter);
  await page.clock.install();
  await page.goto(path);
  const saves: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PUT") saves.push(request.postData() ?? "");
  });
  await paper(page).click();
  await caretTo(page, "end");
  const keyboard = await page.context().newCDPSession(page);
  await keyboard.send("Input.imeSetComposition", { text: "nong'ye", selectionStart: 7, selectionEnd: 7 });
  await expect(paper(page)).toContainText("nong'ye");
  await page.clock.fastForward("00:10");
  await page.clock.fastForward("00:10");
  expect(saves).toEqual([]);
  await keyboard.send("Input.insertText", { text: "农业" });
  await page.clock.fastForward("00:10");
  await expectSaved(page);
  expect(saves).toHaveLength(1);
  expect(await savedText(database, leaf.id)).toEqual([`${START}农业`]);
});
