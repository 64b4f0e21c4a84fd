import type { Indicator } from "../indicator/figure";

/**
 * By which words a text speaks of an indicator: its own names, and the usual ways of writing them. Quantities that many
 * reports state but that have no row are known too (`isRow` false): they end what was said of the indicator before.
 */
export type Subject = { code: string; unit: string; kind: Indicator["kind"]; isRow: boolean };
/**
 * `codes` are several where one name stands for several indicators (城乡居民人均可支配收入). `isLoose`: the word has other
 * meanings too (第三产业 of which the investment is told).
 */
export type NameHit = { from: number; to: number; codes: readonly string[]; isLoose: boolean };
export type Lexicon = {
  subjects: ReadonlyMap<string, Subject>;
  /** The code of a well-known quantity, by its first name below; a row's own code where there is such a row. */
  codeOf(concept: string): string | null;
  /** Names in reading order; where several could stand, the longest. */
  find(text: string): NameHit[];
};

/** What the lexicon is made from. */
export type Named = Pick<Indicator, "code" | "officialName" | "shortName" | "aliases" | "unit" | "kind">;

export const GDP = "地区生产总值";
export const INDUSTRIES = ["第一产业增加值", "第二产业增加值", "第三产业增加值"] as const;
export const TRADE = "外贸进出口总额";

/** One quantity under its usual names. A row that bears one of them may be called by all, unless another row is. */
const CONCEPTS: readonly { names: readonly string[]; unit: string }[] = [
  { unit: "亿元", names: [GDP, "生产总值", "GDP", "地区生产总值（GDP）", "全区生产总值", "全县生产总值"] },
  { unit: "亿元", names: [INDUSTRIES[0], "第一产业", "一产增加值"] },
  { unit: "亿元", names: [INDUSTRIES[1], "第二产业", "二产增加值"] },
  { unit: "亿元", names: [INDUSTRIES[2], "第三产业", "三产增加值"] },
  { unit: "亿元", names: ["农林牧渔业总产值", "农林牧渔总产值", "农林牧渔业产值", "农业总产值"] },
  { unit: "亿元", names: ["规模以上工业总产值", "规模以上工业产值"] },
  { unit: "亿元", names: ["规模以上工业增加值", "规模以上工业企业增加值"] },
  { unit: "亿元", names: ["工业增加值", "全部工业增加值"] },
  { unit: "亿元", names: ["建筑业总产值", "建筑业产值"] },
  {
    unit: "亿元",
    names: ["固定资产投资", "固定资产投资额", "固定资产投资总额", "固定资产投资完成额", "全社会固定资产投资", "固投"],
  },
  { unit: "亿元", names: ["工业投资", "工业固定资产投资"] },
  { unit: "亿元", names: ["民间投资", "民间固定资产投资"] },
  { unit: "亿元", names: ["房地产开发投资", "房地产投资"] },
  { unit: "亿元", names: ["一般公共预算总收入", "公共财政总收入", "财政总收入"] },
  {
    unit: "亿元",
    names: [
      "地方一般公共预算收入",
      "地方级一般公共预算收入",
      "一般公共预算地方级收入",
      "一般公共预算收入",
      "地方公共财政收入",
      "地方级财政收入",
    ],
  },
  { unit: "亿元", names: ["一般公共预算支出", "地方一般公共预算支出"] },
  { unit: "亿元", names: ["税收收入", "税性收入"] },
  { unit: "亿元", names: ["非税收入"] },
  {
    unit: "万美元",
    names: ["实际使用外商直接投资", "实际利用外商直接投资", "实际使用外资", "实际利用外资", "实际使用外资金额"],
  },
  {
    unit: "亿元",
    names: [TRADE, "外贸进出口", "外贸进出口总值", "外贸进出口额", "进出口总额", "进出口总值", "货物进出口总额"],
  },
  { unit: "亿元", names: ["出口总额", "外贸出口总额", "外贸出口", "外贸出口额", "出口额", "出口总值"] },
  { unit: "亿元", names: ["进口总额", "外贸进口总额", "外贸进口", "进口额", "进口总值"] },
  {
    unit: "亿元",
    names: [
      "社会消费品零售总额",
      "社会消费品零售额",
      "社零总额",
      "社消零总额",
      "社消零",
      "社零",
      "全社会消费品零售总额",
    ],
  },
  { unit: "元", names: ["居民人均可支配收入", "全体居民人均可支配收入"] },
  {
    unit: "元",
    names: ["城镇居民人均可支配收入", "城镇居民可支配收入", "城镇常住居民人均可支配收入", "城镇居民人均收入"],
  },
  {
    unit: "元",
    names: [
      "农村居民人均可支配收入",
      "农村居民可支配收入",
      "农村常住居民人均可支配收入",
      "农民人均可支配收入",
      "农村居民人均收入",
    ],
  },
  { unit: "亿千瓦时", names: ["全社会用电量"] },
  { unit: "亿千瓦时", names: ["工业用电量"] },
  { unit: "万平方米", names: ["商品房销售面积"] },
];

/** Words that mean the quantity only where the sentence is about added value, unless they are a row's own name. */
const LOOSE_NAMES = ["第一产业", "第二产业", "第三产业"];

/** Names that stand for several quantities at once; what follows them is said 分别. */
const PAIRS: readonly { names: readonly string[]; of: readonly string[] }[] = [
  {
    names: [
      "城乡居民人均可支配收入",
      "城镇和农村居民人均可支配收入",
      "城镇、农村居民人均可支配收入",
      "城镇与农村居民人均可支配收入",
    ],
    of: ["城镇居民人均可支配收入", "农村居民人均可支配收入"],
  },
];

/** Ways of writing that any name may have; each is read as the others. */
const SPELLINGS: readonly (readonly string[])[] = [
  ["规模以上工业", "规模工业", "规上工业"],
  ["规模以上服务业", "规上服务业"],
  ["限额以上", "限上"],
];

export function lexiconOf(rows: readonly Named[]): Lexicon {
  const subjects = new Map<string, Subject>();
  const codes = new Map<string, readonly string[]>();
  const loose = new Set<string>();
  const claims = new Map<string, string[]>();
  const claim = (name: string, code: string): void => {
    for (const spelt of spellingsOf(name)) {
      const claimed = claims.get(spelt) ?? [];
      if (!claimed.includes(code)) claims.set(spelt, [...claimed, code]);
    }
  };

  for (const row of rows) {
    subjects.set(row.code, { code: row.code, unit: row.unit, kind: row.kind, isRow: true });
    for (const name of ownNames(row)) claim(name, row.code);
  }
  settle(claims, codes);

  const concepts = new Map<string, string>();
  for (const { names, unit } of CONCEPTS) {
    const [first = ""] = names;
    const spelt = names.flatMap(spellingsOf);
    const owners = new Set(spelt.flatMap((name) => codes.get(name) ?? []));
    const [owner] = owners;
    // Two rows under one concept tell themselves apart by their own names only.
    if (owner !== undefined && owners.size > 1) continue;
    const code = owner ?? `~${first}`;
    concepts.set(first, code);
    if (owner === undefined) subjects.set(code, { code, unit, kind: "total", isRow: false });
    for (const name of spelt) {
      if (claims.has(name)) continue;
      claim(name, code);
      if (LOOSE_NAMES.includes(name)) loose.add(name);
    }
  }
  settle(claims, codes);
  for (const { names, of } of PAIRS) {
    const members = of.map((concept) => concepts.get(concept) ?? "");
    if (members.every((code) => subjects.get(code)?.isRow)) {
      for (const name of names) if (!codes.has(name)) codes.set(name, members);
    }
  }
  return { subjects, codeOf: (concept) => concepts.get(concept) ?? null, find: finder(codes, loose) };
}

/** A name that two rows claim names neither. */
function settle(claims: ReadonlyMap<string, string[]>, codes: Map<string, readonly string[]>): void {
  for (const [name, claimed] of claims) if (claimed.length === 1) codes.set(name, claimed);
}

/** With and without what stands in brackets at the end: 固定资产投资（不含农户）. One character names nothing. */
function ownNames(row: Named): string[] {
  const names = [row.officialName, row.shortName, ...row.aliases].map((name) =>
    name.replace(/\s/g, "").replaceAll("(", "（").replaceAll(")", "）"),
  );
  return [...new Set([...names, ...names.map((name) => name.replace(/（[^（）]*）$/, ""))])].filter(
    (name) => name.length > 1,
  );
}

function spellingsOf(name: string): string[] {
  for (const spellings of SPELLINGS) {
    const used = spellings.find((spelling) => name.includes(spelling));
    if (used !== undefined) return spellings.map((spelling) => name.replace(used, spelling));
  }
  return [name];
}

function finder(codes: ReadonlyMap<string, readonly string[]>, loose: ReadonlySet<string>): Lexicon["find"] {
  const names = [...codes.keys()].toSorted((a, b) => b.length - a.length);
  if (names.length === 0) return () => [];
  const source = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const pattern = new RegExp(source, "gi");
  const byName = new Map([...codes].map(([name, of]) => [name.toUpperCase(), of]));
  return (text) =>
    [...text.matchAll(pattern)].map((match) => ({
      from: match.index,
      to: match.index + match[0].length,
      codes: byName.get(match[0].toUpperCase()) ?? [],
      isLoose: loose.has(match[0]),
    }));
}
