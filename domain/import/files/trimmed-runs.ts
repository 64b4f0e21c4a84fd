import type { Run } from "../imported-document";

/**
 * Runs without invisible characters and without the blanks around the paragraph: an indent of full-width spaces is no
 * text. Blanks are as bold as what stands before them; neighbours of one weight become one run.
 */
export function trimmedRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const { text: words, bold } of runs) {
    const text = words.replace(INVISIBLE, "").replace(ODD_BLANK, " ");
    const last = joined.at(-1);
    if (last && (last.bold === bold || text.trim() === "")) last.text += text;
    else if (text !== "") joined.push({ text, bold });
  }
  while (joined[0] !== undefined && joined[0].text.trimStart() === "") joined.shift();
  while (joined.at(-1)?.text.trimEnd() === "") joined.pop();
  const [first] = joined;
  const last = joined.at(-1);
  if (first) first.text = first.text.trimStart();
  if (last) last.text = last.text.trimEnd();
  return joined;
}

const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const ODD_BLANK = /[\t\u00a0]/g;
