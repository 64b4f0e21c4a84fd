import * as fc from "fast-check";
import { expect, test } from "vitest";
import { shortestEdit, type Run } from "./shortest-edit";

const RUNS = { numRuns: 500 };
const list = fc.array(fc.constantFrom("粮", "食", "增", "产", "，"), { maxLength: 14 });

test("the runs lead from one list to the other, and no shorter way does", () => {
  fc.assert(
    fc.property(list, list, (before, after) => {
      const runs = shortestEdit(before, after, 100) ?? [];
      expect(followed(runs, before, after)).toEqual(after);
      expect(edits(runs)).toBe(before.length + after.length - 2 * longestCommon(before, after));
    }),
    RUNS,
  );
});

test("it gives up exactly where more edits are needed than it may make", () => {
  fc.assert(
    fc.property(list, list, fc.nat(12), (before, after, most) => {
      const needed = before.length + after.length - 2 * longestCommon(before, after);
      expect(shortestEdit(before, after, most) === null).toBe(needed > most);
    }),
    RUNS,
  );
});

test("no two neighbouring runs are of one kind, and what goes comes before what comes", () => {
  fc.assert(
    fc.property(list, list, (before, after) => {
      const kinds = (shortestEdit(before, after, 100) ?? []).map(({ kind }) => kind);
      for (const [index, kind] of kinds.entries()) {
        expect(kind).not.toBe(kinds[index + 1]);
        if (kind === "added") expect(kinds[index + 1] ?? "same").toBe("same");
      }
    }),
    RUNS,
  );
});

/** What stands after the runs, the words that stay taken from the old list. */
function followed(runs: readonly Run[], before: readonly string[], after: readonly string[]): string[] {
  const result: string[] = [];
  let [from, to] = [0, 0];
  for (const { kind, count } of runs) {
    if (kind === "same") result.push(...before.slice(from, from + count));
    if (kind === "added") result.push(...after.slice(to, to + count));
    if (kind !== "added") from += count;
    if (kind !== "removed") to += count;
  }
  expect(from).toBe(before.length);
  return result;
}

const edits = (runs: readonly Run[]): number =>
  runs.reduce((sum, { kind, count }) => sum + (kind === "same" ? 0 : count), 0);

/** By the textbook's table, to hold the quick way against. */
function longestCommon(before: readonly string[], after: readonly string[]): number {
  let row = after.map(() => 0);
  for (const word of before) {
    const next: number[] = [];
    for (const [at, other] of after.entries()) {
      const [above, left, corner] = [row[at] ?? 0, next[at - 1] ?? 0, at === 0 ? 0 : (row[at - 1] ?? 0)];
      next.push(word === other ? corner + 1 : Math.max(above, left));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
