import { memo } from "react";
import type { LeafMatch } from "../../../../../domain/import/match-outline";
import { wordCount } from "../../../../../domain/section/length";
import { Icon } from "../../../../../ui/icon";
import { Status } from "../../../../../ui/status";
import { fill } from "../../../../fill";
import { firstWords, ImportedText } from "../../../imported-text";
import type { ImportWords, OutlineRow, ShownPiece } from "./preview";

type Props = {
  row: OutlineRow;
  match: LeafMatch | undefined;
  pieces: readonly ShownPiece[];
  /** The key of the text that goes in, "" for none. */
  chosen: string;
  isUntouched: boolean;
  words: ImportWords;
  onChoose: (piece: string) => void;
};

/** One leaf: whose it is and whether it takes a text, beside what the file has for it. */
export function LeafRow({ row, match, pieces, chosen, isUntouched, words, onChoose }: Props) {
  const piece = pieces.find(({ key }) => key === (isUntouched ? chosen : match?.imported));
  const isByOutline = piece !== undefined && match?.imported === piece.key;
  return (
    <li
      aria-label={row.label}
      className="grid gap-x-6 gap-y-1 border-b border-line-soft px-4 py-2.5 last:border-b-0 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
    >
      <div className="min-w-0">
        <p className={row.depth > 0 ? "md:pl-4" : ""}>{row.label}</p>
        <p className={`flex flex-wrap gap-x-4 text-sm text-ink-soft ${row.depth > 0 ? "md:pl-4" : ""}`}>
          <span>{row.organ}</span>
          {isUntouched ? (
            <Status tone="none">{words.open}</Status>
          ) : (
            <Status tone="none" icon="lock">
              {row.isOpen ? words.written : words.movedOn}
            </Status>
          )}
        </p>
      </div>
      <div className="min-w-0">
        {isUntouched && (
          <Choice
            label={fill(words.piece, { section: row.label })}
            none={words.none}
            kind={row.kind}
            pieces={pieces}
            chosen={chosen}
            onChoose={onChoose}
          />
        )}
        {piece ? (
          <details className="mt-1">
            <summary className="flex min-h-(--target) cursor-pointer flex-wrap items-center gap-x-3 py-1">
              <Icon name="chevron-right" className="text-ink-soft [[open]>summary>&]:rotate-90" />
              <span className="min-w-0 flex-1 truncate max-sm:basis-[calc(100%-2rem)]">
                {firstWords(piece.content)}
              </span>
              <span className="text-sm text-ink-soft">
                {[
                  isByOutline && match?.reason ? reasonOf(match, words) : null,
                  fill(words.characters, { count: wordCount(piece.content).characters }),
                  piece.figures > 0 ? fill(words.numbers, { count: piece.figures }) : null,
                ]
                  .filter((each) => each !== null)
                  .join(" · ")}
              </span>
              <span className="sr-only">{words.full}</span>
            </summary>
            <div className="border-l-2 border-line py-1 pl-4">
              <ImportedText content={piece.content} />
            </div>
          </details>
        ) : (
          <p className="flex min-h-(--target) items-center gap-2 text-ink-soft">
            <Icon name="circle" />
            {words.unmatched}
          </p>
        )}
      </div>
    </li>
  );
}

type ChoiceProps = {
  label: string;
  none: string;
  kind: OutlineRow["kind"];
  pieces: readonly ShownPiece[];
  chosen: string;
  onChoose: (piece: string) => void;
};

/** Drawn anew only when its own choice changes: a report has as many lists as leaves, each as long as the file. */
const Choice = memo(
  function Choice({ label, none, kind, pieces, chosen, onChoose }: ChoiceProps) {
    return (
      <span className="relative block">
        <select
          aria-label={label}
          value={chosen}
          onChange={(event) => onChoose(event.target.value)}
          className="min-h-(--target) w-full appearance-none truncate rounded border border-line-strong bg-white py-1.5 pr-8 pl-2.5"
        >
          <option value="">{none}</option>
          {pieces
            .filter(({ fits }) => fits.includes(kind))
            .map(({ key, under, title }) => (
              <option key={key} value={key}>
                {[under.at(-1), title].filter(Boolean).join(" › ")}
              </option>
            ))}
        </select>
        <Icon
          name="chevron-down"
          className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-ink-soft"
        />
      </span>
    );
  },
  (before, now) => before.chosen === now.chosen && before.pieces === now.pieces,
);

function reasonOf({ reason, similarity }: LeafMatch, words: ImportWords): string {
  const said = words.file.match[reason ?? ""] ?? "";
  return reason === "similar" ? fill(words.bySimilar, { reason: said, percent: Math.round(similarity * 100) }) : said;
}
