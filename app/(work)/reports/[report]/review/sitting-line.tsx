import { useLocale, useTranslations } from "next-intl";
import type { Sitting } from "../../../../../domain/review/sitting";
import { dateTime, shortDate } from "../../../../../messages/dates";
import { Icon } from "../../../../../ui/icon";

/** The step, how many of those who sit there have passed it, and by name who has and who has not. */
export function SittingLine({ sitting }: { sitting: Sitting | null }) {
  const t = useTranslations("review.sitting");
  const locale = useLocale();
  if (!sitting) return null;
  const { step, mode, needed, passed, seats, dueOn } = sitting;
  const heading = [
    t(mode, { step, passed, needed }),
    ...(dueOn ? [t("due", { date: shortDate(dueOn, locale) })] : []),
  ].join(" · ");
  if (seats.length === 0) return <p className="text-ink-soft">{`${heading} · ${t("nobody")}`}</p>;
  return (
    <section aria-label={t("label")} className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-soft">
      <span className="font-semibold">{heading}</span>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {seats.map((seat) => (
          <li key={`${seat.organ} ${seat.person}`} className="inline-flex items-center gap-1">
            <Icon name={seat.at ? "check" : "clock"} />
            {seat.at
              ? t("has", { who: seat.person, at: dateTime(seat.at, locale) })
              : t("hasNot", { who: seat.person })}
          </li>
        ))}
      </ul>
    </section>
  );
}
