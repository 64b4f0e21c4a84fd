import { getTranslations } from "next-intl/server";
import { getPreviewed } from "../../../../../domain/export/queries";
import { askedAt } from "../../../../_server/asked-at";
import { readPage } from "../../../../_server/read-page";
import { PreviewScreen } from "./preview-screen";

type Props = { params: Promise<{ report: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("export"))("preview.title") };
}

/** The compiled report as it stands, page by page as it prints, for those who compile and approve it. */
export default async function PreviewPage({ params }: Props) {
  const { report: slug } = await params;
  const [t, refusal, { data: report }] = await Promise.all([
    getTranslations("export.preview"),
    getTranslations("refusal"),
    readPage(`/reports/${slug}/preview`, (tx, ctx) => getPreviewed(tx, ctx, slug)),
  ]);
  return (
    <PreviewScreen
      report={slug}
      name={report.name}
      since={askedAt()}
      words={{
        title: t("title"),
        summary: t("summary"),
        making: t("making"),
        page: t.raw("page") as string,
        pages: t.raw("pages") as string,
        changed: t.raw("changed") as string,
        updated: t.raw("updated") as string,
        empty: t("empty"),
        failed: t("failed"),
        away: t("away"),
        signedOut: t("signedOut"),
        signIn: t("signIn"),
        notYours: t("notYours"),
        full: refusal.raw("exports-full") as string,
        keys: t("keys"),
        older: t("older"),
        newer: t("newer"),
        back: t("back"),
        zoom: t("zoom"),
        fit: t("fit"),
        whole: t("whole"),
        real: t("real"),
        listMark: t.raw("listMark") as string,
      }}
    />
  );
}
