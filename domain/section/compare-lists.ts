import { shortestEdit } from "./shortest-edit";

/** Places in both lists, from nought; null where the one has nothing for the other. */
export type Pair = readonly [from: number | null, to: number | null];
/** One line of two lists read as one. What moved stands twice: "left" where it was, "came" where it is. */
export type Step = { from: number | null; to: number | null; stands: "still" | "left" | "came" };

/**
 * Two lists as one, in the order of the new one, with what is gone where it stood. `was`: new place → old place. The fewest
 * have moved.
 */
export function inOneOrder(was: ReadonlyMap<number, number>, before: number, after: number): Step[] {
  const now = new Map(Array.from(was, ([to, from]) => [from, to]));
  const places = Array.from({ length: after }, (_, to) => was.get(to));
  const stays = longestRise(places.flatMap((from) => from ?? []));
  const steps: Step[] = [];
  const goneFrom = (start: number) => {
    for (let from = start; from < before && !stays.has(from); from++) {
      const to = now.get(from) ?? null;
      steps.push({ from, to, stands: to === null ? "still" : "left" });
    }
  };
  goneFrom(0);
  for (const [to, from] of places.entries()) {
    if (from === undefined) steps.push({ from: null, to, stands: "still" });
    else if (stays.has(from)) {
      steps.push({ from, to, stands: "still" });
      goneFrom(from + 1);
    } else steps.push({ from, to, stands: "came" });
  }
  return steps;
}

/** The longest rising subsequence of distinct numbers: what keeps its order, so that the fewest blocks have moved. */
export function longestRise(numbers: readonly number[]): Set<number> {
  const before = new Map<number, number | undefined>();
  const ends: number[] = [];
  for (const number of numbers) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    before.set(number, ends[low - 1]);
    ends[low] = number;
  }
  const rise = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before.get(at)) rise.add(at);
  return rise;
}

/**
 * Pairs of places in both lists, in order: those alike by the first key, between them those alike by the next, and at
 * last, where as many are left on both sides, one after the other.
 */
export function align<T>(before: readonly T[], after: readonly T[], keys: readonly ((item: T) => string)[]): Pair[] {
  const [key, ...others] = keys;
  if (!key) {
    const inOrder = before.length === after.length;
    if (inOrder) return before.map((_, index) => [index, index]);
    return [...before.map((_, index): Pair => [index, null]), ...after.map((_, index): Pair => [null, index])];
  }
  const runs = shortestEdit(before.map(key), after.map(key), MOST_EDITS) ?? [];
  const pairs: Pair[] = [];
  let [from, to, fromOpen, toOpen] = [0, 0, 0, 0];
  const close = () => {
    const between = align(before.slice(fromOpen, from), after.slice(toOpen, to), others);
    for (const [a, b] of between) pairs.push([a === null ? null : a + fromOpen, b === null ? null : b + toOpen]);
    [fromOpen, toOpen] = [from, to];
  };
  for (const { kind, count } of runs) {
    if (kind === "same") close();
    for (let each = 0; each < count; each++) {
      if (kind === "same") pairs.push([from, to]);
      if (kind !== "added") from++;
      if (kind !== "removed") to++;
    }
    if (kind === "same") [fromOpen, toOpen] = [from, to];
  }
  [from, to] = [before.length, after.length];
  close();
  return pairs;
}

/** Of lines that came or went, before two lists are taken for different ones. */
const MOST_EDITS = 300;
