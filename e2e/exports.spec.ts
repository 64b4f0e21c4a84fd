import { aReport, aReportIn, takeLeaf } from "../db/testing/factories";
import { exportRequests } from "../db/schema";
import { aSmallReport, aSpan } from "../render/small-report";
import { violations } from "./axe";
import { expect, PHONE, test } from "./fixtures";

const FORMATS = {
  pdf: "%PDF-",
  docx: "PK",
  html: "<!doctype html>",
  md: "## ",
  txt: "一、",
  json: "{",
  zip: "PK",
};

test("a sealed edition downloads in every format, made while one waits; a draft joins the queue, and a failure says why", async ({
  signedInAs,
  database,
  district,
}) => {
  const report = await aReportIn(district, "delivered");
  // As if it had been sealed before files were made by themselves.
  await database.owner
    .sql`delete from graphile_worker._private_jobs where key like ${`edition-${report.editionId}-%`} and locked_at is null`;
  const page = await signedInAs(district.bureau.lead);
  for (const [format, start] of Object.entries(FORMATS)) {
    const file = await page.request.get(`/api/editions/${report.editionId}/${format}`);
    expect([format, file.status()]).toEqual([format, 200]);
    expect((await file.body()).subarray(0, start.length * 3).toString()).toContain(start);
    const etag = file.headers()["etag"] ?? "";
    const again = await page.request.get(`/api/editions/${report.editionId}/${format}`, {
      headers: { "if-none-match": etag },
    });
    expect(again.status()).toBe(304);
  }
  await page.goto(`/reports/${report.slug}/editions`);
  await page.getByRole("region", { name: "导出合成稿" }).getByRole("button", { name: "PDF" }).click();
  await page.waitForURL(/\/exports$/);
  const done = page.getByRole("row", { name: /（未封存）\.pdf/ });
  await expect(done.getByText("已做好")).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    done.getByRole("link", { name: "下载" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/（未封存）\.pdf$/);

  // The page that is open tells of what fails meanwhile.
  await database.owner.db.insert(exportRequests).values({
    jurisdictionId: district.jurisdictionId,
    requestedBy: district.bureau.lead.userId,
    membershipId: district.bureau.lead.membershipId,
    source: "draft",
    format: "pdf",
    reportId: report.id,
    document: aSmallReport({ blocks: [{ kind: "paragraph", id: "b", spans: [aSpan("\u{10FFFD}")] }] }),
    key: "unprintable",
    name: "生僻字.pdf",
    createdAt: new Date(),
  });
  const failed = page.getByRole("row", { name: /生僻字\.pdf/ });
  await expect(failed.getByText("没有做成")).toBeVisible();
  await expect(failed.getByText(/字库中没有的字/)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize(PHONE);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  );
  await page.goto("/desk");
  await expect(page.getByText("1 份已做好")).toBeVisible();
});

test("the preview shows the pages, and the changed one by itself when a text is approved", async ({
  signedInAs,
  district,
}) => {
  const report = await aReport(district, { leaves: [{ department: "agriculture" }, { department: "commerce" }] });
  const [first, second] = report.leaves;
  if (!first || !second) throw new Error("no leaves");
  await takeLeaf(district, first, "approved");
  const page = await signedInAs(district.bureau.lead);
  await page.goto(`/reports/${report.slug}/preview`);
  const sheet = page.getByRole("img", { name: "第 1 页，共 1 页" });
  await expect(sheet).toBeVisible();
  await expect.poll(() => sheet.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const before = await sheet.getAttribute("src");
  await takeLeaf(district, second, "approved");
  await expect(page.getByText(/更新，第 1 页有变化/)).toBeVisible();
  expect(await sheet.getAttribute("src")).not.toBe(before);
  expect(await violations(page)).toEqual([]);
});
