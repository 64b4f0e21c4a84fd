import { getTranslations } from "next-intl/server";
import { listEditionsInMaking, listExports } from "../../../domain/export/queries";
import { Empty } from "../../../ui/empty";
import { Page, PageHeader } from "../../../ui/page";
import { readPage } from "../../_server/read-page";
import { Follow } from "../follow";
import { EditionsInMaking } from "./editions-in-making";
import { Requests } from "./requests";

export async function generateMetadata() {
  return { title: (await getTranslations("export"))("title") };
}

/** What was asked to be made, and how it goes. */
export default async function ExportsPage() {
  const [t, { data }] = await Promise.all([
    getTranslations("export"),
    readPage("/exports", async (tx, ctx) => {
      const [requests, editions] = await Promise.all([listExports(tx, ctx), listEditionsInMaking(tx)]);
      return { requests, editions };
    }),
  ]);
  return (
    <Page>
      <PageHeader title={t("title")} summary={t("summary")} />
      <Follow exports />
      <EditionsInMaking editions={data.editions} />
      {data.requests.length > 0 ? (
        <Requests requests={data.requests} />
      ) : (
        data.editions.length === 0 && <Empty title={t("none")}>{t("noneHint")}</Empty>
      )}
    </Page>
  );
}
