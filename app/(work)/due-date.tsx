import { useLocale, useTranslations } from "next-intl";
import { workingDaysUntil } from "../../domain/kernel/working-days";
import { shortDate } from "../../messages/dates";

type Props = {
  dueOn: string;
  day: string;
  closed: boolean;
  /** The day before a later one was permitted. */
  was?: string | null;
  /** Also says how many working days are left. */
  countdown?: boolean;
};

/** A due date; late ones say by how many working days, in words and not by colour alone; permitted ones that they are. */
export function DueDate({ dueOn, day, closed, was = null, countdown = false }: Props) {
  const t = useTranslations("report");
  const words = useTranslations("timetable");
  const locale = useLocale();
  const left = closed ? 0 : workingDaysUntil(day, dueOn);
  return (
    <span className="whitespace-nowrap">
      <time dateTime={dueOn} className="text-ink-soft">
        {shortDate(dueOn, locale)}
      </time>
      {!closed && dueOn < day && (
        <span className="block text-sm text-status-overdue">{t("late", { days: -left })}</span>
      )}
      {!closed && countdown && dueOn >= day && (
        <span className="block text-sm text-ink-soft">
          {left === 0 ? words("dueToday") : words("left", { days: left })}
        </span>
      )}
      {was !== null && (
        <span className="block text-sm text-ink-soft">
          {words("permitted")} · {words("wasDue", { date: shortDate(was, locale) })}
        </span>
      )}
    </span>
  );
}
