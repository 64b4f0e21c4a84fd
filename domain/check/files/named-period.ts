/** The year and half that a title, a heading or a sentence names; null for what it does not say. */
export type NamedPeriod = { year: number | null; half: 1 | 2 | null };

const MONTHS = /1(?:月)?[-—–－~～至到]+(\d{1,2})月/;
const CHINESE_MONTHS = /一[-—–－~～至到]+(三|六|九|十二|十一|十)月/;

export function periodIn(words: string): NamedPeriod {
  const text = words.normalize("NFKC").replace(/\s/g, "");
  const year = /(?<!\d)((?:19|20)\d{2})(?=年|$|\D)/.exec(text)?.[1];
  return { year: year === undefined ? null : Number(year), half: halfIn(text) };
}

/** Every year named. */
export function yearsIn(words: string): number[] {
  return [...words.normalize("NFKC").matchAll(/(?<!\d)((?:19|20)\d{2})(?!\d)/g)].map(([year]) => Number(year));
}

/** A year's plan is named in every half, so 全年目标 and 年度计划 say nothing of the period. */
function halfIn(text: string): 1 | 2 | null {
  if (/(?<!下)半年/.test(text)) return 1;
  const months = MONTHS.exec(text)?.[1];
  if (months !== undefined) return Number(months) > 6 ? 2 : 1;
  const chinese = CHINESE_MONTHS.exec(text)?.[1];
  if (chinese !== undefined) return chinese === "三" || chinese === "六" ? 1 : 2;
  return /前三季度|全年(?!计划|目标|预期|预算|任务)/.test(text) ? 2 : null;
}
