import { useEffect, useState } from "react";

/** What is loaded when it is first wanted; null until it is there, "failed" when the network did not bring it. */
export function useOnDemand<Loaded>(wanted: boolean, load: () => Promise<Loaded>): Loaded | "failed" | null {
  const [state, setState] = useState<{ loaded: Loaded } | "failed" | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    // A second try after a failure: the tool is asked for again.
    load().then(
      (loaded) => !left && setState((before) => (before && before !== "failed" ? before : { loaded })),
      () => !left && setState("failed"),
    );
    return () => {
      left = true;
    };
    // `load` is an import: the same whenever it is called.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted]);
  return state === null || state === "failed" ? state : state.loaded;
}
