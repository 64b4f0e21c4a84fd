import { describe, expect, it } from "vitest";
import type { Figure, FigureField } from "../figure";
import { realRow } from "../real-table.testing";
import { importDryRun } from "./import-dry-run";

const number = (digits: string): Figure => ({ state: "number", digits });
const cell = (code: string, field: FigureField, figure: Figure) => ({ code, field, figure, row: 3, column: "D" });
const run = (code: string, ...cells: ReturnType<typeof cell>[]) => importDryRun([realRow(code)], { cells, errors: [] });

describe("taking a file over", () => {
  it("names each cell that would change, with what it was and what it would be", () => {
    expect(run("gdp", cell("gdp", "actual", number("482.00")), cell("gdp", "growth", number("9.1")))).toEqual({
      changes: [
        { indicator: "gdp", field: "actual", before: number("481.35"), after: number("482.00"), needsReason: false },
      ],
      same: 1,
      errors: [],
    });
  });

  it("does not call another display of the same number a change, but another state is one", () => {
    expect(run("farm-output", cell("farm-output", "planTotal", number("21.5")))).toMatchObject({
      changes: [],
      same: 1,
    });
    expect(run("trade", cell("trade", "actual", number("59.1"))).changes).toEqual([
      {
        indicator: "trade",
        field: "actual",
        before: { state: "estimate", digits: "59.1" },
        after: number("59.1"),
        needsReason: false,
      },
    ]);
    expect(run("trade", cell("trade", "rankTotal", { state: "not-applicable" })).changes).toHaveLength(1);
    expect(
      run("foreign-capital", cell("foreign-capital", "rankGrowth", { state: "words", words: "完成率全市第二" }))
        .changes,
    ).toEqual([]);
    expect(
      run("foreign-capital", cell("foreign-capital", "rankGrowth", { state: "words", words: "完成率全市第三" }))
        .changes,
    ).toHaveLength(1);
  });

  it("fills a blank cell", () => {
    expect(run("gdp", cell("gdp", "remark", { state: "words", words: "初步数" })).changes).toMatchObject([
      { before: null },
    ]);
  });

  it("leaves a completion alone that the new figures give, also as the plain number of an estimate", () => {
    expect(run("gdp", cell("gdp", "completion", number("51.4")))).toMatchObject({ changes: [], same: 1 });
    const moved = run("gdp", cell("gdp", "completion", number("50.00")), cell("gdp", "actual", number("468.245")));
    expect(moved.changes.map((change) => change.field)).toEqual(["actual"]);
    expect(run("trade", cell("trade", "completion", number("47.29"))).changes).toEqual([]);
    expect(
      run(
        "industrial-added",
        cell("industrial-added", "completion", { state: "words", words: "高于计划增速10.1个百分点" }),
      ).changes,
    ).toEqual([]);
  });

  it("wants a reason for any other completion", () => {
    expect(run("gdp", cell("gdp", "completion", number("51.39"))).changes).toEqual([
      { indicator: "gdp", field: "completion", before: number("51.40"), after: number("51.39"), needsReason: true },
    ]);
  });

  it("keeps an override that the file repeats, and takes it away where the file has the derived one", () => {
    expect(run("tertiary", cell("tertiary", "completion", number("56.82"))).changes).toEqual([]);
    expect(run("tertiary", cell("tertiary", "completion", number("56.81"))).changes).toEqual([
      { indicator: "tertiary", field: "completion", before: number("56.82"), after: null, needsReason: false },
    ]);
  });
});
