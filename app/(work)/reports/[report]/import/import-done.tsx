import type { Laid } from "../../../../../domain/import/mutations";
import type { ConfirmImport } from "../../../../../domain/import/schema";
import { LinkButton } from "../../../../../ui/button";
import { Notice } from "../../../../../ui/notice";
import { fill } from "../../../../fill";
import { NotPlaced } from "./not-placed";
import { whyLeft, type ImportWords, type OutlineRow, type Preview } from "./preview";

type Props = {
  slug: string;
  outline: readonly OutlineRow[];
  preview: Preview;
  laid: Laid;
  choices: ConfirmImport["choices"];
  words: ImportWords;
};

/** What became of it: how many were filled, which were skipped and why, what of the file is still to be dealt with. */
export function ImportDone({ slug, outline, preview, laid, choices, words }: Props) {
  const filled = new Set(laid.filled);
  const used = new Set(choices.flatMap(({ sectionId, piece }) => (filled.has(sectionId) ? [piece] : [])));
  const left = preview.pieces.filter(({ key }) => !used.has(key));
  const skipped = outline.filter(({ id }) => laid.skipped.includes(id));
  const rest = left.length + preview.headings.length + preview.leftOver.length;
  const none = filled.size === 0;
  return (
    <>
      <Notice
        tone={none ? "warning" : "success"}
        title={none ? words.doneNone : fill(words.done, { count: filled.size })}
        action={<LinkButton href={`/reports/${slug}`}>{words.board}</LinkButton>}
      >
        {none ? null : words.doneHint}
      </Notice>
      {skipped.length > 0 && (
        <section
          aria-label={fill(words.doneSkipped, { count: skipped.length })}
          className="border border-line bg-white"
        >
          <h2 className="border-b border-line px-4 py-2 font-semibold">
            {fill(words.doneSkipped, { count: skipped.length })}
            <span className="ml-2 text-sm font-normal text-ink-soft">{words.doneSkippedWhy}</span>
          </h2>
          <ul>
            {skipped.map(({ id, label, organ }) => (
              <li key={id} className="flex flex-wrap gap-x-4 border-b border-line-soft px-4 py-2 last:border-b-0">
                {label}
                <span className="text-ink-soft">{organ}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {rest > 0 && <p>{fill(words.doneLeft, { count: rest })}</p>}
      <NotPlaced
        pieces={left}
        whyOf={whyLeft(preview, outline, words)}
        headings={preview.headings}
        leftOver={preview.leftOver}
        words={words}
      />
    </>
  );
}
