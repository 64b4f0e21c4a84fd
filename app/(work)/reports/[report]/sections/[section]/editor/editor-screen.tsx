"use client";

import { EditorContent } from "@tiptap/react";
import { startTransition, useActionState, useMemo, useState, type ReactNode } from "react";
import type { Content } from "../../../../../../../domain/section/content";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import { Button } from "../../../../../../../ui/button";
import { Notice } from "../../../../../../../ui/notice";
import { ActionBar, Workbench } from "../../../../../../../ui/page";
import { IDLE } from "../../../../../../form-state";
import { Outcome } from "../../../../../../outcome";
import { submit } from "../actions";
import { ConflictChoice } from "./conflict-choice";
import { documentLength } from "./document-length";
import { FigureCard } from "./figure-card";
import { FigureMenuList } from "./figure-menu-list";
import { FiguresContext } from "./figures-context";
import { OverLimit } from "./length-note";
import { isOpenAt } from "./live-words";
import { MovedNotice } from "./moved-notice";
import { Neighbours } from "./neighbours";
import { NoteField } from "./note-field";
import { useImport } from "./import/use-import";
import { PasteNotice } from "./paste/paste-notice";
import { ProposalCard } from "./proposal-card";
import { RemarksContext } from "./remarks/remarks-context";
import { SaveNotice, savedNote } from "./save-notice";
import { Toolbar } from "./toolbar";
import type { SaveQueue } from "./save-queue";
import { useLiveFindings } from "./use-live-findings";
import { useLiveSection } from "./use-live-section";
import { useSectionEditor, type EditorFigureData } from "./use-section-editor";
import type { EditorWords } from "./words";

type Props = {
  section: {
    id: string;
    kind: SectionKind;
    version: number;
    title: string;
    returned: boolean;
    /** It is approved and worked on again: what goes up takes the approval's place. */
    revised?: boolean;
    /** The most characters that the lead bureau asks for, as Word counts them without blanks. */
    lengthLimit?: number | null;
  };
  draft: { content: Content; version: number };
  figures: EditorFigureData;
  back: { href: string; label: string };
  status: ReactNode;
  rail: ReactNode;
  /** The text without script, until the editor is there. */
  reader: ReactNode;
  /** What stands over the text from the start. */
  notice?: ReactNode;
  words: EditorWords;
};

/** The drafter's screen: bar, paper, rail. Saving goes on by itself; submitting saves first, then submits that text. */
export function EditorScreen({ section, draft, figures, back, status, rail, reader, notice, words }: Props) {
  const { editor, state, restored, joined, tellJoined, collisions, keptHere, queue, decide, note, keep } =
    useSectionEditor(section, draft, figures, words);
  const [outcome, send, sending] = useActionState(submit, IDLE);
  const [preparing, setPreparing] = useState(false);
  const limit = section.lengthLimit ?? null;
  const [asksLength, setAsksLength] = useState(false);

  async function submitNow(anyLength = false) {
    const tooLong = limit !== null && editor !== null && documentLength(editor.state.doc).characters > limit;
    setAsksLength(tooLong && !anyLength);
    if (tooLong && !anyLength) return;
    setPreparing(true);
    const saved = await queue.current?.flush();
    setPreparing(false);
    if (!saved || (saved.kind !== "saved" && saved.kind !== "clean")) return;
    // Nobody submits words that came in this moment, unread.
    if (saved.kind === "saved" && saved.joined) return tellJoined(saved.joined);
    if (queue.current?.collisions.length) return;
    const form = new FormData();
    form.set("sectionId", section.id);
    form.set("version", String(section.version));
    form.set("draftVersion", String(queue.current?.currentVersion ?? draft.version));
    form.set("note", note.current?.value ?? "");
    startTransition(() => send(form));
  }

  const busy = preparing || sending;
  const live = useLiveSection(editor, section, queue, words.live);
  // One's own step is no news, while the page of what follows is on its way.
  const moved = busy ? null : live.moved;
  const isClosed = moved !== null && !isOpenAt(moved);
  const importing = useImport(editor, section, words.importing, isClosed);
  const isUnsaved = state.kind !== "saved" && state.kind !== "clean";
  const findings = useLiveFindings(editor, figures);
  const bound = useMemo(
    () => (editor && section.kind !== "annex" ? { editor, ...figures, findings } : null),
    [editor, section.kind, figures, findings],
  );
  const remarksHost = useMemo(
    () => editor && { editor, save: () => isSaved(queue.current), settled: async () => await queue.current?.settled() },
    [editor, queue],
  );
  return (
    <FiguresContext value={bound}>
      <RemarksContext value={remarksHost}>
        <ActionBar
          back={back}
          title={section.title}
          status={status}
          note={<span role="status">{savedNote(state, words)}</span>}
          actions={
            isClosed ? null : (
              <>
                <NoteField ref={note} words={words.note} />
                <Button type="button" onClick={() => void keep()}>
                  {words.keep}
                </Button>
                <Button
                  type="button"
                  kind="primary"
                  pending={busy}
                  blocked={collisions.length > 0 ? words.decideFirst : undefined}
                  beside
                  onClick={() => void submitNow()}
                >
                  {busy
                    ? words.submitting
                    : section.revised
                      ? words.again
                      : section.returned
                        ? words.resubmit
                        : words.submit}
                </Button>
              </>
            )
          }
        />
        <Workbench rail={rail} railLabel={words.railLabel}>
          <div className={`mx-auto flex flex-col gap-3 ${section.kind === "annex" ? "" : "max-w-200"}`}>
            {editor && <Neighbours others={live.others} editor={editor} words={words.live} />}
            {notice}
            <Outcome state={outcome} />
            {asksLength && editor && limit !== null && (
              <OverLimit editor={editor} limit={limit} words={words} onSubmit={() => void submitNow(true)} />
            )}
            {moved ? (
              <MovedNotice moved={moved} isUnsaved={isUnsaved && keptHere} words={words.live} />
            ) : (
              <SaveNotice state={state} restored={restored} joined={joined} words={words} />
            )}
            {!keptHere && (collisions.length > 0 || isUnsaved) && <Notice tone="error">{words.onlyHere}</Notice>}
            {collisions.length > 0 && (
              <ConflictChoice
                collisions={collisions}
                kind={section.kind}
                guide={figures.guide}
                words={words}
                onChoose={decide}
              />
            )}
            {editor && !isClosed && (
              <Toolbar editor={editor} kind={section.kind} limit={limit} words={words} onImport={importing.start} />
            )}
            {importing.note}
            {importing.dialog}
            <div className={section.kind === "annex" ? "sheet sheet-wide" : "sheet"}>
              {editor ? (
                <div className="relative">
                  <EditorContent editor={editor} />
                  {bound && (
                    <>
                      <FigureMenuList {...bound} />
                      <FigureCard {...bound} />
                      <ProposalCard {...bound} />
                    </>
                  )}
                </div>
              ) : (
                reader
              )}
            </div>
            {editor && <PasteNotice editor={editor} words={words.paste} />}
          </div>
        </Workbench>
      </RemarksContext>
    </FiguresContext>
  );
}

/** Whether the server has the text as it stands on the screen. */
async function isSaved(queue: SaveQueue | null): Promise<boolean> {
  const state = await queue?.flush();
  return state?.kind === "saved" || state?.kind === "clean";
}
