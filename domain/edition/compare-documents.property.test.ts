import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Annex, Block, ReportDocument, Span } from "../../render/report-document";
import { aSmallReport } from "../../render/small-report";
import { compareDocuments, isUnchanged } from "./compare-documents";
import { readReport, readSide } from "./compare.testing";

const RUNS = { numRuns: 400 };
const LEAVES = 6;
const contributions = Array.from({ length: LEAVES }, (_, at) => ({
  section: `s-${at}`,
  title: `第${at}节`,
  department: "发展和改革局",
  revision: `r-${at}`,
  number: 1,
}));
const edition = (number: number) => ({ name: "报告", label: `送审稿 第${number}号`, number, date: "2024年8月1日" });

const someWords = fc
  .array(
    fc.constantFrom(
      "全区",
      "粮食",
      "增长",
      "4.1%",
      "481.35亿元",
      "，",
      "。",
      "项目",
      "的",
      "𠮷",
      " ",
      "持续推进重点领域改革",
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((all) => all.join(""));
const cell = fc.constantFrom("", "1", "2", "粮食", "项目", "8.03", "8.30", "亿元");
const grid = fc
  .record({ width: fc.integer({ min: 1, max: 4 }), height: fc.integer({ min: 1, max: 5 }) })
  .chain(({ width, height }) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
  );

/** One block of few ids, so that blocks are the same, elsewhere, something else or gone by chance. */
const someBlock = (id: number): fc.Arbitrary<Block> => {
  const own = { id: `b-${id}`, from: id % LEAVES, block: `b-${id}` };
  const spans = fc
    .array(fc.record({ text: someWords, isLead: fc.boolean(), leaf: fc.nat(LEAVES - 1) }), { maxLength: 4 })
    .map((all) =>
      all.map(({ text, isLead, leaf }, at): Span => {
        const where = at === 0 ? { from: own.from, block: own.block } : { from: leaf, block: `b-${leaf + 20}` };
        return { text, ...(isLead ? { lead: true as const } : {}), ...where };
      }),
    );
  return fc.oneof(
    { weight: 4, arbitrary: spans.map((its): Block => ({ kind: "paragraph", id: own.id, spans: its })) },
    {
      weight: 1,
      arbitrary: fc.record({ spans, n: fc.nat(3) }).map(({ n, spans: its }): Block => {
        return { kind: "paragraph", id: own.id, number: `${n + 1}.`, spans: its };
      }),
    },
    { weight: 1, arbitrary: spans.map((its): Block => ({ kind: "bullet", id: own.id, spans: its })) },
    {
      weight: 1,
      arbitrary: fc
        .record({ text: someWords, n: fc.nat(3), level: fc.constantFrom(1 as const, 2 as const) })
        .map(({ text, n, level }): Block => ({
          kind: "heading",
          id: own.id,
          level,
          number: "一二三四"[n] + "、",
          text,
        })),
    },
    { weight: 1, arbitrary: grid.map((rows): Block => ({ kind: "table", ...own, rows })) },
    {
      weight: 1,
      arbitrary: grid.map(([header = [], ...rows]): Block => ({ kind: "table", ...own, header, rows })),
    },
  );
};
const someAnnex = (id: number): fc.Arbitrary<Annex> =>
  fc.record({ title: someWords, all: grid }).map(({ title, all: [header = [], ...rows] }) => ({
    id: `a-${id}`,
    title,
    from: 0,
    header,
    rows,
  }));
const someOf = <T>(most: number, make: (id: number) => fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: most + 3 }), { maxLength: most })
    .chain((ids) => fc.tuple(...ids.map(make)) as fc.Arbitrary<T[]>);
const someReport = fc
  .record({ blocks: someOf(9, someBlock), annexes: someOf(2, someAnnex) })
  .map((parts): ReportDocument => aSmallReport({ contributions, ...parts }));

/** A report, and the same after few edits: blocks taken from another, put elsewhere, taken away. */
const edited = fc
  .tuple(someReport, someReport, fc.array(fc.nat(20), { maxLength: 4 }))
  .map(([before, other, picks]) => {
    const blocks = [...before.blocks];
    for (const pick of picks) {
      const [taken] = blocks.splice(pick % (blocks.length + 1), 1);
      const strange = other.blocks.find((block) => !blocks.some(({ id }) => id === block.id));
      const put = pick % 3 === 0 ? strange : taken;
      if (put) blocks.splice((pick * 7) % (blocks.length + 1), 0, put);
    }
    return [before, { ...before, blocks }] as const;
  });
const pair = fc.oneof(fc.tuple(someReport, someReport), edited);
const compared = (from: ReportDocument, to: ReportDocument) =>
  compareDocuments({ edition: edition(1), document: from }, { edition: edition(2), document: to });

test("without what is gone it reads as the newer edition, without what has come as the older, to the last cell", () => {
  fc.assert(
    fc.property(pair, ([before, after]) => {
      const comparison = compared(before, after);
      expect(readSide(comparison, "from")).toEqual(readReport(before));
      expect(readSide(comparison, "to")).toEqual(readReport(after));
    }),
    RUNS,
  );
});

test("every move has its two ends, numbered from one in the order of reading", () => {
  fc.assert(
    fc.property(pair, ([before, after]) => {
      const { blocks, counts } = compared(before, after);
      const ends = (change: string) => blocks.flatMap((block) => (block.change === change ? (block.move ?? 0) : []));
      const numbers = Array.from({ length: counts.moved }, (_, at) => at + 1);
      expect(ends("moved-from").toSorted((a, b) => a - b)).toEqual(numbers);
      expect(ends("moved-to").toSorted((a, b) => a - b)).toEqual(numbers);
      expect(blocks.flatMap(({ move }) => move ?? []).filter((move, at, all) => all.indexOf(move) === at)).toEqual(
        numbers,
      );
    }),
    RUNS,
  );
});

test("a report compared with itself says nothing", () => {
  fc.assert(
    fc.property(someReport, (same) => {
      const comparison = compared(same, structuredClone(same));
      expect(isUnchanged(comparison)).toBe(true);
      expect([...comparison.blocks, ...comparison.annexes].every(({ change }) => change === "same")).toBe(true);
    }),
    RUNS,
  );
});

test("one block put elsewhere is one move at most, and nothing else has changed", () => {
  fc.assert(
    fc.property(someReport, fc.nat(20), fc.nat(20), (before, pick, place) => {
      const blocks = [...before.blocks];
      const [taken] = blocks.splice(pick % Math.max(blocks.length, 1), 1);
      if (taken) blocks.splice(place % (blocks.length + 1), 0, taken);
      const { counts } = compared(before, { ...before, blocks });
      const stands = before.blocks.every((block, at) => block === blocks[at]);
      expect(counts).toEqual({ inserted: 0, deleted: 0, changed: 0, moved: stands ? 0 : 1, cells: 0 });
    }),
    RUNS,
  );
});
