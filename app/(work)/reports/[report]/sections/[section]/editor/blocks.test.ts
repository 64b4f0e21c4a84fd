import { getSchema, type AnyExtension, type Extensions } from "@tiptap/core";
import { joinBackward, splitBlock } from "@tiptap/pm/commands";
import { history, redo, undo } from "@tiptap/pm/history";
import { Fragment, Slice } from "@tiptap/pm/model";
import { EditorState, TextSelection, type Command } from "@tiptap/pm/state";
import { deleteRow, tableEditing, TableMap } from "@tiptap/pm/tables";
import { describe, expect, it } from "vitest";
import { blockText, type ContentBlock } from "../../../../../../../domain/section/content";
import { Content } from "../../../../../../../domain/section/content-schema";
import { blockIdsPlugin } from "./block-ids";
import type { Lexicon } from "./lexicon";
import { toggleLines } from "./points";
import { contentOf, editorExtensions, FigureSource, toEditor } from "./schema";
import { insertTable, sizeOf, tableAt } from "./tables";

describe("a block's id", () => {
  it("stays with the words before the caret when a block is split, and undone with it", () => {
    const page = new Page("a:甲乙", "b:丙");
    page.caret(0, 1).does(splitBlock);
    expect(page.blocks()).toEqual(["a:甲", "new1:乙", "b:丙"]);
    page.does(undo);
    expect(page.blocks()).toEqual(["a:甲乙", "b:丙"]);
    page.does(redo);
    expect(page.blocks()).toEqual(["a:甲", "new1:乙", "b:丙"]);
  });

  it("goes on with the words when a line is put in before them", () => {
    const page = new Page("a:甲乙", "b:丙");
    page.caret(0, 0).does(splitBlock);
    expect(page.blocks()).toEqual(["new1:", "a:甲乙", "b:丙"]);
  });

  it("is the first one's when two are joined, and both come back with undo", () => {
    const page = new Page("a:甲", "b:乙");
    page.caret(1, 0).does(joinBackward);
    expect(page.blocks()).toEqual(["a:甲乙"]);
    page.does(undo);
    expect(page.blocks()).toEqual(["a:甲", "b:乙"]);
  });

  it("comes along when a block is cut and put in elsewhere, also when the cut is undone afterwards", () => {
    const page = new Page("a:甲", "b:乙", "c:丙");
    const cut = page.cut(0);
    expect(page.blocks()).toEqual(["b:乙", "c:丙"]);
    page.paste(cut, 2);
    expect(page.blocks()).toEqual(["b:乙", "c:丙", "a:甲"]);
    page.paste(cut, 0);
    expect(page.blocks()).toEqual(["new1:甲", "b:乙", "c:丙", "a:甲"]);
    page.does(undo).does(undo).does(undo);
    expect(page.blocks()).toEqual(["a:甲", "b:乙", "c:丙"]);
  });

  it.each([
    ["before", 0],
    ["behind", 1],
  ])("stays where it was when a copy is put in %s it", (_, index) => {
    const page = new Page("a:甲");
    page.paste(page.copy(0), index);
    expect(page.blocks()).toEqual(index === 0 ? ["new1:甲", "a:甲"] : ["a:甲", "new1:甲"]);
  });

  it("stays with the words that are left when a deletion reaches from one block into another", () => {
    const page = new Page("a:甲", "b:乙", "c:丙丁");
    page.choose([0, 0], [2, 1]).types("新");
    expect(page.blocks()).toEqual(["c:新丁"]);
    page.does(undo);
    page.choose([0, 1], [2, 1]).types("新");
    expect(page.blocks()).toEqual(["a:甲新丁"]);
    page.does(undo);
    expect(page.blocks()).toEqual(["a:甲", "b:乙", "c:丙丁"]);
  });

  it("is not taken from another text", () => {
    const page = new Page("a:甲");
    page.paste(new Page("x:外").copy(0), 1);
    expect(page.blocks()).toEqual(["a:甲", "new1:外"]);
  });

  it("is there when everything was deleted", () => {
    const page = new Page("a:甲", "b:乙");
    page.does((state, dispatch) => {
      dispatch?.(state.tr.delete(0, state.doc.content.size));
      return true;
    });
    expect(page.blocks()).toEqual(["new1:"]);
  });

  it("stays when a paragraph becomes a point, several at once too", () => {
    const page = new Page("a:甲", "b:乙");
    page.selectAll().with((editor) => toggleLines(editor, "numbered"));
    expect(page.content().map(({ type, attrs }) => `${attrs.id} ${type}`)).toEqual(["a numbered", "b numbered"]);
    page.with((editor) => toggleLines(editor, "numbered"));
    expect(page.content().map(({ type, attrs }) => `${attrs.id} ${type}`)).toEqual(["a paragraph", "b paragraph"]);
  });
});

describe("a table in prose", () => {
  it("comes in behind the caret's paragraph, with the caret in its first cell", () => {
    const page = new Page("a:甲", "b:乙");
    page.caret(0, 1).with((editor) => insertTable(editor));
    expect(page.content().map(({ type }) => type)).toEqual(["paragraph", "table", "paragraph"]);
    const here = tableAt(page.state);
    expect(here && sizeOf(here.node)).toEqual({ columns: 3, rows: 3 });
    page.types("项目");
    expect(page.blocks()).toEqual(["a:甲", "new1:项目\t\t\n\t\t\n\t\t", "b:乙"]);
    const kept = page.content().map((block, index) => ({ ...block, attrs: { id: `block-${index}` } }));
    expect(Content.safeParse({ type: "doc", content: kept }).error).toBeUndefined();
    page.with((editor) => expect(insertTable(editor)).toBe(false));
  });

  it("takes the place of an empty paragraph, and leaves room to write on at the end", () => {
    const page = new Page("a:甲", "b:");
    page.caret(1, 0).with((editor) => insertTable(editor));
    expect(page.content().map(({ type }) => type)).toEqual(["paragraph", "table", "paragraph"]);
  });

  it.each([1, 2])("keeps merged cells inside when row %i that they reach into is deleted", (index) => {
    const cell = (text: string, rowspan = 1) => ({
      type: "tableCell" as const,
      attrs: { colspan: 1, rowspan, colwidth: null },
      content: [{ type: "paragraph" as const, content: [{ type: "text" as const, text }] }],
    });
    const row = (...content: ReturnType<typeof cell>[]) => ({ type: "tableRow" as const, content });
    const table: ContentBlock = {
      type: "table",
      attrs: { id: "table-1" },
      content: [row(cell("甲"), cell("乙")), row(cell("丙", 2), cell("丁")), row(cell("戊"))],
    };
    const doc = SCHEMA.nodeFromJSON(toEditor({ type: "doc", content: [table] }));
    let state = EditorState.create({ doc, plugins: [tableEditing()] });
    const at = TableMap.get(doc.firstChild ?? doc).map[index * 2 + 1] ?? 0;
    state = state.apply(state.tr.setSelection(TextSelection.create(doc, at + 3)));
    expect(deleteRow(state, (change) => (state = state.apply(change)))).toBe(true);
    const kept = contentOf({ getJSON: () => state.doc.toJSON() as unknown });
    expect(kept.content.map(blockText)).toEqual([index === 1 ? "甲\t乙\n丙\t戊" : "甲\t乙\n丙\t丁"]);
    expect(Content.safeParse(kept).error).toBeUndefined();
  });

  it("holds plain words alone, and reads back what was kept", () => {
    const cells = [{ type: "text" as const, text: "甲" }];
    const table: ContentBlock = {
      type: "table",
      attrs: { id: "table-1" },
      content: [
        { type: "tableRow", content: [{ type: "tableCell", content: [{ type: "paragraph", content: cells }] }] },
      ],
    };
    const doc = SCHEMA.nodeFromJSON(toEditor({ type: "doc", content: [table] }));
    doc.check();
    const [read] = contentOf({ getJSON: () => doc.toJSON() as unknown }).content;
    expect(read && blockText(read)).toBe("甲");
    expect(SCHEMA.nodes["cellText"]?.contentMatch.matchType(SCHEMA.nodes["figure"] ?? SCHEMA.topNodeType)).toBeNull();
  });
});

const source = new FigureSource({ lexicon: {} as Lexicon, guide: {} as never });
const SCHEMA = getSchema(editorExtensions("text", "", source) as (Extensions[number] & AnyExtension)[]);

/** An editor without a window: "a:words" is a paragraph of id a. */
class Page {
  state: EditorState;
  private made = 0;
  private readonly ids = blockIdsPlugin(() => `new${(this.made += 1)}`);
  readonly view = { dispatch: (change: EditorState["tr"]) => void (this.state = this.state.apply(change)), focus() {} };

  constructor(...blocks: string[]) {
    const content = blocks.map((block): ContentBlock => {
      const [id = "", words = ""] = block.split(":");
      return { type: "paragraph", attrs: { id }, content: words ? [{ type: "text", text: words }] : [] };
    });
    const doc = SCHEMA.nodeFromJSON(toEditor({ type: "doc", content }));
    this.state = EditorState.create({ doc, plugins: [history({ newGroupDelay: 0 }), this.ids] });
  }

  content(): ContentBlock[] {
    return contentOf({ getJSON: () => this.state.doc.toJSON() as unknown }).content;
  }
  blocks(): string[] {
    return this.content().map((block) => `${block.attrs.id}:${blockText(block)}`);
  }
  caret(index: number, offset: number): this {
    this.view.dispatch(this.state.tr.setSelection(TextSelection.create(this.state.doc, this.at(index) + 1 + offset)));
    return this;
  }
  choose(from: [index: number, offset: number], to: [index: number, offset: number]): this {
    const [start, end] = [from, to].map(([index, offset]) => this.at(index) + 1 + offset);
    this.view.dispatch(this.state.tr.setSelection(TextSelection.create(this.state.doc, start ?? 1, end ?? 1)));
    return this;
  }
  selectAll(): this {
    const { doc, tr } = this.state;
    this.view.dispatch(tr.setSelection(TextSelection.create(doc, 1, doc.content.size - 1)));
    return this;
  }
  types(words: string): void {
    this.view.dispatch(this.state.tr.insertText(words));
  }
  does(command: Command): this {
    if (!command(this.state, this.view.dispatch)) throw new Error("the command does not apply here");
    return this;
  }
  with(work: (editor: Page) => unknown): this {
    work(this);
    return this;
  }
  copy(index: number): Slice {
    return new Slice(Fragment.from(this.state.doc.child(index)), 0, 0);
  }
  cut(index: number): Slice {
    const slice = this.copy(index);
    this.view.dispatch(this.state.tr.delete(this.at(index), this.at(index) + this.state.doc.child(index).nodeSize));
    return slice;
  }
  paste(slice: Slice, index: number): void {
    const taken = this.ids.props.transformPasted?.call(this.ids, slice, this as never, false) ?? slice;
    this.view.dispatch(this.state.tr.replace(this.at(index), this.at(index), taken));
  }
  private at(index: number): number {
    let at = 0;
    for (let before = 0; before < index; before += 1) at += this.state.doc.child(before).nodeSize;
    return at;
  }
}
