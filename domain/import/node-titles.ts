const LONGEST = 60;
/** A paragraph of nothing but stops. */
const UNTITLED = "段落";

/** What a leaf is called in lists: the first clause that says something; 今年以来 and the like tell no leaves apart. */
export function clauseTitle(text: string): string {
  const clauses = text.split(/[，。；：！？,;:]/).map((clause) => clause.trim());
  return cut(clauses.find((words) => words.length >= 6) ?? clauses.find((words) => words !== "") ?? UNTITLED);
}

/** Of the first words under a heading. */
export const introTitle = (text: string): string => `导语 · ${clauseTitle(text)}`;

/** 投资增长动能不足。一方面… is called by its first sentence, where that is short. */
export function itemTitle(text: string): string {
  const end = text.search(/[。！？\n]/);
  return end > 0 && end <= LONGEST ? text.slice(0, end) : clauseTitle(text);
}

/** Of a bold run-in lead. */
export const leadTitle = (lead: string): string => cut(lead.trim().replace(/[。，、；：！？.,;:!?]+$/, "")) || UNTITLED;

/** 半年来的工作呈现出以下九个特点：is called by itself. */
export function bridgeTitle(text: string): string {
  const words = text.replace(/[：:]$/, "");
  return words !== text && words.length <= LONGEST && !/[。；]/.test(words) ? words : clauseTitle(text);
}

/** Bullets are called by what leads to them: …1-6月主要经济指标完成情况如下： */
export function bulletsTitle(before: string, firstBullet: string): string {
  const [clause = ""] = /[：:]$/.test(before) ? before.split(/[。；，]/).slice(-1) : [];
  const words = clause
    .replace(/(?:具体|主要)?(?:情况)?(?:如下|包括|是|为)?[：:]$/, (end) => (end.includes("情况") ? "情况" : ""))
    .replace(/^(?:\d{4}年)?(?:1[-—–~～至到]\d{1,2}月份?|上半年|前三季度|全年|今年以来|目前)/, "");
  return words.length >= 4 ? cut(words) : `要点 · ${clauseTitle(firstBullet)}`;
}

/** Never within a character that takes two code units. */
const cut = (words: string): string =>
  words.length > LONGEST ? `${words.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, "")}…` : words;
