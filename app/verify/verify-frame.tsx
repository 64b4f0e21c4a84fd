import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LanguageForm } from "../language-form";

/** The page for whoever has a report in hand and no account: the product's mark, the matter, nothing else. */
export async function VerifyFrame({ children }: { children: ReactNode }) {
  const [t, app] = await Promise.all([getTranslations("verify"), getTranslations("app")]);
  return (
    <div className="flex min-h-dvh flex-col">
      <main id="content" className="mx-auto flex w-full max-w-160 flex-1 flex-col gap-6 px-5 pt-10 pb-12 sm:pt-16">
        <header>
          <p className="mark text-[2rem]">{app("name")}</p>
          <h1 className="mt-4 text-xl font-semibold">{t("title")}</h1>
          <p className="mt-1 text-ink-soft">{t("lead")}</p>
        </header>
        {children}
        <LanguageForm label={app("language")} />
      </main>
      <footer className="px-5 py-4 text-center text-sm text-ink-soft">{app("footer")}</footer>
    </div>
  );
}
