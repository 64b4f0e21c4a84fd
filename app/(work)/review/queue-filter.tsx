import { useTranslations } from "next-intl";
import type { Queue } from "../../../domain/review/queue";
import type { QueueAsked } from "../../../domain/review/queue-asked";
import { Button } from "../../../ui/button";
import { Checkbox, Select } from "../../../ui/field";

type Props = { asked: QueueAsked; facets: Queue["facets"] };

/** Narrows the queue; only by what there is more than one of. Works without script. */
export function QueueFilter({ asked, facets }: Props) {
  const t = useTranslations("review.list");
  const option = (name: string, count: number) => t("option", { name, count });
  return (
    <form
      role="search"
      aria-label={t("filter")}
      action="/review"
      className="flex flex-wrap items-end gap-x-4 gap-y-2 border border-line bg-white px-4 py-3"
    >
      {facets.reports.length > 1 && (
        <Select
          name="report"
          label={t("report")}
          empty={t("everyReport")}
          options={facets.reports.map(({ slug, name, count }) => ({ value: slug, label: option(name, count) }))}
          defaultValue={asked.report ?? ""}
          className="max-w-72"
        />
      )}
      {facets.organs.length > 1 && (
        <Select
          name="organ"
          label={t("organ")}
          empty={t("everyOrgan")}
          options={facets.organs.map(({ id, name, count }) => ({ value: id, label: option(name, count) }))}
          defaultValue={asked.organ ?? ""}
        />
      )}
      {facets.kinds.leaf > 0 && facets.kinds.row > 0 && (
        <Select
          name="kind"
          label={t("kind")}
          empty={t("everyKind")}
          options={(["leaf", "row"] as const).map((kind) => ({
            value: kind,
            label: t(kind, { count: facets.kinds[kind] }),
          }))}
          defaultValue={asked.kind ?? ""}
        />
      )}
      <Checkbox name="late" value="1" label={t("late", { count: facets.late })} defaultChecked={asked.late ?? false} />
      <Checkbox
        name="changed"
        value="1"
        label={t("changed", { count: facets.changed })}
        defaultChecked={asked.changed ?? false}
      />
      <Button>{t("apply")}</Button>
    </form>
  );
}
