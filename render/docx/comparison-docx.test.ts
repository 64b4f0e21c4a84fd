import { describe, expect, it } from "vitest";
import { compareDocuments } from "../../domain/edition/compare-documents";
import { childNamed, elementsIn } from "../../domain/import/files/xml-tree";
import { realDocument } from "../../domain/report/real-document.testing";
import type { ComparedText, Comparison } from "../comparison";
import type { Block, ReportDocument } from "../report-document";
import { aSpan } from "../small-report";
import { toPlainText } from "../text/to-plain-text";
import { comparisonDocx } from "./comparison-docx";
import { allNamed, bodyOf, partOf, partsOf, resolved, wordsIn } from "./read-docx.testing";

const report = realDocument();
const edited = withEdits(report);
const compared = compareDocuments(
  { edition: edition("送审稿", 1), document: report },
  { edition: edition("修改稿", 2), document: edited },
);
const bytes = await comparisonDocx(compared);

describe("the real report beside an edited one, as tracked changes", () => {
  it("is the newer text when all are accepted, and the older when all are rejected", () => {
    const lines = (document: ReportDocument) => toPlainText(document).trimEnd().split("\n\n");
    const accepted = resolved(bodyOf(bytes), "accept");
    const rejected = resolved(bodyOf(bytes), "reject");
    const annexOf = ({ annexes }: ReportDocument) =>
      annexes.flatMap(({ title, header, rows }) => ["附件", title, ...[header, ...rows].map((row) => row.join("\t"))]);
    expect(accepted).toEqual([...lines(edited), ...annexOf(edited)]);
    expect(rejected).toEqual([...lines(report), ...annexOf(report)]);
    expect(accepted).not.toEqual(rejected);
  });

  it("has moves whose two ends bear one name, each around its own paragraph", () => {
    const body = elementsIn(bodyOf(bytes));
    for (const end of ["w:moveFrom", "w:moveTo"]) {
      const [start] = allNamed(bodyOf(bytes), `${end}RangeStart`);
      expect(start?.attributes["w:name"]).toBe("move1");
      const at = body.findIndex((element) => allNamed(element, `${end}RangeStart`).length > 0);
      const paragraph = body[at];
      expect(body[at + 1]?.name).toBe(`${end}RangeEnd`);
      expect(body[at + 1]?.attributes["w:id"]).toBe(start?.attributes["w:id"]);
      const mark = childNamed(paragraph && childNamed(paragraph, "w:pPr"), "w:rPr");
      expect(mark && elementsIn(mark).map(({ name }) => name)).toEqual([end]);
    }
  });

  it("gives every change a number of its own, an author, and the day of the newer edition", () => {
    const changes = ["w:ins", "w:del", "w:moveFrom", "w:moveTo"].flatMap((name) => allNamed(bodyOf(bytes), name));
    const ids = changes.map(({ attributes }) => attributes["w:id"]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(8);
    for (const { attributes } of changes) {
      expect([attributes["w:author"], attributes["w:date"]]).toEqual(["修改", "2024-08-02T00:00:00Z"]);
    }
  });

  it("says on every sheet which two editions it compares, and goes on tracking", () => {
    const parts = partsOf(bytes);
    expect(wordsIn(partOf(bytes, "word/header1.xml"))).toBe(
      "花脸稿：送审稿 第1号（2024年8月1日）改为修改稿 第2号（2024年8月2日）",
    );
    expect(parts["word/settings.xml"]).toContain("<w:trackRevisions/>");
  });

  it("is the same to the byte when it is made again", async () => {
    expect(Buffer.from(await comparisonDocx(compared)).equals(bytes)).toBe(true);
  });
});

describe("who asked", () => {
  const asked = [{ kind: "return" as const, by: "综合股", text: "请核实 <数字> & 单位。" }];
  const block: ComparedText = {
    id: "b",
    change: "changed",
    kind: "paragraph",
    mark: [],
    spans: [
      { text: "增长9.1%", change: "deleted" },
      { text: "增长9.2%", change: "inserted" },
    ],
    asked,
  };

  it("is the author of the change, and what they said a comment on its paragraph", async () => {
    const made = await comparisonDocx({ ...empty(), blocks: [block] });
    const [comment] = allNamed(partOf(made, "word/comments.xml"), "w:comment");
    expect(comment?.attributes["w:author"]).toBe("综合股");
    expect(comment?.attributes["w:date"]).toMatch(/^2024-08-02T00:00:00/);
    expect(comment && wordsIn(comment)).toBe("退回意见：请核实 <数字> & 单位。");
    const id = comment?.attributes["w:id"];
    for (const name of ["w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"]) {
      expect(allNamed(bodyOf(made), name).map(({ attributes }) => attributes["w:id"])).toEqual([id]);
    }
    const authors = ["w:ins", "w:del"].flatMap((name) => allNamed(bodyOf(made), name));
    expect(authors.map(({ attributes }) => attributes["w:author"])).toEqual(["综合股", "综合股"]);
  });

  it("stands at the head of the report when it was of the whole, and nowhere when nobody asked", async () => {
    const made = await comparisonDocx({
      ...empty(),
      blocks: [{ ...block, asked: [] }],
      asked: [{ kind: "consultation", by: "统计局", text: "口径请统一。" }],
    });
    expect(wordsIn(partOf(made, "word/comments.xml"))).toBe("征求意见：口径请统一。");
    expect(allNamed(bodyOf(made), "w:ins")[0]?.attributes["w:author"]).toBe("修改");
    expect(partsOf(bytes)["word/comments.xml"]).toBeUndefined();
    expect(partsOf(bytes)["[Content_Types].xml"]).not.toContain("comments");
  });

  it("keeps how a paragraph was set, for when the change is rejected", async () => {
    const made = await comparisonDocx({
      ...empty(),
      blocks: [{ ...block, kind: "heading", level: 2, was: { kind: "paragraph" }, asked: [] }],
    });
    const [was] = allNamed(bodyOf(made), "w:pPrChange");
    const [properties] = was ? allNamed(was, "w:pStyle") : [];
    expect(properties?.attributes["w:val"]).toBe("ReportBody");
  });

  it("is refused when a table has more columns than Word opens, and makes a sheet of nothing", async () => {
    const columns = Array.from({ length: 64 }, () => "same" as const);
    const cells = columns.map(() => [{ text: "1", change: "same" as const }]);
    const wide = { id: "t", kind: "table" as const, change: "same" as const, asked: [], columns, header: null };
    await expect(
      comparisonDocx({ ...empty(), blocks: [{ ...wide, rows: [{ change: "same", cells }] }] }),
    ).rejects.toThrow("docx-failed");
    expect(resolved(bodyOf(await comparisonDocx(empty())), "accept")).toEqual([]);
  });
});

function edition(kind: string, number: number): Comparison["to"] {
  return { name: report.report.name, label: `${kind} 第${number}号`, number, date: `2024年8月${number}日` };
}

function empty(): Comparison {
  const counts = { inserted: 0, deleted: 0, changed: 0, moved: 0, cells: 0 };
  return { from: edition("送审稿", 1), to: edition("修改稿", 2), blocks: [], annexes: [], asked: [], counts };
}

/** A paragraph elsewhere, one gone, one new, words changed; in the table a cell changed and a row gone. */
function withEdits(document: ReportDocument): ReportDocument {
  const blocks: Block[] = structuredClone(document.blocks);
  blocks.splice(36, 0, ...blocks.splice(30, 1));
  blocks.splice(10, 1);
  blocks.splice(24, 0, { kind: "paragraph", id: "new", spans: [aSpan("新的一段，增加了内容。")] });
  for (const block of blocks) {
    if (block.kind !== "paragraph") continue;
    for (const span of block.spans) span.text = span.text.replace("坚决落实", "毫不动摇地落实");
  }
  const annexes = structuredClone(document.annexes);
  const [rows = []] = annexes.map((annex) => annex.rows);
  rows[3]?.splice(5, 1, "10");
  rows.splice(5, 1);
  return { ...document, blocks, annexes };
}
