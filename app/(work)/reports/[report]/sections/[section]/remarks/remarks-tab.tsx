"use client";

import { useEffect, useState } from "react";
import { Button } from "../../../../../../../ui/button";
import { useOnDemand } from "../../../../../../../ui/use-on-demand";
import type { RemarkProps } from "./threads";

/** The remarks beside a text. They come after the page: nobody waits for them to read or to write. */
export function RemarksTab(props: RemarkProps) {
  const [tries, setTries] = useState(0);
  return <Loading key={tries} {...props} onRetry={() => setTries(tries + 1)} />;
}

function Loading({ onRetry, ...props }: RemarkProps & { onRetry: () => void }) {
  const isIdle = useIdle();
  const loaded = useOnDemand(isIdle, () => import("./remarks-panel"));
  if (loaded && loaded !== "failed") return <loaded.RemarksPanel {...props} />;
  return (
    <div className="px-4.5 py-3.5 text-ink-soft">
      {loaded === "failed" ? (
        <>
          <p>{props.words.failed}</p>
          <Button type="button" kind="quiet" className="-ml-3.5" onClick={onRetry}>
            {props.words.retry}
          </Button>
        </>
      ) : (
        <p>{props.words.opening}</p>
      )}
    </div>
  );
}

/** True once the page has come to rest: the first keystroke is before everything else. */
function useIdle(): boolean {
  const [isIdle, setIsIdle] = useState(false);
  useEffect(() => {
    const rest = () => setIsIdle(true);
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(rest, LATEST_MS);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(rest, { timeout: LATEST_MS });
    return () => cancelIdleCallback(idle);
  }, []);
  return isIdle;
}

const LATEST_MS = 500;
