import { closeHistory } from "@tiptap/pm/history";
import type { Node as DocumentNode } from "@tiptap/pm/model";
import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { compositionWatch } from "../composition";
import { bindingAt } from "../figure-nodes";
import { matchesIn, type Search } from "./matches";

/** Words that were found; `bound` when an indicator's figure says some of them, which only the table can change. */
export type Match = { from: number; to: number; bound: boolean };

type Found = {
  search: Search | null;
  matches: readonly Match[];
  /** Which of them is shown; -1 when there is none. */
  at: number;
  /** More were found than are shown. */
  cut: boolean;
  marks: DecorationSet;
  known: WeakMap<DocumentNode, Match[]>;
};
type Meta = { type: "search"; search: Search } | { type: "go"; at: number } | { type: "settled" };

/** No hand goes through more, and each is drawn. */
export const MOST_MATCHES = 2000;

const NOTHING: Found = {
  search: null,
  matches: [],
  at: -1,
  cut: false,
  marks: DecorationSet.empty,
  known: new WeakMap(),
};

export const findKey = new PluginKey<Found>("find");

export const findState = (state: EditorState): Found => findKey.getState(state) ?? NOTHING;

/** Marks what is searched for, live; while an input method composes the marks only move along. */
export function findPlugin(): Plugin<Found> {
  const watch = compositionWatch((view) =>
    view.dispatch(view.state.tr.setMeta(findKey, { type: "settled" } satisfies Meta)),
  );
  return new Plugin<Found>({
    key: findKey,
    state: {
      init: () => NOTHING,
      apply: (transaction, before, _, state) => next(transaction, before, state, watch.isComposing()),
    },
    props: {
      decorations: (state) => findState(state).marks,
      handleDOMEvents: watch.handleDOMEvents,
    },
  });
}

/** Looks for other words, beginning at the caret. */
export function searchFor(view: EditorView, search: Search): void {
  view.dispatch(view.state.tr.setMeta(findKey, { type: "search", search } satisfies Meta));
  reveal(view);
}

/** Goes to the next or the one before, round at the ends, and chooses it in the text. */
export function step(view: EditorView, by: 1 | -1): void {
  const { matches, at } = findState(view.state);
  if (matches.length > 0) goTo(view, (at + by + matches.length) % matches.length);
}

/** The shown one becomes the caret's place in the text. */
export function choose(view: EditorView): void {
  const { matches, at } = findState(view.state);
  if (matches[at]) goTo(view, at);
}

/** Replaces the shown one and goes on to the next; false where it may not be replaced. */
export function replaceOne(view: EditorView, words: string): boolean {
  const { matches, at } = findState(view.state);
  const match = matches[at];
  if (!match || match.bound) return false;
  const change = closeHistory(view.state.tr);
  put(change, match, words);
  view.dispatch(change);
  goTo(view, fromPlace(findState(view.state).matches, change.mapping.map(match.to)));
  return true;
}

/** Replaces all that may be, in one step of the undo; tells how many. Bound figures stay. */
export function replaceAll(view: EditorView, words: string): number {
  const free = findState(view.state).matches.filter((match) => !match.bound);
  if (free.length === 0) return 0;
  const change = closeHistory(view.state.tr);
  // From the end, so that the places before stay true.
  for (const match of free.toReversed()) put(change, match, words);
  view.dispatch(change);
  return free.length;
}

/** The new words are set as the first of the old ones were: in the lead, or not. */
function put(change: Transaction, { from, to }: Match, words: string): void {
  const { schema } = change.doc.type;
  const marks = change.doc.nodeAt(from)?.marks ?? [];
  if (words === "") change.delete(from, to);
  else change.replaceWith(from, to, schema.text(words, marks));
}

function goTo(view: EditorView, at: number): void {
  const match = findState(view.state).matches[at];
  if (!match) return;
  const change = view.state.tr.setSelection(TextSelection.create(view.state.doc, match.from, match.to));
  view.dispatch(change.setMeta(findKey, { type: "go", at } satisfies Meta));
  reveal(view);
}

/** The text has no focus while one searches, so the editor itself would not scroll. */
function reveal(view: EditorView): void {
  view.dom.querySelector(".found-here")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function next(transaction: Transaction, before: Found, state: EditorState, isComposing: boolean): Found {
  const meta = transaction.getMeta(findKey) as Meta | undefined;
  if (isComposing && !meta) return moved(before, transaction);
  if (meta?.type === "search") {
    const fresh: Found = { ...NOTHING, search: meta.search, known: new WeakMap() };
    return drawn(state.doc, lookedUp(state.doc, fresh), (matches) => fromPlace(matches, state.selection.from));
  }
  if (meta?.type === "go") return drawn(state.doc, before, () => meta.at);
  if (!before.search || (!transaction.docChanged && meta?.type !== "settled")) return before;
  const here = before.matches[before.at];
  const place = here ? transaction.mapping.map(here.from) : state.selection.from;
  return drawn(state.doc, lookedUp(state.doc, before), (matches) => fromPlace(matches, place));
}

function moved(before: Found, { docChanged, mapping, doc }: Transaction): Found {
  if (!docChanged) return before;
  const matches = before.matches.map((match) => ({
    ...match,
    from: mapping.map(match.from, 1),
    to: mapping.map(match.to, -1),
  }));
  return { ...before, matches, marks: before.marks.map(mapping, doc) };
}

/** The first at or behind a place; round at the end. */
function fromPlace(matches: readonly Match[], place: number): number {
  const behind = matches.findIndex((match) => match.from >= place);
  return behind >= 0 ? behind : matches.length > 0 ? 0 : -1;
}

function drawn(doc: DocumentNode, found: Found, shown: (matches: readonly Match[]) => number): Found {
  const at = shown(found.matches);
  const marks = found.matches.map(({ from, to }, index) =>
    Decoration.inline(from, to, { class: index === at ? "found found-here" : "found" }),
  );
  return { ...found, at, marks: DecorationSet.create(doc, marks) };
}

function lookedUp(doc: DocumentNode, before: Found): Found {
  const { search, known } = before;
  const matches: Match[] = [];
  if (search)
    doc.descendants((node, place) => {
      if (!node.isTextblock) return true;
      const here = known.get(node) ?? matchesOf(node, search);
      known.set(node, here);
      for (const { from, to, bound } of here) matches.push({ from: place + 1 + from, to: place + 1 + to, bound });
      return false;
    });
  return { ...before, matches: matches.slice(0, MOST_MATCHES), cut: matches.length > MOST_MATCHES };
}

/** In one paragraph or cell, by places within it: a bound node is one step, and as many characters as it says. */
function matchesOf(block: DocumentNode, search: Search): Match[] {
  const runs: { start: number; end: number; place: number; bound: boolean }[] = [];
  let words = "";
  block.forEach((node, place) => {
    const said = node.text ?? bindingAt(node)?.attrs.text ?? "";
    runs.push({ start: words.length, end: words.length + said.length, place, bound: !node.isText });
    words += said;
  });
  return matchesIn(words, search).flatMap(({ from, to }) => {
    const inside = runs.filter((run) => run.start < to && from < run.end);
    const [first, last] = [inside[0], inside.at(-1)];
    if (!first || !last) return [];
    return {
      from: first.bound ? first.place : first.place + from - first.start,
      to: last.bound ? last.place + 1 : last.place + to - last.start,
      bound: inside.some((run) => run.bound),
    };
  });
}
