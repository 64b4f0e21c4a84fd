"use client";

import { useActionState } from "react";
import { TextField } from "../../../ui/field";
import { Notice } from "../../../ui/notice";
import { SubmitButton } from "../../../ui/submit-button";
import { signIn } from "./actions";

type Words = { login: string; password: string; submit: string; pending: string };

export function SignInForm({ next, login, words }: { next: string; login: string; words: Words }) {
  const [state, action] = useActionState(signIn, { message: "", login });
  return (
    <form action={action} className="flex flex-col gap-4">
      {state.message && <Notice tone="error">{state.message}</Notice>}
      <input type="hidden" name="next" value={next} />
      <TextField
        key={state.login}
        name="login"
        label={words.login}
        defaultValue={state.login}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={200}
      />
      <TextField
        name="password"
        type="password"
        label={words.password}
        autoComplete="current-password"
        required
        maxLength={200}
      />
      <SubmitButton pendingLabel={words.pending}>{words.submit}</SubmitButton>
    </form>
  );
}
