import type { TestDatabase } from "../db/testing/database";
import { aColleague, type District } from "../db/testing/factories";
import type { Actor } from "../domain/kernel/actor";
import { violations } from "./axe";
import { endSessions, expect, type Page, test } from "./fixtures";
import { type Stack, startStack } from "./stack";
import { aSectionPage } from "./stage";
import { append, caretTo, expectSaved, paper, savedText } from "./writing";

const START = "上半年完成投资160.09亿元。";

const others = (page: Page) => page.getByRole("list", { name: "还有谁打开着这一段文字" });

/** Office and name, as presence and history say it. */
async function nameOf(database: TestDatabase, { userId, organId }: Actor): Promise<string> {
  const rows = await database.owner.sql`select o.short_name || ' ' || u.name as name
    from users u, organs o where u.id = ${userId} and o.id = ${organId}`;
  return String(rows[0]?.["name"]);
}

/** Two of the department with the text open, each of them in view of the other. */
async function twoWriters(
  signedInAs: (who: District["agriculture"]["drafter"]) => Promise<Page>,
  district: District,
  path: string,
) {
  const colleague = await aColleague(district, "agriculture", "drafter");
  const [one, two] = [await signedInAs(district.agriculture.drafter), await signedInAs(colleague)];
  for (const page of [one, two]) {
    await page.goto(path);
    await expect(paper(page)).toBeVisible();
  }
  for (const page of [one, two]) await expect(others(page)).toContainText("正在编辑");
  return { one, two, colleague };
}

test("two in one section see each other's words appear, and who writes where", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
  const { one, two, colleague } = await twoWriters(signedInAs, district, path);
  await append(one, "甲写。");
  await expect(paper(two)).toHaveText(`${START}甲写。`);
  await append(two, "");
  await two.keyboard.press("Enter");
  await two.keyboard.type("乙另起一段");
  await expect(paper(one)).toHaveText(`${START}甲写。乙另起一段`);
  await expect(others(one)).toHaveText(`${await nameOf(database, colleague)} 正在编辑第2段`);
  await expect(paper(one).locator("[data-others]")).toHaveText("乙另起一段");
  await expect(paper(one).locator("[data-others]")).toHaveAttribute(
    "data-others",
    `${await nameOf(database, colleague)} 在写`,
  );
  expect(await violations(one)).toEqual([]);
  // Nothing was put before anybody, and nobody was told of a merge.
  for (const page of [one, two]) await expect(page.getByText(/同时修改/)).toHaveCount(0);
  await expectSaved(two);
  await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}甲写。`, "乙另起一段"]);
  await two.close();
  await expect(others(one)).toHaveCount(0);
  await expect(paper(one).locator("[data-others]")).toHaveCount(0);
});

test.describe("when two texts meet", () => {
  test.use({ tolerates: /status of 409|ERR_INTERNET_DISCONNECTED/ });

  test("two who write in two paragraphs at once keep their carets, their words and their own undoing", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
    const { one, two } = await twoWriters(signedInAs, district, path);
    await append(one, "");
    await one.keyboard.press("Enter");
    await one.keyboard.type("第二段");
    await expect(paper(two)).toHaveText(`${START}第二段`);
    await paper(two).click();
    await caretTo(two, "start");
    await Promise.all([
      one.keyboard.type("由甲写，写得不短，写了一会儿。", { delay: 120 }),
      two.keyboard.type("第一段由乙写，也写得不短。", { delay: 120 }),
    ]);
    const whole = [`第一段由乙写，也写得不短。${START}`, "第二段由甲写，写得不短，写了一会儿。"];
    for (const page of [one, two]) await expect(paper(page)).toHaveText(whole.join(""));
    await expect.poll(() => savedText(database, leaf.id)).toEqual(whole);
    // Their words are not mine to take back.
    for (let i = 0; i < 12; i += 1) await two.keyboard.press("Control+z");
    const undone = [START, "第二段由甲写，写得不短，写了一会儿。"];
    for (const page of [one, two]) await expect(paper(page)).toHaveText(undone.join(""));
  });

  test("one paragraph written by two at once is put before the later one in both versions", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
    const { one, two } = await twoWriters(signedInAs, district, path);
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    // Both have written before either has heard of the other.
    await two.route("**/draft", async (route) => {
      await held;
      await route.continue();
    });
    await append(two, "乙的补充。");
    await append(one, "甲的补充。");
    await expectSaved(one);
    answer();
    const choice = two.getByRole("region", { name: /与他人同时修改/ });
    await expect(choice).toContainText("甲的补充。");
    await expect(choice).toContainText("乙的补充。");
    await expect(paper(two)).toHaveText(`${START}甲的补充。`);
    await choice.getByRole("button", { name: "两段都留" }).click();
    for (const page of [one, two]) await expect(paper(page)).toHaveText(`${START}甲的补充。${START}乙的补充。`);
    await expect(one.getByRole("region", { name: /与他人同时修改/ })).toHaveCount(0);
    expect(await savedText(database, leaf.id)).toEqual([`${START}甲的补充。`, `${START}乙的补充。`]);
  });

  test("what was written on both sides of a cut network is one text when it is back", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
    const { one, two } = await twoWriters(signedInAs, district, path);
    await two.context().setOffline(true);
    await append(two, "");
    await two.keyboard.press("Enter");
    await two.keyboard.type("断网时乙写的一段");
    await expect(two.getByText("连接不上服务器：文字已留在这台电脑上")).toBeVisible();
    await append(one, "这时甲写的。");
    await expectSaved(one);
    await two.context().setOffline(false);
    for (const page of [one, two]) await expect(paper(page)).toHaveText(`${START}这时甲写的。断网时乙写的一段`);
    await expectSaved(two);
    await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}这时甲写的。`, "断网时乙写的一段"]);
    // The stream is back as well.
    await append(one, "再写。");
    await expect(paper(two)).toContainText("再写。");
  });
});

test("another's text that arrives in the middle of a composition waits for its end, and the composed word is whole", async ({
  signedInAs,
  district,
}) => {
  const { path } = await aSectionPage(district, "drafting", { text: START });
  const { one, two } = await twoWriters(signedInAs, district, path);
  await append(two, "");
  await two.keyboard.press("Enter");
  await two.keyboard.type("乙的一段");
  await expect(paper(one)).toContainText("乙的一段");
  await paper(two).click();
  await caretTo(two, "end");
  const keyboard = await two.context().newCDPSession(two);
  await keyboard.send("Input.imeSetComposition", { text: "nong'ye", selectionStart: 7, selectionEnd: 7 });
  await expect(paper(two)).toContainText("nong'ye");
  const events = two.waitForRequest((request) => request.url().includes("/presence"));
  await paper(one).click();
  await caretTo(one, "start");
  await one.keyboard.type("甲在前面写。");
  await expectSaved(one);
  await events;
  await expect(paper(two)).toHaveText(`${START}乙的一段nong'ye`);
  await keyboard.send("Input.insertText", { text: "农业" });
  for (const page of [one, two]) await expect(paper(page)).toHaveText(`甲在前面写。${START}乙的一段农业`);
});

test("another window of one's own is called so, and a signer who reads is seen reading and sees the text grow", async ({
  signedInAs,
  district,
  database,
}) => {
  const { path } = await aSectionPage(district, "drafting", { text: START });
  const one = await signedInAs(district.agriculture.drafter);
  await one.goto(path);
  await expect(paper(one)).toBeVisible();
  await expect(others(one)).toHaveCount(0);
  const second = await one.context().newPage();
  await second.goto(path);
  await expect(others(one)).toHaveText(/您的另一个窗口 正在编辑/);
  await second.close();
  const signer = await signedInAs(district.agriculture.signer);
  await signer.goto(path);
  await expect(others(one)).toHaveText(`${await nameOf(database, district.agriculture.signer)} 正在查看`);
  await append(one, "写给签发人看。");
  await expect(others(signer)).toHaveText(`${await nameOf(database, district.agriculture.drafter)} 正在编辑第1段`);
  await expect(signer.getByText(`${START}写给签发人看。`)).toBeVisible();
  expect(await violations(signer)).toEqual([]);
});

test.describe("when a colleague submits while one is writing", () => {
  test.use({ tolerates: /status of 403|ERR_FAILED/ });

  test("the page says so at once and lets nobody write on; what is unsaved is there when the leaf comes back", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { path } = await aSectionPage(district, "drafting", { text: START });
    const { one, two, colleague } = await twoWriters(signedInAs, district, path);
    // What one writes does not reach the server any more.
    await one.route("**/draft", (route) => route.abort("failed"));
    await append(one, "没来得及保存的。");
    await expect(one.getByText("连接不上服务器：文字已留在这台电脑上")).toBeVisible();
    await two.getByRole("button", { name: "上报签发" }).click();
    await expect(two.getByRole("button", { name: "撤回" })).toBeVisible();
    await expect(one.getByText(`${await nameOf(database, colleague)} 已上报这一部分，现在不能再改。`)).toBeVisible();
    await expect(one.getByText("您还没有保存的文字已留在这台电脑上")).toBeVisible();
    await expect(paper(one)).toHaveAttribute("contenteditable", "false");
    await expect(one.getByRole("button", { name: "上报签发" })).toHaveCount(0);
    expect(await violations(one)).toEqual([]);
    await one.getByRole("button", { name: "刷新本页" }).click();
    await expect(one.getByRole("button", { name: "撤回" })).toBeVisible();
    await expect(paper(one)).toHaveCount(0);
    await one.unroute("**/draft");
    await two.getByRole("button", { name: "撤回" }).click();
    // A page that only reads follows by itself.
    await expect(paper(one)).toHaveText(`${START}没来得及保存的。`);
    await expectSaved(one);
  });
});

test.describe("without a stream", () => {
  test.use({ tolerates: /status of (401|409|503)/ });

  test("saves still meet and merge, and the stream is taken up again when it can be had", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
    const colleague = await aColleague(district, "agriculture", "drafter");
    const [one, two] = [await signedInAs(district.agriculture.drafter), await signedInAs(colleague)];
    let isCut = true;
    await two.route("**/live?*", (route) => (isCut ? route.fulfill({ status: 503, body: "" }) : route.continue()));
    for (const page of [one, two]) {
      await page.goto(path);
      await expect(paper(page)).toBeVisible();
    }
    await append(one, "甲写。");
    await expectSaved(one);
    await append(two, "");
    await two.keyboard.press("Enter");
    await two.keyboard.type("乙写");
    await expect(two.getByText(/同时修改了 1 段，已合并/)).toBeVisible();
    await expect(paper(one)).toHaveText(`${START}甲写。乙写`);
    await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}甲写。`, "乙写"]);
    isCut = false;
    await expect(others(two)).toContainText("正在编辑", { timeout: 20_000 });
    await append(one, "再写。");
    await expect(paper(two)).toContainText("再写。");
  });

  test("a stream ends with its sign-in, and tells nothing to whoever is of another department", async ({
    signedInAs,
    district,
    database,
  }) => {
    const { leaf } = await aSectionPage(district, "drafting", { text: START });
    const at = `/api/sections/${leaf.id}`;
    for (const who of [district.commerce.drafter, district.bureau.lead, district.government.approver]) {
      const page = await signedInAs(who);
      expect((await page.request.get(`${at}/live?window=window01`)).status()).toBe(404);
      expect((await page.request.get(`${at}/draft`)).status()).toBe(404);
      const said = await page.request.post(`${at}/presence`, {
        data: { window: "window01" },
        headers: { "sec-fetch-site": "same-origin" },
      });
      expect(said.status()).toBe(404);
    }
    const own = await signedInAs(district.agriculture.drafter);
    const hostile = [`${at}/live`, `${at}/live?window=../../x`, `${at}/draft?after=x`, `${at}/draft?after=-7`];
    for (const path of hostile) expect((await own.request.get(path)).status(), path).toBe(400);
    for (const id of ["x", "%00", "00000000-0000-4000-8000-000000000000"])
      expect((await own.request.get(`/api/sections/${id}/live?window=window01`)).status(), id).toBe(404);
    for (const data of ["", "[]", '{"window":"window01","block":"\\u0000"}', `{"window":"${"x".repeat(5000)}"}`]) {
      const said = await own.request.post(`${at}/presence`, {
        data,
        headers: { "sec-fetch-site": "same-origin", "content-type": "application/json" },
      });
      expect([400, 413], data.slice(0, 40)).toContain(said.status());
    }
    expect((await own.request.post(`${at}/presence`, { data: { window: "window01" } })).status()).toBe(403);
    await endSessions(database, district.agriculture.drafter);
    expect((await own.request.get(`${at}/live?window=window01`)).status()).toBe(401);
    expect((await own.request.get(`${at}/draft`)).status()).toBe(401);
  });
});

/** Two web processes behind what could be a balancer, on one database. */
const apart = test.extend<{ tolerates: RegExp | null }, { stack: Stack }>({
  // Of the process that is stopped in the end.
  tolerates: /status of 503|ERR_CONNECTION_REFUSED/,
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

apart(
  "two who are served by two web processes write in one text as if it were one",
  async ({ signedInAs, district, database, stack }) => {
    const second = await stack.addWeb();
    const { path, leaf } = await aSectionPage(district, "drafting", { text: START });
    const colleague = await aColleague(district, "agriculture", "drafter");
    const [one, two] = [await signedInAs(district.agriculture.drafter), await signedInAs(colleague)];
    await one.goto(path);
    await two.goto(`${second.address}${path}`);
    await expect(others(one)).toHaveText(/正在编辑/);
    await expect(others(two)).toHaveText(/正在编辑/);
    await append(one, "甲写。");
    await expect(paper(two)).toHaveText(`${START}甲写。`);
    await append(two, "");
    await two.keyboard.press("Enter");
    await two.keyboard.type("乙另起一段");
    await expect(paper(one)).toHaveText(`${START}甲写。乙另起一段`);
    await expect(others(one)).toHaveText(`${await nameOf(database, colleague)} 正在编辑第2段`);
    await expect.poll(() => savedText(database, leaf.id)).toEqual([`${START}甲写。`, "乙另起一段"]);
    // A process that is asked to stop does not wait for its streams.
    expect(await second.stop()).toBe("exit 143");
    await expect(others(one)).toHaveCount(0, { timeout: 30_000 });
  },
);
