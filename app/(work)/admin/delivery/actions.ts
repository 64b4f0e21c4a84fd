"use server";

import { setWebhook, tryAgain } from "../../../../domain/notice/mutations";
import { TryAgain, WebhookSettings } from "../../../../domain/notice/schema";
import { runChange } from "../../../_server/run-action";
import type { FormState } from "../../../form-state";

export async function saveWebhook(_: FormState, form: FormData): Promise<FormState> {
  return runChange(WebhookSettings, form, setWebhook);
}

export async function retry(_: FormState, form: FormData): Promise<FormState> {
  return runChange(TryAgain, form, tryAgain);
}
