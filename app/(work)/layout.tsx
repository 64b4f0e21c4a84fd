import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { ReactNode } from "react";
import { ADMINISTRATORS, AUTHORS, DECIDERS, isOneOf } from "../../domain/kernel/roles";
import { mayManageDelivery } from "../../domain/notice/policy";
import { mayAdminister } from "../../domain/user/policy";
import { Icon } from "../../ui/icon";
import { Menu, MenuButton, MenuLink, MenuNote } from "../../ui/menu";
import { currentContext } from "../_server/context";
import { asDigest } from "../_server/read-page";
import { signOut, switchLanguage } from "../session-actions";
import { Places } from "./places";

export default async function WorkLayout({ children }: { children: ReactNode }) {
  const [t, role, acting, { actor, session }] = await Promise.all([
    getTranslations("app"),
    getTranslations("role"),
    getTranslations("route.acting"),
    currentContext().catch((error: unknown) => {
      throw asDigest(error, "layout");
    }),
  ]);
  const places = [
    { href: "/desk", label: t("desk") },
    ...(isOneOf(actor.role, DECIDERS) ? [{ href: "/review", label: t("review") }] : []),
    ...(isOneOf(actor.role, AUTHORS) ? [{ href: "/reports", label: t("reports") }] : []),
    ...(mayAdminister("seePeople", actor) ? [{ href: "/admin/people", label: t("people") }] : []),
    ...(mayManageDelivery(actor) ? [{ href: "/admin/delivery", label: t("delivery") }] : []),
    ...(mayAdminister("readAudit", actor) ? [{ href: "/admin/audit", label: t("audit") }] : []),
  ];
  return (
    <>
      <Places brand={t("name")} navLabel={t("nav")} skipLabel={t("skip")} places={places}>
        <Menu
          label={`${session.organ} · ${session.actingFor === null ? role(actor.role) : acting("menu", { role: role(actor.role) })}`}
        >
          <MenuNote>{session.name}</MenuNote>
          {session.memberships > 1 && (
            <MenuLink href="/account">{acting("switch", { count: session.memberships })}</MenuLink>
          )}
          {!isOneOf(actor.role, ADMINISTRATORS) && <MenuLink href="/exports">{t("exports")}</MenuLink>}
          <MenuLink href="/account">{t("account")}</MenuLink>
          <form action={switchLanguage}>
            <MenuButton>{t("language")}</MenuButton>
          </form>
          <form action={signOut}>
            <MenuButton>{t("signOut")}</MenuButton>
          </form>
        </Menu>
      </Places>
      {session.actingFor !== null && (
        <p
          role="note"
          className="flex flex-wrap items-center gap-x-4 border-b border-mark-line bg-mark px-4 sm:px-5 print:hidden"
        >
          <Icon name="info" />
          <span className="py-2">{acting("banner", { who: session.actingFor })}</span>
          <Link href="/account" className="link inline-flex min-h-(--target) items-center">
            {acting("back")}
          </Link>
        </p>
      )}
      {children}
    </>
  );
}
