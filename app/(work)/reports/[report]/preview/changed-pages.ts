import type { PreviewPage } from "./ask-preview";

/** Numbers from 1 of the pages that were not in the preview before, wherever they stood in it. */
export function changedPages(before: readonly PreviewPage[], after: readonly PreviewPage[]): number[] {
  const known = new Set(before.map(({ sha256 }) => sha256));
  return after.flatMap(({ sha256 }, index) => (known.has(sha256) ? [] : [index + 1]));
}

/** 3、5–8: runs are said in one. */
export function pageList(numbers: readonly number[], mark: string): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(mark);
}
