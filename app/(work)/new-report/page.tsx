import { getLocale, getTranslations } from "next-intl/server";
import { getNewReport } from "../../../domain/import/queries";
import { listTemplateNames } from "../../../domain/route/queries";
import { USUAL_ROUTE } from "../../../domain/route/usual-route";
import { loadMessages } from "../../../messages/load";
import { today } from "../../../messages/dates";
import { Page, PageHeader } from "../../../ui/page";
import { readPage } from "../../_server/read-page";
import { fill } from "../../fill";
import { importFileWords } from "../import-file-words";
import { NewReportScreen } from "./new-report-screen";

export async function generateMetadata() {
  return { title: loadMessages(await getLocale()).import.create.title };
}

const DUE_IN_DAYS = 14;

export default async function NewReportPage() {
  const [t, locale] = await Promise.all([getTranslations("report"), getLocale()]);
  const messages = loadMessages(locale);
  const { create } = messages.import;
  const { choice } = messages.route;
  const { ctx, data } = await readPage("/new-report", async (tx, asker) => ({
    ...(await getNewReport(tx, asker)),
    routes: await listTemplateNames(tx),
  }));
  const { name, slug, slugHint, year, half, halfOf, dueOn } = messages.report;
  return (
    <Page>
      <PageHeader back={{ href: "/reports", label: t("title") }} title={create.title} summary={create.hint} />
      <NewReportScreen
        offices={data.offices}
        routes={data.routes}
        own={ctx.actor.organId}
        dueOn={today(new Date(ctx.now().getTime() + DUE_IN_DAYS * 86_400_000))}
        words={{
          ...create,
          file: importFileWords(messages),
          name,
          slug,
          slugHint,
          year,
          half,
          halves: [halfOf["1"], halfOf["2"]],
          dueOn,
          sittingOn: messages.timetable.sittingOn,
          sittingHint: messages.timetable.sittingHint,
          optional: messages.timetable.optional,
          route: {
            label: choice.label,
            hint: choice.hint,
            usual: fill(choice.usual, { name: USUAL_ROUTE.name }),
          },
          invalid: messages.form.invalidTitle,
          fields: messages.form.field,
        }}
      />
    </Page>
  );
}
