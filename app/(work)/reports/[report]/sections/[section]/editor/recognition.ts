import { Extension } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";
import type { Node as DocumentNode } from "@tiptap/pm/model";
import { NodeSelection, Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import type { TextBlock } from "../../../../../../../domain/section/content";
import type { Mention } from "../../../../../../../domain/check/mentions";
import { looseMentions, type FindMentions } from "../../../../../../../domain/section/recognise";
import { quoteOf } from "../../../../../finding-line";
import { compositionWatch } from "./composition";
import { bindingAt } from "./figure-nodes";
import { bindingFrom, offerOf, type Lexicon } from "./lexicon";

/** A typed number that the table knows: where it stands in the document, in which paragraph, among which words. */
export type Found = { from: number; to: number; block: string; mention: Mention; quote: ReturnType<typeof quoteOf> };

type State = {
  find: FindMentions | null;
  known: Cache;
  found: readonly Found[];
  marks: DecorationSet;
  /** Where somebody is typing: a number is not called wrong before it is finished. */
  typingAt: number | null;
  /** The place that was clicked. */
  asked: number | null;
};
type Meta = { type: "find"; find: FindMentions } | { type: "settled" } | { type: "ask"; at: number | null };

const NOTHING: State = {
  find: null,
  known: new WeakMap(),
  found: [],
  marks: DecorationSet.empty,
  typingAt: null,
  asked: null,
};

const key = new PluginKey<State>("recognition");

/** The typed numbers that the table knows, in reading order, without a wrong one that is still being typed. */
export function foundIn(state: EditorState): readonly Found[] {
  const now = key.getState(state);
  return now ? now.found.filter((one) => !isUnfinished(one, now.typingAt)) : [];
}

/** The typed number that was clicked: its proposal is open. */
export function askedIn(state: EditorState): Found | null {
  const now = key.getState(state);
  const at = now?.asked ?? null;
  return at === null ? null : (now?.found.find((one) => touches(one, at)) ?? null);
}

/** Hands over the rules, which are loaded after the editor (domain/check/mentions). */
export function startRecognition(view: EditorView, find: FindMentions): void {
  view.dispatch(view.state.tr.setMeta(key, { type: "find", find } satisfies Meta));
}

export function closeProposal(view: EditorView): void {
  if (askedIn(view.state)) view.dispatch(view.state.tr.setMeta(key, { type: "ask", at: null } satisfies Meta));
}

/** Marks typed numbers that the table knows, live: equal but unbound, or against the table. Ctrl+Enter binds. */
export function recognition(lexicon: () => Lexicon, newId: () => string) {
  return Extension.create({
    name: "recognition",
    addKeyboardShortcuts: () => ({
      "Mod-Enter": ({ editor }) => {
        const { head } = editor.state.selection;
        const here = foundIn(editor.state).find((one) => one.mention.agrees && touches(one, head));
        return here !== undefined && bind(editor.view, [here], lexicon(), newId);
      },
    }),
    addProseMirrorPlugins: () => {
      const watch = compositionWatch((view) =>
        view.dispatch(view.state.tr.setMeta(key, { type: "settled" } satisfies Meta)),
      );
      return [
        new Plugin<State>({
          key,
          state: {
            init: () => NOTHING,
            apply: (transaction, before, _, state) => nextState(transaction, before, state, watch.isComposing()),
          },
          props: {
            decorations: (state) => key.getState(state)?.marks,
            handleDOMEvents: watch.handleDOMEvents,
            handleClick: (view, at) => {
              const hit = key.getState(view.state)?.found.some((one) => touches(one, at)) ?? false;
              if (hit) view.dispatch(view.state.tr.setMeta(key, { type: "ask", at } satisfies Meta));
              return false;
            },
            handleKeyDown: (view, event) => {
              if (event.key !== "Escape" || !askedIn(view.state)) return false;
              closeProposal(view);
              return true;
            },
          },
        }),
      ];
    },
  });
}

/** Puts nodes in the place of typed numbers, in one step of its own for the undo. A number that the table cannot say stays. */
export function bind(view: EditorView, found: readonly Found[], lexicon: Lexicon, newId: () => string): boolean {
  const { state } = view;
  const change = state.tr;
  for (const { from, to, mention } of found.toSorted((a, b) => b.from - a.from)) {
    const { indicator, field, form, expected } = mention;
    const plain = bindingFrom({ type: "figure", field, form, words: null }, indicator, newId());
    const text = offerOf(lexicon, plain)?.words ?? expected;
    const node = text && state.schema.nodes[plain.type]?.create({ ...plain.attrs, text }, null, marksAt(state, from));
    if (node) change.replaceWith(from, to, node);
  }
  if (!change.docChanged) return false;
  view.dispatch(closeHistory(change));
  return true;
}

/** Shows the writer where it stands; a node is chosen as one. */
export function goTo(view: EditorView, from: number, to: number): void {
  const { doc, tr } = view.state;
  const selection = bindingAt(doc.nodeAt(from)) ? NodeSelection.create(doc, from) : TextSelection.create(doc, from, to);
  view.dispatch(tr.setSelection(selection).scrollIntoView());
  view.focus();
}

/** Where words of a paragraph stand in the document, by their offsets in its text; null when it is gone. */
export function placeIn(doc: DocumentNode, id: string, from: number, to: number): { from: number; to: number } | null {
  let place: { from: number; to: number } | null = null;
  doc.forEach((block, offset) => {
    if (block.attrs["id"] !== id) return;
    place = { from: offset + 1 + placeOf(block, from, "after"), to: offset + 1 + placeOf(block, to, "before") };
  });
  return place;
}

/** Unchanged paragraphs are the same objects in ProseMirror: only changed ones are looked at again. */
type Cache = WeakMap<DocumentNode, readonly Found[]>;

function nextState(transaction: Transaction, before: State, state: EditorState, isComposing: boolean): State {
  const meta = transaction.getMeta(key) as Meta | undefined;
  const { find, known } = meta?.type === "find" ? { find: meta.find, known: new WeakMap() as Cache } : before;
  const moved = transaction.docChanged ? transaction.mapping : null;
  const asked = meta?.type === "ask" ? meta.at : before.asked !== null && moved ? null : before.asked;
  if (isComposing || !find) {
    if (!moved) return { ...before, asked };
    const found = before.found.map((one) => ({ ...one, from: moved.map(one.from), to: moved.map(one.to) }));
    return { ...before, found, marks: before.marks.map(moved, transaction.doc), asked };
  }
  const { head } = state.selection;
  const typingAt =
    transaction.docChanged || meta?.type === "settled" ? head : transaction.selectionSet ? null : before.typingAt;
  const found = transaction.docChanged || meta ? numbersOf(state.doc, find, known) : before.found;
  const still = asked !== null && found.some((one) => touches(one, asked) && touches(one, head)) ? asked : null;
  const next = { find, known, found, typingAt, asked: meta?.type === "ask" ? asked : still };
  const same = found === before.found && typingAt === before.typingAt;
  return { ...next, marks: same ? before.marks : drawn(state.doc, found, typingAt) };
}

function numbersOf(doc: DocumentNode, find: FindMentions, known: Cache): Found[] {
  const found: Found[] = [];
  doc.forEach((block, offset) => {
    if (!block.isTextblock) return;
    const here = known.get(block) ?? numbersIn(block, find);
    known.set(block, here);
    for (const one of here) found.push({ ...one, from: offset + 1 + one.from, to: offset + 1 + one.to });
  });
  return found;
}

/** By offsets within the block. */
function numbersIn(block: DocumentNode, find: FindMentions): Found[] {
  const text = { type: "paragraph", attrs: { id: String(block.attrs["id"]) }, content: block.content.toJSON() ?? [] };
  const words = wordsOf(block);
  if (words.length > LONGEST) return [];
  return looseMentions(text as TextBlock, find).map((mention) => ({
    from: placeOf(block, mention.from, "after"),
    to: placeOf(block, mention.to, "before"),
    block: text.attrs.id,
    mention,
    quote: quoteOf(words, mention.from, mention.to),
  }));
}

/** No paragraph of a report is as long; in what was pasted by mistake nobody waits for marks. */
const LONGEST = 3000;

function wordsOf(block: DocumentNode): string {
  let words = "";
  block.forEach((node) => {
    words += node.text ?? bindingAt(node)?.attrs.text ?? "";
  });
  return words;
}

/** A node is one step in the document and a whole word in the text; one without words is at `side` of the offset. */
function placeOf(block: DocumentNode, offset: number, side: "before" | "after"): number {
  let [start, place] = [0, 0];
  for (const node of block.children) {
    const end = start + (node.text ?? bindingAt(node)?.attrs.text ?? "").length;
    if (side === "before" && offset <= start) return place;
    if (offset < end || (node.isText && side === "before" && offset === end)) {
      return node.isText ? place + offset - start : place;
    }
    start = end;
    place += node.nodeSize;
  }
  return place;
}

function drawn(doc: DocumentNode, found: readonly Found[], typingAt: number | null): DecorationSet {
  return DecorationSet.create(
    doc,
    found
      .filter((one) => !isUnfinished(one, typingAt))
      .map((one) =>
        Decoration.inline(one.from, one.to, one.mention.agrees ? { class: "loose" } : { nodeName: "mark" }),
      ),
  );
}

const touches = (one: Found, at: number): boolean => one.from <= at && at <= one.to;
const isUnfinished = (one: Found, typingAt: number | null): boolean =>
  !one.mention.agrees && typingAt !== null && touches(one, typingAt);

const marksAt = (state: EditorState, from: number) => state.doc.nodeAt(from)?.marks ?? [];
