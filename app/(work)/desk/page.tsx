import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { getDesk, type Desk } from "../../../domain/desk/queries";
import { isOneOf, ADMINISTRATORS, DECIDERS, type Role } from "../../../domain/kernel/roles";
import { HOLDER_OF } from "../../../domain/section/workflow";
import { longDate, today } from "../../../messages/dates";
import { LinkButton } from "../../../ui/button";
import { Empty } from "../../../ui/empty";
import { Page, PageHeader } from "../../../ui/page";
import { Status } from "../../../ui/status";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../ui/table";
import { readPage } from "../../_server/read-page";
import { DueDate } from "../due-date";
import { Follow } from "../follow";
import { IndicatorStatus } from "../indicator-status";
import { NoticeList } from "../notice-list";
import { SectionStatus } from "../section-status";

export async function generateMetadata() {
  return { title: (await getTranslations("desk"))("title") };
}

export default async function DeskPage() {
  const [t, { ctx, data: desk }] = await Promise.all([getTranslations("desk"), readPage("/desk", getDesk)]);
  const day = today(ctx.now());
  const wholes = desk.wholes.filter((whole) => whole.mine);
  const { consultations } = desk;
  const count = desk.leaves.length + desk.figures.length + consultations.length + wholes.length + desk.delivered.length;
  const due = [...desk.leaves, ...desk.figures, ...consultations].map(({ dueOn }) => dueOn);
  const late = due.filter((dueOn) => dueOn !== null && dueOn < day).length;
  const { role } = ctx.actor;
  return (
    <Page>
      <PageHeader
        title={t("title")}
        summary={count > 0 ? t.rich("summary", { count, late, b: (words) => <b>{words}</b> }) : undefined}
      />
      {isOneOf(role, ADMINISTRATORS) ? (
        <Empty
          title={t(`admin.${role}`)}
          action={
            <LinkButton href={role === "auditor" ? "/admin/audit" : "/admin/people"}>{t("adminOpen")}</LinkButton>
          }
        />
      ) : (
        <>
          <Follow />
          {desk.acting.length > 0 && <Acting posts={desk.acting} />}
          {count === 0 && <Empty title={t("nothing")}>{t("nothingHint")}</Empty>}
          {consultations.length > 0 && <Consultations consultations={consultations} day={day} />}
          {desk.leaves.length > 0 && <Leaves title={t("mine")} leaves={desk.leaves} day={day} primary />}
          {desk.figures.length > 0 && <Figures figures={desk.figures} day={day} />}
          {desk.delivered.length > 0 && <Delivered editions={desk.delivered} role={role} />}
          {desk.wholes.length > 0 && <Wholes wholes={desk.wholes} day={day} />}
          {desk.ours.length > 0 && <Leaves title={t("ours")} leaves={desk.ours} day={day} />}
          {desk.files.done + desk.files.unfinished + desk.files.failed > 0 && <Files {...desk.files} />}
          {desk.isCut && <Cut role={role} report={desk.leaves[0]?.reportSlug} />}
          <Notices notices={desk.notices} unread={desk.unread} role={role} />
        </>
      )}
    </Page>
  );
}

/** More than a desk lists: where the rest is. */
function Cut({ role, report }: { role: Role; report: string | undefined }) {
  const t = useTranslations("desk");
  const decides = isOneOf(role, DECIDERS);
  const href = decides ? "/review" : report ? `/reports/${report}` : "/reports";
  return (
    <p className="text-ink-soft">
      {t("cut")}{" "}
      <Link href={href} prefetch={false} className="link inline-flex min-h-(--target) items-center">
        {t(decides ? "cutQueue" : "cutBoard")}
      </Link>
    </p>
  );
}

/** Files that they asked for: the work was left, its result waits here. */
function Files({ done, unfinished, failed }: Desk["files"]) {
  const t = useTranslations("export.desk");
  return (
    <p className="flex flex-wrap items-center gap-x-6 border border-line bg-white px-4 py-2">
      <b>{t("title")}</b>
      {done > 0 && <Status tone="approved">{t("done", { count: done })}</Status>}
      {unfinished > 0 && <Status tone="submitted">{t("unfinished", { count: unfinished })}</Status>}
      {failed > 0 && (
        <Status tone="returned" icon="warning">
          {t("failed", { count: failed })}
        </Status>
      )}
      <Link href="/exports" prefetch={false} className="link ml-auto inline-flex min-h-(--target) items-center">
        {t("open")}
      </Link>
    </p>
  );
}

/** What was given to them for a while: they learn of it here, and go there by changing posts. */
function Acting({ posts }: { posts: Desk["acting"] }) {
  const t = useTranslations("desk");
  const locale = useLocale();
  return (
    <ul aria-label={t("acting")} className="border border-line bg-white">
      {posts.map(({ id, name, lastDay, waiting }) => (
        <li
          key={id}
          className="flex flex-wrap items-center justify-between gap-x-6 border-b border-line-soft px-4 py-2 last:border-b-0"
        >
          <span>{t("actingFor", { name, day: longDate(lastDay, locale), count: waiting })}</span>
          <Link href="/account" prefetch={false} className="link inline-flex min-h-(--target) items-center">
            {t("actingSwitch")}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Leaves({
  title,
  leaves,
  day,
  primary = false,
}: {
  title: string;
  leaves: Desk["leaves"];
  day: string;
  primary?: boolean;
}) {
  const t = useTranslations("desk");
  const returns = useTranslations("returns");
  const report = useTranslations("report");
  return (
    <section>
      <h2 className="mb-2 font-semibold">{title}</h2>
      <Table label={title} stack>
        <TableHead>
          <HeadCell className="w-2/5">{report("col.section")}</HeadCell>
          <HeadCell>{report("col.organ")}</HeadCell>
          <HeadCell>{report("col.status")}</HeadCell>
          <HeadCell align="right">{report("col.due")}</HeadCell>
          <HeadCell align="right" />
        </TableHead>
        <TableBody>
          {leaves.map((leaf) => {
            const decides = leaf.status === "signing" || leaf.status === "reviewing";
            const href =
              primary && decides
                ? `/reports/${leaf.reportSlug}/review?section=${leaf.id}`
                : `/reports/${leaf.reportSlug}/sections/${leaf.id}`;
            return (
              <Row key={leaf.id}>
                <Cell main>
                  <Link href={href} prefetch={false} className="link">
                    {leaf.title}
                  </Link>
                  <span className="block text-sm text-ink-soft">{leaf.reportName}</span>
                </Cell>
                <Cell soft>{leaf.organ}</Cell>
                <Cell>
                  <SectionStatus status={leaf.status} written={leaf.written} />
                  {leaf.returned && (
                    <span className="block text-sm text-ink-soft">{returns("deskTally", leaf.returned)}</span>
                  )}
                  {leaf.reasons.map(({ kind, text }, index) => (
                    <span key={index} className="line-clamp-2 max-w-90 text-sm break-words">
                      {returns("deskReason", { kind: returns(`kind.${kind}`), text })}
                    </span>
                  ))}
                </Cell>
                <Cell align="right">
                  <DueDate dueOn={leaf.dueOn} day={day} closed={HOLDER_OF[leaf.status] === null} was={leaf.wasDueOn} />
                </Cell>
                <Cell align="right">
                  {primary && leaf.status !== "approved" && (
                    <Link href={href} prefetch={false} className="link inline-flex min-h-(--target) items-center">
                      {t(`todo.${leaf.status}`)}
                    </Link>
                  )}
                </Cell>
              </Row>
            );
          })}
        </TableBody>
      </Table>
    </section>
  );
}

/** A department's rows of the table, one line for each state: they are filled in, signed and reviewed together. */
function Figures({ figures, day }: { figures: Desk["figures"]; day: string }) {
  const t = useTranslations("desk");
  const report = useTranslations("report");
  return (
    <section>
      <h2 className="mb-2 font-semibold">{t("figures")}</h2>
      <Table label={t("figures")} stack>
        <TableHead>
          <HeadCell className="w-2/5">{t("figuresOf")}</HeadCell>
          <HeadCell>{report("col.organ")}</HeadCell>
          <HeadCell>{report("col.status")}</HeadCell>
          <HeadCell align="right">{report("col.due")}</HeadCell>
          <HeadCell align="right" />
        </TableHead>
        <TableBody>
          {figures.map((one) => {
            const href = `/reports/${one.reportSlug}/indicators`;
            return (
              <Row key={`${one.reportSlug} ${one.organ} ${one.status}`}>
                <Cell main>
                  <Link href={href} prefetch={false} className="link">
                    {one.names}
                  </Link>
                  <span className="block text-sm text-ink-soft">{one.reportName}</span>
                </Cell>
                <Cell soft>{one.organ}</Cell>
                <Cell>
                  <IndicatorStatus status={one.status} />
                </Cell>
                <Cell align="right">
                  <DueDate dueOn={one.dueOn} day={day} closed={false} />
                </Cell>
                <Cell align="right">
                  <Link href={href} prefetch={false} className="link inline-flex min-h-(--target) items-center">
                    {t(`todoFigures.${one.status}`, { count: one.count })}
                  </Link>
                </Cell>
              </Row>
            );
          })}
        </TableBody>
      </Table>
    </section>
  );
}

/** A 征求意见稿 that the department has not answered yet; to the lead bureau, comments that wait for a disposition. */
function Consultations({ consultations, day }: { consultations: Desk["consultations"]; day: string }) {
  const t = useTranslations("consultation.desk");
  const report = useTranslations("report");
  return (
    <section>
      <h2 className="mb-2 font-semibold">{t("title")}</h2>
      <Table label={t("title")} stack>
        <TableHead>
          <HeadCell className="w-2/5">{report("col.report")}</HeadCell>
          <HeadCell>{report("col.status")}</HeadCell>
          <HeadCell align="right">{report("col.due")}</HeadCell>
          <HeadCell align="right" />
        </TableHead>
        <TableBody>
          {consultations.map(({ editionId, number, reportName, dueOn, open }) => (
            <Row key={editionId}>
              <Cell main>
                <Link href={`/consultations/${editionId}`} prefetch={false} className="link">
                  {t("edition", { number })}
                </Link>
                <span className="block text-sm text-ink-soft">{reportName}</span>
              </Cell>
              <Cell>
                <Status tone="submitted">{open > 0 ? t("open", { count: open }) : t("asked")}</Status>
              </Cell>
              <Cell align="right">
                {dueOn !== null && <DueDate dueOn={dueOn} day={day} closed={false} countdown />}
              </Cell>
              <Cell align="right">
                <Link
                  href={`/consultations/${editionId}`}
                  prefetch={false}
                  className="link inline-flex min-h-(--target) items-center"
                >
                  {t(open > 0 ? "dispose" : "answer")}
                </Link>
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}

function Wholes({ wholes, day }: { wholes: Desk["wholes"]; day: string }) {
  const t = useTranslations("desk");
  const report = useTranslations("report");
  return (
    <section>
      <h2 className="mb-2 font-semibold">{t("wholes")}</h2>
      <Table label={t("wholes")} stack>
        <TableHead>
          <HeadCell className="w-2/5">{report("col.report")}</HeadCell>
          <HeadCell>{report("col.status")}</HeadCell>
          <HeadCell>{report("col.progress")}</HeadCell>
          <HeadCell align="right">{report("col.due")}</HeadCell>
        </TableHead>
        <TableBody>
          {wholes.map((whole) => (
            <Row key={whole.slug}>
              <Cell main>
                <Link
                  href={whole.mine ? `/reports/${whole.slug}/editions` : `/reports/${whole.slug}`}
                  prefetch={false}
                  className="link"
                >
                  {whole.name}
                </Link>
              </Cell>
              <Cell>
                <Status tone={whole.status === "approved" ? "approved" : "submitted"}>
                  {report(`status.${whole.status}`)}
                </Status>
              </Cell>
              <Cell soft>{report("progress", { approved: whole.approved, leaves: whole.leaves })}</Cell>
              <Cell align="right">
                <DueDate dueOn={whole.dueOn} day={day} closed={false} />
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}

function Delivered({ editions, role }: { editions: Desk["delivered"]; role: Role }) {
  const t = useTranslations("desk");
  const edition = useTranslations("edition");
  const locale = useLocale();
  return (
    <section>
      <h2 className="mb-2 font-semibold">{t("delivered")}</h2>
      <ul className="border border-line bg-white">
        {editions.map((one) => (
          <li
            key={one.id}
            className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-line-soft px-4 py-3 last:border-b-0"
          >
            <div className="min-w-0 flex-1 basis-80">
              <a href={`/editions/${one.id}`} className="link text-lg">
                {one.name}
              </a>
              <p className="text-ink-soft">{t("deliveredAt", { at: longDate(one.deliveredAt, locale) })}</p>
            </div>
            <span className="seal">
              {edition("sealNote", { kind: edition(`kind.${one.kind}`), number: one.number })}
            </span>
            {one.newer !== null && (
              <Status tone="returned" icon="info">
                {edition("superseded", { number: one.newer })}
              </Status>
            )}
            {role === "clerk" && (
              <Link href={`/receipts/${one.id}`} prefetch={false} className="link inline-flex min-h-11 items-center">
                {edition("receipts.link")}
              </Link>
            )}
            <a
              href={`/editions/${one.id}`}
              className="inline-flex min-h-11 items-center rounded border border-indigo bg-indigo px-5 text-white hover:bg-indigo-hover"
            >
              {t("read")}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Notices({ notices, unread, role }: Pick<Desk, "notices" | "unread"> & { role: Role }) {
  const t = useTranslations("desk");
  const words = useTranslations("notice.list");
  return (
    <section>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 className="font-semibold">{t("notices")}</h2>
        {notices.length > 0 && (
          <Link href="/notices" prefetch={false} className="link inline-flex min-h-(--target) items-center">
            {unread > 0 ? words("allUnread", { unread }) : words("all")}
          </Link>
        )}
      </div>
      {notices.length === 0 ? (
        <p className="text-ink-soft">{t("noNotices")}</p>
      ) : (
        <NoticeList notices={notices} role={role} />
      )}
    </section>
  );
}
