import { getSchema } from "@tiptap/core";
import { expect, it } from "vitest";
import { readable } from "./readable";
import { editorExtensions, FigureSource } from "./schema";

const source = new FigureSource({ lexicon: {} as never, guide: {} as never });
const schema = getSchema(editorExtensions("text", "", source));

const doc = (...content: unknown[]) => ({ type: "doc", content });
const paragraph = (...content: unknown[]) => ({ type: "paragraph", attrs: { id: "block-1" }, content });
const figure = (attrs: object) => ({ type: "figure", attrs: { id: "node-1", indicator: "gdp", ...attrs } });

it("a kept text comes back as the editor would give it, its keys in one order", () => {
  const kept = doc({ content: [{ text: "甲", type: "text" }], attrs: { id: "block-1" }, type: "paragraph" });
  const said = JSON.stringify(doc(paragraph({ type: "text", text: "甲" })));
  expect(JSON.stringify(readable(schema, kept))).toBe(JSON.stringify(readable(schema, JSON.parse(said) as unknown)));
  expect(readable(schema, kept)?.content[0]).toMatchObject({ type: "paragraph", attrs: { id: "block-1" } });
  expect(readable(schema, doc())).toEqual(doc());
});

it.each([
  ["nothing", undefined],
  ["no text", { type: "doc" }],
  ["a picture", doc({ type: "image", attrs: { src: "x" } })],
  ["words outside a block", doc({ type: "text", text: "甲" })],
  ["an empty word", doc(paragraph({ type: "text", text: "" }))],
  ["a figure without words", doc(paragraph(figure({ text: null })))],
  ["a figure whose words are none", doc(paragraph(figure({ text: { html: "x" } })))],
])("what is no text of ours is not brought back: %s", (_, kept) => {
  expect(readable(schema, kept)).toBeNull();
});
