import { getLocale, getTranslations } from "next-intl/server";
import { getReportRoute, type ReportRoute } from "../../../../../domain/route/queries";
import { longDate } from "../../../../../messages/dates";
import { loadMessages } from "../../../../../messages/load";
import { Page, PageHeader } from "../../../../../ui/page";
import { readPage } from "../../../../_server/read-page";
import { howMany, whoSits } from "../../../routes/who-sits";
import { PutBackForm, SkipForm } from "./skip-forms";

export async function generateMetadata() {
  return { title: (await getTranslations("route.course"))("title") };
}

/** The report's route: who decides where, what is there now, for whom a step is left out. */
export default async function ReportRoutePage({ params }: { params: Promise<{ report: string }> }) {
  const { report: slug } = await params;
  const [t, { data: route }] = await Promise.all([
    getTranslations("route.course"),
    readPage(`/reports/${slug}/route`, (tx, ctx) => getReportRoute(tx, ctx, slug)),
  ]);
  const { report, steps, author, done } = route;
  const here = (now: { leaves: number; rows: number }) => (now.leaves + now.rows > 0 ? t("here", now) : t("none"));
  return (
    <Page>
      <PageHeader
        back={{ href: `/reports/${slug}`, label: report.name }}
        title={t("title")}
        summary={t("summary", { name: report.routeName })}
      />
      <ol className="border border-line bg-white">
        <Place name={t("author")} who={t("authorHint")} now={here(author)} />
        {steps.map((step) => (
          <StepOf
            key={step.id}
            step={step}
            now={step.action === "approve" ? (report.stepId === step.id ? t("whole") : t("wholeStep")) : here(step.now)}
            route={route}
          />
        ))}
        <Place name={t("done")} who="" now={here(done)} />
      </ol>
    </Page>
  );
}

function Place({ name, who, now }: { name: string; who: string; now: string }) {
  return (
    <li className="flex flex-wrap gap-x-6 gap-y-1 border-b border-line-soft px-4 py-2.5 text-ink-soft last:border-b-0">
      <span className="w-44 max-sm:w-full">{name}</span>
      <span className="min-w-0 flex-1 basis-52">{who}</span>
      <span>{now}</span>
    </li>
  );
}

type StepProps = { step: ReportRoute["steps"][number]; now: string; route: ReportRoute };

async function StepOf({ step, now, route: { mayChange, offices } }: StepProps) {
  const [t, locale] = await Promise.all([getTranslations("route.course"), getLocale()]);
  const words = loadMessages(locale).route;
  const about = [
    howMany(step, words),
    ...(step.dueOn ? [words.templates.due.replace("{date}", longDate(step.dueOn, locale))] : []),
    ...(step.skippable ? [words.templates.skippable] : []),
  ];
  const open = offices.filter(({ id }) => step.skips.every(({ organId }) => organId !== id));
  return (
    <li className="border-b border-line-soft px-4 py-2.5 last:border-b-0">
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        <span className="w-44 max-sm:w-full">
          <b>{step.name}</b>
          <span className="ml-2 text-sm text-ink-soft">{words.verb[step.action]}</span>
        </span>
        <span className="min-w-0 flex-1 basis-52">
          {whoSits(step, words)}
          <span className="block text-sm text-ink-soft">{about.join(" · ")}</span>
        </span>
        <span className="font-semibold">{now}</span>
      </div>
      {step.skips.length > 0 && (
        <ul aria-label={`${step.name} ${t("skipTitle")}`} className="mt-1">
          {step.skips.map((skip) => (
            <li key={skip.organId} className="flex flex-wrap items-center gap-x-3">
              <span className="text-ink-soft">{t("skips")}</span>
              <span>{t("skip", skip)}</span>
              {mayChange && (
                <PutBackForm
                  stepId={step.id}
                  organId={skip.organId}
                  words={{ act: t("unskip"), label: t("unskipFor", skip), pending: t("unskipping") }}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && step.skippable && open.length > 0 && (
        <SkipForm
          stepId={step.id}
          offices={open.map(({ id, name }) => ({ value: id, label: name }))}
          words={{
            act: t("skipAct"),
            organ: t("organ"),
            reason: t("reason"),
            submit: t("skipSubmit"),
            pending: t("skipping"),
            done: t("skipped"),
          }}
        />
      )}
    </li>
  );
}
