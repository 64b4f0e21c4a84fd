import { useLocale, useTranslations } from "next-intl";
import type { LogEntry } from "../../../../domain/timetable/queries";
import { dateTime, shortDate } from "../../../../messages/dates";

/** What was sent to whom, newest first. */
export function ReminderLog({ log }: { log: readonly LogEntry[] }) {
  const t = useTranslations("timetable");
  const locale = useLocale();
  if (log.length === 0) return <p className="text-ink-soft">{t("log.none")}</p>;
  return (
    <ul className="border border-line bg-white">
      {log.map((entry) => (
        <li
          key={entry.id}
          className="flex flex-wrap justify-between gap-x-6 border-b border-line-soft px-4 py-2 last:border-b-0"
        >
          <span>
            {t(`log.${entry.kind}`, {
              by: entry.by ?? t("log.auto"),
              organ: entry.organ,
              items: entry.count === 1 ? entry.first : t("log.more", { first: entry.first, count: entry.count }),
              date: shortDate(entry.dueOn, locale),
            })}
          </span>
          <time className="text-sm text-ink-soft" dateTime={entry.at.toISOString()}>
            {dateTime(entry.at, locale)}
          </time>
        </li>
      ))}
    </ul>
  );
}
