"use server";

import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { SwitchMembership, UserRef } from "../domain/user/schema";
import { closeSession, switchMembership } from "../domain/user/session";
import { signOutEverywhere } from "../domain/user/mutations";
import { isSecure, sessionCookie } from "./_server/auth";
import { signedIn } from "./_server/context";
import { LOCALE_COOKIE, toLocale } from "./_server/i18n";
import { endStreams } from "./_server/live";
import type { FormState } from "./form-state";
import { runAction } from "./_server/run-action";

export async function switchLanguage(): Promise<void> {
  const jar = await cookies();
  const other = toLocale(jar.get(LOCALE_COOKIE)?.value) === "en" ? "zh-CN" : "en";
  jar.set(LOCALE_COOKIE, other, { path: "/", sameSite: "lax", secure: isSecure(), maxAge: 365 * 86_400 });
  revalidatePath("/", "layout");
}

export async function signOut(): Promise<void> {
  const ctx = await signedIn();
  if (ctx) {
    await closeSession(ctx.db, ctx.token);
    endStreams(ctx.actor.userId);
  }
  (await cookies()).delete(sessionCookie());
  redirect("/sign-in");
}

export async function switchPost(_: FormState, form: FormData): Promise<FormState> {
  return runAction(SwitchMembership, form, async (ctx, input) => {
    await switchMembership(ctx.db, ctx.token, input.membershipId);
    endStreams(ctx.actor.userId);
    revalidatePath("/", "layout");
    redirect("/desk");
  });
}

export async function signOutOfEverything(_: FormState, form: FormData): Promise<FormState> {
  return runAction(UserRef.partial(), form, async (ctx) => {
    await signOutEverywhere(ctx, ctx.actor.userId);
    endStreams(ctx.actor.userId);
    (await cookies()).delete(sessionCookie());
    redirect("/sign-in");
  });
}
