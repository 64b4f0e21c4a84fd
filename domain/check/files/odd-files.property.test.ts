import { readFileSync } from "node:fs";
import exceljs from "exceljs";
import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { Figure } from "../../indicator/figure";
import { checkTable } from "../check-table";
import { readTable } from "./read-table";
import { readText } from "./read-text";
import { UnreadableFile } from "./unreadable-file";

vi.setConfig({ testTimeout: 60_000 });

const realTable = readFileSync("db/demo/2024-h1.indicators.csv");
const realText = readFileSync("db/demo/2024-h1.clean.md");

/** Bytes with some of them changed, cut off or put in. */
const damaged = (bytes: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255), fc.constantFrom("change", "cut", "insert")), {
      minLength: 1,
      maxLength: 12,
    })
    .map((damages) => {
      const kept = [...bytes];
      for (const [at, byte, how] of damages) {
        if (how === "change") kept[at % kept.length] = byte;
        else kept.splice(at % kept.length, how === "cut" ? 1 : 0, ...(how === "cut" ? [] : [byte]));
      }
      return Uint8Array.from(kept);
    });

const cell = fc.oneof(
  fc.constantFrom(
    "",
    "/",
    "—",
    "暂未反馈",
    "预计59.1",
    "高于计划增速10.1个百分点",
    "增长-4.03%",
    "1e9",
    "#REF!",
    "481.35亿元",
    '"',
    "5l.4",
  ),
  fc.double({ noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("指标", "年度计划", "2023年实际", "上半年完成", "完成率(%)", "增速", "排名", "备注"),
);
const grid = fc
  .array(fc.array(cell, { maxLength: 8 }), { maxLength: 8 })
  .map((rows) =>
    Buffer.from(["指标,年度计划,上半年完成,完成率,增速,备注", ...rows.map((cells) => cells.join(","))].join("\n")),
  );

describe("a file that is damaged, or that is something else", () => {
  it("is read as a table whose figures are storable, or refused with its reason: never a failure", async () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 400 }), damaged(realTable), grid);
    await fc.assert(
      fc.asyncProperty(bytes, async (file) => {
        const table = await readTable(file).catch(refused);
        for (const { figures, code } of table?.rows ?? []) {
          for (const figure of Object.values(figures)) expect(Figure.safeParse(figure).error).toBeUndefined();
          expect(table?.placeOf(code, "actual").row).toBeGreaterThan(1);
        }
        // An explanation of a finding is kept under its key, of at most 300 characters.
        for (const { key } of checkTable(table?.rows ?? [], { half: 1 })) expect(key.length).toBeLessThanOrEqual(300);
      }),
      { numRuns: 3000 },
    );
  });

  it("is refused where it was a workbook, or read as one", async () => {
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet("附件");
    for (const line of realTable.toString("utf8").trim().split(/\r?\n/)) sheet.addRow(line.split(","));
    const bytes = new Uint8Array(await book.xlsx.writeBuffer());
    await fc.assert(
      fc.asyncProperty(damaged(bytes), async (file) => {
        const table = await readTable(file).catch(refused);
        expect(table?.rows.length).not.toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it("is read as text line by line, or refused", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), damaged(realText)), (file) => {
        try {
          for (const { id, text } of readText(file).blocks) {
            expect(Number(id)).toBeGreaterThan(0);
            expect(text).not.toBe("");
          }
        } catch (error) {
          refused(error);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function refused(error: unknown): null {
  if (error instanceof UnreadableFile) return null;
  throw error;
}
