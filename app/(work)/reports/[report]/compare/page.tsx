import { getTranslations } from "next-intl/server";
import { getComparePage } from "../../../../../domain/edition/compare-editions";
import { Page } from "../../../../../ui/page";
import { readPage } from "../../../../_server/read-page";
import { CompareQuery } from "./compare-query";
import { ComparisonScreen } from "./comparison-screen";

type Props = { params: Promise<{ report: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata() {
  return { title: (await getTranslations("compare"))("title") };
}

/** 花脸稿: any two editions of a report that one may read. */
export default async function ComparePage({ params, searchParams }: Props) {
  const [{ report: slug }, search, t] = await Promise.all([params, searchParams, getTranslations("compare")]);
  const query = CompareQuery.parse(search);
  const path = `/reports/${slug}/compare`;
  const { data } = await readPage(path, (tx, ctx) => getComparePage(tx, ctx, { slug }, query));
  return (
    <Page>
      <ComparisonScreen
        data={data}
        path={path}
        all={query.all}
        back={{ href: `/reports/${slug}/editions`, label: t("back") }}
      />
    </Page>
  );
}
