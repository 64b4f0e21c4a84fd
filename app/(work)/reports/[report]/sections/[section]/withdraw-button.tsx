"use client";

import { useActionState } from "react";
import { SubmitButton } from "../../../../../../ui/submit-button";
import { IDLE } from "../../../../../form-state";
import { Outcome } from "../../../../../outcome";
import { withdraw } from "./actions";

export function WithdrawButton({
  section,
  version,
  words,
}: {
  section: string;
  version: number;
  words: { label: string; pending: string };
}) {
  const [state, action] = useActionState(withdraw, IDLE);
  return (
    <form action={action} className="flex flex-wrap items-center gap-2">
      <Outcome state={state} />
      <input type="hidden" name="sectionId" value={section} />
      <input type="hidden" name="version" value={version} />
      <SubmitButton kind="secondary" pendingLabel={words.pending}>
        {words.label}
      </SubmitButton>
    </form>
  );
}
