import type { ReactNode } from "react";
import type { LeftOver } from "../../../../../domain/import/imported-document";
import { Icon } from "../../../../../ui/icon";
import { fill } from "../../../../fill";
import { firstWords, ImportedText } from "../../../imported-text";
import type { ImportWords, ShownPiece } from "./preview";

type Props = {
  pieces: readonly ShownPiece[];
  /** Why a text goes nowhere although the outline has a place for it. */
  whyOf: (piece: ShownPiece) => string | null;
  /** What can still be done about it. */
  hint?: string;
  headings: readonly string[];
  leftOver: readonly LeftOver[];
  words: ImportWords;
};

/** Whatever of the file does not go into the report, with its words: nothing is dropped unsaid. */
export function NotPlaced({ pieces, whyOf, hint, headings, leftOver, words }: Props) {
  if (pieces.length + headings.length + leftOver.length === 0) {
    return (
      <p className="flex items-center gap-2 text-status-approved">
        <Icon name="check" />
        {words.allPlaced}
      </p>
    );
  }
  return (
    <>
      {pieces.length > 0 && (
        <Listed title={fill(words.left, { count: pieces.length })} {...(hint === undefined ? {} : { hint })}>
          {pieces.map((piece) => (
            <li key={piece.key} className="border-b border-line-soft px-4 last:border-b-0">
              <details>
                <summary className="flex min-h-(--target) cursor-pointer items-start gap-x-3 py-2">
                  <Icon name="chevron-right" className="mt-1 text-ink-soft [[open]>summary>&]:rotate-90" />
                  <span className="min-w-0">
                    <span className="block font-semibold">{[...piece.under.slice(-1), piece.title].join(" › ")}</span>
                    {whyOf(piece) && <span className="block text-sm text-ink-soft">{whyOf(piece)}</span>}
                    <span className="block text-ink-soft [[open]>summary>*>&]:hidden">
                      {firstWords(piece.content, LONG)}
                    </span>
                  </span>
                </summary>
                <div className="mb-2 border-l-2 border-line pl-4">
                  <ImportedText content={piece.content} />
                </div>
              </details>
            </li>
          ))}
        </Listed>
      )}
      {headings.length > 0 && (
        <Listed title={fill(words.headings, { count: headings.length })}>
          {headings.map((heading, index) => (
            <li key={index} className="border-b border-line-soft px-4 py-2 last:border-b-0">
              {heading}
            </li>
          ))}
        </Listed>
      )}
      {leftOver.length > 0 && (
        <Listed title={fill(words.leftOver, { count: leftOver.length })}>
          {leftOver.map(({ reason, text }, index) => (
            <li key={index} className="flex gap-4 border-b border-line-soft px-4 py-2 last:border-b-0">
              <span className="w-28 shrink-0 text-ink-soft">{words.file.left[reason]}</span>
              <span className="min-w-0 break-words whitespace-pre-wrap">{text}</span>
            </li>
          ))}
        </Listed>
      )}
    </>
  );
}

/** Characters: enough to know a paragraph by. */
const LONG = 100;

function Listed({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="border border-line bg-white">
      <h2 className="flex items-center gap-2 border-b border-line px-4 py-2 font-semibold">
        <Icon name="warning" className="text-status-returned" />
        {title}
      </h2>
      {hint && <p className="px-4 pt-2 text-sm text-ink-soft">{hint}</p>}
      <ul>{children}</ul>
    </section>
  );
}
