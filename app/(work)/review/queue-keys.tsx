"use client";

import { useCallback, useRef, useState, type ReactNode } from "react";
import { Button } from "../../../ui/button";
import { KeysDialog, type KeyLine } from "../../../ui/keys-dialog";
import { useHelpKey } from "../../../ui/use-help-key";
import { usePlainKeys } from "../../../ui/use-plain-keys";

const WORDS = [
  "keys",
  "close",
  "arrows",
  "arrowsDo",
  "enter",
  "enterDo",
  "x",
  "xDo",
  "b",
  "bDo",
  "help",
  "helpDo",
  "chooseAll",
] as const;
type Words = Record<(typeof WORDS)[number], string>;

/** The queue by hand: one key down and up through its lines, Enter opens as of any link, x chooses, b goes on with them. */
export function QueueKeys({ words, canChoose, children }: { words: Words; canChoose: boolean; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  useHelpKey(open);
  const links = () => [...(box.current?.querySelectorAll<HTMLElement>("a[data-line]") ?? [])];
  const boxes = () => [...(box.current?.querySelectorAll<HTMLInputElement>("input[name=item]") ?? [])];
  const rowOf = (element: Element | null) => element?.closest("tr") ?? null;
  const step = (by: 1 | -1, mayStart: boolean) => {
    const all = links();
    const at = all.findIndex((link) => rowOf(link) === rowOf(document.activeElement));
    // Arrows scroll the page until one is among its lines.
    if (at === -1 && !mayStart) return false;
    const to = all[at === -1 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
    to?.focus();
    to?.scrollIntoView({ block: "nearest" });
    return to !== undefined;
  };
  usePlainKeys({
    j: () => step(1, true),
    ArrowDown: () => step(1, false),
    k: () => step(-1, true),
    ArrowUp: () => step(-1, false),
    x: () => {
      const chosen = rowOf(document.activeElement)?.querySelector<HTMLInputElement>("input[name=item]");
      chosen?.click();
      return chosen !== undefined && chosen !== null;
    },
    b: () => {
      if (!boxes().some(({ checked }) => checked)) return false;
      box.current?.closest("form")?.requestSubmit();
      return true;
    },
  });
  const all = () => {
    const every = boxes();
    const isAll = every.every(({ checked }) => checked);
    for (const one of every) one.checked = !isAll;
  };
  const lines: KeyLine[] = [
    [words.arrows, words.arrowsDo],
    [words.enter, words.enterDo],
    [words.x, words.xDo],
    [words.b, words.bDo],
    [words.help, words.helpDo],
  ];
  return (
    <div ref={box} className="flex flex-col gap-1">
      <div className="flex flex-wrap justify-end">
        <Button type="button" kind="quiet" className="max-sm:hidden" onClick={open}>
          {words.keys}
        </Button>
        {canChoose && (
          <Button type="button" kind="quiet" onClick={all}>
            {words.chooseAll}
          </Button>
        )}
      </div>
      {children}
      {isOpen && (
        <KeysDialog title={words.keys} close={words.close} groups={[{ lines }]} onClose={() => setOpen(false)} />
      )}
    </div>
  );
}
