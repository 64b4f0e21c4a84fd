import { getSchema } from "@tiptap/core";
import { EditorState } from "@tiptap/pm/state";
import type { DecorationSet } from "@tiptap/pm/view";
import { expect, test } from "vitest";
import type { ContentBlock } from "../../../../../../../domain/section/content";
import { pointNumbers } from "../../../../../../../domain/section/numbering";
import { PointNumbers } from "./points";
import { editorExtensions, FigureSource, toEditor } from "./schema";

const source = new FigureSource({ lexicon: { entries: [], counts: [], countKeys: [] }, guide: [] as never });
const schema = getSchema(editorExtensions("text", "", source));

const BETWEEN: [string, ContentBlock, string][] = [
  ["an empty table", table(""), "（2）"],
  ["a table with words", table("项目"), "（1）"],
  ["an empty paragraph", line("paragraph", "between", ""), "（2）"],
  ["a paragraph of blanks", line("paragraph", "between", "\u3000 "), "（2）"],
  ["a paragraph with words", line("paragraph", "between", "文"), "（1）"],
  ["an empty point", line("numbered", "between", ""), "（2）"],
];

test.each(BETWEEN)("behind %s the screen counts as the print does", (_, between, expected) => {
  const blocks = [line("numbered", "first", "甲"), between, line("numbered", "last", "乙")];
  expect(pointNumbers(blocks).get("last")).toBe(expected);
  expect(shown(blocks)).toBe(expected);
});

/** The number that is drawn before the last block. */
function shown(content: ContentBlock[]): unknown {
  const doc = schema.nodeFromJSON(toEditor({ type: "doc", content }));
  const [plugin] = PointNumbers.config.addProseMirrorPlugins?.call({} as never) ?? [];
  const state = EditorState.create({ doc, plugins: plugin ? [plugin] : [] });
  const drawn = plugin?.getState(state) as DecorationSet;
  const last = doc.lastChild;
  const at = doc.content.size - (last?.nodeSize ?? 0);
  const [decoration] = drawn.find(at + 1, doc.content.size);
  return (decoration as unknown as { type: { attrs: Record<string, string> } } | undefined)?.type.attrs["data-number"];
}

function line(type: "paragraph" | "numbered", id: string, text: string): ContentBlock {
  return { type, attrs: { id }, content: text ? [{ type: "text", text }] : [] };
}

function table(words: string): ContentBlock {
  const cell = (text: string) => ({
    type: "tableCell" as const,
    content: [{ type: "paragraph" as const, content: text ? [{ type: "text" as const, text }] : [] }],
  });
  return {
    type: "table",
    attrs: { id: "between" },
    content: [{ type: "tableRow", content: [cell(words), cell("")] }],
  } as ContentBlock;
}
