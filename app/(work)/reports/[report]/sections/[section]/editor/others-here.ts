import type { Editor } from "@tiptap/core";
import { Plugin, PluginKey, type EditorState } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

const key = new PluginKey<ReadonlyMap<string, string>>("othersHere");

/** Puts the names of others beside the blocks in which they write: words, not colour alone. No part of the text. */
export function showOthers(editor: Editor, names: ReadonlyMap<string, string>): void {
  if (editor.isDestroyed) return;
  const known = key.getState(editor.state);
  if (!known) {
    if (names.size === 0) return;
    editor.registerPlugin(othersHere());
  } else if (known.size === names.size && [...names].every(([id, words]) => known.get(id) === words)) return;
  editor.view.dispatch(editor.state.tr.setMeta(key, names).setMeta("addToHistory", false));
}

/** The block of this window's caret. */
export function caretBlock({ selection }: EditorState): string | null {
  const { $head } = selection;
  const block = $head.depth > 0 ? $head.node(1) : $head.nodeAfter;
  const id: unknown = block?.attrs["id"];
  return typeof id === "string" ? id : null;
}

function othersHere() {
  return new Plugin<ReadonlyMap<string, string>>({
    key,
    state: {
      init: () => new Map(),
      apply: (change, before) => (change.getMeta(key) as ReadonlyMap<string, string> | undefined) ?? before,
    },
    props: {
      decorations: (state) => {
        const names = key.getState(state);
        if (!names || names.size === 0) return null;
        const marks: Decoration[] = [];
        state.doc.forEach((block, at) => {
          const words = names.get(String(block.attrs["id"]));
          if (words)
            marks.push(Decoration.node(at, at + block.nodeSize, { class: "others-here", "data-others": words }));
        });
        return DecorationSet.create(state.doc, marks);
      },
    },
  });
}
