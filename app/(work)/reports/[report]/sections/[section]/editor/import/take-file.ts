import { closeHistory } from "@tiptap/pm/history";
import type { Editor } from "@tiptap/core";
import { bindingsOf, EMPTY_CONTENT, isEmpty, type Content } from "../../../../../../../../domain/section/content";
import { tooMany, type TooMany } from "../paste/clip";
import { contentOf, toEditor } from "../schema";
import { takeText } from "../take-text";

/**
 * The text of a file, in the place of what stands there or behind it, as one step that Ctrl+Z takes back whole. Blocks and
 * figures get ids of their own: the same file may come twice.
 */
export function takeFile(editor: Editor, text: Content, how: "replace" | "append", newId: () => string): boolean {
  if (!editor.isEditable) return false;
  const now = contentOf(editor);
  const before = how === "append" && !isEmpty(now) ? now : EMPTY_CONTENT;
  const wanted: Content = { type: "doc", content: [...before.content, ...withNewIds(text, newId).content] };
  const change = takeText(editor.state, wanted);
  if (!change) return false;
  editor.view.dispatch(closeHistory(change).scrollIntoView());
  // What is typed next is a step of its own.
  editor.view.dispatch(closeHistory(editor.state.tr));
  return true;
}

/** Why the text would have more blocks than one may have, or null. */
export function tooManyWith(editor: Editor, text: Content, how: "replace" | "append"): TooMany | null {
  const now = contentOf(editor);
  return tooMany(how === "append" && !isEmpty(now) ? now.content.length : 0, text.content.length);
}

/** Whether the leaf can hold the one behind the other: a title or an annex has one block. */
export function canAppend(editor: Editor, text: Content): boolean {
  const now = contentOf(editor);
  if (isEmpty(now)) return false;
  try {
    editor.schema.nodeFromJSON(toEditor({ type: "doc", content: [...now.content, ...text.content] })).check();
    return true;
  } catch {
    return false;
  }
}

function withNewIds(content: Content, newId: () => string): Content {
  const bound = bindingsOf(content).length > 0;
  return {
    ...content,
    content: content.content.map((block) => {
      const attrs = { ...block.attrs, id: newId() };
      if (block.type === "table" || !bound) return { ...block, attrs };
      return {
        ...block,
        attrs,
        content: block.content?.map((node) =>
          node.type === "text" ? node : ({ ...node, attrs: { ...node.attrs, id: newId() } } as typeof node),
        ),
      };
    }),
  };
}
