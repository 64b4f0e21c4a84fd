"use client";

import { useActionState } from "react";
import type { ButtonKind } from "../../../ui/button-style";
import { SubmitButton } from "../../../ui/submit-button";
import { IDLE } from "../../form-state";
import { Outcome } from "../../outcome";
import { ask } from "./actions";

type Props = {
  /** What is asked for (domain/export/schema.ts). */
  values: Record<string, string>;
  label: string;
  pending: string;
  kind?: ButtonKind;
};

/** Asks for one file and goes to the queue; why it cannot be had is said in its place. */
export function ExportButton({ values, label, pending, kind = "secondary" }: Props) {
  const [state, act] = useActionState(ask, IDLE);
  return (
    <form action={act} className="flex flex-col gap-2">
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton kind={kind} icon="download" pendingLabel={pending}>
        {label}
      </SubmitButton>
      <Outcome state={state} />
    </form>
  );
}
