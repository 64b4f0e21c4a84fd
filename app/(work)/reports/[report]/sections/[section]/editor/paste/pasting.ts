import { Extension } from "@tiptap/core";
import { undo } from "@tiptap/pm/history";
import { Fragment, Slice } from "@tiptap/pm/model";
import { Plugin, TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import { isInTable } from "@tiptap/pm/tables";
import { Mapping } from "@tiptap/pm/transform";
import type { EditorView } from "@tiptap/pm/view";
import { compositionEnds, compositionWatch } from "../composition";
import {
  PASTE_LIMITS,
  pasteKey,
  tooMany,
  type Clip,
  type PasteMeta,
  type PasteReport,
  type PasteState,
  type Tidy,
} from "./clip";

/**
 * What comes from other programs is read by a reader of its own, which is loaded when somebody writes; what was copied
 * here comes back as it was. Text that is too long is refused before anything reads it.
 */
export function pasting(newId: () => string) {
  return Extension.create({ name: "pasting", addProseMirrorPlugins: () => [pastingPlugin(newId)] });
}

export function pastingPlugin(newId: () => string): Plugin<PasteState> {
  const composition = compositionWatch(() => {});
  return new Plugin<PasteState>({
    key: pasteKey,
    state: { init: () => NOTHING, apply: (transaction, before) => nextState(transaction, before) },
    props: {
      handleDOMEvents: {
        ...composition.handleDOMEvents,
        focus: () => {
          void load().catch(() => null);
          return false;
        },
        paste: (view, event) => take(view, event, event.clipboardData, newId, composition.isComposing),
        drop: (view, event) => drop(view, event, newId, composition.isComposing),
      },
      transformPasted: (slice, view) => fitting(slice, view.state),
      handlePaste: (view, _event, slice) => refuses(view, slice, view.state.tr),
      handleDrop: (view, event, slice, moved) => !moved && refuses(view, slice, droppedAt(view, event)),
    },
  });
}

export const pasteReportOf = (state: EditorState): PasteReport | null => pasteKey.getState(state)?.report ?? null;

export function closePasteReport(view: EditorView): void {
  say(view, null);
}

/** Takes the repairs of the last paste back, and nothing that was written since. */
export function undoTidy(view: EditorView): void {
  const tidy = pasteKey.getState(view.state)?.tidy;
  if (!tidy) return;
  if (tidy.later.maps.length === 0) undo(view.state, view.dispatch);
  else view.dispatch(withoutTidy(view.state.tr, tidy));
  say(view, null);
  view.focus();
}

const NOTHING: PasteState = { report: null, tidy: null, waiting: [] };

function nextState(transaction: Transaction, before: PasteState): PasteState {
  const meta = transaction.getMeta(pasteKey) as PasteMeta | undefined;
  const { mapping } = transaction;
  // What is typed meanwhile stands behind a paste, what was pasted before stands before it.
  const side = transaction.getMeta("paste") === true ? 1 : -1;
  const moved = transaction.docChanged
    ? before.waiting.map(({ id, from, to }) => ({ id, from: mapping.map(from, side), to: mapping.map(to, side) }))
    : before.waiting;
  if (meta?.type === "report") {
    const { report } = meta;
    const tidy =
      report?.kind === "tidied" ? { steps: transaction.steps, docs: transaction.docs, later: new Mapping() } : null;
    return { report, tidy, waiting: moved };
  }
  const waiting =
    meta?.type === "waits"
      ? [...moved, { id: meta.id, from: meta.from, to: meta.to }]
      : meta?.type === "arrived"
        ? moved.filter((one) => one.id !== meta.id)
        : moved;
  if (!transaction.docChanged) return waiting === before.waiting ? before : { ...before, waiting };
  // An undo may be the tidying's own: then there is nothing left to say of it.
  if (transaction.getMeta("history$") !== undefined) return { ...NOTHING, waiting };
  const later = before.tidy && new Mapping([...before.tidy.later.maps, ...mapping.maps]);
  return { ...before, tidy: before.tidy && later && { ...before.tidy, later }, waiting };
}

/** Each repair backwards, carried over what was written since; where that took its place, it stays undone. */
function withoutTidy(change: Transaction, { steps, docs, later }: Tidy): Transaction {
  const path = new Mapping([...steps.map((step) => step.getMap()), ...later.maps]);
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const [step, doc] = [steps[index], docs[index]];
    const back = step && doc ? step.invert(doc).map(path.slice(index + 1)) : null;
    if (!back || change.maybeStep(back).failed) continue;
    path.appendMap(back.getMap(), index);
  }
  return change;
}

let reader: typeof import("./paste-in") | null = null;

async function load(): Promise<typeof import("./paste-in")> {
  reader ??= await import("./paste-in");
  return reader;
}

let waits = 0;

/** True when the clipboard was taken over; an input method that composes has it to itself. */
function take(
  view: EditorView,
  event: Event,
  data: DataTransfer | null,
  newId: () => string,
  isComposing: () => boolean,
): boolean {
  if (!data || !view.editable || view.composing) return false;
  const clip: Clip = { html: data.getData("text/html"), plain: data.getData("text/plain") };
  const refusal = tooMuch(clip);
  if (!refusal && clip.html.includes("data-pm-slice")) return false;
  if (clip.html === "" && clip.plain === "" && data.files.length === 0) return false;
  event.preventDefault();
  if (refusal) say(view, refusal);
  else if (clip.html === "" && clip.plain === "") say(view, { kind: kindOf([...data.files]) });
  else if (reader) reader.pasteIn(view, clip, null, newId);
  else void pasteLater(view, clip, newId, isComposing);
  return true;
}

function kindOf(files: readonly File[]): "pictures" | "document" | "file" {
  if (files.every(({ type }) => type.startsWith("image/"))) return "pictures";
  return files.some(({ name }) => /\.(?:docx|md|txt)$/i.test(name)) ? "document" : "file";
}

/** What was copied here and would be too much: pasted words go on in the blocks around them, so it is tried. */
function refuses(view: EditorView, slice: Slice, place: Transaction | null): boolean {
  const { doc } = view.state;
  const blocks = slice.content.childCount;
  if (!place || isInTable(view.state) || !tooMany(doc.childCount, blocks)) return false;
  const report = tooMany(doc.childCount, blocks, place.replaceSelection(slice).doc.childCount);
  if (report) say(view, report);
  return report !== null;
}

/** The reader is on its way: what is typed meanwhile stands behind what was pasted before. */
async function pasteLater(
  view: EditorView,
  clip: Clip,
  newId: () => string,
  isComposing: () => boolean,
): Promise<void> {
  const { from, to } = view.state.selection;
  const id = (waits += 1);
  const tell = (meta: PasteMeta) => view.dispatch(view.state.tr.setMeta(pasteKey, meta));
  tell({ type: "waits", id, from, to });
  const found = await load().catch(() => null);
  await compositionEnds(() => !view.isDestroyed && (isComposing() || view.composing));
  if (view.isDestroyed) return;
  const range = pasteKey.getState(view.state)?.waiting.find((one) => one.id === id) ?? { from, to };
  tell({ type: "arrived", id });
  // Handed in meanwhile: what was copied is on the clipboard still.
  if (!view.editable) return;
  if (found) found.pasteIn(view, clip, hasMoved(view.state, range) ? range : null, newId);
  else pasteWords(view, clip, range);
}

const hasMoved = ({ selection }: EditorState, range: { from: number; to: number }): boolean =>
  selection.from !== range.from || selection.to !== range.to;

/** Without the reader: the bare lines, so that nothing is lost. */
function pasteWords(view: EditorView, { plain }: Clip, { from, to }: { from: number; to: number }): void {
  const { schema, tr } = view.state;
  const words = plain.toWellFormed().replaceAll("\0", "");
  const lines = words.split(/[\r\n\v\f\u2028\u2029]+/).filter((line) => line.trim() !== "");
  if (lines.length === 0) return say(view, { kind: "not-loaded" });
  const paragraphs = lines.flatMap((line) => schema.nodes["paragraph"]?.create(null, schema.text(line)) ?? []);
  const isLine = schema.nodes["bullet"] === undefined || isInTable(view.state);
  const report = isLine ? null : tooMany(view.state.doc.childCount, paragraphs.length);
  if (report) return say(view, report);
  const change = isLine
    ? tr.insertText(lines.join(""), from, to)
    : tr.replaceRange(from, to, new Slice(Fragment.from(paragraphs), 1, 1));
  view.dispatch(change.scrollIntoView());
}

function drop(view: EditorView, event: DragEvent, newId: () => string, isComposing: () => boolean): boolean {
  if (view.dragging || !event.dataTransfer) return false;
  const place = droppedAt(view, event);
  if (!place) return false;
  const isOurs = event.dataTransfer.getData("text/html").includes("data-pm-slice");
  if (!isOurs) view.dispatch(place);
  return take(view, event, event.dataTransfer, newId, isComposing);
}

/** The caret where something is dropped, or null outside the text. */
function droppedAt(view: EditorView, event: DragEvent): Transaction | null {
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  return at && view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos)));
}

/** Counted before anything is read: a browser that parses megabytes stands still. */
function tooMuch(clip: Clip): PasteReport | null {
  if (clip.plain.length > PASTE_LIMITS.characters) {
    const characters = clip.plain.replace(/\s+/g, "").length;
    if (characters > PASTE_LIMITS.characters) return { kind: "too-long", characters };
  }
  if (clip.html.length <= PASTE_LIMITS.html) return null;
  // Pictures that are written into the page weigh more than all its words.
  clip.html = clip.html.replace(/data:image\/[^"')\s>]*/g, "");
  if (clip.html.length <= PASTE_LIMITS.html) return null;
  if (clip.plain === "") return { kind: "too-large", megabytes: Math.round(clip.html.length / 100_000) / 10 };
  clip.html = "";
  return null;
}

function say(view: EditorView, report: PasteReport | null): void {
  view.dispatch(view.state.tr.setMeta(pasteKey, { type: "report", report } satisfies PasteMeta));
}

/** What was copied here, for a place that takes less: a cell takes words, a title one line. */
function fitting(slice: Slice, state: EditorState): Slice {
  const { schema } = state;
  const isLine = schema.nodes["bullet"] === undefined && schema.nodes["table"] === undefined;
  let hasCells = false;
  slice.content.descendants((node) => {
    hasCells ||= node.type.name === "tableRow" || node.type.spec["tableRole"] === "cell";
    return !hasCells;
  });
  if (!isLine && (!isInTable(state) || hasCells)) return slice;
  const inline: Fragment[] = [];
  slice.content.descendants((node) => {
    if (!node.isTextblock && !node.isInline) return true;
    const words = node.textBetween(0, node.content.size, "", (leaf) => String(leaf.attrs["text"] ?? ""));
    const own = node.isInline ? Fragment.from(node) : node.content;
    inline.push(
      isLine ? own : Fragment.from(node.isText ? schema.text(node.text ?? "") : words ? schema.text(words) : []),
    );
    return false;
  });
  return new Slice(
    inline.reduce((all, next) => all.append(next), Fragment.empty),
    0,
    0,
  );
}
