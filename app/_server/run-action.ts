import "server-only";
import { revalidatePath } from "next/cache";
import { unstable_rethrow } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import { DomainError, outage } from "../../domain/kernel/errors";
import type { FormState } from "../form-state";
import { signedIn, type SignedIn } from "./context";
import { logBroken } from "./log";
import { structured } from "./structured";

/** Who is it → is it well-formed → do it. Every export of a "use server" file is one call of this. */
export async function runAction<S extends z.ZodType>(
  schema: S,
  form: FormData,
  work: (ctx: SignedIn, input: z.output<S>) => Promise<void>,
): Promise<FormState> {
  const values = typed(form);
  const [t, refusal] = await Promise.all([getTranslations("form"), getTranslations("refusal")]);
  const answer = (status: FormState["status"], message = "", fields: FormState["fields"] = {}): FormState => ({
    status,
    message,
    fields,
    values,
  });
  try {
    const ctx = await signedIn();
    if (!ctx) return answer("signed-out", t("signed-out"));
    const parsed = schema.safeParse(structured(form));
    if (!parsed.success) return answer("invalid", t("invalidTitle"), fieldMessages(parsed.error, t));
    await work(ctx, parsed.data);
    return { ...answer("done"), values: {} };
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof DomainError) return answer("refused", refusal(error.key, error.params));
    const away = outage(error);
    if (away) return answer("away", t(away));
    return answer("broken", t("broken", { reference: logBroken(error, "action") }));
  }
}

/** As runAction for one mutation, after which every page shows the new state. */
export function runChange<S extends z.ZodType>(
  schema: S,
  form: FormData,
  change: (ctx: SignedIn, input: z.output<S>) => Promise<unknown>,
): Promise<FormState> {
  return runAction(schema, form, async (ctx, input) => {
    await change(ctx, input);
    revalidatePath("/", "layout");
  });
}

type FormWords = Awaited<ReturnType<typeof getTranslations<"form">>>;

function fieldMessages(error: z.ZodError, t: FormWords): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? "form");
    const key = FIELDS.find((known) => known === field);
    fields[field] ??= key ? t(`field.${key}`) : t("invalid");
  }
  return fields;
}

const FIELDS = [
  "login",
  "name",
  "password",
  "current",
  "reason",
  "reasons",
  "slug",
  "dueOn",
  "year",
  "confirmation",
  "lengthLimit",
  "email",
  "quietFrom",
  "quietUntil",
  "url",
  "webhookSecret",
  "sittingOn",
  "until",
  "milestones",
  "userId",
  "from",
  "membershipId",
  "steps",
  "comment",
  "disposition",
  "exception",
  "notice",
  "answerBy",
] as const;

/** What was typed, to be shown again; never a password or secret, never Next's own fields. */
function typed(form: FormData): Record<string, string> {
  const entries = [...form].filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === "string" && !entry[0].startsWith("$") && !/password|current|secret/i.test(entry[0]),
  );
  return Object.fromEntries(entries);
}
