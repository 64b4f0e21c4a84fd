import { closeHistory } from "@tiptap/pm/history";
import { Fragment, Slice, type Node as DocumentNode, type NodeType, type Schema } from "@tiptap/pm/model";
import { Selection, TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import { CellSelection, handlePaste as pasteCells, isInTable, selectedRect } from "@tiptap/pm/tables";
import { ReplaceStep } from "@tiptap/pm/transform";
import type { EditorView } from "@tiptap/pm/view";
import { pointNumber } from "../../../../../../../../domain/section/numbering";
import { TABLE_LIMITS } from "../tables";
import { PASTE_LIMITS, pasteKey, tooMany, type Clip, type PasteMeta, type PasteReport } from "./clip";
import { joinedLines, visibleText, wordsOf, type PastedBlock, type PastedTable } from "./pasted";
import { readHtml } from "./read-html";
import { readPlain } from "./read-plain";
import { settled } from "./settle";
import { tidied } from "./tidy";

type Range = { from: number; to: number };

/**
 * Puts what was on the clipboard into the text, as one step for the undo, and repairs its typing in another. `range` is
 * where it goes when that is not what is chosen now: the caret then stays where somebody writes. Refused, it leaves the
 * text as it was and says why.
 */
export function pasteIn(view: EditorView, clip: Clip, range: Range | null, newId: () => string): void {
  const { blocks, images } = read(clip);
  const refusal = blocks.length === 0 ? (images > 0 ? PICTURES : null) : refusalOf(blocks, view.state);
  if (refusal || blocks.length === 0) return say(view, refusal);
  const written = range ? caretFrom(view, range) : null;
  // An annex is its table: wherever its caret stands, it stands in a cell.
  if (
    view.state.doc.firstChild?.type.name === "table" &&
    view.state.schema.nodes["bullet"] === undefined &&
    !isInTable(view.state)
  ) {
    view.dispatch(view.state.tr.setSelection(Selection.atStart(view.state.doc)));
  }
  const change = closeHistory(view.state.tr);
  const put = isInTable(view.state) ? putInTable(view, change, blocks) : putInText(view, change, blocks, newId);
  if ("kind" in put) return say(view, put);
  const softs = blocks.flatMap((block) => (block.type === "table" ? [] : [block.soft]));
  const tidy = tidied(view.state, put, softs);
  const report: PasteReport | null = tidy
    ? { kind: "tidied", counts: tidy.counts, images }
    : images > 0
      ? PICTURES
      : null;
  if (tidy) view.dispatch(closeHistory(tidy.change).setMeta(pasteKey, { type: "report", report } satisfies PasteMeta));
  else say(view, report);
  written?.();
  // What is typed next is a step of its own.
  view.dispatch(closeHistory(view.state.tr));
}

const PICTURES: PasteReport = { kind: "pictures" };

function say(view: EditorView, report: PasteReport | null): void {
  view.dispatch(view.state.tr.setMeta(pasteKey, { type: "report", report } satisfies PasteMeta));
}

function read({ html, plain }: Clip): { blocks: PastedBlock[]; images: number } {
  const { blocks, images } = html === "" ? { blocks: [], images: 0 } : readHtml(html);
  return { blocks: settled(blocks.length > 0 ? blocks : readPlain(plain)), images };
}

function refusalOf(blocks: readonly PastedBlock[], { doc }: EditorState): PasteReport | null {
  const characters = visibleText(blocks).length;
  if (characters > PASTE_LIMITS.characters) return { kind: "too-long", characters };
  const many = tooMany(doc.childCount, blocks.length);
  if (many) return many;
  for (const block of blocks) {
    if (block.type !== "table") continue;
    const size = { rows: block.rows.length, columns: block.rows[0]?.length ?? 0 };
    if (size.rows > TABLE_LIMITS.rows || size.columns > TABLE_LIMITS.columns) {
      return { kind: "table-too-large", ...size };
    }
  }
  return null;
}

/** Goes to the place where the paste was asked for; the answer brings the caret back to what was written since. */
function caretFrom(view: EditorView, range: Range): () => void {
  const { doc, selection, tr } = view.state;
  const [size, at] = [doc.content.size, selection.head];
  const place = (position: number) => doc.resolve(Math.min(position, size));
  view.dispatch(tr.setSelection(TextSelection.between(place(range.from), place(range.to))));
  return () => {
    const { state } = view;
    const moved = at < range.from ? at : Math.max(0, at + state.doc.content.size - size);
    view.dispatch(state.tr.setSelection(Selection.near(state.doc.resolve(moved))));
  };
}

function putInText(
  view: EditorView,
  change: Transaction,
  blocks: readonly PastedBlock[],
  newId: () => string,
): PasteReport | Range {
  const { schema } = view.state;
  change.deleteSelection();
  const { $from } = change.selection;
  const takesBlocks = schema.nodes["table"] !== undefined;
  if (!takesBlocks || $from.depth > 1) change.insertText(asLine(blocks));
  else
    insertBlocks(
      change,
      blocks.map((block) => nodeOf(schema, block, newId())),
    );
  const range = insertedBy(change);
  view.dispatch(change.setMeta("paste", true).setMeta("uiEvent", "paste").scrollIntoView());
  return range;
}

/**
 * At the caret: a first line that is a paragraph goes on in the words before it, the words behind it go on in a last line
 * that is one, and an empty block gives way. What was there keeps its id, and is not touched.
 */
function insertBlocks(change: Transaction, nodes: readonly DocumentNode[]): void {
  const { $from } = change.selection;
  const [only] = nodes;
  if ($from.depth === 0) {
    change.insert($from.pos, nodes);
    return;
  }
  const { parent } = $from;
  const isEmpty = parent.content.size === 0;
  if (nodes.length === 1 && only?.type.name === "paragraph" && !(isEmpty && parent.type.name === "paragraph")) {
    change.insert($from.pos, only.content);
    return;
  }
  const [hasHead, hasTail] = [$from.parentOffset > 0, $from.parentOffset < parent.content.size];
  const own = (id: unknown, content: Fragment, type: NodeType = parent.type) =>
    type.create({ ...parent.attrs, id }, content);
  const rest = [...nodes];
  const slice: DocumentNode[] = [];
  if (hasHead)
    slice.push(
      own(parent.attrs["id"], rest[0]?.type.name === "paragraph" ? (rest.shift() ?? parent).content : Fragment.empty),
    );
  else if (isEmpty && rest[0]?.isTextblock) {
    const first = rest.shift() ?? parent;
    slice.push(own(parent.attrs["id"], first.content, first.type.name === "paragraph" ? parent.type : first.type));
  }
  slice.push(...rest);
  if (hasTail) {
    const last = rest.at(-1);
    // Its words behind the caret keep the id, unless those before it do.
    const id = hasHead ? null : parent.attrs["id"];
    if (last?.type.name === "paragraph")
      slice[slice.length - 1] = own(hasHead ? last.attrs["id"] : id, last.content, last.type);
    else slice.push(own(id, Fragment.empty));
  } else if (nodes.at(-1)?.type.name === "table" && $from.after(1) === change.doc.content.size) {
    slice.push(own(null, Fragment.empty, change.doc.type.schema.nodes["paragraph"]));
  }
  const from = hasHead ? $from.pos : $from.before(1);
  const to = hasTail ? $from.pos : $from.after(1);
  change.step(new ReplaceStep(from, to, new Slice(Fragment.from(slice), hasHead ? 1 : 0, hasTail ? 1 : 0)));
  const end = insertedBy(change).to;
  change.setSelection(caretBehind(change.doc, end, nodes.at(-1), hasTail));
}

/** Behind the last pasted word; behind a table, in the block that follows. */
function caretBehind(doc: DocumentNode, end: number, last: DocumentNode | undefined, hasTail: boolean): Selection {
  if (last?.type.name === "table")
    return Selection.near(doc.resolve(Math.min(end, doc.content.size)), hasTail ? 1 : -1);
  const isJoined = hasTail && last?.type.name === "paragraph";
  return isJoined ? TextSelection.create(doc, end) : Selection.near(doc.resolve(hasTail ? end - 1 : end), -1);
}

/** Where the last step put what it brought. */
function insertedBy(change: Transaction): Range {
  let range: Range = { from: 0, to: 0 };
  change.steps
    .at(-1)
    ?.getMap()
    .forEach((_from, _to, from, to) => {
      range = { from, to };
    });
  return range;
}

function nodeOf(schema: Schema, block: PastedBlock, id: string): DocumentNode {
  if (block.type === "table") return tableNode(schema, block, id);
  const lead = schema.marks["lead"];
  const words = block.runs.map((run) => schema.text(run.text, run.lead && lead ? [lead.create()] : []));
  return (schema.nodes[block.type] ?? schema.topNodeType).create({ id }, words);
}

type TypeAt = (row: number, column: number) => NodeType | undefined;

function tableNode(schema: Schema, table: PastedTable, id: string | null, typeAt?: TypeAt): DocumentNode {
  const { table: type = schema.topNodeType, tableRow: rowType = schema.topNodeType } = schema.nodes;
  const rows = table.rows.map((row, y) => {
    const plain = schema.nodes[y === 0 && table.header ? "tableHeader" : "tableCell"];
    return rowType.create(
      null,
      row.map((words, x) => cellNode(schema, (typeAt ? typeAt(y, x) : undefined) ?? plain ?? rowType, words)),
    );
  });
  return type.create({ id }, rows);
}

function cellNode(schema: Schema, type: NodeType, words: string): DocumentNode {
  return type.create(null, schema.nodes["cellText"]?.create(null, words === "" ? [] : [schema.text(words)]));
}

/** A table goes into the cells from the chosen one on, which make room for it; anything else is one cell's words. */
function putInTable(view: EditorView, change: Transaction, blocks: readonly PastedBlock[]): PasteReport | Range {
  const { state } = view;
  const hasTable = blocks.some((block) => block.type === "table");
  if (!hasTable && !(state.selection instanceof CellSelection)) {
    change.insertText(asLine(blocks));
    const range = insertedBy(change);
    view.dispatch(change.setMeta("paste", true).scrollIntoView());
    return range;
  }
  const lines = hasTable
    ? blocks.flatMap((block) => (block.type === "table" ? block.rows : [[wordsOf(block)]]))
    : [[asLine(blocks)]];
  const width = Math.max(...lines.map((row) => row.length));
  const rows = lines.map((row) => Array.from({ length: width }, (_, x) => row[x] ?? ""));
  const { top, left, map, table } = selectedRect(state);
  const size = { rows: top + rows.length, columns: left + width };
  if (size.rows > TABLE_LIMITS.rows || size.columns > TABLE_LIMITS.columns) return { kind: "table-too-large", ...size };
  const typeAt: TypeAt = (y, x) =>
    top + y < map.height && left + x < map.width
      ? table.nodeAt(map.map[(top + y) * map.width + left + x] ?? 0)?.type
      : undefined;
  const pasted = tableNode(state.schema, { type: "table", header: false, rows }, null, typeAt);
  view.dispatch(change);
  pasteCells(view, new Event("paste") as ClipboardEvent, new Slice(Fragment.from(pasted), 0, 0));
  return differenceOf(state.doc, view.state.doc);
}

function differenceOf(before: DocumentNode, after: DocumentNode): Range {
  const from = before.content.findDiffStart(after.content) ?? 0;
  const to = before.content.findDiffEnd(after.content)?.b ?? 0;
  return { from, to: Math.max(from, to) };
}

/** All of it as one line, for a title and for a cell. */
function asLine(blocks: readonly PastedBlock[]): string {
  let point = 0;
  return joinedLines(
    blocks.flatMap((block) => {
      point = block.type === "numbered" ? point + 1 : 0;
      if (block.type === "table") return block.rows.flat();
      return [`${point > 0 ? pointNumber(point) : ""}${wordsOf(block)}`];
    }),
  );
}
