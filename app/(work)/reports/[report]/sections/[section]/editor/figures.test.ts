import { getSchema } from "@tiptap/core";
import { Slice, type Node as DocumentNode } from "@tiptap/pm/model";
import { EditorState, TextSelection, type Plugin, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { beforeAll, describe, expect, it } from "vitest";
import { mentions } from "../../../../../../../domain/check/mentions";
import type { Binding } from "../../../../../../../domain/indicator/binding";
import { realRows } from "../../../../../../../domain/indicator/real-table.testing";
import type { ContentInline } from "../../../../../../../domain/section/content";
import { Content } from "../../../../../../../domain/section/content-schema";
import zh from "../../../../../../../messages/zh-CN/binding.json";
import { figureGuide } from "../../../../../figure-guide";
import { buildLexicon } from "./build-lexicon";
import { choose, itemsOf, menuOf } from "./figure-menu";
import { bindingsIn, followTable, loadBindingSchemas, readBinding } from "./figure-nodes";
import { bind, foundIn, startRecognition } from "./recognition";
import { editorExtensions, FigureSource } from "./schema";

const rows = realRows();
const lexicon = buildLexicon(
  rows.map((row) => ({ ...row, aliases: row.code === "gdp" ? ["GDP"] : [], organ: "统计局", sources: {} })),
  1,
  zh.countName,
);
const guide = figureGuide(rows, "2024-h1", zh);
const extensions = editorExtensions("text", "", new FigureSource({ lexicon, guide }));
const schema = getSchema(extensions);
beforeAll(loadBindingSchemas);
const PLUGINS = ["boundNodeIds", "figureMenu", "recognition"];

/** The state of an editor and where its transactions go: all that the plugins need, without a page. */
class Desk {
  state: EditorState;
  constructor(...content: ContentInline[]) {
    const doc = schema.nodeFromJSON({
      type: "doc",
      content: [{ type: "paragraph", attrs: { id: "block-01" }, content }],
    });
    this.state = EditorState.create({ doc, plugins: plugins() });
    this.caret(doc.content.size - 1);
  }
  readonly view = this as unknown as EditorView;
  dispatch(transaction: Transaction): void {
    this.state = this.state.apply(transaction);
  }
  focus(): void {}
  caret(at: number): void {
    this.dispatch(this.state.tr.setSelection(TextSelection.create(this.state.doc, at)));
  }
  type(words: string): void {
    for (const letter of words) this.dispatch(this.state.tr.insertText(letter));
  }
  recognise(): void {
    startRecognition(this.view, (text) => mentions(text, rows, { year: 2024, half: 1 }));
  }
  get said(): [string, boolean][] {
    return foundIn(this.state).map(({ mention }) => [mention.stated, mention.agrees]);
  }
  get content(): Content {
    return Content.parse(this.state.doc.toJSON());
  }
}

function plugins(): Plugin[] {
  return extensions
    .filter((extension) => PLUGINS.includes(extension.name))
    .flatMap((extension) => (extension.config.addProseMirrorPlugins as () => Plugin[])());
}

const typed = (text: string): ContentInline => ({ type: "text", text });
const figure = (text: string, id = "node-01"): ContentInline => ({
  type: "figure",
  attrs: { id, indicator: "gdp", field: "actual", form: "unit", text, wording: null },
});
let made = 0;
const newId = () => `new-${String(++made).padStart(4, "0")}`;

describe("the menu of `#`", () => {
  it("opens on `#` and ＃, follows what is typed and closes behind a mark", () => {
    for (const sign of ["#", "＃"]) {
      const desk = new Desk(typed("上半年，"));
      desk.type(`${sign}dqsczz`);
      const menu = menuOf(desk.state);
      expect(menu?.query).toBe("dqsczz");
      expect(menu && itemsOf(menu, lexicon)).toMatchObject([{ kind: "indicator", entry: { code: "gdp" } }]);
      desk.type("，");
      expect(menuOf(desk.state)).toBeNull();
    }
  });

  it("does not open where the caret is put, nor on what is pasted", () => {
    const desk = new Desk(typed("1#楼"));
    desk.caret(3);
    expect(menuOf(desk.state)).toBeNull();
    desk.dispatch(desk.state.tr.insertText("#gdp", 4).setMeta("paste", true));
    expect(menuOf(desk.state)).toBeNull();
  });

  it("puts the chosen words in the place of what was typed, as a node the server takes", () => {
    const desk = new Desk(typed("地区生产总值"));
    desk.type("#gdp");
    const [first] = itemsOf(menuOf(desk.state) ?? never(), lexicon);
    choose(desk.view, first ?? never(), newId);
    const [offer] = itemsOf(menuOf(desk.state) ?? never(), lexicon);
    choose(desk.view, offer ?? never(), newId);
    expect(menuOf(desk.state)).toBeNull();
    expect(desk.content.content[0]).toMatchObject({
      content: [
        { type: "text", text: "地区生产总值" },
        {
          type: "figure",
          attrs: { indicator: "gdp", field: "actual", form: "unit", text: "481.35亿元", wording: null },
        },
      ],
    });
  });
});

describe("recognition while writing", () => {
  it("knows typed numbers of the table, agreeing or not", () => {
    const desk = new Desk(typed("地区生产总值481.35亿元，增长9.3%。"));
    desk.recognise();
    expect(desk.said).toEqual([
      ["481.35亿元", true],
      ["增长9.3%", false],
    ]);
  });

  it("calls no number wrong before it is finished", () => {
    const desk = new Desk(typed("地区生产总值481.35亿元，增长"));
    desk.recognise();
    desk.type("9%");
    expect(desk.said).toEqual([["481.35亿元", true]]);
    desk.type("。");
    expect(desk.said).toEqual([
      ["481.35亿元", true],
      ["增长9%", false],
    ]);
  });

  it("binds all that agree in one step, also behind nodes, and keeps the run-in lead", () => {
    const lead: ContentInline = { type: "text", text: "增长9.1%", marks: [{ type: "lead" }] };
    const desk = new Desk(typed("地区生产总值"), figure("481.35亿元"), lead, typed("，完成年度计划的51.4%。"));
    desk.recognise();
    const before = desk.state.doc;
    expect(bind(desk.view, foundIn(desk.state), lexicon, newId)).toBe(true);
    expect(desk.content.content[0]).toMatchObject({
      content: [
        { type: "text", text: "地区生产总值" },
        { type: "figure", attrs: { id: "node-01" } },
        { type: "figure", attrs: { field: "growth", text: "增长9.1%" }, marks: [{ type: "lead" }] },
        { type: "text", text: "，完成年度计划的" },
        { type: "figure", attrs: { field: "completion", text: "51.4%" } },
        { type: "text", text: "。" },
      ],
    });
    expect(desk.said).toEqual([]);
    expect(wordsOf(desk.state.doc)).toBe(wordsOf(before));
  });
});

describe("nodes that are copied", () => {
  it("get an id of their own; the first keeps its", () => {
    const desk = new Desk(figure("481.35亿元"), typed("，"));
    const copy = desk.state.doc.slice(1, 2);
    desk.dispatch(desk.state.tr.replaceSelection(new Slice(copy.content, 0, 0)));
    const ids = bindingsIn(desk.state.doc).map(({ binding }) => binding.attrs.id);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe("node-01");
    expect(new Set(ids).size).toBe(2);
    expect(() => desk.content).not.toThrow();
  });

  it("are read from our own HTML, and from nothing that only looks like it", () => {
    const element = (attrs: unknown) => ({ getAttribute: () => JSON.stringify(attrs) });
    const attrs = { id: "node-01", indicator: "gdp", field: "actual", form: "unit", text: "1", wording: null };
    expect(readBinding("figure", element(attrs))).toEqual({ type: "figure", attrs });
    expect(readBinding("figure", element({ ...attrs, form: "rank" }))).toBeNull();
    expect(readBinding("figure", element({ ...attrs, more: "1" }))).toBeNull();
    expect(readBinding("clause", element(attrs))).toBeNull();
    expect(readBinding("figure", { getAttribute: () => "{" })).toBeNull();
    expect(readBinding("figure", { getAttribute: () => null })).toBeNull();
  });
});

describe("following the table", () => {
  it("changes what the nodes say, without a step to undo and without losing those the table does not know", () => {
    const desk = new Desk(figure("1亿元", "node-01"), figure("2亿元", "node-02"));
    const table = (binding: Binding) => (binding.attrs.id === "node-01" ? "481.35亿元" : null);
    followTable(desk.view, table);
    expect(bindingsIn(desk.state.doc).map(({ binding }) => binding.attrs.text)).toEqual(["481.35亿元", "2亿元"]);
  });
});

function wordsOf(doc: DocumentNode): string {
  let words = "";
  doc.descendants((node) => {
    words += node.text ?? String(node.attrs["text"] ?? "");
    return true;
  });
  return words;
}

function never(): never {
  throw new Error("there is no menu, or nothing in it");
}
