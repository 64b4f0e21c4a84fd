"use client";

import { useActionState } from "react";
import { TextField } from "../../../../ui/field";
import { SubmitButton } from "../../../../ui/submit-button";
import { IDLE } from "../../../form-state";
import { Outcome } from "../../../outcome";
import { createAccount } from "./actions";

type Words = Record<
  "login" | "loginHint" | "name" | "nameHint" | "password" | "rule" | "submit" | "pending" | "done",
  string
>;

export function CreateAccountForm({ words }: { words: Words }) {
  const [state, action] = useActionState(createAccount, IDLE);
  return (
    <form action={action} className="grid gap-4 pb-4 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <Outcome state={state} done={words.done} />
      </div>
      <TextField
        name="login"
        label={words.login}
        hint={words.loginHint}
        defaultValue={state.values["login"] ?? ""}
        error={state.fields["login"]}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={40}
      />
      <TextField
        name="name"
        label={words.name}
        hint={words.nameHint}
        defaultValue={state.values["name"] ?? ""}
        error={state.fields["name"]}
        autoComplete="off"
        required
        maxLength={60}
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
      <div className="sm:col-span-2">
        <SubmitButton pendingLabel={words.pending}>{words.submit}</SubmitButton>
      </div>
    </form>
  );
}
