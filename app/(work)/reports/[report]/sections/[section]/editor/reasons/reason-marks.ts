import type { Node as DocumentNode } from "@tiptap/pm/model";
import { NodeSelection, Plugin, PluginKey, TextSelection, type EditorState } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { placeOfReason, type ReasonPlace } from "../../../../../../../../domain/review/reasons";
import { fill } from "../../../../../../../fill";
import type { ReasonShown, ReasonWords } from "../../../../../../reason-shown";
import { compositionWatch } from "../composition";
import { linesIn, rangeOf } from "../remarks/live-remarks";

/** A reason in the document: the block it is about, and the words in it; null when they are gone. */
export type HeldReason = {
  reason: ReasonShown;
  standing: ReasonPlace["standing"];
  at: { block: number; from: number; to: number; isRange: boolean } | null;
};

type State = { reasons: readonly ReasonShown[]; held: readonly HeldReason[]; marks: DecorationSet };
type Meta = { type: "reasons"; reasons: readonly ReasonShown[] } | { type: "settled" };

const key = new PluginKey<State>("reasons");
/** Typing moves the marks along; when it rests, reasons are looked for anew. */
const REST_MS = 400;

export const heldReasons = (state: EditorState): readonly HeldReason[] => key.getState(state)?.held ?? [];

/** Marks what a return points at in the text that is being written, as remarks are: no part of the document. */
export function reasonsPlugin(words: ReasonWords): Plugin<State> {
  let rest: ReturnType<typeof setTimeout> | undefined;
  const settleSoon = (view: EditorView) => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      if (view.isDestroyed) return;
      if (watch.isComposing() || view.composing) settleSoon(view);
      else view.dispatch(view.state.tr.setMeta(key, { type: "settled" } satisfies Meta));
    }, REST_MS);
  };
  const watch = compositionWatch(settleSoon);
  return new Plugin<State>({
    key,
    state: {
      init: () => ({ reasons: [], held: [], marks: DecorationSet.empty }),
      apply: (transaction, before, _, { doc }) => {
        const meta = transaction.getMeta(key) as Meta | undefined;
        if (meta && !watch.isComposing()) {
          const reasons = meta.type === "reasons" ? meta.reasons : before.reasons;
          const held = hold(doc, reasons);
          return { reasons, held, marks: drawn(doc, held, words) };
        }
        if (!transaction.docChanged) return before;
        return { ...before, marks: before.marks.map(transaction.mapping, transaction.doc) };
      },
    },
    view: (made) => {
      // Another tool that comes later makes all views anew: what was still to be looked for is looked for here.
      if (hasReasons(made)) settleSoon(made);
      return {
        update: (view, before) => {
          if (view.state.doc !== before.doc && hasReasons(view)) settleSoon(view);
        },
        destroy: () => clearTimeout(rest),
      };
    },
    props: {
      decorations: (state) => key.getState(state)?.marks,
      handleDOMEvents: watch.handleDOMEvents,
    },
  });
}

export function giveReasons(view: EditorView, reasons: readonly ReasonShown[]): void {
  view.dispatch(view.state.tr.setMeta(key, { type: "reasons", reasons } satisfies Meta));
}

/** Shows the writer what a reason is about: its words chosen, or the caret at the end of its paragraph. */
export function goToReason(view: EditorView, id: string): void {
  const { doc } = view.state;
  const reason = heldReasons(view.state).find((one) => one.reason.id === id)?.reason;
  const at = reason && hold(doc, [reason])[0]?.at;
  if (!at) return;
  const selection = at.isRange
    ? TextSelection.create(doc, at.from, at.to)
    : doc.nodeAt(at.block)?.isTextblock
      ? TextSelection.create(doc, at.to)
      : NodeSelection.create(doc, at.block);
  view.dispatch(view.state.tr.setSelection(selection).scrollIntoView());
  view.focus();
}

const hasReasons = ({ state }: EditorView): boolean => (key.getState(state)?.reasons.length ?? 0) > 0;

function hold(doc: DocumentNode, reasons: readonly ReasonShown[]): HeldReason[] {
  const lines = reasons.length > 0 ? linesIn(doc) : [];
  return reasons.map((reason): HeldReason => {
    if (reason.target.is === "cell") return { reason, standing: "gone", at: null };
    const place = placeOfReason(reason.target, lines);
    const at = place.standing === "gone" ? null : placed(doc, place, reason.target.range !== null);
    return at ? { reason, standing: place.standing, at } : { reason, standing: "gone", at };
  });
}

function placed(
  doc: DocumentNode,
  { blockId, from, to }: Exclude<ReasonPlace, { standing: "gone" }>,
  isRange: boolean,
): HeldReason["at"] {
  let [block, size] = [-1, 0];
  doc.forEach((node, offset) => {
    if (node.attrs["id"] === blockId) [block, size] = [offset, node.nodeSize];
  });
  if (block < 0) return null;
  const range = isRange ? rangeOf(doc, blockId, from, to) : null;
  return range && range.from < range.to
    ? { block, ...range, isRange: true }
    : { block, from: block + 1, to: block + size - 1, isRange: false };
}

function drawn(doc: DocumentNode, held: readonly HeldReason[], words: ReasonWords): DecorationSet {
  const all: Decoration[] = [];
  for (const { reason, at } of held) {
    const node = at && doc.nodeAt(at.block);
    if (!at || !node) continue;
    all.push(Decoration.node(at.block, at.block + node.nodeSize, { class: "pinned" }));
    if (!node.isTextblock) continue;
    if (at.isRange) all.push(Decoration.inline(at.from, at.to, { class: "marked" }));
    const sign = fill(words.mark, { number: reason.number });
    const label = fill(words.markOf, { number: reason.number, text: reason.text });
    all.push(
      Decoration.widget(at.to, () => signOf(sign, label), {
        side: -1,
        key: `${reason.id} ${label}`,
        ignoreSelection: true,
      }),
    );
  }
  return DecorationSet.create(doc, all);
}

/** Behind the words, as the sign of a remark: no part of the text, and no place for a caret. */
function signOf(sign: string, label: string): HTMLElement {
  const mark = document.createElement("span");
  mark.contentEditable = "false";
  mark.className = "remark-sign";
  mark.dataset["sign"] = sign;
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", label);
  mark.title = label;
  return mark;
}
