import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { isBlocking } from "../../../../../domain/check/finding";
import { getChecksPage } from "../../../../../domain/report/findings";
import { loadMessages } from "../../../../../messages/load";
import { Empty } from "../../../../../ui/empty";
import { Page, PageHeader } from "../../../../../ui/page";
import { readPage } from "../../../../_server/read-page";
import { toLocale } from "../../../../_server/i18n";
import { FindingItem } from "../../../finding-item";
import { findingLine } from "../../../finding-line";
import { ExplainFinding } from "../explain-finding";

type Props = { params: Promise<{ report: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("report"))("act.checks") };
}

/** Everything that the checks find in the report as it is before the reviewers, gravest first. */
export default async function ChecksPage({ params }: Props) {
  const [{ report: slug }, t, locale] = await Promise.all([params, getTranslations("report"), getLocale()]);
  const { data: page } = await readPage(`/reports/${slug}/checks`, (tx, ctx) => getChecksPage(tx, ctx, slug));
  const messages = loadMessages(toLocale(locale));
  const words = messages.binding.finding;
  const groups = [
    { title: t("checks.open"), findings: page.findings.filter(({ finding }) => isBlocking(finding)) },
    {
      title: t("checks.notices"),
      findings: page.findings.filter(({ finding }) => finding.severity !== "error" && finding.waivedBy === null),
    },
    { title: t("checks.explained"), findings: page.findings.filter(({ finding }) => finding.waivedBy !== null) },
  ];
  return (
    <Page>
      <PageHeader
        back={{ href: `/reports/${slug}`, label: page.report.name }}
        title={t("act.checks")}
        summary={t("checks.summary", {
          errors: groups[0]?.findings.length ?? 0,
          notices: groups[1]?.findings.length ?? 0,
          explained: groups[2]?.findings.length ?? 0,
        })}
      />
      {page.findings.length === 0 && <Empty title={t(page.isEmpty ? "checks.nothingYet" : "checks.none")} />}
      {groups.map(
        ({ title, findings }) =>
          findings.length > 0 && (
            <section key={title}>
              <h2 className="mb-2 font-semibold">{title}</h2>
              <div className="border border-line bg-white">
                {findings.map(({ finding, leaf }) => (
                  <FindingItem
                    key={finding.key}
                    finding={findingLine(finding, messages.check)}
                    words={words}
                    quote={
                      leaf ? (
                        <Link href={`/reports/${slug}/sections/${leaf.id}`} prefetch={false} className="link">
                          {leaf.department} · {leaf.title}
                        </Link>
                      ) : (
                        <Link href={`/reports/${slug}/indicators`} prefetch={false} className="link">
                          {t("checks.table")}
                        </Link>
                      )
                    }
                  >
                    {page.mayExplain && finding.waivedBy === null && finding.severity !== "info" && (
                      <ExplainFinding reportId={page.report.id} findingKey={finding.key} words={words} />
                    )}
                  </FindingItem>
                ))}
              </div>
            </section>
          ),
      )}
    </Page>
  );
}
