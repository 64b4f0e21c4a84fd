import { useMemo, useState } from "react";
import type { ConfirmImport } from "../../../../../domain/import/schema";
import { Button } from "../../../../../ui/button";
import { Checkbox } from "../../../../../ui/field";
import { Notice } from "../../../../../ui/notice";
import { fill } from "../../../../fill";
import { FiguresCompared } from "./figures-compared";
import { LeafRow } from "./leaf-row";
import { NotPlaced } from "./not-placed";
import { whyLeft, type ImportWords, type OutlineRow, type Preview } from "./preview";

type Props = {
  slug: string;
  outline: readonly OutlineRow[];
  preview: Preview;
  /** What is being done, while it is. */
  line: string | null;
  words: ImportWords;
  onConfirm: (choices: ConfirmImport["choices"], bind: boolean) => void;
};

/** Leaf by leaf what the file would put there, what it has besides, and the one button. */
export function Comparison({ slug, outline, preview, line, words, onConfirm }: Props) {
  const untouched = useMemo(() => new Set(preview.untouched), [preview.untouched]);
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(
    () =>
      new Map(
        preview.leaves.flatMap(({ leaf, imported }) =>
          imported !== null && untouched.has(leaf) ? [[leaf, imported] as const] : [],
        ),
      ),
  );
  const [bind, setBind] = useState(true);
  const matches = new Map(preview.leaves.map((match) => [match.leaf, match]));
  const pieces = new Map(preview.pieces.map((piece) => [piece.key, piece]));
  const keys = [...chosen.values()];
  const twice = [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
  const figures = keys.reduce((sum, key) => sum + (pieces.get(key)?.figures ?? 0), 0);
  const left = preview.pieces.filter(({ key }) => !keys.includes(key));
  function choose(leaf: string, piece: string) {
    // A row that was not drawn anew still calls the `choose` of an earlier drawing.
    setChosen((before) => {
      const next = new Map(before);
      if (piece === "") next.delete(leaf);
      else next.set(leaf, piece);
      return next;
    });
  }

  const matched = preview.leaves.filter(({ imported }) => imported !== null).length;
  const summary = fill(words.summary, { file: preview.file, matched, open: chosen.size, left: left.length });
  return (
    <>
      <p role="status">{summary}</p>
      <section aria-label={words.leaves} className="border border-line bg-white">
        <h2 className="border-b border-line px-4 py-2 font-semibold">{words.leaves}</h2>
        <ul>
          {outline.map((row) =>
            row.isHeading ? (
              <li key={row.id} className="border-b border-line-soft bg-row px-4 py-2 font-semibold last:border-b-0">
                {row.label}
              </li>
            ) : (
              <LeafRow
                key={row.id}
                row={row}
                match={matches.get(row.id)}
                pieces={preview.pieces}
                chosen={chosen.get(row.id) ?? ""}
                isUntouched={untouched.has(row.id)}
                words={words}
                onChoose={(piece) => choose(row.id, piece)}
              />
            ),
          )}
        </ul>
      </section>
      {preview.figures && <FiguresCompared slug={slug} figures={preview.figures} words={words} />}
      <NotPlaced
        pieces={left}
        whyOf={whyLeft(preview, outline, words)}
        hint={words.leftHint}
        headings={preview.headings}
        leftOver={preview.leftOver}
        words={words}
      />
      <div className="sticky bottom-0 z-10 flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border border-line bg-white px-4 py-2">
        <div className="flex min-w-0 flex-col">
          {figures > 0 && (
            <Checkbox
              name="bind"
              label={fill(words.bind, { count: figures })}
              hint={words.bindHint}
              checked={bind}
              onChange={(event) => setBind(event.target.checked)}
            />
          )}
          {twice.length > 0 && (
            <Notice tone="warning">
              {fill(words.twice, { titles: twice.map((key) => pieces.get(key)?.title ?? key).join(words.and) })}
            </Notice>
          )}
        </div>
        <div className="ml-auto flex flex-wrap items-center gap-3">
          <span role="status">{line}</span>
          <Button
            type="button"
            kind="primary"
            pending={line !== null}
            blocked={chosen.size === 0 ? words.nothingToFill : twice.length > 0 ? words.onceOnly : undefined}
            beside
            onClick={() =>
              onConfirm(
                [...chosen].map(([sectionId, piece]) => ({ sectionId, piece })),
                bind,
              )
            }
          >
            {line === null ? fill(words.confirm, { count: chosen.size }) : words.confirming}
          </Button>
        </div>
      </div>
    </>
  );
}
