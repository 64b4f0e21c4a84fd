import { getLocale, getTranslations } from "next-intl/server";
import { deliverAbility, isDraft } from "../../../../../domain/edition/policy";
import type { EditionsPage, SealedEdition } from "../../../../../domain/edition/queries";
import { longDate } from "../../../../../messages/dates";
import { Status } from "../../../../../ui/status";
import { AutomaticDocx } from "../../../exports/automatic-docx";
import { FileLink } from "../../../exports/file-link";
import { DeliverForm } from "./deliver-form";
import { DeliveredTo } from "./delivered-to";
import { EditionCode } from "./edition-code";

const FORMATS = ["pdf", "docx", "xlsx", "html", "md", "txt", "json", "zip"] as const;

/** The sealed editions, newest first: what each is, its code and hashes, its files, to whom it went, and delivering it. */
export async function Editions({ report }: { report: EditionsPage }) {
  const t = await getTranslations("edition");
  if (report.editions.length === 0) return <p className="text-ink-soft">{t("noEditions")}</p>;
  return (
    <section aria-labelledby="editions">
      <h2 id="editions" className="mb-2 font-semibold">
        {t("editions")}
      </h2>
      <ul className="border border-line bg-white">
        {report.editions.map((edition, index) => (
          <EditionItem key={edition.id} report={report} edition={edition} before={report.editions[index + 1]} />
        ))}
      </ul>
    </section>
  );
}

type ItemProps = { report: EditionsPage; edition: SealedEdition; before: SealedEdition | undefined };

async function EditionItem({ report, edition, before }: ItemProps) {
  const [t, locale] = await Promise.all([getTranslations("edition"), getLocale()]);
  const { number, readers, outdatedBy } = edition;
  const mayDeliver = report.can[deliverAbility(edition.kind)] === null && outdatedBy === null;
  return (
    <li className="flex flex-col gap-2 border-b border-line-soft px-5 py-4 last:border-b-0">
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-100 flex-col gap-2">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <h3>
              <span className="seal">{t("sealNote", { kind: t(`kind.${edition.kind}`), number })}</span>
            </h3>
            <EditionState edition={edition} />
            <span className="text-sm text-ink-soft">
              {t("sealedAt", { at: longDate(edition.sealedAt, locale), by: edition.sealedLabel })}
            </span>
          </div>
          {edition.supersedes !== null && (
            <p>
              <b>{t("supersedes", { number: edition.supersedes })}</b>
              {edition.notice && (
                <span className="whitespace-pre-wrap">
                  {" "}
                  {t("noticeSaid", { date: longDate(edition.sealedAt, locale) })}：{edition.notice}
                </span>
              )}
            </p>
          )}
          {edition.exception && (
            <p className="text-ink-soft">
              {t("exceptionSaid")}：{edition.exception}
            </p>
          )}
          <DeliveredTo deliveries={edition.deliveries} />
          {readers && readers.all > 0 && (
            <p className="text-sm">
              {t("receipts.summary", readers)}{" "}
              <a className="link inline-flex min-h-(--target) items-center px-2" href={`/receipts/${edition.id}`}>
                {t("receipts.link")}
              </a>
            </p>
          )}
          {outdatedBy !== null && edition.newer === null && (
            <p className="text-sm text-ink-soft">{t("outdated", { number: outdatedBy })}</p>
          )}
        </div>
        <EditionCode edition={edition} />
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <a className="link inline-flex min-h-(--target) items-center px-2" href={`/editions/${edition.id}`}>
          {t("read")}
        </a>
        {before && (
          <a
            className="link inline-flex min-h-(--target) items-center px-2"
            href={`/reports/${report.slug}/compare?from=${before.number}&to=${number}`}
          >
            {t("compare", { number: before.number })}
          </a>
        )}
        {edition.kind === "consultation" && edition.deliveredAt && (
          <a className="link inline-flex min-h-(--target) items-center px-2" href={`/consultations/${edition.id}`}>
            {t("consultation")}
          </a>
        )}
        {FORMATS.map((format) => (
          <FileLink key={format} href={`/api/editions/${edition.id}/${format}`}>
            {t(`formats.${format}`)}
          </FileLink>
        ))}
        <AutomaticDocx editionId={edition.id} />
      </div>
      <details>
        <summary className="link flex min-h-(--target) items-center">{t("details")}</summary>
        <p className="text-sm break-all text-ink-soft">
          {t("hash")} {edition.sha256}
        </p>
        <p className="text-sm break-all text-ink-soft">
          {t("sealHash")} {edition.sealSha256}
        </p>
      </details>
      {mayDeliver && <DeliverForm edition={edition} readers={report.readers} />}
    </li>
  );
}

/** Delivered and current, superseded, or not delivered: icon, word and colour. */
async function EditionState({ edition }: { edition: SealedEdition }) {
  const t = await getTranslations("edition");
  if (edition.newer !== null) {
    return (
      <Status tone="returned" icon="info">
        {t("superseded", { number: edition.newer })}
      </Status>
    );
  }
  if (!edition.deliveredAt) {
    return (
      <Status tone="draft" icon="clock">
        {t("notDelivered")}
      </Status>
    );
  }
  return <Status tone={isDraft(edition.kind) ? "submitted" : "approved"}>{t("delivered")}</Status>;
}
