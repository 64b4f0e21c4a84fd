import { getTranslations } from "next-intl/server";
import { getOwnAccount, type OwnAccount } from "../../../domain/user/queries";
import { Page, PageHeader } from "../../../ui/page";
import { Status } from "../../../ui/status";
import { readPage } from "../../_server/read-page";
import { PasswordForm, SignOutForm, SwitchForm } from "./account-forms";

export async function generateMetadata() {
  return { title: (await getTranslations("account"))("title") };
}

export default async function AccountPage() {
  const [t, { ctx, data: account }] = await Promise.all([
    getTranslations("account"),
    readPage("/account", getOwnAccount),
  ]);
  const pending = t("pending");
  return (
    <Page>
      <PageHeader title={t("title")} summary={`${ctx.session.name} · ${account.login}`} />
      <Posts posts={account.posts} />
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
  const [t, role] = await Promise.all([getTranslations("account"), getTranslations("role")]);
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
