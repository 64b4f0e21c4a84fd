import { getLocale, getTranslations } from "next-intl/server";
import { getDelegations } from "../../../domain/route/delegations";
import { getOwnNotices } from "../../../domain/notice/queries";
import { getOwnAccount, type OwnAccount } from "../../../domain/user/queries";
import { longDate } from "../../../messages/dates";
import { Page, PageHeader } from "../../../ui/page";
import { Status } from "../../../ui/status";
import { readPage } from "../../_server/read-page";
import { PasswordForm, SignOutForm, SwitchForm } from "./account-forms";
import { NoticeSettings } from "./notice-settings";
import { DelegationSection } from "./delegation-section";

export async function generateMetadata() {
  return { title: (await getTranslations("account"))("title") };
}

export default async function AccountPage() {
  const [t, { ctx, data }] = await Promise.all([
    getTranslations("account"),
    readPage("/account", async (tx, asker) => ({
      account: await getOwnAccount(tx, asker),
      delegations: await getDelegations(tx, asker),
      notices: await getOwnNotices(tx, asker),
    })),
  ]);
  const { account, delegations, notices } = data;
  const pending = t("pending");
  return (
    <Page>
      <PageHeader title={t("title")} summary={`${ctx.session.name} · ${account.login}`} />
      <Posts posts={account.posts} />
      <NoticeSettings notices={notices} mails={process.env["HUIBAO_MAIL"] === "1"} />
      <DelegationSection delegations={delegations} now={ctx.now()} />
      <section aria-labelledby="change-password" className="border border-line bg-white px-4 py-4">
        <h2 id="change-password" className="mb-3 font-semibold">
          {t("password")}
        </h2>
        <PasswordForm
          login={account.login}
          words={{
            login: t("login"),
            current: t("currentPassword"),
            password: t("newPassword"),
            rule: t("rule"),
            submit: t("change"),
            pending,
            done: t("changed"),
          }}
        />
      </section>
      <section aria-labelledby="sign-ins" className="border border-line bg-white px-4 py-4">
        <h2 id="sign-ins" className="font-semibold">
          {t("sessions")}
        </h2>
        <p className="mb-3 text-ink-soft">{t("everywhereHint", { count: account.signedIn })}</p>
        <SignOutForm label={t("everywhere")} pending={pending} />
      </section>
    </Page>
  );
}

async function Posts({ posts }: { posts: OwnAccount["posts"] }) {
  const [t, role, acting, locale] = await Promise.all([
    getTranslations("account"),
    getTranslations("role"),
    getTranslations("route.acting"),
    getLocale(),
  ]);
  return (
    <section aria-labelledby="posts" className="border border-line bg-white">
      <div className="px-4 pt-4 pb-2">
        <h2 id="posts" className="font-semibold">
          {t("posts")}
        </h2>
        {posts.length > 1 && <p className="text-ink-soft">{t("switchHint")}</p>}
      </div>
      <ul>
        {posts.map((post) => (
          <li
            key={post.id}
            className="flex min-h-13 flex-wrap items-center justify-between gap-x-6 gap-y-1 border-t border-line-soft px-4 py-1.5"
          >
            <span>
              {post.organ} · {role(post.role)}
              {post.acting && (
                <span className="ml-3 text-ink-soft">
                  {acting("post", { who: post.acting.name, date: longDate(post.acting.lastDay, locale) })}
                </span>
              )}
            </span>
            {post.current ? (
              <Status tone="approved">{t("current")}</Status>
            ) : (
              <SwitchForm membershipId={post.id} label={t("switch")} pending={t("pending")} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
