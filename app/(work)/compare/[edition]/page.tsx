import { getTranslations } from "next-intl/server";
import { getComparePage } from "../../../../domain/edition/compare-editions";
import { Page } from "../../../../ui/page";
import { readPage } from "../../../_server/read-page";
import { CompareQuery } from "../../reports/[report]/compare/compare-query";
import { ComparisonScreen } from "../../reports/[report]/compare/comparison-screen";

type Props = { params: Promise<{ edition: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata() {
  return { title: (await getTranslations("compare"))("title") };
}

/** The same for those who know an edition and not the report behind it: the committee, its office, the departments. */
export default async function CompareEditionPage({ params, searchParams }: Props) {
  const [{ edition }, search, t] = await Promise.all([params, searchParams, getTranslations("compare")]);
  const query = CompareQuery.parse(search);
  const path = `/compare/${edition}`;
  const { data } = await readPage(path, (tx, ctx) =>
    getComparePage(tx, ctx, { edition }, { ...query, to: query.to ?? edition }),
  );
  return (
    <Page>
      <ComparisonScreen
        data={data}
        path={path}
        all={query.all}
        back={{ href: `/editions/${edition}`, label: t("backToReading") }}
      />
    </Page>
  );
}
