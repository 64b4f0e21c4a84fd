import type { Editor } from "@tiptap/react";
import { useLayoutEffect, useRef, type ComponentProps } from "react";

type Props = ComponentProps<"div"> & { editor: Editor; at: number };

/** A small window at a place of the text: under its line, or over it where there is no room below. */
export function Floating({ editor, at, className = "", ...rest }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [element, frame] = [box.current, box.current?.offsetParent];
    if (!element || !frame || at > editor.state.doc.content.size) return;
    const line = editor.view.coordsAtPos(at);
    const edge = frame.getBoundingClientRect();
    const screen = window.visualViewport?.height ?? window.innerHeight;
    const fits = screen - line.bottom > element.offsetHeight + GAP || line.top < element.offsetHeight + BAR;
    const top = fits ? line.bottom + GAP : line.top - GAP - element.offsetHeight;
    const left = Math.max(0, Math.min(line.left - edge.left, edge.width - element.offsetWidth));
    element.style.top = `${top - edge.top}px`;
    element.style.left = `${left}px`;
  });
  return (
    <div
      {...rest}
      ref={box}
      className={`absolute top-0 left-0 z-15 max-w-full rounded border border-line bg-white shadow-float ${className}`}
    />
  );
}

/** Between the line and the window; and the height of the bar that stays over the page. */
const GAP = 6;
const BAR = 64;
