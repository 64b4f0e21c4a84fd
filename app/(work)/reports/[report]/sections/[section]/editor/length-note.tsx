import type { Editor } from "@tiptap/react";
import { useEffect, useState } from "react";
import type { Length } from "../../../../../../../domain/section/length";
import { Button } from "../../../../../../../ui/button";
import { Icon } from "../../../../../../../ui/icon";
import { Notice } from "../../../../../../../ui/notice";
import { fill } from "../../../../../../fill";
import { documentLength } from "./document-length";
import type { EditorWords } from "./words";

/** The length waits until the hand rests: nobody reads it while typing. */
const REST = 150;

/** How long the text is, and by how much it is longer than it should be; a warning that blocks nothing. */
export function LengthNote({ editor, limit, words }: { editor: Editor; limit: number | null; words: EditorWords }) {
  const { characters, words: inWords } = useLength(editor);
  const said = (number: number) => number.toLocaleString(words.locale);
  const { length } = words.hand;
  const over = limit === null ? 0 : characters - limit;
  const numbers = { count: said(characters), limit: said(limit ?? 0), over: said(over) };
  const how = fill(length.how, { words: said(inWords) });
  return (
    <p className="ml-auto flex min-w-0 items-center gap-1 px-1 text-sm text-ink-soft" title={how}>
      {/* Said once, when the text becomes too long: the numbers change with every key. */}
      <span role="status" className="sr-only">
        {over > 0 && length.tooLong}
      </span>
      {over > 0 ? (
        <span className="flex items-center gap-1 text-status-returned">
          <Icon name="warning" />
          {fill(length.over, numbers)}
        </span>
      ) : (
        <span>{fill(limit === null ? length.plain : length.limit, numbers)}</span>
      )}
    </p>
  );
}

/** Asked once before a text that is too long goes up; whoever shortens it meanwhile is no longer asked. */
export function OverLimit({
  editor,
  limit,
  words,
  onSubmit,
}: {
  editor: Editor;
  limit: number;
  words: EditorWords;
  onSubmit: () => void;
}) {
  const { characters } = useLength(editor);
  if (characters <= limit) return null;
  const said = (number: number) => number.toLocaleString(words.locale);
  const { length } = words.hand;
  return (
    <Notice
      tone="warning"
      action={
        <Button type="button" onClick={onSubmit}>
          {length.submitAnyway}
        </Button>
      }
    >
      {fill(length.overSubmit, { count: said(characters), limit: said(limit), over: said(characters - limit) })}
    </Notice>
  );
}

function useLength(editor: Editor): Length {
  const [length, setLength] = useState(() => documentLength(editor.state.doc));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => !editor.isDestroyed && setLength(documentLength(editor.state.doc)), REST);
    };
    later();
    editor.on("update", later);
    return () => {
      clearTimeout(timer);
      editor.off("update", later);
    };
  }, [editor]);
  return length;
}
