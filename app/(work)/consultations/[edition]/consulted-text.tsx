import Link from "next/link";
import { useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { excerptOf, placesOf, rowId, type Place } from "../../../../domain/consultation/places";
import { annexLabel } from "../../../../render/annex-names";
import { blockHtml } from "../../../../render/html/to-html";
import type { Annex, ReportDocument } from "../../../../render/report-document";
import { Icon } from "../../../../ui/icon";

type Props = {
  document: ReportDocument;
  path: string;
  /** The place that is being commented on, and the form for it. */
  at: string | null;
  form: ReactNode;
  /** How many comments the department has made on each place. */
  own: ReadonlyMap<string, number>;
  /** Whether comments are taken. */
  mayComment: boolean;
};

/** The text as it prints, with a way to comment beside every paragraph and in every row of an annex. */
export function ConsultedText({ document, path, at, form, own, mayComment }: Props) {
  const t = useTranslations("consultation");
  const places = new Map(placesOf(document).map((place) => [place.id, place]));
  const beside = (id: string, className: string) => {
    const place = places.get(id);
    return place && <Beside place={place} {...{ path, mayComment, className }} count={own.get(id) ?? 0} />;
  };
  return (
    <section aria-label={t("text")} className="sheet">
      {document.blocks.map((block) => (
        <Fragment key={block.id}>
          <div className="relative xl:min-h-(--target)">
            <div className="doc" lang="zh-CN" dangerouslySetInnerHTML={{ __html: blockHtml(block) }} />
            {beside(block.id, "ml-auto flex w-fit xl:absolute xl:top-0 xl:left-[calc(100%+0.25rem)]")}
          </div>
          {at === block.id && form}
        </Fragment>
      ))}
      {document.annexes.map((annex, index) => (
        <Fragment key={annex.id}>
          <AnnexTable annex={annex} label={annexLabel(index, document.annexes.length)} beside={beside} />
          {(at === annex.id || at?.startsWith(`${annex.id}.`)) && form}
        </Fragment>
      ))}
    </section>
  );
}

type BesideProps = { place: Place; path: string; count: number; mayComment: boolean; className: string };

function Beside({ place, path, count, mayComment, className }: BesideProps) {
  const t = useTranslations("consultation");
  if (!mayComment && count === 0) return null;
  const words = excerptOf(place, null).before.slice(0, 20);
  return (
    <span className={`items-center gap-x-3 text-sm xl:flex-col ${className}`}>
      {mayComment && (
        <Link
          href={`${path}?at=${encodeURIComponent(place.id)}#reply`}
          prefetch={false}
          aria-label={t("noteOn", { place: words })}
          className="link inline-flex min-h-(--target) items-center whitespace-nowrap xl:px-1"
        >
          {t("note")}
        </Link>
      )}
      {count > 0 && (
        <a
          href="#own"
          className="link inline-flex min-h-(--target) items-center gap-1 whitespace-nowrap xl:px-1"
          aria-label={t("ours", { count })}
        >
          <Icon name="check" />
          {count}
        </a>
      )}
    </span>
  );
}

type AnnexProps = { annex: Annex; label: string; beside: (id: string, className: string) => ReactNode };

/** What a row is about stays in sight while its figures scroll, and the way to comment with it. */
function AnnexTable({ annex, label, beside }: AnnexProps) {
  const caption = `${annex.id}-caption`;
  return (
    <div className="doc" lang="zh-CN">
      <section className="annex" id={annex.id}>
        <h2 className="annex-label">{label}</h2>
        <div className="annex-table" role="region" tabIndex={0} aria-labelledby={caption}>
          <table>
            <caption id={caption}>
              {annex.title}
              <span className="block font-sans text-base">{beside(annex.id, "flex justify-center xl:flex-row")}</span>
            </caption>
            <thead>
              <tr>
                {annex.header.map((cell, index) => (
                  <th key={index} scope="col">
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {annex.rows.map((cells, y) => {
                const id = rowId(annex.id, y + 1);
                return (
                  <tr key={id} id={id}>
                    {cells.map((cell, x) =>
                      x === 0 ? (
                        <th key={x} scope="row">
                          {cell}
                        </th>
                      ) : (
                        <td key={x}>
                          {cell}
                          {x === 1 && (
                            <span className="block font-sans">{beside(id, "flex justify-center xl:flex-row")}</span>
                          )}
                        </td>
                      ),
                    )}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </section>
    </div>
  );
}
