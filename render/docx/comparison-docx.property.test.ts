import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Change, ComparedBlock, ComparedSpan, Comparison, TextKind } from "../comparison";
import { comparisonDocx } from "./comparison-docx";
import { bodyOf, resolved } from "./read-docx.testing";

/** Words that are told from one another, and that XML gives a meaning. */
const words = fc.stringMatching(/^[甲乙丙丁<&" ]{0,6}[戊己]$/);
const CHANGES = ["same", "inserted", "deleted"] as const;
const change = fc.constantFrom<Change>(...CHANGES);
const span: fc.Arbitrary<ComparedSpan> = fc.record(
  { text: words, change, lead: fc.constant(true as const) },
  { requiredKeys: ["text", "change"] },
);
const spans = fc.array(span, { minLength: 1, maxLength: 4 });
const marks = fc.array(span, { maxLength: 2 });
const kind = fc.constantFrom<TextKind>("title", "delivery", "salutation", "heading", "paragraph", "bullet", "numbered");
const asked = fc.array(
  fc.record({ kind: fc.constantFrom("return", "suggestion"), by: fc.constant("综合股"), text: words }),
  { maxLength: 1 },
);
const all = (value: Change, text: readonly ComparedSpan[]) => text.map((each) => ({ ...each, change: value }));

const text: fc.Arbitrary<ComparedBlock[]> = fc
  .record({
    kind,
    was: kind,
    mark: marks,
    spans,
    asked,
    change: fc.constantFrom("same", "inserted", "deleted", "changed"),
  })
  .map(({ change: of, was, ...block }) => [
    of === "changed"
      ? { id: "b", ...block, change: of, was: { kind: was } }
      : { id: "b", ...block, change: of, mark: all(of, block.mark), spans: all(of, block.spans) },
  ]);

const row = (columns: number) => fc.array(spans, { minLength: columns, maxLength: columns });
const grid = fc
  .record({ columns: fc.array(change, { minLength: 1, maxLength: 3 }), change: fc.constantFrom(...CHANGES) })
  .chain(({ columns, change: of }) =>
    fc
      .array(fc.tuple(row(columns.length), fc.constantFrom(...CHANGES, "changed" as const)), {
        minLength: 1,
        maxLength: 4,
      })
      .map((rows) => ({
        change: of === "same" ? ("changed" as const) : of,
        columns,
        header: null,
        rows: rows.map(([cells, change_]) => ({
          change: of === "same" ? change_ : of,
          cells: cells.map((cell, x) => {
            const whole = of !== "same" ? of : change_ !== "changed" ? change_ : (columns[x] ?? "same");
            return whole === "same" && change_ === "changed"
              ? cell
              : all(whole === "same" ? (columns[x] ?? "same") : whole, cell);
          }),
        })),
      })),
  );
const table: fc.Arbitrary<ComparedBlock[]> = grid.map((each) => [{ id: "t", kind: "table", asked: [], ...each }]);

const comparison: fc.Arbitrary<Comparison> = fc
  .record({
    blocks: fc.array(fc.oneof({ weight: 3, arbitrary: text }, { weight: 1, arbitrary: table }), { maxLength: 6 }),
    moves: fc.array(fc.record({ kind, mark: marks, spans, from: fc.nat(6), to: fc.nat(6) }), { maxLength: 2 }),
    annexes: fc.array(fc.tuple(grid, marks, spans, asked), { maxLength: 2 }),
  })
  .map(({ blocks, moves, annexes }) => {
    const list = blocks.flat();
    for (const [index, { from, to, ...block }] of moves.entries()) {
      const old = (each: readonly ComparedSpan[]) =>
        all(
          "same",
          each.filter((one) => one.change !== "inserted"),
        );
      const move = { id: `m${index}`, ...block, asked: [], move: index + 1 };
      list.splice(from, 0, { ...move, change: "moved-from", mark: old(block.mark), spans: old(block.spans) });
      list.splice(to, 0, { ...move, change: "moved-to" });
    }
    return {
      from: { name: "报告", label: "送审稿 第1号", number: 1, date: "2024年8月1日" },
      to: { name: "报告", label: "修改稿 第2号", number: 2, date: "2024年8月2日" },
      blocks: list,
      annexes: annexes.map(([sheet, mark, title, of], index) => ({
        id: `a${index}`,
        asked: of,
        ...sheet,
        mark: sheet.change === "changed" ? mark : all(sheet.change, mark),
        title: sheet.change === "changed" ? title : all(sheet.change, title),
      })),
      asked: [],
      counts: { inserted: 0, deleted: 0, changed: 0, moved: 0, cells: 0 },
    };
  });

it("leaves the newer words when every change is accepted, and the older ones when every one is rejected", async () => {
  await fc.assert(
    fc.asyncProperty(comparison, async (compared) => {
      const body = bodyOf(await comparisonDocx(compared));
      expect(resolved(body, "accept")).toEqual(linesOf(compared, "newer"));
      expect(resolved(body, "reject")).toEqual(linesOf(compared, "older"));
    }),
    { numRuns: 60 },
  );
});

/** What the one or the other edition says, as the type of Comparison puts it. */
function linesOf({ blocks, annexes }: Comparison, side: "newer" | "older"): string[] {
  const [gone, away] = side === "newer" ? (["deleted", "moved-from"] as const) : (["inserted", "moved-to"] as const);
  const said = (each: readonly ComparedSpan[]) =>
    each
      .filter((one) => one.change !== gone)
      .map((one) => one.text)
      .join("");
  const rows = ({ columns, rows: all_ }: Pick<Comparison["annexes"][number], "columns" | "rows">) =>
    all_
      .filter((one) => one.change !== gone)
      .map(({ change: of, cells }) =>
        cells
          .filter((_, x) => of === "inserted" || of === "deleted" || columns[x] !== gone)
          .map(said)
          .join("\t"),
      );
  const present = annexes.filter((annex) => annex.change !== gone);
  return [
    ...blocks
      .filter((block) => block.change !== gone && block.change !== away)
      .flatMap((block) => {
        if (block.kind === "table") return rows(block);
        const mark = said(block.mark);
        const set = side === "older" && block.was ? block.was.kind : block.kind;
        return [`${mark}${set === "paragraph" && mark !== "" ? " " : ""}${said(block.spans)}`];
      }),
    ...present.map(
      ({ title }, index) => `${index === 0 ? "附件：" : ""}${present.length > 1 ? `${index + 1}. ` : ""}${said(title)}`,
    ),
    ...present.flatMap((annex) => [said(annex.mark), said(annex.title), ...rows(annex)]),
  ].filter((line) => line !== "");
}
