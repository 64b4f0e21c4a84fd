import { getTranslations } from "next-intl/server";
import { ExportButton } from "./export-button";

/** A sealed edition for Word with its own numbering instead of typed numbers: made for whoever asks. */
export async function AutomaticDocx({ editionId }: { editionId: string }) {
  const t = await getTranslations("export.ask");
  return (
    <ExportButton
      values={{ source: "edition", editionId, format: "docx" }}
      label={t("automatic")}
      pending={t("pending")}
    />
  );
}
