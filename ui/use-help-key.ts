import { useEffect } from "react";

/** `?` (also as an input method gives it) opens the list of keys wherever it is not text that is being entered. */
export function useHelpKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.key !== "?" && event.key !== "？") || takesText(event.target)) return;
      event.preventDefault();
      open();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [open]);
}

/** A cell of a table that is filled in takes a typed mark as its text too. */
function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, [role=grid], dialog") !== null;
}
