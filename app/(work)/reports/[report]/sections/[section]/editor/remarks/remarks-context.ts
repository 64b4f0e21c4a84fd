"use client";

import type { Editor } from "@tiptap/react";
import { createContext } from "react";

/** The text that is being written, for the remarks beside it. `save` brings it to the server: true when it is there. */
export type RemarksHost = { editor: Editor; save: () => Promise<boolean> };

export const RemarksContext = createContext<RemarksHost | null>(null);
