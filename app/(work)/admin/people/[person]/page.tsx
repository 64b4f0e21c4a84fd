import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { z } from "zod";
import { DomainError } from "../../../../../domain/kernel/errors";
import { ROLES, type Role } from "../../../../../domain/kernel/roles";
import { getPerson, type Person } from "../../../../../domain/user/queries";
import { longDate } from "../../../../../messages/dates";
import { Notice } from "../../../../../ui/notice";
import { Page, PageHeader } from "../../../../../ui/page";
import { Status } from "../../../../../ui/status";
import { readPage } from "../../../../_server/read-page";
import {
  DisableForm,
  EndPostForm,
  EndSignInsForm,
  GrantPostForm,
  ResetPasswordForm,
  RestoreForm,
} from "./person-forms";

export async function generateMetadata() {
  return { title: (await getTranslations("admin"))("manage") };
}

export default async function PersonPage({ params }: { params: Promise<{ person: string }> }) {
  const [t, { person: id }] = await Promise.all([getTranslations("admin"), params]);
  const { data: person } = await readPage(`/admin/people/${id}`, (tx, ctx) => {
    if (!z.uuid().safeParse(id).success) throw new DomainError("not-found");
    return getPerson(tx, ctx, id);
  });
  return (
    <Page>
      <PageHeader
        back={{ href: "/admin/people", label: t("people") }}
        title={person.name}
        summary={
          <span className="flex flex-wrap gap-x-4">
            <span>{person.login}</span>
            {person.disabledAt ? (
              <Status tone="overdue" icon="lock">
                {t("disabled")}
              </Status>
            ) : (
              <Status tone="approved">{t("active")}</Status>
            )}
            {person.signedIn > 0 && <span>{t("signedIn", { count: person.signedIn })}</span>}
          </span>
        }
      />
      {person.own && <Notice>{t("ownAccount")}</Notice>}
      <Posts person={person} />
      {!person.own && person.can.manageAccounts && <Account person={person} />}
      {!person.own && person.can.endSessions && <SignIns person={person} />}
    </Page>
  );
}

async function Posts({ person }: { person: Person }) {
  const [t, role, acting, locale] = await Promise.all([
    getTranslations("admin"),
    getTranslations("role"),
    getTranslations("route.acting"),
    getLocale(),
  ]);
  const grants = person.can.grantRoles && !person.own;
  const pending = t("pending");
  return (
    <Part title={t("posts")} hint={person.can.grantRoles ? t("endHint") : t("othersPosts")}>
      {person.posts.length === 0 && <p>{t("noPosts")}</p>}
      <ul>
        {person.posts.map((post) => {
          const held =
            post.acting && acting("post", { who: post.acting.name, date: longDate(post.acting.lastDay, locale) });
          const name = [`${post.organ} · ${role(post.role)}`, ...(held ? [held] : [])].join(" · ");
          return (
            <li
              key={post.id}
              className="flex min-h-12 flex-wrap items-center justify-between gap-x-6 gap-y-1 border-t border-line-soft py-1.5"
            >
              <span>{name}</span>
              {grants && (
                <EndPostForm
                  membershipId={post.id}
                  label={t("endPost", { post: name })}
                  words={{ submit: t("end"), pending, done: t("endedDone") }}
                />
              )}
            </li>
          );
        })}
      </ul>
      {grants && (
        <div className="mt-3 border-t border-line pt-3">
          <h3 className="font-semibold">{t("grant")}</h3>
          <p className="mb-3 text-ink-soft">{t("grantHint")}</p>
          <GrantPostForm
            userId={person.id}
            offices={person.offices}
            roles={Object.fromEntries(ROLES.map((one) => [one, role(one)])) as Record<Role, string>}
            words={{
              organ: t("organ"),
              role: t("role"),
              chooseOrgan: t("chooseOrgan"),
              chooseRole: t("chooseRole"),
              submit: t("grant"),
              pending,
              done: t("grantedDone"),
            }}
          />
        </div>
      )}
    </Part>
  );
}

async function Account({ person }: { person: Person }) {
  const t = await getTranslations("admin");
  const [userId, count, pending] = [person.id, person.signedIn, t("pending")];
  return (
    <>
      <Part title={t("reset")} hint={t("resetHint", { count })}>
        <ResetPasswordForm
          userId={userId}
          words={{
            password: t("newPassword"),
            rule: t("passwordRule"),
            submit: t("reset"),
            pending,
            done: t("resetDone"),
          }}
        />
      </Part>
      {person.disabledAt ? (
        <Part title={t("enable")} hint={t("enableHint")}>
          <RestoreForm userId={userId} words={{ submit: t("enable"), pending, done: t("enabledDone") }} />
        </Part>
      ) : (
        <Part title={t("disable")} hint={t("disableHint", { count })}>
          <DisableForm userId={userId} words={{ submit: t("disable"), pending, done: t("disabledDone") }} />
        </Part>
      )}
    </>
  );
}

async function SignIns({ person }: { person: Person }) {
  const t = await getTranslations("admin");
  return (
    <Part title={t("endSessions")} hint={t("endSessionsHint", { count: person.signedIn })}>
      <EndSignInsForm
        userId={person.id}
        words={{ submit: t("endSessions"), pending: t("pending"), done: t("sessionsDone") }}
      />
    </Part>
  );
}

function Part({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="border border-line bg-white px-4 py-4">
      <h2 className="font-semibold">{title}</h2>
      <p className="mb-3 text-ink-soft">{hint}</p>
      {children}
    </section>
  );
}
