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
    // What is worked on keeps the focus and what is chosen in it.
    const onMouse = (event: MouseEvent) => event.preventDefault();
    document.addEventListener("pointerdown", onPress);
    menu.addEventListener("keydown", onKey);
    menu.addEventListener("mousedown", onMouse);
    return () => {
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
            aria-keyshortcuts={keys}
            onClick={() => {
              if (off) return;
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
