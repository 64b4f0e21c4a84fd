"use client";

import { useCallback, useEffect, useState } from "react";
import { Button } from "../../../../../ui/button";
import { Notice } from "../../../../../ui/notice";
import { fill } from "../../../../fill";

export type InHandWords = { theirs: string; takeOver: string; mine: string };
/** `at` in the reader's words. */
type Claim = { by: string; at: string; mine: boolean };

type Props = {
  kind: "leaf" | "row";
  id: string;
  revisionId: string;
  /** As the server knew it when it made the page. */
  claim: Claim | null;
  words: InHandWords;
};

/** Half of what a claim lasts: an open page that is looked at goes on having it. */
const AGAIN_MS = 10 * 60_000;

/** Remembers that this was before one's eyes, takes a text in hand while it is, and says who else has it. */
export function InHand({ kind, id, revisionId, claim, words }: Props) {
  const [known, setKnown] = useState(claim);
  // The page keeps itself in step with what others do: what it says anew counts, what it says again does not.
  const [told, setTold] = useState(claim);
  if (told?.by !== claim?.by || told?.at !== claim?.at || told?.mine !== claim?.mine) {
    setTold(claim);
    setKnown(claim);
  }
  const tell = useCallback(
    async (word: { takeOver?: boolean }) => {
      const answer = await post(kind, id, { revision: revisionId, ...word });
      if (answer !== undefined) setKnown(answer);
    },
    [kind, id, revisionId],
  );
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") void tell({});
    };
    const leave = () => navigator.sendBeacon(pathOf(kind, id), JSON.stringify({ left: true }));
    look();
    const timer = setInterval(look, AGAIN_MS);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [kind, id, tell]);
  if (known === null || kind === "row") return null;
  if (known.mine) return <p className="text-sm text-ink-soft">{fill(words.mine, { at: known.at })}</p>;
  return (
    <Notice
      action={
        <Button type="button" onClick={() => void tell({ takeOver: true })}>
          {words.takeOver}
        </Button>
      }
    >
      {fill(words.theirs, { by: known.by, at: known.at })}
    </Notice>
  );
}

const pathOf = (kind: Props["kind"], id: string): string =>
  `/api/${kind === "leaf" ? "sections" : "indicators"}/${id}/look`;

/** Undefined when nothing was heard: it is a courtesy, and nobody waits for it. */
async function post(kind: Props["kind"], id: string, word: object): Promise<Claim | null | undefined> {
  try {
    const answer = await fetch(pathOf(kind, id), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(word),
    });
    if (!answer.ok) return undefined;
    return ((await answer.json()) as { claim: Claim | null }).claim;
  } catch {
    return undefined;
  }
}
