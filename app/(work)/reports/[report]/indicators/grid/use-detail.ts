"use client";

import { useEffect, useState } from "react";
import type { CellDetail } from "../../../../../../domain/indicator/queries";
import type { CellRef } from "../sheet/sheet";

/** As JSON brings it: moments are texts. */
export type Detail = {
  history: (Omit<CellDetail["history"][number], "at"> & { at: string })[];
  evidence: (Omit<CellDetail["evidence"][number], "at"> & { at: string })[];
};

type Answer = { of: string; detail: Detail | "away" };

/** What the server knows of the active cell; asked for when one has rested on it, and again when `stamp` changes. */
export function useDetail(cell: CellRef | null, stamp: string) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [round, setRound] = useState(0);
  const of = cell ? `${cell.id}/${cell.field}` : "";

  useEffect(() => {
    if (!cell) return;
    const asking = new AbortController();
    const wait = setTimeout(() => {
      void readDetail(cell, asking.signal).then((detail) => {
        if (!asking.signal.aborted) setAnswer({ of, detail });
      });
    }, 250);
    return () => {
      clearTimeout(wait);
      asking.abort();
    };
    // The cell is its address.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [of, stamp, round]);

  const detail = answer?.of === of ? answer.detail : null;
  return { detail, again: () => setRound((was) => was + 1) };
}

async function readDetail({ id, field }: CellRef, signal: AbortSignal): Promise<Detail | "away"> {
  try {
    const response = await fetch(`/api/indicators/${id}/cells/${field}`, { signal });
    return response.ok ? ((await response.json()) as Detail) : "away";
  } catch {
    return "away";
  }
}
