import { expect, test } from "vitest";
import en from "../../../../../../messages/en/indicator.json";
import zh from "../../../../../../messages/zh-CN/indicator.json";
import type { Figure, FigureField } from "../../../../../../domain/indicator/figure";
import type { GridRow } from "../../../../../../domain/indicator/queries";
import { liveFindings } from "../sheet/live-findings";
import { Sheet } from "../sheet/sheet";
import { shownOf } from "../sheet/shown";
import type { GridWords } from "../words";
import { blanksIn, chosenRows, returnForm, whyNotSubmit } from "./decisions";

const WORDS = { act: zh.act } as GridWords;
const number = (digits: string): Figure => ({ state: "number", digits });
const WHOLE: Partial<Record<FigureField, Figure>> = {
  lastActual: number("872.78"),
  planTotal: number("936.49"),
  planGrowth: number("7.3"),
  actual: number("481.35"),
  rankTotal: number("1"),
  growth: number("9.1"),
  rankGrowth: { state: "pending" },
};

function aRow(id: string, figures: Partial<Record<FigureField, Figure>>, can: Partial<GridRow["can"]>): GridRow {
  const cells: GridRow["cells"] = {};
  for (const [field, figure] of Object.entries(figures) as [FigureField, Figure][]) {
    cells[field] = { figure, version: 1, reason: null, source: null, by: "统计局经办人", at: new Date(0), evidence: 0 };
  }
  const closed = "not-your-role" as const;
  const none = { fill: closed, submit: closed, withdraw: closed, sign: closed, confirm: closed, pass: closed };
  return {
    id,
    code: id,
    officialName: "地区生产总值",
    shortName: "地区生产总值",
    aliases: [],
    unit: "亿元",
    kind: "total",
    basis: "constant",
    decimals: {},
    version: 3,
    cells,
    sees: "cells",
    reasons: [],
    changed: [],
    can: { ...none, return: closed, ...can },
  } as unknown as GridRow;
}

const atHand = { fill: null, submit: null } as const;
const keepNothing = { write: () => true };

test("a whole row is proposed for going up, one with a blank is not, and a hand's tick stands over both", () => {
  const rows = [aRow("whole", WHOLE, atHand), aRow("blank", { actual: number("1") }, atHand)];
  const { rows: states } = new Sheet(rows, keepNothing).getSnapshot();
  const snapshot = { rows: states, canUndo: false, canRedo: false };
  expect([...chosenRows(rows, snapshot, new Map(), new Map())]).toEqual(["whole"]);
  const byHand = new Map([
    ["whole", false],
    ["blank", true],
  ]);
  expect([...chosenRows(rows, snapshot, byHand, new Map())]).toEqual(["blank"]);
});

test("a row with an objection goes back and never along with those that are passed", () => {
  const rows = [aRow("one", WHOLE, { pass: null, return: null }), aRow("two", WHOLE, { pass: null, return: null })];
  const snapshot = new Sheet(rows, keepNothing).getSnapshot();
  const objections = new Map([["one", { actual: "请核对", growth: " " }]]);
  const all = new Map(rows.map((row) => [row.id, true]));
  expect([...chosenRows(rows, snapshot, all, objections)]).toEqual(["two"]);
  expect([...returnForm(rows, objections)]).toEqual([
    ["reasons.0.indicatorId", "one"],
    ["reasons.0.version", "3"],
    ["reasons.0.field", "actual"],
    ["reasons.0.text", "请核对"],
  ]);
});

test("what keeps rows from going up is said in the order in which it is put right", () => {
  const sheet = new Sheet([aRow("gdp", WHOLE, atHand)], keepNothing);
  const rows = [aRow("gdp", WHOLE, atHand)];
  const why = () => {
    const snapshot = sheet.getSnapshot();
    const found = liveFindings([...snapshot.rows.values()], 1, []);
    return whyNotSubmit(rows, snapshot, new Map([["gdp", found]]), WORDS);
  };
  expect(why()).toBeNull();
  sheet.apply([{ id: "gdp", field: "planTotal", typed: "963.49" }]);
  expect(why()).toContain("1 处差错");
  sheet.apply([{ id: "gdp", field: "growth", typed: "" }]);
  expect(why()).toContain("“地区生产总值”还有 1 格空着");
  sheet.apply([{ id: "gdp", field: "actual", typed: "约481" }]);
  expect(why()).toContain("还有 1 格没有保存");
});

test("an explanation that the server knows lets a finding stand while its figures are the same", () => {
  const sheet = new Sheet([aRow("gdp", { ...WHOLE, planTotal: number("963.49") }, atHand)], keepNothing);
  const found = () => liveFindings([...sheet.getSnapshot().rows.values()], 1, []);
  const explained = found().map(({ key }) => ({ key, waivedBy: "以预算草案为准" }));
  const now = () => liveFindings([...sheet.getSnapshot().rows.values()], 1, explained);
  expect(now()).toMatchObject([{ rule: "R2", waivedBy: "以预算草案为准", rowId: "gdp", field: "planTotal" }]);
  sheet.apply([{ id: "gdp", field: "planTotal", typed: "964.49" }]);
  expect(now()).toMatchObject([{ rule: "R2", waivedBy: null }]);
});

test("completion is shown as derived, as typed over, and not at all while it cannot be derived", () => {
  const sheet = new Sheet([aRow("gdp", { actual: number("481.35") }, atHand)], keepNothing);
  const shown = (field: FigureField) => {
    const state = sheet.getSnapshot().rows.get("gdp");
    if (!state) throw new Error("no row");
    return shownOf(state, field);
  };
  expect(shown("completion")).toMatchObject({ state: "blank", text: "", isDerived: false });
  sheet.apply([
    { id: "gdp", field: "lastActual", typed: "872.78" },
    { id: "gdp", field: "planGrowth", typed: "7.3" },
  ]);
  expect(shown("planTotal")).toMatchObject({ state: "blank", text: "", derived: { figure: number("936.49") } });
  sheet.apply([{ id: "gdp", field: "planTotal", typed: "936.49" }]);
  expect(shown("completion")).toMatchObject({ text: "51.40", isDerived: true, isOverride: false });
  sheet.apply([{ id: "gdp", field: "completion", typed: "51.41", reason: "按未修约的计划数计算" }]);
  expect(shown("completion")).toMatchObject({ text: "51.41", isDerived: false, isOverride: true });
  const state = sheet.getSnapshot().rows.get("gdp");
  expect(state && blanksIn(state)).toBe(3);
});

test("every message with places to fill in has the same places in both languages", () => {
  const placesIn = (words: unknown, at = ""): string[] =>
    typeof words === "string"
      ? [`${at} ${[...words.matchAll(/\{(\w+)\}/g)].map((place) => place[1]).sort()}`]
      : Object.entries(words as object).flatMap(([key, value]) => placesIn(value, `${at}.${key}`));
  expect(placesIn(en)).toEqual(placesIn(zh));
});
