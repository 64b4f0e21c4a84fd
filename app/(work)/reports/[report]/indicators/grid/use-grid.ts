"use client";

import { useEffect, useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react";
import { FIGURE_FIELDS, type FigureState } from "../../../../../../domain/indicator/figure";
import type { GridRow } from "../../../../../../domain/indicator/queries";
import { typedOf } from "../sheet/cell";
import { tableOf } from "../sheet/clipboard-html";
import { blockOf } from "../sheet/clipboard-text";
import { COLUMNS, FIRST_FIGURE, columnOf, fieldAt } from "../sheet/columns";
import { copyOf } from "../sheet/copy-block";
import { commandOf, type Command, type Mode } from "../sheet/keys";
import { ordered, placeBlock, type Range, type Spot } from "../sheet/place-block";
import type { CellRef, Change, Sheet, Snapshot } from "../sheet/sheet";
import { shownOf } from "../sheet/shown";
import { waits } from "./decisions";

export const GRID_ID = "indicator-grid";

export type Said =
  | { kind: "pasted"; count: number; locked: number; outside: number; unknown: string[]; unread: number }
  | { kind: "undone" | "redone" | "copied"; count: number };

type Options = {
  rows: readonly GridRow[];
  sheet: Sheet;
  snapshot: Snapshot;
  numbers: Readonly<Record<string, number>>;
  isComposing: () => boolean;
  onSay: (said: Said) => void;
  onSave: () => void;
  onChooseRow: (id: string) => void;
  onNext: (from: string) => string | null;
};

/** Where one is in the table, what is selected, and what is being typed; and what keys, mouse and clipboard do to it. */
export function useGrid(options: Options) {
  const { rows, sheet, snapshot } = options;
  const [active, setActive] = useState<Spot>(() => firstSpot(rows));
  const [other, setOther] = useState<Spot>(active);
  const [mode, setMode] = useState<Mode>("ready");
  const [draft, setDraft] = useState("");
  /** Set when the next drawing is to bring the focus along. */
  const wanted = useRef<"cell" | "reason" | null>(null);

  const row = rows[active.row];
  const field = fieldAt(active.column);
  const state = row ? snapshot.rows.get(row.id) : undefined;
  const mayFill = field !== null && state?.mayFill === true;
  const ref: CellRef | null = row && field ? { id: row.id, field } : null;

  useLayoutEffect(() => {
    const target = wanted.current;
    wanted.current = null;
    if (target === "cell") {
      const cell = document.querySelector<HTMLElement>(`#${GRID_ID} [data-active]`);
      const focus = cell?.querySelector<HTMLInputElement>("input[data-cell]") ?? cell;
      focus?.focus({ preventScroll: true });
      cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
      if (focus instanceof HTMLInputElement) {
        if (mode === "ready") focus.select();
        else if (mode === "editing") focus.setSelectionRange(focus.value.length, focus.value.length);
      }
    } else if (target === "reason") document.getElementById("override-reason")?.focus();
  });

  useEffect(() => {
    const onHash = () => {
      const code = decodeURIComponent(window.location.hash.slice(1));
      const at = rows.findIndex((one) => one.code === code);
      if (at >= 0) go({ row: at, column: FIRST_FIGURE }, { focus: true });
    };
    onHash();
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
    // Only where the address leads: the rows that it is looked up in are those of now.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  function go(to: Spot, { extend = false, focus = true }: { extend?: boolean; focus?: boolean } = {}): void {
    const spot = within(to, rows.length);
    if (extend) setOther(spot);
    else {
      setActive(spot);
      setOther(spot);
    }
    if (focus) wanted.current = "cell";
  }

  /** Takes over what is being typed. False when the cell now asks for a reason. */
  function commit(): boolean {
    if (mode === "ready" || !ref) return true;
    setMode("ready");
    sheet.apply([{ ...ref, typed: draft, reason: sheet.cell(ref)?.held.reason ?? null }]);
    return !asksReason(ref);
  }

  function asksReason(cell: CellRef): boolean {
    const asks = sheet.cell(cell)?.held.problem?.key === "reason-missing";
    if (asks) wanted.current = "reason";
    return asks;
  }

  function begin(how: Mode, text?: string): void {
    if (!mayFill || !state || !field) return;
    const { held } = state.cells[field];
    setDraft(text ?? (held.figure || held.problem ? typedOf(held) : shownOf(state, field).text));
    setMode(how);
    wanted.current = "cell";
  }

  function put(changes: readonly Change[]): CellRef[] {
    wanted.current = "cell";
    return sheet.apply(changes);
  }

  /** Every figure of the range that may be filled in. */
  function inRange(): CellRef[] {
    const { from, to } = ordered({ from: active, to: other });
    return rows
      .slice(from.row, to.row + 1)
      .flatMap((one) =>
        FIGURE_FIELDS.filter((each) => columnOf(each) >= from.column && columnOf(each) <= to.column).flatMap((each) =>
          snapshot.rows.get(one.id)?.mayFill ? [{ id: one.id, field: each }] : [],
        ),
      );
  }

  /** "=": the plan that is offered, or the completion that is derived. */
  function acceptDerived(cell: CellRef | null = ref): void {
    const at = cell ? snapshot.rows.get(cell.id) : undefined;
    if (!cell || !at?.mayFill) return;
    const { derived } = shownOf(at, cell.field);
    if (cell.field === "completion") put([{ ...cell, figure: null }]);
    else if (cell.field === "planTotal" && derived && at.cells.planTotal.held.figure === null) {
      put([{ ...cell, figure: derived.figure }]);
    }
  }

  function setFigureState(to: FigureState): void {
    if (!ref || !state || !field) return;
    const { held } = state.cells[field];
    const digits = held.figure && "digits" in held.figure ? held.figure.digits : null;
    if (to === "not-applicable" || to === "pending") put([{ ...ref, figure: { state: to } }]);
    else if ((to === "number" || to === "estimate") && digits !== null)
      put([{ ...ref, figure: { state: to, digits } }]);
    else begin("editing", to === "estimate" ? "预计" : to === "words" ? typedOf(held) : "");
    if (to === "not-applicable" || to === "pending") asksReason(ref);
  }

  function replay(cells: CellRef[], kind: "undone" | "redone"): void {
    const [first] = cells;
    const at = rows.findIndex((one) => one.id === first?.id);
    if (first && at >= 0) go({ row: at, column: columnOf(first.field) });
    options.onSay({ kind, count: cells.length });
  }

  function run(command: Command): void {
    switch (command.do) {
      case "move": {
        const to = { row: active.row + command.rows, column: active.column + command.columns };
        if (command.extend) {
          go({ row: other.row + command.rows, column: other.column + command.columns }, { extend: true });
        } else if (commit()) go(command.wrap ? wrapped(to, rows.length) : to);
        return;
      }
      case "row-edge": {
        const from = command.extend ? other : active;
        go({ row: from.row, column: command.end === "start" ? 0 : COLUMNS.length - 1 }, { extend: command.extend });
        return;
      }
      case "table-edge": {
        const to = command.end === "start" ? firstSpot(rows) : { row: rows.length - 1, column: COLUMNS.length - 1 };
        go(to, { extend: command.extend });
        return;
      }
      case "edit":
        if (mode === "ready") begin("editing");
        else setMode("editing");
        return;
      case "cancel":
        setMode("ready");
        wanted.current = "cell";
        return;
      case "blank":
        put(inRange().map((cell) => ({ ...cell, figure: null })));
        return;
      case "undo":
        replay(sheet.undo(), "undone");
        return;
      case "redo":
        replay(sheet.redo(), "redone");
        return;
      case "states":
        if (mayFill) openStates();
        return;
      case "save":
        if (commit()) wanted.current = "cell";
        options.onSave();
        return;
      case "derive":
        acceptDerived();
        return;
      case "choose-row":
        if (row) options.onChooseRow(row.id);
        return;
      case "select-all":
        setActive({ row: 0, column: 0 });
        setOther({ row: rows.length - 1, column: COLUMNS.length - 1 });
        wanted.current = "cell";
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!(event.target as HTMLElement).closest("[data-active]") || (event.target as HTMLElement).closest("select"))
      return;
    const command = commandOf(event.nativeEvent, mode);
    if (!command) {
      if (event.key === "n" && !mayFill && !event.nativeEvent.isComposing && !hasControl(event)) next();
      return;
    }
    if (command.do === "move" && command.wrap && leaves(active, command.columns, rows.length)) {
      commit();
      return;
    }
    // On a cell that cannot be typed into, "=" and a space would only scroll.
    event.preventDefault();
    run(command);
  }

  function next(): void {
    const id = row ? options.onNext(row.id) : null;
    const at = rows.findIndex((one) => one.id === id);
    if (at >= 0) go({ row: at, column: active.column });
  }

  function onPaste(event: ClipboardEvent): void {
    const block =
      tableOf(event.clipboardData.getData("text/html")) ?? blockOf(event.clipboardData.getData("text/plain"));
    const single = block.length === 1 && block[0]?.length === 1;
    if (mode !== "ready" && single) return;
    event.preventDefault();
    setMode("ready");
    const shown = rows.map((one) => ({ ...one, mayFill: snapshot.rows.get(one.id)?.mayFill === true }));
    const { changes, locked, outside, unknown } = placeBlock(block, { from: active, to: other }, shown);
    put(changes);
    const unread = changes.filter((cell) => sheet.cell(cell)?.held.problem).length;
    options.onSay({ kind: "pasted", count: changes.length, locked, outside, unknown, unread });
  }

  function onCopy(event: ClipboardEvent): void {
    if (mode !== "ready") return;
    const { from, to } = ordered({ from: active, to: other });
    const cells = rows.slice(from.row, to.row + 1).map((one) =>
      COLUMNS.slice(from.column, to.column + 1).map((column, offset) => {
        const each = fieldAt(from.column + offset);
        const its = snapshot.rows.get(one.id);
        if (each && its) {
          const shown = shownOf(its, each);
          return { text: shown.text, isEstimate: shown.state === "estimate" };
        }
        const texts: Record<string, string> = {
          number: String(options.numbers[one.id] ?? ""),
          name: one.officialName,
          unit: one.unit,
        };
        return { text: texts[column] ?? "", isEstimate: false };
      }),
    );
    const { text, html } = copyOf(cells);
    event.clipboardData.setData("text/plain", text);
    event.clipboardData.setData("text/html", html);
    event.preventDefault();
    options.onSay({ kind: "copied", count: cells.flat().length });
  }

  function onCut(event: ClipboardEvent): void {
    if (mode !== "ready") return;
    onCopy(event);
    put(inRange().map((cell) => ({ ...cell, figure: null })));
  }

  return {
    active,
    mode,
    draft,
    row,
    field,
    state,
    mayFill,
    ref,
    range: ordered({ from: active, to: other }) satisfies Range,
    go,
    goTo(cell: CellRef): void {
      const at = rows.findIndex((one) => one.id === cell.id);
      if (at >= 0 && commit()) go({ row: at, column: columnOf(cell.field) });
    },
    commit,
    next,
    acceptDerived,
    setFigureState,
    undo: () => replay(sheet.undo(), "undone"),
    redo: () => replay(sheet.redo(), "redone"),
    /** A letter into the cell that is ready replaces what stands there. */
    onType(text: string): void {
      if (mode === "ready") setMode("typing");
      setDraft(text);
    },
    onBlur(): void {
      if (!options.isComposing()) commit();
    },
    edit: () => begin("editing"),
    handlers: { onKeyDown, onPaste, onCopy, onCut },
  };
}

export type Grid = ReturnType<typeof useGrid>;

function firstSpot(rows: readonly GridRow[]): Spot {
  const mine = rows.findIndex((row) => row.can.fill === null || waits(row));
  return { row: Math.max(0, mine), column: FIRST_FIGURE };
}

function within({ row, column }: Spot, rows: number): Spot {
  return {
    row: Math.min(Math.max(0, row), Math.max(0, rows - 1)),
    column: Math.min(Math.max(0, column), COLUMNS.length - 1),
  };
}

/** Tab at the end of a row goes on in the next one, at its first figure. */
function wrapped({ row, column }: Spot, rows: number): Spot {
  if (column >= COLUMNS.length) return within({ row: row + 1, column: FIRST_FIGURE }, rows);
  return column < FIRST_FIGURE ? within({ row: row - 1, column: COLUMNS.length - 1 }, rows) : { row, column };
}

/** Beyond the last cell, and before the first, Tab leaves the table. */
function leaves({ row, column }: Spot, columns: number, rows: number): boolean {
  return columns > 0 ? row === rows - 1 && column === COLUMNS.length - 1 : row === 0 && column <= FIRST_FIGURE;
}

const hasControl = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey || event.altKey;

function openStates(): void {
  const list = document.querySelector<HTMLSelectElement>(`#${GRID_ID} [data-active] select`);
  list?.focus();
  // Some browsers open a list only for a press of the mouse; it has the focus all the same.
  try {
    list?.showPicker();
  } catch {
    return;
  }
}
