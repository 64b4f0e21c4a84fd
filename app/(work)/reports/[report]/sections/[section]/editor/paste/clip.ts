import { PluginKey } from "@tiptap/pm/state";
import type { RepairKind } from "../../../../../../../../domain/import/normalise";
import { CONTENT_LIMITS } from "../../../../../../../../domain/section/content-limits";

/** What a clipboard holds, as HTML and as plain text; "" where it has none. */
export type Clip = { html: string; plain: string };

/** Twenty pages have about 20,000 characters; Word wraps each in a hundred of its own. */
export const PASTE_LIMITS = { characters: 100_000, html: 4_000_000 } as const;

/** What there is to say after a paste. From the third on it left the text as it was. */
export type PasteReport =
  | { kind: "tidied"; counts: { kind: RepairKind; count: number }[]; images: number }
  | { kind: "pictures" }
  | { kind: "document" }
  | { kind: "file" }
  | { kind: "too-long"; characters: number }
  | { kind: "too-large"; megabytes: number }
  | TooMany
  | { kind: "table-too-large"; rows: number; columns: number }
  | { kind: "not-loaded" };

export type TooMany = { kind: "too-many"; blocks: number; there: number };

/**
 * The one count of a text's blocks for whatever brings some in: `there` stay, `blocks` come. `together` is what there will
 * be, where the first or last goes on in a block that is there.
 */
export function tooMany(there: number, blocks: number, together = there + blocks): TooMany | null {
  return together > CONTENT_LIMITS.blocks ? { kind: "too-many", blocks, there } : null;
}

export type PasteMeta =
  | { type: "report"; report: PasteReport | null }
  | { type: "waits"; id: number; from: number; to: number }
  | { type: "arrived"; id: number };

export const pasteKey = new PluginKey<PasteState>("pasting");

export type PasteState = {
  report: PasteReport | null;
  /** The repairs and all that was written since, so that they can be taken back alone. */
  tidy: Tidy | null;
  /** Pastes that wait for their reader, with the place they go to. */
  waiting: readonly { id: number; from: number; to: number }[];
};
export type Tidy = {
  steps: readonly import("@tiptap/pm/transform").Step[];
  docs: readonly import("@tiptap/pm/model").Node[];
  later: import("@tiptap/pm/transform").Mapping;
};
