import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Place } from "../../../../domain/consultation/places";
import type { Consultation } from "../../../../domain/consultation/queries";
import { dateTime } from "../../../../messages/dates";
import { ActForm } from "../../reports/[report]/editions/act-form";
import { haveNone, withdraw } from "./actions";
import { Decisions } from "./decisions";
import { QuotedPlace } from "./quoted-place";

type Props = {
  consultation: Consultation;
  path: string;
  places: ReadonlyMap<string, Place>;
  /** The form for the whole, where that is being commented on. */
  form: ReactNode;
};

/** What the department has said and what became of it; a comment on the whole, or 无意见. */
export function OwnAnswer({ consultation, path, places, form }: Props) {
  const t = useTranslations("consultation");
  const { replies, can } = consultation;
  return (
    <section id="own" aria-labelledby="own-title" className="scroll-mt-4 border border-line bg-white px-4 py-3">
      <h2 id="own-title" className="font-semibold">
        {t("own")}
      </h2>
      {can.comment === null && (
        <Link
          href={`${path}?at=whole#reply`}
          prefetch={false}
          className="link flex min-h-(--target) w-fit items-center"
        >
          {t("whole")}
        </Link>
      )}
      {form}
      {can.answerNone === null && (
        <details className="mb-2">
          <summary className="link flex min-h-(--target) w-fit items-center">{t("none.open")}</summary>
          <p className="mb-2">{t("none.sure")}</p>
          <ActForm
            action={haveNone}
            values={{ editionId: consultation.id }}
            label={t("none.send")}
            pending={t("none.sending")}
          />
        </details>
      )}
      {replies.length === 0 ? (
        <p className="text-ink-soft">{t("ownEmpty")}</p>
      ) : (
        <ul className="-mx-4 mt-1">
          {replies.map((reply) => (
            <li key={reply.id} className="border-t border-line-soft px-4 py-3">
              <Answer
                reply={reply}
                place={places.get(reply.blockId ?? "")}
                isOver={consultation.later !== null}
                isPublished={consultation.publishedAt !== null}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

type AnswerProps = {
  reply: Consultation["replies"][number];
  place: Place | undefined;
  isOver: boolean;
  isPublished: boolean;
};

function Answer({ reply, place, isOver, isPublished }: AnswerProps) {
  const t = useTranslations("consultation");
  const locale = useLocale();
  const isOpen =
    !isPublished && reply.withdrawnAt === null && reply.decisions.length === 0 && (reply.kind === "comment" || !isOver);
  return (
    <article className="flex flex-col gap-1">
      {reply.kind === "none" ? (
        <p className="font-semibold">{t("state.none")}</p>
      ) : (
        <>
          <p className="text-sm text-ink-soft">
            {reply.blockId === null ? (
              t("wholePlace")
            ) : (
              <a href={`#${reply.blockId}`} className="inline-block py-2 text-ink-soft underline underline-offset-3">
                <QuotedPlace place={place} quote={reply.quote} />
              </a>
            )}
          </p>
          <p className="break-words whitespace-pre-line">{reply.text}</p>
        </>
      )}
      <p className="text-sm text-ink-soft">
        {reply.by} · {dateTime(reply.at, locale)}
        {reply.isLate && ` · ${t("late")}`}
      </p>
      {reply.withdrawnAt !== null && <p className="text-ink-soft">{t("withdrawn")}</p>}
      {reply.withdrawnAt === null && reply.kind === "comment" && <Decisions decisions={reply.decisions} />}
      {isOpen && (
        <ActForm
          action={withdraw}
          values={{ replyId: reply.id }}
          label={t("withdraw")}
          pending={t("withdrawing")}
          kind="secondary"
        />
      )}
    </article>
  );
}
