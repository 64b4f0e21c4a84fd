import { getTranslations } from "next-intl/server";
import { LinkButton } from "../ui/button";

export default async function NotFound() {
  const t = await getTranslations("error");
  return (
    <main id="content" className="mx-auto max-w-160 px-6 py-20">
      <h1 className="text-xl font-semibold">{t("notFound.title")}</h1>
      <p className="mt-3 text-ink-soft">{t("notFound.text")}</p>
      <div className="mt-6">
        <LinkButton href="/desk">{t("desk")}</LinkButton>
      </div>
    </main>
  );
}
