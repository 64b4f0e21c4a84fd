import { getTranslations } from "next-intl/server";
import type { Asked } from "../../../../../render/comparison";

/** Who asked for it, and in which words. */
export async function AskedList({ asked }: { asked: readonly Asked[] }) {
  const t = await getTranslations("compare");
  return (
    <ul className="flex flex-col gap-1.5">
      {asked.map((one, index) => (
        <li key={index} className="whitespace-pre-wrap">
          <b>{t(`askedOf.${one.kind}`)}</b> <span className="text-ink-soft">{one.by}</span>：{one.text}
        </li>
      ))}
    </ul>
  );
}

/** The same beside the place that changed. */
export async function AskedBeside({ asked }: { asked: readonly Asked[] }) {
  const t = await getTranslations("compare");
  if (asked.length === 0) return null;
  return (
    <aside aria-label={t("asked")} className="my-1 self-start border-l-4 border-mark-line bg-mark px-3 py-2 text-sm">
      <AskedList asked={asked} />
    </aside>
  );
}
