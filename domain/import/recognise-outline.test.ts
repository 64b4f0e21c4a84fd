import { describe, expect, it } from "vitest";
import { blockText, tableText } from "../section/content";
import { readDocument } from "./read-document";
import { recogniseOutline, type ImportedOutline } from "./recognise-outline";

const outlineOf = async (text: string): Promise<ImportedOutline> =>
  recogniseOutline(await readDocument(Buffer.from(text)));

/** Each node as "key kind title", "+" for one that goes on in the paragraph before it, then its paragraphs. */
const shown = ({ nodes }: ImportedOutline): string[] =>
  nodes.map(({ key, kind, title, runOn, content }) =>
    [`${key} ${kind} ${runOn ? "+" : ""}${title}`, ...(content?.content ?? []).map(blockText)].join(" | "),
  );
const left = ({ leftOver }: ImportedOutline): string[] => leftOver.map(({ reason, text }) => `${reason} ${text}`);

describe("another county's report", () => {
  it("in plain text, with a letterhead, a title on two lines, half-width marks and a signature", async () => {
    const outline = await outlineOf(`某县人民政府文件
某政〔2025〕12号
关于某县2025年上半年
国民经济和社会发展计划执行情况的报告
（2025年7月28日在某县第十八届人民代表大会常务委员会第二十次会议上）
某县发展和改革局局长 某某
主任、各位副主任、各位委员:
受县人民政府委托,现将有关情况报告如下,请予审议。
一、上半年计划执行情况
上半年,全县经济总体平稳。
(一)工业经济稳中有进
规上工业增加值增长8.2%。
二、存在的困难和问题
1、有效需求不足。消费恢复缓慢。
2、财政收支矛盾突出。刚性支出增加。
三、下半年工作安排
（一）全力稳增长。抓好运行调度，确保全年目标。
（二）全力扩投资。抓好项目建设。
以上报告,请予审议。
某县人民政府
2025年7月28日`);
    expect(shown(outline)).toEqual([
      "1 title 标题 | 关于某县2025年上半年国民经济和社会发展计划执行情况的报告",
      "2 delivery 题注 | （2025年7月28日在某县第十八届人民代表大会常务委员会第二十次会议上）",
      "3 speaker 报告人 | 某县发展和改革局局长 某某",
      "4 salutation 称谓 | 主任、各位副主任、各位委员:",
      "5 text 开头语 | 受县人民政府委托,现将有关情况报告如下,请予审议。",
      "6 part 上半年计划执行情况",
      "6.1 text 导语 · 全县经济总体平稳 | 上半年,全县经济总体平稳。",
      "6.2 chapter 工业经济稳中有进",
      "6.2.1 text 导语 · 规上工业增加值增长8.2% | 规上工业增加值增长8.2%。",
      "7 part 存在的困难和问题",
      "7.1 item 有效需求不足 | 有效需求不足。消费恢复缓慢。",
      "7.2 item 财政收支矛盾突出 | 财政收支矛盾突出。刚性支出增加。",
      "8 part 下半年工作安排",
      "8.1 item 全力稳增长 | 全力稳增长。抓好运行调度，确保全年目标。",
      "8.2 item 全力扩投资 | 全力扩投资。抓好项目建设。",
      "9 text 结束语 | 以上报告,请予审议。",
    ]);
    expect(left(outline)).toEqual([
      "before-title 某县人民政府文件",
      "before-title 某政〔2025〕12号",
      "signature 某县人民政府",
      "signature 2025年7月28日",
    ]);
    expect(outline.period).toEqual({ year: 2025, half: 1 });
  });

  it("that numbers 第一部分 and below it 一、", async () => {
    const outline = await outlineOf(
      "# 某市2024年计划执行情况的报告\n\n第一部分 2024年计划执行情况\n\n一、经济运行\n\n增长6%。\n\n（一）农业。粮食增产。\n\n第二部分 2025年安排\n\n一、主要目标\n\n增长6%左右。",
    );
    expect(shown(outline).slice(1)).toEqual([
      "2 part 2024年计划执行情况",
      "2.1 chapter 经济运行",
      "2.1.1 text 导语 · 增长6% | 增长6%。",
      "2.1.2 item 农业 | 农业。粮食增产。",
      "3 part 2025年安排",
      "3.1 chapter 主要目标",
      "3.1.1 text 导语 · 增长6%左右 | 增长6%左右。",
    ]);
    expect(outline.period).toEqual({ year: 2024, half: 2 });
  });

  it("whose 一、 are paragraphs with a lead, and nothing else is a heading", async () => {
    const long = `上半年规上工业增加值增长6.3%，${"产业结构持续优化，".repeat(20)}高于全市。`;
    const outline = await outlineOf(
      `# 某区2023年上半年计划执行情况的报告\n\n一、工业稳步增长。${long}\n\n二、农业形势良好。夏粮丰收。\n\n三、狠抓落实！全力以赴。`,
    );
    expect(shown(outline).slice(1)).toEqual([
      `2 item 工业稳步增长 | 工业稳步增长。${long}`,
      "3 item 农业形势良好 | 农业形势良好。夏粮丰收。",
      "4 item 狠抓落实 | 狠抓落实！全力以赴。",
    ]);
  });

  it("where a run-in （一） has numbered paragraphs of its own, and so is a heading with its text behind it", async () => {
    const outline = await outlineOf(
      "一、执行情况\n\n（一）产业稳。总体平稳。\n\n1. 工业稳。增长8%。\n\n2. 农业稳。丰收。\n\n（二）投资稳。增长5%。\n\n二、抓落实。\n\n抓好！",
    );
    expect(shown(outline)).toEqual([
      "1 part 执行情况",
      "1.1 chapter 产业稳",
      "1.1.1 text 导语 · 总体平稳 | 总体平稳。",
      "1.1.2 item 工业稳 | 工业稳。增长8%。",
      "1.1.3 item 农业稳 | 农业稳。丰收。",
      "1.2 chapter 投资稳",
      "1.2.1 text 导语 · 增长5% | 增长5%。",
      "2 part 抓落实。",
      "2.1 text 导语 · 抓好 | 抓好！",
    ]);
    const stops = outline.nodes.flatMap(({ source }) => source.filter(({ taken }) => taken === "。"));
    expect(stops).toEqual([
      { block: 1, taken: "。", kept: "总体平稳。" },
      { block: 4, taken: "。", kept: "增长5%。" },
    ]);
  });

  it("with four levels of numbers: what stands below 1. is the item's own text", async () => {
    const outline = await outlineOf(
      "一、执行情况\n\n（一）产业发展\n\n1.工业\n\n增长8%。\n\n（1）龙头企业\n\n三家。\n\n① 甲厂\n\n2.农业\n\n一是粮食。\n\n二是蔬菜。",
    );
    expect(shown(outline).slice(2)).toEqual([
      "1.1.1 item 工业 | 工业 | 增长8%。 | （1）龙头企业 | 三家。 | ① 甲厂",
      "1.1.2 item 农业 | 农业 | 一是粮食。 | 二是蔬菜。",
    ]);
  });

  it("that numbers nothing: headings by their style, else by bold lines", async () => {
    const styled = await outlineOf(
      "# 某县2024年上半年计划执行情况的报告\n\n## 上半年执行情况\n\n总体平稳。\n\n### 工业\n\n增长。\n\n## 下半年安排\n\n继续努力。",
    );
    expect(shown(styled).filter((line) => /part|chapter/.test(line))).toEqual([
      "2 part 上半年执行情况",
      "2.2 chapter 工业",
      "3 part 下半年安排",
    ]);
    const bold = await outlineOf("**上半年执行情况**\n\n总体平稳。\n\n**下半年安排**\n\n继续努力。");
    expect(shown(bold)).toEqual([
      "1 part 上半年执行情况",
      "1.1 text 导语 · 总体平稳 | 总体平稳。",
      "2 part 下半年安排",
      "2.1 text 导语 · 继续努力 | 继续努力。",
    ]);
  });

  it("that counts headings beyond any official number keeps them as text, and loses none", async () => {
    const headings = Array.from({ length: 120 }, (_, index) => `（一）第${index + 1}件\n\n办好第${index + 1}件事。`);
    const outline = await outlineOf(`一、工作\n\n${headings.join("\n\n")}`);
    expect(outline.nodes.filter(({ kind }) => kind === "chapter")).toHaveLength(99);
    const text = outline.nodes.flatMap(({ content }) => (content?.content ?? []).map(blockText));
    expect(text).toContain("（一）第100件");
    expect(text).toContain("办好第120件事。");
    expect(outline.leftOver).toEqual([]);
  });

  it("with neither title nor headings is one text, and its period is not known", async () => {
    const outline = await outlineOf("经济总体平稳。农业丰收。\n\n工业增长。");
    expect(shown(outline)).toEqual(["1 text 开头语 | 经济总体平稳。农业丰收。 | 工业增长。"]);
    expect([outline.title, outline.period]).toEqual(["", { year: null, half: null }]);
  });

  it("whose lines were wrapped, or ended by line breaks instead of paragraphs", async () => {
    const wrapped = await outlineOf(
      "一、执行情况\n\n上半年全县上下深入学习贯彻党的二十大精神坚持稳\n中求进工作总基调经济运行总体平稳稳中有进稳中向\n好，地区生产总值增长6.1%。\n\n二、安排\n\n第一段。\n第二段。",
    );
    expect(shown(wrapped)).toEqual([
      "1 part 执行情况",
      expect.stringContaining("坚持稳中求进工作总基调经济运行总体平稳稳中有进稳中向好，地区"),
      "2 part 安排",
      "2.1 text 导语 · 第一段 | 第一段。 | 第二段。",
    ]);
  });
});

describe("the front of a report", () => {
  const frontOf = async (text: string): Promise<string[]> =>
    shown(await outlineOf(`${text}\n\n一、情况\n\n平稳。`)).slice(0, -2);

  it("may have a draft's label, a bare date, and a speaker's office and name on two lines", async () => {
    expect(
      await frontOf(
        "某县2025年上半年计划执行情况的报告\n\n（送审稿）\n\n2025年8月\n\n某县发展和改革局\n\n某某某\n\n各位委员：\n\n请审议。",
      ),
    ).toEqual([
      "1 title 标题 | 某县2025年上半年计划执行情况的报告（送审稿）",
      "2 delivery 题注 | 2025年8月",
      "3 speaker 报告人 | 某县发展和改革局 某某某",
      "4 salutation 称谓 | 各位委员：",
      "5 text 开头语 | 请审议。",
    ]);
  });

  it("keeps no bold: the type of these lines says it", async () => {
    const { nodes } = await outlineOf("**某县计划执行情况的报告**\n\n一、情况\n\n平稳。");
    expect(nodes[0]?.content?.content[0]).toMatchObject({
      content: [{ type: "text", text: "某县计划执行情况的报告" }],
    });
    expect(JSON.stringify(nodes[0]?.content)).not.toContain("lead");
  });
});

describe("what reads like a number, a bullet or a lead", () => {
  it("is text where it is no heading: 3、4月份, 1.5亿元, 一、二、三产业", async () => {
    const outline = await outlineOf(
      "一、情况\n\n3、4月份增长快。\n\n1.5亿元的项目开工。\n\n一、二、三产业协调发展。\n\n2024年上半年平稳。",
    );
    expect(shown(outline)).toEqual([
      "1 part 情况",
      "1.1 text 导语 · 3、4月份增长快 | 3、4月份增长快。 | 1.5亿元的项目开工。 | 一、二、三产业协调发展。 | 2024年上半年平稳。",
    ]);
  });

  it("is a leaf where a bold lead begins, on its own line or within a paragraph; bold within a sentence is not one", async () => {
    const outline = await outlineOf(
      "一、情况\n\n**工业经济**\n\n增长8%。\n\n**农业。**丰收，**粮食**产量5万吨。**林业，**造林。",
    );
    expect(shown(outline)).toEqual([
      "1 part 情况",
      "1.1 text 工业经济 | 工业经济 | 增长8%。",
      "1.2 text 农业 | 农业。丰收，粮食产量5万吨。",
      "1.3 text +林业 | 林业，造林。",
    ]);
    expect(outline.nodes[2]?.content?.content[0]).toMatchObject({
      content: [
        { text: "农业。", marks: [{ type: "lead" }] },
        { text: "丰收，" },
        { text: "粮食", marks: [{ type: "lead" }] },
        { text: "产量5万吨。" },
      ],
    });
  });

  it("keeps no bold that a whole paragraph is set in", async () => {
    const long = `上半年经济总体平稳，${"稳中有进，".repeat(10)}好于预期。`;
    const { nodes } = await outlineOf(`一、情况\n\n**${long}**`);
    expect(nodes[1]?.content?.content[0]).toMatchObject({ content: [{ type: "text", text: long }] });
    expect(JSON.stringify(nodes[1]?.content)).not.toContain("lead");
  });

  it("is a bullet of the item or lead that it stands under, else a leaf of bullets called by what leads to it", async () => {
    const outline = await outlineOf(
      "一、情况\n\n总体平稳，重点项目进展情况如下：\n\n- 甲项目\n- 乙项目\n\n1. 抓招商。具体是：\n\n● 走出去\n\n● 请进来",
    );
    expect(shown(outline).slice(2)).toEqual([
      "1.2 bullets 重点项目进展情况 | 甲项目 | 乙项目",
      "1.3 item 抓招商 | 抓招商。具体是： | 走出去 | 请进来",
    ]);
    expect(outline.nodes[3]?.content?.content.map(({ type }) => type)).toEqual(["paragraph", "bullet", "bullet"]);
  });
});

describe("annexes", () => {
  const TABLES = `附件：1. 某县主要经济指标表
2. 重点项目表

附件1

某县主要经济指标表

单位：亿元、%

| 指标名称 | 单位 | 2024年计划 | 上半年完成 | 完成计划% | 增长% | 责任单位 |
|---|---|---|---|---|---|---|
| 地区生产总值 | 亿元 | 100 | 48.5 | 48.50 | 6.1 | 统计局 |
| 工业增加值 | 亿元 | 30 | 15 | 51 | 7 | |

注：数据为快报数。

附件2

重点项目表

| 项目 | 投资 |
|---|---|
| 甲项目 | 3亿元 |`;

  it("are the tables, under the names that 附件： gives them; the first of indicators is read as figures", async () => {
    const outline = await outlineOf(`一、情况\n\n平稳。\n\n${TABLES}`);
    expect(outline.nodes.slice(-2).map(({ kind, title }) => [kind, title])).toEqual([
      ["indicators", "某县主要经济指标表"],
      ["annex", "重点项目表"],
    ]);
    const [table] = outline.nodes.at(-1)?.content?.content ?? [];
    expect(table?.type === "table" && tableText(table)).toEqual([
      ["项目", "投资"],
      ["甲项目", "3亿元"],
    ]);
    expect(outline.figures?.rows.map(({ officialName, unit, figures }) => [officialName, unit, figures])).toEqual([
      [
        "地区生产总值",
        "亿元",
        {
          planTotal: { state: "number", digits: "100" },
          actual: { state: "number", digits: "48.5" },
          growth: { state: "number", digits: "6.1" },
        },
      ],
      [
        "工业增加值",
        "亿元",
        {
          planTotal: { state: "number", digits: "30" },
          actual: { state: "number", digits: "15" },
          completion: { state: "number", digits: "51" },
          growth: { state: "number", digits: "7" },
        },
      ],
    ]);
  });

  it("list what stands around the tables, and cells that the catalogue has no column for", async () => {
    const outline = await outlineOf(`一、情况\n\n平稳。\n\n${TABLES}`);
    expect(left(outline)).toEqual([
      "annex-text 单位：亿元、%",
      "cell-unread 责任单位：统计局",
      "annex-text 注：数据为快报数。",
    ]);
  });

  it("take a table out of the text, by its caption, and say which is too large", async () => {
    const wide = (cells: number) => `| ${Array.from({ length: cells }, (_, index) => `列${index}`).join(" | ")} |`;
    const outline = await outlineOf(
      `一、情况\n\n项目进展见下表。\n\n重点项目一览\n\n| 项目 | 投资 |\n|---|---|\n| 甲 | 3 |\n\n继续推进。\n\n${wide(21)}\n${wide(21)}`,
    );
    expect(shown(outline)).toEqual([
      "1 part 情况",
      "1.1 text 导语 · 项目进展见下表 | 项目进展见下表。 | 继续推进。",
      "2 annex 重点项目一览 | 项目\t投资\n甲\t3",
    ]);
    expect(outline.leftOver).toMatchObject([{ reason: "table-too-large", block: 5 }]);
  });

  it("that are only named have a place without a table", async () => {
    const outline = await outlineOf("一、情况\n\n平稳。\n\n附件：1. 主要指标表\n2. 项目清单");
    expect(outline.nodes.slice(-2).map(({ kind, title, content }) => [kind, title, content])).toEqual([
      ["indicators", "主要指标表", null],
      ["annex", "项目清单", { type: "doc", content: [] }],
    ]);
    expect(outline.figures).toBeNull();
  });
});
