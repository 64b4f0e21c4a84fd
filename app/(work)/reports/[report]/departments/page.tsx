import Link from "next/link";
import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { getDepartments, type DepartmentsPage as Data } from "../../../../../domain/timetable/queries";
import { Page, PageHeader } from "../../../../../ui/page";
import { SubmitButton } from "../../../../../ui/submit-button";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../../ui/table";
import { readPage } from "../../../../_server/read-page";
import { DueDate } from "../../../due-date";
import { UrgeForm } from "../urge-form";

type Props = { params: Promise<{ report: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("timetable"))("departments.title") };
}

/** Every department: what it still owes, by when, and how timely it was before. */
export default async function DepartmentsPage({ params }: Props) {
  const [{ report: slug }, t, locale] = await Promise.all([params, getTranslations("timetable"), getLocale()]);
  const { data } = await readPage(`/reports/${slug}/departments`, (tx, ctx) => getDepartments(tx, ctx, slug));
  const { departments, past } = data;
  return (
    <Page>
      <PageHeader
        back={{ href: `/reports/${slug}`, label: data.name }}
        title={t("departments.title")}
        summary={t("departments.summary", {
          organs: departments.length,
          owing: departments.filter(({ open }) => open > 0).length,
          late: departments.filter(({ late }) => late > 0).length,
        })}
      />
      <UrgeForm reportId={data.id} done={t("board.urged")}>
        <Table label={t("departments.title")} stack>
          <TableHead>
            <HeadCell>{t("col.organ")}</HeadCell>
            <HeadCell align="right">{t("col.owed")}</HeadCell>
            <HeadCell align="right">{t("col.late")}</HeadCell>
            <HeadCell>{t("col.next")}</HeadCell>
            <HeadCell>{t("col.timeliness")}</HeadCell>
            {data.mayUrge && <HeadCell align="right" />}
          </TableHead>
          <TableBody>
            {departments.map((row) => (
              <DepartmentRow key={row.organId} row={row} data={data} />
            ))}
          </TableBody>
        </Table>
      </UrgeForm>
      <p className="text-sm text-ink-soft">
        {past.length === 0
          ? t("departments.noPast")
          : t("departments.past", { reports: past.map(({ name }) => name).join(locale === "zh-CN" ? "、" : ", ") })}
      </p>
    </Page>
  );
}

function DepartmentRow({ row, data }: { row: Data["departments"][number]; data: Data }) {
  const t = useTranslations("timetable");
  const { timeliness } = row;
  return (
    <Row>
      <Cell main>
        <Link href={`/reports/${data.slug}/departments/${row.organId}`} prefetch={false} className="link">
          {row.organ}
        </Link>
      </Cell>
      <Cell align="right">
        <span className="tabular-nums">{t("departments.owedOf", { open: row.open, all: row.all })}</span>
      </Cell>
      <Cell align="right">
        {row.late > 0 ? (
          <span className="text-status-overdue">{t("departments.lateCount", { count: row.late })}</span>
        ) : (
          "—"
        )}
      </Cell>
      <Cell>
        {row.next === null ? (
          "—"
        ) : (
          <DueDate dueOn={row.next} day={data.day} closed={data.status !== "collecting"} countdown />
        )}
      </Cell>
      <Cell>
        {timeliness === null ? (
          <span className="text-ink-soft">{t("departments.noRecord")}</span>
        ) : (
          <>
            {t("departments.onTime", { onTime: timeliness.onTime, items: timeliness.items })}
            {timeliness.late > 0 && (
              <span className="block text-sm text-ink-soft">
                {t("departments.lateBy", { late: timeliness.late, worst: timeliness.worst })}
              </span>
            )}
          </>
        )}
      </Cell>
      {data.mayUrge && (
        <Cell align="right">
          {row.owed > 0 && (
            <SubmitButton
              kind="quiet"
              name="what"
              value={`organ ${row.organId}`}
              pendingLabel={t("department.pending")}
            >
              {t("board.urge")}
              <span className="sr-only">{row.organ}</span>
            </SubmitButton>
          )}
        </Cell>
      )}
    </Row>
  );
}
