"use client";

import { useActionState } from "react";
import { SubmitButton } from "../../../ui/submit-button";
import { IDLE } from "../../form-state";
import { Outcome } from "../../outcome";
import { markAllRead } from "./actions";

export function ReadAllForm({ label, pending }: { label: string; pending: string }) {
  const [state, action] = useActionState(markAllRead, IDLE);
  return (
    <form action={action} className="flex flex-wrap items-center gap-3">
      <Outcome state={state} />
      <SubmitButton kind="secondary" pendingLabel={pending}>
        {label}
      </SubmitButton>
    </form>
  );
}
