import { expect, test } from "vitest";
import { commandOf, type Key, type Mode } from "./keys";

const press = (key: string, mode: Mode = "ready", held: Partial<Key> = {}) =>
  commandOf(
    { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, keyCode: 0, ...held },
    mode,
  );

test("no key means anything to the grid while an input method composes", () => {
  for (const key of ["Enter", "Tab", "ArrowDown", "Escape", "Delete", "=", "F2"]) {
    expect(press(key, "typing", { isComposing: true })).toBeNull();
    expect(press(key, "ready", { keyCode: 229 })).toBeNull();
  }
});

test("arrows walk the caret while one edits, and take over what was typed otherwise", () => {
  expect(press("ArrowRight", "editing")).toBeNull();
  expect(press("ArrowRight", "typing")).toMatchObject({ do: "move", columns: 1 });
  expect(press("ArrowRight", "ready", { shiftKey: true })).toMatchObject({ do: "move", columns: 1, extend: true });
});

test("undo, deletion and = are letters or the field's own while one types", () => {
  expect(press("z", "typing", { ctrlKey: true })).toBeNull();
  expect(press("z", "ready", { ctrlKey: true })).toEqual({ do: "undo" });
  expect(press("z", "ready", { ctrlKey: true, shiftKey: true })).toEqual({ do: "redo" });
  expect(press("Delete", "editing")).toBeNull();
  expect(press("=", "editing")).toBeNull();
  expect(press("=", "ready")).toEqual({ do: "derive" });
  expect(press("s", "typing", { ctrlKey: true })).toEqual({ do: "save" });
});

test("Escape leaves the grid's keys alone when there is nothing to give back", () => {
  expect(press("Escape")).toBeNull();
  expect(press("Escape", "typing")).toEqual({ do: "cancel" });
});
