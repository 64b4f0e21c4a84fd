"use client";

import { useEditorState, type Editor } from "@tiptap/react";
import { useEffect, useMemo, useState } from "react";
import type { ReasonSide } from "../../../../../../reason-checklist";
import type { ReasonShown, ReasonWords } from "../../../../../../reason-shown";
import { giveReasons, goToReason, heldReasons, reasonsPlugin } from "./reason-marks";

type Props = {
  editor: Editor;
  reasons: readonly ReasonShown[];
  words: ReasonWords;
  onSide: (side: ReasonSide | null) => void;
};

/** Marks the reasons in the text that is being written, and tells the checklist where they stand. Shows nothing itself. */
export function ReasonsInEditor({ editor, reasons, words: latest, onSide }: Props) {
  // An answer of the server brings the same words as another object: no reason to draw everything anew.
  const [words] = useState(latest);
  const [isThere, setIsThere] = useState(false);

  useEffect(() => {
    if (editor.isDestroyed) return;
    const plugin = reasonsPlugin(words);
    editor.registerPlugin(plugin);
    setIsThere(true);
    return () => {
      if (!editor.isDestroyed) editor.unregisterPlugin(plugin.spec.key ?? "");
    };
  }, [editor, words]);

  useEffect(() => {
    if (isThere && !editor.isDestroyed) giveReasons(editor.view, reasons);
  }, [editor, reasons, isThere]);

  const standings = useEditorState({
    editor,
    selector: ({ editor: { state } }) =>
      heldReasons(state).map(({ reason, standing }) => [reason.id, standing] as const),
    equalityFn: (one, other) => JSON.stringify(one) === JSON.stringify(other),
  });
  const side = useMemo((): ReasonSide => {
    const byId = new Map(standings);
    return {
      standingOf: ({ id }) => byId.get(id) ?? null,
      show: ({ id }) => goToReason(editor.view, id),
    };
  }, [editor, standings]);
  useEffect(() => {
    if (isThere) onSide(side);
    return () => onSide(null);
  }, [isThere, side, onSide]);
  return null;
}
