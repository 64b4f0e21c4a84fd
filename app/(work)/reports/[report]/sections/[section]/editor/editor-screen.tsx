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
import { FigureCard } from "./figure-card";
import { FigureMenuList } from "./figure-menu-list";
import { FiguresContext } from "./figures-context";
import { ProposalCard } from "./proposal-card";
import { SaveNotice, savedNote } from "./save-notice";
import { Toolbar } from "./toolbar";
import { useLiveFindings } from "./use-live-findings";
import { useSectionEditor, type EditorFigureData } from "./use-section-editor";
import type { EditorWords } from "./words";

type Props = {
  section: { id: string; kind: SectionKind; version: number; title: string; returned: boolean };
  draft: { content: Content; version: number };
  figures: EditorFigureData;
  back: { href: string; label: string };
  status: ReactNode;
  rail: ReactNode;
  /** The text without script, until the editor is there. */
  reader: ReactNode;
  words: EditorWords;
};

/** The drafter's screen: bar, paper, rail. Saving goes on by itself; submitting saves first, then submits that text. */
export function EditorScreen({ section, draft, figures, back, status, rail, reader, words }: Props) {
  const editing = useSectionEditor(section, draft, figures, words);
  const { editor, state, collisions, keptHere, length, queue, decide } = editing;
  const [outcome, send, sending] = useActionState(submit, IDLE);
  const [preparing, setPreparing] = useState(false);

  async function submitNow() {
    setPreparing(true);
    const saved = await queue.current?.flush();
    setPreparing(false);
    if (!saved || (saved.kind !== "saved" && saved.kind !== "clean")) return;
    // Nobody submits words that came in this moment, unread.
    if ((saved.kind === "saved" && saved.joined) || queue.current?.collisions.length) return;
    const form = new FormData();
    form.set("sectionId", section.id);
    form.set("version", String(section.version));
    form.set("draftVersion", String(queue.current?.currentVersion ?? draft.version));
    startTransition(() => send(form));
  }

  const busy = preparing || sending;
  const findings = useLiveFindings(editor, figures);
  const bound = useMemo(
    () => (editor && section.kind !== "annex" ? { editor, ...figures, findings } : null),
    [editor, section.kind, figures, findings],
  );
  return (
    <FiguresContext value={bound}>
      <ActionBar
        back={back}
        title={section.title}
        status={status}
        note={<span role="status">{savedNote(state, words)}</span>}
        actions={
          <>
            <Button type="button" onClick={() => void queue.current?.flush(true)}>
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
              {busy ? words.submitting : section.returned ? words.resubmit : words.submit}
            </Button>
          </>
        }
      />
      <Workbench rail={rail} railLabel={words.railLabel}>
        <div className={`mx-auto flex flex-col gap-3 ${section.kind === "annex" ? "" : "max-w-200"}`}>
          <Outcome state={outcome} />
          <SaveNotice state={state} restored={editing.restored} joined={editing.joined} words={words} />
          {!keptHere && (collisions.length > 0 || (state.kind !== "saved" && state.kind !== "clean")) && (
            <Notice tone="error">{words.onlyHere}</Notice>
          )}
          {collisions.length > 0 && (
            <ConflictChoice
              collisions={collisions}
              kind={section.kind}
              guide={figures.guide}
              words={words}
              onChoose={decide}
            />
          )}
          {editor && <Toolbar editor={editor} kind={section.kind} length={length} words={words} />}
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
        </div>
      </Workbench>
    </FiguresContext>
  );
}
