import { pinyin } from "pinyin-pro";
import {
  CLAUSE_FORMS,
  COUNTS,
  FORMS_OF,
  type BoundField,
  type FigureForm,
} from "../../../../../../../domain/indicator/binding";
import { completionShown, gap } from "../../../../../../../domain/indicator/derive";
import type { Figure, IndicatorRow } from "../../../../../../../domain/indicator/figure";
import { wordClause, wordCount, wordFigure } from "../../../../../../../domain/indicator/wording";
import type { Entry, Lexicon, Offer } from "./lexicon";

/** A row with the department that fills it in, and what its figures stand on. */
export type LexiconRow = IndicatorRow & {
  organ: string;
  sources: Partial<Record<string, { department: string; document: string; date: string | null }>>;
};

/**
 * What `#` finds and inserts, with every wording made beforehand: the browser needs neither the rules of wording nor a
 * dictionary of pinyin. `countName` is what the counts over the table are called.
 */
export function buildLexicon(rows: readonly LexiconRow[], half: 1 | 2, countName: string): Lexicon {
  return {
    entries: rows.map(entry),
    counts: rows.length > 0 ? COUNTS.map((form) => ({ type: "count", form, words: wordCount(rows, form, half) })) : [],
    countKeys: rows.length > 0 ? keysOf(countName) : [],
  };
}

function entry(row: LexiconRow): Entry {
  const names = [row.shortName, row.officialName, ...row.aliases];
  return {
    code: row.code,
    name: row.shortName,
    officialName: row.officialName,
    organ: row.organ,
    keys: [...new Set([...names.flatMap(keysOf), row.code.toLowerCase()])],
    offers: offersOf(row),
    states: Object.fromEntries(
      BOUND.flatMap((field) => {
        const state = figureOf(row, field)?.state;
        return state ? [[field, state]] : [];
      }),
    ),
    sources: Object.fromEntries(
      BOUND.flatMap((field) => {
        const source = row.sources[field];
        const said = [source?.department, source?.document, source?.date].filter(Boolean).join(" · ");
        return said ? [[field, said]] : [];
      }),
    ),
  };
}

/** The name itself, its pinyin and the initials of its pinyin: 地区生产总值, diqushengchanzongzhi, dqsczz. */
function keysOf(name: string): string[] {
  const known = spelt.get(name);
  if (known) return known;
  const spelled = (pattern: "first" | "pinyin") =>
    pinyin(name, { pattern, toneType: "none", type: "array", nonZh: "consecutive" }).join("").replaceAll(/\s/g, "");
  const keys = [name, spelled("pinyin"), spelled("first")].map((key) => key.toLowerCase());
  if (spelt.size >= NAMES) spelt.clear();
  spelt.set(name, keys);
  return keys;
}

/** Spelling a table takes some 10 ms, and every page of the editor asks for the same names. */
const spelt = new Map<string, string[]>();
const NAMES = 2000;

/**
 * In the order in which prose needs them: a field in its own form, whole clauses, then the rest. What is "/" or said in
 * words has no number and never will have one; what is blank or 暂未反馈 may be set beforehand.
 */
function offersOf(row: IndicatorRow): Offer[] {
  const isSayable = (field: BoundField) => !["not-applicable", "words"].includes(figureOf(row, field)?.state ?? "");
  const figures = (list: readonly (readonly [BoundField, FigureForm])[]): Offer[] =>
    list
      .filter(([field]) => isSayable(field))
      .map(([field, form]) => ({ type: "figure", field, form, words: wordFigure(row, field, form) }));
  const clauses = CLAUSE_FORMS.map((form): Offer => ({ type: "clause", form, words: wordClause(row, form) }));
  return [...figures(FIRST), ...clauses, ...figures(AFTER)];
}

const FIRST = [
  ["actual", "unit"],
  ["completion", "rate"],
  ["growth", "change"],
  ["gap", "against"],
  ["rankTotal", "rank"],
  ["rankGrowth", "rank"],
] as const satisfies readonly (readonly [BoundField, FigureForm])[];

const AFTER: readonly (readonly [BoundField, FigureForm])[] = [
  ["planTotal", "unit"],
  ["planGrowth", "rate"],
  ["lastActual", "unit"],
  ["growth", "rate"],
  ["gap", "points"],
  ...(Object.keys(FORMS_OF) as BoundField[]).map((field) => [field, "number"] as const),
];

const BOUND = Object.keys(FORMS_OF) as BoundField[];

function figureOf(row: IndicatorRow, field: BoundField): Figure | null {
  if (field === "completion") return completionShown(row).figure;
  if (field === "gap") return gap(row)?.figure ?? null;
  return row.figures[field] ?? null;
}
