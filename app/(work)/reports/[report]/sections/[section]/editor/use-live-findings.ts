"use client";

import type { Editor } from "@tiptap/react";
import { useEffect, useMemo, useState } from "react";
import { findingLines, type FindingLine } from "../../../../../finding-line";
import { contentOf } from "./schema";
import type { EditorFigureData } from "./use-section-editor";

/** Checks wait until the hand rests; they look at the whole text. */
const REST = 500;

/** What the checks find in the text as it stands; explanations that were given come from the server. */
export function useLiveFindings(editor: Editor | null, figures: EditorFigureData): FindingLine[] {
  const { table, findings, check } = figures;
  const [found, setFound] = useState<FindingLine[] | null>(null);
  useEffect(() => {
    if (!editor) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(), REST);
    };
    const look = async () => {
      const rules = await loadRules();
      if (!rules || left || editor.isDestroyed) return;
      if (editor.view.composing) return later();
      const content = contentOf(editor);
      const now = findingLines(rules.checkSection(content, table.rows, table), content, check);
      setFound((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now));
    };
    editor.on("update", later);
    void loadRules();
    return () => {
      left = true;
      clearTimeout(timer);
      editor.off("update", later);
    };
  }, [editor, table, check]);
  return useMemo(() => {
    const explained = new Map(findings.map(({ key, waivedBy }) => [key, waivedBy]));
    return (found ?? findings).map((one) => ({ ...one, waivedBy: one.waivedBy ?? explained.get(one.key) ?? null }));
  }, [found, findings]);
}

/** Comes after the text and is there when the network is not; without it the next change asks again. */
const loadRules = () => import("../../../../../../../domain/section/check-section").catch(() => null);
