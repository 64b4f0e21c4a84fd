"use client";

import { useSyncExternalStore } from "react";

const NARROW = "(max-width: 639px)";

/** Whether the window is a phone's, where no grid fits. null until the browser has been asked. */
export function useNarrow(): boolean | null {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(NARROW);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => window.matchMedia(NARROW).matches,
    () => null,
  );
}
