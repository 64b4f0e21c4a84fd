import { getLocale, getTranslations } from "next-intl/server";
import { listTemplates, type RouteTemplate } from "../../../domain/route/queries";
import { USUAL_ROUTE } from "../../../domain/route/usual-route";
import { loadMessages, type Messages } from "../../../messages/load";
import { LinkButton } from "../../../ui/button";
import { Page, PageHeader } from "../../../ui/page";
import { SubmitButton } from "../../../ui/submit-button";
import { readPage } from "../../_server/read-page";
import { ArchiveForm } from "./archive-form";
import { howMany, whoSits } from "./who-sits";

export async function generateMetadata() {
  return { title: (await getTranslations("route.templates"))("title") };
}

export default async function RoutesPage() {
  const [t, report, locale, { data: templates }] = await Promise.all([
    getTranslations("route.templates"),
    getTranslations("report"),
    getLocale(),
    readPage("/routes", listTemplates),
  ]);
  const words = loadMessages(locale).route;
  const usual = USUAL_ROUTE.steps.map((step) => ({ ...step, id: step.name, people: [] }));
  return (
    <Page>
      <PageHeader
        back={{ href: "/reports", label: report("title") }}
        title={t("title")}
        summary={t("hint")}
        actions={
          <LinkButton kind="primary" href="/routes/new">
            {t("new")}
          </LinkButton>
        }
      />
      <section aria-labelledby="usual" className="border border-line bg-white px-4 py-3">
        <h2 id="usual" className="font-semibold">
          {t("usual", { name: USUAL_ROUTE.name })}
        </h2>
        <p className="text-ink-soft">{t("usualHint")}</p>
        <Steps steps={usual} words={words} />
      </section>
      {templates.length === 0 && <p className="text-ink-soft">{t("none")}</p>}
      <ArchiveForm done={t("archived")}>
        {templates.map((route) => (
          <section key={route.id} aria-labelledby={route.id} className="border border-line bg-white px-4 py-3">
            <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
              <h2 id={route.id} className="font-semibold">
                {route.name}
              </h2>
              <span className="flex flex-wrap gap-2">
                <LinkButton href={`/routes/${route.id}`}>{t("edit")}</LinkButton>
                <LinkButton kind="quiet" href={`/routes/new?from=${route.id}`}>
                  {t("from")}
                </LinkButton>
                <SubmitButton kind="danger" name="routeId" value={route.id} pendingLabel={t("archiving")}>
                  {t("archive")}
                </SubmitButton>
              </span>
            </div>
            <Steps steps={route.steps} words={words} />
          </section>
        ))}
      </ArchiveForm>
    </Page>
  );
}

function Steps({ steps, words }: { steps: RouteTemplate["steps"]; words: Messages["route"] }) {
  return (
    <ol className="mt-2 border-t border-line-soft">
      {steps.map((step, index) => (
        <li key={step.id} className="flex flex-wrap gap-x-4 border-b border-line-soft py-1.5 last:border-b-0">
          <span className="w-48 max-sm:w-full">{`${index + 1}. ${step.name}`}</span>
          <span className="w-14 text-ink-soft">{words.verb[step.action]}</span>
          <span className="min-w-0 flex-1 basis-52">{whoSits(step, words)}</span>
          <span className="text-ink-soft">
            {[howMany(step, words), ...(step.skippable ? [words.templates.skippable] : [])].join(" · ")}
          </span>
        </li>
      ))}
    </ol>
  );
}
