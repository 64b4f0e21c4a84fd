import { Extension } from "@tiptap/core";
import { Plugin, PluginKey, TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/**
 * Keys that the browser moves the caret by (Home, End, a click) are told of a moment after: the next key may come before.
 * Then it meant the place where the caret stands on the screen, so that is where it acts.
 */
export const Caret = Extension.create({
  name: "caret",
  priority: 1_000,
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey("caret"),
      props: {
        handleKeyDown(view) {
          followCaret(view);
          return false;
        },
      },
    }),
  ],
});

/** Only a caret in a line of words: every other selection is told of by whoever made it. */
function followCaret(view: EditorView): void {
  const { selection, doc, tr } = view.state;
  if (view.composing || !view.hasFocus() || !(selection instanceof TextSelection)) return;
  const shown = view.dom.ownerDocument.getSelection();
  const node = shown?.isCollapsed ? shown.anchorNode : null;
  if (!shown || node?.nodeType !== Node.TEXT_NODE || !view.dom.contains(node)) return;
  if (node.parentElement?.closest("[contenteditable]") !== view.dom) return;
  const at = view.posAtDOM(node, shown.anchorOffset, 1);
  if (selection.empty && at === selection.head) return;
  const place = doc.resolve(Math.min(Math.max(at, 0), doc.content.size));
  if (place.parent.isTextblock) view.dispatch(tr.setSelection(TextSelection.between(place, place)));
}
