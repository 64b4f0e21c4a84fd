import { useEffect, useEffectEvent, useState } from "react";

/**
 * What is loaded when it is first wanted; null until it is there, "failed" when the network did not bring it. It is asked
 * for again when `wanted` becomes true again: whoever offers a second try takes it back in `onFailed`.
 */
export function useOnDemand<Loaded>(
  wanted: boolean,
  load: () => Promise<Loaded>,
  onFailed?: () => void,
): Loaded | "failed" | null {
  const [state, setState] = useState<{ loaded: Loaded } | "failed" | null>(null);
  const fail = useEffectEvent(() => {
    setState((before) => (before && before !== "failed" ? before : "failed"));
    onFailed?.();
  });
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    load().then(
      (loaded) => !left && setState((before) => (before && before !== "failed" ? before : { loaded })),
      () => !left && fail(),
    );
    return () => {
      left = true;
    };
    // `load` is an import: the same whenever it is called.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted]);
  return state === null || state === "failed" ? state : state.loaded;
}
