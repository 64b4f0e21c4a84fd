import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { getBriefs } from "../../../../../domain/section/briefs";
import { loadMessages } from "../../../../../messages/load";
import { Page, PageHeader } from "../../../../../ui/page";
import { readPage } from "../../../../_server/read-page";
import { BriefForm } from "../../../brief-form";

type Props = { params: Promise<{ report: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("brief"))("title") };
}

/** The lead bureau goes through what it asks of every part; each part is a form of its own. */
export default async function BriefsPage({ params }: Props) {
  const [{ report: slug }, t, locale] = await Promise.all([params, getTranslations("brief"), getLocale()]);
  const { ctx, data } = await readPage(`/reports/${slug}/briefs`, (tx) => getBriefs(tx, slug));
  if (ctx.actor.role !== "lead") notFound();
  const { report, leaves } = data;
  const words = loadMessages(locale).brief;
  const asked = leaves.filter(({ brief }) => brief && brief.guidance !== "").length;
  const limited = leaves.filter(({ brief }) => brief && brief.lengthLimit !== null).length;
  return (
    <Page>
      <PageHeader
        back={{ href: `/reports/${slug}`, label: report.name }}
        title={t("title")}
        summary={`${t("summary", { leaves: leaves.length, asked, limited })}${t("hint")}`}
      />
      <ul className="border border-line bg-white">
        {leaves.map(({ id, title, organ, brief }) => (
          <li key={id} className="border-b border-line-soft px-4 py-3 last:border-b-0">
            <h2 className="font-semibold">
              {title}
              <span className="ml-2 font-normal text-ink-soft">{organ}</span>
            </h2>
            {brief?.guidance && <p className="mt-1 max-w-[42em] whitespace-pre-line">{brief.guidance}</p>}
            {brief && brief.lengthLimit !== null && (
              <p className="mt-1 text-ink-soft">{t("upTo", { limit: brief.lengthLimit })}</p>
            )}
            {report.status === "collecting" && (
              <details className="max-w-160">
                <summary className="link flex min-h-(--target) w-fit items-center">
                  {t(brief ? "change" : "edit")}
                </summary>
                <BriefForm sectionId={id} brief={brief} words={words} />
              </details>
            )}
          </li>
        ))}
      </ul>
    </Page>
  );
}
