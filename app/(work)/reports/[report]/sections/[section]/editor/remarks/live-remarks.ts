import { closeHistory } from "@tiptap/pm/history";
import type { Node as DocumentNode } from "@tiptap/pm/model";
import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { stillReads, whereIn, type Line } from "../../../../../../../../domain/remark/anchor";
import { blockText, type ContentBlock } from "../../../../../../../../domain/section/content";
import { fill } from "../../../../../../../fill";
import { LAST, orderOf, type Place, type RemarkWords, type Thread } from "../../remarks/threads";
import { compositionWatch } from "../composition";
import { bindingAt } from "../figure-nodes";
import { placeIn } from "../recognition";
import { JOINS } from "../take-text";

/** An open remark in the document. `at` is where it stands, null when its words are gone. */
export type Held = { thread: Thread; place: Place; at: { from: number; to: number } | null };

type State = {
  threads: readonly Thread[];
  held: readonly Held[];
  marks: DecorationSet;
  /** The words that a remark is being written on. */
  begun: { from: number; to: number } | null;
  /** The remark that was clicked, and whether its sign was: then its place is the rail. */
  pointed: { id: string; bySign: boolean } | null;
};
type Meta =
  | { type: "threads"; threads: readonly Thread[] }
  | { type: "settled" }
  | { type: "begun"; begun: State["begun"] }
  | { type: "pointed"; pointed: State["pointed"] };

const key = new PluginKey<State>("remarks");
const NOTHING: State = { threads: [], held: [], marks: DecorationSet.empty, begun: null, pointed: null };

/** Typing moves remarks along; when it rests, they are looked for anew, as they will be after a reload. */
const REST_MS = 400;

export const heldIn = (state: EditorState): readonly Held[] => key.getState(state)?.held ?? [];
export const pointedIn = (state: EditorState): State["pointed"] => key.getState(state)?.pointed ?? null;

/** Draws open remarks into the text that is being written. They are no part of it: the document has no marks for them. */
export function remarksPlugin(words: RemarkWords, onAsk: (view: EditorView) => boolean): Plugin<State> {
  const send = (view: EditorView, meta: Meta) => view.dispatch(view.state.tr.setMeta(key, meta));
  let rest: ReturnType<typeof setTimeout> | undefined;
  const settleSoon = (view: EditorView) => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      if (view.isDestroyed) return;
      if (watch.isComposing() || view.composing) settleSoon(view);
      else send(view, { type: "settled" });
    }, REST_MS);
  };
  const watch = compositionWatch(settleSoon);
  return new Plugin<State>({
    key,
    state: {
      init: () => NOTHING,
      apply: (transaction, before, _, state) => nextState(transaction, before, state, words, watch.isComposing()),
    },
    view: () => ({
      update: (view, before) => {
        if (view.state.doc !== before.doc && heldIn(view.state).length > 0) settleSoon(view);
      },
      destroy: () => clearTimeout(rest),
    }),
    props: {
      decorations: (state) => key.getState(state)?.marks,
      handleDOMEvents: watch.handleDOMEvents,
      handleClick: (view, at, event) => {
        const target = event.target instanceof Element ? event.target : null;
        const sign = target?.closest<HTMLElement>(".remark-sign");
        const id = sign?.dataset["remark"] ?? remarkAt(view.state, at)?.thread.id;
        if (!id && !pointedIn(view.state)) return false;
        send(view, { type: "pointed", pointed: id ? { id, bySign: sign !== null && sign !== undefined } : null });
        return sign !== null && sign !== undefined;
      },
      handleKeyDown: (view, event) => {
        if (event.isComposing) return false;
        if (event.key === "Escape" && pointedIn(view.state)) {
          send(view, { type: "pointed", pointed: null });
          return true;
        }
        return event.ctrlKey && event.altKey && event.code === "KeyM" && onAsk(view);
      },
    },
  });
}

export function giveThreads(view: EditorView, threads: readonly Thread[]): void {
  view.dispatch(view.state.tr.setMeta(key, { type: "threads", threads } satisfies Meta));
}

export function holdWords(view: EditorView, begun: State["begun"]): void {
  view.dispatch(view.state.tr.setMeta(key, { type: "begun", begun } satisfies Meta));
}

export function pointAway(view: EditorView): void {
  if (pointedIn(view.state))
    view.dispatch(view.state.tr.setMeta(key, { type: "pointed", pointed: null } satisfies Meta));
}

/** Whether a proposal can take the place of its words: they are there letter by letter, and no bound figure is in them. */
export function fits(doc: DocumentNode, { place, at }: Held): boolean {
  if (place.standing !== "stands" || !at) return false;
  let figure = false;
  doc.nodesBetween(at.from, at.to, (node, start) => {
    if (bindingAt(node) && start < at.to && start + node.nodeSize > at.from) figure = true;
  });
  return !figure;
}

/**
 * The proposals that can go in together: of two that overlap, or that put words at one place, the one named first. Put in
 * both, they would make a sentence that nobody wrote.
 */
export function together(held: readonly Standing[]): Standing[] {
  const taken: Standing[] = [];
  for (const one of held) if (!taken.some((other) => meet(one.at, other.at))) taken.push(one);
  return taken;
}

type Standing = Held & { at: { from: number; to: number } };

const meet = (one: Standing["at"], other: Standing["at"]): boolean =>
  (one.from < other.to && other.from < one.to) || (one.from === other.from && one.to === other.to);

/** Those of the named remarks that fit, in the order of the names. */
export function fitting(state: EditorState, ids: readonly string[]): Standing[] {
  const byId = new Map(heldIn(state).map((one) => [one.thread.id, one]));
  return ids.flatMap((id) => fitOf(state.doc, byId.get(id)));
}

const fitOf = (doc: DocumentNode, one: Held | undefined): Standing[] =>
  one?.at && fits(doc, one) ? [{ ...one, at: one.at }] : [];

/** Puts proposals in place of their words as one edit that can be undone. Returns those that cannot go in: see `together`. */
export function putProposals(view: EditorView, threads: readonly Thread[]): Thread[] {
  const { state } = view;
  const lines = linesIn(state.doc);
  const fit = together(threads.flatMap((thread) => fitOf(state.doc, hold(lines, state.doc, thread))));
  const change = state.tr;
  // From the end, so that the places before stay true.
  for (const { thread, at } of fit.toSorted((a, b) => b.at.from - a.at.from || b.at.to - a.at.to)) {
    if (thread.replacement) {
      const marks = state.doc.resolve(at.from).marksAcross(state.doc.resolve(at.to)) ?? [];
      change.replaceWith(at.from, at.to, state.schema.text(thread.replacement, marks));
    } else change.delete(at.from, at.to);
  }
  if (change.docChanged) view.dispatch(closeHistory(change));
  return threads.filter((thread) => !fit.some((one) => one.thread === thread));
}

/** Where words stand that are named by a paragraph and offsets in it. */
export function rangeOf(
  doc: DocumentNode,
  blockId: string,
  from: number,
  to: number,
): { from: number; to: number } | null {
  const place = placeIn(doc, blockId, from, to);
  if (!place) return null;
  // A place beside a figure has two sides; either will do.
  return place.from <= place.to ? place : { from: place.to, to: place.to };
}

/** The chosen words of the first paragraph that the selection touches; with a caret alone, the paragraph. */
export function chosenIn(state: EditorState): { line: Line; from: number; to: number; isTable: boolean } | null {
  const { selection, doc } = state;
  if (selection.$from.depth === 0 && !selection.empty && !("node" in selection)) return null;
  const index = selection.$from.index(0);
  const block = doc.maybeChild(index);
  if (!block) return null;
  const line = lineOf(block);
  if (!block.isTextblock) return { line, from: 0, to: line.text.length, isTable: true };
  const start = selection.$from.depth > 0 ? selection.$from.start(1) : selection.from + 1;
  if (selection.empty) return { line, from: 0, to: line.text.length, isTable: false };
  const end = start + block.content.size;
  const from = offsetIn(block, selection.from - start);
  const to = offsetIn(block, Math.min(selection.to, end) - start);
  return from < to ? { line, from, to, isTable: false } : null;
}

/** Shows the words of a remark to the writer, the caret in them. */
export function goToRemark(view: EditorView, id: string): void {
  const at = heldIn(view.state).find(({ thread }) => thread.id === id)?.at;
  if (!at) return;
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at.from, at.to)).scrollIntoView());
  view.focus();
}

function nextState(
  transaction: Transaction,
  before: State,
  state: EditorState,
  words: RemarkWords,
  isComposing: boolean,
): State {
  const meta = transaction.getMeta(key) as Meta | undefined;
  const threads = meta?.type === "threads" ? meta.threads : before.threads;
  const { mapping } = transaction;
  const begun =
    meta?.type === "begun"
      ? meta.begun
      : before.begun && { from: mapping.map(before.begun.from, 1), to: mapping.map(before.begun.to, -1) };
  const asked = meta?.type === "pointed" ? meta.pointed : before.pointed;
  const pointed = asked && threads.some(({ id }) => id === asked.id) ? asked : null;
  const isNew = meta?.type === "threads" || meta?.type === "settled" || transaction.getMeta(JOINS) === true;
  if (isNew && !isComposing) {
    const lines = threads.length > 0 ? linesIn(state.doc) : [];
    const held = threads.map((thread) => hold(lines, state.doc, thread));
    return { threads, held, begun, pointed, marks: drawn(state.doc, held, begun, pointed, words) };
  }
  const held = transaction.docChanged ? before.held.map((one) => moved(one, transaction)) : before.held;
  const isSame = !transaction.docChanged && meta === undefined;
  const marks = isSame
    ? before.marks
    : isComposing
      ? before.marks.map(mapping, transaction.doc)
      : drawn(state.doc, held, begun, pointed, words);
  return { threads, held, begun, pointed, marks };
}

/** Along with typing: what is written at its edges stays outside. */
function moved(one: Held, { mapping }: Transaction): Held {
  if (!one.at) return one;
  const isPlace = one.at.from === one.at.to;
  const from = mapping.map(one.at.from, isPlace ? -1 : 1);
  const to = isPlace ? from : mapping.map(one.at.to, -1);
  return { ...one, at: isPlace || from < to ? { from, to } : null };
}

function hold(lines: readonly Line[], doc: DocumentNode, thread: Thread): Held {
  const { blockId, from, to } = thread.anchor;
  const spot = whereIn(lines, thread.anchor);
  const at = spot.lost ? null : rangeOf(doc, spot.blockId, spot.from, spot.to);
  if (spot.lost || !at) return { thread, at: null, place: { standing: "lost", blockId, from, to, order: LAST } };
  const index = lines.findIndex(({ id }) => id === spot.blockId);
  const standing = stillReads(lines, spot, thread.anchor) ? "stands" : "changed";
  const order = orderOf(index, spot.from);
  return { thread, at, place: { standing, blockId: spot.blockId, from: spot.from, to: spot.to, order } };
}

export function linesIn(doc: DocumentNode): Line[] {
  const lines: Line[] = [];
  doc.forEach((block) => void lines.push(lineOf(block)));
  return lines;
}

/** Unchanged blocks are the same objects in ProseMirror. */
const known = new WeakMap<DocumentNode, Line>();

function lineOf(block: DocumentNode): Line {
  const line = known.get(block) ?? { id: String(block.attrs["id"]), text: blockText(block.toJSON() as ContentBlock) };
  known.set(block, line);
  return line;
}

/** A figure is one step in the document and a whole word in the text. */
function offsetIn(block: DocumentNode, place: number): number {
  let [offset, start] = [0, 0];
  for (const node of block.children) {
    if (start + node.nodeSize > place) return node.isText ? offset + place - start : offset;
    offset += (node.text ?? bindingAt(node)?.attrs.text ?? "").length;
    start += node.nodeSize;
  }
  return offset;
}

/** The innermost remark that a place is in. */
function remarkAt(state: EditorState, at: number): Held | undefined {
  return heldIn(state)
    .filter((one) => one.at && one.at.from <= at && at <= one.at.to)
    .toSorted((a, b) => width(a) - width(b))[0];
}

const width = ({ at }: Held): number => (at ? at.to - at.from : 0);

function drawn(
  doc: DocumentNode,
  held: readonly Held[],
  begun: State["begun"],
  pointed: State["pointed"],
  words: RemarkWords,
): DecorationSet {
  const all: Decoration[] = [];
  if (begun && begun.from < begun.to) all.push(Decoration.inline(begun.from, begun.to, { class: "marked" }));
  const ordered = held.toSorted((a, b) => a.place.order - b.place.order);
  for (const [index, { thread, place, at }] of ordered.entries()) {
    if (!at || !doc.resolve(at.to).parent.isTextblock) continue;
    const isProposal = thread.kind === "suggestion" && place.standing === "stands";
    const className = `remarked${pointed?.id === thread.id ? " remarked-now" : ""}`;
    const look = { class: className, "data-remark": thread.id, ...(isProposal ? { nodeName: "del" } : {}) };
    if (at.from < at.to) all.push(Decoration.inline(at.from, at.to, look));
    const label = fill(thread.kind === "suggestion" ? words.suggestionOf : words.markOf, {
      number: index + 1,
      by: thread.by,
    });
    const sign = fill(words.mark, { number: index + 1 });
    const text = isProposal ? (thread.replacement ?? "") : "";
    all.push(
      Decoration.widget(at.to, () => endOf(thread.id, text, sign, label), {
        side: -1,
        key: `${thread.id} ${sign} ${text}`,
        ignoreSelection: true,
      }),
    );
  }
  return DecorationSet.create(doc, all);
}

/** Behind the words: what a proposal puts there, and the sign. No part of the text, and no place for a caret. */
function endOf(id: string, text: string, sign: string, label: string): HTMLElement {
  const end = document.createElement("span");
  end.contentEditable = "false";
  if (text !== "") {
    const put = document.createElement("ins");
    put.textContent = text;
    put.dataset["remark"] = id;
    end.append(put);
  }
  const mark = document.createElement("span");
  mark.className = "remark-sign";
  mark.dataset["remark"] = id;
  mark.dataset["sign"] = sign;
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", label);
  mark.title = label;
  end.append(mark);
  return end;
}
