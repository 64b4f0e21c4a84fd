"use client";

import { useActionState, type ReactNode } from "react";
import { IDLE } from "../../../form-state";
import { Outcome } from "../../../outcome";
import { urgeDepartments } from "./actions";

/** The form around everything that has a 催办 button (named "what"): one form, however many rows. Works without script. */
export function UrgeForm({ reportId, done, children }: { reportId: string; done: string; children: ReactNode }) {
  const [state, action] = useActionState(urgeDepartments, IDLE);
  return (
    <form action={action} className="flex flex-col gap-4">
      <input type="hidden" name="reportId" value={reportId} />
      <Outcome state={state} done={done} />
      {children}
    </form>
  );
}
