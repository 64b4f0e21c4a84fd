import { getLocale, getTranslations } from "next-intl/server";
import { isUuid } from "../../../../domain/kernel/uuid";
import { isOneOf } from "../../../../domain/kernel/roles";
import { BOARD_SHOWS, BOARD_STATUSES, getBoard, type BoardFilter } from "../../../../domain/report/board";
import { listTemplateNames } from "../../../../domain/route/queries";
import { LinkButton } from "../../../../ui/button";
import { Empty } from "../../../../ui/empty";
import { Page, PageHeader } from "../../../../ui/page";
import { SubmitButton } from "../../../../ui/submit-button";
import { readPage } from "../../../_server/read-page";
import { Follow } from "../../follow";
import { ReportStatus } from "../../report-status";
import { BoardFilterBar, boardHref } from "./board-filter";
import { BoardTable } from "./board-rows";
import { ReadinessSentence } from "./readiness";
import { ReminderLog } from "./reminder-log";
import { RollForwardForm } from "./roll-forward";
import { UrgeForm } from "./urge-form";

type Asked = Partial<Record<"show" | "organ" | "status" | "page", string | string[]>>;
type Props = { params: Promise<{ report: string }>; searchParams: Promise<Asked> };

export async function generateMetadata() {
  return { title: (await getTranslations("report"))("act.board") };
}

export default async function BoardPage({ params, searchParams }: Props) {
  const [{ report: slug }, asked, t, course, words, indicator, importing, briefs, locale] = await Promise.all([
    params,
    searchParams,
    getTranslations("report"),
    getTranslations("route.course"),
    getTranslations("timetable"),
    getTranslations("indicator"),
    getTranslations("import"),
    getTranslations("brief"),
    getLocale(),
  ]);
  const filter = filterOf(asked);
  const { ctx, data } = await readPage(`/reports/${slug}`, async (tx, asker) => {
    const found = await getBoard(tx, asker, slug, filter);
    return { board: found, templates: found.mayOpenNext ? await listTemplateNames(tx) : [] };
  });
  const { board, templates } = data;
  const { role, organId } = ctx.actor;
  const isCollecting = board.status === "collecting";
  const reviews = role === "lead" || role === "signer";
  const compiles = role === "lead" || role === "approver";
  const departmental = role === "drafter" || role === "signer";
  const owns = board.offices.some(({ id }) => id === organId);
  const shows = BOARD_SHOWS.filter((show) => show !== "ours" || departmental).filter(
    (show) => show !== "stale" || board.counts.stale > 0 || filter.show === "stale",
  );
  return (
    <Page>
      <PageHeader
        back={{ href: "/reports", label: t("title") }}
        title={board.name}
        summary={
          isCollecting ? (
            <ReadinessSentence readiness={board.readiness} sittingOn={board.sittingOn} day={board.day} />
          ) : undefined
        }
      />
      <div className="flex flex-wrap gap-2">
        {board.indicators.all > 0 && (
          <LinkButton href={`/reports/${slug}/indicators`}>{t("act.indicators", board.indicators)}</LinkButton>
        )}
        <LinkButton href={`/reports/${slug}/timetable`}>{words("board.timetable")}</LinkButton>
        <LinkButton href={`/reports/${slug}/route`}>{course("link")}</LinkButton>
        {compiles && <LinkButton href={`/reports/${slug}/departments`}>{words("board.departments")}</LinkButton>}
        {departmental && owns && (
          <LinkButton href={`/reports/${slug}/departments/${organId}`}>{words("board.ourPage")}</LinkButton>
        )}
        {board.mayImport && <LinkButton href={`/reports/${slug}/import`}>{importing("report.link")}</LinkButton>}
        {role === "lead" && isCollecting && <LinkButton href={`/reports/${slug}/briefs`}>{briefs("open")}</LinkButton>}
        {compiles && isCollecting && <LinkButton href={`/reports/${slug}/checks`}>{t("act.checks")}</LinkButton>}
        {reviews && isCollecting && (
          <LinkButton
            href={`/reports/${slug}/review`}
            kind={board.approvedLeaves < board.leaves ? "primary" : "secondary"}
          >
            {t("act.review")}
          </LinkButton>
        )}
        {compiles && (
          <LinkButton href={`/reports/${slug}/editions`} kind={reviews && isCollecting ? "secondary" : "primary"}>
            {t("act.editions")}
          </LinkButton>
        )}
      </div>
      <Follow report={slug} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 max-sm:flex-col max-sm:items-start">
        <ReportStatus status={board.status} />
        <div className="min-w-0 flex-1">
          <BoardFilterBar
            slug={slug}
            filter={filter}
            shows={shows.map((show) => ({ show, label: words(`board.${show}`, { count: board.counts[show] }) }))}
            offices={board.offices}
            statuses={BOARD_STATUSES.map((value) => ({ value, label: indicator(`status.${value}`) }))}
          />
        </div>
      </div>
      <UrgeForm reportId={board.id} done={words("board.urged")}>
        {board.mayUrge && board.lateOwed > 0 && (
          <div>
            <SubmitButton
              kind="secondary"
              icon="clock"
              name="what"
              value="late"
              pendingLabel={words("department.pending")}
            >
              {words("board.urgeLate", { count: board.lateOwed })}
            </SubmitButton>
          </div>
        )}
        {board.rows.length === 0 ? (
          <Empty
            title={t("none-filtered")}
            action={
              <LinkButton href={`/reports/${slug}`}>{words("board.all", { count: board.counts.all })}</LinkButton>
            }
          />
        ) : (
          <BoardTable board={board} locale={locale} />
        )}
      </UrgeForm>
      {board.pages > 1 && (
        <nav aria-label={words("board.pages")} className="flex flex-wrap items-center gap-3">
          {board.page > 1 && (
            <LinkButton href={boardHref(slug, { ...filter, page: board.page - 1 })}>
              {words("board.previous")}
            </LinkButton>
          )}
          <span className="text-ink-soft">
            {words("board.page", { page: board.page, pages: board.pages, count: board.found })}
          </span>
          {board.page < board.pages && (
            <LinkButton href={boardHref(slug, { ...filter, page: board.page + 1 })}>{words("board.next")}</LinkButton>
          )}
        </nav>
      )}
      {(board.log.length > 0 || board.mayUrge) && (
        <details className="border border-line bg-white px-4">
          <summary className="link flex min-h-12 items-center">{words("log.title")}</summary>
          <div className="pb-4">
            <ReminderLog log={board.log} />
          </div>
        </details>
      )}
      {board.mayOpenNext && <RollForwardForm report={{ id: board.id, name: board.name, slug }} routes={templates} />}
    </Page>
  );
}

/** What the address asks for; what it asks wrongly is not asked. */
function filterOf(asked: Asked): BoardFilter {
  const one = (name: keyof Asked): string => {
    const value = asked[name];
    return typeof value === "string" ? value : "";
  };
  const [show, organ, status, page] = [one("show"), one("organ"), one("status"), Number(one("page"))];
  return {
    show: isOneOf(show, BOARD_SHOWS) ? show : "all",
    organId: isUuid(organ) ? organ : null,
    status: isOneOf(status, BOARD_STATUSES) ? status : null,
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}
