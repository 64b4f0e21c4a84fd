import { getTranslations } from "next-intl/server";
import { RollForwardFields } from "./roll-forward-fields";

type Props = {
  report: { id: string; name: string; slug: string };
  /** The templates of routes that may be chosen instead of last period's. */
  routes: readonly { id: string; name: string }[];
};

/** Opening the next period from this report, folded away under the board. */
export async function RollForwardForm({ report, routes }: Props) {
  const [t, pending, timetable, route] = await Promise.all([
    getTranslations("report"),
    getTranslations("edition"),
    getTranslations("timetable"),
    getTranslations("route.choice"),
  ]);
  const year = Number(/(\d{4})年/.exec(report.name)?.[1] ?? new Date().getFullYear()) + 1;
  const next = (text: string) => text.replace(String(year - 1), String(year));
  return (
    <details className="border border-line bg-white px-4">
      <summary className="link flex min-h-12 items-center">{t("rollTitle")}</summary>
      <p className="mb-4 text-ink-soft">{t("rollHint")}</p>
      <RollForwardFields
        values={{ fromReportId: report.id, name: next(report.name), slug: next(report.slug), year: String(year) }}
        routes={routes.map(({ id, name }) => ({ value: id, label: name }))}
        words={{
          name: t("name"),
          slug: t("slug"),
          slugHint: t("slugHint"),
          year: t("year"),
          half: t("half"),
          halves: [t("halfOf.1"), t("halfOf.2")],
          dueOn: t("dueOn"),
          sittingOn: timetable("sittingOn"),
          sittingHint: timetable("sittingHint"),
          optional: timetable("optional"),
          route: { label: route("label"), hint: route("hint"), previous: route("previous") },
          submit: t("rollSubmit"),
          pending: pending("pending"),
        }}
      />
    </details>
  );
}
