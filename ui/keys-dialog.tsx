"use client";

import { useEffect, useId, useRef } from "react";
import { Icon } from "./icon";

/** What a key does; keys as they are written on it: Ctrl+B. */
export type KeyLine = readonly [keys: string, does: string];
export type KeyGroup = { title?: string; lines: readonly KeyLine[] };

/** The keys of a screen. The browser keeps the focus in it, closes it on Esc and gives the focus back. */
export function KeysDialog({
  title,
  close,
  groups,
  onClose,
}: {
  title: string;
  close: string;
  groups: readonly KeyGroup[];
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    // Beside it is the backdrop, which belongs to it.
    const onPress = (event: MouseEvent) => event.target === element && element.close();
    element.addEventListener("click", onPress);
    return () => element.removeEventListener("click", onPress);
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(46rem,calc(100vw-2rem))] overflow-y-auto rounded border border-line bg-white text-ink shadow-float backdrop:bg-ink/25"
    >
      <div className="sticky top-0 flex items-center justify-between gap-4 border-b border-line bg-white py-1 pr-1 pl-4">
        <h2 id={titleId} className="font-semibold">
          {title}
        </h2>
        <button
          type="button"
          onClick={() => dialog.current?.close()}
          className="flex size-(--target) items-center justify-center rounded text-ink-soft -outline-offset-2 hover:text-ink"
        >
          <Icon name="close" label={close} />
        </button>
      </div>
      <div className="grid gap-x-8 gap-y-4 px-4 pt-3 pb-4 sm:grid-cols-2">
        {groups.map(({ title: heading, lines }, index) => (
          <div key={index}>
            {heading && <h3 className="mb-1 text-sm text-ink-soft">{heading}</h3>}
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
              {lines.map(([keys, does]) => (
                <div
                  key={`${keys} ${does}`}
                  className="col-span-2 grid grid-cols-subgrid border-b border-line-soft py-1"
                >
                  <dt className="font-semibold whitespace-nowrap">{keys}</dt>
                  <dd className="text-ink-soft">{does}</dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </dialog>
  );
}
