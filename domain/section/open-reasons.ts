import type { HistoryEntry } from "./history";

/** The reasons of the return that a leaf is being corrected for; none once it has gone up again. */
export function openReasons(history: readonly HistoryEntry[]) {
  for (const entry of history) {
    if (entry.type === "verdict") return entry.verdict === "return" ? entry : null;
    if (entry.kind === "submitted") return null;
  }
  return null;
}
