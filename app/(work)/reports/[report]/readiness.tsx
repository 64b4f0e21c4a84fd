import { useLocale, useTranslations } from "next-intl";
import { workingDaysUntil } from "../../../../domain/kernel/working-days";
import type { Readiness } from "../../../../domain/timetable/readiness";
import { longDate, shortDate } from "../../../../messages/dates";

type Props = { readiness: Readiness; sittingOn: string | null; day: string };

/** What the report still lacks, as a sentence, and how long it is to the sitting. */
export function ReadinessSentence({ readiness, sittingOn, day }: Props) {
  const t = useTranslations("timetable");
  const locale = useLocale();
  const { sections, indicators, late, next } = readiness;
  const days = sittingOn === null ? 0 : workingDaysUntil(day, sittingOn);
  return (
    <>
      {sections + indicators === 0
        ? t("board.done")
        : t.rich("board.open", {
            sections,
            indicators,
            late,
            both: sections > 0 && indicators > 0 ? "yes" : "no",
            next: next === null ? "none" : "some",
            nextDay: next === null ? "" : shortDate(next, locale),
            b: (words) => <b>{words}</b>,
          })}{" "}
      {sittingOn !== null &&
        sittingOn >= day &&
        (sittingOn === day ? t("board.sittingToday") : t("board.sitting", { date: longDate(sittingOn, locale), days }))}
    </>
  );
}
