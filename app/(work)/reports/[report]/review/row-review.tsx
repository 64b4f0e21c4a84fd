import type { ReactNode } from "react";
import { getLocale, getTranslations } from "next-intl/server";
import { presentStep } from "../../../../../domain/route/route";
import { DECIDERS, isOneOf, type Role } from "../../../../../domain/kernel/roles";
import { FIGURE_FIELDS, type FigureField } from "../../../../../domain/indicator/figure";
import { annexHeader, printCell, printFigure } from "../../../../../domain/indicator/printing";
import type { RowPage } from "../../../../../domain/review/row-page";
import { dateTime, longDate } from "../../../../../messages/dates";
import { loadMessages } from "../../../../../messages/load";
import { LinkButton } from "../../../../../ui/button";
import { Empty } from "../../../../../ui/empty";
import { ActionBar, Page, PageHeader, Workbench } from "../../../../../ui/page";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../../ui/table";
import { AnsweredCells } from "../../../answered-reasons";
import { findingLine } from "../../../finding-line";
import { FindingItem } from "../../../finding-item";
import { Follow } from "../../../follow";
import { IndicatorStatus } from "../../../indicator-status";
import { SeatForms } from "../../../seat-forms";
import { Beside } from "./beside";
import { decisionOn } from "./decision";
import { InHand } from "./in-hand";
import { ReviewKeys } from "./review-keys";
import { RowDecision } from "./row-decision";
import { SittingLine } from "./sitting-line";
import { donePath, reviewPath } from "./where";

type Props = {
  page: RowPage;
  from: string | undefined;
  day: string;
  role: Role;
  seats: { add: boolean; hand: boolean };
};

/** One row of the table before whoever decides on it, cell by cell beside what they saw last and last period's. */
export async function RowReview({ page, from, day, role, seats }: Props) {
  const { report, row, route, revision, before, changed, findings, queue, sitting } = page;
  const [t, indicator, locale] = await Promise.all([
    getTranslations("review"),
    getTranslations("indicator"),
    getLocale(),
  ]);
  const messages = loadMessages(locale);
  const back = { href: `/reports/${report.slug}/indicators`, label: indicator("title") };
  if (!revision) {
    return (
      <Page>
        <PageHeader back={back} title={row.officialName} />
        <Empty title={t("empty")} action={<LinkButton href="/review">{t("toQueue")}</LinkButton>}>
          {t("emptyHint")}
        </Empty>
      </Page>
    );
  }
  const action = presentStep(route)?.action;
  const verdict = action === "sign" || action === "confirm" ? action : "pass";
  const heads = annexHeader(report.year, report.half).slice(3);
  const nameOf = (field: FigureField) => heads[FIGURE_FIELDS.indexOf(field)] ?? field;
  const open = findings.filter(({ severity, waivedBy }) => severity !== "info" && waivedBy === null);
  const next = queue.next && reviewPath(queue.next, from);
  const comparison = before ? t("changedSeen", { number: before.number }) : t("rowFirst");
  const decision = await decisionOn({
    title: row.officialName,
    verdict,
    refusal: row.can[verdict],
    returnRefusal: row.can.return,
    route,
    open,
    lines: [
      `${row.organ} · ${t("number", { number: revision.number })}`,
      before ? t("cellsChanged", { count: changed.length }) : comparison,
    ],
  });
  const shown = { ...revision.row, figures: revision.row.figures };
  return (
    <>
      <ActionBar
        back={back}
        title={row.officialName}
        status={<IndicatorStatus status={row.status} />}
        note={`${t("number", { number: revision.number })} · ${t("by", { by: revision.by, at: dateTime(revision.at, locale) })}`}
        actions={
          <ReviewKeys
            next={next}
            before={queue.before && reviewPath(queue.before, from)}
            queue={donePath(report.slug, from ?? "")}
            words={messages.review.keys}
          />
        }
      />
      <Workbench
        railLabel={t("findings", { count: open.length })}
        rail={
          <>
            <section aria-label={t("findings", { count: open.length })}>
              <h2 className="px-4.5 pt-3.5 font-semibold">{t("findings", { count: open.length })}</h2>
              {findings.map((finding) => {
                const line = findingLine(finding, messages.check);
                return (
                  <FindingItem
                    key={line.key}
                    finding={line}
                    words={messages.binding.finding}
                    quote={
                      <b>
                        {finding.where.in === "table" ? `${nameOf(finding.where.field)} ${line.stated}` : line.stated}
                      </b>
                    }
                  />
                );
              })}
            </section>
            <Beside queue={queue} current={row.id} from={from} day={day} />
          </>
        }
      >
        <div className="mx-auto flex max-w-200 flex-col gap-3">
          <Follow key={`follow-${row.id}`} report={report.slug} shown={row.version} />
          {isOneOf(role, DECIDERS) && (
            <InHand
              key={row.id}
              kind="row"
              id={row.id}
              revisionId={revision.id}
              claim={null}
              words={messages.review.inHand}
            />
          )}
          <SittingLine sitting={sitting} />
          <RowDecision
            key={`${row.id}-${row.version}`}
            row={{ id: row.id, version: row.version, next: next ?? donePath(report.slug, from ?? "") }}
            cells={FIGURE_FIELDS.map((field) => ({
              field,
              name: nameOf(field),
              label: t("cellReason", { name: nameOf(field) }),
            }))}
            decision={decision}
            heading={t("cellReasons")}
          >
            <p className="text-ink-soft">
              {comparison}
              {before && <span className="ml-3">{t("cellsChanged", { count: changed.length })}</span>}
            </p>
            <AnsweredCells reasons={row.answered} nameOf={nameOf} printed={(field) => printCell(shown, field)} />
            <Table label={row.officialName} stack>
              <TableHead>
                <HeadCell className="w-1/4">{t("cell.name")}</HeadCell>
                <HeadCell align="right">{t("cell.now")}</HeadCell>
                {before && <HeadCell align="right">{t("cell.before", { number: before.number })}</HeadCell>}
                <HeadCell align="right">{t("cell.last")}</HeadCell>
                <HeadCell>{t("cell.source")}</HeadCell>
              </TableHead>
              <TableBody>
                {FIGURE_FIELDS.map((field) => {
                  const isChanged = changed.includes(field);
                  const now = printCell(shown, field);
                  const source = revision.row.sources[field];
                  const files = row.cells[field]?.evidence ?? 0;
                  return (
                    <Row key={field}>
                      <Cell main>{nameOf(field)}</Cell>
                      <Cell align="right">
                        {isChanged && (
                          <span className="mr-1.5 text-sm text-ink-soft">
                            <span aria-hidden>±</span> {t("cell.changed")}
                          </span>
                        )}
                        {isChanged ? <ins>{now || t("cell.blank")}</ins> : <span>{now || "—"}</span>}
                      </Cell>
                      {before && (
                        <Cell align="right" className="text-ink-soft">
                          <Phone>{t("cell.before", { number: before.number })}</Phone>
                          {isChanged ? (
                            <del>{printCell(before.row, field) || t("cell.blank")}</del>
                          ) : (
                            printCell(before.row, field) || "—"
                          )}
                        </Cell>
                      )}
                      <Cell align="right" className="text-ink-soft">
                        <Phone>{t("cell.last")}</Phone>
                        {printFigure(row.last?.[field]) || "—"}
                      </Cell>
                      <Cell className="text-ink-soft">
                        {source && (
                          <span className="block">
                            {[source.department, source.document, source.date && longDate(source.date, locale)]
                              .filter(Boolean)
                              .join(" · ")}
                          </span>
                        )}
                        {files > 0 && (
                          <LinkButton kind="quiet" href={`/reports/${report.slug}/indicators`}>
                            {t("cell.files", { count: files })}
                          </LinkButton>
                        )}
                      </Cell>
                    </Row>
                  );
                })}
              </TableBody>
            </Table>
          </RowDecision>
          <SeatForms
            key={`seats-${row.id}-${route.course.round}`}
            item={{ kind: "indicator", id: row.id, version: row.version }}
            may={seats}
            words={messages.route.seat}
          />
        </div>
      </Workbench>
    </>
  );
}

/** On a phone the column's name stands before its figure. */
function Phone({ children }: { children: ReactNode }) {
  return <span className="mr-1 sm:hidden">{children}</span>;
}
