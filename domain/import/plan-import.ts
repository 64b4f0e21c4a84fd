import { pinyin } from "pinyin-pro";
import { indicatorOf } from "../indicator/files/headings";
import { NOT_APPLICABLE, type Indicator, type IndicatorRow } from "../indicator/figure";
import { matchOutline, placesOf, type OutlinePlace } from "./match-outline";
import type { FilledEntry, OwnedNode } from "./mutations";
import type { ImportedNode } from "./outline-draft";

/** An earlier report of the district: whose its leaves and indicators were. */
export type EarlierReport = {
  places: readonly (OutlinePlace & { organId: string })[];
  catalogue: readonly (Indicator & { organId: string; confirmOrganId: string | null })[];
};

/** 关于漳州市芗城区2024年上半年…的报告 is called 2024年上半年…的报告, as the list of a district's reports needs it. */
export function reportName(title: string, file: string): string {
  const from = title.search(/\d{4}年/);
  return title === "" ? file : title.slice(Math.max(from, 0));
}

/** A title that says nearly the same is the same office's; one that is only alike may be another's. */
const SURE = 0.7;

/** Gives each leaf to the office that wrote the leaf of that heading before, else to `fallback`; headings are its own. */
export function ownedNodes(
  nodes: readonly ImportedNode[],
  fallback: string,
  earlier: EarlierReport | null,
): (OwnedNode & { isGuessed: boolean })[] {
  const owners = new Map(earlier?.places.map(({ id, organId }) => [id, organId]));
  const { leaves } = matchOutline(placesOf(nodes), earlier?.places ?? []);
  const guessed = new Map(
    leaves.flatMap(({ leaf, imported, reason, similarity }) => {
      const owner = imported === null || (reason === "similar" && similarity < SURE) ? undefined : owners.get(imported);
      return owner === undefined ? [] : [[leaf, owner] as const];
    }),
  );
  return nodes.map((node) => ({
    ...node,
    organId: guessed.get(node.key) ?? fallback,
    isGuessed: guessed.has(node.key),
  }));
}

/**
 * The rows of a file as entries of the catalogue: as an earlier report has them where one of its names is the row's, else
 * by what the file says, with a code made of the name's initials. Decimals are left open then: a file says nothing of them.
 */
export function filledEntries(
  rows: readonly IndicatorRow[],
  fallback: string,
  earlier: EarlierReport | null,
): FilledEntry[] {
  const codes = new Set<string>();
  const known = earlier?.catalogue ?? [];
  return rows.map((row) => {
    const found = indicatorOf(known, "", row.officialName);
    const before = known.find(({ code }) => code === found?.code && !codes.has(code));
    const code = before?.code ?? newCode(row.officialName, new Set([...codes, ...known.map((each) => each.code)]));
    codes.add(code);
    const { officialName, kind, figures } = row;
    const unit = row.unit || NOT_APPLICABLE;
    if (!before) {
      const own = { shortName: officialName, aliases: [], decimals: {}, organId: fallback, confirmOrganId: null };
      return { code, officialName, unit, kind, basis: row.basis, ...own, figures };
    }
    const { shortName, aliases, basis, decimals, organId, confirmOrganId } = before;
    return {
      code,
      officialName,
      unit,
      kind,
      figures,
      shortName,
      basis,
      organId,
      confirmOrganId,
      aliases: [...aliases],
      decimals: { ...decimals },
    };
  });
}

/** 地区生产总值 → dqsczz. */
function newCode(name: string, taken: ReadonlySet<string>): string {
  const initials = pinyin(name, { pattern: "first", toneType: "none", type: "array" }).join("");
  const stem =
    initials
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "")
      .slice(0, LONGEST_STEM) || "indicator";
  let code = stem;
  for (let number = 2; taken.has(code); number += 1) code = `${stem}-${number}`;
  return code;
}

const LONGEST_STEM = 30;
