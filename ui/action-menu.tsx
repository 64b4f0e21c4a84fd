import { useEffect, useRef, type ReactNode } from "react";
import { Menu, MENU_ITEM } from "./menu";

export type MenuAction = {
  label: ReactNode;
  /** The key that does the same, as it is written on it. */
  keys?: string;
  /** Not open now: it stays in its place and does nothing. */
  off?: boolean;
  onPress: () => void;
};

/** The rarer acts of a bar, under one word. It closes behind an act, on Esc and when something else is pressed. */
export function ActionMenu({ label, actions }: { label: ReactNode; actions: readonly MenuAction[] }) {
  const box = useRef<HTMLDivElement>(null);
  const close = () => box.current?.querySelector("details")?.removeAttribute("open");
  useEffect(() => {
    const menu = box.current;
    const details = menu?.querySelector("details");
    if (!menu || !details) return;
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !menu.contains(event.target)) details.open = false;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing) return;
      details.open = false;
      menu.querySelector("summary")?.focus();
    };
    // It ends where its word ends; at the left edge of a narrow bar it would begin beyond the page.
    const panel = details.querySelector<HTMLElement>(":scope > :not(summary)");
    const onToggle = () => {
      if (!panel) return;
      panel.style.translate = "none";
      const { left } = panel.getBoundingClientRect();
      if (left < 0) panel.style.translate = `${EDGE - left}px`;
    };
    // What is worked on keeps the focus and what is chosen in it.
    const onMouse = (event: MouseEvent) => event.preventDefault();
    details.addEventListener("toggle", onToggle);
    document.addEventListener("pointerdown", onPress);
    menu.addEventListener("keydown", onKey);
    menu.addEventListener("mousedown", onMouse);
    return () => {
      details.removeEventListener("toggle", onToggle);
      document.removeEventListener("pointerdown", onPress);
      menu.removeEventListener("keydown", onKey);
      menu.removeEventListener("mousedown", onMouse);
    };
  }, [box]);
  return (
    <div ref={box}>
      <Menu label={label}>
        {actions.map(({ label: does, keys, off = false, onPress }, index) => (
          <button
            key={index}
            type="button"
            aria-disabled={off || undefined}
            aria-keyshortcuts={keys && shortcutOf(keys)}
            onClick={() => {
              if (off) return;
              // A dialog gives the focus back to where it came from: not to an item that is folded away.
              if (box.current?.contains(document.activeElement)) box.current.querySelector("summary")?.focus();
              close();
              onPress();
            }}
            className={`${MENU_ITEM} aria-disabled:text-ink-faint`}
          >
            {does}
            {keys && <kbd className="ml-auto pl-6 font-sans text-sm text-ink-faint max-sm:hidden">{keys}</kbd>}
          </button>
        ))}
      </Menu>
    </div>
  );
}

/** In pixels: as far from the edge of the page as a menu stays. */
const EDGE = 8;

/** As aria-keyshortcuts names the keys: by their DOM names. */
const shortcutOf = (keys: string): string =>
  keys.replace("Ctrl", "Control").replace("↑", "ArrowUp").replace("↓", "ArrowDown");
