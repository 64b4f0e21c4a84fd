import { useEffect, useEffectEvent } from "react";

/**
 * Single keys that act wherever nothing is being typed: not during a composition, in a field, in a dialog, or together
 * with Ctrl, Alt or Meta. Whoever returns false has not taken the key.
 */
export function usePlainKeys(keys: Record<string, () => boolean | void>): void {
  const take = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey || takesKeys(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (act && act() !== false) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => take(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}

function takesKeys(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable ||
    target.closest("textarea, select, [role=grid], [role=tablist], [role=menu]") !== null
    ? true
    : target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}
