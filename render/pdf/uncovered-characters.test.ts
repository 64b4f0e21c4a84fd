import { describe, expect, it } from "vitest";
import type { ReportDocument } from "../report-document";
import { aSmallReport, aSpan } from "../small-report";
import { describeCharacter, printable, uncoveredCharacters } from "./uncovered-characters";

describe("characters that the faces cannot print", () => {
  it("are none in an ordinary report, rare characters of names and marks included", () => {
    expect(uncoveredCharacters(aSmallReport())).toEqual([]);
    expect(uncoveredCharacters(withText("俤㐀㎡m²③Ⅱ℃‰±—…“”‘’〔〕《》·　\u00a0"))).toEqual([]);
  });

  it("are named once with the section they stand in", () => {
    expect(uncoveredCharacters(withText("😀好😀𠀀", 1))).toEqual([
      { character: "😀", section: "s-farm" },
      { character: "𠀀", section: "s-farm" },
    ]);
  });

  it("are found in headings, annex titles, headers and cells", () => {
    const annexes = [{ id: "s-annex", title: "表א", from: 2, header: ["ב"], rows: [["ג"]] }];
    const blocks: ReportDocument["blocks"] = [
      { kind: "heading", id: "s-part", level: 1, number: "一、", text: "标题ד" },
    ];
    expect(uncoveredCharacters(aSmallReport({ blocks, annexes }))).toEqual([
      { character: "ד", section: "s-part" },
      { character: "א", section: "s-annex" },
      { character: "ב", section: "s-annex" },
      { character: "ג", section: "s-annex" },
    ]);
  });

  it("include control characters and half surrogates, but not what is meant to be invisible", () => {
    expect(uncoveredCharacters(withText("a\u0000b\u0007\ud83d")).map(({ character }) => character)).toEqual([
      "\u0000",
      "\u0007",
      "\ud83d",
    ]);
    expect(uncoveredCharacters(withText("甲\u200b\ufeff\u202e乙\ufe0f"))).toEqual([]);
    expect(printable("甲\u200b\ufeff乙\u2009丙")).toBe("甲乙 丙");
  });

  it("are described by their code, with themselves when they can be seen", () => {
    expect(describeCharacter("😀")).toBe("😀 U+1F600");
    expect(describeCharacter("\u0007")).toBe("U+0007");
  });
});

function withText(text: string, from = 0): ReportDocument {
  return aSmallReport({ blocks: [{ kind: "paragraph", id: "b-1", spans: [aSpan(text, from)] }], annexes: [] });
}
