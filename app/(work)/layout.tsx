import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AUTHORS, isOneOf } from "../../domain/kernel/roles";
import { mayAdminister } from "../../domain/user/policy";
import { Menu, MenuButton, MenuLink, MenuNote } from "../../ui/menu";
import { currentContext } from "../_server/context";
import { asDigest } from "../_server/read-page";
import { signOut, switchLanguage } from "../session-actions";
import { Places } from "./places";

export default async function WorkLayout({ children }: { children: ReactNode }) {
  const [t, role, { actor, session }] = await Promise.all([
    getTranslations("app"),
    getTranslations("role"),
    currentContext().catch((error: unknown) => {
      throw asDigest(error, "layout");
    }),
  ]);
  const places = [
    { href: "/desk", label: t("desk") },
    ...(isOneOf(actor.role, AUTHORS) ? [{ href: "/reports", label: t("reports") }] : []),
    ...(mayAdminister("seePeople", actor) ? [{ href: "/admin/people", label: t("people") }] : []),
    ...(mayAdminister("readAudit", actor) ? [{ href: "/admin/audit", label: t("audit") }] : []),
  ];
  return (
    <>
      <Places brand={t("name")} navLabel={t("nav")} skipLabel={t("skip")} places={places}>
        <Menu label={`${session.organ} · ${role(actor.role)}`}>
          <MenuNote>{session.name}</MenuNote>
          <MenuLink href="/account">{t("account")}</MenuLink>
          <form action={switchLanguage}>
            <MenuButton>{t("language")}</MenuButton>
          </form>
          <form action={signOut}>
            <MenuButton>{t("signOut")}</MenuButton>
          </form>
        </Menu>
      </Places>
      {children}
    </>
  );
}
