import Link from "next/link";
import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { Actor } from "../../../../domain/kernel/actor";
import { workingDaysUntil } from "../../../../domain/kernel/working-days";
import { getBoard, type Board } from "../../../../domain/report/queries";
import { HOLDER_OF, isHeading } from "../../../../domain/section/workflow";
import { longDate, today } from "../../../../messages/dates";
import { LinkButton } from "../../../../ui/button";
import { Empty } from "../../../../ui/empty";
import { Page, PageHeader } from "../../../../ui/page";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../ui/table";
import { readPage } from "../../../_server/read-page";
import { DueDate } from "../../due-date";
import { ReportStatus } from "../../report-status";
import { SectionStatus } from "../../section-status";
import { RollForwardForm } from "./roll-forward";

type Props = { params: Promise<{ report: string }>; searchParams: Promise<{ show?: string }> };
type Node = Board["nodes"][number];

const FILTERS = ["all", "mine", "late", "returned", "ours"] as const;
type Filter = (typeof FILTERS)[number];

export async function generateMetadata() {
  return { title: (await getTranslations("report"))("act.board") };
}

export default async function BoardPage({ params, searchParams }: Props) {
  const [{ report: slug }, { show }, t, importing, briefs, locale] = await Promise.all([
    params,
    searchParams,
    getTranslations("report"),
    getTranslations("import"),
    getTranslations("brief"),
    getLocale(),
  ]);
  const { ctx, data: board } = await readPage(`/reports/${slug}`, (tx, actor) => getBoard(tx, actor, slug));
  const day = today(ctx.now());
  const filter = FILTERS.find((one) => one === show) ?? "all";
  const matches = matcher(ctx.actor, day, board.status === "collecting");
  const shown = board.nodes.filter((node) => (isHeading(node.kind) ? filter === "all" : matches[filter](node)));
  const count = (one: Filter) => board.nodes.filter((node) => !isHeading(node.kind) && matches[one](node)).length;
  const days = workingDaysUntil(day, board.dueOn);
  const due = days > 0 ? "due.left" : days === 0 ? "due.today" : "due.late";
  const reviews = ctx.actor.role === "lead" || ctx.actor.role === "signer";
  const compiles = ctx.actor.role === "lead" || ctx.actor.role === "approver";
  const ours = ctx.actor.role === "drafter" || ctx.actor.role === "signer";
  return (
    <Page>
      <PageHeader
        back={{ href: "/reports", label: t("title") }}
        title={board.name}
        summary={
          <>
            {t.rich("summary", { ...board.counts, b: (words) => <b>{words}</b> })}
            {board.status === "collecting" && t(due, { date: longDate(board.dueOn, locale), days: Math.abs(days) })}
          </>
        }
        actions={
          <>
            {board.indicators.all > 0 && (
              <LinkButton href={`/reports/${slug}/indicators`}>{t("act.indicators", board.indicators)}</LinkButton>
            )}
            {board.mayImport && <LinkButton href={`/reports/${slug}/import`}>{importing("report.link")}</LinkButton>}
            {ctx.actor.role === "lead" && board.status === "collecting" && (
              <LinkButton href={`/reports/${slug}/briefs`}>{briefs("open")}</LinkButton>
            )}
            {compiles && board.status === "collecting" && (
              <LinkButton href={`/reports/${slug}/checks`}>{t("act.checks")}</LinkButton>
            )}
            {reviews && board.status === "collecting" && (
              <LinkButton
                href={`/reports/${slug}/review`}
                kind={board.counts.approved < board.counts.leaves ? "primary" : "secondary"}
              >
                {t("act.review")}
              </LinkButton>
            )}
            {compiles && (
              <LinkButton
                href={`/reports/${slug}/editions`}
                kind={reviews && board.status === "collecting" ? "secondary" : "primary"}
              >
                {t("act.editions")}
              </LinkButton>
            )}
          </>
        }
      />
      <div className="flex flex-wrap items-center gap-2">
        <ReportStatus status={board.status} />
        <nav aria-label={t("filter.label")} className="ml-2 flex flex-wrap gap-1">
          {FILTERS.filter((one) => one !== "ours" || ours).map((one) => (
            <Link
              key={one}
              href={one === "all" ? `/reports/${slug}` : `/reports/${slug}?show=${one}`}
              prefetch={false}
              aria-current={one === filter ? "true" : undefined}
              className="inline-flex min-h-(--target) items-center rounded px-2.5 text-ink-soft hover:text-ink aria-[current]:bg-indigo-tint aria-[current]:text-indigo"
            >
              {t(`filter.${one}`, { count: count(one) })}
            </Link>
          ))}
        </nav>
      </div>
      {shown.length === 0 ? (
        <Empty
          title={t("none-filtered")}
          action={<LinkButton href={`/reports/${slug}`}>{t("filter.all")}</LinkButton>}
        />
      ) : (
        <Table label={board.name} stack>
          <TableHead>
            <HeadCell className="w-2/5">{t("col.section")}</HeadCell>
            <HeadCell>{t("col.organ")}</HeadCell>
            <HeadCell>{t("col.status")}</HeadCell>
            <HeadCell>{t("col.holder")}</HeadCell>
            <HeadCell align="right">{t("col.due")}</HeadCell>
          </TableHead>
          <TableBody>
            {shown.map((node) =>
              isHeading(node.kind) ? (
                <HeadingRow
                  key={node.id}
                  node={node}
                  href={node.kind === "indicators" ? `/reports/${slug}/indicators` : null}
                  label={t(
                    "progress",
                    node.kind === "indicators"
                      ? { approved: board.indicators.approved, leaves: board.indicators.all }
                      : progressOf(node, board.nodes),
                  )}
                />
              ) : (
                <LeafRow
                  key={node.id}
                  node={node}
                  slug={slug}
                  actor={ctx.actor}
                  day={day}
                  open={board.status === "collecting"}
                />
              ),
            )}
          </TableBody>
        </Table>
      )}
      {board.mayOpenNext && <RollForwardForm report={{ id: board.id, name: board.name, slug }} />}
    </Page>
  );
}

/** A chapter says how far its leaves are; the annex that is compiled from the indicators, how far these are. */
function HeadingRow({ node, href, label }: { node: Node; href: string | null; label: string }) {
  return (
    <Row group>
      <Cell main indent={node.depth > 0}>
        {node.number}
        {href === null ? (
          node.title
        ) : (
          <Link href={href} prefetch={false} className="link">
            {node.title}
          </Link>
        )}
      </Cell>
      <Cell soft>{node.kind !== "part" ? <span className="font-normal">{label}</span> : null}</Cell>
      <Cell />
      <Cell />
      <Cell />
    </Row>
  );
}

function LeafRow({
  node,
  slug,
  actor,
  day,
  open,
}: {
  node: Node;
  slug: string;
  actor: Actor;
  day: string;
  open: boolean;
}) {
  const t = useTranslations("report");
  const holder = open ? HOLDER_OF[node.status] : null;
  const decides =
    open && holder === actor.role && (actor.role === "lead" || node.organId === actor.organId) && holder !== "drafter";
  const href = decides ? `/reports/${slug}/review?section=${node.id}` : `/reports/${slug}/sections/${node.id}`;
  return (
    <Row>
      <Cell main indent={node.depth > 0}>
        <Link href={href} prefetch={false} className="link">
          {node.number ? `${node.number} ` : ""}
          {node.title}
        </Link>
      </Cell>
      <Cell soft>{node.organ}</Cell>
      <Cell>
        <SectionStatus status={node.status} written={false} />
      </Cell>
      <Cell soft>
        {holder === "drafter" || holder === "signer" || holder === "lead"
          ? t(`holder.${holder}`, { organ: node.organ })
          : "—"}
      </Cell>
      <Cell align="right">
        <DueDate dueOn={node.dueOn} day={day} closed={holder === null} />
      </Cell>
    </Row>
  );
}

function matcher(actor: Actor, day: string, open: boolean): Record<Filter, (node: Node) => boolean> {
  const departmental = actor.role === "drafter" || actor.role === "signer";
  const ours = (node: Node) => !departmental || node.organId === actor.organId;
  return {
    all: () => true,
    mine: (node) => open && HOLDER_OF[node.status] === actor.role && ours(node),
    late: (node) => open && node.dueOn < day && HOLDER_OF[node.status] !== null,
    returned: (node) => node.status === "returned",
    ours,
  };
}

function progressOf(heading: Node, nodes: Node[]): { approved: number; leaves: number } {
  const leaves = nodes.filter((node) => node.parentId === heading.id && !isHeading(node.kind));
  return { leaves: leaves.length, approved: leaves.filter((leaf) => leaf.status === "approved").length };
}
