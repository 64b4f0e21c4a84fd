"use server";

import { revalidatePath } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { delegate, endDelegation } from "../../../domain/route/delegations";
import { Delegate, EndDelegation } from "../../../domain/route/schema";
import { sendTestMail, setNotices } from "../../../domain/notice/mutations";
import { renderMail } from "../../../domain/notice/mail-page";
import { NoticeSettings } from "../../../domain/notice/schema";
import { changePassword } from "../../../domain/user/mutations";
import { ChangePassword } from "../../../domain/user/schema";
import type { FormState } from "../../form-state";
import { runAction, runChange } from "../../_server/run-action";

export async function changeOwnPassword(_: FormState, form: FormData): Promise<FormState> {
  return runAction(ChangePassword, form, async (ctx, input) => {
    await changePassword(ctx, ctx.session.sessionId, input);
    revalidatePath("/account");
  });
}

/** 代办: a colleague holds this post too for a while. */
export async function givePost(_: FormState, form: FormData): Promise<FormState> {
  return runChange(Delegate, form, delegate);
}

export async function endPostGiven(_: FormState, form: FormData): Promise<FormState> {
  return runChange(EndDelegation, form, endDelegation);
}

export async function saveNotices(_: FormState, form: FormData): Promise<FormState> {
  return runAction(NoticeSettings, form, async (ctx, input) => {
    await setNotices(ctx, input);
    revalidatePath("/account");
  });
}

/** In the language that the page is read in. */
export async function sendTest(_: FormState, form: FormData): Promise<FormState> {
  return runAction(z.object({}), form, async (ctx) => {
    const [t, lang] = await Promise.all([getTranslations("notice.mail"), getLocale()]);
    const link = `${process.env["NEXTAUTH_URL"] ?? ""}/account`;
    const words = renderMail({
      lang,
      subject: t("testSubject"),
      lead: t("testLead"),
      notes: [],
      reasons: [],
      quoted: null,
      groups: [],
      action: null,
      footer: [t("settings", { link }), t("secret")],
    });
    await sendTestMail(ctx, words);
    revalidatePath("/account");
  });
}
