import { expect, test } from "vitest";
import { readListLabels } from "./list-labels";
import { parseXml } from "./xml-tree";

const labelsOf = (text: string) =>
  readListLabels(
    parseXml(
      Buffer.from(
        `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
          `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="${text}"/></w:lvl></w:abstractNum>` +
          `<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
      ),
    ),
  );

test("a paragraph is counted without its number being printed, and prints as the one that was counted last", () => {
  const labels = labelsOf("第%1条");
  for (let paragraph = 0; paragraph < 12; paragraph += 1) labels.count("1", 0);
  expect([labels.printed("1", 0), labels.printed("1", 0)]).toEqual(["第12条", "第12条"]);
  expect([labels.printed("1", 1), labels.printed("2", 0)]).toEqual(["", ""]);
});

test("of what a level prints around its number fifty characters are taken, and no half of one", () => {
  const labels = labelsOf("%1".repeat(10_000));
  labels.count("1", 0);
  expect(labels.printed("1", 0)).toBe("1".repeat(25));
  const cut = labelsOf(`a${"𠮷".repeat(100)}`);
  cut.count("1", 0);
  expect(cut.printed("1", 0)).toBe(`a${"𠮷".repeat(24)}\ufffd`);
});
