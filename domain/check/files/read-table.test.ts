import { readFileSync } from "node:fs";
import exceljs, { type Worksheet } from "exceljs";
import { describe, expect, it } from "vitest";
import type { FigureField } from "../../indicator/figure";
import { storedZip, unpacked, zipEntries } from "../../indicator/files/zip-parts";
import { readTable, type TableFile } from "./read-table";
import { UnreadableFile } from "./unreadable-file";

const real = readFileSync("db/demo/2024-h1.indicators.csv");
const realCells = real
  .toString("utf8")
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(","));

describe("the real table", () => {
  it("is read cell by cell with its five states", async () => {
    const { rows, problems, period, placeOf } = await readTable(real);
    expect(problems).toEqual([]);
    expect(period).toEqual({ year: 2024, half: 1 });
    expect(rows.map(({ officialName, unit }) => [officialName, unit])).toEqual(
      realCells.slice(1).map((cells) => [cells[1], cells[2]]),
    );
    expect(rows.filter(({ kind }) => kind === "growth-only").map(({ officialName }) => officialName)).toEqual([
      "规模工业增加值",
    ]);
    expect(rows[0]?.figures.completion).toEqual({ state: "number", digits: "51.40" });
    expect(rows[8]?.figures).toMatchObject({
      actual: { state: "estimate", digits: "59.1" },
      growth: { state: "estimate", digits: "-4.03" },
      rankTotal: { state: "pending" },
    });
    expect(rows[7]?.figures).toMatchObject({
      planGrowth: { state: "not-applicable" },
      rankGrowth: { state: "words", words: "完成率全市第二" },
    });
    expect(rows[7]?.figures.remark).toBeUndefined();
    expect(placeOf(rows[9]?.code ?? "", "completion")).toEqual({ row: 11, column: "完成率(%)" });
  });

  it("is the same in every order of columns, every encoding and every line ending", async () => {
    const expected = await readTable(real);
    const order = [11, 8, 0, 3, 10, 6, 1, 5, 9, 4, 2, 7];
    const shuffled = realCells.map((cells) => order.map((column) => cells[column] ?? ""));
    const variants: Uint8Array[] = [
      bytesOf(csv(shuffled)),
      bytesOf(`\uFEFF${csv(realCells, ",", "\r\n")}`),
      bytesOf(csv(realCells, ";")),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv(realCells, "\t", "\r\n"), "utf16le")]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(csv(realCells), "utf16le").swap16()]),
      bytesOf(csv(realCells.map((cells) => cells.map((cell) => `"${cell}"`)))),
      bytesOf(csv(realCells, ",", "\r")),
    ];
    for (const bytes of variants) expect((await readTable(bytes)).rows).toEqual(expected.rows);
  });

  it("is read from the GB18030 that Chinese spreadsheets write", async () => {
    // 主要经济指标, 计划, 完成; 地区生产总值, 2, 1.
    const bytes = Buffer.from(
      "d6f7d2aabeadbcc3d6b8b1ea2cbcc6bbae2ccdeab3c90ab5d8c7f8c9fab2fad7dcd6b52c322c310a",
      "hex",
    );
    const { rows } = await readTable(bytes);
    expect(rows[0]?.officialName).toBe("地区生产总值");
  });
});

describe("tables of other counties and years", () => {
  it("are known by their headings", async () => {
    const { rows, period, placeOf } = await readTable(
      bytesOf(
        csv(
          [
            ["某某县2026年1—6月经济指标完成情况表", "", "", "", "", "", "", ""],
            ["单位：亿元", "", "", "", "", "", "", ""],
            [],
            [
              "指标名称",
              "１－６月\n完成",
              "同比增长（％）",
              "年度计划",
              "完成年度计划%",
              "上年实际",
              "计划增长（％）",
              "说明",
            ],
            ["一、综合", "", "", "", "", "", "", ""],
            ["单位生产总值能耗", "", "-3.1", "", "", "", "-3", ""],
            ["全社会用电量（亿千瓦时）", "12.3", "5.0", "25", "49.2", "23.6", "6", ""],
            ["地区生产总值", "100.5", "6.1", "210", "47.86", "198.1", "6", "为预计数"],
            ["", "", "", "", "", "", "", ""],
            ["注：数据来源于统计局", "", "", "", "", "", "", ""],
          ].map((cells) => cells.map((cell) => (cell.includes("\n") ? `"${cell}"` : cell))),
        ),
      ),
    );
    expect(period).toEqual({ year: 2026, half: 1 });
    expect(rows.map(({ officialName, unit }) => [officialName, unit])).toEqual([
      ["单位生产总值能耗", "亿元"],
      ["全社会用电量", "亿千瓦时"],
      ["地区生产总值", "亿元"],
    ]);
    expect(rows[2]?.figures).toMatchObject({
      lastActual: { digits: "198.1" },
      planTotal: { digits: "210" },
      planGrowth: { digits: "6" },
      actual: { state: "estimate", digits: "100.5" },
      completion: { state: "estimate", digits: "47.86" },
      growth: { state: "estimate", digits: "6.1" },
    });
    expect(placeOf(rows[2]?.code ?? "", "actual")).toEqual({ row: 8, column: "１－６月\n完成" });
  });

  it.each<[string, FigureField | null]>([
    ["2023年实际完成情况", "lastActual"],
    ["2024年实际完成", "lastActual"],
    ["上年完成数", "lastActual"],
    ["去年实绩", "lastActual"],
    ["上年同期完成", null],
    ["2025年上半年完成总量（亿元）", "actual"],
    ["1-6月累计完成", "actual"],
    ["本期完成", "actual"],
    ["6月当月完成", null],
    ["2025年计划完成总量", "planTotal"],
    ["全年目标", "planTotal"],
    ["年初预算", "planTotal"],
    ["2025年计划增速(%)", "planGrowth"],
    ["增长目标（％）", "planGrowth"],
    ["完成率（%）", "completion"],
    ["占年度计划比重", "completion"],
    ["完成年度计划%", "completion"],
    ["计划完成率", "completion"],
    ["比上年同期增长（%）", "growth"],
    ["2025年上半年增速(%)", "growth"],
    ["±%", "growth"],
    ["上年增速", null],
    ["总量在全市站位", "rankTotal"],
    ["增速全市排名", "rankGrowth"],
    ["完成率全市排名", null],
    ["备 注", "remark"],
  ])("read the heading %s as %s", async (heading, field) => {
    const others: Record<string, FigureField> = {
      "2024年实际完成情况": "lastActual",
      年度计划: "planTotal",
      "2025年上半年完成": "actual",
    };
    const kept = Object.entries(others).filter(([, of]) => of !== field);
    const headings = ["指标", ...kept.map(([printed]) => printed), heading];
    const cells = ["地区生产总值", ...kept.map(() => "7"), "8"];
    // The year of the plan says that 2024 is last year's, whichever heading names it.
    const { rows } = await readTable(bytesOf(csv([["2025年上半年指标表"], headings, cells])));
    const read = Object.entries(rows[0]?.figures ?? {}).filter(
      ([, figure]) => ("digits" in figure && figure.digits === "8") || ("words" in figure && figure.words === "8"),
    );
    expect(read.map(([of]) => of)).toEqual(field === null ? [] : [field]);
  });

  it("tell last year from this one where one heading names a year", async () => {
    const of = async (headings: string): Promise<TableFile> => readTable(bytesOf(`${headings}\n地区生产总值,1,2,3\n`));
    const implied = await of("项目,2023年实际完成,年度计划,上半年完成");
    expect(implied.rows[0]?.figures).toMatchObject({ lastActual: { digits: "1" }, actual: { digits: "3" } });
    expect(implied.period).toEqual({ year: 2024, half: 1 });
    const whole = await of("项目,上年实际,2024年计划,2024年实际完成");
    expect(whole.rows[0]?.figures).toMatchObject({ lastActual: { digits: "1" }, actual: { digits: "3" } });
    expect(whole.period).toEqual({ year: 2024, half: 2 });
  });

  it("take a rank for what stands before it", async () => {
    const { rows } = await readTable(bytesOf("指标,计划,完成,排名,增速,排名\n地区生产总值,9,5,1,4.0,2\n"));
    expect(rows[0]?.figures).toMatchObject({ rankTotal: { digits: "1" }, rankGrowth: { digits: "2" } });
  });

  it("may have headings of two rows", async () => {
    const { rows, placeOf } = await readTable(
      bytesOf(
        csv([
          ["序号", "指标名称", "单位", "2025年计划", "", "2025年上半年", "", "", "备注"],
          ["", "", "", "总量", "增速(%)", "完成", "增长(%)", "占计划%", ""],
          ["", "地区生产总值", "亿元", "210", "6", "100.5", "6.1", "47.86", ""],
        ]),
      ),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.figures).toMatchObject({
      planTotal: { digits: "210" },
      planGrowth: { digits: "6" },
      actual: { digits: "100.5" },
      growth: { digits: "6.1" },
      completion: { digits: "47.86" },
    });
    expect(placeOf("row-1", "growth")).toEqual({ row: 3, column: "2025年上半年增长(%)" });
  });

  it("may write a row of units, dashes for /, and floats with noise", async () => {
    const { rows, problems } = await readTable(
      bytesOf(
        "指标,计划,完成,计划增速,增速,完成率\n,亿元,亿元,%,%,%\n规上工业增加值,—,—,9,19.1,——\n固定资产投资,284.39,160.09,,10,56.290000000000006\n",
      ),
    );
    expect(problems).toEqual([]);
    expect(rows.map(({ kind }) => kind)).toEqual(["growth-only", "total"]);
    expect(rows[1]?.figures.completion).toEqual({ state: "number", digits: "56.29" });
  });

  it("keep a rank that cannot be, for the rules to find", async () => {
    const { rows } = await readTable(bytesOf("指标,计划,完成,总量位次,增速位次\n投资,2,1,0,1.5\n收入,2,1,-1,第3\n"));
    expect(rows.map(({ figures }) => [figures.rankTotal, figures.rankGrowth])).toEqual([
      [number("0"), number("1.5")],
      [number("-1"), number("3")],
    ]);
  });

  it("name the cells that cannot be read, and those in another unit", async () => {
    const { rows, problems } = await readTable(
      bytesOf("指标,单位,计划,完成,完成率\n投资,亿元,2,5l.40,50.0\n收入,元,54803,3.03万元,55\n"),
    );
    expect(problems).toMatchObject([
      {
        says: "file-cell-unread",
        severity: "warning",
        where: { indicator: "row-1", field: "actual" },
        stated: "5l.40",
      },
      { says: "file-cell-unit", severity: "error", where: { indicator: "row-2", field: "actual" }, expected: "元" },
    ]);
    expect(rows[0]?.figures.actual).toBeUndefined();
  });
});

describe("a workbook", () => {
  it("is read as it is displayed: decimals of the format, percentages, formulas, merged and rich cells", async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(["芗城区2024年上半年主要经济指标完成情况表"]);
      sheet.mergeCells("A1:H1");
      sheet.addRow(["指标名称", "单位", "2023年实际", "2024年计划", "上半年完成", "完成率(%)", "增速(%)", "备注"]);
      sheet.addRow(["第三产业增加值", "亿元", 514.05, 551.575_65, 313.38, 56.815_5, 0.062, "计划以预算为准"]);
      sheet.addRow([
        { richText: [{ text: "社会消费品" }, { text: "零售总额" }] },
        "亿元",
        355.4,
        380.99,
        174.41,
        null,
        -4.03,
        null,
      ]);
      sheet.mergeCells("H3:H4");
      sheet.getCell("D3").numFmt = "0.00";
      sheet.getCell("F3").numFmt = "0.00_);(0.00)";
      sheet.getCell("G3").numFmt = "0.0%";
      sheet.getCell("C4").numFmt = '#,##0.00"亿元"';
      sheet.getCell("F4").value = { formula: "E4/D4*100", result: 45.777_8 };
      sheet.getCell("F4").numFmt = "0.00;[Red]-0.00";
    });
    const { rows, problems, placeOf } = await readTable(bytes);
    expect(problems).toEqual([]);
    expect(rows.map(({ officialName }) => officialName)).toEqual(["第三产业增加值", "社会消费品零售总额"]);
    expect(rows[0]?.figures).toMatchObject({
      planTotal: number("551.58"),
      completion: number("56.82"),
      growth: number("6.2"),
      remark: { words: "计划以预算为准" },
    });
    expect(rows[1]?.figures).toMatchObject({
      lastActual: number("355.40"),
      completion: number("45.78"),
      growth: number("-4.03"),
      remark: { words: "计划以预算为准" },
    });
    expect(placeOf(rows[1]?.code ?? "", "completion")).toEqual({ row: 4, column: "完成率(%)" });
  });

  it("is read past a merge of a billion cells", async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(["指标", "年度计划", "上半年完成"]);
      sheet.addRow(["固定资产投资", 100, 50.5]);
      sheet.mergeCells("A4:B4");
    });
    const parts = await unpacked(bytes, zipEntries(bytes));
    const sheet = parts.get("xl/worksheets/sheet1.xml")?.toString("utf8") ?? "";
    expect(sheet).toContain('ref="A4:B4"');
    parts.set("xl/worksheets/sheet1.xml", Buffer.from(sheet.replace("A4:B4", "A4:XFD1048576")));
    expect((await readTable(storedZip(parts))).rows).toHaveLength(1);
  });

  it("may keep the table on a later sheet, below empty rows and beside empty columns", async () => {
    const book = new exceljs.Workbook();
    book.addWorksheet("说明").addRow(["填表说明"]);
    const sheet = book.addWorksheet("表");
    sheet.getCell("B5").value = "主要经济指标";
    sheet.getCell("D5").value = "年度计划";
    sheet.getCell("E5").value = "累计完成";
    sheet.getCell("B7").value = "固定资产投资";
    sheet.getCell("D7").value = 100;
    sheet.getCell("E7").value = 50.5;
    const { rows, placeOf } = await readTable(new Uint8Array(await book.xlsx.writeBuffer()));
    expect(rows[0]?.figures).toEqual({ planTotal: number("100"), actual: number("50.5") });
    expect(placeOf("row-1", "actual")).toEqual({ row: 7, column: "累计完成" });
  });
});

describe("what is no table of indicators", () => {
  const problemOf = async (bytes: Uint8Array): Promise<[string, UnreadableFile["params"]]> => {
    const error: unknown = await readTable(bytes).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof UnreadableFile)) throw new Error(`read, or failed otherwise: ${String(error)}`);
    return [error.problem, error.params];
  };

  it.each<[string, string | Uint8Array]>([
    ["empty", ""],
    ["empty", " \r\n\n"],
    ["binary", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2)],
    ["encoding", Uint8Array.of(0xe4, 0xb8, 0xff, 0xff, 0x41)],
    ["old-excel", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)],
    ["broken-excel", "PK\u0003\u0004not a zip"],
    ["no-headings", "今年以来，全区经济运行平稳。\n"],
    ["no-headings", "姓名,年龄\n张,30\n"],
    ["no-headings", '"指标'],
    ["no-rows", "指标,计划,完成\n,,\n"],
  ])("is refused as %s: %s", async (problem, content) => {
    const bytes = typeof content === "string" ? bytesOf(content) : content;
    expect((await problemOf(bytes))[0]).toBe(problem);
  });

  it("says which essential heading is missing and which stands there twice", async () => {
    expect(await problemOf(bytesOf("指标,单位,完成率\n投资,亿元,5\n"))).toEqual([
      "heading-missing",
      { columns: "planTotal actual" },
    ]);
    expect(await problemOf(bytesOf("指标,年度计划,上半年完成,全年目标\n投资,1,2,3\n"))).toEqual([
      "heading-twice",
      { columns: "planTotal", first: "年度计划", second: "全年目标" },
    ]);
  });
});

const number = (digits: string): { state: "number"; digits: string } => ({ state: "number", digits });
const bytesOf = (text: string): Uint8Array => Buffer.from(text, "utf8");

function csv(rows: readonly (readonly string[])[], separator = ",", end = "\n"): string {
  return rows.map((cells) => cells.join(separator) + end).join("");
}

async function workbook(fill: (sheet: Worksheet) => void): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  fill(book.addWorksheet("附件"));
  return new Uint8Array(await book.xlsx.writeBuffer());
}
