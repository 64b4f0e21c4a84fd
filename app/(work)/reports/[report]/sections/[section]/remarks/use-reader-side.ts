import { useEffect, useRef, useState } from "react";
import { blockAt, offsetOf } from "./place-in-page";
import type { Picked, TextSide } from "./text-side";
import type { RemarkProps, Thread } from "./threads";

type Begin = (picked: Picked, kind: "comment" | "suggestion") => void;

/** The text as the server has drawn it: what is selected in it by paragraph and offset, and the buttons under it. */
export function useReaderSide(lines: RemarkProps["lines"]): TextSide {
  const [picked, setPicked] = useState<Picked | null>(null);
  const [pointed, setPointed] = useState<{ id: string } | null>(null);
  const begin = useRef<Begin | null>(null);

  useEffect(() => {
    if (!lines) return;
    let frame = 0;
    const onSelection = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setPicked(pickedIn(window.getSelection(), lines)));
    };
    const onClick = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const button = target?.closest<HTMLElement>("[data-remark-here], [data-remark-change]");
      const { remarkHere, remarkChange } = button?.dataset ?? {};
      const line = lines.find(({ id }) => id === (remarkHere ?? remarkChange));
      if (line) {
        const whole = { blockId: line.id, blockText: line.text, from: 0, to: line.text.length, at: null };
        return begin.current?.({ ...whole, isTable: line.isTable }, remarkHere ? "comment" : "suggestion");
      }
      const sign = target?.closest<HTMLElement>("main [data-remark]");
      // A selection is not a click, and a figure in the words leads to its own row.
      if (!sign || window.getSelection()?.isCollapsed === false || target?.closest("a.figure")) return;
      if (target?.closest("a")) event.preventDefault();
      setPointed({ id: sign.dataset["remark"]?.split(" ")[0] ?? "" });
    };
    document.addEventListener("selectionchange", onSelection);
    document.addEventListener("click", onClick);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener("selectionchange", onSelection);
      document.removeEventListener("click", onClick);
    };
  }, [lines]);

  return {
    picked,
    live: null,
    pointed,
    show,
    onBegin: (now) => {
      begin.current = now;
    },
    hold: () => {},
    save: () => Promise.resolve(true),
    fits: null,
    together: () => [],
    put: (threads) => Promise.resolve([...threads]),
  };
}

function show({ id, place }: Thread): void {
  const sign = document.querySelector<HTMLElement>(`main a[data-remark="${CSS.escape(id)}"]`);
  const words = sign ?? document.querySelector<HTMLElement>(`main #block-${CSS.escape(place.blockId)}`);
  words?.scrollIntoView({ block: "center" });
  words?.focus({ preventScroll: true });
}

/** A selection that runs over several paragraphs is taken as far as the first goes. */
function pickedIn(selection: Selection | null, lines: NonNullable<RemarkProps["lines"]>): Picked | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const block = blockAt(range.startContainer);
  const line = block && lines.find(({ id }) => `block-${id}` === block.id);
  if (!block || !line || !block.closest("main")) return null;
  const last = Array.from(range.getClientRects()).at(-1);
  const at = last ? { top: last.bottom + window.scrollY, left: last.left + window.scrollX } : null;
  const chosen = { blockId: line.id, blockText: line.text, at, isTable: line.isTable };
  if (line.isTable) return { ...chosen, from: 0, to: line.text.length };
  const from = offsetOf(block, range.startContainer, range.startOffset);
  const isWithin = block.contains(range.endContainer);
  const to = isWithin ? offsetOf(block, range.endContainer, range.endOffset) : line.text.length;
  return from < to && to <= line.text.length ? { ...chosen, from, to } : null;
}
