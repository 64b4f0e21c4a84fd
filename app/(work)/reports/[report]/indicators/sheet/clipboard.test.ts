import { expect, test } from "vitest";
import { tableOf } from "./clipboard-html";
import { blockOf, textOf } from "./clipboard-text";
import { copyOf } from "./copy-block";

const EXCEL = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Excel.Sheet>
<style><!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {mso-number-format:"0\\.00_ ";} --></style></head>
<body link="#0563C1" vlink="#954F72">
<table border=0 cellpadding=0 cellspacing=0 width=276 style='border-collapse:collapse;width:207pt'>
<!--StartFragment-->
 <col width=69 span=2 style='width:52pt'><col width=0 style='display:none;mso-width-source:userset'><col width=69>
 <tr height=19 style='height:14.25pt'>
  <td height=19 class=xl65 align=right width=69 style='height:14.25pt'>872.78</td>
  <td class=xl65 align=right>936.49<span style='mso-spacerun:yes'>&nbsp;</span></td>
  <td class=xl65>隐藏</td>
  <td class=xl65 align=right>7.3</td>
 </tr>
 <tr height=0 style='display:none'><td>1</td><td>2</td><td>3</td><td>4</td></tr>
 <tr height=19><td class=xl66 colspan=2>1,695&nbsp;</td><td></td><td class=xl65 x:num="4.3000000000000002">####</td></tr>
 <![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=69></td></tr><![endif]>
<!--EndFragment-->
</table></body></html>`;

const WPS = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40"><head>
<style>td{mso-style-parent:style0;white-space:nowrap;}<x/></style></head><body>
<!--[if gte mso 9]><xml><x:ExcelWorkbook><td>不是单元格</td></x:ExcelWorkbook></xml><![endif]-->
<table width="288" border="0" style='border-collapse:collapse;table-layout:fixed;'>
<tr height="18"><td class="et2" x:num rowspan="2"><font class="font1">481.35</font></td><td class="et2" x:str>第1位</td></tr>
<tr height="18"><td class="et2" x:str>数据来自<br/>统计局<br>A&amp;B</td></tr></table></body></html>`;

test("a block copied from Excel comes without its styles, its hidden rows and columns and its padding", () => {
  expect(tableOf(EXCEL)).toEqual([
    ["872.78", "936.49", "7.3"],
    ["1,695", "", "4.3000000000000002"],
  ]);
});

test("a block copied from WPS keeps the place that a cell above takes, and joins a cell's lines", () => {
  expect(tableOf(WPS)).toEqual([
    ["481.35", "第1位"],
    ["", "数据来自统计局 A&B"],
  ]);
});

test("a table from Word is read through its paragraphs, and a table within a cell is words of that cell", () => {
  const html = `<p>见下表</p><table class=MsoTableGrid><tr><td><p class=MsoNormal><span lang=EN-US>8.03<o:p></o:p></span></p></td>
    <td><table><tr><td>甲</td></tr><tr><td>乙</td></tr></table></td></tr></table><p>以上</p>`;
  expect(tableOf(html)).toEqual([["8.03", "甲乙"]]);
});

test("what is no table is none, and a broken one does not hang or run", () => {
  expect(tableOf("<p>481.35</p>")).toBeNull();
  expect(tableOf("<table><tr><td onmouseover='x()'>1<td>2 < 3<tr><td>4")).toEqual([["1", "2 < 3"], ["4"]]);
  expect(tableOf(`<table><tr><td colspan=99999999 rowspan=99999999>1</td></tr></table>`)?.[0]).toHaveLength(200);
  expect(() => tableOf(`<table>${'<td style="'.repeat(5_000)}`)).not.toThrow();
  expect(() => tableOf(`<table>${"<!--".repeat(200_000)}`)).not.toThrow();
});

test("plain text is cells by tabs and rows by line ends; a quoted cell may hold both", () => {
  expect(blockOf("872.78\t936.49\r\n\t7.3\r\n")).toEqual([
    ["872.78", "936.49"],
    ["", "7.3"],
  ]);
  expect(blockOf('"以《报告》\n为准"\t"他说""好"""\n"没有收尾\t1')).toEqual([
    ["以《报告》为准", '他说"好"'],
    ['"没有收尾', "1"],
  ]);
  expect(blockOf("481.35")).toEqual([["481.35"]]);
});

test("what is copied here comes back as it was, also an estimate, and as a plain number to other programs", () => {
  const cells = [
    [
      { text: "59.1", isEstimate: true },
      { text: "a\tb", isEstimate: false },
    ],
    [
      { text: '《"草案"》&<1>', isEstimate: false },
      { text: "", isEstimate: false },
    ],
  ];
  const { text, html } = copyOf(cells);
  expect(tableOf(html)).toEqual([
    ["预计59.1", "a b"],
    ['《"草案"》&<1>', ""],
  ]);
  expect(blockOf(text)).toEqual([
    ["59.1", "a b"],
    ['《"草案"》&<1>', ""],
  ]);
  expect(textOf([["1", "2"]])).toBe("1\t2");
});
