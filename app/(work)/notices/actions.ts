"use server";

import { z } from "zod";
import { readNotices } from "../../../domain/notice/mutations";
import { runChange } from "../../_server/run-action";
import type { FormState } from "../../form-state";

export async function markAllRead(_: FormState, form: FormData): Promise<FormState> {
  return runChange(z.object({}), form, readNotices);
}
