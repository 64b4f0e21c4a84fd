import { getSchema } from "@tiptap/core";
import { history, redo, undo } from "@tiptap/pm/history";
import { Fragment, Slice } from "@tiptap/pm/model";
import { EditorState, Selection, TextSelection } from "@tiptap/pm/state";
import { CellSelection } from "@tiptap/pm/tables";
import type { EditorView } from "@tiptap/pm/view";
import { describe, expect, it } from "vitest";
import { blockText, tableText, type ContentBlock } from "../../../../../../../../domain/section/content";
import { Content } from "../../../../../../../../domain/section/content-schema";
import type { SectionKind } from "../../../../../../../../domain/section/workflow";
import { blockIdsPlugin } from "../block-ids";
import type { Lexicon } from "../lexicon";
import { contentOf, editorExtensions, FigureSource, toEditor } from "../schema";
import type { PasteReport } from "./clip";
import { pasteIn } from "./paste-in";
import { pasteReportOf, pastingPlugin, undoTidy } from "./pasting";

describe("pasting between words", () => {
  it.each<[string, string[], string, string[]]>([
    ["a line goes into the words", ["a:前|后"], "<p>中</p>", ["a:前中|后"]],
    ["a line keeps its place's kind", ["a-|"], "<p>中</p>", ["a-中|"]],
    ["two lines part the words", ["a:前|后"], "<p>一</p><p>二</p>", ["a:前一", "n:二|后"]],
    ["a point stands by itself", ["a:前|后"], "<ul><li>点</ul>", ["a:前", "n-点|", "n:后"]],
    ["a point before the words leaves them their id", ["a:|后"], "<ul><li>点</ul>", ["n-点|", "a:后"]],
    ["of lines before the words the last goes on in them", ["a:|后"], "<p>一</p><p>二</p>", ["n:一", "a:二|后"]],
    ["points come behind the words", ["a:前|"], "<ol><li>一<li>二</ol>", ["a:前", "n+一", "n+二|"]],
    ["an empty block gives way", ["a:|", "b:后"], "<p>一</p><ul><li>点</ul>", ["a:一", "n-点|", "b:后"]],
    ["what was chosen gives way", ["a:前[删", "b:删]后"], "<p>中</p>", ["a:前中|后"]],
    ["a table stands between", ["a:前|后"], "<table><tr><td>甲<td>乙</table>", ["a:前", "n=甲/乙", "n:|后"]],
    ["a table at the end leaves room behind", ["a:|"], "<table><tr><td>甲<td>乙</table>", ["n=甲/乙", "n:|"]],
    ["a lead stays bold", ["a:|"], "<p><b>引。</b>文</p>", ["a:*引。*文|"]],
  ])("%s", (_, before, html, after) => {
    const page = new Page(before);
    const start = page.words();
    page.paste({ html });
    expect(page.said()).toEqual(after);
    page.undo();
    expect(page.words()).toEqual(start);
    page.redo();
    expect(page.said().join().replace("|", "")).toBe(after.join().replace("|", ""));
  });

  it("takes the place of all", () => {
    const page = new Page(["a:一", "b:二"]);
    page.select((doc) => TextSelection.create(doc, 1, doc.content.size - 1));
    page.paste({ plain: "新" });
    expect(page.words()).toEqual(["新"]);
  });

  it("goes to where it was asked for when somebody wrote on meanwhile", () => {
    const page = new Page(["a:前|后"]);
    page.view.dispatch(page.state.tr.insertText("写"));
    pasteIn(page.view, { html: "<p>一</p><p>二</p>", plain: "" }, { from: 2, to: 2 }, page.newId);
    expect(page.said()).toEqual(["a:前一", "n:二写|后"]);
  });
});

describe("the tidying of what was pasted", () => {
  it("is a step of its own: undone once it goes, undone again the paste goes", () => {
    const page = new Page(["a:原文,|"]);
    page.paste({ html: '<p>完成 6.8 万亩,增长１.２％,打造"一村"。</p>' });
    expect(page.words()).toEqual(["原文,完成6.8万亩，增长1.2%，打造“一村”。"]);
    expect(page.report()).toEqual({
      kind: "tidied",
      images: 0,
      counts: [
        { kind: "width", count: 2 },
        { kind: "punctuation", count: 2 },
        { kind: "quote", count: 2 },
        { kind: "space", count: 2 },
      ],
    });
    page.types("又");
    page.undo();
    expect(page.words()).toEqual(["原文,完成6.8万亩，增长1.2%，打造“一村”。"]);
    page.undo();
    expect(page.words()).toEqual(['原文,完成 6.8 万亩,增长１.２％,打造"一村"。']);
    expect(page.report()).toBeNull();
    page.undo();
    expect(page.words()).toEqual(["原文,"]);
  });

  it("joins lines that a hard break parted in the middle of a sentence, and parts them again when undone", () => {
    const page = new Page(["a:|"]);
    page.paste({ html: "<p>重点项目<br>进展顺利。<br>一是抓投资；</p><p>另一段</p>" });
    expect(page.said()).toEqual(["a:重点项目进展顺利。", "n:一是抓投资；", "n:另一段|"]);
    expect(page.report()).toMatchObject({ counts: [{ kind: "line-break", count: 1 }] });
    page.undo();
    expect(page.words()).toEqual(["重点项目", "进展顺利。", "一是抓投资；", "另一段"]);
  });

  it("can be taken back by itself after writing on, and leaves what was written", () => {
    const page = new Page(["a:|"]);
    page.paste({ html: "<p>增长 9 %<br>以上,稳中有进</p>" });
    expect(page.words()).toEqual(["增长9%以上，稳中有进"]);
    page.types("。好");
    undoTidy(page.view);
    expect(page.words()).toEqual(["增长 9 %", "以上,稳中有进。好"]);
    expect(page.report()).toBeNull();
    page.checks();
  });

  it("touches a pasted part only, and no figure beside it", () => {
    const page = new Page(["a:原 1 件,|后 2 件,"]);
    page.paste({ plain: "新 3 件," });
    expect(page.words()).toEqual(["原 1 件,新3件，后 2 件,"]);
  });

  it("reaches into cells", () => {
    const page = new Page(["a:|"]);
    page.paste({ plain: "项目\t完成率(％)\n一 期\t１２.５" });
    expect(page.words()[0]).toBe("项目\t完成率（％）\n一期\t12.5");
    page.undo();
    expect(page.words()[0]).toBe("项目\t完成率(％)\n一 期\t１２.５");
  });

  it("says nothing where there was nothing to do", () => {
    const page = new Page(["a:|"]);
    page.paste({ plain: "总体平稳。" });
    expect(page.report()).toBeNull();
    page.paste({ html: "<p>总体<img src=x>平稳。</p>" });
    expect(page.report()).toEqual({ kind: "pictures" });
  });
});

describe("a place that takes less", () => {
  it("a title takes one line", () => {
    const page = new Page(["a:关于|"], "title");
    page.paste({ html: "<h1>上半年<br>计划</h1><p>执行情况</p><table><tr><td>的<td>报告</table>" });
    expect(page.said()).toEqual(["a:关于上半年计划执行情况的报告|"]);
  });

  it("a cell takes words, a table goes into the cells from there on and makes room", () => {
    const page = Page.withTable("text");
    page.paste({ plain: "甲,\n乙" });
    expect(page.table()).toEqual([
      ["甲，乙", ""],
      ["", ""],
    ]);
    page.paste({ plain: "1\t2\t3\n4\t5\t6\n7\t8\t9" });
    expect(page.table()).toEqual([
      ["1", "2", "3"],
      ["4", "5", "6"],
      ["7", "8", "9"],
    ]);
    const [table] = page.content();
    expect(table?.type === "table" && table.content[0]?.content[0]?.type).toBe("tableHeader");
    page.undo();
    expect(page.table()).toHaveLength(2);
  });

  it("chosen cells take the word each", () => {
    const page = Page.withTable("text");
    page.select((doc) => CellSelection.create(doc, 2, 6));
    page.paste({ plain: "/" });
    expect(page.table()).toEqual([
      ["/", "/"],
      ["", ""],
    ]);
  });

  it("an annex takes a table into its cells, and a line above it too", () => {
    const page = Page.withTable("annex");
    page.paste({ html: "<table><tr><td colspan=2>主要指标</td></tr><tr><td>一</td><td>2</td></tr></table>" });
    expect(page.table()).toEqual([
      ["主要指标", ""],
      ["一", "2"],
    ]);
    page.checks();
  });
});

describe("what cannot be pasted", () => {
  const rows = (count: number, cells: string) => Array.from({ length: count }, () => cells).join("\n");

  it.each<[string, string, PasteReport]>([
    ["a book", "字".repeat(100_001), { kind: "too-long", characters: 100_001 }],
    ["more blocks than a text may have", rows(500, "字。"), { kind: "too-many", blocks: 500, there: 1 }],
    ["a long table", rows(201, "一\t二"), { kind: "table-too-large", rows: 201, columns: 2 }],
    ["a wide table", rows(2, "一" + "\t二".repeat(20)), { kind: "table-too-large", rows: 2, columns: 21 }],
  ])("%s is refused, and the text stays", (_, plain, report) => {
    const page = new Page(["a:原文|"]);
    page.paste({ plain });
    expect(page.report()).toEqual(report);
    expect(page.said()).toEqual(["a:原文|"]);
  });

  it("what was copied here is counted too, as it would stand", () => {
    const page = new Page(Array.from({ length: 500 }, (_, index) => `b${index}:字`));
    page.select((doc) => TextSelection.create(doc, 2));
    const copied = (count: number) => {
      const paragraphs = Array.from({ length: count }, () => page.state.doc.child(1));
      return new Slice(Fragment.from(paragraphs), 1, 1);
    };
    expect(page.pasteOwn(copied(1))).toBe(false);
    expect(page.report()).toBeNull();
    expect(page.pasteOwn(copied(2))).toBe(true);
    expect(page.report()).toEqual({ kind: "too-many", blocks: 2, there: 500 });
    page.select((doc) => TextSelection.create(doc, 1, doc.content.size - 1));
    expect(page.pasteOwn(copied(2))).toBe(false);
  });

  it.each<[string[], PasteReport["kind"]]>([
    [["图.png", "照片.jpg"], "pictures"],
    [["报告.docx"], "document"],
    [["说明.md", "图.png"], "document"],
    [["表.xlsx"], "file"],
  ])("the files %j are told by their kind: %s", (names, kind) => {
    const page = new Page(["a:原文|"]);
    const types: Record<string, string> = { png: "image/png", jpg: "image/jpeg" };
    page.pasteFiles(names.map((name) => new File(["x"], name, { type: types[name.split(".")[1] ?? ""] ?? "" })));
    expect(page.report()).toEqual({ kind });
    expect(page.said()).toEqual(["a:原文|"]);
  });

  it("a table that would grow beyond its cells is refused", () => {
    const page = Page.withTable("text");
    page.paste({ plain: rows(3, "一" + "\t二".repeat(20)) });
    expect(page.report()).toMatchObject({ kind: "table-too-large" });
    expect(page.table()).toEqual([
      ["", ""],
      ["", ""],
    ]);
  });
});

const source = new FigureSource({ lexicon: {} as Lexicon, guide: {} as never });

/** "a:words" is a paragraph of id a, "a-" a bullet, "a+" a numbered point, "a=" a table; | is the caret, [ ] what is chosen. */
class Page {
  state: EditorState;
  private made = 0;
  readonly newId = () => `n${String((this.made += 1)).padStart(5, "0")}`;
  readonly view = viewOf(this);
  private readonly plugin = pastingPlugin(this.newId);

  constructor(lines: readonly string[], kind: SectionKind = "text", blocks?: ContentBlock[]) {
    const schema = getSchema(editorExtensions(kind, "", source));
    const content = blocks ?? lines.map((line) => aBlock(line.replaceAll(/[|[\]]/g, "")));
    const doc = schema.nodeFromJSON(toEditor({ type: "doc", content }));
    const plugins = [history(), blockIdsPlugin(this.newId), this.plugin];
    this.state = EditorState.create({ doc, plugins });
    const marks: number[] = [];
    let at = 0;
    for (const line of lines) {
      const words = line.slice(2);
      let seen = 0;
      for (const [index, character] of [...words].entries()) {
        if (!"|[]".includes(character)) continue;
        marks.push(at + 1 + index - seen);
        seen += 1;
      }
      at += words.length - seen + 2;
    }
    const [anchor = 1, head = anchor] = marks;
    this.select((now) => TextSelection.create(now, anchor, head));
  }

  static withTable(kind: SectionKind): Page {
    const cell = (type: "tableHeader" | "tableCell") => ({ type, content: [{ type: "paragraph" as const }] });
    const row = (type: "tableHeader" | "tableCell") => ({
      type: "tableRow" as const,
      content: [cell(type), cell(type)],
    });
    const page = new Page([], kind, [
      { type: "table", attrs: { id: "table1" }, content: [row("tableHeader"), row("tableCell")] },
    ]);
    page.select((doc) => Selection.atStart(doc));
    return page;
  }

  select(choose: (doc: EditorState["doc"]) => Selection): void {
    this.state = this.state.apply(this.state.tr.setSelection(choose(this.state.doc)));
  }
  paste(clip: { html?: string; plain?: string }): void {
    pasteIn(this.view, { html: "", plain: "", ...clip }, null, this.newId);
  }
  /** Whether it was refused; else the editor's own way goes on. */
  pasteOwn(slice: Slice): boolean {
    const { handlePaste } = this.plugin.props;
    return handlePaste?.call(this.plugin, this.view, {} as ClipboardEvent, slice) === true;
  }
  pasteFiles(files: File[]): void {
    const event = { clipboardData: { getData: () => "", files }, preventDefault() {} };
    const { paste } = this.plugin.props.handleDOMEvents ?? {};
    paste?.call(this.plugin, this.view, event as unknown as ClipboardEvent);
  }
  types(words: string): void {
    this.view.dispatch(this.state.tr.insertText(words));
  }
  undo(): void {
    undo(this.state, this.view.dispatch);
  }
  redo(): void {
    while (redo(this.state, this.view.dispatch));
  }
  report(): PasteReport | null {
    return pasteReportOf(this.state);
  }
  content(): ContentBlock[] {
    return contentOf({ getJSON: () => this.state.doc.toJSON() as unknown }).content;
  }
  words(): string[] {
    return this.content().map(blockText);
  }
  table(): string[][] {
    return this.content().flatMap((block) => (block.type === "table" ? tableText(block) : []));
  }
  /** Throws unless the server would take it. */
  checks(): void {
    this.state.doc.check();
    const content = this.content().map((block) => ({ ...block, attrs: { id: block.attrs.id.padEnd(6, "0") } }));
    Content.parse({ type: "doc", content });
  }
  said(): string[] {
    this.checks();
    const { $head } = this.state.selection;
    return this.content().map((block, index) => {
      const isHere = $head.depth === 1 && $head.index(0) === index;
      const words =
        block.type === "table"
          ? tableText(block).flat().join("/")
          : (block.content ?? [])
              .map((node) => (node.type !== "text" ? "" : node.marks ? `*${node.text}*` : node.text))
              .join("");
      const caret = $head.parentOffset + (words.slice(0, $head.parentOffset + 2).match(/\*/g)?.length ?? 0);
      const shown = isHere ? `${words.slice(0, caret)}|${words.slice(caret)}` : words;
      const sign = { paragraph: ":", bullet: "-", numbered: "+", table: "=" }[block.type];
      return `${block.attrs.id.replace(/^n\d+$/, "n")}${sign}${shown}`;
    });
  }
}

const viewOf = (page: { state: EditorState }): EditorView =>
  ({
    isDestroyed: false,
    editable: true,
    composing: false,
    focus() {},
    dispatch: (change: EditorState["tr"]) => void (page.state = page.state.apply(change)),
    get state() {
      return page.state;
    },
  }) as unknown as EditorView;

function aBlock(line: string): ContentBlock {
  const [, id = "", sign = "", words = ""] = /^(\w+)([:+-])(.*)$/.exec(line) ?? [];
  const type = sign === "-" ? "bullet" : sign === "+" ? "numbered" : "paragraph";
  return { type, attrs: { id }, ...(words ? { content: [{ type: "text", text: words }] } : {}) };
}
