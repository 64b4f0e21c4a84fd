/** ready: the cell shows its figure. typing: letters replace it, arrows take it over. editing: the caret walks in it. */
export type Mode = "ready" | "typing" | "editing";

export type Command =
  | { do: "move"; rows: number; columns: number; extend: boolean; wrap?: boolean }
  | { do: "row-edge" | "table-edge"; end: "start" | "end"; extend: boolean }
  | { do: "edit" | "cancel" | "blank" | "undo" | "redo" | "states" | "save" | "derive" | "choose-row" | "select-all" };

export type Key = Pick<
  KeyboardEvent,
  "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "isComposing" | "keyCode"
>;

/**
 * What a key does to the grid; null leaves it to the browser. While an input method composes, every key is its own:
 * 229 is what browsers send for it before they know.
 */
export function commandOf(event: Key, mode: Mode): Command | null {
  if (event.isComposing || event.keyCode === 229) return null;
  const { key, shiftKey: shift } = event;
  if (event.ctrlKey || event.metaKey) return withControl(key.toLowerCase(), shift, mode);
  if (key === "F4" || (event.altKey && key === "ArrowDown")) return { do: "states" };
  if (event.altKey) return null;
  switch (key) {
    case "Tab":
      return { do: "move", rows: 0, columns: shift ? -1 : 1, extend: false, wrap: true };
    case "Enter":
      return { do: "move", rows: shift ? -1 : 1, columns: 0, extend: false };
    case "Escape":
      return mode === "ready" ? null : { do: "cancel" };
    case "F2":
      return { do: "edit" };
    case "ArrowUp":
    case "ArrowDown":
      return { do: "move", rows: key === "ArrowUp" ? -1 : 1, columns: 0, extend: shift && mode === "ready" };
    case "ArrowLeft":
    case "ArrowRight":
      if (mode === "editing") return null;
      return { do: "move", rows: 0, columns: key === "ArrowLeft" ? -1 : 1, extend: shift && mode === "ready" };
    case "Home":
    case "End":
      return mode === "ready" ? { do: "row-edge", end: key === "Home" ? "start" : "end", extend: shift } : null;
    case "Delete":
    case "Backspace":
      return mode === "ready" ? { do: "blank" } : null;
    case "=":
      return mode === "ready" ? { do: "derive" } : null;
    case " ":
      return mode === "ready" ? { do: "choose-row" } : null;
    default:
      return null;
  }
}

function withControl(key: string, shift: boolean, mode: Mode): Command | null {
  if (key === "s") return { do: "save" };
  if (mode !== "ready") return null;
  if (key === "z") return { do: shift ? "redo" : "undo" };
  if (key === "y") return { do: "redo" };
  if (key === "a") return { do: "select-all" };
  if (key === "home" || key === "end")
    return { do: "table-edge", end: key === "home" ? "start" : "end", extend: shift };
  return null;
}
