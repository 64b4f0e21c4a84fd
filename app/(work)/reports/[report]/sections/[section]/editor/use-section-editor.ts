"use client";

import { closeHistory } from "@tiptap/pm/history";
import { useEditor, type Editor } from "@tiptap/react";
import { useEffect, useRef, useState, type RefObject } from "react";
import type { ReadingOptions } from "../../../../../../../domain/check/statements";
import type { IndicatorRow } from "../../../../../../../domain/indicator/figure";
import type { SectionSetting } from "../../../../../../../domain/section/check-section";
import { EMPTY_CONTENT, isEmpty, withBoundTexts, type Content } from "../../../../../../../domain/section/content";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import type { Messages } from "../../../../../../../messages/load";
import type { FigureGuide } from "../../../../../figure-guide";
import type { FindingLine } from "../../../../../finding-line";
import { compositionWatch } from "./composition";
import { FOLLOWS, followTable, loadBindingSchemas } from "./figure-nodes";
import { decided, joinTexts, type Choice } from "./join-texts";
import { wordsIn, type Lexicon } from "./lexicon";
import { SaveQueue, type Joined, type OpenCollision, type SaveState } from "./save-queue";
import { contentOf, editorExtensions, FigureSource, newBlockId, toEditor } from "./schema";
import { readable } from "./readable";
import { startRecognition } from "./recognition";
import { lookAtDraft, sendDraft } from "./send-draft";
import { stashFor, undecidedFor } from "./stash";
import { JOINS, takeText } from "./take-text";
import type { EditorWords } from "./words";

type Section = { id: string; kind: SectionKind };
type Draft = { content: Content; version: number };

/** What the page knows of the indicators: the wordings of `#`, the names, the table to hold numbers against. */
export type EditorFigureData = {
  lexicon: Lexicon;
  guide: FigureGuide;
  table: SectionSetting & Pick<ReadingOptions, "base"> & { rows: readonly IndicatorRow[] };
  /** What the checks found of the text as it came, with the explanations that were given. */
  findings: FindingLine[];
  check: Messages["check"];
};

/** The editor with its save queue: what is typed, where it is kept, and what to do when two texts meet. */
export function useSectionEditor(section: Section, draft: Draft, figures: EditorFigureData, words: EditorWords) {
  const { lexicon, table } = figures;
  const [state, setState] = useState<SaveState>({ kind: "clean" });
  const [restored, setRestored] = useState(false);
  const [joined, setJoined] = useState<Joined | null>(null);
  const [collisions, setCollisions] = useState<readonly OpenCollision[]>([]);
  const [keptHere, setKeptHere] = useState(true);
  const queue = useRef<SaveQueue | null>(null);
  const note = useRef<HTMLInputElement>(null);
  const noteSent = useRef("");
  // What the page showed first; a later answer of the server brings other figures, but no other text.
  const [opened] = useState({ draft, lexicon });
  const [source] = useState(() => new FigureSource(figures));
  // Made once: with others on every keystroke, the editor would take itself for a changed one.
  const [extensions] = useState(() => editorExtensions(section.kind, words.placeholder, source));

  const [composition] = useState(() => compositionWatch(() => {}));

  const editor = useEditor({
    extensions,
    content: toEditor(draft.content.content.length > 0 ? draft.content : firstLine()),
    immediatelyRender: false,
    injectCSS: false,
    editorProps: {
      attributes: {
        "aria-label": words.label,
        role: "textbox",
        "aria-multiline": "true",
        class: `leaf-${section.kind}`,
      },
      handleDOMEvents: composition.handleDOMEvents,
    },
    onUpdate: ({ transaction }) => {
      // Giving ids to new blocks, following the table and taking another's words in is not writing.
      if (!NOT_WRITING.some((meta) => transaction.getMeta(meta))) queue.current?.changed();
    },
  });

  useEffect(() => {
    if (!editor) return;
    const stash = stashFor(section.id, editor.schema);
    const undecided = undecidedFor(section.id, editor.schema);
    const comparable = (content: Content) => asEditorHasIt(editor, content, source.current.lexicon);
    const mine = new SaveQueue({
      version: opened.draft.version,
      base: opened.draft.content,
      read: () => contentOf(editor),
      send: (body) => sendDraft(section.id, body),
      note: () => (noteSent.current = note.current?.value ?? ""),
      look: (version) => lookAtDraft(section.id, version),
      join: (base, own, theirs, sent) => {
        const written = base.content.length === 0 && theirs.content.length > 0 ? withoutFirstLine(own) : own;
        return joinTexts(section.kind, comparable(base), comparable(written), comparable(theirs), sent.map(comparable));
      },
      take: (content) => {
        if (editor.isDestroyed) return;
        const text = content.content.length > 0 ? content : firstLine();
        const change = takeText(editor.state, text)?.setMeta("addToHistory", false).setMeta(JOINS, true);
        if (change) editor.view.dispatch(change);
      },
      newKey: newBlockId,
      stash,
      undecided,
      onState: (now) => {
        // The same words for every keystroke are drawn once.
        setState((before) => (before.kind === "dirty" && now.kind === "dirty" ? before : now));
        // Who sees the others at work needs not be told of every word of theirs.
        if (now.kind === "saved" && now.joined && !mine.hasCompany) setJoined(now.joined);
      },
      onCollisions: setCollisions,
      onStash: setKeptHere,
      isComposing: () => composition.isComposing() || (!editor.isDestroyed && editor.view.composing),
    });
    queue.current = mine;
    const left = stash.read();
    const known = left && comparable(left.content);
    const shown = comparable(opened.draft.content);
    if (left && known && JSON.stringify(known) !== JSON.stringify(shown)) {
      // The queue sends it on the version it was typed on: if somebody saved since, the two are merged. Without the text
      // of that version, every block that differs is put to the writer.
      const isCurrent = left.version === opened.draft.version;
      mine.restore({ version: left.version, base: left.base ?? (isCurrent ? opened.draft.content : EMPTY_CONTENT) });
      editor.commands.setContent(toEditor(known));
      setRestored(true);
      mine.changed();
    }
    mine.reopen(undecided.read());
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void keepText(queue, note, noteSent);
    };
    const onLeave = (event: BeforeUnloadEvent) => {
      mine.keep();
      if (mine.hasUnsaved) event.preventDefault();
    };
    const onHide = () => mine.keep();
    const onComposed = () => void mine.settled().then(onHide);
    const onReturn = () => {
      if (document.visibilityState === "hidden") mine.keep();
      if (document.visibilityState === "hidden" && mine.hasUnsaved) void mine.flush();
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener("beforeunload", onLeave);
    window.addEventListener("pagehide", onHide);
    editor.view.dom.addEventListener("compositionend", onComposed);
    document.addEventListener("visibilitychange", onReturn);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("beforeunload", onLeave);
      window.removeEventListener("pagehide", onHide);
      editor.view.dom.removeEventListener("compositionend", onComposed);
      document.removeEventListener("visibilitychange", onReturn);
      mine.dispose();
      if (mine.hasUnsaved) void mine.flush();
    };
  }, [editor, section.id, section.kind, opened, source, composition]);

  useEffect(() => {
    source.take(figures);
    if (editor) followTable(editor.view, (binding) => wordsIn(lexicon, binding));
  }, [editor, figures, lexicon, source]);

  // The rules of recognition come after the text: nobody waits for them to write. Without them nothing is marked.
  useEffect(() => {
    if (!editor || section.kind === "annex") return;
    let left = false;
    const start = ({ mentions }: Rules) => {
      if (!left && !editor.isDestroyed) startRecognition(editor.view, (text) => mentions(text, table.rows, table));
    };
    import("../../../../../../../domain/check/mentions").then(start, () => {});
    loadBindingSchemas().catch(() => {});
    return () => {
      left = true;
    };
  }, [editor, section.kind, table]);

  /** Keeps the version that was not chosen as a revision, then goes on with the chosen one: neither is lost. */
  async function decide(collision: OpenCollision, choice: Choice): Promise<void> {
    const saving = queue.current;
    if (!saving || !editor) return;
    const own = () => decided(contentOf(editor), collision, "mine", newBlockId);
    if (choice !== "both") {
      const kept = await saving.setAside(choice === "mine" ? () => contentOf(editor) : own);
      if (kept.kind !== "saved") return;
    }
    await saving.settled();
    if (editor.isDestroyed) return;
    const change = takeText(editor.state, decided(contentOf(editor), collision, choice, newBlockId));
    if (change) editor.view.dispatch(closeHistory(change));
    saving.close(collision.key);
    // The button that had the focus is gone.
    if (saving.collisions.length === 0) editor.view.focus();
    await saving.flush();
  }

  return {
    editor,
    state,
    restored,
    joined,
    collisions,
    keptHere,
    queue,
    decide,
    note,
    keep: () => keepText(queue, note, noteSent),
    tellJoined: setJoined,
  };
}

/** Keeps the text as a revision with what was said of it, which then is said; what was typed meanwhile is not. */
async function keepText(
  queue: RefObject<SaveQueue | null>,
  note: RefObject<HTMLInputElement | null>,
  sent: RefObject<string>,
): Promise<void> {
  const saved = await queue.current?.flush(true);
  if (saved?.kind === "saved" && note.current?.value === sent.current) note.current.value = "";
}

const NOT_WRITING = [FOLLOWS, JOINS];

type Rules = typeof import("../../../../../../../domain/check/mentions");

/**
 * A text as the editor would give it back, its figures as they are now: jsonb sorts keys, the schema fills in attributes,
 * and none of that is anybody's change.
 */
function asEditorHasIt(editor: Editor, content: Content, lexicon: Lexicon): Content {
  return withBoundTexts(readable(editor.schema, content) ?? content, (binding) => wordsIn(lexicon, binding));
}

/** The line that an empty leaf is opened with is nobody's text until something stands in it. */
const withoutFirstLine = (content: Content): Content =>
  content.content.length === 1 && isEmpty(content) ? EMPTY_CONTENT : content;

const firstLine = (): Content => ({ type: "doc", content: [{ type: "paragraph", attrs: { id: newBlockId() } }] });
