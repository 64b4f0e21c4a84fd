import type { GridWords } from "../words";

/** The keys of the table, unfolded on demand. */
export function Keys({ words, mayFill }: { words: GridWords; mayFill: boolean }) {
  const { keysOf } = words.sheet;
  const lines = [
    [keysOf.arrows, keysOf.arrowsDo],
    ...(mayFill
      ? [
          [keysOf.enter, keysOf.enterDo],
          [keysOf.type, keysOf.typeDo],
          [keysOf.escape, keysOf.escapeDo],
          [keysOf.delete, keysOf.deleteDo],
          [keysOf.undo, keysOf.undoDo],
          [keysOf.states, keysOf.statesDo],
          [keysOf.derive, keysOf.deriveDo],
          [keysOf.save, keysOf.saveDo],
        ]
      : [[keysOf.next, keysOf.nextDo]]),
    [keysOf.paste, keysOf.pasteDo],
    [keysOf.space, keysOf.spaceDo],
  ];
  return (
    <details className="min-w-0 open:w-full">
      <summary className="link ml-auto flex min-h-(--target) w-fit items-center px-2">{words.sheet.keys}</summary>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 border-t border-line px-2 py-3 lg:grid-cols-[auto_minmax(0,1fr)_auto_minmax(0,1fr)]">
        {lines.map(([keys, does]) => (
          <div key={keys} className="col-span-2 grid grid-cols-subgrid">
            <dt className="font-semibold">{keys}</dt>
            <dd className="text-ink-soft">{does}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
