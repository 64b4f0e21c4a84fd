import { useEditorState, type Editor } from "@tiptap/react";
import { fill } from "../../../../../../fill";
import { TABLE_LIMITS, sizeOf, tableAt } from "./tables";
import type { EditorWords } from "./words";

/** What can be done with the table in which the caret stands; nothing is shown elsewhere. */
export function TableTools({ editor, words }: { editor: Editor; words: EditorWords["paste"]["table"] }) {
  const here = useEditorState({
    editor,
    selector: ({ editor: at }) => {
      const table = tableAt(at.state);
      if (!table) return null;
      const isHeaded = table.node.firstChild?.lastChild?.type.name === "tableHeader";
      return { ...sizeOf(table.node), isOnly: table.isOnly, isHeaded };
    },
    equalityFn: (one, other) => JSON.stringify(one) === JSON.stringify(other),
  });
  if (!here) return null;
  const run = () => editor.chain().focus();
  const isWide = here.columns >= TABLE_LIMITS.columns;
  const isLong = here.rows >= TABLE_LIMITS.rows;
  const tools = [
    { label: words.rowBefore, off: isLong, onPress: () => run().addRowBefore().run() },
    { label: words.rowAfter, off: isLong, onPress: () => run().addRowAfter().run() },
    { label: words.columnBefore, off: isWide, onPress: () => run().addColumnBefore().run() },
    { label: words.columnAfter, off: isWide, onPress: () => run().addColumnAfter().run() },
    { label: words.deleteRow, off: here.rows === 1, onPress: () => run().deleteRow().run() },
    { label: words.deleteColumn, off: here.columns === 1, onPress: () => run().deleteColumn().run() },
    { label: words.header, pressed: here.isHeaded, onPress: () => run().toggleHeaderRow().run() },
    ...(here.isOnly ? [] : [{ label: words.delete, onPress: () => run().deleteTable().run() }]),
  ];
  return (
    <div role="toolbar" aria-label={words.label} className="flex flex-wrap items-center gap-x-0.5 text-sm">
      {tools.map(({ label, off = false, pressed, onPress }: Tool) => (
        <button
          key={label}
          type="button"
          aria-pressed={pressed}
          aria-disabled={off || undefined}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => !off && onPress()}
          className="min-h-(--target) rounded px-2 text-ink-soft hover:bg-white hover:text-ink aria-disabled:text-ink-faint aria-pressed:bg-indigo-tint aria-pressed:text-indigo"
        >
          {label}
        </button>
      ))}
      {(isWide || isLong) && <span className="text-ink-soft">{fill(words.full, TABLE_LIMITS)}</span>}
    </div>
  );
}

type Tool = { label: string; off?: boolean; pressed?: boolean; onPress: () => unknown };
