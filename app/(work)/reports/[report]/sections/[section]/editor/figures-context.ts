"use client";

import type { Editor } from "@tiptap/react";
import { createContext, useContext } from "react";
import type { FigureGuide } from "../../../../../figure-guide";
import type { FindingLine } from "../../../../../finding-line";
import type { Lexicon } from "./lexicon";

export type EditorFigures = { editor: Editor; lexicon: Lexicon; guide: FigureGuide };

/** What the rail needs of the editor: it stands beside it, not inside it. */
export const FiguresContext = createContext<(EditorFigures & { findings: FindingLine[] }) | null>(null);

export const useEditorFigures = () => useContext(FiguresContext);
