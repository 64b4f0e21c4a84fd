import { expect, it } from "vitest";
import { readPlain } from "./read-plain";

const LONG = "上半年全区经济运行总体平稳、稳中有进，主要指标";

it.each<[string, string, string[]]>([
  ["lines are lines, blank ones none", "甲。\r\n\r\n 乙\n丙\r", ["甲。", "乙", "丙"]],
  ["a long line that breaks off goes on in the next", `${LONG}\n好于预期。\n下一段`, [LONG, "~好于预期。", "下一段"]],
  ["a vertical tab and a separator are hard breaks", "甲\v乙\u2028丙", ["甲", "~乙", "~丙"]],
  ["a paragraph separator is an end", "甲\u2029乙", ["甲", "乙"]],
  ["cells in rows are a table", "项目\t投资\n一期\t12.5\n", ["[项目|投资][一期|12.5]"]],
  ["a table has its place among lines", "如下：\n甲\t1\n乙\t2\n完。", ["如下：", "[甲|1][乙|2]", "完。"]],
  ["one row, or lines moved in, are no table", "甲\t乙\n\n\t丙\n\t丁", ["甲 乙", "丙", "丁"]],
  ["a cell in quotes may hold lines", '甲\t"一\n二""三"\n乙\t2', ['[甲|一二"三][乙|2]']],
  ["quotes of the text are its own", '"双过半"\n"一区"', ['"双过半"', '"一区"']],
  ["what cannot be kept goes", "甲\0\udc00乙", ["甲乙"]],
  ["nothing", " \n\u200b\n\t", []],
])("%s", (_, plain, lines) => {
  const said = readPlain(plain).map((block) =>
    block.kind === "table"
      ? block.rows.map((row) => `[${row.join("|")}]`).join("")
      : `${block.soft ? "~" : ""}${block.runs.map((run) => run.text).join("")}`,
  );
  expect(said).toEqual(lines);
});
