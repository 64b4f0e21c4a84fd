/** How many are named before the rest is counted. */
const NAMED = 3;

/** Titles in one line: three of them and how many there are, as `more` says it; `mark` stands between two. */
export function nameList(
  titles: readonly string[],
  mark: string,
  more: (said: { names: string; count: number; rest: number }) => string,
): string {
  const names = titles.slice(0, NAMED).join(mark);
  return titles.length <= NAMED ? names : more({ names, count: titles.length, rest: titles.length - NAMED });
}
