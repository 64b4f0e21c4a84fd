import { getSchema } from "@tiptap/core";
import { history, undo } from "@tiptap/pm/history";
import { EditorState, TextSelection, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { describe, expect, it } from "vitest";
import { editorExtensions, FigureSource } from "../schema";
import { choose, findPlugin, findState, replaceAll, replaceOne, searchFor, step } from "./find-plugin";

const source = new FigureSource({ lexicon: {} as never, guide: {} as never });
const schema = getSchema(editorExtensions("text", "", source));

type Piece = string | { lead: string } | { figure: string };

/** The state of an editor and where its transactions go: all that finding needs, without a page. */
class Desk {
  state: EditorState;
  readonly dom = { querySelector: () => null };
  readonly view = this as unknown as EditorView;
  constructor(...blocks: Piece[][]) {
    const doc = schema.nodeFromJSON({
      type: "doc",
      content: blocks.map((pieces, index) => ({
        type: "paragraph",
        attrs: { id: `block-${index}` },
        content: pieces.map(inline),
      })),
    });
    this.state = EditorState.create({ doc, plugins: [history(), findPlugin()] });
  }
  dispatch(transaction: Transaction): void {
    this.state = this.state.apply(transaction);
  }
  search(query: string): this {
    searchFor(this.view, { query, matchWidth: false, matchCase: false });
    return this;
  }
  get said(): string[] {
    return this.state.doc.children.map((block) => block.textBetween(0, block.content.size, "", leafWords));
  }
  /** The words of each match, those in a figure in brackets; the shown one with a star. */
  get found(): string[] {
    const { matches, at } = findState(this.state);
    return matches.map(({ from, to, bound }, index) => {
      const words = this.state.doc.textBetween(from, to, "", leafWords);
      return `${bound ? `[${words}]` : words}${index === at ? "*" : ""}`;
    });
  }
  undo(): void {
    undo(this.state, (back) => this.dispatch(back));
  }
}

const leafWords = (node: { attrs: Record<string, unknown> }) => String(node.attrs["text"]);

function inline(piece: Piece) {
  if (typeof piece === "string") return { type: "text", text: piece };
  if ("lead" in piece) return { type: "text", text: piece.lead, marks: [{ type: "lead" }] };
  return {
    type: "figure",
    attrs: { id: "node-1", indicator: "gdp", field: "actual", form: "unit", text: piece.figure, wording: null },
  };
}

describe("finding in the editor", () => {
  it("reads across a run-in lead and a figure, and says which words only the table can change", () => {
    const desk = new Desk([{ lead: "抓投" }, "资完成", { figure: "481.35亿元" }, "投资"]);
    expect(desk.search("投资").found).toEqual(["投资*", "投资"]);
    expect(desk.search("完成４８１").found).toEqual(["[完成481.35亿元]*"]);
    expect(desk.search("亿元投资").found).toEqual(["[481.35亿元投资]*"]);
    expect(desk.search("35").found).toEqual(["[481.35亿元]*"]);
  });

  it("begins at the caret, goes round at both ends, and chooses what it shows", () => {
    const desk = new Desk(["投资一"], ["投资二"], ["投资三"]);
    desk.dispatch(desk.state.tr.setSelection(TextSelection.create(desk.state.doc, 4)));
    expect(desk.search("投资").found).toEqual(["投资", "投资*", "投资"]);
    choose(desk.view);
    expect([desk.state.selection.from, desk.state.selection.to]).toEqual([6, 8]);
    step(desk.view, 1);
    step(desk.view, 1);
    expect(desk.found).toEqual(["投资*", "投资", "投资"]);
    step(desk.view, -1);
    expect(desk.found).toEqual(["投资", "投资", "投资*"]);
  });

  it("follows what is written meanwhile", () => {
    const desk = new Desk(["投资一"], ["投资二"]).search("投资");
    step(desk.view, 1);
    desk.dispatch(desk.state.tr.insertText("新投资，", 1));
    expect(desk.found).toEqual(["投资", "投资", "投资*"]);
    desk.dispatch(desk.state.tr.delete(10, 11));
    expect(desk.found).toEqual(["投资*", "投资"]);
  });

  it("replaces one and goes on behind the new words, in the type of the old ones", () => {
    const desk = new Desk([{ lead: "投资" }, "与投资"]).search("投资");
    expect(replaceOne(desk.view, "投资额")).toBe(true);
    expect(desk.said).toEqual(["投资额与投资"]);
    expect(desk.state.doc.firstChild?.firstChild).toMatchObject({
      text: "投资额",
      marks: [{ type: { name: "lead" } }],
    });
    expect(desk.found).toEqual(["投资", "投资*"]);
  });

  it("replaces all but what a figure says in one step of the undo", () => {
    const desk = new Desk(["亿元、亿元", { figure: "1亿元" }], ["亿元"]).search("亿元");
    expect(replaceOne(new Desk([{ figure: "1亿元" }]).search("亿元").view, "万元")).toBe(false);
    expect(replaceAll(desk.view, "亿亿元")).toBe(3);
    expect(desk.said).toEqual(["亿亿元、亿亿元1亿元", "亿亿元"]);
    desk.undo();
    expect(desk.said).toEqual(["亿元、亿元1亿元", "亿元"]);
    expect(desk.found).toHaveLength(4);
    expect(replaceAll(desk.search("没有").view, "有")).toBe(0);
  });

  it("takes words out where nothing is put in their place", () => {
    const desk = new Desk(["共计投资"], ["共计"]).search("共计");
    expect(replaceAll(desk.view, "")).toBe(2);
    expect(desk.said).toEqual(["投资", ""]);
  });
});
