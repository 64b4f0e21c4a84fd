import { useTranslations } from "next-intl";
import type { ComparedSpan } from "../../../../../render/comparison";

/** Words with what became of them: struck through and underlined, and said to those who hear the page. */
export function Spans({ spans }: { spans: readonly ComparedSpan[] }) {
  const t = useTranslations("compare");
  return spans.map(({ text, lead, change }, index) => {
    const words = lead ? <b className="lead">{text}</b> : text;
    if (change === "same") return <span key={index}>{words}</span>;
    const Tag = change === "deleted" ? "del" : "ins";
    return (
      <Tag key={index}>
        <span className="sr-only">{change === "deleted" ? t("goneBefore") : t("comeBefore")}</span>
        {words}
      </Tag>
    );
  });
}
