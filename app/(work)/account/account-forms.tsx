"use client";

import { useActionState } from "react";
import { TextField } from "../../../ui/field";
import { SubmitButton } from "../../../ui/submit-button";
import { IDLE } from "../../form-state";
import { Outcome } from "../../outcome";
import { signOutOfEverything, switchPost } from "../../session-actions";
import { changeOwnPassword } from "./actions";

export function SwitchForm({ membershipId, label, pending }: { membershipId: string; label: string; pending: string }) {
  const [state, action] = useActionState(switchPost, IDLE);
  return (
    <form action={action} className="flex flex-wrap items-center gap-3">
      <input type="hidden" name="membershipId" value={membershipId} />
      <SubmitButton kind="secondary" pendingLabel={pending}>
        {label}
      </SubmitButton>
      <Outcome state={state} />
    </form>
  );
}

type PasswordWords = Record<"login" | "current" | "password" | "rule" | "submit" | "pending" | "done", string>;

export function PasswordForm({ login, words }: { login: string; words: PasswordWords }) {
  const [state, action] = useActionState(changeOwnPassword, IDLE);
  return (
    <form action={action} className="flex max-w-90 flex-col gap-4">
      <Outcome state={state} done={words.done} />
      {/* For password managers: whose password this is. */}
      <input
        type="text"
        name="username"
        autoComplete="username"
        value={login}
        readOnly
        hidden
        aria-label={words.login}
      />
      <TextField
        name="current"
        type="password"
        label={words.current}
        error={state.fields["current"]}
        autoComplete="current-password"
        required
        maxLength={200}
      />
      <TextField
        name="password"
        type="password"
        label={words.password}
        hint={words.rule}
        error={state.fields["password"]}
        autoComplete="new-password"
        required
        maxLength={200}
      />
      <div>
        <SubmitButton pendingLabel={words.pending}>{words.submit}</SubmitButton>
      </div>
    </form>
  );
}

export function SignOutForm({ label, pending }: { label: string; pending: string }) {
  const [state, action] = useActionState(signOutOfEverything, IDLE);
  return (
    <form action={action} className="flex flex-col items-start gap-3">
      <Outcome state={state} />
      <SubmitButton kind="danger" pendingLabel={pending}>
        {label}
      </SubmitButton>
    </form>
  );
}
