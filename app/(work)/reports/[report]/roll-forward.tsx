import { getTranslations } from "next-intl/server";
import { RollForwardFields } from "./roll-forward-fields";

/** Opening the next period from this report, folded away under the board. */
export async function RollForwardForm({ report }: { report: { id: string; name: string; slug: string } }) {
  const [t, pending] = await Promise.all([getTranslations("report"), getTranslations("edition")]);
  const year = Number(/(\d{4})年/.exec(report.name)?.[1] ?? new Date().getFullYear()) + 1;
  const next = (text: string) => text.replace(String(year - 1), String(year));
  return (
    <details className="border border-line bg-white px-4">
      <summary className="link flex min-h-12 items-center">{t("rollTitle")}</summary>
      <p className="mb-4 text-ink-soft">{t("rollHint")}</p>
      <RollForwardFields
        values={{ fromReportId: report.id, name: next(report.name), slug: next(report.slug), year: String(year) }}
        words={{
          name: t("name"),
          slug: t("slug"),
          slugHint: t("slugHint"),
          year: t("year"),
          half: t("half"),
          halves: [t("halfOf.1"), t("halfOf.2")],
          dueOn: t("dueOn"),
          submit: t("rollSubmit"),
          pending: pending("pending"),
        }}
      />
    </details>
  );
}
