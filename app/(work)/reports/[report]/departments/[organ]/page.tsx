import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { INDICATOR_STATUSES } from "../../../../../../domain/indicator/workflow";
import { isOneOf } from "../../../../../../domain/kernel/roles";
import { SECTION_STATUSES } from "../../../../../../domain/section/workflow";
import { getDepartment, type DepartmentPage as Data } from "../../../../../../domain/timetable/queries";
import { dateTime, longDate } from "../../../../../../messages/dates";
import { Page, PageHeader } from "../../../../../../ui/page";
import { SubmitButton } from "../../../../../../ui/submit-button";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../../../ui/table";
import { readPage } from "../../../../../_server/read-page";
import { DueDate } from "../../../../due-date";
import { IndicatorStatus } from "../../../../indicator-status";
import { SectionStatus } from "../../../../section-status";
import { ReminderLog } from "../../reminder-log";
import { UrgeForm } from "../../urge-form";
import { DepartmentDayForm } from "./department-day-form";
import { PermitForm } from "./permit-form";

type Props = {
  params: Promise<{ report: string; organ: string }>;
  searchParams: Promise<{ item?: string | string[] }>;
};

export async function generateMetadata() {
  return { title: (await getTranslations("timetable"))("departments.title") };
}

/** One department's part of a report: what it owes and by when, later days permitted to it, reminders sent to it. */
export default async function DepartmentPage({ params, searchParams }: Props) {
  const [{ report: slug, organ: organId }, { item }, t] = await Promise.all([
    params,
    searchParams,
    getTranslations("timetable"),
  ]);
  const { ctx, data } = await readPage(`/reports/${slug}/departments/${organId}`, (tx, asker) =>
    getDepartment(tx, asker, slug, organId),
  );
  const open = data.items.filter(({ isOpen }) => isOpen);
  const own = open.filter(({ isOwn }) => isOwn);
  const answers = ctx.actor.role === "lead" || ctx.actor.role === "approver";
  return (
    <Page>
      <PageHeader
        back={
          answers
            ? { href: `/reports/${slug}/departments`, label: t("departments.title") }
            : { href: `/reports/${slug}`, label: data.name }
        }
        title={`${data.organ.name} · ${data.name}`}
        summary={t.rich("department.summary", {
          all: data.items.length,
          open: open.length,
          late: open.filter(({ dueOn }) => dueOn < data.day).length,
          b: (words) => <b>{words}</b>,
        })}
      />
      {data.mayUrge && (
        <UrgeForm reportId={data.id} done={t("board.urged")}>
          {data.items.some(({ isOwed }) => isOwed) ? (
            <div>
              <SubmitButton
                kind="secondary"
                icon="clock"
                name="what"
                value={`organ ${data.organ.id}`}
                pendingLabel={t("department.pending")}
              >
                {t("department.urge")}
              </SubmitButton>
            </div>
          ) : (
            <p className="text-ink-soft">{t("department.urgeNone")}</p>
          )}
        </UrgeForm>
      )}
      <Items data={data} />
      {data.mayPermit && own.length > 0 && (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <PermitForm
            reportId={data.id}
            organId={data.organ.id}
            items={own.map(({ id, title }) => ({ id, title }))}
            chosen={typeof item === "string" ? item : null}
            words={{
              title: t("department.permitTitle"),
              hint: t("department.permitHint"),
              all: t("department.all"),
              until: t("department.until"),
              reason: t("department.reason"),
              reasonHint: t("department.reasonHint"),
              permit: t("department.permit"),
              done: t("department.permitted"),
              pending: t("department.pending"),
            }}
          />
          <DepartmentDayForm
            reportId={data.id}
            organId={data.organ.id}
            words={{
              title: t("department.dayTitle"),
              hint: t("department.dayHint"),
              dueOn: t("department.dueOn"),
              set: t("department.setDay"),
              done: t("department.daySet"),
              pending: t("department.pending"),
            }}
          />
        </div>
      )}
      <Permits data={data} />
      <section>
        <h2 className="mb-2 font-semibold">{t("log.title")}</h2>
        <ReminderLog log={data.log} />
      </section>
    </Page>
  );
}

function Items({ data }: { data: Data }) {
  const t = useTranslations("timetable");
  const report = useTranslations("report");
  return (
    <Table label={t("department.items")} stack>
      <TableHead>
        <HeadCell className="w-1/2">{t("col.item")}</HeadCell>
        <HeadCell>{report("col.status")}</HeadCell>
        <HeadCell align="right">{report("col.due")}</HeadCell>
        {data.mayUrge && <HeadCell align="right" />}
      </TableHead>
      <TableBody>
        {data.items.map((item) => (
          <Row key={item.id}>
            <Cell main>
              <Link
                href={item.isSection ? `/reports/${data.slug}/sections/${item.id}` : `/reports/${data.slug}/indicators`}
                prefetch={false}
                className="link"
              >
                {item.title}
              </Link>
            </Cell>
            <Cell>
              {item.isSection && isOneOf(item.status, SECTION_STATUSES) && (
                <SectionStatus status={item.status} written={false} />
              )}
              {!item.isSection && isOneOf(item.status, INDICATOR_STATUSES) && <IndicatorStatus status={item.status} />}
            </Cell>
            <Cell align="right">
              <DueDate
                dueOn={item.dueOn}
                day={data.day}
                closed={!item.isOpen || data.status !== "collecting"}
                was={item.wasDueOn}
                countdown
              />
            </Cell>
            {data.mayUrge && (
              <Cell align="right">
                {item.urgedToday && <span className="text-sm text-ink-soft">{t("board.urgedToday")}</span>}
              </Cell>
            )}
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Permits({ data }: { data: Data }) {
  const t = useTranslations("timetable");
  const locale = useLocale();
  return (
    <section>
      <h2 className="mb-2 font-semibold">{t("department.permits")}</h2>
      {data.permits.length === 0 ? (
        <p className="text-ink-soft">{t("department.noPermits")}</p>
      ) : (
        <ul className="border border-line bg-white">
          {data.permits.map(({ id, by, title, until, reason, at }) => (
            <li
              key={id}
              className="flex flex-wrap justify-between gap-x-6 border-b border-line-soft px-4 py-2 last:border-b-0"
            >
              <span>{t("department.permitLine", { by, title, until: longDate(until, locale), reason })}</span>
              <time className="text-sm text-ink-soft" dateTime={at.toISOString()}>
                {dateTime(at, locale)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
