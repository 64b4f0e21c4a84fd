"use client";

import { useEditor } from "@tiptap/react";
import { useEffect, useRef, useState } from "react";
import type { ReadingOptions } from "../../../../../../../domain/check/statements";
import type { IndicatorRow } from "../../../../../../../domain/indicator/figure";
import type { SectionSetting } from "../../../../../../../domain/section/check-section";
import { blockText, Content, withBoundTexts } from "../../../../../../../domain/section/content";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import type { Messages } from "../../../../../../../messages/load";
import type { FigureGuide } from "../../../../../figure-guide";
import type { FindingLine } from "../../../../../finding-line";
import { FOLLOWS, followTable } from "./figure-nodes";
import { wordsIn, type Lexicon } from "./lexicon";
import { SaveQueue, type SaveState, type TheirText } from "./save-queue";
import { contentOf, editorExtensions, FigureSource, newBlockId, toEditor } from "./schema";
import { startRecognition } from "./recognition";
import { sendDraft } from "./send-draft";
import { stashFor } from "./stash";
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
  const [keptHere, setKeptHere] = useState(true);
  const [length, setLength] = useState(() => lengthOf(draft.content));
  const queue = useRef<SaveQueue | null>(null);
  // What the page showed first; a later answer of the server brings other figures, but no other text.
  const [opened] = useState({ draft, lexicon });
  const [source] = useState(() => new FigureSource(figures));
  // Made once: with others on every keystroke, the editor would take itself for a changed one.
  const [extensions] = useState(() => editorExtensions(section.kind, words.placeholder, source));

  const editor = useEditor({
    extensions,
    content: toEditor(draft.content.content.length > 0 ? draft.content : firstLine()),
    immediatelyRender: false,
    injectCSS: false,
    editorProps: { attributes: { "aria-label": words.label, role: "textbox", "aria-multiline": "true" } },
    onUpdate: ({ editor: changed, transaction }) => {
      setLength(lengthOf(contentOf(changed)));
      // Giving ids to new blocks and following the table is not writing.
      if (!transaction.getMeta("__uniqueIDTransaction") && !transaction.getMeta(FOLLOWS)) queue.current?.changed();
    },
  });

  useEffect(() => {
    if (!editor) return;
    const stash = stashFor(section.id);
    const mine = new SaveQueue({
      version: opened.draft.version,
      read: () => contentOf(editor),
      send: (body) => sendDraft(section.id, body),
      stash,
      onState: setState,
      onStash: setKeptHere,
      isComposing: () => editor.view.composing,
    });
    queue.current = mine;
    const left = stash.read();
    const known = left && upToDate(left.content, opened.lexicon);
    const shown = upToDate(opened.draft.content, opened.lexicon);
    if (left && known && JSON.stringify(known) !== JSON.stringify(shown)) {
      // The queue sends it on the version it was typed on: if somebody saved since, both texts come up for a choice.
      mine.rebase(left.version);
      editor.commands.setContent(toEditor(known));
      setRestored(true);
      mine.changed();
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void mine.flush(true);
    };
    const onLeave = (event: BeforeUnloadEvent) => {
      if (mine.hasUnsaved) event.preventDefault();
    };
    const onReturn = () => {
      if (document.visibilityState === "hidden" && mine.hasUnsaved) void mine.flush();
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener("beforeunload", onLeave);
    document.addEventListener("visibilitychange", onReturn);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("beforeunload", onLeave);
      document.removeEventListener("visibilitychange", onReturn);
      mine.dispose();
      if (mine.hasUnsaved) void mine.flush();
    };
  }, [editor, section.id, opened]);

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
    return () => {
      left = true;
    };
  }, [editor, section.kind, table]);

  /** Keeps the one that was not chosen as a revision, then goes on with the chosen one: neither text is lost. */
  async function resolve(choice: "mine" | "theirs", theirs: TheirText): Promise<void> {
    const mine = queue.current;
    if (!mine || !editor) return;
    const own = contentOf(editor);
    const [aside, chosen] = choice === "mine" ? [theirs.content, own] : [own, theirs.content];
    const kept = await sendDraft(section.id, { version: theirs.version, content: aside, keep: true });
    if (kept.status === "saved") {
      mine.rebase(kept.version);
      editor.commands.setContent(toEditor(upToDate(chosen, lexicon) ?? chosen), { emitUpdate: false });
      await mine.flush(true);
    } else if (kept.status === "conflict") setState({ kind: "conflict", current: kept.current });
    else setState(kept.status === "broken" ? { kind: "broken", reference: kept.reference } : { kind: kept.status });
  }

  return { editor, state, restored, keptHere, length, queue, resolve };
}

type Rules = typeof import("../../../../../../../domain/check/mentions");

/**
 * Bound numbers follow the table, whatever they said when the text was kept. Null for what this browser kept and is no
 * text of ours any more.
 */
function upToDate(content: Content, lexicon: Lexicon): Content | null {
  const parsed = Content.safeParse(content);
  return parsed.success ? withBoundTexts(parsed.data, (binding) => wordsIn(lexicon, binding)) : null;
}

/** Characters as an office counts them: without the paragraph's end, with punctuation. */
function lengthOf(content: Content): number {
  return [...content.content.map(blockText).join("").replace(/\s/g, "")].length;
}

const firstLine = (): Content => ({ type: "doc", content: [{ type: "paragraph", attrs: { id: newBlockId() } }] });
