import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import exceljs from "exceljs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { checkFiles, type CheckFilesRequest } from "./check-files";

const REPORT = "db/demo/2024-h1.clean.md";
const TABLE = "db/demo/2024-h1.indicators.csv";

const Printed = z.array(
  z.strictObject({
    rule: z.string().regex(/^[RD]\d+$/),
    severity: z.enum(["error", "warning", "info"]),
    // A key that has no sentence is printed as it is.
    message: z.string().regex(/^(?!check\.)./),
    where: z.union([
      z.strictObject({ line: z.number().int().min(1) }),
      z.strictObject({ row: z.number().int().min(1), column: z.string().min(1) }),
    ]),
    stated: z.string(),
    expected: z.string(),
    waivedBy: z.string().nullable(),
  }),
);

// Each run of the command starts a process, on machines that run other tests beside it.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let realTable: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "huibao-check-"));
  realTable = await readFile(TABLE, "utf8");
});
afterAll(() => rm(folder, { recursive: true }));

describe("huibao check on the real report", () => {
  it("finds no error that its remarks do not explain, with the database out of reach", async () => {
    const { code, stdout, stderr } = await check("--text", REPORT, "--table", TABLE, "--json");
    expect(stderr).toBe("");
    const findings = Printed.parse(JSON.parse(stdout));
    expect(findings.filter(({ severity, waivedBy }) => severity === "error" && waivedBy === null)).toEqual([]);
    expect(findings.filter(({ waivedBy }) => waivedBy !== null).map(({ rule, where }) => [rule, where])).toEqual([
      ["R2", { row: 7, column: "2024年计划完成总量" }],
      ["R2", { row: 8, column: "2024年计划完成总量" }],
    ]);
    expect(findings.find(({ rule }) => rule === "D1")).toMatchObject({
      where: { row: 11, column: "完成率(%)" },
      stated: "56.82",
      expected: "56.81",
      severity: "info",
    });
    expect(code).toBe(0);
  });

  it("checks the table alone, and prints a list for reading", async () => {
    const { code, stdout } = await check("--table", TABLE);
    expect(code).toBe(0);
    expect(stdout).toContain("第11行 完成率(%)");
    expect(stdout).toContain("错误 0 处，提醒 0 处，提示 1 处，已说明 2 处。");
    expect(stdout).not.toContain("undefined");
  });

  it("checks the text alone", async () => {
    const { code, stdout } = await check("--text", REPORT, "--json");
    expect(code).toBe(0);
    for (const { where } of Printed.parse(JSON.parse(stdout))) expect(where).toHaveProperty("line");
  });
});

describe("huibao check on a table with an error", () => {
  it("exits with 1 and names the cell, whatever the file's form", async () => {
    const wrong = realTable.replace(",51.40,", ",54.10,");
    expect(wrong).not.toBe(realTable);
    const cells = wrong
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(","));
    const shuffled = cells.map((row) => row.toReversed().join("\t")).join("\r\n");
    await writeFile(at("wrong.csv"), `\uFEFF${wrong}`);
    await writeFile(at("shuffled.csv"), Buffer.from(`\uFEFF${shuffled}`, "utf16le"));
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet("附件");
    sheet.addRow(["芗城区2024年上半年主要经济指标完成情况表"]);
    sheet.mergeCells(1, 1, 1, 12);
    for (const row of cells) sheet.addRow(row);
    await book.xlsx.writeFile(at("wrong.xlsx"));

    for (const [run, row] of [
      [await checkHere({ table: at("wrong.csv"), json: true }), 2],
      [await checkHere({ table: at("shuffled.csv"), json: true }), 2],
      [await check("--table", at("wrong.xlsx"), "--json"), 3],
    ] as const) {
      expect(run.code).toBe(1);
      const open = Printed.parse(JSON.parse(run.stdout)).filter(
        ({ severity, waivedBy }) => severity === "error" && waivedBy === null,
      );
      expect(open).toEqual([
        {
          rule: "R1",
          severity: "error",
          message: "地区生产总值的完成率写作54.10%，按完成481.35÷计划936.49应为51.40%。",
          where: { row, column: "完成率(%)" },
          stated: "54.10",
          expected: "51.40",
          waivedBy: null,
        },
      ]);
    }
  });

  it("reads another county's table of another year", async () => {
    await writeFile(
      at("other.csv"),
      [
        "某某市示范县2026年1-6月主要指标,,,,,",
        "指标名称,单位,2025年实际,全年目标,目标增速（%）,1-6月完成,占全年目标（%）",
        "旅游总收入,亿元,50.00,55.00,10,20.0,63.6",
        "用电量,万千瓦时,100.00,125.00,5,60.0,48.0",
        "粮食产量,吨,1000,1020,2,510,50.0",
      ].join("\n"),
    );
    const { code, stdout } = await checkHere({ table: at("other.csv"), json: true });
    expect(code).toBe(1);
    expect(Printed.parse(JSON.parse(stdout)).map(({ rule, where, expected }) => [rule, where, expected])).toEqual([
      ["R1", { row: 3, column: "占全年目标（%）" }, "36.4"],
      ["R2", { row: 4, column: "全年目标" }, "105.00"],
    ]);
  });
});

describe("huibao check on what it cannot read", () => {
  it("exits with 2, one line on standard error and nothing on standard output", async () => {
    await mkdir(at("folder"));
    const files: Record<string, string | Uint8Array> = {
      "empty.csv": "",
      "picture.csv": Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256),
      "essay.csv": "今年以来，全区经济运行总体平稳。\n",
      "names.csv": "姓名,单位,电话\n甲,发改局,1\n",
      "half.csv": "指标,单位,增速\n投资,亿元,5\n",
      "broken.xlsx": "PK\u0003\u0004broken",
    };
    for (const [name, content] of Object.entries(files)) await writeFile(at(name), content);
    const attempts: [request: CheckFilesRequest, words: string][] = [
      [{ table: at("folder") }, "目录"],
      [{ table: at("empty.csv"), json: true }, "空的"],
      [{ table: at("picture.csv") }, "不是文本"],
      [{ table: at("essay.csv"), json: true }, "没有找到指标表的表头"],
      [{ table: at("names.csv") }, "没有找到指标表的表头"],
      [{ table: at("half.csv"), json: true }, "表头缺少：计划完成总量、本期完成总量"],
      [{ table: at("broken.xlsx") }, "已损坏"],
      [{ table: "/dev/zero" }, "超过"],
      [{ table: TABLE, text: at("absent.md"), json: true }, "absent.md：文件不存在"],
      [{ text: at("picture.csv") }, "不是文本"],
      [{ json: true }, "--table"],
    ];
    for (const [request, words] of attempts) {
      const { code, stdout, stderr } = await checkHere(request);
      expect([request, code, stdout]).toEqual([request, 2, ""]);
      expect(stderr.trim().split("\n")).toHaveLength(1);
      expect(stderr).toContain(words);
    }
    const { code, stdout, stderr } = await check("--table", at("absent.csv"), "--json");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(`读不了 ${at("absent.csv")}：文件不存在。\n`);
  });

  it("exits with 2 on an option it does not know, so that 1 always means findings", async () => {
    expect((await check("--tabel", TABLE)).code).toBe(2);
  });
});

type Run = { code: number; stdout: string; stderr: string };

/** What the command does once its options are read, without starting another process. */
async function checkHere(request: CheckFilesRequest): Promise<Run> {
  let [stdout, stderr] = ["", ""];
  vi.stubEnv("LC_ALL", "C.UTF-8");
  const said = vi.spyOn(console, "error").mockImplementation((line: string) => void (stderr += `${line}\n`));
  const written = vi.spyOn(process.stdout, "write").mockImplementation((...args: unknown[]) => {
    stdout += String(args[0]);
    const done = args.at(-1);
    if (typeof done === "function") done();
    return true;
  });
  try {
    const code = await checkFiles(request);
    return { code, stdout, stderr };
  } finally {
    said.mockRestore();
    written.mockRestore();
    vi.unstubAllEnvs();
  }
}

/** The command itself, as `npm run -s huibao -- check` runs it, where no database answers. */
function check(...args: string[]): Promise<Run> {
  const env = { ...process.env, DATABASE_URL: "postgres://nobody@127.0.0.1:1/none", LC_ALL: "C.UTF-8" };
  return new Promise((resolve) => {
    const command = ["--import", "tsx", "cli/huibao.ts", "check", ...args];
    execFile(process.execPath, command, { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
