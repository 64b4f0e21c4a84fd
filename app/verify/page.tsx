import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { printedCode, readCode } from "../../domain/edition/seal";
import { CodeForm } from "./code-form";
import { VerifyFrame } from "./verify-frame";

type Props = { searchParams: Promise<{ code?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations("verify"))("title") };
}

/** Where a code is typed. What was typed as one leads to its own address, the one that the QR code holds. */
export default async function VerifyPage({ searchParams }: Props) {
  const [t, { code }] = await Promise.all([getTranslations("verify"), searchParams]);
  const typed = typeof code === "string" ? code.slice(0, 40) : "";
  const read = readCode(typed);
  if (read) redirect(`/verify/${printedCode(read)}`);
  return (
    <VerifyFrame>
      <CodeForm typed={typed} error={typed === "" ? undefined : t("notCode", { typed })} />
    </VerifyFrame>
  );
}
