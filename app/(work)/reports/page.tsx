import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { listReports } from "../../../domain/report/queries";
import { longDate } from "../../../messages/dates";
import { LinkButton } from "../../../ui/button";
import { Empty } from "../../../ui/empty";
import { Page, PageHeader } from "../../../ui/page";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../ui/table";
import { readPage } from "../../_server/read-page";
import { ReportStatus } from "../report-status";

export async function generateMetadata() {
  return { title: (await getTranslations("report"))("title") };
}

export default async function ReportsPage() {
  const [t, importing, route, locale, { ctx, data: reports }] = await Promise.all([
    getTranslations("report"),
    getTranslations("import"),
    getTranslations("route.templates"),
    getLocale(),
    readPage("/reports", listReports),
  ]);
  return (
    <Page>
      <PageHeader
        title={t("title")}
        actions={
          ctx.actor.role === "lead" && (
            <>
              <LinkButton href="/routes">{route("link")}</LinkButton>
              <LinkButton href="/new-report">{importing("create.link")}</LinkButton>
            </>
          )
        }
      />
      {reports.length === 0 ? (
        <Empty title={t("none")}>{t("noneHint")}</Empty>
      ) : (
        <Table label={t("title")} stack>
          <TableHead>
            <HeadCell className="w-1/2">{t("col.report")}</HeadCell>
            <HeadCell>{t("col.status")}</HeadCell>
            <HeadCell>{t("col.progress")}</HeadCell>
            <HeadCell align="right">{t("col.due")}</HeadCell>
          </TableHead>
          <TableBody>
            {reports.map((report) => (
              <Row key={report.id}>
                <Cell main>
                  <Link href={`/reports/${report.slug}`} prefetch={false} className="link">
                    {report.name}
                  </Link>
                </Cell>
                <Cell>
                  <ReportStatus status={report.status} />
                </Cell>
                <Cell soft>{t("progress", { approved: report.approved, leaves: report.leaves })}</Cell>
                <Cell align="right" soft>
                  {longDate(report.dueOn, locale)}
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </Page>
  );
}
