"use client";

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { GridRow } from "../../../../../../domain/indicator/queries";
import { CellQueue, type SaveState } from "./save-queue";
import { sendCells } from "./send-cells";
import { Sheet } from "./sheet";
import { leftOf, stash } from "./stash";

/** The table in the browser: what stands in it, how far it is saved, and what an earlier visit left. */
export function useSheet(rows: readonly GridRow[], slug: string) {
  const [save, setSave] = useState<SaveState>({ kind: "clean" });
  const [keptHere, setKeptHere] = useState(true);
  const [restored, setRestored] = useState(0);
  const [leftBehind, setLeftBehind] = useState<string[]>([]);
  const [sheet] = useState(() => new Sheet(rows, stash, setKeptHere));
  const snapshot = useSyncExternalStore(sheet.subscribe, sheet.getSnapshot, sheet.getSnapshot);
  const queue = useRef<CellQueue | null>(null);
  const composing = useRef(false);
  const adopted = useRef(rows);

  useEffect(() => {
    if (adopted.current !== rows) sheet.adopt(rows);
    adopted.current = rows;
    // What was unsaved when its row went up is still in this browser, and may be wanted.
    const closed = rows.filter((row) => row.can.fill === "indicator-not-open");
    setLeftBehind(closed.filter((row) => leftOf([row.id]).length > 0).map((row) => row.officialName));
  }, [rows, sheet]);

  useEffect(() => {
    const mine = new CellQueue({
      unsent: (limit) => sheet.unsent(limit),
      send: (cells) => sendCells(slug, cells),
      onSaved: (sent, saved, conflicts) => {
        sheet.acknowledge(sent, saved);
        sheet.collide(conflicts);
      },
      onClosed: (ids) => sheet.close(ids),
      onRefused: (cell) => sheet.refuse(cell),
      onState: setSave,
      isComposing: () => composing.current,
    });
    queue.current = mine;
    const stop = sheet.subscribe(() => mine.changed());
    const fillable = [...sheet.getSnapshot().rows.values()].filter((row) => row.mayFill).map((row) => row.id);
    setRestored(sheet.restore(leftOf(fillable)).length);
    const onLeave = (event: BeforeUnloadEvent) => {
      if (mine.hasUnsaved) event.preventDefault();
    };
    // Before the page goes out of sight, and when it comes back from signing in or the network does.
    const onTurn = () => {
      if (mine.hasUnsaved) void mine.flush();
    };
    window.addEventListener("beforeunload", onLeave);
    window.addEventListener("online", onTurn);
    document.addEventListener("visibilitychange", onTurn);
    return () => {
      window.removeEventListener("beforeunload", onLeave);
      window.removeEventListener("online", onTurn);
      document.removeEventListener("visibilitychange", onTurn);
      stop();
      mine.dispose();
      if (mine.hasUnsaved) void mine.flush();
    };
  }, [sheet, slug]);

  const flush = useCallback(async () => (await queue.current?.flush()) ?? true, []);
  const compose = useCallback((now: boolean) => {
    composing.current = now;
  }, []);
  const isComposing = useCallback(() => composing.current, []);
  return { sheet, snapshot, save, keptHere, restored, leftBehind, flush, compose, isComposing };
}
