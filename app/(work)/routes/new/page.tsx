import { getLocale, getTranslations } from "next-intl/server";
import { listTemplates } from "../../../../domain/route/queries";
import { loadMessages } from "../../../../messages/load";
import { Page, PageHeader } from "../../../../ui/page";
import { readPage } from "../../../_server/read-page";
import { RouteForm } from "../route-form";
import { stepDrafts } from "../to-draft";

export async function generateMetadata() {
  return { title: (await getTranslations("route.templates"))("newTitle") };
}

/** A new template, from another one or from the usual route. */
export default async function NewRoutePage({ searchParams }: { searchParams: Promise<{ from?: string | string[] }> }) {
  const [t, locale, { from }, { data: templates }] = await Promise.all([
    getTranslations("route.templates"),
    getLocale(),
    searchParams,
    readPage("/routes/new", listTemplates),
  ]);
  const source = templates.find(({ id }) => id === from) ?? null;
  return (
    <Page>
      <PageHeader back={{ href: "/routes", label: t("title") }} title={t("newTitle")} summary={t("hint")} />
      <RouteForm route={{ name: "", replaces: null, steps: stepDrafts(source) }} words={loadMessages(locale).route} />
    </Page>
  );
}
