import "server-only";
import { getTranslations } from "next-intl/server";
import { isOneOf } from "../../domain/kernel/roles";

const KNOWN = [
  "fonts-missing",
  "characters-missing",
  "pdf-failed",
  "docx-failed",
  "no-table",
  "superseded",
  "gave-up",
] as const;

/** Why a file was not made, what is safe and what to do. */
export async function failureWords({ key, details }: { key: string; details: readonly string[] }): Promise<string> {
  const t = await getTranslations("export");
  return t(`failure.${isOneOf(key, KNOWN) ? key : "gave-up"}`, { details: details.slice(0, 12).join(t("listMark")) });
}
