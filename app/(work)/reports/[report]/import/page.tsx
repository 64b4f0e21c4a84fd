import { getLocale } from "next-intl/server";
import { getReportImport } from "../../../../../domain/import/queries";
import { isHeading } from "../../../../../domain/section/workflow";
import { loadMessages } from "../../../../../messages/load";
import { LinkButton } from "../../../../../ui/button";
import { Notice } from "../../../../../ui/notice";
import { Page, PageHeader } from "../../../../../ui/page";
import { readPage } from "../../../../_server/read-page";
import { importFileWords } from "../../../import-file-words";
import { ImportScreen } from "./import-screen";

type Props = { params: Promise<{ report: string }> };

export async function generateMetadata() {
  return { title: loadMessages(await getLocale()).import.report.title };
}

export default async function ReportImportPage({ params }: Props) {
  const [{ report: slug }, locale] = await Promise.all([params, getLocale()]);
  const messages = loadMessages(locale);
  const { report: words } = messages.import;
  const { data: report } = await readPage(`/reports/${slug}/import`, (tx, ctx) => getReportImport(tx, ctx, slug));
  return (
    <Page>
      <PageHeader back={{ href: `/reports/${slug}`, label: report.name }} title={words.title} summary={words.hint} />
      {report.refusal ? (
        <Notice tone="warning" action={<LinkButton href={`/reports/${slug}`}>{words.back}</LinkButton>}>
          {messages.refusal[report.refusal]}
        </Notice>
      ) : (
        <ImportScreen
          slug={slug}
          outline={report.nodes.map(({ id, kind, number, title, organ, status, depth }) => ({
            id,
            kind,
            label: `${number}${number.endsWith(".") ? " " : ""}${title}`,
            organ,
            isOpen: status === "drafting",
            isHeading: isHeading(kind),
            depth,
          }))}
          words={{ ...words, file: importFileWords(messages), field: messages.figure.field }}
        />
      )}
    </Page>
  );
}
