type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Remembers what every field held when the page first saw it used, and tells whether any that is still there holds
 * something else now: an answer half written, a line chosen. Listens from now on; returns the question and what ends it.
 */
export function watchInput(root: Document): { isUnsaved: () => boolean; leave: () => void } {
  const first = new Map<Field, string>();
  const note = ({ target }: Event) => {
    if (isField(target) && !first.has(target)) first.set(target, valueOf(target));
  };
  // Before the first key or press has changed anything.
  const moments = ["focusin", "pointerdown", "keydown", "beforeinput"] as const;
  for (const moment of moments) root.addEventListener(moment, note, { capture: true, passive: true });
  // What a filter asks for is in the address now.
  const sent = ({ target }: Event) => {
    if (!(target instanceof HTMLFormElement) || target.method !== "get") return;
    for (const field of first.keys()) if (field.form === target) first.delete(field);
  };
  root.addEventListener("submit", sent, { capture: true });
  return {
    isUnsaved: () => {
      for (const [field, before] of first) {
        if (!field.isConnected) first.delete(field);
        else if (valueOf(field) !== before) return true;
      }
      return false;
    },
    leave: () => {
      for (const moment of moments) root.removeEventListener(moment, note, { capture: true });
      root.removeEventListener("submit", sent, { capture: true });
    },
  };
}

const isField = (target: EventTarget | null): target is Field =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;

const valueOf = (field: Field): string =>
  field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")
    ? String(field.checked)
    : field.value;
