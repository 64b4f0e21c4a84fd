import type { ReportDocument, Span } from "./report-document";

/** A report of one page and one annex with every kind of block, for the renderers' tests. */
export function aSmallReport(wish: Partial<ReportDocument> = {}): ReportDocument {
  return {
    schema: "huibao.report/1",
    report: { slug: "demo-2024-h1", name: "计划执行情况的报告", jurisdiction: "某区", year: 2024, half: 1 },
    contributions: [
      { section: "s-frame", title: "标题", department: "发展和改革局", revision: "r-1", number: 1 },
      { section: "s-farm", title: "抓粮食", department: "农业农村局", revision: "r-2", number: 3 },
      { section: "s-annex", title: "主要指标表", department: "统计局", revision: "r-3", number: 2 },
    ],
    blocks: [
      { kind: "title", id: "b-title", spans: [aSpan("关于某区计划执行情况的报告")] },
      { kind: "delivery", id: "b-delivery", spans: [aSpan("——2024年8月在某区人大常委会会议上")] },
      { kind: "speaker", id: "b-speaker", spans: [aSpan("区发展和改革局")] },
      { kind: "salutation", id: "b-salutation", spans: [aSpan("各位委员：")] },
      { kind: "heading", id: "s-part", level: 1, number: "一、", text: "执行情况" },
      { kind: "bullet", id: "b-bullet", spans: [aSpan("地区生产总值增长9.1%。")] },
      { kind: "heading", id: "s-chapter", level: 2, number: "（一）", text: "夯实农业基础，抓好稳产保供" },
      {
        kind: "paragraph",
        id: "b-body",
        spans: [
          aSpan("总体平稳。"),
          { text: "抓粮食。", lead: true, from: 1, block: "b-farm" },
          aSpan("丰收在望。", 1, "b-farm"),
        ],
      },
      { kind: "paragraph", id: "b-item", number: "1.", spans: [aSpan("投资不足。")] },
    ],
    annexes: [
      {
        id: "s-annex",
        title: "主要指标表",
        from: 2,
        header: ["序号", "指标", "完成率(%)"],
        rows: [
          ["1", "地区生产总值", "51.40"],
          ["2", "工业增加值", "/"],
        ],
      },
    ],
    ...wish,
  };
}

/** The blocks that a text may have besides: numbered points and a table between paragraphs, with a header or without. */
export const POINTS_AND_TABLES: ReportDocument["blocks"] = [
  { kind: "numbered", id: "b-point", number: "（1）", spans: [aSpan("扩大投资。", 1, "b-point")] },
  {
    kind: "table",
    id: "b-table",
    from: 1,
    block: "b-table",
    header: ["项目", "投资|亿元"],
    rows: [["一期", "2.5"]],
  },
  { kind: "table", id: "b-plain", from: 1, block: "b-plain", rows: [["甲", "<乙>"]] },
];

export function aSpan(text: string, from = 0, block = "b-frame"): Span {
  return { text, from, block };
}
