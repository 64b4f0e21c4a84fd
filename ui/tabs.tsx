"use client";

import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

export type TabItem = {
  id: string;
  label: string;
  /** Shown after the label when there is something to count; a number, or what counts by itself. */
  count?: ReactNode;
  content: ReactNode;
};

type TabsProps = {
  label: string;
  items: TabItem[];
  /** The tab open at first; the first one otherwise. */
  open?: string;
};

/**
 * Tabs of a rail by the WAI-ARIA pattern: one tab stop, arrow keys, Home and End move and open. Every panel stays in
 * the page, so that what was unfolded in one survives a look at another.
 */
export function Tabs({ label, items, open }: TabsProps) {
  const [chosen, setChosen] = useState(open ?? items[0]?.id);
  const base = useId();
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const at = items.findIndex((item) => item.id === chosen);
    const last = items.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    const next = to === undefined ? undefined : items[to];
    if (!next) return;
    event.preventDefault();
    setChosen(next.id);
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(`${base}-${next.id}`)}`)?.focus();
  }

  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className="sticky top-0 z-10 flex overflow-x-auto border-b border-line bg-white px-3"
      >
        {items.map((item) => (
          <button
            key={item.id}
            id={`${base}-${item.id}`}
            type="button"
            role="tab"
            aria-selected={item.id === chosen}
            aria-controls={`${base}-${item.id}-panel`}
            tabIndex={item.id === chosen ? 0 : -1}
            onClick={() => setChosen(item.id)}
            onKeyDown={onKeyDown}
            className="flex min-h-12 shrink-0 items-center gap-1 border-y-2 border-transparent px-1.5 whitespace-nowrap text-ink-soft -outline-offset-4 hover:text-ink aria-selected:border-b-indigo aria-selected:text-ink"
          >
            {item.label}
            {item.count ? <span>{item.count}</span> : null}
          </button>
        ))}
      </div>
      {items.map((item) => (
        <div
          key={item.id}
          id={`${base}-${item.id}-panel`}
          role="tabpanel"
          aria-labelledby={`${base}-${item.id}`}
          hidden={item.id !== chosen}
          tabIndex={0}
          className="-outline-offset-2"
        >
          {item.content}
        </div>
      ))}
    </>
  );
}
