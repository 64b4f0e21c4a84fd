import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Digits, type Figure, type FigureField, type IndicatorRow } from "../indicator/figure";
import { ReportChecker } from "./check-report";
import { readTable } from "./files/read-table";
import { readText } from "./files/read-text";
import { SEVERITIES, type CheckBlock, type Finding } from "./finding";

/**
 * One character of the real report is changed at a time, wherever a relation covers it, and the check must say something
 * that it does not say of the report as it is. The places are listed here by hand: what the rules can see decides nothing.
 */
const demo = (name: string): Uint8Array => readFileSync(new URL(`../../db/demo/${name}`, import.meta.url));
const { rows } = await readTable(demo("2024-h1.indicators.csv"));
const { blocks } = readText(demo("2024-h1.clean.md"));
const COUNTIES = 11;

/** The words of the report; what stands in [ ] is covered. Every line stands in the report, the nth time where it says so. */
const COVERED_WORDS: readonly (string | { words: string; time: number })[] = [
  "地区生产总值[481.35][亿元]，完成年度计划的[51.4][%]，[增长][9.1][%]；",
  "农林牧渔业总产值[8.03][亿元]，完成年度计划的[37.35][%]，[增长][4.1][%]；",
  "规模工业总产值[412.46][亿元]，完成年度计划的[50.16][%]，[增长][19.4][%]；",
  "规模工业增加值[增长][19.1][%]，[高于]计划增速[10.1][个百分点]；",
  "固定资产投资[160.09][亿元]，完成年度计划的[56.29][%]，[增长][10][%]；",
  "一般公共预算总收入[21.86][亿元]，完成年度计划的[55.79][%]，[增长][3][%]；",
  "地方一般公共预算收入[13.58][亿元]，完成年度计划的[57.66][%]，[增长][6.5][%]；",
  "实际利用外资[1188.9][万美元]，完成年度计划的[67.55][%]；",
  "外贸进出口预计完成[59.1][亿元]，完成年度计划的[47.29][%]，[增长][-4.03][%]；",
  "第三产业增加值完成[313.38][亿元]，完成年度计划的[56.82][%]，[增长][6.2][%]；",
  "社会消费品零售总额[174.41][亿元]，完成年度计划的[45.78][%]，[增长][5.6][%]；",
  "城镇居民人均可支配收入[30276][元]，完成年度计划的[52.12][%]，[增长][6][%]；",
  "农村居民人均可支配收入[16830][元]，完成年度计划的[56.27][%]，[增长][8.7][%]。",
  "全区地区生产总值完成[481.35][亿元]、[增长][9.1][%]，增速位居全市第[二]。",
  "第一产业增加值完成[3.46][亿元]",
  "第二产业增加值完成[164.5][亿元]",
  "第三产业增加值完成[313.38][亿元]、[增长][6.2][%]。",
  "全区社会消费品零售总额[增长][5.6][%]。",
  "由年初的[1.28]:[39.82]:[58.9]调整为[0.72]:[34.18]:[65.1]",
  "[13]项主要经济指标中，[10]项顺利完成年度计划，[3]项基本完成年度计划",
  "呈现出以下[九]个特点",
  "重点抓好以下[九]个方面工作",
  "区属规模工业企业达到[261]家",
  "共[98]家工业企业减产",
  "减停产面达[37.5]%",
  "重点监测的[31]家出口企业中有[11]家企业出口下降明显，下降面达[35]%",
  "省级重点在建项目[20]个、市级重点在建项目[76]个",
  "[76]个市级在建重点项目和[20]个省级在建重点项目",
  "推动[69]个区“重中之重”项目",
  "[46]个项目已开工，[11]个项目处于促开工阶段，[6]个项目处于促供地阶段",
  { words: "三年行动计划（[2024]-[2026]年）", time: 1 },
  { words: "三年行动计划（[2024]-[2026]年）", time: 2 },
  ...["抓项目策划", "抓重点", "深挖消费潜力", "打造一流营商环境"].map((words) => `[一]是${words}`),
  ...["抓建设进度", "抓挖潜", "稳定房地产市场", "壮大民营经济"].map((words) => `[二]是${words}`),
  ...["抓要素保障", "抓谋划", "开拓国际市场", "深化芗台融合发展"].map((words) => `[三]是${words}`),
];

const COVERED_CELLS: readonly FigureField[] = [
  "lastActual",
  "planTotal",
  "planGrowth",
  "actual",
  "completion",
  "growth",
];
/** Ranks that the text states; of the others only what no county can be is covered. */
const STATED_RANKS: readonly string[] = ["row-1.rankGrowth"];

type Kind = "digit" | "unit" | "direction" | "rank" | "count";
type Mutation = { kind: Kind; place: string; from: string; to: string; blocks: CheckBlock[]; rows: IndicatorRow[] };

const UNITS: Record<string, readonly string[]> = {
  亿元: ["万元"],
  万元: ["亿元"],
  元: ["万元"],
  万美元: ["亿美元"],
  "%": ["个百分点"],
  个百分点: ["%"],
};
const DIRECTIONS: Record<string, string> = { 增长: "下降", 下降: "增长", 高于: "低于", 低于: "高于" };
const NUMERALS = [..."一二三四五六七八九"];

/** Every way of changing one of them: a digit to each other, a unit, a direction, a minus taken off. */
function changesOf(piece: string): { kind: Kind; to: string }[] {
  if (UNITS[piece]) return UNITS[piece].map((to) => ({ kind: "unit" as const, to }));
  if (DIRECTIONS[piece]) return [{ kind: "direction", to: DIRECTIONS[piece] }];
  if (NUMERALS.includes(piece)) {
    return NUMERALS.filter((to) => to !== piece).map((to) => ({ kind: "count" as const, to }));
  }
  const digits = [...piece].flatMap((digit, at) =>
    /\d/.test(digit)
      ? [..."0123456789"]
          .filter((other) => other !== digit)
          .map((other) => ({ kind: "digit" as const, to: `${piece.slice(0, at)}${other}${piece.slice(at + 1)}` }))
      : [],
  );
  return piece.startsWith("-") ? [...digits, { kind: "direction", to: piece.slice(1) }] : digits;
}

function* textMutations(): Generator<Mutation> {
  for (const covered of COVERED_WORDS) {
    const { words: marked, time } = typeof covered === "string" ? { words: covered, time: 1 } : covered;
    const plain = marked.replace(/[[\]]/g, "");
    const holders = blocks.filter(({ text }) => text.includes(plain));
    const block = holders[time - 1];
    const stands = block ? block.text.split(plain).length - 1 : 0;
    if (!block || stands !== 1 || (typeof covered === "string" && holders.length !== 1)) {
      throw new Error(`Not in the report, or more than once: ${plain}`);
    }
    const start = block.text.indexOf(plain);
    let offset = 0;
    for (const [index, piece] of marked.split(/[[\]]/).entries()) {
      const at = start + offset;
      offset += piece.length;
      if (index % 2 === 0) continue;
      for (const { kind, to } of changesOf(piece)) {
        const text = `${block.text.slice(0, at)}${to}${block.text.slice(at + piece.length)}`;
        yield {
          kind: piece === "二" && marked.includes("全市第") ? "rank" : kind,
          place: plain.slice(0, 14),
          from: piece,
          to,
          blocks: blocks.map((each) => (each === block ? { ...each, text } : each)),
          rows,
        };
      }
    }
  }
}

function* tableMutations(): Generator<Mutation> {
  for (const row of rows) {
    for (const field of COVERED_CELLS) yield* cellMutations(row, field, changesOfFigure(row.figures[field]));
    for (const field of ["rankTotal", "rankGrowth"] as const) {
      const isStated = STATED_RANKS.includes(`${row.code}.${field}`);
      const changes = changesOfFigure(row.figures[field]).filter(
        ({ digits }) => isStated || Number(digits) < 1 || Number(digits) > COUNTIES,
      );
      yield* cellMutations(
        row,
        field,
        changes.map((change) => ({ ...change, kind: "rank" as const })),
      );
    }
  }
}

type Change = { kind: Kind; digits: string; figure: Figure };

/** Numbers that a cell can hold; the words 高于计划增速10.1个百分点 of the growth-only row by their own pieces. */
function changesOfFigure(figure: Figure | undefined): Change[] {
  if (figure?.state === "number" || figure?.state === "estimate") {
    const { state } = figure;
    const signs = figure.digits.startsWith("-") ? [] : [{ kind: "direction" as const, to: `-${figure.digits}` }];
    return [...changesOf(figure.digits), ...signs]
      .filter(({ to }) => Digits.safeParse(to).success)
      .map(({ kind, to }) => ({ kind, digits: to, figure: { state, digits: to } }));
  }
  const [, side = "", points = "", unit = ""] =
    figure?.state === "words" ? (/^(高于)计划增速([\d.]+)(个百分点)$/.exec(figure.words) ?? []) : [];
  return [side, points, unit].flatMap((piece) =>
    piece === ""
      ? []
      : changesOf(piece).map(({ kind, to }): Change => {
          const words = [side, "计划增速", points, unit].map((each) => (each === piece ? to : each)).join("");
          return { kind, digits: to, figure: { state: "words", words } };
        }),
  );
}

function* cellMutations(row: IndicatorRow, field: FigureField, changes: readonly Change[]): Generator<Mutation> {
  for (const { kind, digits, figure } of changes) {
    const mutated = { ...row, figures: { ...row.figures, [field]: figure } };
    const before = row.figures[field];
    yield {
      kind,
      place: `${row.officialName}.${field}`,
      from: before && "digits" in before ? before.digits : "",
      to: digits,
      blocks,
      rows: rows.map((each) => (each === row ? mutated : each)),
    };
  }
}

/** The most that is said: an error, a warning, a notice, or an error that a remark lets stand. */
function loudestOf(findings: readonly Finding[]): string {
  const open = findings.filter(({ waivedBy }) => waivedBy === null);
  return SEVERITIES.find((severity) => open.some((finding) => finding.severity === severity)) ?? "waived";
}

describe("one changed character of the real report", () => {
  it("is found in at least 95 of 100 covered places", { timeout: 120_000 }, () => {
    const checker = new ReportChecker({ year: 2024, half: 1, counties: COUNTIES });
    const before = new Set(checker.check(blocks, rows).map(({ key }) => key));
    const score = new Map<Kind, { found: number; of: number }>();
    const missed = new Map<string, string[]>();
    const loudest = new Map<string, number>();
    for (const mutation of [...textMutations(), ...tableMutations()]) {
      const found = checker.check(mutation.blocks, mutation.rows).filter(({ key }) => !before.has(key));
      const counted = score.get(mutation.kind) ?? { found: 0, of: 0 };
      counted.of += 1;
      if (found.length > 0) counted.found += 1;
      else missed.set(mutation.place, [...(missed.get(mutation.place) ?? []), `${mutation.from}→${mutation.to}`]);
      if (found.length > 0) loudest.set(loudestOf(found), (loudest.get(loudestOf(found)) ?? 0) + 1);
      score.set(mutation.kind, counted);
    }
    const total = [...score.values()].reduce((sum, { found, of }) => ({ found: sum.found + found, of: sum.of + of }), {
      found: 0,
      of: 0,
    });
    const percent = ({ found, of }: { found: number; of: number }): string =>
      `${found}/${of} = ${((100 * found) / of).toFixed(2)}%`;
    const kinds = [...score].map(([kind, counted]) => `${kind} ${percent(counted)}`).join(", ");
    const misses = [...missed].map(
      ([place, changes]) => `${place} ×${changes.length} ${changes.slice(0, 8).join(" ")}`,
    );
    const loud = [...loudest].map(([as, count]) => `${as} ${count}`).join(", ");
    console.log(`mutations found ${percent(total)} (${kinds}); as ${loud}; missed: ${misses.join(" | ")}`);
    expect(total.of).toBeGreaterThan(3000);
    expect(total.found / total.of).toBeGreaterThanOrEqual(0.95);
    for (const { found, of } of score.values()) expect(found / of).toBeGreaterThanOrEqual(0.95);
  });
});
