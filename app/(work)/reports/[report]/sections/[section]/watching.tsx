"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { Neighbour } from "./editor/live-section";
import type { LiveWords } from "./editor/live-words";
import { NeighbourList } from "./neighbour-list";

/** Others save every few words; a reader sees them a moment later. */
const REFRESH_MS = 2_000;

type Props = {
  section: { id: string; version: number; draftVersion: number };
  /** The blocks of the text as it is shown, to count paragraphs by. */
  blocks: readonly string[];
  words: LiveWords;
};

/** For whoever of the department reads: who writes in it now; and the page follows what they save and send on. */
export function Watching({ section: { id, version, draftVersion }, blocks, words }: Props) {
  const router = useRouter();
  const [others, setOthers] = useState<readonly Neighbour[]>([]);
  const [known, setKnown] = useState({ version, draftVersion });

  useEffect(() => {
    let left = false;
    let leave = () => {};
    const start = ({ followSection }: typeof import("./editor/live-section")) => {
      if (left) return;
      const follow = followSection(id, {
        onDraft: (now) => now !== "unknown" && setKnown((before) => ({ ...before, draftVersion: now })),
        onMoved: (now) => setKnown((before) => ({ ...before, version: now.version })),
        onNeighbours: setOthers,
      });
      leave = () => follow.leave();
    };
    import("./editor/live-section").then(start, () => {});
    return () => {
      left = true;
      leave();
    };
  }, [id]);

  const isBehind = known.version > version || known.draftVersion > draftVersion;
  const news = isBehind ? `${known.version}.${known.draftVersion}` : null;
  const pending = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    // Whoever saves without end does not put it off without end.
    if (news === null || pending.current !== undefined) return;
    pending.current = setTimeout(() => {
      pending.current = undefined;
      router.refresh();
    }, REFRESH_MS);
  }, [news, router]);
  useEffect(() => () => clearTimeout(pending.current), []);

  return <NeighbourList others={others} blocks={blocks} words={words} />;
}
