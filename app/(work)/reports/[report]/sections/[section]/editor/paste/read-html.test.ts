import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { PastedBlock } from "./pasted";
import { readHtml } from "./read-html";
import { settled } from "./settle";

it("Word's clipboard keeps numbers, leads, points and tables; pictures, comments and what was deleted stay out", () => {
  const { blocks, images } = readHtml(fixture("word"));
  expect(images).toBe(1);
  expect(said(settled(blocks))).toEqual([
    "一、上半年经济运行情况",
    "**抓粮食生产。**上半年粮食播种面积 6.8 万亩,同比增长1.2%，其中早稻播种面积2.1万亩。",
    "主要抓好以下工作：",
    "~一是落实责任；",
    "（n）落实耕地保护责任；",
    "（n）建成高标准农田1.5万亩。",
    "——生猪出栏12万头；",
    "——蔬菜产量3万吨。",
    "[#项目|投资(亿元)|][|计划|完成][一期工程|12.50|6.30]",
  ]);
});

it("WPS's clipboard keeps the same", () => {
  expect(said(settled(readHtml(fixture("wps")).blocks))).toEqual([
    "（一）扩大有效投资",
    "**抓项目发展现代农业。**实施重点项目69个，其中４６个进度正常,占66.7%。",
    "（n）投资增长动能不足；",
    "（n）要素保障有待加强。",
    "[#指标|完成（亿元）][固定资产投资|35.20]",
  ]);
});

it("LibreOffice Writer's clipboard keeps the same, its headings numbered by their level", () => {
  expect(said(settled(readHtml(fixture("libreoffice-writer")).blocks))).toEqual([
    "一、上半年经济运行情况",
    "（一）夯实农业基础，抓好稳产保供",
    '**抓粮食生产。**上半年粮食播种面积 6.8 万亩,同比增长１.２％,“菜篮子”供应稳定，打造"一村一品" 。',
    "主要抓好以下工作：",
    "（n）落实耕地保护责任；",
    "（n）推进高标准农田建设；",
    "（n）做好防灾减灾工作。",
    "——生猪出栏12万头；",
    "——蔬菜产量3万吨。",
    "重点项目进展",
    "~如下表所示。",
    "[#项目|计划投资(亿元)|完成投资(亿元)][一期|12.50|6.30][|8.00|4.10][合计|20.50|10.40]",
    "总体平稳。",
  ]);
});

it("a range of Excel is a table without what is hidden there, its merged title a line above", () => {
  expect(said(settled(readHtml(fixture("excel")).blocks))).toEqual([
    "2024年上半年重点项目完成情况",
    "[#项目|计划投资（亿元）|完成投资（亿元）|备注][一期工程|12.50|6.3|在建][合计|20.50|10.40|已核]",
  ]);
});

it("a range of LibreOffice Calc is a table, its figures as they are displayed", () => {
  expect(said(settled(readHtml(fixture("libreoffice-calc")).blocks))).toEqual([
    "2024年上半年重点项目完成情况",
    "[#项目|计划投资（亿元）|完成投资（亿元）|备注][一期工程|12.50|6.30|在建][二期工程|1,308|1,234.5|增长3.2%][合计|1,320.50|1,240.80|已核]",
  ]);
});

it("one cell of Excel is its words", () => {
  expect(said(settled(readHtml(fixture("excel-cell")).blocks))).toEqual(["481.35"]);
});

it.each<[string, string, string[]]>([
  ["a bold line is a heading's look", "<p><b>总体情况</b></p>", ["总体情况"]],
  ["a bold sentence is a lead", "<p><b>抓粮食。</b></p>", ["**抓粮食。**"]],
  ["bold after the start is dropped", "<p>抓<b>粮食</b>生产</p>", ["抓粮食生产"]],
  [
    "weight is read from the style",
    "<p><span style='font-weight:700'>抓。</span><b style='font-weight:normal'>实</b></p>",
    ["**抓。**实"],
  ],
  ["bold does not end with a wrong tag", "<p><b>抓。</i>粮</b>食</p>", ["**抓。粮**食"]],
  ["a list of the web is counted", "<ol><li>甲<li>乙</ol><ul><li>丙</ul>", ["（n）甲", "（n）乙", "——丙"]],
  ["a list that begins later keeps its numbers", "<ol start=3><li>甲<li>乙</ol>", ["3.甲", "4.乙"]],
  ["numbers with words between them stay text", "<ol><li>甲<p>又</p><li>乙</ol>", ["1.甲", "又", "2.乙"]],
  ["two lists in a row do not count on", "<ol><li>甲</ol><ol><li>乙</ol>", ["（n）甲", "1.乙"]],
  ["an empty item gives its number to nobody", "<ol><li></li></ol><p>乙</p>", ["乙"]],
  ["letters stay letters", "<ol type=a><li>甲<li>乙</ol>", ["a.甲", "b.乙"]],
  ["a number stands off from digits", "<ol start=2><li>5G基站</ol>", ["2. 5G基站"]],
  ["typed points are points", "<p>（1）甲</p><p>(2)乙</p><p>（4）丁</p>", ["（1）甲", "(2)乙", "（4）丁"]],
  ["typed points in order are points", "<p>（1）甲</p><p>(2)乙</p>", ["（n）甲", "（n）乙"]],
  [
    "hidden words stay out",
    "<p>甲<span style='display:none'>密</span><span style='mso-hide:all'>密</span></p>",
    ["甲"],
  ],
  ["a source line between Chinese is no blank", "<p>全区\r\n经济 运行\n2024 年</p>", ["全区经济 运行 2024 年"]],
  ["a break of the page parts paragraphs", "<p>甲<br style='page-break-before:always'>乙</p>", ["甲", "乙"]],
  ["two breaks are an end", "<p>甲<br><br>乙<br></p><p>丙</p>", ["甲", "乙", "丙"]],
  ["preformatted lines are lines", "<pre>甲\n乙</pre>", ["甲", "~乙"]],
  ["a table of one cell is its lines", "<table><tr><td><p>甲</p><p>乙</p></table>", ["甲", "乙"]],
  ["a table in a cell is its words", "<table><tr><td>甲<td><table><tr><td>乙<td>丙</table></table>", ["[甲|乙丙]"]],
  ["a column claimed by nobody is none", "<table><tr><td>甲<td>乙<td></td><tr><td>1<td>2</table>", ["[#甲|乙][1|2]"]],
  ["words above numbers are a header", "<table><tr><td>甲<td>乙<tr><td>丙<td>2</table>", ["[#甲|乙][丙|2]"]],
  ["words loose in a table stay", "<table>甲<tr>乙<td>丙<td>丁</table>", ["甲", "乙", "[丙|丁]"]],
  ["a sign of Wingdings is a sign", "<p><span style='font-family:Wingdings'>ü</span>已办结</p>", ["✓已办结"]],
  [
    "named and numbered characters",
    "<p>&ldquo;5&times;3&rdquo;&#150;&#x4e2d;&unknown;&amp;lt;</p>",
    ["“5×3”–中&unknown;&lt;"],
  ],
  ["what cannot be kept goes", "<p>甲\0乙\ud800丙&#0;&#xd800;😀</p>", ["甲乙丙😀"]],
  ["less-than is a sign", "<p>1 < 2 且 3<4</p>", ["1 < 2 且 3<4"]],
  [
    "a picture written into the page is no text",
    `<p>甲<img src="data:image/png;base64,${"A".repeat(9000)}">乙</p>`,
    ["甲乙"],
  ],
  ["nothing", "<p>&nbsp;</p><table><tr><td></table><!-- x", []],
])("%s", (_, html, lines) => {
  expect(said(settled(readHtml(html).blocks))).toEqual(lines);
});

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}.html`, import.meta.url), "utf8");

/** ~ begins a line that a hard break parted, # a table with a header. */
function said(blocks: readonly PastedBlock[]): string[] {
  return blocks.map((block) => {
    if (block.type === "table") {
      return block.rows.map((row, y) => `[${block.header && y === 0 ? "#" : ""}${row.join("|")}]`).join("");
    }
    const mark = { paragraph: "", bullet: "——", numbered: "（n）" }[block.type];
    const words = block.runs.map((run) => (run.lead ? `**${run.text}**` : run.text)).join("");
    return `${block.soft ? "~" : ""}${mark}${words}`;
  });
}
