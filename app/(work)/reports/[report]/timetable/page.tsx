import { useLocale, useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { workingDaysUntil } from "../../../../../domain/kernel/working-days";
import { DEFAULT_OFFSETS } from "../../../../../domain/timetable/milestones";
import { getTimetable, type TimetablePage as Data } from "../../../../../domain/timetable/queries";
import { MILESTONES, OFFSET_UNITS } from "../../../../../domain/timetable/workflow";
import { dateTime, longDate } from "../../../../../messages/dates";
import { LinkButton } from "../../../../../ui/button";
import { Empty } from "../../../../../ui/empty";
import { Notice } from "../../../../../ui/notice";
import { Page, PageHeader } from "../../../../../ui/page";
import { Status } from "../../../../../ui/status";
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../../../../../ui/table";
import { readPage } from "../../../../_server/read-page";
import { ArrangeForm } from "./arrange-form";
import { StepDaysForm } from "./step-days-form";

type Props = { params: Promise<{ report: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("timetable"))("title") };
}

export default async function TimetablePage({ params }: Props) {
  const [{ report: slug }, t, locale] = await Promise.all([params, getTranslations("timetable"), getLocale()]);
  const { ctx, data } = await readPage(`/reports/${slug}/timetable`, (tx, asker) => getTimetable(tx, asker, slug));
  const unknown = [...new Set(data.milestones.flatMap((one) => one.unknown))].toSorted((a, b) => a - b);
  const separator = locale === "zh-CN" ? "、" : ", ";
  return (
    <Page>
      <PageHeader
        back={{ href: `/reports/${slug}`, label: data.name }}
        title={t("title")}
        summary={
          data.sittingOn === null ? (
            t("summaryNone")
          ) : (
            <>
              <b>
                {longDate(data.sittingOn, locale)}
                {separator}
                {data.sittingName || t("milestone.sitting")}
              </b>
              {locale === "zh-CN" ? "。" : ". "}
              {t("summary")}
            </>
          )
        }
        actions={
          ctx.actor.role === "lead" ? (
            <LinkButton href={`/reports/${slug}/departments`}>{t("byDepartment")}</LinkButton>
          ) : undefined
        }
      />
      {unknown.length > 0 && <Notice tone="warning">{t("unknown", { years: unknown.join(separator) })}</Notice>}
      {data.milestones.length > 0 ? (
        <>
          <Milestones data={data} />
          <p className="text-sm text-ink-soft">
            {t("sourceNote")}
            {data.by !== null && data.at !== null && ` ${t("updated", { by: data.by, at: dateTime(data.at, locale) })}`}
          </p>
        </>
      ) : (
        !data.mayArrange && <Empty title={t("summaryNone")}>{t("closed")}</Empty>
      )}
      {data.mayArrange && (
        <details className="border border-line bg-white px-4" open={data.sittingOn === null}>
          <summary className="link flex min-h-12 items-center">
            {t(data.sittingOn === null ? "create" : "edit")}
          </summary>
          <Arrange data={data} />
        </details>
      )}
      <Steps data={data} />
    </Page>
  );
}

/** Every milestone with its rule, its day and where that stands to today; what says so stands beside it. */
function Milestones({ data }: { data: Data }) {
  const t = useTranslations("timetable");
  const locale = useLocale();
  const next = data.milestones.find(({ on }) => on >= data.day)?.milestone;
  return (
    <Table label={t("title")} stack>
      <TableHead>
        <HeadCell>{t("col.milestone")}</HeadCell>
        <HeadCell>{t("col.day")}</HeadCell>
        <HeadCell>{t("col.state")}</HeadCell>
        <HeadCell>{t("col.rule")}</HeadCell>
        <HeadCell>{t("col.source")}</HeadCell>
      </TableHead>
      <TableBody>
        {data.milestones.map(({ milestone, amount, unit, on, unknown }) => {
          const isNext = milestone === next;
          const state = on < data.day ? "past" : on === data.day ? "now" : isNext ? "next" : "later";
          return (
            <Row key={milestone} aria-current={isNext ? "step" : undefined}>
              <Cell main>
                <span className={isNext ? "font-semibold" : ""}>{t(`milestone.${milestone}`)}</span>
              </Cell>
              <Cell>
                <time dateTime={on} className="whitespace-nowrap">
                  {longDate(on, locale)}
                </time>
                {unknown.length > 0 && <span className="block text-sm text-status-returned">{t("unknownShort")}</span>}
              </Cell>
              <Cell>
                <Status tone={state === "past" ? "approved" : state === "later" ? "none" : "submitted"}>
                  {t(`state.${state}`, { days: workingDaysUntil(data.day, on) })}
                </Status>
              </Cell>
              <Cell soft>
                {milestone === "sitting"
                  ? t("rule.sitting")
                  : t(amount < 0 ? "rule.before" : "rule.after", { amount: Math.abs(amount), unit: t(`unit.${unit}`) })}
              </Cell>
              <Cell>
                <span className="text-sm text-ink-soft">{t(`source.${milestone}`)}</span>
              </Cell>
            </Row>
          );
        })}
      </TableBody>
    </Table>
  );
}

function Arrange({ data }: { data: Data }) {
  const t = useTranslations("timetable");
  const kept = new Map(data.milestones.map((one) => [one.milestone, one]));
  return (
    <ArrangeForm
      key={data.version ?? 0}
      report={{
        id: data.id,
        version: data.version ?? 0,
        sittingOn: data.sittingOn ?? "",
        sittingName: data.sittingName ?? "",
      }}
      milestones={MILESTONES.filter((milestone) => milestone !== "sitting").map((milestone) => {
        const { amount, unit } = kept.get(milestone) ?? DEFAULT_OFFSETS[milestone];
        const name = t(`milestone.${milestone}`);
        return {
          milestone,
          amount,
          unit,
          name,
          amountLabel: t("amountOf", { milestone: name }),
          unitLabel: t("unitOf", { milestone: name }),
        };
      })}
      units={OFFSET_UNITS.map((unit) => ({ value: unit, label: t(`unit.${unit}`) }))}
      mayApply={data.status === "collecting"}
      words={{
        hint: t("editHint"),
        sittingOn: t("sittingOn"),
        sittingName: t("sittingName"),
        sittingNameHint: t("sittingNameHint"),
        optional: t("optional"),
        apply: t("apply"),
        applyHint: t("applyHint"),
        save: t("save"),
        saving: t("saving"),
        saved: t("saved"),
      }}
    />
  );
}

/** The days of the route's steps: to be read by everybody, to be set by the lead bureau. */
function Steps({ data }: { data: Data }) {
  const t = useTranslations("timetable");
  const role = useTranslations("role");
  const locale = useLocale();
  const who = (step: Data["steps"][number]) =>
    step.office === "any" ? role(step.role) : `${t(`holder.${step.office}`)} · ${role(step.role)}`;
  return (
    <section>
      <h2 className="mb-2 font-semibold">{t("steps")}</h2>
      {data.maySetDays ? (
        <StepDaysForm
          key={data.steps.map(({ dueOn }) => dueOn).join()}
          reportId={data.id}
          steps={data.steps.map((step) => ({
            id: step.id,
            label: `${step.name} (${who(step)})`,
            dueOn: step.dueOn ?? "",
          }))}
          words={{ hint: t("stepsHint"), save: t("save"), saving: t("saving"), saved: t("stepsSaved") }}
        />
      ) : (
        <Table label={t("steps")} stack>
          <TableHead>
            <HeadCell>{t("col.step")}</HeadCell>
            <HeadCell>{t("col.who")}</HeadCell>
            <HeadCell align="right">{t("col.dueOn")}</HeadCell>
          </TableHead>
          <TableBody>
            {data.steps.map((step) => (
              <Row key={step.id}>
                <Cell main>{step.name}</Cell>
                <Cell soft>{who(step)}</Cell>
                <Cell align="right">{step.dueOn === null ? t("none") : longDate(step.dueOn, locale)}</Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </section>
  );
}
