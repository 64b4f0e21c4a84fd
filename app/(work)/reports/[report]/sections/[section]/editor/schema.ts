import { mergeAttributes, Node, type JSONContent } from "@tiptap/core";
import Bold from "@tiptap/extension-bold";
import Document from "@tiptap/extension-document";
import Paragraph from "@tiptap/extension-paragraph";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import Text from "@tiptap/extension-text";
import UniqueID from "@tiptap/extension-unique-id";
import { Placeholder, UndoRedo } from "@tiptap/extensions";
import type { Content } from "../../../../../../../domain/section/content";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import { aboutFigure, missingFigure, type FigureGuide } from "../../../../../figure-guide";
import { figureMenu } from "./figure-menu";
import { figureNodes } from "./figure-nodes";
import { figurePopover } from "./figure-popover";
import { wordsIn, type Lexicon } from "./lexicon";
import { recognition } from "./recognition";

/** The editor's side of domain/section/content.ts: the same nodes and no other, so that nothing else can be pasted in. */
export function editorExtensions(kind: SectionKind, placeholder: string, figures: FigureSource) {
  return [
    Document.extend({ content: DOCUMENT_OF[kind] ?? "(paragraph | bullet)+" }),
    Text,
    Paragraph,
    Lead,
    ...(kind === "annex"
      ? [Table.configure({ resizable: false, renderWrapper: true }), TableRow, TableCell, TableHeader]
      : [Bullet, ...figureExtensions(figures)]),
    UndoRedo,
    Placeholder.configure({ placeholder, showOnlyCurrent: false }),
    // A cell's paragraph is no block of its own: reasons point at the table.
    UniqueID.configure({ types: kind === "annex" ? ["table"] : ["paragraph", "bullet"], generateID: newBlockId }),
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

const DOCUMENT_OF: Partial<Record<SectionKind, string>> = {
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

/** A point printed with a leading “——”. The dashes are not text: typed at a paragraph's start they make the point. */
const Bullet = Node.create({
  name: "bullet",
  group: "block",
  content: "inline*",
  parseHTML: () => [{ tag: "p[data-kind=bullet]", priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ["p", mergeAttributes(HTMLAttributes, { "data-kind": "bullet" }), 0],
  addKeyboardShortcuts() {
    return {
      "Mod-Shift-8": () => toggleBullet(this.editor),
      Backspace: () => {
        const { empty, $from } = this.editor.state.selection;
        const atStart = empty && $from.parentOffset === 0 && $from.parent.type.name === this.name;
        return atStart && this.editor.commands.setNode("paragraph");
      },
    };
  },
  addInputRules() {
    return [
      {
        find: /^——$/,
        handler: ({ range, chain }) => void chain().deleteRange(range).setNode(this.name).run(),
        undoable: true,
      },
    ];
  },
});

type Commands = { isActive: (name: string) => boolean; commands: { setNode: (name: string) => boolean } };

export function toggleBullet(editor: Commands): boolean {
  return editor.commands.setNode(editor.isActive("bullet") ? "paragraph" : "bullet");
}

/** The editor's JSON is our Content by construction of the schema; the server checks it all the same. */
export const contentOf = (editor: { getJSON: () => unknown }): Content => editor.getJSON() as Content;
export const toEditor = (content: Content): JSONContent => content as unknown as JSONContent;

/** crypto.randomUUID is missing on plain http, where an intranet often is; random values are not. */
export function newBlockId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36).padStart(2, "0")).join("");
}
