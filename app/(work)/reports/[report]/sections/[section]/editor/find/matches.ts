/** How a search reads: by default ａ, A and a are the same, as are ， and a half-width comma. */
export type Search = { query: string; matchWidth: boolean; matchCase: boolean };

/** Where a text holds the query, as offsets; occurrences do not overlap. The query is words, never a pattern. */
export function matchesIn(text: string, search: Search): { from: number; to: number }[] {
  const query = folded(search.query, search);
  if (query === "") return [];
  const within = folded(text, search);
  const found: { from: number; to: number }[] = [];
  for (let at = within.indexOf(query); at >= 0; at = within.indexOf(query, at + query.length))
    found.push({ from: at, to: at + query.length });
  return found;
}

/** As long as the text, so that its offsets are the text's. */
function folded(text: string, { matchWidth, matchCase }: Search): string {
  const narrow = matchWidth ? text : text.replace(FULL_WIDTH, toHalfWidth).replaceAll("\u3000", " ");
  return matchCase ? narrow : narrow.replace(/\p{Lu}/gu, lower);
}

const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
const toHalfWidth = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 0xfee0);

/** İ has a small letter of two characters: it stays as it is. */
function lower(letter: string): string {
  const small = letter.toLowerCase();
  return small.length === letter.length ? small : letter;
}
