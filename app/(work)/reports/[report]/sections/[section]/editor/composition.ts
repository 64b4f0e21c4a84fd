import type { EditorProps, EditorView } from "@tiptap/pm/view";

type Handlers = NonNullable<EditorProps["handleDOMEvents"]>;

/** ProseMirror reads what an input method has left in the page a moment after compositionend. */
const READ_BY = 40;

/** Waits for the end of a composition: changing the text under an input method breaks its words. */
export async function compositionEnds(isComposing: () => boolean): Promise<void> {
  while (isComposing()) await new Promise((next) => setTimeout(next, 100));
}

/**
 * Whether an input method is composing. While it is, a plugin changes nothing around the caret, or the composition would
 * break; `settled` is called when its words are in the document.
 */
export function compositionWatch(settled: (view: EditorView) => void) {
  let composing = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const handleDOMEvents: Handlers = {
    compositionstart: () => {
      clearTimeout(timer);
      composing = true;
    },
    compositionend: (view) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        composing = false;
        if (!view.isDestroyed) settled(view);
      }, READ_BY);
    },
  };
  return { isComposing: () => composing, handleDOMEvents };
}
