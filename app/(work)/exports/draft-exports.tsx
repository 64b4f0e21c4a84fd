import { getTranslations } from "next-intl/server";
import { LinkButton } from "../../../ui/button";
import { ExportButton } from "./export-button";

/** The report as it stands on paper and in files, for those who compile and approve it. */
export async function DraftExports({ report }: { report: string }) {
  const t = await getTranslations("export.ask");
  const common = { source: "draft", report };
  return (
    <section aria-label={t("title")} className="mb-3 flex flex-wrap items-start gap-2 print:hidden">
      <LinkButton href={`/reports/${report}/preview`}>{t("preview")}</LinkButton>
      <ExportButton values={{ ...common, format: "pdf" }} label={t("pdf")} pending={t("pending")} />
      <ExportButton values={{ ...common, format: "docx" }} label={t("docx")} pending={t("pending")} />
      <ExportButton
        values={{ ...common, format: "docx", numbering: "automatic" }}
        label={t("automatic")}
        pending={t("pending")}
      />
      <p className="self-center text-sm text-ink-soft">{t("hint")}</p>
    </section>
  );
}
