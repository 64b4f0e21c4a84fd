"use client";

import { useEditor } from "@tiptap/react";
import { useEffect, useRef, useState } from "react";
import { blockText, Content } from "../../../../../../../domain/section/content";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import { SaveQueue, type SaveState, type TheirText } from "./save-queue";
import { contentOf, editorExtensions, newBlockId, toEditor } from "./schema";
import { sendDraft } from "./send-draft";
import { stashFor } from "./stash";
import type { EditorWords } from "./words";

type Section = { id: string; kind: SectionKind };
type Draft = { content: Content; version: number };

/** The editor with its save queue: what is typed, where it is kept, and what to do when two texts meet. */
export function useSectionEditor(section: Section, draft: Draft, words: EditorWords) {
  const [state, setState] = useState<SaveState>({ kind: "clean" });
  const [restored, setRestored] = useState(false);
  const [keptHere, setKeptHere] = useState(true);
  const [length, setLength] = useState(() => lengthOf(draft.content));
  const queue = useRef<SaveQueue | null>(null);

  const editor = useEditor({
    extensions: editorExtensions(section.kind, words.placeholder),
    content: toEditor(draft.content.content.length > 0 ? draft.content : firstLine()),
    immediatelyRender: false,
    injectCSS: false,
    editorProps: { attributes: { "aria-label": words.label, role: "textbox", "aria-multiline": "true" } },
    onUpdate: ({ editor: changed, transaction }) => {
      setLength(lengthOf(contentOf(changed)));
      // Giving ids to new blocks is not writing.
      if (!transaction.getMeta("__uniqueIDTransaction")) queue.current?.changed();
    },
  });

  useEffect(() => {
    if (!editor) return;
    const stash = stashFor(section.id);
    const mine = new SaveQueue({
      version: draft.version,
      read: () => contentOf(editor),
      send: (body) => sendDraft(section.id, body),
      stash,
      onState: setState,
      onStash: setKeptHere,
      isComposing: () => editor.view.composing,
    });
    queue.current = mine;
    const left = stash.read();
    const known = left && Content.safeParse(left.content);
    if (left && known?.success && JSON.stringify(known.data) !== JSON.stringify(draft.content)) {
      // The queue sends it on the version it was typed on: if somebody saved since, both texts come up for a choice.
      mine.rebase(left.version);
      editor.commands.setContent(toEditor(known.data));
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
  }, [editor, section.id, draft]);

  /** Keeps the one that was not chosen as a revision, then goes on with the chosen one: neither text is lost. */
  async function resolve(choice: "mine" | "theirs", theirs: TheirText): Promise<void> {
    const mine = queue.current;
    if (!mine || !editor) return;
    const own = contentOf(editor);
    const [aside, chosen] = choice === "mine" ? [theirs.content, own] : [own, theirs.content];
    const kept = await sendDraft(section.id, { version: theirs.version, content: aside, keep: true });
    if (kept.status === "saved") {
      mine.rebase(kept.version);
      editor.commands.setContent(toEditor(chosen), { emitUpdate: false });
      await mine.flush(true);
    } else if (kept.status === "conflict") setState({ kind: "conflict", current: kept.current });
    else setState(kept.status === "broken" ? { kind: "broken", reference: kept.reference } : { kind: kept.status });
  }

  return { editor, state, restored, keptHere, length, queue, resolve };
}

/** Characters as an office counts them: without the paragraph's end, with punctuation. */
function lengthOf(content: Content): number {
  return [...content.content.map(blockText).join("").replace(/\s/g, "")].length;
}

const firstLine = (): Content => ({ type: "doc", content: [{ type: "paragraph", attrs: { id: newBlockId() } }] });
