import { useEditorState, type Editor } from "@tiptap/react";
import type { ReactNode } from "react";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import { fill } from "../../../../../../fill";
import { toggleBullet } from "./schema";
import type { EditorWords } from "./words";

/** The few things that official prose needs; no fonts, no colours. */
export function Toolbar({
  editor,
  kind,
  length,
  words,
}: {
  editor: Editor;
  kind: SectionKind;
  length: number;
  words: EditorWords;
}) {
  const now = useEditorState({
    editor,
    selector: ({ editor: at }) => ({
      lead: at.isActive("lead"),
      bullet: at.isActive("bullet"),
      undo: at.can().undo(),
      redo: at.can().redo(),
    }),
  });
  const isProse = kind === "text" || kind === "item" || kind === "bullets";
  return (
    <div role="toolbar" aria-label={words.toolbar} className="flex flex-wrap items-center gap-1">
      {kind !== "annex" && (
        <Tool pressed={now.lead} keys="Control+B" onPress={() => editor.chain().focus().toggleMark("lead").run()}>
          <b>{words.lead}</b>
        </Tool>
      )}
      {isProse && (
        <Tool pressed={now.bullet} onPress={() => toggleBullet(editor) && editor.commands.focus()}>
          —— {words.bullet}
        </Tool>
      )}
      {kind !== "annex" && <Tool onPress={() => ask(editor)}># {words.figure}</Tool>}
      <Tool keys="Control+Z" off={!now.undo} onPress={() => editor.chain().focus().undo().run()}>
        {words.undo}
      </Tool>
      <Tool keys="Control+Y" off={!now.redo} onPress={() => editor.chain().focus().redo().run()}>
        {words.redo}
      </Tool>
      <span className="ml-auto text-sm text-ink-soft">{fill(words.length, { count: length })}</span>
    </div>
  );
}

/** Behind what is chosen, which stays. */
const ask = (editor: Editor) => editor.chain().focus().insertContentAt(editor.state.selection.to, "#").run();

type ToolProps = { pressed?: boolean; off?: boolean; keys?: string; onPress: () => unknown; children: ReactNode };

function Tool({ pressed, off = false, keys, onPress, children }: ToolProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-disabled={off || undefined}
      aria-keyshortcuts={keys}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => !off && onPress()}
      className="min-h-(--target) rounded px-2.5 text-ink-soft hover:bg-white hover:text-ink aria-disabled:text-ink-faint aria-pressed:bg-indigo-tint aria-pressed:text-indigo"
    >
      {children}
    </button>
  );
}
