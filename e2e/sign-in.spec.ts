import { aColleague, PASSWORD } from "../db/testing/factories";
import { endSessions, expect, type Page, test } from "./fixtures";

const WRONG = "账号或密码不正确，或账号已停用。";
const LOCKED = "连续输错五次，这个账号名已暂停登录15分钟。请稍后再试，或联系系统管理员。";

test("a printed account signs in on the sign-in page and lands on its desk", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByTitle("nyncj-jb").click();
  await expect(page.getByLabel("账号", { exact: true })).toHaveValue("nyncj-jb");
  await page.getByLabel("密码").fill("Huibao-2024");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("heading", { name: "工作台" })).toBeVisible();
  await expect(page.getByRole("group").filter({ hasText: "农业农村局 · 经办人" })).toBeVisible();

  const cookie = (await page.context().cookies()).find(({ name }) => name === "huibao-session");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  for (const other of await page.context().cookies())
    expect(other, other.name).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});

test("a wrong password is refused in words that do not tell whether the account exists", async ({ page, district }) => {
  const real = loginOf(district.code);
  await attempt(page, real, "Falsch-2024");
  await expect(alert(page, WRONG)).toBeVisible();
  await expect(page.getByLabel("账号", { exact: true })).toHaveValue(real);
  await expect(page.getByLabel("密码")).toHaveValue("");
  await attempt(page, `${real}-nobody`, "Falsch-2024");
  await expect(alert(page, WRONG)).toBeVisible();
});

for (const { who, login } of [
  { who: "a real account", login: (code: string) => `${code}-commerce-signer` },
  { who: "an account that does not exist", login: (code: string) => `${code}-nobody` },
]) {
  test(`five wrong passwords lock ${who} out, in the same words`, async ({ page, district }) => {
    const name = login(district.code);
    for (let tries = 0; tries < 5; tries++) {
      await attempt(page, name, `Falsch-${tries}`);
      await expect(alert(page, WRONG)).toBeVisible();
    }
    await attempt(page, name, PASSWORD);
    await expect(alert(page, LOCKED)).toBeVisible();
    await expect(page).toHaveURL(/\/sign-in/);
  });
}

test("after signing in one goes to the page asked for, and never to another site", async ({ browser, district }) => {
  for (const [wanted, reached] of [
    ["/reports", /\/reports$/],
    ["//evil.example/desk", /\/desk$/],
    ["https://evil.example/", /\/desk$/],
    ["/\\evil.example", /\/desk$/],
  ] as const) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`/sign-in?next=${encodeURIComponent(wanted)}`);
    await fill(page, loginOf(district.code), PASSWORD);
    await expect(page, wanted).toHaveURL(reached);
    expect(new URL(page.url()).hostname, wanted).toBe("localhost");
    await context.close();
  }
});

test("signing out ends the session: the old cookie opens nothing", async ({ signedInAs, district }) => {
  const page = await signedInAs(district.agriculture.drafter);
  await page.goto("/desk");
  const before = await page.context().cookies();
  await page.getByText("农业农村局 · 经办人").click();
  await page.getByRole("button", { name: "退出登录" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.context().addCookies(before);
  await page.goto("/reports");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Freports/);
  await expect(page.getByText("登录已过期，请重新登录。")).toBeVisible();
});

test("a session that was ended elsewhere is out on the next click", async ({ signedInAs, district }) => {
  const office = await signedInAs(district.bureau.signer);
  await office.goto("/desk");
  const home = await signedInAs(district.bureau.signer);
  await home.goto("/account");
  await home.getByRole("button", { name: "在所有设备上退出" }).click();
  await expect(home).toHaveURL(/\/sign-in/);
  await office.getByRole("navigation", { name: "主要栏目" }).getByRole("link", { name: "报告" }).click();
  await expect(office.getByRole("button", { name: "登录" })).toBeVisible();
});

test("a disabled account is out at once and cannot come back in", async ({
  signedInAs,
  page: other,
  district,
  database,
}) => {
  const person = await aColleague(district, "commerce", "drafter");
  const page = await signedInAs(person);
  await page.goto("/desk");
  const admin = await signedInAs(district.centre.sysadmin);
  await admin.goto(`/admin/people/${person.userId}`);
  await admin.getByRole("button", { name: "停用" }).click();
  await expect(admin.getByText("已停用", { exact: true })).toBeVisible();
  await page.getByRole("navigation", { name: "主要栏目" }).getByRole("link", { name: "报告" }).click();
  await expect(page.getByRole("button", { name: "登录" })).toBeVisible();

  const [account] = await database.owner.sql<{ login: string }[]>`select login from users where id = ${person.userId}`;
  await attempt(other, account?.login ?? "", PASSWORD);
  await expect(alert(other, WRONG)).toBeVisible();
});

test("a person with two posts switches between them, and every page knows it at once", async ({ signedInAs }) => {
  const page = await signedInAs("rd-cjw");
  await page.goto("/account");
  const posts = page.getByRole("region", { name: "我的任职" }).getByRole("listitem");
  await expect(posts).toHaveCount(2);
  const other = posts.filter({ hasNotText: "当前" });
  const current = await posts.filter({ hasText: "当前" }).innerText();
  const role = ["人大常委会工作机构", "常委会组成人员"].find((name) => !current.includes(name)) ?? "";
  await expect(page.getByRole("banner")).not.toContainText(role);
  await other.getByRole("button", { name: "切换到此岗位" }).click();
  await expect(page).toHaveURL(/\/desk$/);
  await expect(page.getByRole("banner")).toContainText(role);
  await page.goto("/account");
  await expect(posts.filter({ hasText: "当前" })).toContainText(role);
});

test.describe("a page that stays open", () => {
  // What it asks by itself is refused too, and the browser says so.
  test.use({ tolerates: /status of 401/ });

  test("a session that ended while a page was open asks to sign in and comes back to that page", async ({
    signedInAs,
    district,
    database,
  }) => {
    const person = await aColleague(district, "bureau", "lead");
    const page = await signedInAs(person);
    await page.goto("/desk");
    await endSessions(database, person);
    await page.goto("/reports?x=1");
    await expect(page).toHaveURL(/\/sign-in\?next=%2Freports%3Fx%3D1$/);
    const [account] = await database.owner.sql<
      { login: string }[]
    >`select login from users where id = ${person.userId}`;
    await fill(page, account?.login ?? "", PASSWORD);
    await expect(page).toHaveURL(/\/reports\?x=1$/);
  });
});

// Next announces pages in an alert of its own.
const alert = (page: Page, words: string) => page.getByRole("alert").filter({ hasText: words });

const loginOf = (code: string) => `${code}-agriculture-signer`;

async function attempt(page: Page, login: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await fill(page, login, password);
}

async function fill(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel("账号", { exact: true }).fill(login);
  await page.getByLabel("密码").fill(password);
  await page.getByRole("button", { name: "登录" }).click();
}
