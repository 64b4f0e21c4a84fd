import { Extension, InputRule, mergeAttributes, Node } from "@tiptap/core";
import type { Node as DocumentNode } from "@tiptap/pm/model";
import { Plugin, PluginKey, type EditorState, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import type { ContentBlock } from "../../../../../../../domain/section/content";
import { pointNumber, pointNumbers } from "../../../../../../../domain/section/numbering";

/** The blocks that a line of prose can be; the marks before the last two are not text. */
export type LineType = "paragraph" | "bullet" | "numbered";
type WithState = { state: EditorState; view: { dispatch: (transaction: Transaction) => void } };

/** Makes the chosen lines points of this kind, or paragraphs again where they all are already. Their ids stay. */
export function toggleLines(editor: WithState, type: "bullet" | "numbered"): boolean {
  const lines = chosenLines(editor.state);
  const isOn = lines.length > 0 && lines.every(({ node }) => node.type.name === type);
  return setLines(editor, isOn ? "paragraph" : type);
}

/** A point printed with a leading “——”. The dashes are not text: typed at a paragraph's start they make the point. */
export const Bullet = pointNode("bullet", "Mod-Shift-8", [/^——$/]);

/** A point （1）, counted in its run. Typed at a paragraph's start, the number that is due there makes the point. */
export const Numbered = pointNode("numbered", "Mod-Shift-7", [/^[（(](\d{1,3})[）)]$/, /^(\d{1,3})[.．、][ \u3000]$/]);

/** The numbers before the points, drawn and read out, but no text. */
export const PointNumbers = Extension.create({
  name: "pointNumbers",
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key: new PluginKey("pointNumbers"),
      state: {
        init: (_, { doc }) => drawn(doc),
        apply: (transaction, before) => (transaction.docChanged ? drawn(transaction.doc) : before),
      },
      props: {
        decorations(state) {
          return this.getState(state);
        },
      },
    }),
  ],
});

function pointNode(name: "bullet" | "numbered", keys: string, typed: readonly RegExp[]) {
  return Node.create({
    name,
    group: "block",
    content: "inline*",
    parseHTML: () => [{ tag: `p[data-kind=${name}]`, priority: 60 }],
    renderHTML: ({ HTMLAttributes }) => ["p", mergeAttributes(HTMLAttributes, { "data-kind": name }), 0],
    addKeyboardShortcuts() {
      return {
        [keys]: () => toggleLines(this.editor, name),
        Backspace: () => {
          const { empty, $from } = this.editor.state.selection;
          const isAtStart = empty && $from.parentOffset === 0 && $from.parent.type.name === name;
          return isAtStart && setLines(this.editor, "paragraph");
        },
        Enter: () => {
          const { state, view } = this.editor;
          const { $from, $to } = state.selection;
          if ($from.parent.type.name !== name || !$from.sameParent($to)) return false;
          if ($from.parent.content.size === 0) return setLines(this.editor, "paragraph");
          const change = state.tr.delete($from.pos, $to.pos);
          view.dispatch(change.split($from.pos, 1, [{ type: $from.parent.type }]).scrollIntoView());
          return true;
        },
      };
    },
    addInputRules() {
      return typed.map(
        (find) =>
          new InputRule({
            find,
            handler: ({ state, range, match }) => {
              const { $from } = state.selection;
              if ($from.depth !== 1 || $from.parent.type.name !== "paragraph") return null;
              if (match[1] !== undefined && pointNumber(Number(match[1])) !== dueNumber(state)) return null;
              const at = $from.before();
              state.tr.delete(range.from, range.to).setNodeMarkup(at, state.schema.nodes[name], $from.parent.attrs);
              return;
            },
          }),
      );
    },
  });
}

function setLines({ state, view }: WithState, type: LineType): boolean {
  const target = state.schema.nodes[type];
  const lines = chosenLines(state);
  if (!target || lines.length === 0) return false;
  const change = state.tr;
  for (const { node, at } of lines) if (node.type !== target) change.setNodeMarkup(at, target, node.attrs);
  if (change.docChanged) view.dispatch(change.scrollIntoView());
  return true;
}

function chosenLines({ doc, selection }: EditorState): { node: DocumentNode; at: number }[] {
  const lines: { node: DocumentNode; at: number }[] = [];
  doc.forEach((node, at) => {
    const isIn = at < selection.to && selection.from < at + node.nodeSize;
    if (isIn && node.isTextblock) lines.push({ node, at });
  });
  return lines;
}

/** What the caret's block would be numbered if it were a point. */
function dueNumber({ doc, selection }: EditorState): string | undefined {
  const index = selection.$from.index(0);
  const blocks = blocksOf(doc).map((block, at) =>
    at === index ? ({ type: "numbered", attrs: { id: HERE } } as ContentBlock) : block,
  );
  return pointNumbers(blocks).get(HERE);
}

const HERE = "here";

function drawn(doc: DocumentNode): DecorationSet {
  const numbers = pointNumbers(blocksOf(doc));
  if (numbers.size === 0) return DecorationSet.empty;
  const decorations: Decoration[] = [];
  doc.forEach((node, at, index) => {
    const number = numbers.get(String(index));
    if (number) decorations.push(Decoration.node(at, at + node.nodeSize, { "data-number": number }));
  });
  return DecorationSet.create(doc, decorations);
}

/** As much of the blocks as their numbers depend on, called by their place: two may have one id for a moment. */
function blocksOf(doc: DocumentNode): ContentBlock[] {
  const blocks: ContentBlock[] = [];
  doc.forEach((node, _, index) => {
    const content = isBlank(node) ? [] : [{ type: "text" as const, text: "." }];
    const type = node.type.name === "numbered" ? "numbered" : "paragraph";
    blocks.push({ type, attrs: { id: String(index) }, content });
  });
  return blocks;
}

/** Unchanged blocks are the same objects in ProseMirror: a key has only its own block read. */
const blank = new WeakMap<DocumentNode, boolean>();

/** As `blockText` has it: no words and no figure, in a table's cells either. */
function isBlank(node: DocumentNode): boolean {
  const known = blank.get(node);
  if (known !== undefined) return known;
  let is = node.textContent.trim() === "";
  if (is) node.descendants((child) => void (is &&= child.isText || !child.isAtom));
  blank.set(node, is);
  return is;
}
