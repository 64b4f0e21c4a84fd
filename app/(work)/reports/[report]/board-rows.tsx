import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Board, BoardRow } from "../../../../domain/report/board";
import { isOneOf } from "../../../../domain/kernel/roles";
import { SECTION_STATUSES } from "../../../../domain/section/workflow";
import { Icon } from "../../../../ui/icon";
import { SubmitButton } from "../../../../ui/submit-button";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../ui/table";
import { DueDate } from "../../due-date";
import { IndicatorStatus } from "../../indicator-status";
import { SectionStatus } from "../../section-status";

type Heading = Extract<BoardRow, { is: "heading" }>;
type Item = Exclude<BoardRow, { is: "heading" }>;

/** One page of the board: headings with how far they are, and every leaf and row with who has it and by when. */
export function BoardTable({ board, locale }: { board: Board; locale: string }) {
  const t = useTranslations("report");
  return (
    <Table label={board.name} stack>
      <TableHead>
        <HeadCell className="w-2/5">{t("col.section")}</HeadCell>
        <HeadCell>{t("col.organ")}</HeadCell>
        <HeadCell>{t("col.status")}</HeadCell>
        <HeadCell>{t("col.holder")}</HeadCell>
        <HeadCell align="right">{t("col.due")}</HeadCell>
        {board.mayUrge && <HeadCell align="right" />}
      </TableHead>
      <TableBody>
        {board.rows.map((row) =>
          row.is === "heading" ? (
            <HeadingRow key={row.id} heading={row} board={board} />
          ) : (
            <ItemRow key={row.id} item={row} board={board} locale={locale} />
          ),
        )}
      </TableBody>
    </Table>
  );
}

function HeadingRow({ heading, board }: { heading: Heading; board: Board }) {
  const t = useTranslations("report");
  return (
    <Row group>
      <Cell main indent={heading.depth > 0}>
        {heading.number}
        {heading.kind === "indicators" ? (
          <Link href={`/reports/${board.slug}/indicators`} prefetch={false} className="link">
            {heading.title}
          </Link>
        ) : (
          heading.title
        )}
      </Cell>
      <Cell soft>
        {heading.kind !== "part" ? (
          <span className="font-normal">{t("progress", { approved: heading.approved, leaves: heading.all })}</span>
        ) : null}
      </Cell>
      <Cell />
      <Cell />
      <Cell />
      {board.mayUrge && <Cell />}
    </Row>
  );
}

function ItemRow({ item, board, locale }: { item: Item; board: Board; locale: string }) {
  const t = useTranslations("timetable");
  const { slug } = board;
  const separator = locale === "zh-CN" ? "" : " ";
  const title = item.number ? `${item.number} ${item.title}` : item.title;
  return (
    <Row>
      <Cell main indent={item.depth > 0}>
        <Link href={hrefOf(slug, item)} prefetch={false} className="link">
          {title}
        </Link>
      </Cell>
      <Cell soft>{item.organ}</Cell>
      <Cell>
        {item.is === "section" && isOneOf(item.status, SECTION_STATUSES) ? (
          <SectionStatus status={item.status} written={false} />
        ) : (
          <IndicatorStatus status={item.status} />
        )}
        {item.stale && <Mark>{t("board.stale1")}</Mark>}
        {item.findings > 0 && <Mark>{t("board.findings", { count: item.findings })}</Mark>}
      </Cell>
      <Cell soft>
        <HolderName item={item} separator={separator} />
      </Cell>
      <Cell align="right">
        <DueDate dueOn={item.dueOn} day={board.day} closed={item.holder === null} was={item.wasDueOn} countdown />
      </Cell>
      {board.mayUrge && (
        <Cell align="right">
          <Acts item={item} slug={slug} title={title} mayPermit={board.mayPermit} />
        </Cell>
      )}
    </Row>
  );
}

function Acts({ item, slug, title, mayPermit }: { item: Item; slug: string; title: string; mayPermit: boolean }) {
  const t = useTranslations("timetable");
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-3 whitespace-nowrap">
      {item.owed &&
        (item.urgedToday ? (
          <span className="text-sm text-ink-soft">{t("board.urgedToday")}</span>
        ) : (
          <SubmitButton kind="quiet" name="what" value={`item ${item.id}`} pendingLabel={t("department.pending")}>
            {t("board.urge")}
            <span className="sr-only" lang="zh-CN">
              {title}
            </span>
          </SubmitButton>
        ))}
      {mayPermit && item.status !== "approved" && (
        <Link
          href={`/reports/${slug}/departments/${item.organId}?item=${item.id}#permit`}
          prefetch={false}
          className="link inline-flex min-h-(--target) items-center"
        >
          {t("board.permit")}
          <span className="sr-only" lang="zh-CN">
            {title}
          </span>
        </Link>
      )}
    </span>
  );
}

function Mark({ children }: { children: string }) {
  return (
    <span className="flex items-start gap-1.5 text-sm text-status-returned">
      <Icon name="warning" className="mt-0.5" />
      {children}
    </span>
  );
}

function HolderName({ item: { holder }, separator }: { item: Item; separator: string }) {
  const t = useTranslations("timetable");
  const role = useTranslations("role");
  if (holder === null) return "—";
  if (holder.step === null) return t("holder.drafter", { organ: holder.organ });
  return t("holder.step", {
    who: holder.organId === null ? role(holder.role) : `${holder.organ}${separator}`,
    step: holder.step,
  });
}

function hrefOf(slug: string, item: Item): string {
  if (item.is === "indicator") return `/reports/${slug}/indicators`;
  return item.decides ? `/reports/${slug}/review?section=${item.id}` : `/reports/${slug}/sections/${item.id}`;
}
