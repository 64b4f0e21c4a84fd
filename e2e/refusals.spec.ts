import { aDistrict, aReportIn, aText, type District } from "../db/testing/factories";
import { aReportWithTable, FARM_OUTPUT } from "../db/testing/indicators";
import type { Actor } from "../domain/kernel/actor";
import { expect, type Page, test } from "./fixtures";
import { aSectionPage, type Stage } from "./stage";
import { savedText } from "./writing";

const NOTHING = "没有这一页";

test.use({ tolerates: /status of 404|ERR_FAILED|Failed to fetch/ });

test("a page that is not for one's post is not there: neither for a wrong role nor for an unknown address", async ({
  signedInAs,
  district,
}) => {
  const { slug, leaf, path, reviewPath } = await aSectionPage(district, "reviewing");
  const report = `/reports/${slug}`;
  const cases: [Actor, string[]][] = [
    [district.congress.member, [report, path, reviewPath, `${report}/editions`, "/admin/people", "/admin/audit"]],
    [district.congress.clerk, [report, path]],
    [district.centre.sysadmin, [report, path, `${report}/editions`, "/admin/audit"]],
    [district.centre.secadmin, [report, path, `${report}/editions`]],
    [district.centre.auditor, [report, path, `${report}/editions`, "/admin/people"]],
    [
      district.agriculture.drafter,
      ["/admin/people", "/admin/audit", `/admin/people/${district.centre.sysadmin.userId}`],
    ],
    [
      district.bureau.lead,
      [
        "/reports/no-such-report",
        "/reports/no-such-report/editions",
        "/reports/no-such-report/review",
        `${report}/sections/${crypto.randomUUID()}`,
        `${report}/sections/no-such-section`,
        `${report}/review?section=no-such-section`,
        `/reports/no-such-report/sections/${leaf.id}`,
        `/editions/${crypto.randomUUID()}`,
        "/editions/no-such-edition",
        `${report}/review?section=${"-".repeat(36)}`,
        "/reports/%00",
        "/reports/%E6%B1%87/sections/%00",
        "/no-such-page",
      ],
    ],
  ];
  for (const [who, paths] of cases) {
    const page = await signedInAs(who);
    for (const one of paths) {
      const answer = await page.request.get(one);
      expect.soft(answer.status(), `${who.role} ${one}`).toBe(404);
      expect.soft(await answer.text(), `${who.role} ${one}`).toContain(NOTHING);
    }
  }
});

test("no address breaks a page: what makes no sense is left out", async ({ signedInAs, page, district }) => {
  const admin = await signedInAs(district.centre.sysadmin);
  const auditor = await signedInAs(district.centre.auditor);
  for (const path of ["/admin/people?q=%00", "/admin/people?q=a&q=b", "/admin/people?page=-1&q=%25"]) {
    expect.soft((await admin.request.get(path)).status(), path).toBe(200);
  }
  for (const path of ["/admin/audit?actor=%00", "/admin/audit?before=1e99", "/admin/audit?action=x&actor=a&actor=b"]) {
    expect.soft((await auditor.request.get(path)).status(), path).toBe(200);
  }
  for (const path of [
    "/sign-in?next=a&next=b",
    "/sign-in?next=%00",
    "/sign-in?login=a&login=b",
    "/sign-in?next=/%E0%A4",
  ]) {
    expect.soft((await page.request.get(path)).status(), path).toBe(200);
  }
});

test("an address that is no text is a bad request", async ({ page }) => {
  expect((await page.request.get("/reports/%E0%A4%A")).status()).toBe(400);
});

test("figures that are none are answered, not stumbled over", async ({ signedInAs, district }) => {
  const report = await aReportWithTable(district, [FARM_OUTPUT]);
  const [row] = report.indicators;
  if (!row) throw new Error("the report has no row");
  const page = await signedInAs(district.agriculture.drafter);
  const path = `/api/reports/${report.slug}/figures`;
  const cell = { indicatorId: row.id, field: "actual", version: 0, figure: { state: "number", digits: "8.03" } };
  // As our own pages send it: a write from elsewhere is refused before it is read.
  const headers = { "sec-fetch-site": "same-origin", "content-type": "application/json" };
  const fill = async (data: unknown) =>
    (await page.request.put(path, { headers, data: typeof data === "string" ? data : { cells: [data] } })).status();
  for (const data of ["", "{]", "null", "[]"]) expect.soft(await fill(data), data).toBe(400);
  for (const change of [
    { version: 3e9 },
    { version: -1 },
    { indicatorId: "x" },
    { field: "unit" },
    { figure: { state: "number", digits: "1e400" } },
    { figure: { state: "number", digits: "9".repeat(40) } },
    { field: "remark", figure: { state: "words", words: "a\0b" } },
    { field: "remark", figure: { state: "words", words: "\ud800" } },
    { field: "rankTotal", figure: { state: "number", digits: "1.5" } },
  ]) {
    expect.soft(await fill({ ...cell, ...change }), JSON.stringify(change)).toBe(400);
  }
  expect.soft(await fill("x".repeat(300_000))).toBe(413);
  expect
    .soft((await page.request.put(path, { headers: { origin: "https://evil.example" }, data: {} })).status())
    .toBe(403);
  expect.soft(await fill({ ...cell, field: "remark", figure: { state: "words", words: "\u202e预计数😀" } })).toBe(200);
  for (const get of [`/api/indicators/x/cells/actual`, `/api/indicators/${row.id}/cells/x`, "/api/evidence/x"]) {
    expect.soft((await page.request.get(get)).status(), get).toBe(404);
  }
  expect.soft((await page.request.get("/api/reports/%00/annex.xlsx")).status()).toBe(404);
  const upload = (name: string, bytes: string) =>
    page.request.post(`/api/indicators/${row.id}/evidence`, {
      headers: { "sec-fetch-site": "same-origin" },
      multipart: { field: "actual", file: { name, mimeType: "application/pdf", buffer: Buffer.from(bytes, "latin1") } },
    });
  expect.soft((await upload("快报.pdf", "MZ\x90\0")).status()).toBe(415);
  expect.soft((await upload("../../快报\u202e.pdf", "%PDF-1.4\n%%EOF")).status()).toBe(200);
  const stranger = await signedInAs(district.commerce.drafter);
  expect.soft((await stranger.request.put(path, { headers, data: { cells: [cell] } })).status()).toBe(403);
  const member = await signedInAs(district.congress.member);
  expect.soft((await member.request.put(path, { headers, data: { cells: [cell] } })).status()).toBe(404);
  expect.soft((await member.request.get(`/api/reports/${report.slug}/annex.xlsx`)).status()).toBe(404);
});

test("next-auth's own addresses sign out for good and let nobody in by a link", async ({ signedInAs, district }) => {
  const page = await signedInAs(district.bureau.lead);
  expect((await page.request.get("/api/auth/callback/credentials?login=a&password=b")).status()).toBe(405);
  const cookies = await page.context().cookies();
  const { csrfToken } = (await (await page.request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  await page.request.post("/api/auth/signout", { form: { csrfToken, json: "true" } });
  // The cookie comes back from a copy that somebody kept; the session row is gone.
  await page.context().addCookies(cookies);
  await page.goto("/desk");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a text on its way is read by its own department and the bureau, and by no other department", async ({
  signedInAs,
  district,
}) => {
  const text = "农业农村局内部口径：完成年度计划的37.35%。";
  const { path } = await aSectionPage(district, "signing", { text });
  for (const [who, sees] of [
    [district.agriculture.signer, true],
    [district.commerce.drafter, false],
    [district.commerce.signer, false],
    [district.government.approver, false],
  ] as const) {
    const answer = await (await signedInAs(who)).request.get(path);
    expect.soft(answer.status(), `${who.role}`).toBe(200);
    expect.soft((await answer.text()).includes("内部口径"), who.label).toBe(sees);
  }
});

test("what belongs to another district is not found", async ({ signedInAs, district, database }) => {
  const elsewhere = await aDistrict(database);
  const { path, slug, draftPath, leaf } = await aSectionPage(elsewhere);
  const whole = await aReportIn(elsewhere, "delivered");
  for (const who of [district.agriculture.drafter, district.bureau.lead, district.congress.member]) {
    const page = await signedInAs(who);
    for (const one of [
      path,
      `/reports/${slug}`,
      `/editions/${whole.editionId}`,
      `/api/editions/${whole.editionId}/pdf`,
    ]) {
      expect.soft((await page.request.get(one)).status(), `${who.role} ${one}`).toBe(404);
    }
    expect.soft((await put(page, draftPath, { version: 1, content: aText("改写。") })).status, who.role).toBe(404);
  }
  const admin = await signedInAs(district.centre.sysadmin);
  expect((await admin.request.get(`/admin/people/${elsewhere.centre.sysadmin.userId}`)).status()).toBe(404);
  expect(await savedText(database, leaf.id)).toEqual([expect.stringContaining("51.40%")]);
});

test("a working copy is written by its own department's drafter, from our own pages, in the form that is known", async ({
  signedInAs,
  district,
  database,
}) => {
  const { draftPath, leaf } = await aSectionPage(district);
  const before = await savedText(database, leaf.id);
  const good = { version: 1, content: aText("改写。") };
  const own = await signedInAs(district.agriculture.drafter);
  const statusOf = async (who: Actor) => (await put(await signedInAs(who), draftPath, good)).status;
  expect.soft(await statusOf(district.commerce.drafter), "another department").toBe(403);
  expect.soft(await statusOf(district.agriculture.signer), "the signer").toBe(403);
  expect.soft(await statusOf(district.bureau.lead), "the lead").toBe(403);
  expect.soft(await statusOf(district.congress.member), "a member").toBe(404);
  expect.soft(await statusOf(district.centre.sysadmin), "an administrator").toBe(404);

  const stranger = await signedInAs(district.agriculture.drafter);
  await stranger.context().clearCookies();
  expect.soft((await put(stranger, draftPath, good)).status, "no session").toBe(401);
  expect.soft((await put(own, draftPath, good, { origin: "https://evil.example" })).status, "another site").toBe(403);
  expect.soft((await put(own, draftPath, good, { "sec-fetch-site": "cross-site" })).status, "another site").toBe(403);

  const paragraph = (more: object) => ({
    version: 1,
    content: { type: "doc", content: [{ type: "paragraph", attrs: { id: "block-01" }, ...more }] },
  });
  for (const [what, body] of [
    ["malformed JSON", "{"],
    ["no object", "null"],
    ["nothing", ""],
    ["no version", { content: aText("改写。") }],
    ["a version that is no number", { ...good, version: "x" }],
    ["a version beyond any number", { ...good, version: 1e300 }],
    ["an unknown node", { version: 1, content: { type: "doc", content: [{ type: "image", attrs: { src: "x" } }] } }],
    ["an unknown mark", paragraph({ content: [{ type: "text", text: "改", marks: [{ type: "link" }] }] })],
    [
      "an unknown attribute",
      {
        version: 1,
        content: { type: "doc", content: [{ type: "paragraph", attrs: { id: "block-01", onclick: "x" } }] },
      },
    ],
    ["a null byte", paragraph({ content: [{ type: "text", text: "改\u0000写" }] })],
    ["half a character", paragraph({ content: [{ type: "text", text: "改\ud800写" }] })],
    [
      "a table in a paragraph's place",
      { version: 1, content: { type: "doc", content: [{ type: "table", attrs: { id: "block-01" }, content: [] }] } },
    ],
    ["too much", { version: 1, content: aText("长".repeat(600_000)) }],
  ] as const) {
    const answer = await put(own, draftPath, body);
    expect.soft([400, 413].includes(answer.status), `${what}: ${answer.status}`).toBe(true);
    expect.soft(answer.body, what).toEqual({ key: expect.any(String) });
  }
  expect(await savedText(database, leaf.id)).toEqual(before);
  expect((await put(own, draftPath, good)).status, "and the right one").toBe(200);
});

test("a decision posted with another person's cookie decides nothing", async ({ signedInAs, district, database }) => {
  const stage = await aSectionPage(district, "reviewing");
  const lead = await signedInAs(district.bureau.lead);
  const decision = await recordDecision(lead, stage);
  for (const who of others(district)) {
    const page = await signedInAs(who);
    const answer = await page.request.post(decision.url, {
      headers: decision.headers,
      data: decision.body,
      maxRedirects: 0,
    });
    expect.soft(answer.status(), who.role).toBeLessThan(500);
    expect.soft(await statusOf(), who.role).toBe("reviewing");
  }
  const evil = await lead.request.post(decision.url, {
    headers: { ...decision.headers, origin: "https://evil.example" },
    data: decision.body,
  });
  expect.soft(evil.ok(), "from another site").toBe(false);
  expect.soft(await statusOf(), "from another site").toBe("reviewing");
  await lead.request.post(decision.url, { headers: decision.headers, data: decision.body, maxRedirects: 0 });
  expect(await statusOf(), "the lead's own").toBe("approved");

  async function statusOf(): Promise<unknown> {
    const [row] = await database.owner.sql`select status from sections where id = ${stage.leaf.id}`;
    return row?.["status"];
  }
});

const others = ({ agriculture, commerce, government, congress, centre }: District) => [
  agriculture.drafter,
  agriculture.signer,
  commerce.signer,
  government.approver,
  congress.member,
  centre.secadmin,
];

/** The request that the lead's 通过 would send, caught before it leaves. */
async function recordDecision(
  lead: Page,
  stage: Stage,
): Promise<{ url: string; headers: Record<string, string>; body: Buffer }> {
  await lead.goto(stage.reviewPath);
  await lead.route("**/review?*", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  const [request] = await Promise.all([
    // Not the page's own note that it was looked at.
    lead.waitForRequest((one) => one.method() === "POST" && one.url().includes("/review?")),
    lead.getByRole("button", { name: "通过", exact: true }).click(),
  ]);
  const headers = Object.fromEntries(
    Object.entries(request.headers()).filter(([name]) => name !== "cookie" && name !== "content-length"),
  );
  return {
    url: request.url(),
    headers: { ...headers, origin: new URL(request.url()).origin },
    body: request.postDataBuffer() ?? Buffer.alloc(0),
  };
}

/** As the editor puts a working copy, but for what is under test. */
async function put(
  page: Page,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const { origin } = new URL(process.env["STORIES_ADDRESS"] ?? "");
  const answer = await page.request.put(path, {
    headers: { "content-type": "application/json", origin, ...headers },
    data: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: answer.status(), body: await answer.json().catch(() => undefined) };
}
