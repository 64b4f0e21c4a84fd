"use client";

import { useActionState } from "react";
import { TextField } from "../../../../../ui/field";
import { SubmitButton } from "../../../../../ui/submit-button";
import { IDLE } from "../../../../form-state";
import { Outcome } from "../../../../outcome";
import { setSteps } from "../actions";

type Props = {
  reportId: string;
  steps: readonly { id: string; label: string; dueOn: string }[];
  words: Record<"hint" | "save" | "saving" | "saved", string>;
};

/** The day of each step of the route. Works without script. */
export function StepDaysForm({ reportId, steps, words }: Props) {
  const [state, action] = useActionState(setSteps, IDLE);
  return (
    <form action={action} className="flex flex-col gap-3 border border-line bg-white p-4" noValidate>
      <Outcome state={state} done={words.saved} />
      <p className="text-ink-soft">{words.hint}</p>
      <input type="hidden" name="reportId" value={reportId} />
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        {steps.map(({ id, label, dueOn }, index) => (
          <div key={id} className="flex flex-col justify-end">
            <input type="hidden" name={`steps.${index}.stepId`} value={id} />
            <input type="hidden" name={`steps.${index}.was`} value={dueOn} />
            <TextField
              name={`steps.${index}.dueOn`}
              type="date"
              label={label}
              defaultValue={state.values[`steps.${index}.dueOn`] ?? dueOn}
            />
          </div>
        ))}
      </div>
      <div>
        <SubmitButton kind="secondary" pendingLabel={words.saving}>
          {words.save}
        </SubmitButton>
      </div>
    </form>
  );
}
