import { useTranslations } from "next-intl";
import type { Batch } from "../../../../domain/review/batch";
import { Notice } from "../../../../ui/notice";

/** The batch in a sentence: of whom, how much, with which doubts, and what of it nobody has looked at yet. */
export function BatchSummary({ batch: { lines, gone } }: { batch: Batch }) {
  const t = useTranslations("review.batch");
  const organs = [...new Set(lines.map(({ organ }) => organ))];
  const sum = (of: (line: Batch["lines"][number]) => number) => lines.reduce((total, line) => total + of(line), 0);
  const blocked = lines.filter(({ findings }) => findings.errors > 0).length;
  return (
    <div className="flex flex-col gap-2">
      <p className="[&_b]:text-ink">
        {t.rich("summary", {
          count: lines.length,
          departments: organs.length,
          leaves: sum(({ kind }) => Number(kind === "leaf")),
          rows: sum(({ kind }) => Number(kind === "row")),
          paragraphs: sum(({ paragraphs }) => paragraphs),
          figures: sum(({ figures }) => figures),
          findings: sum(({ findings }) => findings.open),
          changed: sum(({ seen }) => Number(seen === "changed")),
          never: sum(({ seen }) => Number(seen === "never")),
          b: (words) => <b>{words}</b>,
        })}
      </p>
      <p className="text-ink-soft">{t("departments", { names: organs.join(t("mark")) })}</p>
      <p className="text-ink-soft">{t("rule")}</p>
      {gone > 0 && <Notice tone="warning">{t("gone", { count: gone })}</Notice>}
      {blocked > 0 && <Notice tone="warning">{t("blocked", { count: blocked })}</Notice>}
    </div>
  );
}
