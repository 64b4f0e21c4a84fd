import { readFileSync } from "node:fs";
import { readText } from "../../domain/check/files/read-text";
import { compareContents } from "../../domain/section/compare";
import type { Content } from "../../domain/section/content";
import { median, type Result, rounded } from "../result";
import type { System } from "../system";

const GOAL = 200;
const RUNS = 30;
const WARM_RUNS = 5;

/** (g) Two texts of twenty pages compared by block and by word, against segmenting one of them into words once. */
export async function measureCompare(_: System, reasons: Record<string, string>): Promise<Result[]> {
  const { blocks } = readText(readFileSync(new URL("../../db/demo/2024-h1.clean.md", import.meta.url)));
  const texts = blocks.map(({ text }) => text);
  const before = contentOf(texts);
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  const floor = timed(() => texts.forEach((text) => Array.from(WORDS.segment(text))));
  return [
    result("g", "comparing two revisions", edited(texts), "a third of the blocks edited, two moved, one gone, one new"),
    result(
      "g.all",
      "… with every word changed",
      contentOf(texts.map(rewritten)),
      "every block has its words in another order",
    ),
    result("g.block", "… in one paragraph", null, "the whole text as one block, its words in another order"),
  ];

  function result(id: string, what: string, after: Content | null, notes: string): Result {
    const [one, other] = after
      ? [before, after]
      : [contentOf([texts.join("")]), contentOf([rewritten(texts.join(""))])];
    const product = timed(() => compareContents(one, other));
    const met = product < GOAL;
    return {
      id,
      what,
      unit: "ms",
      floor: rounded(floor),
      product: rounded(product),
      ratio: rounded(product / floor),
      goal: `< ${GOAL} ms`,
      met,
      notes: `${one.content.length} blocks, ${characters} characters a side; ${notes}; ratio: times the floor`,
      reason: met ? null : (reasons[id] ?? ""),
    };
  }
}

const WORDS = new Intl.Segmenter("zh", { granularity: "word" });

const contentOf = (texts: readonly string[]): Content => ({
  type: "doc",
  content: texts.map((text, index) => ({
    type: "paragraph",
    attrs: { id: `block-${index}` },
    content: [{ type: "text", text }],
  })),
});

/** As a department corrects: figures and a word here and there, two blocks elsewhere, one gone, one come. */
function edited(texts: readonly string[]): Content {
  const { content } = contentOf(
    texts.map((text, index) => (index % 3 === 0 ? `${text.replace(/\d/g, "7").replaceAll("增长", "同比增长")}` : text)),
  );
  const [first, second, third, ...rest] = content;
  const moved = [first, ...rest.slice(1), second, third].flatMap((block) => block ?? []);
  const come = contentOf(["新增一段。"]).content.map((block) => ({ ...block, attrs: { id: "block-come" } }));
  return { type: "doc", content: [...moved, ...come] };
}

/** The same words backwards: hardly one of them keeps its place. */
const rewritten = (text: string): string =>
  Array.from(WORDS.segment(text), ({ segment }) => segment)
    .toReversed()
    .join("");

function timed(work: () => unknown): number {
  const times: number[] = [];
  for (let run = 0; run < WARM_RUNS + RUNS; run += 1) {
    const startedAt = performance.now();
    work();
    if (run >= WARM_RUNS) times.push(performance.now() - startedAt);
  }
  return median(times);
}
