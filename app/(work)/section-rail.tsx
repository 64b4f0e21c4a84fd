import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { RefusalKey } from "../../domain/kernel/errors";
import { ATTACHMENTS_LIMIT } from "../../domain/evidence/policy";
import type { HistoryEntry } from "../../domain/section/history";
import type { SectionPage } from "../../domain/section/queries";
import { dateTime, longDate } from "../../messages/dates";
import { loadMessages, type Messages } from "../../messages/load";
import { RailItem } from "../../ui/rail-item";
import { Tabs, type TabItem } from "../../ui/tabs";
import { fill } from "../fill";
import { ReasonsTab, type ReasonsProps } from "./reasons-tab";
import { Attachments } from "./attachments";
import { BriefForm } from "./brief-form";
import type { FigureGuide } from "./figure-guide";
import { LastPeriod } from "./reports/[report]/sections/[section]/editor/last-period/last-period";
import { RemarksTab } from "./reports/[report]/sections/[section]/remarks/remarks-tab";
import type { RemarkProps } from "./reports/[report]/sections/[section]/remarks/threads";
import { SectionText } from "./section-text";

type Shown = Pick<
  SectionPage,
  | "id"
  | "kind"
  | "organ"
  | "dueOn"
  | "wasDueOn"
  | "last"
  | "history"
  | "brief"
  | "attachments"
  | "can"
  | "reportSlug"
  | "text"
>;

/** What stands beside a leaf's text: guidance, last period's words, why it came back, its numbers, its revisions. */
export function SectionRail({
  section,
  guide,
  numbers,
  copying,
  remarks = null,
  reasons = null,
  asked,
}: {
  section: Shown;
  guide: FigureGuide;
  numbers: Omit<TabItem, "id"> | undefined;
  /** Whoever writes may bring last period's paragraphs into place: what that is called. */
  copying?: Messages["editor"]["last"] | undefined;
  /** Null for whoever has no part in them. */
  remarks?: RemarkProps | null;
  /** Why it came back and what was answered; null with nothing to work off. */
  reasons?: ReasonsProps | null;
  /** The tab that the page's address names. */
  asked?: string | undefined;
}) {
  const t = useTranslations("section");
  const locale = useLocale();
  const messages = loadMessages(locale);
  const items = [
    { id: "guidance", label: t("rail.guidance"), content: <Guidance section={section} /> },
    {
      id: "last",
      label: t("rail.last"),
      content: section.last?.content ? (
        <RailItem kind={section.last.reportName}>
          {copying ? (
            <LastPeriod content={section.last.content} kind={section.kind} words={copying} />
          ) : (
            <div className="sheet min-h-0 border-0 bg-white p-0">
              <SectionText content={section.last.content} kind={section.kind} />
            </div>
          )}
        </RailItem>
      ) : (
        <p className="px-4.5 py-3.5 text-ink-soft">{t("noLast")}</p>
      ),
    },
    ...(reasons
      ? [
          {
            id: "reasons",
            label: reasons.words.tab,
            count: reasons.reasons.filter(({ answer }) => answer === null).length,
            content: <ReasonsTab {...reasons} />,
          },
        ]
      : []),
    ...(numbers ? [{ id: "numbers", ...numbers }] : []),
    ...(remarks
      ? [
          {
            id: "remarks",
            label: remarks.words.tab,
            count: remarks.threads.filter((thread) => thread.ended === null).length,
            content: <RemarksTab {...remarks} />,
          },
        ]
      : []),
    {
      id: "attachments",
      label: messages.evidence.attachments,
      count: section.attachments.length,
      content: (
        <Attachments
          sectionId={section.id}
          files={section.attachments}
          mayChange={section.can.attach === null}
          locale={locale}
          words={attachmentWords(messages, section.text.is === "hidden")}
        />
      ),
    },
    {
      id: "history",
      label: t("rail.history"),
      content: <History section={section} guide={guide} />,
    },
  ];
  const usual = reasons ? "reasons" : section.last?.content ? "last" : "guidance";
  const open = items.find((item) => item.id === asked)?.id ?? usual;
  return <Tabs label={t("rail.label")} items={items} open={open} />;
}

function Guidance({ section }: { section: Shown }) {
  const t = useTranslations("section");
  const days = useTranslations("timetable");
  const locale = useLocale();
  const form =
    section.kind === "part" || section.kind === "chapter" || section.kind === "indicators" ? "text" : section.kind;
  return (
    <>
      <RailItem kind={t("guidance.owner")}>{section.organ}</RailItem>
      <RailItem kind={t("guidance.due")}>
        {longDate(section.dueOn, locale)}
        {section.wasDueOn !== null && (
          <span className="block text-sm text-ink-soft">
            {days("permitted")} · {days("wasDue", { date: longDate(section.wasDueOn, locale) })}
          </span>
        )}
      </RailItem>
      <Asked section={section} />
      <RailItem kind={t("guidance.form")}>
        <p>{t(`guidance.formOf.${form}`)}</p>
        <p className="mt-2">{t("guidance.figures")}</p>
        <p className="mt-2">{t("guidance.secret")}</p>
      </RailItem>
    </>
  );
}

/** What the lead bureau asks of this leaf; the lead bureau itself writes it here. */
function Asked({ section: { id, brief, can } }: { section: Shown }) {
  const t = useTranslations("brief");
  const locale = useLocale();
  const mayWrite = can.brief === null;
  const asks = brief && (brief.guidance !== "" || brief.lengthLimit !== null) ? brief : null;
  if (!asks && !mayWrite) return null;
  return (
    <RailItem kind={t("asked")}>
      {asks ? (
        <>
          {asks.guidance && <p className="whitespace-pre-line">{asks.guidance}</p>}
          {asks.lengthLimit !== null && <p className="mt-1">{t("upTo", { limit: asks.lengthLimit })}</p>}
          <p className="mt-1 text-sm text-ink-soft">{t("by", { by: asks.by, at: dateTime(asks.at, locale) })}</p>
        </>
      ) : (
        <p className="text-ink-soft">{t("none")}</p>
      )}
      {mayWrite && (
        <details>
          <summary className="link flex min-h-(--target) w-fit items-center">{t(asks ? "change" : "edit")}</summary>
          <BriefForm sectionId={id} brief={brief} words={loadMessages(locale).brief} />
        </details>
      )}
    </RailItem>
  );
}

function attachmentWords({ evidence, refusal }: Messages, isHidden: boolean) {
  const refusals = Object.fromEntries(UPLOAD_REFUSALS.map((key) => [key, refusal[key]]));
  return {
    ...evidence,
    none: isHidden ? evidence.notYet : evidence.none,
    hint: fill(evidence.hint, { most: ATTACHMENTS_LIMIT }),
    refusal: refusals,
  };
}

/** Why an upload can be refused: the browser needs no other sentence. */
const UPLOAD_REFUSALS = [
  "evidence-kind",
  "evidence-too-large",
  "evidence-too-many",
  "section-not-open",
  "report-not-collecting",
  "not-your-department",
  "not-found",
] as const satisfies readonly RefusalKey[];

function History({
  section: { id, reportSlug, history: entries, kind },
  guide,
}: {
  section: Shown;
  guide: FigureGuide;
}) {
  const t = useTranslations("section");
  const words = useTranslations("history");
  const locale = useLocale();
  const path = `/reports/${reportSlug}/sections/${id}/history`;
  const named = ({ number, kind: does, restoredFrom }: Extract<HistoryEntry, { type: "revision" }>) =>
    `${t("revision", { number })} · ${restoredFrom === null ? t(does) : words("restoredFrom", { number: restoredFrom })}`;
  if (entries.length === 0) return <p className="px-4.5 py-3.5 text-ink-soft">{t("noHistory")}</p>;
  return (
    <>
      <p className="border-b border-line-soft px-4.5 py-1">
        <Link href={path} prefetch={false} className="link inline-flex min-h-(--target) items-center">
          {words("all")}
        </Link>
      </p>
      {entries.map((entry) =>
        entry.type === "verdict" ? (
          <RailItem key={entry.id} kind={`${entry.by} · ${dateTime(entry.at, locale)}`}>
            <b>{t(`verdict.${entry.verdict}`)}</b>
            {entry.number !== null && (
              <span className="ml-2 text-ink-soft">{words("judged", { number: entry.number })}</span>
            )}
            {entry.reasons.map((reason, index) => (
              <p key={index} className="mt-1 text-ink-soft">
                {reason.text}
              </p>
            ))}
          </RailItem>
        ) : (
          <RailItem key={entry.id} kind={`${entry.by} · ${dateTime(entry.at, locale)}`}>
            {entry.content ? (
              <details>
                <summary className="link flex min-h-(--target) items-center">{named(entry)}</summary>
                <div className="sheet mt-2 min-h-0 border-0 bg-white p-0">
                  <SectionText content={entry.content} kind={kind} guide={guide} />
                </div>
              </details>
            ) : (
              <Link
                href={`${path}?show=${entry.number}`}
                prefetch={false}
                className="link flex min-h-(--target) items-center"
              >
                {named(entry)}
              </Link>
            )}
            {entry.note && <p className="text-ink-soft">{entry.note}</p>}
          </RailItem>
        ),
      )}
    </>
  );
}
