import { getLocale, getTranslations } from "next-intl/server";
import { workingDaysUntil } from "../../domain/kernel/working-days";
import { shortDate } from "../../messages/dates";

/** A due date; late ones say by how many working days, in words and not by colour alone. */
export async function DueDate({ dueOn, day, closed }: { dueOn: string; day: string; closed: boolean }) {
  const [t, locale] = await Promise.all([getTranslations("report"), getLocale()]);
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
