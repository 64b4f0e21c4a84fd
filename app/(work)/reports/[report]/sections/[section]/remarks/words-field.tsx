import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { fill } from "../../../../../../fill";
import { buttonStyle } from "../../../../../../../ui/button-style";
import type { Mention, RemarkWords } from "./threads";

const MOST = 2000;

type Props = {
  label: string;
  value: string;
  mentions: readonly Mention[];
  words: RemarkWords;
  onChange: (value: string) => void;
  onEscape: () => void;
};

/** A field in which `@` offers whom to mention, found by name or by the initials of its pinyin. */
export function WordsField({ label, value, mentions, words, onChange, onEscape }: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [query, setQuery] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  // It comes by a press of a key or a button that asks for it.
  useEffect(() => field.current?.focus(), []);
  const offered = query === null ? [] : mentions.filter((one) => matches(one, query));

  function look(element: HTMLTextAreaElement) {
    const before = element.value.slice(0, element.selectionStart);
    const asked = /@([^\s@，。；：、,.;:]{0,16})$/u.exec(before)?.[1];
    setQuery(asked === undefined || mentions.some((one) => one.label === asked) ? null : asked);
    setActive(0);
  }

  function mention(one: Mention) {
    const element = field.current;
    if (!element) return;
    const caret = element.selectionStart;
    const start = query === null ? caret : caret - query.length - 1;
    const named = `@${one.label} `;
    onChange(value.slice(0, start) + named + value.slice(caret));
    setQuery(null);
    element.focus();
    // The value comes with the next drawing; the caret stands behind the name then.
    requestAnimationFrame(() => element.setSelectionRange(start + named.length, start + named.length));
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    if (offered.length === 0) {
      if (event.key === "Escape") onEscape();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = offered[active];
    if (step !== undefined) setActive((active + step + offered.length) % offered.length);
    else if (event.key === "Escape") setQuery(null);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) mention(chosen);
    else return;
    event.preventDefault();
  }

  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      <textarea
        id={id}
        ref={field}
        rows={3}
        value={value}
        aria-describedby={`${id}-hint`}
        aria-autocomplete="list"
        aria-controls={offered.length > 0 ? `${id}-list` : undefined}
        aria-activedescendant={offered.length > 0 ? `${id}-${active}` : undefined}
        onChange={(event) => {
          onChange(event.target.value);
          const isComposing = (event.nativeEvent as InputEvent).isComposing;
          if (!isComposing) look(event.target);
        }}
        onCompositionEnd={(event) => look(event.currentTarget)}
        onKeyDown={onKeyDown}
        onBlur={() => setQuery(null)}
        className="block w-full resize-y rounded border border-line-strong bg-white px-2.5 py-1.5 text-ink"
      />
      {offered.length > 0 && (
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={words.mentions}
          className="rounded border border-line bg-white py-1 shadow-float"
        >
          {offered.map((one, index) => (
            // The keys are the field's: focus never leaves it.
            <button
              key={one.role}
              id={`${id}-${index}`}
              type="button"
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => mention(one)}
              className="flex min-h-(--target) w-full items-center px-3 text-left aria-selected:bg-indigo-tint"
            >
              {one.label}
            </button>
          ))}
        </div>
      )}
      <p id={`${id}-hint`} className="sr-only">
        {words.textHint}
      </p>
      <div role="group" aria-label={words.mentions} className="-ml-2 flex flex-wrap">
        {mentions.map((one) => (
          <button
            key={one.role}
            type="button"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => mention(one)}
            className={`${buttonStyle("quiet")} px-2 text-sm`}
          >
            @{one.label}
          </button>
        ))}
      </div>
      {value.length > MOST && (
        <p role="status" className="text-sm text-status-overdue">
          {fill(words.tooLong, { most: MOST })}
        </p>
      )}
    </div>
  );
}

/** Who is named in what was written. */
export const namedIn = (text: string, mentions: readonly Mention[]): string =>
  mentions
    .filter((one) => text.includes(`@${one.label}`))
    .map((one) => one.role)
    .join(",");

export const isSendable = (text: string): boolean => text.trim() !== "" && text.length <= MOST;

const matches = (one: Mention, query: string): boolean => {
  const wanted = query.toLowerCase();
  return one.keys.some((key) => key.startsWith(wanted)) || one.label.includes(query);
};
