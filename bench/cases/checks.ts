import { readFileSync } from "node:fs";
import { checkReport, ReportChecker } from "../../domain/check/check-report";
import type { CheckBlock } from "../../domain/check/finding";
import { readText } from "../../domain/check/files/read-text";
import { readDemoTable } from "../../db/demo/indicators";
import { median, type Result, rounded } from "../result";
import type { System } from "../system";

const GOAL = { whole: 50, keystroke: 5 };
const RUNS = 60;
const WARM_RUNS = 10;
const COPIES = 4;
const OPTIONS = { half: 1, year: 2024 } as const;

/** (e) The whole real report checked anew, and again after one keystroke, against segmenting its text into words once. */
export async function measureChecks(_: System, reasons: Record<string, string>): Promise<Result[]> {
  const blocks = readText(readFileSync(new URL("../../db/demo/2024-h1.clean.md", import.meta.url))).blocks;
  const rows = readDemoTable(readFileSync(new URL("../../db/demo/2024-h1.indicators.csv", import.meta.url), "utf8"));
  const long = Array.from({ length: COPIES }, (_copy, copy) =>
    blocks.map((block) => ({ ...block, id: `${block.id}-${copy}` })),
  ).flat();
  const whole = (text: readonly CheckBlock[]) => timed(() => checkReport(text, rows, OPTIONS));
  const keystroke = (text: readonly CheckBlock[]) => {
    const checker = new ReportChecker(OPTIONS);
    const at = text.findLastIndex(({ kind }) => kind === "paragraph");
    return timed((run) =>
      checker.check(
        text.map((block, index) => (index === at ? { ...block, text: `${block.text}${run}` } : block)),
        rows,
      ),
    );
  };
  const floor = timed(() => blocks.forEach(({ text }) => Array.from(WORDS.segment(text))));
  return [
    result("e", "checking the whole report", GOAL.whole, whole(blocks), whole(long)),
    result("e.key", "checking after a keystroke", GOAL.keystroke, keystroke(blocks), keystroke(long)),
  ];

  function result(id: string, what: string, goal: number, product: number, fourfold: number): Result {
    const met = product < goal;
    const characters = blocks.reduce((sum, { text }) => sum + text.length, 0);
    return {
      id,
      what,
      unit: "ms",
      floor: rounded(floor),
      product: rounded(product),
      ratio: rounded(product / floor),
      goal: `< ${goal} ms`,
      met,
      notes: `${blocks.length} blocks, ${characters} characters, ${rows.length} rows; ${COPIES} times the text ${rounded(fourfold)} ms; ratio: times the floor`,
      reason: met ? null : (reasons[id] ?? ""),
    };
  }
}

const WORDS = new Intl.Segmenter("zh", { granularity: "word" });

function timed(work: (run: number) => unknown): number {
  const times: number[] = [];
  for (let run = 0; run < WARM_RUNS + RUNS; run += 1) {
    const startedAt = performance.now();
    work(run);
    if (run >= WARM_RUNS) times.push(performance.now() - startedAt);
  }
  return median(times);
}
