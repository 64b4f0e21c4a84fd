import { describe, expect, it } from "vitest";
import type { ReportDocument } from "../report-document";
import { aSmallReport, aSpan, POINTS_AND_TABLES } from "../small-report";
import { toArticleHtml, toOutline } from "./to-html";

describe("the report as an article", () => {
  it("has headings, leads and sources", () => {
    const html = toArticleHtml(aSmallReport());
    const title = '<h1 id="b-title"><span data-from="0" data-block="b-frame">关于某区计划执行情况的报告</span></h1>';
    expect(html.replaceAll("<wbr>", "")).toContain(title);
    expect(html).toContain('<p id="b-delivery" class="delivery">');
    expect(html).toContain('<h2 id="s-part"><span class="number">一、</span>执行情况</h2>');
    expect(html).toContain('<h3 id="s-chapter"><span class="number">（一）</span>夯实农业基础，抓好稳产保供</h3>');
    expect(html).toContain('<span data-from="1" data-block="b-farm"><b class="lead">抓粮食。</b></span>');
    expect(html).toContain('<p id="b-bullet" class="bullet"><span class="dash">——</span>');
    expect(html).toContain('<p id="b-item" class="item"><span class="number">1.</span>');
  });

  it("has numbered points, and tables between paragraphs that say who wrote them", () => {
    const html = toArticleHtml(aSmallReport({ blocks: POINTS_AND_TABLES }));
    expect(html).toContain('<p id="b-point" class="numbered"><span class="number">（1）</span><span data-from="1"');
    expect(html).toContain('<div id="b-table" class="text-table" tabindex="0" data-from="1" data-block="b-table">');
    expect(html).toContain('<thead><tr><th scope="col">项目</th><th scope="col">投资|亿元</th></tr></thead>');
    expect(html).toContain("<table>\n<tbody>\n<tr><td>甲</td><td>&lt;乙&gt;</td></tr>");
  });

  it("lets a title break between words only", () => {
    expect(toArticleHtml(aSmallReport())).toContain("关于某区<wbr>计划<wbr>执行<wbr>情况的<wbr>报告");
  });

  it("has the annex as a table with its headers, linked from the line under the body", () => {
    const html = toArticleHtml(aSmallReport());
    expect(html).toContain('<p class="annex-line">附件：<a href="#s-annex">主要指标表</a></p>');
    expect(html).toContain('<section class="annex" id="s-annex" data-from="2">');
    expect(html).toContain('<caption id="s-annex-caption">主要指标表</caption>');
    expect(html).toContain('<th scope="col">完成率(%)</th>');
    expect(html).toContain('<tr><th scope="row">2</th><td>工业增加值</td><td>/</td></tr>');
  });

  it("escapes every word that somebody wrote, wherever it stands", () => {
    const evil = `<script>alert("1")</script>&'`;
    const html = toArticleHtml(everywhere(evil));
    expect(html).not.toContain("<script");
    expect(html).not.toContain(`"1"`);
    expect(
      html.replaceAll("<wbr>", "").split("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;"),
    ).toHaveLength(1 + 13);
  });

  it("drops control characters, which HTML cannot hold", () => {
    const blocks: ReportDocument["blocks"] = [
      { kind: "paragraph", id: "b-1", spans: [aSpan("甲\u0000\u0007\u009f乙")] },
    ];
    expect(toArticleHtml(aSmallReport({ blocks }))).toContain(">甲乙<");
  });
});

describe("the outline for navigation", () => {
  it("points at the article's headings and annexes, chapters by their first clause", () => {
    const outline = toOutline(aSmallReport());
    expect(outline).toEqual([
      { id: "s-part", level: 1, number: "一、", text: "执行情况", short: "执行情况" },
      { id: "s-chapter", level: 2, number: "（一）", text: "夯实农业基础，抓好稳产保供", short: "夯实农业基础" },
      { id: "s-annex", level: 1, number: "附件", text: "主要指标表", short: "主要指标表" },
    ]);
    const html = toArticleHtml(aSmallReport());
    for (const entry of outline) expect(html).toContain(` id="${entry.id}"`);
  });
});

/** 13 places: id and text of the heading, id, block and text of the paragraph, and the annex with its cells. */
function everywhere(text: string): ReportDocument {
  return aSmallReport({
    blocks: [
      { kind: "heading", id: text, level: 1, number: "一、", text },
      { kind: "paragraph", id: text, spans: [aSpan(text, 0, text)] },
    ],
    annexes: [{ id: text, title: text, from: 2, header: [text], rows: [[text]] }],
  });
}
