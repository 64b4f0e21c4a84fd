"use client";

import type { Editor } from "@tiptap/react";
import { createContext } from "react";

/**
 * The text that is being written, for the remarks beside it. `save` brings it to the server: true when it is there;
 * `settled` waits for the end of a composition.
 */
export type RemarksHost = { editor: Editor; save: () => Promise<boolean>; settled: () => Promise<void> };

export const RemarksContext = createContext<RemarksHost | null>(null);
