import type { Schema } from "@tiptap/pm/model";
import { EMPTY_CONTENT, type Content, type ContentBlock } from "../../../../../../../domain/section/content";
import { bindingsIn } from "./figure-nodes";
import { contentOf, toEditor } from "./schema";

/**
 * What this browser kept, as the editor would give it back; null when it is no text of ours any more. The editor's own
 * schema decides, so that nobody waits for another one; the server looks closer when the text is saved.
 */
export function readable(schema: Schema, kept: unknown): Content | null {
  try {
    const content = kept as Content;
    if (content.content.length === 0) return EMPTY_CONTENT;
    const doc = schema.nodeFromJSON(toEditor(content));
    doc.check();
    const hasWords = bindingsIn(doc).every(({ binding }) => typeof binding.attrs.text === "string");
    return hasWords ? contentOf({ getJSON: () => doc.toJSON() as unknown }) : null;
  } catch {
    return null;
  }
}

/** The same of one block. */
export function readableBlock(schema: Schema, kept: unknown): ContentBlock | null {
  return readable(schema, { type: "doc", content: [kept] })?.content[0] ?? null;
}
