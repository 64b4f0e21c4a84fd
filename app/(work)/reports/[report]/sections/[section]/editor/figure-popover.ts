import { Extension, type Editor } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";
import { NodeSelection, Plugin, PluginKey, TextSelection, type EditorState } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { Binding } from "../../../../../../../domain/indicator/binding";
import { bindingAt } from "./figure-nodes";

/** The node whose popover is open, and where it stands. `entered`: by Enter, so that the keyboard goes on in it. */
export type OpenFigure = { at: number; binding: Binding; entered: boolean };
type State = { entered: boolean } | null;
type Meta = { open: boolean; entered: boolean };

const key = new PluginKey<State>("figurePopover");

export function openFigure(state: EditorState): OpenFigure | null {
  const open = key.getState(state);
  const binding = selectedBinding(state);
  return open && binding ? { at: state.selection.from, binding, entered: open.entered } : null;
}

/** A click on a node, or Enter when it is chosen, opens what it is bound to; a caret elsewhere closes it. */
export const figurePopover = Extension.create({
  name: "figurePopover",
  priority: 900,
  addProseMirrorPlugins: () => [
    new Plugin<State>({
      key,
      state: {
        init: () => null,
        apply: (transaction, before, _, state) => {
          const meta = transaction.getMeta(key) as Meta | undefined;
          if (meta) return meta.open ? { entered: meta.entered } : null;
          return before && !transaction.selectionSet && selectedBinding(state) ? before : null;
        },
      },
      props: {
        handleClickOn: (view, _, node, at) => {
          if (!bindingAt(node)) return false;
          const { tr, doc } = view.state;
          tr.setSelection(NodeSelection.create(doc, at)).setMeta(key, { open: true, entered: false } satisfies Meta);
          view.dispatch(tr);
          return true;
        },
        handleKeyDown: (view, event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
          if (event.key === "Escape" && openFigure(view.state)) return closeFigure(view);
          if (event.key !== "Enter" || !selectedBinding(view.state)) return false;
          view.dispatch(view.state.tr.setMeta(key, { open: true, entered: true } satisfies Meta));
          return true;
        },
      },
    }),
  ],
});

export function closeFigure(view: EditorView): true {
  view.dispatch(view.state.tr.setMeta(key, { open: false, entered: false } satisfies Meta));
  view.focus();
  return true;
}

/** Puts other attributes, or another kind of node, in the chosen one's place; the popover stays. */
export function changeFigure(editor: Editor, { at }: OpenFigure, to: Binding): void {
  const { state } = editor;
  const node = state.schema.nodes[to.type]?.create(to.attrs, null, state.doc.nodeAt(at)?.marks);
  if (!node) return;
  const change = closeHistory(state.tr).replaceWith(at, at + 1, node);
  change.setSelection(NodeSelection.create(change.doc, at)).setMeta(key, { open: true, entered: false } satisfies Meta);
  editor.view.dispatch(change);
}

/** Makes plain words of it, which follow nothing any more. */
export function unbind(editor: Editor, { at, binding }: OpenFigure): void {
  const { state } = editor;
  if (binding.attrs.text === "") return;
  const words = state.schema.text(binding.attrs.text, state.doc.nodeAt(at)?.marks);
  const change = closeHistory(state.tr).replaceWith(at, at + 1, words);
  const end = at + binding.attrs.text.length;
  editor.view.dispatch(change.setSelection(TextSelection.create(change.doc, end)));
  editor.view.focus();
}

function selectedBinding({ selection }: EditorState): Binding | null {
  return selection instanceof NodeSelection ? bindingAt(selection.node) : null;
}
