"use client";

import { useEditorState } from "@tiptap/react";
import { useEffect, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Button } from "../../../../../../../../ui/button";
import { Floating } from "../floating";
import { RemarkList } from "../../remarks/remark-list";
import type { Picked, TextSide } from "../../remarks/text-side";
import type { Ending } from "../../remarks/thread-card";
import type { Place, RemarkProps, RemarkWords, Thread } from "../../remarks/threads";
import {
  chosenIn,
  fits,
  fitting,
  giveThreads,
  goToRemark,
  heldIn,
  holdWords,
  pointAway,
  pointedIn,
  putProposals,
  rangeOf,
  remarksPlugin,
  together,
  type Held,
} from "./live-remarks";
import type { RemarksHost } from "./remarks-context";

/** The remarks beside the text that is being written. */
export default function InEditor({ host, ...props }: RemarkProps & { host: RemarksHost }) {
  const side = useEditorSide(host, props);
  return (
    <RemarkList
      {...props}
      side={side}
      card={(settleOne, isSettling) => (
        <ProposalCard {...host} words={props.words} isSettling={isSettling} onSettle={settleOne} />
      )}
    />
  );
}

function useEditorSide({ editor, save, settled }: RemarksHost, { threads, ...props }: RemarkProps): TextSide {
  // An answer of the server brings the same words as another object: no reason to draw everything anew.
  const [words] = useState(props.words);
  const begin = useRef<((picked: Picked, kind: "comment" | "suggestion") => void) | null>(null);
  const open = useMemo(() => threads.filter((thread) => thread.ended === null), [threads]);
  const [isThere, setIsThere] = useState(false);

  useEffect(() => {
    if (editor.isDestroyed) return;
    const plugin = remarksPlugin(words, (view) => {
      const picked = pickedIn(view, true);
      if (picked) begin.current?.(picked, "comment");
      return picked !== null;
    });
    editor.registerPlugin(plugin);
    setIsThere(true);
    return () => {
      if (!editor.isDestroyed) editor.unregisterPlugin(plugin.spec.key ?? "");
    };
  }, [editor, words]);

  useEffect(() => {
    if (isThere && !editor.isDestroyed) giveThreads(editor.view, open);
  }, [editor, open, isThere]);

  const now = useEditorState({
    editor,
    selector: ({ editor: { state, view } }) => ({
      held: heldIn(state),
      pointed: pointedIn(state),
      picked: state.selection.empty || view.composing || !view.hasFocus() ? null : chosenKey(state.selection),
    }),
    equalityFn: (one, other) =>
      other !== null &&
      one.pointed === other.pointed &&
      one.picked === other.picked &&
      one.held.length === other.held.length &&
      one.held.every(({ place }, index) => place === other.held[index]?.place),
  });
  const live = useMemo(() => placesOf(now.held), [now.held]);
  const pointed = useMemo(() => (now.pointed?.bySign ? { id: now.pointed.id } : null), [now.pointed]);

  return {
    picked: now.picked ? pickedIn(editor.view, false) : null,
    live: live.size > 0 ? live : null,
    pointed,
    show: (thread) => goToRemark(editor.view, thread.id),
    onBegin: (next) => {
      begin.current = next;
    },
    hold: (picked) => {
      if (editor.isDestroyed) return;
      const range = picked && rangeOf(editor.state.doc, picked.blockId, picked.from, picked.to);
      holdWords(editor.view, range);
      if (!picked) editor.view.focus();
    },
    save,
    fits: (ids) => idsOf(fitting(editor.state, ids)),
    together: (ids) => idsOf(together(fitting(editor.state, ids))),
    put: async (proposals) => {
      await settled();
      // The part may have been handed in meanwhile.
      return editor.isDestroyed || !editor.view.editable ? [...proposals] : putProposals(editor.view, proposals);
    },
  };
}

const idsOf = (held: readonly Held[]): string[] => held.map(({ thread }) => thread.id);

const placesOf = (held: readonly Held[]): ReadonlyMap<string, Place> =>
  new Map(held.map(({ thread, place }) => [thread.id, place]));

type View = RemarksHost["editor"]["view"];

/** Changes when the choice does: what is compared after every keystroke is small. */
const chosenKey = ({ from, to }: View["state"]["selection"]): string => `${from}-${to}`;

function pickedIn(view: View, orBlock: boolean): Picked | null {
  const { state } = view;
  if (state.selection.empty && !orBlock) return null;
  const chosen = chosenIn(state);
  if (!chosen) return null;
  const { line, from, to, isTable } = chosen;
  const end = view.coordsAtPos(state.selection.to, -1);
  const at = { top: end.bottom + window.scrollY, left: end.left + window.scrollX };
  return { blockId: line.id, blockText: line.text, from, to, at: orBlock ? null : at, isTable };
}

type CardProps = RemarksHost & {
  words: RemarkWords;
  isSettling: boolean;
  onSettle: (thread: Thread, how: Ending) => void;
};

/** Under a proposal that was clicked: take it or leave it, without going to the rail. */
function ProposalCard({ editor, words, isSettling, onSettle }: CardProps) {
  const open = useEditorState({
    editor,
    selector: ({ editor: { state } }) => {
      const pointed = pointedIn(state);
      const held =
        pointed && !pointed.bySign ? heldIn(state).find(({ thread }) => thread.id === pointed.id) : undefined;
      return held?.at && held.thread.kind === "suggestion" ? { held, at: held.at, doc: state.doc } : null;
    },
    equalityFn: (one, other) => one === other || (one?.held === other?.held && one?.doc === other?.doc),
  });
  const frame = editor.isDestroyed ? null : editor.view.dom.closest(".relative");
  if (!open || !frame) return null;
  const { thread } = open.held;
  const canTake = fits(open.doc, open.held);
  const settle = (how: Ending) => {
    pointAway(editor.view);
    editor.view.focus();
    onSettle(thread, how);
  };
  return createPortal(
    <Floating
      editor={editor}
      at={open.at.to}
      role="dialog"
      aria-label={words.card}
      className="flex w-72 flex-col gap-1 p-3"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
        pointAway(editor.view);
        editor.view.focus();
      }}
    >
      <p className="text-sm text-ink-faint">
        {thread.by} · {thread.at}
      </p>
      {thread.text && <p className="break-words">{thread.text}</p>}
      {!canTake && (
        <p className="text-sm text-status-returned">
          {open.held.place.standing === "stands" ? words.staleFigure : words.stale}
        </p>
      )}
      <div className="-mx-2 -mb-1 flex flex-wrap">
        <Button type="button" kind="quiet" pending={isSettling} onClick={() => settle(canTake ? "accept" : "byHand")}>
          {canTake ? words.accept : words.byHand}
        </Button>
        <Button type="button" kind="quiet" pending={isSettling} onClick={() => settle("reject")}>
          {words.reject}
        </Button>
      </div>
    </Floating>,
    frame,
  );
}
