import { mergeAttributes, Node, type JSONContent } from "@tiptap/core";
import { Table as TiptapTable, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import type { Node as DocumentNode } from "@tiptap/pm/model";
import { TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import { cellAround, nextCell, TableMap } from "@tiptap/pm/tables";

/** What domain/section/content.ts lets a table grow to: cells in a row, rows. */
export const TABLE_LIMITS = { columns: 20, rows: 200 } as const;

/** The table of an annex and of prose: rows of cells, in each one line of plain words. */
export function tableNodes() {
  return [Table, TableRow, Cell, HeaderCell, CellText];
}

/** Where the caret stands in a table, or null. `isOnly`: it is the whole text and cannot be deleted. */
export function tableAt({ selection, doc }: EditorState): { node: DocumentNode; at: number; isOnly: boolean } | null {
  const { $from } = selection;
  const table = $from.depth > 0 ? $from.node(1) : null;
  if (table?.type.name !== "table") return null;
  const isOnly = doc.type.contentMatch.defaultType?.name === "table";
  return { node: table, at: $from.before(1), isOnly };
}

/** Columns and rows as they are drawn. */
export function sizeOf(table: DocumentNode): { columns: number; rows: number } {
  const { width, height } = TableMap.get(table);
  return { columns: width, rows: height };
}

type WithView = { state: EditorState; view: { dispatch: (transaction: Transaction) => void; focus: () => void } };

/** Puts an empty table behind the caret's block, or in its place when it is empty, and the caret into its first cell. */
export function insertTable({ state, view }: WithView, rows = 3, columns = 3): boolean {
  const { schema, selection } = state;
  const { $head } = selection;
  const [type, row, paragraph] = [schema.nodes["table"], schema.nodes["tableRow"], schema.nodes["paragraph"]];
  if (!type || !row || !paragraph || $head.depth !== 1) return false;
  const line = (name: string) => {
    const cells = Array.from({ length: columns }, () => schema.nodes[name]?.createAndFill() ?? []).flat();
    return row.create(null, cells);
  };
  const table = type.create(null, [line("tableHeader"), ...Array.from({ length: rows - 1 }, () => line("tableCell"))]);
  const isEmpty = $head.parent.content.size === 0;
  const [from, to] = [isEmpty ? $head.before(1) : $head.after(1), $head.after(1)];
  const isLast = to === state.doc.content.size;
  const change = state.tr.replaceWith(from, to, isLast ? [table, paragraph.create()] : table);
  change.setSelection(TextSelection.near(change.doc.resolve(from + 1)));
  view.dispatch(change.scrollIntoView());
  view.focus();
  return true;
}

/**
 * Content calls a cell's line a paragraph; the editor needs a type of its own for it, one that takes no figures, no lead
 * and no second line.
 */
export const toCellTexts = (content: JSONContent): JSONContent =>
  withCells(content, (paragraph) => ({
    type: CELL_TEXT,
    ...(paragraph.content
      ? { content: paragraph.content.map(({ type, text }) => ({ type, text }) as JSONContent) }
      : {}),
  }));

export const fromCellTexts = (content: JSONContent): JSONContent =>
  withCells(content, (line) => ({ ...line, type: "paragraph" }));

const CELL_TEXT = "cellText";

function withCells(content: JSONContent, changed: (line: JSONContent) => JSONContent): JSONContent {
  if (!content.content?.some((block) => block.type === "table")) return content;
  const inside = (node: JSONContent, depth: number): JSONContent =>
    depth === 0
      ? changed(node)
      : { ...node, ...(node.content ? { content: node.content.map((one) => inside(one, depth - 1)) } : {}) };
  return {
    ...content,
    content: content.content.map((block) => (block.type === "table" ? inside(block, ROWS_CELLS_LINES) : block)),
  };
}

const ROWS_CELLS_LINES = 3;

const Table = TiptapTable.extend({
  renderHTML: ({ HTMLAttributes }) => [
    "div",
    { class: "tableWrapper" },
    ["table", mergeAttributes(HTMLAttributes), ["tbody", 0]],
  ],
  // Its own view would set styles and leave the id out.
  addNodeView: () => null,
  addKeyboardShortcuts() {
    return {
      ...this.parent?.(),
      Tab: () => {
        const here = tableAt(this.editor.state);
        if (!here) return false;
        if (this.editor.commands.goToNextCell() || sizeOf(here.node).rows >= TABLE_LIMITS.rows) return true;
        return this.editor.chain().addRowAfter().goToNextCell().run();
      },
    };
  },
}).configure({ resizable: false });

/** Without the alignment that Tiptap gives a cell: columns are aligned by what they hold when they are printed. */
const OWN_ATTRIBUTES = {
  colspan: { default: 1 },
  rowspan: { default: 1 },
  colwidth: { default: null, rendered: false, parseHTML: () => null },
};
const Cell = TableCell.extend({ content: CELL_TEXT, addAttributes: () => OWN_ATTRIBUTES });
const HeaderCell = TableHeader.extend({
  content: CELL_TEXT,
  addAttributes: () => OWN_ATTRIBUTES,
  renderHTML: ({ HTMLAttributes }) => ["th", mergeAttributes({ scope: "col" }, HTMLAttributes), 0],
});

const CellText = Node.create({
  name: CELL_TEXT,
  content: "text*",
  marks: "",
  parseHTML: () => [{ tag: "p", context: "tableCell/|tableHeader/", priority: 70 }],
  renderHTML: () => ["p", 0],
  addKeyboardShortcuts() {
    return {
      // A cell is one line: Enter goes down the column.
      Enter: () => {
        const { state, view } = this.editor;
        const cell = tableAt(state) ? cellAround(state.selection.$head) : null;
        if (!cell) return false;
        const below = nextCell(cell, "vert", 1);
        if (below) view.dispatch(state.tr.setSelection(TextSelection.near(below, 1)).scrollIntoView());
        return true;
      },
    };
  },
});
