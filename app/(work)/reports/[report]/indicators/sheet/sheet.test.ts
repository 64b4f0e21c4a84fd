import { expect, test } from "vitest";
import type { Figure, FigureField } from "../../../../../../domain/indicator/figure";
import type { GridRow } from "../../../../../../domain/indicator/queries";
import { Sheet, type CellRef, type Left } from "./sheet";

const number = (digits: string): Figure => ({ state: "number", digits });
const AT = new Date("2024-07-15T06:32:00Z");

function aRow(id: string, figures: Partial<Record<FigureField, Figure>> = {}, changes: Partial<GridRow> = {}): GridRow {
  const cells: GridRow["cells"] = {};
  for (const [field, figure] of Object.entries(figures) as [FigureField, Figure][]) {
    cells[field] = { figure, version: 1, reason: null, source: null, by: "农业农村局经办人", at: AT, evidence: 0 };
  }
  return {
    id,
    code: id,
    officialName: "地区生产总值",
    shortName: "地区生产总值",
    aliases: [],
    unit: "亿元",
    kind: "total",
    basis: "constant",
    decimals: { actual: 2, planTotal: 2, lastActual: 2, completion: 2 },
    cells,
    can: { fill: null },
    ...changes,
  } as GridRow;
}

function aSheet(...rows: GridRow[]) {
  const kept = new Map<string, Left>();
  const sheet = new Sheet(rows, {
    write: ({ id, field }, left) => {
      if (left) kept.set(`${id} ${field}`, left);
      else kept.delete(`${id} ${field}`);
      return true;
    },
  });
  return { sheet, kept };
}

const figureIn = (sheet: Sheet, ref: CellRef) => sheet.cell(ref)?.held.figure ?? null;
const [ACTUAL, PLAN, RATE] = (["actual", "planTotal", "completion"] as const).map((field) => ({
  id: "gdp",
  field,
})) as [CellRef, CellRef, CellRef];

test("what cannot be read stays as it was typed, is kept in the browser and never goes out", () => {
  const { sheet, kept } = aSheet(aRow("gdp", { actual: number("480.00") }));
  sheet.apply([{ ...ACTUAL, typed: "481.3五" }]);
  expect(sheet.cell(ACTUAL)?.held.problem?.typed).toBe("481.3五");
  expect(kept.get("gdp actual")).toMatchObject({ version: 1, held: { problem: { typed: "481.3五" } } });
  expect(sheet.unsent(10)).toEqual([]);
  sheet.apply([{ ...ACTUAL, typed: "481.35" }]);
  expect(sheet.unsent(10)).toEqual([
    { indicatorId: "gdp", field: "actual", version: 1, figure: number("481.35"), reason: null },
  ]);
});

test("a pasted block is one step: taken back whole, and taken again whole", () => {
  const { sheet } = aSheet(aRow("gdp"), aRow("farm"));
  const block = (["gdp", "farm"] as const).flatMap((id) =>
    (["lastActual", "planTotal", "actual"] as const).map((field, at) => ({ id, field, typed: `${at + 1}.5` })),
  );
  expect(sheet.apply(block)).toHaveLength(6);
  sheet.apply([{ ...ACTUAL, typed: "9.9" }]);
  expect(sheet.undo()).toEqual([ACTUAL]);
  expect(sheet.undo()).toHaveLength(6);
  expect(figureIn(sheet, ACTUAL)).toBeNull();
  expect(sheet.undo()).toEqual([]);
  expect(sheet.redo()).toHaveLength(6);
  expect(figureIn(sheet, ACTUAL)).toEqual(number("3.5"));
  sheet.apply([{ ...ACTUAL, typed: "1" }]);
  expect(sheet.redo()).toEqual([]);
});

test("a completion that says what is derived is none; another one waits for its reason", () => {
  const { sheet } = aSheet(aRow("gdp"));
  sheet.apply([
    { ...RATE, typed: "51.40" },
    { ...ACTUAL, typed: "481.35" },
    { ...PLAN, typed: "936.49" },
  ]);
  expect(sheet.cell(RATE)?.held).toEqual({ figure: null, reason: null, problem: null });
  sheet.apply([{ ...RATE, typed: "51.41" }]);
  expect(sheet.cell(RATE)?.held.problem).toMatchObject({ key: "reason-missing", typed: "51.41" });
  expect(sheet.unsent(10).map((cell) => cell.field)).not.toContain("completion");
  sheet.apply([{ ...RATE, typed: "51.41", reason: "按未修约的计划数计算" }]);
  expect(sheet.unsent(10).find((cell) => cell.field === "completion")).toMatchObject({
    figure: number("51.41"),
    reason: "按未修约的计划数计算",
  });
});

test("what is typed while a save is under way goes out next, on the version that came back", () => {
  const { sheet, kept } = aSheet(aRow("gdp"));
  sheet.apply([{ ...ACTUAL, typed: "1" }]);
  const sent = sheet.unsent(10);
  sheet.apply([{ ...ACTUAL, typed: "2" }]);
  sheet.acknowledge(sent, [{ indicatorId: "gdp", field: "actual", version: 1 }]);
  expect(sheet.unsent(10)).toMatchObject([{ version: 1, figure: number("2") }]);
  expect(kept.get("gdp actual")?.version).toBe(1);
  sheet.acknowledge(sheet.unsent(10), [{ indicatorId: "gdp", field: "actual", version: 2 }]);
  expect(sheet.unsent(10)).toEqual([]);
  expect(kept.size).toBe(0);
});

test("two figures of one cell: mine goes out over theirs, or theirs stays and mine can be taken back", () => {
  const theirs = {
    indicatorId: "gdp",
    field: "actual" as const,
    version: 5,
    figure: number("7"),
    reason: null,
    by: "统计局经办人",
    at: "",
  };
  const first = aSheet(aRow("gdp", { actual: number("1") })).sheet;
  first.apply([{ ...ACTUAL, typed: "2" }]);
  first.collide([theirs]);
  expect(first.unsent(10)).toEqual([]);
  first.choose(ACTUAL, "mine");
  expect(first.unsent(10)).toMatchObject([{ version: 5, figure: number("2") }]);

  const second = aSheet(aRow("gdp", { actual: number("1") })).sheet;
  second.apply([{ ...ACTUAL, typed: "2" }]);
  second.collide([theirs]);
  second.choose(ACTUAL, "theirs");
  expect(second.unsent(10)).toEqual([]);
  expect(figureIn(second, ACTUAL)).toEqual(number("7"));
  second.undo();
  expect(second.unsent(10)).toMatchObject([{ version: 5, figure: number("2") }]);
});

test("the same figure from two hands is no conflict", () => {
  const { sheet } = aSheet(aRow("gdp"));
  sheet.apply([{ ...ACTUAL, typed: "481.35" }]);
  sheet.collide([
    {
      indicatorId: "gdp",
      field: "actual",
      version: 2,
      figure: number("481.35"),
      reason: null,
      by: "统计局经办人",
      at: "",
    },
  ]);
  expect(sheet.cell(ACTUAL)?.theirs).toBeNull();
  expect(sheet.unsent(10)).toEqual([]);
});

test("the page that comes back keeps what is unsaved, and takes what others saved", () => {
  const { sheet } = aSheet(aRow("gdp", { actual: number("1"), planTotal: number("10") }));
  sheet.apply([{ ...ACTUAL, typed: "2" }]);
  const fresh = aRow("gdp", { actual: number("1"), planTotal: number("11") });
  if (fresh.cells.actual) fresh.cells.actual.version = 4;
  if (fresh.cells.planTotal) fresh.cells.planTotal.version = 2;
  sheet.adopt([fresh]);
  expect(figureIn(sheet, PLAN)).toEqual(number("11"));
  expect(sheet.unsent(10)).toMatchObject([{ field: "actual", version: 4, figure: number("2") }]);
  sheet.adopt([aRow("gdp", { planTotal: number("10") })]);
  expect(figureIn(sheet, PLAN)).toEqual(number("11"));
});

test("what an earlier visit left unsaved comes back on the version it was typed on", () => {
  const { sheet } = aSheet(aRow("gdp", { actual: number("5") }));
  const left = { ...ACTUAL, version: 0, held: { figure: number("2"), reason: null, problem: null } };
  expect(sheet.restore([left])).toEqual([ACTUAL]);
  expect(sheet.unsent(10)).toMatchObject([{ version: 0, figure: number("2") }]);
});

test("a row that one may not fill in takes nothing, and a closed one sends nothing but keeps it", () => {
  const { sheet, kept } = aSheet(
    aRow("gdp"),
    aRow("farm", {}, { can: { fill: "indicator-not-open" } } as Partial<GridRow>),
  );
  expect(sheet.apply([{ id: "farm", field: "actual", typed: "1" }])).toEqual([]);
  sheet.apply([{ ...ACTUAL, typed: "1" }]);
  sheet.close(["gdp"]);
  expect(sheet.unsent(10)).toEqual([]);
  expect(kept.size).toBe(1);
});
