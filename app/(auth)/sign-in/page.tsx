import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { demoAccounts } from "../../../db/demo/accounts";
import { Notice } from "../../../ui/notice";
import { signedIn } from "../../_server/context";
import { ownPath } from "../../_server/own-path";
import { asDigest } from "../../_server/read-page";
import { LanguageForm } from "../../language-form";
import { SignInForm } from "./sign-in-form";

type Query = Promise<{ next?: string | string[]; login?: string | string[] }>;

export async function generateMetadata() {
  return { title: (await getTranslations("signIn"))("title") };
}

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const [t, app, query] = await Promise.all([getTranslations("signIn"), getTranslations("app"), searchParams]);
  const session = await signedIn().catch((error: unknown) => {
    throw asDigest(error, "/sign-in");
  });
  const next = typeof query.next === "string" ? query.next : undefined;
  if (session) redirect(ownPath(next));
  const accounts = process.env["HUIBAO_DEMO"] === "1" ? demoAccounts() : [];
  const chosen = accounts.find((account) => account.login === query.login)?.login ?? "";
  const href = (login: string) => `/sign-in?${new URLSearchParams({ login, ...(next ? { next } : {}) })}`;
  return (
    <div className="flex min-h-dvh flex-col">
      <main
        id="content"
        className={`mx-auto grid w-full flex-1 content-start gap-x-16 gap-y-10 px-5 pt-10 pb-12 sm:pt-20 ${accounts.length > 0 ? "max-w-240 md:grid-cols-[20rem_minmax(0,1fr)]" : "max-w-90"}`}
      >
        <div>
          <p className="mark text-[2rem]">{app("name")}</p>
          <p className="mt-3 mb-8 text-ink-soft">{t("lead")}</p>
          <h1 className="mb-4 text-lg font-semibold">{t("title")}</h1>
          {next && (
            <div className="mb-4">
              <Notice>{t("expired")}</Notice>
            </div>
          )}
          <SignInForm
            key={chosen}
            next={ownPath(next)}
            login={chosen}
            words={{ login: t("login"), password: t("password"), submit: t("submit"), pending: t("pending") }}
          />
          <p className="mt-6 text-sm text-ink-soft">{app("secret")}</p>
          <LanguageForm label={app("language")} />
        </div>
        {accounts.length > 0 && (
          <section aria-labelledby="demo" className="min-w-0">
            <h2 id="demo" className="text-lg font-semibold">
              {t("demoTitle")}
            </h2>
            <p className="mb-3 text-ink-soft">{t("demoNote", { password: accounts[0]?.password ?? "" })}</p>
            <dl className="border-t border-line">
              {byOffice(accounts).map(([office, held]) => (
                <div key={office} className="flex flex-wrap items-center gap-x-4 border-b border-line px-1">
                  <dt className="w-36 shrink-0">{office}</dt>
                  {held.map((account) => (
                    <dd key={account.login}>
                      <Link
                        href={href(account.login)}
                        aria-current={account.login === chosen || undefined}
                        prefetch={false}
                        title={account.login}
                        className="link inline-flex min-h-(--target) items-center rounded px-2 aria-[current]:bg-indigo-tint"
                      >
                        {account.role}
                      </Link>
                    </dd>
                  ))}
                </div>
              ))}
            </dl>
          </section>
        )}
      </main>
      <footer className="px-5 py-4 text-center text-sm text-ink-soft">{app("footer")}</footer>
    </div>
  );
}

type Accounts = ReturnType<typeof demoAccounts>;

/** Map.groupBy is not in every Node that we support. */
function byOffice(accounts: Accounts): [string, Accounts][] {
  const offices = new Map<string, Accounts>();
  for (const account of accounts) offices.set(account.office, [...(offices.get(account.office) ?? []), account]);
  return [...offices];
}
