"use client";

import { useEffect, useRef, useState } from "react";
import { Icon } from "../../../../../../ui/icon";
import { fill } from "../../../../../fill";
import type { Neighbour } from "./editor/live-section";
import { nameOf, whereIs, type LiveWords } from "./editor/live-words";

type Props = { others: readonly Neighbour[]; blocks: readonly string[]; words: LiveWords };

/**
 * A quiet line above the paper: who else has the text open, and in which paragraph. Carets move often, so only coming
 * and going is read out. It stands in the margin: who comes and goes does not push the text about.
 */
export function NeighbourList({ others, blocks, words }: Props) {
  const said = useComings(others, words);
  const numberOf = (block: string) => blocks.indexOf(block) + 1 || null;
  return (
    <div className="sm:relative sm:-mb-3 sm:h-0">
      <p role="status" className="sr-only">
        {said}
      </p>
      {others.length > 0 && (
        <ul
          aria-label={words.region}
          className="flex gap-x-4 gap-y-1 text-sm text-ink-soft max-sm:flex-wrap sm:absolute sm:inset-x-0 sm:bottom-0.5 sm:overflow-hidden"
        >
          {others.map((one) => (
            <li key={one.key} className="flex items-center gap-1.5 whitespace-nowrap">
              <Icon name={one.edits ? "pencil" : "user"} className="text-indigo" />
              {whereIs(one, words, numberOf)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What there is to say of a change among the others. */
function useComings(others: readonly Neighbour[], words: LiveWords): string {
  const before = useRef(new Map<string, string>());
  const [said, setSaid] = useState("");
  useEffect(() => {
    const now = new Map(others.map((one) => [one.key, nameOf(one, words)]));
    const came = [...now].filter(([key]) => !before.current.has(key)).map(([, who]) => fill(words.came, { who }));
    const gone = [...before.current].filter(([key]) => !now.has(key)).map(([, who]) => fill(words.gone, { who }));
    before.current = now;
    if (came.length + gone.length > 0) setSaid([...came, ...gone].join(" "));
  }, [others, words]);
  return said;
}
