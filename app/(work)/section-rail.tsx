import { useLocale, useTranslations } from "next-intl";
import { openReasons } from "../../domain/section/open-reasons";
import type { HistoryEntry, SectionPage } from "../../domain/section/queries";
import { dateTime, longDate } from "../../messages/dates";
import { RailItem } from "../../ui/rail-item";
import { Tabs, type TabItem } from "../../ui/tabs";
import type { FigureGuide } from "./figure-guide";
import { SectionText } from "./section-text";

type Shown = Pick<SectionPage, "kind" | "organ" | "dueOn" | "last" | "history">;

/** What stands beside a leaf's text: guidance, last period's words, why it came back, its numbers, its revisions. */
export function SectionRail({
  section,
  guide,
  numbers,
}: {
  section: Shown;
  guide: FigureGuide;
  numbers: Omit<TabItem, "id"> | undefined;
}) {
  const t = useTranslations("section");
  const locale = useLocale();
  const returned = openReasons(section.history);
  const items = [
    { id: "guidance", label: t("rail.guidance"), content: <Guidance section={section} /> },
    {
      id: "last",
      label: t("rail.last"),
      content: section.last?.content ? (
        <RailItem kind={section.last.reportName}>
          <div className="sheet min-h-0 border-0 bg-white p-0">
            <SectionText content={section.last.content} kind={section.kind} />
          </div>
        </RailItem>
      ) : (
        <p className="px-4.5 py-3.5 text-ink-soft">{t("noLast")}</p>
      ),
    },
    ...(returned
      ? [
          {
            id: "reasons",
            label: t("rail.reasons"),
            count: returned.reasons.length,
            content: (
              <>
                {returned.reasons.map((reason, index) => (
                  <RailItem
                    key={index}
                    kind={`${returned.by} · ${dateTime(returned.at, locale)}`}
                    quote={<a href={`#block-${reason.blockId}`}>{shortened(reason.quote)}</a>}
                  >
                    <p>{reason.text}</p>
                  </RailItem>
                ))}
              </>
            ),
          },
        ]
      : []),
    ...(numbers ? [{ id: "numbers", ...numbers }] : []),
    {
      id: "history",
      label: t("rail.history"),
      content: <History entries={section.history} kind={section.kind} guide={guide} />,
    },
  ];
  const open = returned ? "reasons" : section.last?.content ? "last" : "guidance";
  return <Tabs label={t("rail.label")} items={items} open={open} />;
}

function Guidance({ section }: { section: Shown }) {
  const t = useTranslations("section");
  const locale = useLocale();
  const form =
    section.kind === "part" || section.kind === "chapter" || section.kind === "indicators" ? "text" : section.kind;
  return (
    <>
      <RailItem kind={t("guidance.owner")}>{section.organ}</RailItem>
      <RailItem kind={t("guidance.due")}>{longDate(section.dueOn, locale)}</RailItem>
      <RailItem kind={t("guidance.form")}>
        <p>{t(`guidance.formOf.${form}`)}</p>
        <p className="mt-2">{t("guidance.figures")}</p>
        <p className="mt-2">{t("guidance.secret")}</p>
      </RailItem>
    </>
  );
}

type HistoryProps = { entries: HistoryEntry[]; kind: SectionPage["kind"]; guide: FigureGuide };

function History({ entries, kind, guide }: HistoryProps) {
  const t = useTranslations("section");
  const locale = useLocale();
  if (entries.length === 0) return <p className="px-4.5 py-3.5 text-ink-soft">{t("noHistory")}</p>;
  return (
    <>
      {entries.map((entry) =>
        entry.type === "verdict" ? (
          <RailItem key={entry.id} kind={`${entry.by} · ${dateTime(entry.at, locale)}`}>
            <b>{t(`verdict.${entry.verdict}`)}</b>
            {entry.reasons.map((reason, index) => (
              <p key={index} className="mt-1 text-ink-soft">
                {reason.text}
              </p>
            ))}
          </RailItem>
        ) : (
          <RailItem key={entry.id} kind={`${entry.by} · ${dateTime(entry.at, locale)}`}>
            <details>
              <summary className="link">
                {t("revision", { number: entry.number })} · {t(entry.kind)}
              </summary>
              <div className="sheet mt-2 min-h-0 border-0 bg-white p-0">
                <SectionText content={entry.content} kind={kind} guide={guide} />
              </div>
            </details>
          </RailItem>
        ),
      )}
    </>
  );
}

const shortened = (quote: string) => (quote.length > 90 ? `${quote.slice(0, 90)}……` : quote);
