import type {
  Binding,
  BoundField,
  ClauseForm,
  CountForm,
  FigureForm,
} from "../../../../../../../domain/indicator/binding";
import type { FigureState } from "../../../../../../../domain/indicator/figure";

/** What a node can say, and in which words now; null: the table has no figure for it yet. */
export type Offer =
  | { type: "figure"; field: BoundField; form: FigureForm; words: string | null }
  | { type: "clause"; form: ClauseForm; words: string | null }
  | { type: "count"; form: CountForm; words: string | null };

export type Entry = {
  code: string;
  name: string;
  officialName: string;
  /** The department that fills it in. */
  organ: string;
  /** What may be typed for it, in lower case: names, aliases, code, their pinyin and its initials. */
  keys: readonly string[];
  offers: readonly Offer[];
  /** Of the table's cells, as far as there is one. */
  states: Partial<Record<BoundField, FigureState>>;
  /** Department, document and date, where they were given. */
  sources: Partial<Record<BoundField, string>>;
};

/** Every indicator that the writer may quote, and the counts over the table. Made on the server (build-lexicon.ts). */
export type Lexicon = { entries: readonly Entry[]; counts: readonly Offer[]; countKeys: readonly string[] };

/** The words of a node now, "" while it has no figure; null where the table does not know it. An override wins. */
export function wordsIn(lexicon: Lexicon, binding: Binding): string | null {
  if (offersFor(lexicon, binding).length === 0) return null;
  return binding.attrs.wording?.text ?? offerOf(lexicon, binding)?.words ?? "";
}

export const entryOf = (lexicon: Lexicon, code: string): Entry | undefined =>
  lexicon.entries.find((entry) => entry.code === code);

/** All that a node's indicator can say: what it may be changed to. */
export function offersFor(lexicon: Lexicon, binding: Binding): readonly Offer[] {
  if (binding.type === "count") return lexicon.counts;
  return entryOf(lexicon, binding.attrs.indicator)?.offers ?? [];
}

export const offerOf = (lexicon: Lexicon, binding: Binding): Offer | undefined =>
  offersFor(lexicon, binding).find((offer) => isOffered(offer, binding));

export function isOffered(offer: Offer, binding: Binding): boolean {
  if (offer.type !== binding.type || offer.form !== binding.attrs.form) return false;
  return offer.type !== "figure" || binding.type !== "figure" || offer.field === binding.attrs.field;
}

/** The node that an offer makes; without a figure it says nothing yet (its placeholder is drawn, not kept). */
export function bindingFrom(offer: Offer, code: string, id: string): Binding {
  const rest = { id, text: offer.words ?? "", wording: null };
  switch (offer.type) {
    case "figure":
      return { type: "figure", attrs: { ...rest, indicator: code, field: offer.field, form: offer.form } };
    case "clause":
      return { type: "clause", attrs: { ...rest, indicator: code, form: offer.form } };
    case "count":
      return { type: "count", attrs: { ...rest, form: offer.form } };
  }
}

/** Who begins with what was typed comes before who has it somewhere; in the order of the table otherwise. */
export function matching(lexicon: Lexicon, query: string): { entries: Entry[]; counts: boolean } {
  const wanted = query.toLowerCase();
  const begins = lexicon.entries.filter((entry) => entry.keys.some((key) => key.startsWith(wanted)));
  const holds = lexicon.entries.filter(
    (entry) => !begins.includes(entry) && entry.keys.some((key) => key.includes(wanted)),
  );
  return { entries: [...begins, ...holds], counts: lexicon.countKeys.some((key) => key.startsWith(wanted)) };
}
