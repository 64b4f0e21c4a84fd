import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { listTemplates } from "../../../../domain/route/queries";
import { loadMessages } from "../../../../messages/load";
import { Page, PageHeader } from "../../../../ui/page";
import { readPage } from "../../../_server/read-page";
import { RouteForm } from "../route-form";
import { stepDrafts } from "../to-draft";

export async function generateMetadata() {
  return { title: (await getTranslations("route.templates"))("editTitle") };
}

/** A template, changed: what is saved takes its place. */
export default async function RoutePage({ params }: { params: Promise<{ route: string }> }) {
  const [t, locale, { route: id }] = await Promise.all([getTranslations("route.templates"), getLocale(), params]);
  const { data: templates } = await readPage(`/routes/${id}`, listTemplates);
  const route = templates.find((one) => one.id === id);
  if (!route) notFound();
  return (
    <Page>
      <PageHeader back={{ href: "/routes", label: t("title") }} title={t("editTitle")} summary={t("editHint")} />
      <RouteForm
        route={{ name: route.name, replaces: route.id, steps: stepDrafts(route) }}
        words={loadMessages(locale).route}
      />
    </Page>
  );
}
