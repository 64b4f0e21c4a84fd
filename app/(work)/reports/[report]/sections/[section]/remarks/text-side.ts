import type { Thread, Place } from "./threads";

/** Words of one paragraph that somebody has chosen, and where on the page they end. */
export type Picked = {
  blockId: string;
  blockText: string;
  from: number;
  to: number;
  /** Of the last line of the choice, in the page; null when it was made by a button. */
  at: { top: number; left: number } | null;
  isTable: boolean;
};

/** The text that the remarks stand beside, read or written. */
export type TextSide = {
  /** What is selected now. */
  picked: Picked | null;
  /** Where remarks are by now; null: where the server says. */
  live: ReadonlyMap<string, Place> | null;
  /** The remark that was pointed at in the text. */
  pointed: { id: string } | null;
  /** Brings the words of a remark into sight. */
  show: (thread: Thread) => void;
  /** Called when somebody begins a remark on words. */
  onBegin: (begin: ((picked: Picked, kind: "comment" | "suggestion") => void) | null) => void;
  /** The words that a remark is being written on; null when it is done. */
  hold: (picked: Picked | null) => void;
  /** Before a remark goes to the server, the text must be there. False: it is not. */
  save: () => Promise<boolean>;
  /** Which of these proposals can be put into the text as it is; null where nobody writes. */
  fits: ((ids: readonly string[]) => string[]) | null;
  /** Which of them can go in at once: of two on the same words only the first. */
  together: (ids: readonly string[]) => string[];
  /** Puts proposals in place of their words, in one step for the undo. Returns those that no longer fit. */
  put: (threads: readonly Thread[]) => Promise<Thread[]>;
};
