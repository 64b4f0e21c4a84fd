import { getLocale, getTranslations } from "next-intl/server";
import type { getEditionsPage } from "../../../../../domain/report/queries";
import { dateTime } from "../../../../../messages/dates";
import { LinkButton } from "../../../../../ui/button";
import { Status } from "../../../../../ui/status";
import { ActForm } from "./act-form";
import { deliver } from "./actions";

type Report = Awaited<ReturnType<typeof getEditionsPage>>;

const FORMATS = ["pdf", "xlsx", "md", "txt", "json"] as const;

/** The sealed editions, newest first: what each is, its hash, its files, and delivering it. */
export async function Editions({ report }: { report: Report }) {
  const [t, words, locale] = await Promise.all([getTranslations("edition"), getTranslations("report"), getLocale()]);
  if (report.editions.length === 0) return <p className="text-ink-soft">{t("noEditions")}</p>;
  return (
    <section aria-labelledby="editions">
      <h2 id="editions" className="mb-2 font-semibold">
        {t("editions")}
      </h2>
      <ul className="border border-line bg-white">
        {report.editions.map((edition) => (
          <li key={edition.id} className="flex flex-col gap-2 border-b border-line-soft px-5 py-4 last:border-b-0">
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <span className="seal">{t("sealNote", { kind: t(`kind.${edition.kind}`), number: edition.number })}</span>
              {edition.deliveredAt ? (
                <Status tone="approved">
                  {t("deliveredAt", { at: dateTime(edition.deliveredAt, locale), by: edition.deliveredLabel ?? "" })}
                </Status>
              ) : (
                <Status tone="draft" icon="clock">
                  {t("notDelivered")}
                </Status>
              )}
              <span className="text-sm text-ink-soft">
                {t("sealedAt", { at: dateTime(edition.sealedAt, locale), by: edition.sealedLabel })}
              </span>
            </div>
            <p className="text-sm break-all text-ink-soft">
              {t("hash")} {edition.sha256}
            </p>
            <div className="flex flex-wrap items-start gap-2">
              <a className="link inline-flex min-h-(--target) items-center px-2" href={`/editions/${edition.id}`}>
                {t("read")}
              </a>
              {FORMATS.map((format) => (
                <LinkButton key={format} icon="download" href={`/api/editions/${edition.id}/${format}`} download>
                  {t(`formats.${format}`)}
                </LinkButton>
              ))}
            </div>
            {report.can.deliver === null && !edition.deliveredAt && (
              <details open>
                <summary className="link flex min-h-(--target) items-center">
                  {t("deliverTitle", { number: edition.number })}
                </summary>
                <p className="mb-3 text-ink-soft">{t("deliverHint")}</p>
                <ActForm
                  action={deliver}
                  values={{ editionId: edition.id }}
                  label={words("act.deliver")}
                  pending={t("pending")}
                />
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
