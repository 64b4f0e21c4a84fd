import { deliveries } from "../db/schema";
import { anEdition } from "../db/testing/consultation";
import { aReport, type District } from "../db/testing/factories";
import type { Block, ReportDocument } from "../render/report-document";
import { violations } from "./axe";
import { expect, PHONE, test } from "./fixtures";

const FARM = "坚决落实耕地保护制度，完成粮食播种面积五千亩，早稻收获顺利。";
const TRADE = "推动外经提质增效，举办供应链对接活动三场次，签约项目九个。";
const ROADS = "加快推进城市更新，完成老旧小区改造十二个，惠及两千余户。";

test("two editions are compared: a moved paragraph as a move, a changed figure and a changed cell as one word each", async ({
  signedInAs,
  district,
}) => {
  const { slug, edition } = await twoEditions(district);
  const page = await signedInAs(district.bureau.lead);
  await page.goto(`/reports/${slug}/compare?from=1&to=2`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("送交稿 第1号 → 会议稿 第2号");
  await expect(
    page.getByText("改动 3 处：修改 1 处，新增 1 处，删除 0 处，移动 1 处；表格 1 格。", { exact: true }),
  ).toBeVisible();
  await expect(page.getByRole("deletion").filter({ hasText: "9.1%" })).toHaveText("[删]9.1%");
  await expect(page.getByRole("insertion").filter({ hasText: "9.3%" })).toHaveText("[增]9.3%");
  const annex = page.getByRole("region", { name: "附件" });
  await expect(annex.getByRole("row", { name: /地区生产总值/ }).first()).toContainText("[删]51.40[增]51.41");
  await expect(annex.getByRole("deletion")).toHaveCount(1);
  await expect(page.getByText(ROADS)).toBeHidden();
  expect(await violations(page)).toEqual([]);

  // By keyboard from the first change to the move, and along the move to its other end.
  await page.getByRole("link", { name: "第一处改动" }).press("Enter");
  await expect(page).toHaveURL(/#change-1$/);
  const away = page.getByText("移动1：移至后文");
  await page.getByRole("link", { name: "看移到的地方" }).press("Enter");
  await expect(page).toHaveURL(/#move-1-to$/);
  await expect(page.getByText("移动1：移自前文")).toBeInViewport();
  await expect(away).toHaveCount(1);
  await page.getByRole("link", { name: "看全文" }).press("Enter");
  await expect(page.getByText(ROADS)).toBeVisible();

  await page.getByRole("combobox", { name: "新稿" }).selectOption("1");
  await page.getByRole("button", { name: "比较" }).click();
  await expect(page.getByText("两稿的文字和表格完全相同。")).toBeVisible();

  const reader = await signedInAs(district.congress.member, { viewport: PHONE });
  await reader.goto(`/compare/${edition}`);
  await expect(reader.getByText("移动1：移至后文")).toBeVisible();
  expect(await reader.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
  expect(await violations(reader)).toEqual([]);
});

/** 送交稿 1 and 会议稿 2: one paragraph elsewhere, one figure and one cell changed, one paragraph new. */
async function twoEditions(district: District): Promise<{ slug: string; edition: string }> {
  const { id, slug } = await aReport(district);
  const first = aDocument(slug, "9.1%", "51.40", [FARM, TRADE, ROADS, "守护生态环境。", "持续改善民生。"]);
  const second = aDocument(slug, "9.3%", "51.41", [
    TRADE,
    ROADS,
    "守护生态环境。",
    "持续改善民生。",
    FARM,
    "办好丰收节庆活动。",
  ]);
  const earlier = await anEdition(district, id, 1, "submission", first);
  const edition = await anEdition(district, id, 2, "meeting", second);
  const { userId, label } = district.bureau.lead;
  await district.database.owner.db.insert(deliveries).values(
    [earlier, edition].map((editionId) => ({
      jurisdictionId: district.jurisdictionId,
      editionId,
      toRole: "member" as const,
      deliveredBy: userId,
      deliveredLabel: label,
      deliveredAt: new Date(),
    })),
  );
  return { slug, edition };
}

function aDocument(slug: string, growth: string, rate: string, paragraphs: readonly string[]): ReportDocument {
  const spanOf = (text: string) => ({ text, from: 0, block: `b-${text}` });
  const saying = (text: string): Block => ({ kind: "paragraph", id: `b-${text}`, spans: [spanOf(text)] });
  const growing: Block = {
    kind: "bullet",
    id: "b-growth",
    spans: [{ text: `地区生产总值481.35亿元，增长${growth}；`, from: 0, block: "b-growth" }],
  };
  const names = [
    "地区生产总值",
    "农林牧渔业总产值",
    "规模工业总产值",
    "固定资产投资",
    "社会消费品零售总额",
    "进出口总额",
  ];
  return {
    schema: "huibao.report/1",
    report: { slug, name: "计划执行情况的报告", jurisdiction: "某区", year: 2024, half: 1 },
    contributions: [{ section: "s-1", title: "正文", department: "发改局", revision: "r-1", number: 1 }],
    blocks: [
      { kind: "title", id: "b-title", spans: [spanOf("关于计划执行情况的报告")] },
      { kind: "heading", id: "s-part", level: 1, number: "一、", text: "执行情况" },
      growing,
      ...paragraphs.map(saying),
    ],
    annexes: [
      {
        id: "s-annex",
        title: "主要经济指标完成情况表",
        from: 0,
        header: ["序号", "指标", "完成率(%)"],
        rows: names.map((name, at) => [String(at + 1), name, at === 0 ? rate : "50.16"]),
      },
    ],
  };
}
