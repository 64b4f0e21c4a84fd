import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import { realDocument } from "../../domain/report/real-document.testing";
import type { EditionMark } from "../edition-mark";
import type { EditionRecord } from "../edition-record";
import { aSmallReport, POINTS_AND_TABLES } from "../small-report";
import { editionJsonSchema } from "./edition-schema";
import { toJson } from "./to-json";

const FILE = new URL("../../docs/schema/huibao-edition-1.schema.json", import.meta.url);
const written: object = JSON.parse(readFileSync(FILE, "utf8"));
const validate = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(written);
const problemsOf = (json: string) => (validate(JSON.parse(json)) ? [] : validate.errors);

const mark: EditionMark = {
  kind: "会议稿",
  underTitle: false,
  number: 2,
  code: "7K2QM-9XD4A",
  url: "https://huibao.example.gov.cn/verify/7K2QM-9XD4A",
  date: "2024年8月1日",
  sha256: "a".repeat(64),
  correction: { of: 1, date: "2024年8月1日", text: "第二段比例应为40%。" },
};
const at = "2024-07-20T02:00:00.000Z";
const record: EditionRecord = {
  schema: "huibao.record/1",
  approvals: [
    {
      kind: "indicator",
      of: "i-gdp",
      title: "地区生产总值",
      department: "统计局",
      number: 1,
      verdict: "write",
      step: null,
      by: "统计局经办人",
      at,
    },
    {
      kind: "indicator",
      of: "i-gdp",
      title: "地区生产总值",
      department: "统计局",
      number: 1,
      verdict: "confirm",
      step: "统计核对",
      by: "统计局负责人",
      at,
    },
  ],
  audit: [{ at, by: "发改局综合股", action: "section.pass", subject: "s-1" }],
  attachments: [
    {
      id: "e-1",
      name: "快报.pdf",
      mediaType: "application/pdf",
      size: 15,
      sha256: "b".repeat(64),
      kind: "leaf",
      of: "s-1",
      title: "抓粮食",
    },
  ],
  missing: [{ kind: "leaf", section: "s-2", title: "抓工业", department: "工信局" }],
  open: [{ kind: "finding", title: "抓工业", said: "比例不符" }],
};

it("the schema that is handed out is the law that the program has", () => {
  // To bring the file up to date: node --import tsx docs/schema/write.ts
  expect(written).toEqual(JSON.parse(JSON.stringify(editionJsonSchema())));
});

describe("every JSON export", () => {
  it("of the real report, sealed or not, is as the schema says", () => {
    expect(problemsOf(toJson(realDocument()))).toEqual([]);
    expect(problemsOf(toJson(realDocument(), { mark, record }))).toEqual([]);
  });

  it("of every kind of block is too", () => {
    expect(problemsOf(toJson(aSmallReport()))).toEqual([]);
    expect(problemsOf(toJson(aSmallReport({ blocks: POINTS_AND_TABLES }), { mark, record }))).toEqual([]);
    expect(problemsOf(toJson(aSmallReport({ blocks: [], annexes: [], contributions: [] })))).toEqual([]);
  });

  it("with anything that the schema does not know is refused", () => {
    const file = JSON.parse(toJson(aSmallReport(), { mark, record }));
    for (const spoilt of [
      { ...file, extra: 1 },
      { ...file, schema: "huibao.edition/2" },
      { ...file, edition: { ...mark, number: 0 } },
      { ...file, document: { ...file.document, blocks: [{ kind: "poem", id: "b" }] } },
      { ...file, record: { ...record, approvals: [{ ...record.approvals[0], verdict: "return" }] } },
    ])
      expect(validate(spoilt)).toBe(false);
  });
});

describe("the provenance of a figure", () => {
  const { figures } = JSON.parse(toJson(realDocument(), { mark, record }));
  const of = (indicator: string | null, field: string) =>
    figures.find((one: { indicator: string; field: string }) => one.indicator === indicator && one.field === field);

  it("names what was typed, by whom, and every place where it is printed", () => {
    const gdp = of("gdp", "actual");
    expect(gdp).toMatchObject({
      name: "地区生产总值",
      unit: "亿元",
      printed: "481.35",
      state: "number",
      derived: null,
      revision: { id: "ir-gdp", number: 1 },
      decisions: [
        { verdict: "write", by: "统计局经办人" },
        { verdict: "confirm", step: "统计核对" },
      ],
    });
    expect(gdp.places[0]).toMatchObject({ in: "annex", row: 0, column: 6 });
  });

  it("says how a derived one came about", () => {
    expect(of("gdp", "completion")).toMatchObject({
      printed: "51.40",
      unit: "%",
      override: null,
      derived: {
        formula: "actual-over-plan",
        operands: [
          { field: "actual", printed: "481.35" },
          { field: "planTotal", printed: "936.49" },
        ],
      },
    });
  });

  it("covers every cell of the annex that holds one and every word that came from the table", () => {
    const document = realDocument();
    const annex = document.annexes.find(({ from }) => from === null);
    const cells = (annex?.rows ?? []).flatMap((row, y) =>
      row.flatMap((cell, x) => (x >= 3 && cell !== "" ? [`${y}:${x}`] : [])),
    );
    const bound = document.blocks.flatMap((block) =>
      "spans" in block ? block.spans.filter(({ figure }) => figure).map(({ text }) => `${block.id}:${text}`) : [],
    );
    type Place = { in: "annex"; row: number; column: number } | { in: "text"; block: string; text: string };
    const places: Place[] = figures.flatMap((one: { places: Place[] }) => one.places);
    expect(bound.length).toBeGreaterThan(10);
    expect(places.flatMap((one) => (one.in === "annex" ? [`${one.row}:${one.column}`] : [])).toSorted()).toEqual(
      cells.toSorted(),
    );
    expect(places.flatMap((one) => (one.in === "text" ? [`${one.block}:${one.text}`] : [])).toSorted()).toEqual(
      bound.toSorted(),
    );
  });
});
