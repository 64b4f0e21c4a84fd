import { useLocale, useTranslations } from "next-intl";
import { workingDaysUntil } from "../../domain/kernel/working-days";
import { shortDate } from "../../messages/dates";

/** A due date; late ones say by how many working days, in words and not by colour alone. */
export function DueDate({ dueOn, day, closed }: { dueOn: string; day: string; closed: boolean }) {
  const t = useTranslations("report");
  const locale = useLocale();
  const late = !closed && dueOn < day;
  return (
    <span className="whitespace-nowrap">
      <time dateTime={dueOn} className="text-ink-soft">
        {shortDate(dueOn, locale)}
      </time>
      {late && (
        <span className="block text-sm text-status-overdue">{t("late", { days: -workingDaysUntil(day, dueOn) })}</span>
      )}
    </span>
  );
}
