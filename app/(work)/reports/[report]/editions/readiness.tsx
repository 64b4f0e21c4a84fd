import { getLocale, getTranslations } from "next-intl/server";
import Link from "next/link";
import type { ReactNode } from "react";
import type { EditionsPage } from "../../../../../domain/edition/queries";
import { loadMessages } from "../../../../../messages/load";
import { Icon } from "../../../../../ui/icon";
import { Notice } from "../../../../../ui/notice";
import { toLocale } from "../../../../_server/i18n";
import { findingLine } from "../../../finding-line";
import type { Glyphs } from "./glyphs";

const SHOWN = 12;

/** What stands between the compiled text and its seal: parts, figures, findings, characters. */
export async function Readiness({ report, glyphs }: { report: EditionsPage; glyphs: Glyphs }) {
  const [t, more, locale] = await Promise.all([
    getTranslations("edition.lacks"),
    getTranslations("edition"),
    getLocale(),
  ]);
  const { lacks, slug } = report;
  if (!lacks) return null;
  const check = loadMessages(toLocale(locale)).check;
  const count = lacks.missing.length + lacks.stale.length + lacks.moved.length + lacks.findings.length;
  const rest = (all: number) => (all > SHOWN ? more("missingMore", { count: all }) : null);
  return (
    <section aria-labelledby="readiness" className="flex flex-col gap-2">
      <h3 id="readiness" className="font-semibold">
        {t("title")}
      </h3>
      {count === 0 ? (
        <Notice tone="success">{t("ready")}</Notice>
      ) : (
        <Notice tone="warning">{t("open", { count })}</Notice>
      )}
      <Points title={t("missing", { count: lacks.missing.length })} rest={rest(lacks.missing.length)}>
        {lacks.missing.slice(0, SHOWN).map(({ section, title, department }) => (
          <li key={`${section} ${title}`}>
            {title}
            <span className="text-ink-soft"> · {department}</span>
          </li>
        ))}
      </Points>
      <Points title={t("stale", { count: lacks.stale.length })} rest={rest(lacks.stale.length)}>
        {lacks.stale.slice(0, SHOWN).map(({ section, title, department }) => (
          <li key={section}>
            {title}
            <span className="text-ink-soft"> · {department}</span>
          </li>
        ))}
      </Points>
      <Points title={t("moved", { count: lacks.moved.length })} rest={rest(lacks.moved.length)}>
        {lacks.moved.slice(0, SHOWN).map(({ section, title }) => (
          <li key={section}>
            <Link href={`/reports/${slug}/sections/${section}`} prefetch={false} className="link">
              {title}
            </Link>
          </li>
        ))}
      </Points>
      <Points title={t("findings", { count: lacks.findings.length })} rest={rest(lacks.findings.length)}>
        {lacks.findings.slice(0, SHOWN).map(({ finding, leaf }) => (
          <li key={finding.key}>
            <Link href={`/reports/${slug}/checks`} prefetch={false} className="link">
              {leaf?.title ?? t("inTable")}
            </Link>{" "}
            {findingLine(finding, check).message}
          </li>
        ))}
      </Points>
      {glyphs === "fonts-missing" ? (
        <Notice tone="error">{t("fontsAway")}</Notice>
      ) : (
        <>
          <Points title={t("unprintable", { count: glyphs.none.length })} rest={rest(glyphs.none.length)} isGrave>
            {glyphs.none.slice(0, SHOWN).map(({ key, character, where, face }) => (
              <li key={key}>
                {t("noGlyph", { character, face })}
                <span className="text-ink-soft"> · {where ?? t("mark")}</span>
              </li>
            ))}
          </Points>
          <Points title={t("fallback", { count: glyphs.fallback.length })} rest={rest(glyphs.fallback.length)}>
            {glyphs.fallback.slice(0, SHOWN).map(({ key, character, where, face, fallback }) => (
              <li key={key}>
                {t("character", { character, face, fallback })}
                <span className="text-ink-soft"> · {where ?? t("mark")}</span>
              </li>
            ))}
          </Points>
        </>
      )}
    </section>
  );
}

type PointsProps = { title: string; rest: string | null; isGrave?: boolean; children: ReactNode[] };

/** One kind of what is open; nothing where there is none. */
function Points({ title, rest, isGrave = false, children }: PointsProps) {
  if (children.length === 0) return null;
  return (
    <details open={isGrave} className="rounded border border-line px-3.5">
      <summary
        className={`flex min-h-(--target) items-center gap-1.5 ${isGrave ? "font-semibold text-status-overdue" : ""}`}
      >
        <Icon name={isGrave ? "warning" : "info"} />
        {title}
      </summary>
      <ul className="list-disc pb-2 pl-6">
        {children}
        {rest && <li className="text-ink-soft">{rest}</li>}
      </ul>
    </details>
  );
}
