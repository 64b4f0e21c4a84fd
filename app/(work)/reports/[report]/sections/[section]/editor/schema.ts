import { mergeAttributes, type JSONContent } from "@tiptap/core";
import Bold from "@tiptap/extension-bold";
import Document from "@tiptap/extension-document";
import Paragraph from "@tiptap/extension-paragraph";
import Text from "@tiptap/extension-text";
import { Gapcursor, Placeholder, UndoRedo } from "@tiptap/extensions";
import type { Content } from "../../../../../../../domain/section/content";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import { aboutFigure, missingFigure, type FigureGuide } from "../../../../../figure-guide";
import { blockIds } from "./block-ids";
import { Caret } from "./caret";
import { figureMenu } from "./figure-menu";
import { figureNodes } from "./figure-nodes";
import { figurePopover } from "./figure-popover";
import { wordsIn, type Lexicon } from "./lexicon";
import { Bullet, Numbered, PointNumbers } from "./points";
import { recognition } from "./recognition";
import { pasting } from "./paste/pasting";
import { fromCellTexts, tableNodes, toCellTexts } from "./tables";

/** The editor's side of domain/section/content.ts: the same nodes and no other, so that nothing else can be pasted in. */
export function editorExtensions(kind: SectionKind, placeholder: string, figures: FigureSource) {
  const holds = DOCUMENT_OF[kind] ?? "prose";
  return [
    Document.extend({ content: holds === "prose" ? "(paragraph | bullet | numbered | table)+" : holds }),
    Text,
    Paragraph,
    Caret,
    Lead,
    ...(holds === "prose" ? [Bullet, Numbered, PointNumbers, Gapcursor] : []),
    ...(holds === "paragraph" ? [] : tableNodes()),
    ...(holds === "table" ? [] : figureExtensions(figures)),
    pasting(newBlockId),
    UndoRedo,
    Placeholder.configure({ placeholder, showOnlyCurrent: false }),
    blockIds(holds === "prose" ? ["paragraph", "bullet", "numbered", "table"] : [holds], newBlockId),
  ];
}

type Known = { lexicon: Lexicon; guide: FigureGuide };

/** What the page knows of the indicators now: what `#` finds and what is said of it. A later answer brings newer figures. */
export class FigureSource {
  constructor(private known: Known) {}
  get current(): Known {
    return this.known;
  }
  take(known: Known): void {
    this.known = known;
  }
}

function figureExtensions(source: FigureSource) {
  return [
    ...figureNodes({
      describe: (binding) => aboutFigure(source.current.guide, binding),
      placeholder: (binding) => missingFigure(source.current.guide, binding),
      accept: (binding) => wordsIn(source.current.lexicon, binding),
      newId: newBlockId,
    }),
    figureMenu(() => source.current.lexicon, newBlockId),
    figurePopover,
    recognition(() => source.current.lexicon, newBlockId),
  ];
}

const DOCUMENT_OF: Partial<Record<SectionKind, "paragraph" | "table">> = {
  title: "paragraph",
  delivery: "paragraph",
  speaker: "paragraph",
  salutation: "paragraph",
  annex: "table",
};

/** The run-in lead of a paragraph; Ctrl+B, because that is what it looks like. */
const Lead = Bold.extend({
  name: "lead",
  renderHTML: ({ HTMLAttributes }) => ["b", mergeAttributes(HTMLAttributes, { class: "lead" }), 0],
});

/** The editor's JSON is our Content by construction of the schema; the server checks it all the same. */
export const contentOf = (editor: { getJSON: () => unknown }): Content =>
  fromCellTexts(editor.getJSON() as JSONContent) as unknown as Content;
export const toEditor = (content: Content): JSONContent => toCellTexts(content as unknown as JSONContent);

/** crypto.randomUUID is missing on plain http, where an intranet often is; random values are not. */
export function newBlockId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36).padStart(2, "0")).join("");
}
