import { getSchema } from "@tiptap/core";
import { EditorState, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { expect, it } from "vitest";
import type { ContentInline } from "../../../../../../../../domain/section/content";
import zh from "../../../../../../../../messages/zh-CN/binding.json";
import words from "../../../../../../../../messages/zh-CN/remark.json";
import { figureGuide } from "../../../../../../figure-guide";
import { LAST, type Thread } from "../../remarks/threads";
import { editorExtensions, FigureSource } from "../schema";
import { JOINS } from "../take-text";
import { chosenIn, fits, fitting, giveThreads, heldIn, putProposals, remarksPlugin, together } from "./live-remarks";

const guide = figureGuide([], "2024-h1", zh);
const source = new FigureSource({ lexicon: { entries: [], counts: [], countKeys: [] }, guide });
const schema = getSchema(editorExtensions("text", "", source));
const TEXT = "上半年完成投资160.09亿元，同比增长4.2%。";

/** An editor's state and where its transactions go, without a page. */
class Desk {
  state: EditorState;
  readonly view = this as unknown as EditorView;
  constructor(threads: Thread[], content: ContentInline[] = [{ type: "text", text: TEXT }]) {
    const paragraph = { type: "paragraph", attrs: { id: "block-01" }, content };
    const doc = schema.nodeFromJSON({ type: "doc", content: [paragraph] });
    this.state = EditorState.create({ doc, plugins: [remarksPlugin(words, () => false)] });
    giveThreads(this.view, threads);
  }
  dispatch(transaction: Transaction): void {
    this.state = this.state.apply(transaction);
  }
  /** What each remark stands on, null where its words are gone. */
  get said(): (string | null)[] {
    return heldIn(this.state).map(({ at }) => at && this.state.doc.textBetween(at.from, at.to));
  }
  get text(): string {
    return this.state.doc.textContent;
  }
}

it("remarks move along with typing, and what is typed at their edges stays outside", () => {
  const desk = new Desk([on("同比增长4.2%"), on("投资")]);
  const at = TEXT.indexOf("同比") + 1;
  desk.dispatch(desk.state.tr.insertText("其中，", at));
  desk.dispatch(desk.state.tr.insertText("左右", at + 3 + 8));
  expect(desk.text).toContain("其中，同比增长4.2%左右。");
  expect(desk.said).toEqual(["同比增长4.2%", "投资"]);
});

it("remarks whose words are deleted are held without a place, and found again when the words come back", () => {
  const desk = new Desk([on("同比增长4.2%")]);
  const at = TEXT.indexOf("同比") + 1;
  const removed = desk.state.tr.delete(at, at + 8);
  desk.dispatch(removed);
  expect(desk.said).toEqual([null]);
  desk.dispatch(desk.state.tr.insertText("同比增长4.2%", at).setMeta(JOINS, true));
  expect(desk.said).toEqual(["同比增长4.2%"]);
});

it("when others' text comes in, they are looked for anew and not merely moved", () => {
  const desk = new Desk([on("同比增长4.2%")]);
  const { doc } = desk.state;
  desk.dispatch(
    desk.state.tr.replaceWith(1, doc.content.size - 1, schema.text(`据初步核算，${TEXT}`)).setMeta(JOINS, true),
  );
  expect(desk.said).toEqual(["同比增长4.2%"]);
});

it("several proposals go in at once, each in place of its own words", () => {
  const threads = [on("完成", "实现"), on("，同比增长", ""), at(TEXT.length - 1, "左右")];
  const desk = new Desk(threads);
  expect(putProposals(desk.view, threads)).toEqual([]);
  expect(desk.text).toBe("上半年实现投资160.09亿元4.2%左右。");
});

it("of proposals on the same words the first goes in, and the others are given back", () => {
  const [first, same, wider] = [on("完成", "实现"), on("完成", "达到"), on("年完成投资", "年投资")];
  const beside = on("投资", "总投资");
  const desk = new Desk([first, same, wider, beside]);
  expect(putProposals(desk.view, [first, same, wider, beside])).toEqual([same, wider]);
  expect(desk.text).toBe(TEXT.replace("完成投资", "实现总投资"));
});

it("of insertions at one place the first goes in; one inside replaced words does not, one at their edge does", () => {
  const edge = TEXT.indexOf("完成");
  const [first, second, inside] = [at(edge, "累计"), at(edge, "共"), at(edge + 1, "了")];
  const replaced = on("完成", "实现");
  const desk = new Desk([first, second, replaced, inside]);
  expect(putProposals(desk.view, [first, second, replaced, inside])).toEqual([second, inside]);
  expect(desk.text).toBe(TEXT.replace("完成", "累计实现"));
});

it("all that is accepted at once can go in at once", () => {
  const threads = [on("完成", "实现"), on("完成投资", "投资"), on("同比增长", "增长")].map((one, index) => ({
    ...one,
    id: `remark-${index}`,
  }));
  const desk = new Desk(threads);
  const fit = fitting(
    desk.state,
    threads.map(({ id }) => id),
  );
  expect(fit).toHaveLength(3);
  expect(together(fit).map((one) => one.thread.id)).toEqual(["remark-0", "remark-2"]);
});

it("a proposal whose words have changed is given back and the text stays", () => {
  const proposal = on("160.09亿元", "161亿元");
  const desk = new Desk([proposal]);
  const point = TEXT.indexOf("09") + 1;
  desk.dispatch(desk.state.tr.insertText("1", point, point + 1));
  const before = desk.text;
  expect(putProposals(desk.view, [proposal])).toEqual([proposal]);
  expect(desk.text).toBe(before);
});

it("a proposal over a bound figure does not fit, though the words read the same", () => {
  const figure: ContentInline = {
    type: "count",
    attrs: { id: "node-0001", form: "table", text: "160.09亿元", wording: null } as never,
  };
  const content: ContentInline[] = [
    { type: "text", text: "上半年完成投资" },
    figure,
    { type: "text", text: "，同比增长4.2%。" },
  ];
  const proposals = [on("投资160.09亿元", "投资161亿元"), on("完成", "实现"), on("，同比", "，现价同比")];
  const desk = new Desk(proposals, content);
  expect(heldIn(desk.state).map((held) => fits(desk.state.doc, held))).toEqual([false, true, true]);
  expect(putProposals(desk.view, proposals).map(({ quote }) => quote)).toEqual(["投资160.09亿元"]);
  expect(desk.state.doc.textBetween(0, desk.state.doc.content.size, "", "◆")).toBe(
    "上半年实现投资◆，现价同比增长4.2%。",
  );
});

it("with a caret alone the whole paragraph is chosen", () => {
  const chosen = chosenIn(new Desk([]).state);
  expect(chosen).toMatchObject({ from: 0, to: TEXT.length, isTable: false, line: { id: "block-01", text: TEXT } });
});

function on(quote: string, replacement: string | null = null): Thread {
  const from = TEXT.indexOf(quote);
  return thread(from, from + quote.length, replacement);
}

const at = (place: number, replacement: string): Thread => thread(place, place, replacement);

function thread(from: number, to: number, replacement: string | null): Thread {
  const can = { reply: true, resolve: true, accept: true, reject: true, withdraw: false };
  return {
    id: `${from}-${to}`,
    kind: replacement === null ? "comment" : "suggestion",
    internal: false,
    anchor: { blockId: "block-01", blockText: TEXT, from, to },
    quote: TEXT.slice(from, to),
    text: "",
    replacement,
    by: "发改局综合股",
    at: "",
    replies: [],
    ended: null,
    can,
    namesLead: false,
    place: { standing: "stands", blockId: "block-01", from, to, order: LAST },
  };
}
