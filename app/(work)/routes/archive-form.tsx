"use client";

import { useActionState, type ReactNode } from "react";
import { IDLE } from "../../form-state";
import { Outcome } from "../../outcome";
import { archive } from "./actions";

/** The form around the list: each template's 停用 is a button of it, named by the template. */
export function ArchiveForm({ done, children }: { done: string; children: ReactNode }) {
  const [state, action] = useActionState(archive, IDLE);
  return (
    <form action={action} className="flex flex-col gap-4">
      <Outcome state={state} done={done} />
      {children}
    </form>
  );
}
