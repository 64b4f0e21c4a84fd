import { useTranslations } from "next-intl";
import { excerptOf, type Place } from "../../../../domain/consultation/places";

/** The place that a comment is about, with the words that it names among their neighbours. */
export function QuotedPlace({ place, quote }: { place: Place | undefined; quote: string | null }) {
  const t = useTranslations("consultation");
  if (!place) return <>{t("wholePlace")}</>;
  const excerpt = excerptOf(place, quote);
  return (
    <span lang="zh-CN">
      {excerpt.before}
      {excerpt.quote !== "" && <mark className="border-b-2 border-mark-line bg-mark text-ink">{excerpt.quote}</mark>}
      {excerpt.after}
    </span>
  );
}
