"use client";

import { useActionState } from "react";
import { Checkbox, TextField } from "../../../../ui/field";
import { SubmitButton } from "../../../../ui/submit-button";
import { IDLE } from "../../../form-state";
import { Outcome } from "../../../outcome";
import { retry, saveWebhook } from "./actions";

type WebhookWords = Record<
  "url" | "urlHint" | "secret" | "secretHint" | "enabled" | "save" | "pending" | "saved",
  string
>;

export function WebhookForm({ url, enabled, words }: { url: string; enabled: boolean; words: WebhookWords }) {
  const [state, action] = useActionState(saveWebhook, IDLE);
  // A box that is not ticked sends nothing: after a refusal it is what the rest of the form says was sent.
  const ticked = state.status === "idle" || state.status === "done" ? enabled : state.values["enabled"] === "on";
  return (
    <form action={action} className="flex max-w-160 flex-col gap-4">
      <Outcome state={state} done={words.saved} />
      <TextField
        name="url"
        inputMode="url"
        label={words.url}
        hint={words.urlHint}
        error={state.fields["url"]}
        defaultValue={state.values["url"] ?? url}
        required
        maxLength={1000}
      />
      <TextField
        name="webhookSecret"
        type="password"
        autoComplete="new-password"
        label={words.secret}
        hint={words.secretHint}
        error={state.fields["webhookSecret"]}
        maxLength={200}
      />
      <Checkbox key={String(ticked)} name="enabled" label={words.enabled} defaultChecked={ticked} />
      <div>
        <SubmitButton pendingLabel={words.pending}>{words.save}</SubmitButton>
      </div>
    </form>
  );
}

type RetryWords = Record<"again" | "pending" | "done", string>;

/** `name` says what is tried again, for those who hear the button without its row. */
export function RetryForm({ kind, id, name, words }: { kind: string; id: string; name: string; words: RetryWords }) {
  const [state, action] = useActionState(retry, IDLE);
  return (
    <form action={action} aria-label={name} className="flex flex-wrap items-center justify-end gap-2">
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="id" value={id} />
      <Outcome state={state} done={words.done} />
      <SubmitButton kind="secondary" pendingLabel={words.pending}>
        {words.again}
      </SubmitButton>
    </form>
  );
}
