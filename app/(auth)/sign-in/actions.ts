"use server";

import { redirect, unstable_rethrow } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { outage } from "../../../domain/kernel/errors";
import { SignIn } from "../../../domain/user/schema";
import { signInWith } from "../../_server/auth";
import { logBroken } from "../../_server/log";
import { ownPath } from "../../_server/own-path";

export type SignInState = { message: string; login: string };

/** The one action without a session: checks the credentials through next-auth and goes on to our own path. */
export async function signIn(_: SignInState, form: FormData): Promise<SignInState> {
  const t = await getTranslations("signIn");
  const login = String(form.get("login") ?? "").slice(0, 200);
  try {
    const parsed = SignIn.safeParse(Object.fromEntries(form));
    if (!parsed.success) return { message: t("wrong"), login };
    const result = await signInWith({ login: parsed.data.login, password: parsed.data.password });
    if (result !== "done") return { message: t(result), login };
    redirect(ownPath(parsed.data.next));
  } catch (error) {
    unstable_rethrow(error);
    if (!outage(error)) logBroken(error, "sign-in");
    return { message: t("away"), login };
  }
}
