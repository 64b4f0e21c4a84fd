"use client";

import { useActionState } from "react";
import { TextField } from "../../../../../../ui/field";
import { SubmitButton } from "../../../../../../ui/submit-button";
import { IDLE } from "../../../../../form-state";
import { Outcome } from "../../../../../outcome";
import { setDay } from "../../actions";

type Props = {
  reportId: string;
  organId: string;
  words: Record<"title" | "hint" | "dueOn" | "set" | "done" | "pending", string>;
};

/** One day for everything that a department still owes. Works without script. */
export function DepartmentDayForm({ reportId, organId, words }: Props) {
  const [state, action] = useActionState(setDay, IDLE);
  return (
    <section className="border border-line bg-white p-4">
      <h2 className="font-semibold">{words.title}</h2>
      <form action={action} className="mt-2 flex flex-col gap-3" noValidate>
        <Outcome state={state} done={words.done} />
        <p className="text-ink-soft">{words.hint}</p>
        <input type="hidden" name="reportId" value={reportId} />
        <input type="hidden" name="organId" value={organId} />
        <TextField
          name="dueOn"
          type="date"
          label={words.dueOn}
          error={state.fields["dueOn"]}
          defaultValue={state.values["dueOn"] ?? ""}
        />
        <div>
          <SubmitButton kind="secondary" pendingLabel={words.pending}>
            {words.set}
          </SubmitButton>
        </div>
      </form>
    </section>
  );
}
