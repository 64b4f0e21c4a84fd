import { getTranslations } from "next-intl/server";
import { getEditionsPage } from "../../../../../domain/edition/queries";
import { toArticleHtml } from "../../../../../render/html/to-html";
import { Empty } from "../../../../../ui/empty";
import { Page, PageHeader } from "../../../../../ui/page";
import { readPage } from "../../../../_server/read-page";
import { ReportStatus } from "../../../report-status";
import { DraftExports } from "../../../exports/draft-exports";
import { Editions } from "./editions";
import { lackingGlyphs } from "./glyphs";
import { NextStep } from "./next-step";
import { ReturnWhole } from "./return-whole";
import { Verdicts } from "./verdicts";

type Props = { params: Promise<{ report: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("edition"))("title") };
}

export default async function EditionsPage({ params }: Props) {
  const { report: slug } = await params;
  const [t, { data: report }] = await Promise.all([
    getTranslations("edition"),
    readPage(`/reports/${slug}/editions`, (tx, ctx) => getEditionsPage(tx, ctx, slug)),
  ]);
  const { compiled } = report;
  const steps = report.steps.map(({ name }) => name).join(" → ");
  return (
    <Page>
      <PageHeader
        back={{ href: `/reports/${slug}`, label: report.name }}
        title={t("title")}
        summary={
          <>
            {t("route")}：{steps}
          </>
        }
        actions={<ReportStatus status={report.status} />}
      />
      <NextStep report={report} glyphs={compiled && report.lacks ? lackingGlyphs(compiled.document) : null} />
      <Editions report={report} />
      <Verdicts verdicts={report.verdicts} />
      {compiled && (
        <section aria-labelledby="compiled">
          <h2 id="compiled" className="mb-2 font-semibold">
            {t("compiled")}
          </h2>
          {compiled.document.blocks.length > 0 && <DraftExports report={slug} />}
          {compiled.document.blocks.length === 0 ? (
            <Empty title={t("wholeEmpty")} />
          ) : report.can.return === null ? (
            <ReturnWhole report={report} document={compiled.document} />
          ) : (
            <div className="sheet" dangerouslySetInnerHTML={{ __html: toArticleHtml(compiled.document) }} />
          )}
        </section>
      )}
    </Page>
  );
}
