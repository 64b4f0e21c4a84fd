import type { SectionPage } from "../../../../../../domain/section/queries";
import { Icon } from "../../../../../../ui/icon";
import type { FigureGuide } from "../../../../figure-guide";
import { StaleChoice } from "./stale-choice";

type Props = {
  section: Pick<SectionPage, "id" | "version" | "stale" | "can">;
  words: FigureGuide["words"];
};

/** Figures of an approved text that have moved since: what it says, what the table says now, and the three ways out. */
export function StaleFigures({ section, words: { stale: words, countName } }: Props) {
  const { stale, can } = section;
  if (stale.length === 0) return null;
  const decides = can.return === null;
  return (
    <section aria-labelledby="stale-title" className="mx-auto w-full max-w-200 border border-mark-line bg-white">
      <div className="border-b border-line-soft bg-returned-tint px-4 py-2.5">
        <h2 id="stale-title" className="flex items-start gap-2 font-semibold text-status-returned">
          <Icon name="warning" className="mt-1" />
          {words.title.replace("{count}", String(stale.length))}
        </h2>
        <p className="ml-6">{decides ? words.explain : words.readOnly}</p>
      </div>
      <ul>
        {stale.map((figure) => (
          <li key={figure.nodeId} className="flex flex-col gap-2 border-b border-line-soft px-4 py-3 last:border-b-0">
            <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)]">
              <div>
                <dt className="text-sm text-ink-soft">{words.about}</dt>
                <dd>
                  <a href={`#block-${figure.blockId}`} className="link">
                    {figure.name || countName}
                  </a>
                </dd>
              </div>
              <div>
                <dt className="text-sm text-ink-soft">{words.frozen}</dt>
                <dd>{figure.frozen}</dd>
              </div>
              <div>
                <dt className="text-sm text-ink-soft">{words.now}</dt>
                <dd className="font-semibold">{figure.now ?? words.none}</dd>
              </div>
            </dl>
            {decides && (
              <StaleChoice section={{ id: section.id, version: section.version }} figure={figure} words={words} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
