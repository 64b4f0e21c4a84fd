"use client";

import { useActionState } from "react";
import { Checkbox, TextArea, TextField } from "../../../../../../ui/field";
import { SubmitButton } from "../../../../../../ui/submit-button";
import { IDLE } from "../../../../../form-state";
import { Outcome } from "../../../../../outcome";
import { permit } from "../../actions";

type Words = Record<
  "title" | "hint" | "all" | "until" | "reason" | "reasonHint" | "permit" | "done" | "pending",
  string
>;
type Props = {
  reportId: string;
  organId: string;
  items: readonly { id: string; title: string }[];
  /** The one that the board's link names. */
  chosen: string | null;
  words: Words;
};

/** 延期许可: chosen items, or all of them, until a later day, for a reason. Works without script. */
export function PermitForm({ reportId, organId, items, chosen, words }: Props) {
  const [state, action] = useActionState(permit, IDLE);
  const isKept = (id: string, index: number) =>
    state.status === "idle" || state.status === "done"
      ? id === chosen && state.status === "idle"
      : state.values[`items.${index}.id`] === id;
  return (
    <section id="permit" className="border border-line bg-white p-4">
      <h2 className="font-semibold">{words.title}</h2>
      <form action={action} className="mt-2 flex flex-col gap-3" noValidate>
        <Outcome state={state} done={words.done} />
        <input type="hidden" name="reportId" value={reportId} />
        <input type="hidden" name="organId" value={organId} />
        <fieldset>
          <legend className="text-ink-soft">{words.hint}</legend>
          <div className="mt-1 max-h-96 overflow-y-auto border-y border-line-soft">
            {items.map(({ id, title }, index) => (
              <Checkbox
                key={`${id} ${isKept(id, index)}`}
                id={`items-${id}`}
                name={`items.${index}.id`}
                value={id}
                label={title}
                defaultChecked={isKept(id, index)}
              />
            ))}
          </div>
          <Checkbox name="all" label={words.all} />
        </fieldset>
        <TextField
          name="until"
          type="date"
          label={words.until}
          error={state.fields["until"]}
          defaultValue={state.values["until"] ?? ""}
        />
        <TextArea
          name="reason"
          label={words.reason}
          hint={words.reasonHint}
          rows={2}
          maxLength={500}
          error={state.fields["reason"]}
          defaultValue={state.values["reason"] ?? ""}
        />
        <div>
          <SubmitButton kind="secondary" pendingLabel={words.pending}>
            {words.permit}
          </SubmitButton>
        </div>
      </form>
    </section>
  );
}
