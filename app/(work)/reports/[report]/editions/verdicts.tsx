import { getLocale, getTranslations } from "next-intl/server";
import type { getEditionsPage } from "../../../../../domain/edition/queries";
import { dateTime } from "../../../../../messages/dates";

type Verdict = Awaited<ReturnType<typeof getEditionsPage>>["verdicts"][number];

/** Decisions on the compiled whole. */
export async function Verdicts({ verdicts }: { verdicts: Verdict[] }) {
  const [t, words, locale] = await Promise.all([getTranslations("edition"), getTranslations("section"), getLocale()]);
  if (verdicts.length === 0) return null;
  return (
    <section aria-labelledby="verdicts">
      <h2 id="verdicts" className="mb-2 font-semibold">
        {t("verdicts")}
      </h2>
      <ul className="border border-line bg-white px-5 py-2">
        {verdicts.map((verdict) => (
          <li key={verdict.id} className="py-1">
            <b>{words(`verdict.${verdict.verdict}`)}</b>
            <span className="text-ink-soft">
              {" "}
              {verdict.by} · {dateTime(verdict.at, locale)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
