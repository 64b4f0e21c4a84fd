export type Run = { kind: "same" | "removed" | "added"; count: number };

/**
 * The shortest way from one list of words to another, as runs over both (Myers 1986, "An O(ND) difference algorithm").
 * Between two runs of "same" what is removed comes before what is added. Null when more than `most` words would have to
 * go or come: the time is bounded by the lists' length times `most`. Numbers instead of words make it some ten times
 * faster than a general library, and a whole rewritten report is compared while a page is on its way.
 */
export function shortestEdit(before: readonly string[], after: readonly string[], most: number): Run[] | null {
  const numbers = new Map<string, number>();
  const [old, now] = [numbered(before, numbers), numbered(after, numbers)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const middle = edit(old.subarray(start, old.length - end), now.subarray(start, now.length - end), most);
  return middle && inRuns([...repeat(SAME, start), ...middle, ...repeat(SAME, end)]);
}

const [SAME, REMOVED, ADDED] = [0, 1, 2];

function numbered(words: readonly string[], numbers: Map<string, number>): Int32Array {
  return Int32Array.from(words, (word) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  });
}

/** Furthest places by diagonal (old place minus new place), one more edit each round, until both ends are reached. */
function edit(old: Int32Array, now: Int32Array, most: number): number[] | null {
  const limit = Math.min(most, old.length + now.length);
  const reach = new Int32Array(2 * limit + 3);
  const middle = limit + 1;
  const at = (diagonal: number) => reach[middle + diagonal] ?? 0;
  const rounds: Int32Array[] = [];
  for (let edits = 0; edits <= limit; edits++) {
    rounds.push(reach.slice(middle - edits - 1, middle + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const comes = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
      let from = comes ? at(diagonal + 1) : at(diagonal - 1) + 1;
      let to = from - diagonal;
      while (from < old.length && to < now.length && old[from] === now[to]) {
        from++;
        to++;
      }
      reach[middle + diagonal] = from;
      if (from >= old.length && to >= now.length) return wayBack(rounds, old.length, now.length);
    }
  }
  return null;
}

/** `rounds[n]` is how far n-1 edits led, from diagonal -n-1 on. */
function wayBack(rounds: readonly Int32Array[], oldLength: number, newLength: number): number[] {
  const steps: number[] = [];
  let [from, to] = [oldLength, newLength];
  for (let edits = rounds.length - 1; edits >= 0; edits--) {
    const at = (diagonal: number) => rounds[edits]?.[diagonal + edits + 1] ?? 0;
    const diagonal = from - to;
    const came = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
    const before = edits === 0 ? 0 : came ? at(diagonal + 1) : at(diagonal - 1) + 1;
    for (; from > before; from--) steps.push(SAME);
    to = from - diagonal;
    if (edits === 0) break;
    steps.push(came ? ADDED : REMOVED);
    if (came) to -= 1;
    else from -= 1;
  }
  return steps.toReversed();
}

function inRuns(steps: readonly number[]): Run[] {
  const runs: Run[] = [];
  let [same, removed, added] = [0, 0, 0];
  const close = () => {
    if (same > 0) runs.push({ kind: "same", count: same });
    if (removed > 0) runs.push({ kind: "removed", count: removed });
    if (added > 0) runs.push({ kind: "added", count: added });
    [same, removed, added] = [0, 0, 0];
  };
  for (const step of steps) {
    if (step === SAME && removed + added > 0) close();
    if (step === SAME) same++;
    else if (step === REMOVED) removed++;
    else added++;
  }
  close();
  return runs;
}

const repeat = (step: number, count: number): number[] => Array.from({ length: count }, () => step);
