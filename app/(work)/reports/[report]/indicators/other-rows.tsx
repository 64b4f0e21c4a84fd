import { useTranslations } from "next-intl";
import type { IndicatorStatus as Word } from "../../../../../domain/indicator/workflow";
import { COLUMNS } from "./sheet/columns";

export type OtherRow = {
  code: string;
  organ: string;
  status: Word;
  /** 序号 in the whole table. */
  number: number;
  name: string;
  unit: string;
  /** The figures as the annex prints them, from 上年实际 to 备注; null where this person may not see them yet. */
  figures: string[] | null;
};

/** The rows that are not in hand here, as far as this person may see them: to read, folded. */
export function OtherRows({ rows, heads }: { rows: readonly OtherRow[]; heads: readonly string[] }) {
  const t = useTranslations("indicator");
  if (rows.length === 0) return null;
  const seen = rows.filter((row) => row.figures !== null);
  const unseen = rows.filter((row) => row.figures === null);
  return (
    <details className="border-t border-line">
      <summary className="link flex min-h-12 w-fit items-center">{t("others", { count: rows.length })}</summary>
      {seen.length > 0 && (
        <div
          role="region"
          aria-label={t("others", { count: seen.length })}
          tabIndex={0}
          lang="zh-CN"
          className="indicator-grid mb-2 overflow-auto border border-line bg-white"
        >
          <table>
            <thead>
              <tr>
                {heads.map((head, at) => (
                  <th key={head} scope="col" data-column={COLUMNS[at]}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {seen.map((row) => (
                <tr key={row.code} id={row.code}>
                  <td data-column="number">{row.number}</td>
                  <th scope="row" data-column="name">
                    {row.name}
                    <span className="block text-xs text-ink-soft">{row.organ}</span>
                  </th>
                  <td data-column="unit">{row.unit}</td>
                  {row.figures?.map((figure, at) => (
                    <td key={at} data-column={COLUMNS[at + 3]} aria-label={figure || t("sheet.blank")}>
                      <span className="cell" data-wordy={/\p{Script=Han}/u.test(figure) || undefined} title={figure}>
                        <span className="value">{figure}</span>
                      </span>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {unseen.length > 0 && (
        <p className="max-w-[60em] pb-3 text-ink-soft">
          {t("unseen")}
          {unseen
            .map((row) => t("unseenOf", { name: row.name, organ: row.organ, status: t(`status.${row.status}`) }))
            .join(t("listMark"))}
        </p>
      )}
    </details>
  );
}
