"use client";

import { useActionState, useState } from "react";
import { type OrganKind, type Role, ROLES, ROLES_OF_ORGAN } from "../../../../../domain/kernel/roles";
import type { ButtonKind } from "../../../../../ui/button-style";
import { Select, TextField } from "../../../../../ui/field";
import { SubmitButton } from "../../../../../ui/submit-button";
import { type FormState, IDLE } from "../../../../form-state";
import { Outcome } from "../../../../outcome";
import { disableAccount, endPost, endSignIns, grantPost, restoreAccount, setPassword } from "../actions";

type ActWords = { submit: string; pending: string; done: string };
type Action = (state: FormState, form: FormData) => Promise<FormState>;

export function DisableForm({ userId, words }: { userId: string; words: ActWords }) {
  return <ActForm act={disableAccount} field="userId" value={userId} kind="danger" words={words} />;
}

export function RestoreForm({ userId, words }: { userId: string; words: ActWords }) {
  return <ActForm act={restoreAccount} field="userId" value={userId} kind="secondary" words={words} />;
}

export function EndSignInsForm({ userId, words }: { userId: string; words: ActWords }) {
  return <ActForm act={endSignIns} field="userId" value={userId} kind="danger" words={words} />;
}

export function EndPostForm({ membershipId, words, label }: { membershipId: string; words: ActWords; label: string }) {
  return <ActForm act={endPost} field="membershipId" value={membershipId} kind="danger" words={words} label={label} />;
}

type ActFormProps = { act: Action; field: string; value: string; kind: ButtonKind; words: ActWords; label?: string };

/** One act on one record: a button, and what became of it. `label` tells equal buttons apart for those who do not see. */
function ActForm({ act, field, value, kind, words, label }: ActFormProps) {
  const [state, action] = useActionState(act, IDLE);
  return (
    <form action={action} aria-label={label} className="flex flex-col items-start gap-3">
      <Outcome state={state} done={words.done} />
      <input type="hidden" name={field} value={value} />
      <SubmitButton kind={kind} pendingLabel={words.pending}>
        {words.submit}
      </SubmitButton>
    </form>
  );
}

export function ResetPasswordForm({
  userId,
  words,
}: {
  userId: string;
  words: ActWords & { password: string; rule: string };
}) {
  const [state, action] = useActionState(setPassword, IDLE);
  return (
    <form action={action} className="flex max-w-110 flex-col items-stretch gap-3">
      <Outcome state={state} done={words.done} />
      <input type="hidden" name="userId" value={userId} />
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
        <SubmitButton kind="secondary" pendingLabel={words.pending}>
          {words.submit}
        </SubmitButton>
      </div>
    </form>
  );
}

type GrantProps = {
  userId: string;
  offices: { id: string; name: string; kind: OrganKind }[];
  roles: Record<Role, string>;
  words: ActWords & Record<"organ" | "role" | "chooseOrgan" | "chooseRole", string>;
};

/** Only the posts that the chosen office can hold are offered; all of them while the script has not heard of an office. */
export function GrantPostForm({ userId, offices, roles, words }: GrantProps) {
  const [{ attempt, ...state }, action] = useActionState(grantAgain, { ...IDLE, attempt: 0 });
  return (
    <form action={action} className="grid items-start gap-4 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <Outcome state={state} done={words.done} />
      </div>
      <input type="hidden" name="userId" value={userId} />
      <OfficeAndPost key={attempt} state={state} offices={offices} roles={roles} words={words} />
      <div className="sm:col-span-2">
        <SubmitButton pendingLabel={words.pending}>{words.submit}</SubmitButton>
      </div>
    </form>
  );
}

/** Counts the answers: React empties a form after its action, and only a new <select> takes a new default. */
async function grantAgain({ attempt, ...state }: FormState & { attempt: number }, form: FormData) {
  return { ...(await grantPost(state, form)), attempt: attempt + 1 };
}

function OfficeAndPost({ state, offices, roles, words }: { state: FormState } & Omit<GrantProps, "userId">) {
  const [organId, setOrganId] = useState(state.values["organId"] ?? "");
  const kind = offices.find((office) => office.id === organId)?.kind;
  const open = kind ? ROLES_OF_ORGAN[kind] : ROLES;
  return (
    <>
      <Select
        name="organId"
        label={words.organ}
        defaultValue={organId}
        onChange={(event) => setOrganId(event.target.value)}
        error={state.fields["organId"]}
        empty={words.chooseOrgan}
        options={offices.map((office) => ({ value: office.id, label: office.name }))}
        required
      />
      <Select
        key={organId}
        name="role"
        label={words.role}
        defaultValue={state.values["role"] ?? ""}
        error={state.fields["role"]}
        empty={words.chooseRole}
        options={open.map((one) => ({ value: one, label: roles[one] }))}
        required
      />
    </>
  );
}
