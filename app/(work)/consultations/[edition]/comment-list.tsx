import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { Place } from "../../../../domain/consultation/places";
import type { Consultation } from "../../../../domain/consultation/queries";
import { DISPOSITIONS } from "../../../../domain/consultation/workflow";
import { dateTime } from "../../../../messages/dates";
import { Decisions } from "./decisions";
import { DisposeForm } from "./dispose-form";
import { QuotedPlace } from "./quoted-place";

type Props = {
  consultation: Consultation;
  places: ReadonlyMap<string, Place>;
  mayDispose: boolean;
};

/** The departments' comments in the order of the text, each with its disposition or the form for it. */
export function CommentList({ consultation, places, mayDispose }: Props) {
  const t = useTranslations("consultation");
  const locale = useLocale();
  const choices = DISPOSITIONS.map((value) => ({ value, label: t(`disposition.${value}`) }));
  const words = {
    legend: t("dispose.legend"),
    reason: t("dispose.reason"),
    reasonHint: t("dispose.reasonHint"),
    save: t("dispose.save"),
    saving: t("dispose.saving"),
  };
  return (
    <ol className="border border-line bg-white">
      {consultation.replies.map((reply) => {
        const [latest] = reply.decisions;
        const form = (
          <DisposeForm
            key={latest?.id ?? "none"}
            replyId={reply.id}
            seen={latest?.id ?? ""}
            choices={choices}
            words={words}
          />
        );
        return (
          <li
            key={reply.id}
            id={`reply-${reply.id}`}
            className="grid scroll-mt-4 gap-x-8 gap-y-2 border-b border-line-soft px-4 py-4 last:border-b-0 lg:grid-cols-[minmax(0,1fr)_24rem]"
          >
            <div className="flex min-w-0 flex-col gap-1">
              <p className="border-l-2 border-line pl-3 text-ink-soft">
                <QuotedPlace place={places.get(reply.blockId ?? "")} quote={reply.quote} />
              </p>
              <p className="text-lg break-words whitespace-pre-line">{reply.text}</p>
              <p className="text-sm text-ink-soft">
                {reply.by} · {dateTime(reply.at, locale)}
                {reply.isLate && ` · ${t("late")}`}
              </p>
              <p className="flex flex-wrap gap-x-5">
                {reply.sectionId !== null && (
                  <Link
                    href={`/reports/${consultation.reportSlug}/sections/${reply.sectionId}`}
                    prefetch={false}
                    className="link inline-flex min-h-(--target) items-center"
                  >
                    {t("toSection")}
                  </Link>
                )}
                {reply.blockId !== null && (
                  <a
                    href={`/editions/${consultation.id}#${reply.blockId.replace(/\.\d+$/, "")}`}
                    className="link inline-flex min-h-(--target) items-center"
                  >
                    {t("toEdition")}
                  </a>
                )}
              </p>
            </div>
            <div className="flex min-w-0 flex-col gap-2">
              <Decisions decisions={reply.decisions} />
              {mayDispose &&
                (latest ? (
                  <details>
                    <summary className="link flex min-h-(--target) w-fit items-center">{t("dispose.change")}</summary>
                    {form}
                  </details>
                ) : (
                  form
                ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
