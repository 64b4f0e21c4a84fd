import { useEditorState, type Editor } from "@tiptap/react";
import { useEffect, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { Icon } from "../../../../../../../../ui/icon";
import { fill } from "../../../../../../../fill";
import type { EditorWords } from "../words";
import {
  choose,
  findKey,
  findPlugin,
  findState,
  MOST_MATCHES,
  replaceAll,
  replaceOne,
  searchFor,
  step,
} from "./find-plugin";
import type { Search } from "./matches";

/** What keys pressed in the text ask of the open bar. */
export type FindHandle = { focus: () => void; step: (by: 1 | -1) => void; close: () => void };

type Props = {
  editor: Editor;
  replacing: boolean;
  onReplacing: (replacing: boolean) => void;
  onClose: () => void;
  words: EditorWords["hand"]["find"];
  ref: Ref<FindHandle>;
};

/** Find and replace: a bar over the paper. It looks while one types, but not in the middle of a composition. */
export function FindBar({ editor, replacing, onReplacing, onClose, words, ref }: Props) {
  const [search, setSearch] = useState<Search>(() => ({
    query: chosenIn(editor),
    matchWidth: false,
    matchCase: false,
  }));
  const [replacement, setReplacement] = useState("");
  const [told, setTold] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const composing = useRef(false);
  const id = useId();

  useEffect(() => {
    editor.registerPlugin(findPlugin());
    field.current?.select();
    return () => {
      if (!editor.isDestroyed) editor.unregisterPlugin(findKey);
    };
  }, [editor]);
  useEffect(() => {
    if (!composing.current) searchFor(editor.view, search);
  }, [editor, search]);

  const { count, at, cut, bound, boundHere } = useEditorState({
    editor,
    selector: ({ editor: now }) => {
      const { matches, at: shown, cut: more } = findState(now.state);
      return {
        count: matches.length,
        at: shown + 1,
        cut: more,
        bound: matches.filter((match) => match.bound).length,
        boundHere: matches[shown]?.bound ?? false,
      };
    },
  });

  const go = (by: 1 | -1) => {
    setTold("");
    step(editor.view, by);
  };
  const one = () => {
    setTold(replaceOne(editor.view, replacement) ? words.replacedOne : boundHere ? words.boundHere : words.nothing);
  };
  const all = () => {
    const replaced = replaceAll(editor.view, replacement);
    setTold(replaced > 0 ? fill(words.replaced, { count: replaced }) : words.nothing);
  };
  const close = () => {
    choose(editor.view);
    onClose();
    editor.view.focus();
  };
  useImperativeHandle(ref, () => ({ focus: () => field.current?.select(), step: go, close }));

  /** Enter acts, but not the one that ends a composition. */
  const onEnter = (act: (back: boolean) => void) => (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    act(event.shiftKey);
  };

  const write = (change: Partial<Search>) => {
    setTold("");
    setSearch((before) => ({ ...before, ...change }));
  };
  const said = search.query === "" ? "" : count === 0 ? words.none : fill(words.count, { at, count });
  const notes = [
    cut ? fill(words.tooMany, { count: MOST_MATCHES }) : "",
    replacing && bound > 0 ? fill(words.bound, { count: bound }) : "",
    told,
  ].filter(Boolean);
  return (
    <div
      role="search"
      aria-label={words.label}
      className="sticky top-15 z-15 flex flex-wrap items-center gap-x-1 gap-y-1 rounded border border-line bg-white p-1 shadow-float max-lg:top-0 max-lg:z-25"
    >
      <label className="sr-only" htmlFor={`${id}-query`}>
        {words.query}
      </label>
      <input
        id={`${id}-query`}
        ref={field}
        type="text"
        autoComplete="off"
        placeholder={words.query}
        value={search.query}
        onCompositionStart={() => (composing.current = true)}
        onCompositionEnd={(event) => {
          composing.current = false;
          write({ query: event.currentTarget.value });
        }}
        onChange={(event) => write({ query: event.target.value })}
        onKeyDown={onEnter((back) => go(back ? -1 : 1))}
        className={`${FIELD} flex-1 basis-32`}
      />
      <span role="status" className="min-w-14 px-1 text-center text-sm text-ink-soft">
        {said}
      </span>
      <Press onPress={() => go(-1)} off={count === 0} label={words.previous}>
        <Icon name="chevron-down" className="rotate-180" />
      </Press>
      <Press onPress={() => go(1)} off={count === 0} label={words.next}>
        <Icon name="chevron-down" />
      </Press>
      <button
        type="button"
        aria-expanded={replacing}
        aria-controls={`${id}-replace`}
        onClick={() => onReplacing(!replacing)}
        className={PRESS}
      >
        {words.replacing}…
      </button>
      <Choice label={words.width} on={search.matchWidth} onChange={(matchWidth) => write({ matchWidth })} />
      <Choice label={words.case} on={search.matchCase} onChange={(matchCase) => write({ matchCase })} />
      <Press onPress={close} label={words.close} className="ml-auto">
        <Icon name="close" />
      </Press>
      <div id={`${id}-replace`} hidden={!replacing} className="basis-full">
        <div className="flex flex-wrap items-center gap-1">
          <label className="sr-only" htmlFor={`${id}-replacement`}>
            {words.replacement}
          </label>
          <input
            id={`${id}-replacement`}
            type="text"
            autoComplete="off"
            placeholder={words.replacement}
            value={replacement}
            onChange={(event) => setReplacement(event.target.value)}
            onKeyDown={onEnter(one)}
            className={`${FIELD} flex-1 basis-32`}
          />
          <Press onPress={one} off={count === 0}>
            {words.one}
          </Press>
          <Press onPress={all} off={count === 0}>
            {words.all}
          </Press>
        </div>
      </div>
      <p role="status" className={notes.length > 0 ? "basis-full px-2 py-1 text-sm text-ink-soft" : "sr-only"}>
        {notes.join(words.between)}
      </p>
    </div>
  );
}

type PressProps = { onPress: () => void; off?: boolean; label?: string; className?: string; children: React.ReactNode };

function Press({ onPress, off = false, label, className = "", children }: PressProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={off || undefined}
      onClick={() => !off && onPress()}
      className={`${PRESS} ${className}`}
    >
      {children}
    </button>
  );
}

function Choice({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="flex min-h-(--target) items-center gap-1.5 px-2 text-sm text-ink-soft">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
        className="accent-indigo"
      />
      {label}
    </label>
  );
}

const FIELD = "min-h-(--target) min-w-0 rounded border border-line-strong bg-white px-2.5";
const PRESS =
  "flex min-h-(--target) min-w-(--target) items-center justify-center rounded px-2 text-ink-soft hover:bg-indigo-tint hover:text-ink aria-disabled:text-ink-faint";

/** Words chosen in one paragraph are what one wants to find. */
function chosenIn({ state: { doc, selection } }: Editor): string {
  const { from, to, $from, $to } = selection;
  return from < to && $from.sameParent($to) && to - from <= 100 ? doc.textBetween(from, to) : "";
}
