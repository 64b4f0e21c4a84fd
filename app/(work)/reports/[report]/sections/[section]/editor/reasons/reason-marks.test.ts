import { getSchema } from "@tiptap/core";
import { EditorState, type Plugin, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import zh from "../../../../../../../../messages/zh-CN/binding.json";
import words from "../../../../../../../../messages/zh-CN/returns.json";
import { figureGuide } from "../../../../../../figure-guide";
import type { ReasonShown } from "../../../../../../reason-shown";
import { editorExtensions, FigureSource } from "../schema";
import { giveReasons, goToReason, heldReasons, reasonsPlugin } from "./reason-marks";

const guide = figureGuide([], "2024-h1", zh);
const source = new FigureSource({ lexicon: { entries: [], counts: [], countKeys: [] }, guide });
const schema = getSchema(editorExtensions("text", "", source));
const TEXTS = ["上半年完成投资160.09亿元，同比增长4.2%。", "总的看，形势平稳。"];

/** An editor's state and where its transactions go, without a page; the plugin's own clock runs. */
class Desk {
  state: EditorState;
  readonly view = this as unknown as EditorView;
  readonly isDestroyed = false;
  readonly composing = false;
  private readonly plugin: Plugin;
  private readonly pluginView;
  constructor(reasons: ReasonShown[]) {
    const content = TEXTS.map((text, index) => ({
      type: "paragraph",
      attrs: { id: `block-0${index + 1}` },
      content: [{ type: "text", text }],
    }));
    this.plugin = reasonsPlugin(words);
    this.state = EditorState.create({ doc: schema.nodeFromJSON({ type: "doc", content }), plugins: [this.plugin] });
    this.pluginView = this.plugin.spec.view?.(this.view);
    giveReasons(this.view, reasons);
  }
  dispatch(transaction: Transaction): void {
    const before = this.state;
    this.state = before.apply(transaction);
    this.pluginView?.update?.(this.view, before);
  }
  focus(): void {}
  type(from: number, to: number, text: string): void {
    this.dispatch(this.state.tr.insertText(text, from, to));
    vi.advanceTimersByTime(500);
  }
  get said() {
    return heldReasons(this.state).map(({ standing, at }) => [
      standing,
      at && this.state.doc.textBetween(at.from, at.to),
    ]);
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const RANGE = about(1, "block-01", { from: 7, to: 15 });
const WHOLE = about(2, "block-02", null);

it("a reason stands on its paragraph, or on its words", () => {
  expect(new Desk([RANGE, WHOLE]).said).toEqual([
    ["stands", "160.09亿元"],
    ["stands", "总的看，形势平稳。"],
  ]);
});

it("words that were corrected are still what the reason is about, and say that they have changed", () => {
  const desk = new Desk([RANGE, WHOLE]);
  desk.type(8, 16, "160.12亿元");
  expect(desk.said).toEqual([
    ["changed", "160.12亿元"],
    ["stands", "总的看，形势平稳。"],
  ]);
});

it("a paragraph that was deleted is gone, and comes back with its words", () => {
  const desk = new Desk([RANGE, WHOLE]);
  const start = desk.state.doc.firstChild?.nodeSize ?? 0;
  const second = desk.state.doc.lastChild;
  desk.dispatch(desk.state.tr.delete(start, desk.state.doc.content.size));
  vi.advanceTimersByTime(500);
  expect(desk.said[1]).toEqual(["gone", null]);
  if (second) desk.dispatch(desk.state.tr.insert(start, second));
  vi.advanceTimersByTime(500);
  expect(desk.said[1]).toEqual(["stands", "总的看，形势平稳。"]);
});

it("going there chooses the words, or puts the caret behind the paragraph", () => {
  const desk = new Desk([RANGE, WHOLE]);
  goToReason(desk.view, "reason-1");
  expect(desk.state.doc.textBetween(desk.state.selection.from, desk.state.selection.to)).toBe("160.09亿元");
  goToReason(desk.view, "reason-2");
  expect(desk.state.selection.empty).toBe(true);
  expect(desk.state.selection.$from.parent.textContent).toBe("总的看，形势平稳。");
});

function about(number: number, blockId: string, range: { from: number; to: number } | null): ReasonShown {
  const blockText = TEXTS[blockId === "block-01" ? 0 : 1] ?? "";
  return {
    id: `reason-${number}`,
    number,
    kind: "data",
    severity: "must",
    quote: range ? blockText.slice(range.from, range.to) : blockText,
    text: "请核对。",
    by: "综合股",
    at: "7月15日 14:32",
    isOpen: true,
    judged: 1,
    target: { is: "text", blockId, blockText, range },
    answer: null,
  };
}
