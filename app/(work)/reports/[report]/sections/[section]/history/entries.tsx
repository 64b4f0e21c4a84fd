import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { CURRENT, type HistoryEntry } from "../../../../../../../domain/section/history";
import { dateTime } from "../../../../../../../messages/dates";
import { LinkButton } from "../../../../../../../ui/button";
import { RailItem } from "../../../../../../../ui/rail-item";

type Props = { entries: HistoryEntry[]; path: string; seesCurrent: boolean; mayRestore: boolean; older: string | null };

/** Revisions and verdicts, newest first, each with who, when and why, and what one can do with it. */
export function Entries({ entries, path, seesCurrent, mayRestore, older }: Props) {
  const t = useTranslations("history");
  const section = useTranslations("section");
  const locale = useLocale();
  const numbers = entries.flatMap((entry) => (entry.type === "revision" ? [entry.number] : []));
  return (
    <nav aria-label={t("list")}>
      <h2 className="border-b border-line px-4.5 py-3 font-semibold">{t("list")}</h2>
      <ul>
        {entries.map((entry) => (
          <li key={entry.id}>
            {entry.type === "verdict" ? (
              <RailItem kind={t("about", { by: entry.by, at: dateTime(entry.at, locale) })}>
                <b>{section(`verdict.${entry.verdict}`)}</b>
                {entry.number !== null && (
                  <span className="ml-2 text-ink-soft">{t("judged", { number: entry.number })}</span>
                )}
                {entry.reasons.map((reason, index) => (
                  <p key={index} className="mt-1 text-ink-soft">
                    {reason.text}
                  </p>
                ))}
              </RailItem>
            ) : (
              <RailItem
                kind={t("about", { by: entry.by, at: dateTime(entry.at, locale) })}
                actions={
                  <Acts
                    number={entry.number}
                    before={numbers[numbers.indexOf(entry.number) + 1]}
                    {...{ path, seesCurrent, mayRestore }}
                  />
                }
              >
                <b>{t("revision", { number: entry.number })}</b>
                <span className="ml-2 text-ink-soft">
                  {entry.restoredFrom === null
                    ? section(entry.kind)
                    : t("restoredFrom", { number: entry.restoredFrom })}
                </span>
                {entry.note && <p className="mt-1">{entry.note}</p>}
              </RailItem>
            )}
          </li>
        ))}
      </ul>
      {older && (
        <p className="px-4.5 py-2">
          <Link href={`${path}?older=${older}`} className="link inline-flex min-h-(--target) items-center">
            {t("older")}
          </Link>
        </p>
      )}
    </nav>
  );
}

type ActsProps = Pick<Props, "path" | "seesCurrent" | "mayRestore"> & { number: number; before: number | undefined };

function Acts({ number, before, path, seesCurrent, mayRestore }: ActsProps) {
  const t = useTranslations("history");
  return (
    <>
      {seesCurrent && (
        <LinkButton kind="quiet" href={`${path}?from=${number}&to=${CURRENT}`}>
          {t("compare.withCurrent")}
        </LinkButton>
      )}
      {before !== undefined && (
        <LinkButton kind="quiet" href={`${path}?from=${before}&to=${number}`}>
          {t("compare.withRevision", { number: before })}
        </LinkButton>
      )}
      <LinkButton kind="quiet" href={`${path}?show=${number}`}>
        {t("compare.read")}
      </LinkButton>
      {mayRestore && (
        <LinkButton kind="quiet" href={`${path}?restore=${number}`}>
          {t("restore.start")}
        </LinkButton>
      )}
    </>
  );
}
