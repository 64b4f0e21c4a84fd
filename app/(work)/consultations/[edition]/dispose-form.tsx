"use client";

import { useActionState } from "react";
import { CONSULTATION_LIMITS } from "../../../../domain/consultation/workflow";
import { Icon } from "../../../../ui/icon";
import { TextArea } from "../../../../ui/field";
import { SubmitButton } from "../../../../ui/submit-button";
import { IDLE } from "../../../form-state";
import { Outcome } from "../../../outcome";
import { dispose } from "./actions";

type Props = {
  replyId: string;
  /** The decision that the page shows, if there is one. */
  seen: string;
  choices: readonly { value: string; label: string }[];
  words: Record<"legend" | "reason" | "reasonHint" | "save" | "saving", string>;
};

/** 采纳, 部分采纳 or 留作参考, and why. Works without script. */
export function DisposeForm({ replyId, seen, choices, words }: Props) {
  const [state, act] = useActionState(dispose, IDLE);
  const wrong = state.fields["disposition"];
  // Many of these forms stand on one page: the summary leads to the fields of this one.
  const fields = Object.fromEntries(Object.entries(state.fields).map(([name, said]) => [`${name}-${replyId}`, said]));
  return (
    // What was chosen and written stays where it is, whatever the answer: a browser would empty the choices.
    <form
      action={act}
      onReset={(event) => event.preventDefault()}
      noValidate
      className="flex flex-col gap-3 rounded border border-line bg-row px-3.5 py-3"
    >
      <Outcome state={{ ...state, fields }} />
      <input type="hidden" name="replyId" value={replyId} />
      <input type="hidden" name="seen" value={seen} />
      <fieldset id={`disposition-${replyId}`} aria-describedby={wrong ? `${replyId}-wrong` : undefined}>
        <legend className="font-semibold">{words.legend}</legend>
        <div className="flex flex-wrap gap-x-6">
          {choices.map(({ value, label }) => (
            <label key={value} className="flex min-h-(--target) items-center gap-2">
              <input
                type="radio"
                name="disposition"
                value={value}
                defaultChecked={state.values["disposition"] === value}
                className="size-4 accent-indigo"
              />
              {label}
            </label>
          ))}
        </div>
        {wrong && (
          <p id={`${replyId}-wrong`} className="flex items-start gap-1.5 text-sm text-status-overdue">
            <Icon name="warning" className="mt-0.5" />
            {wrong}
          </p>
        )}
      </fieldset>
      <TextArea
        name="reason"
        id={`reason-${replyId}`}
        label={words.reason}
        hint={words.reasonHint}
        error={state.fields["reason"]}
        rows={2}
        maxLength={CONSULTATION_LIMITS.reason}
        defaultValue={state.values["reason"] ?? ""}
      />
      <div>
        <SubmitButton pendingLabel={words.saving} kind="secondary">
          {words.save}
        </SubmitButton>
      </div>
    </form>
  );
}
