import { undoDepth, redoDepth } from "@tiptap/pm/history";
import { useEditorState, type Editor } from "@tiptap/react";
import type { ReactNode } from "react";
import { holdsOneBlock } from "../../../../../../../domain/section/content-fits";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import { ActionMenu, type MenuAction } from "../../../../../../../ui/action-menu";
import { Icon, type IconName } from "../../../../../../../ui/icon";
import { Notice } from "../../../../../../../ui/notice";
import { LengthNote } from "./length-note";
import { moveBlocks } from "./move-block";
import { toggleLines } from "./points";
import { TableTools } from "./table-tools";
import { insertTable, tableAt } from "./tables";
import { useTools } from "./use-tools";
import type { EditorWords } from "./words";

type Props = { editor: Editor; kind: SectionKind; limit: number | null; words: EditorWords; onImport: () => void };

/** The few things that official prose needs, in one line; no fonts, no colours. What is rarer is under 更多. */
export function Toolbar({ editor, kind, limit, words, onImport }: Props) {
  const tools = useTools(editor, kind, words);
  const now = useEditorState({
    editor,
    selector: ({ editor: at }) => ({
      lead: at.isActive("lead"),
      bullet: at.isActive("bullet"),
      numbered: at.isActive("numbered"),
      inTable: tableAt(at.state) !== null,
      undo: undoDepth(at.state) > 0,
      redo: redoDepth(at.state) > 0,
    }),
  });
  const { hand } = words;
  const isProse = kind !== "annex" && !holdsOneBlock(kind);
  const more: MenuAction[] = [
    { label: `${words.importing.open}…`, onPress: onImport },
    { label: `${hand.find.open}…`, keys: "Ctrl+F", onPress: () => tools.find(false) },
    { label: `${hand.find.replacing}…`, keys: "Ctrl+H", onPress: () => tools.find(true) },
    ...(isProse
      ? [
          { label: hand.move.up, keys: "Alt+↑", onPress: () => move(editor, "up") },
          { label: hand.move.down, keys: "Alt+↓", onPress: () => move(editor, "down") },
          { label: hand.table, off: now.inTable, onPress: () => void insertTable(editor) },
        ]
      : []),
    { label: `${hand.keys.open}…`, keys: "Ctrl+/", onPress: tools.help },
  ];
  return (
    <>
      <div role="toolbar" aria-label={words.toolbar} className="flex flex-wrap items-center gap-x-0.5 gap-y-1">
        {kind !== "annex" && (
          <Tool pressed={now.lead} keys="Control+B" onPress={() => editor.chain().focus().toggleMark("lead").run()}>
            <b>{words.lead}</b>
          </Tool>
        )}
        {isProse && (
          <>
            <Tool pressed={now.bullet} onPress={() => toggleLines(editor, "bullet") && editor.commands.focus()}>
              <span className="max-sm:hidden">—— </span>
              {words.bullet}
            </Tool>
            <Tool pressed={now.numbered} onPress={() => toggleLines(editor, "numbered") && editor.commands.focus()}>
              <span className="max-sm:hidden">（1）</span>
              {hand.numbered}
            </Tool>
          </>
        )}
        {kind !== "annex" && <Tool onPress={() => ask(editor)}># {words.figure}</Tool>}
        <Tool icon="undo" keys="Control+Z" off={!now.undo} onPress={() => editor.chain().focus().undo().run()}>
          {words.undo}
        </Tool>
        <Tool icon="redo" keys="Control+Y" off={!now.redo} onPress={() => editor.chain().focus().redo().run()}>
          {words.redo}
        </Tool>
        <span className="contents max-sm:hidden">
          <Tool keys="Control+F" onPress={() => tools.find(false)}>
            {hand.find.open}
          </Tool>
          <Tool keys="Control+/" onPress={tools.help}>
            {hand.keys.open}
          </Tool>
        </span>
        <ActionMenu label={hand.more} actions={more} />
        <LengthNote editor={editor} limit={limit} words={words} />
      </div>
      {now.inTable && <TableTools editor={editor} words={words.paste.table} />}
      {tools.failed && <Notice tone="warning">{hand.notLoaded}</Notice>}
      {tools.open}
    </>
  );
}

/** Behind what is chosen, which stays. */
const ask = (editor: Editor) => editor.chain().focus().insertContentAt(editor.state.selection.to, "#").run();

function move(editor: Editor, direction: "up" | "down"): void {
  const change = moveBlocks(editor.state, direction);
  if (change) editor.view.dispatch(change);
  editor.view.focus();
}

type ToolProps = {
  pressed?: boolean;
  off?: boolean;
  keys?: string;
  /** On a phone it stands for the word, which is still read out. */
  icon?: IconName;
  onPress: () => unknown;
  children: ReactNode;
};

function Tool({ pressed, off = false, keys, icon, onPress, children }: ToolProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-disabled={off || undefined}
      aria-keyshortcuts={keys}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => !off && onPress()}
      className="flex min-h-(--target) min-w-(--target) items-center justify-center rounded px-2 text-ink-soft hover:bg-white hover:text-ink aria-disabled:text-ink-faint aria-pressed:bg-indigo-tint aria-pressed:text-indigo"
    >
      {icon && <Icon name={icon} className="sm:hidden" />}
      <span className={icon ? "max-sm:sr-only" : "whitespace-nowrap"}>{children}</span>
    </button>
  );
}
