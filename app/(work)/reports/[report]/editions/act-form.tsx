"use client";

import { useActionState, type ReactNode } from "react";
import type { ButtonKind } from "../../../../../ui/button-style";
import type { IconName } from "../../../../../ui/icon";
import { SubmitButton } from "../../../../../ui/submit-button";
import { IDLE, type FormState } from "../../../../form-state";
import { Outcome } from "../../../../outcome";

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  /** Hidden fields: what is acted on, and the version that the page showed. */
  values: Record<string, string | number>;
  label: string;
  pending: string;
  kind?: ButtonKind;
  icon?: IconName;
  blocked?: string | undefined;
  /** Fields of the act, with what was typed put back by key. */
  children?: ReactNode;
};

/** One act on the compiled whole: its fields, its button, and what became of it. */
export function ActForm({ action, values, label, pending, kind = "primary", icon, blocked, children }: Props) {
  const [state, act] = useActionState(action, IDLE);
  return (
    // What was written stays where it is, whatever the answer: a browser would empty the choices.
    <form action={act} onReset={(event) => event.preventDefault()} className="flex flex-col gap-3">
      <Outcome state={state} />
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <div>
        <SubmitButton kind={kind} icon={icon} pendingLabel={pending} blocked={blocked}>
          {label}
        </SubmitButton>
      </div>
    </form>
  );
}
