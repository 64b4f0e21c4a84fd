import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { realDocument } from "../../domain/report/real-document.testing";
import type { ReportDocument } from "../report-document";
import { aSmallReport, aSpan } from "../small-report";
import { anOwnFont } from "./own-font.testing";
import { glyphReport } from "./glyph-report";

const NOTO = "Noto Serif SC";
const open = (document: ReportDocument) => glyphReport(document, { licensed: null });

describe("characters that the faces lack", () => {
  it("are, in the real report, few and all printed by the stand-in", () => {
    const lacking = open(realDocument());
    expect(lacking.every(({ fallback }) => fallback === NOTO)).toBe(true);
    expect(lacking).toContainEqual({
      character: "俤",
      section: expect.stringMatching(/^s-/),
      face: "仿宋",
      fallback: NOTO,
    });
    expect(open(aSmallReport())).toEqual([]);
  });

  it("are named with section, face and what stands in, or nothing", () => {
    expect(open(withText("㙍𬭚😀好㙍", 1))).toEqual([
      { character: "㙍", section: "s-farm", face: "仿宋", fallback: NOTO },
      { character: "𬭚", section: "s-farm", face: "仿宋", fallback: NOTO },
      { character: "😀", section: "s-farm", face: "仿宋", fallback: null },
    ]);
    expect(open(withText("㎡m²③Ⅱ℃‰±—…“”‘’〔〕《》·　\u00a0")).every(({ fallback }) => fallback === NOTO)).toBe(true);
  });

  it("are found in headings, leads, annex titles, headers, cells and tables, in the face of each", () => {
    const annexes = [{ id: "s-annex", title: "表א", from: 2, header: ["ב"], rows: [["ג"]] }];
    const blocks: ReportDocument["blocks"] = [
      { kind: "heading", id: "s-part", level: 1, number: "一、", text: "标题ד" },
      { kind: "heading", id: "s-chapter", level: 2, number: "（一）", text: "标题ה" },
      { kind: "paragraph", id: "b-1", spans: [{ ...aSpan("首句ו"), lead: true }] },
      { kind: "table", id: "b-2", from: 1, block: "b-2", header: ["头ז"], rows: [["格ח"]] },
    ];
    expect(
      open(aSmallReport({ blocks, annexes })).map(({ character, section, face }) => [character, section, face]),
    ).toEqual([
      ["ד", "s-part", "黑体"],
      ["ה", "s-chapter", "楷体"],
      ["ו", "s-frame", "黑体"],
      ["ז", "s-farm", "黑体"],
      ["ח", "s-farm", "宋体"],
      ["א", "s-annex", "小标宋"],
      ["א", "s-annex", "仿宋"],
      ["ב", "s-annex", "黑体"],
      ["ג", "s-annex", "宋体"],
    ]);
  });

  it("are found in the words of the edition's mark, which stand in no section", () => {
    const mark = {
      kind: "修改稿",
      underTitle: true,
      number: 2,
      code: "7K2QM-9XD4A",
      url: null,
      date: "2024年8月1日",
      sha256: "00",
      correction: { of: 1, date: "2024年8月1日", text: "改😀" },
    };
    expect(glyphReport(aSmallReport(), { licensed: null, mark })).toEqual([
      { character: "😀", section: null, face: "宋体", fallback: null },
    ]);
  });

  it("include control characters and half surrogates, but not what is meant to be invisible", () => {
    const lacking = open(withText("a\u0000b\u0007\ud83d"));
    expect(lacking.map(({ character, fallback }) => [character, fallback])).toEqual([
      ["\u0000", null],
      ["\u0007", null],
      ["\ud83d", null],
    ]);
    expect(open(withText("甲\u200b\ufeff\u202e乙\ufe0f"))).toEqual([]);
  });
});

describe("with a licensed face", () => {
  let directory: string;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "huibao-licensed-"));
    writeFileSync(join(directory, "any-name.otf"), await anOwnFont("仿宋_GB2312", "经济"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it("what it lacks is said, with the open face that stands in for it", () => {
    expect(glyphReport(withText("经济好", 1), { licensed: directory })).toEqual([
      { character: "好", section: "s-farm", face: "仿宋", fallback: "FandolFang R" },
    ]);
  });
});

function withText(text: string, from = 0): ReportDocument {
  return aSmallReport({ blocks: [{ kind: "paragraph", id: "b-1", spans: [aSpan(text, from)] }], annexes: [] });
}
