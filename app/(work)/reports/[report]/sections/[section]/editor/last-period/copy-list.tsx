"use client";

import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import type { ContentBlock } from "../../../../../../../../domain/section/content";
import type { Messages } from "../../../../../../../../messages/load";
import { fill } from "../../../../../../../fill";
import { useEditorFigures } from "../figures-context";
import { newBlockId } from "../schema";
import { insertBlock } from "./insert-block";

type Props = { items: { block: ContentBlock; shown: ReactNode }[]; words: Messages["editor"]["last"] };

/** Blocks with a button each: the arrows go from one to the next, Enter brings it to the caret, where one goes on. */
export function CopyList({ items, words }: Props) {
  const editor = useEditorFigures()?.editor;
  const [current, setCurrent] = useState(0);
  const [said, setSaid] = useState("");
  const list = useRef<HTMLUListElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const to = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined || !items[to]) return;
    event.preventDefault();
    setCurrent(to);
    list.current?.querySelectorAll("button")[to]?.focus();
  }
  function copy(index: number) {
    const block = items[index]?.block;
    if (!editor?.isEditable) return;
    const change = block && insertBlock(editor.state, block, newBlockId);
    if (!change) return;
    setCurrent(index);
    editor.view.dispatch(change);
    if (!change.docChanged) return setSaid("");
    editor.view.focus();
    setSaid(fill(words.copied, { number: index + 1 }));
  }

  return (
    <>
      {editor && <p className="pt-1 text-sm text-ink-soft">{words.hint}</p>}
      <p role="status" className="sr-only">
        {said}
      </p>
      <ul
        ref={list}
        aria-label={words.list}

        className="sheet -mx-4.5 min-h-0 w-auto border-0 bg-white p-0"
      >
        {items.map(({ shown }, index) => (
          <li
            key={index}
            className="px-4.5 pt-2 focus-within:bg-indigo-tint focus-within:shadow-[inset_3px_0_0_var(--color-indigo)]"
          >
            <div className="doc">{shown}</div>
            {editor && (
              <button
                type="button"
                aria-label={fill(words.copyNth, { number: index + 1 })}
                tabIndex={index === current ? 0 : -1}
                onFocus={() => setCurrent(index)}
                onKeyDown={onKeyDown}
                onClick={() => copy(index)}
                className="link ml-auto flex min-h-(--target) items-center px-2 text-sm -outline-offset-2"
              >
                {words.copy}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
