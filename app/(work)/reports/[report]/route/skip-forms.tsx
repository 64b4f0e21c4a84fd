"use client";

import { useActionState } from "react";
import { Select, TextField, type Option } from "../../../../../ui/field";
import { SubmitButton } from "../../../../../ui/submit-button";
import { IDLE } from "../../../../form-state";
import { Outcome } from "../../../../outcome";
import { leaveOut, putBack } from "./actions";

type SkipWords = Record<"act" | "organ" | "reason" | "submit" | "pending" | "done", string>;
type Props = { stepId: string; offices: Option[]; words: SkipWords };

/** A department and why it leaves the step out; folded away until wanted. */
export function SkipForm({ stepId, offices, words }: Props) {
  const [state, action] = useActionState(leaveOut, IDLE);
  return (
    <details open={state.status !== "idle" || undefined}>
      <summary className="link flex min-h-(--target) w-fit items-center">{words.act}</summary>
      <form action={action} className="flex flex-col gap-3 pb-2">
        <Outcome state={state} done={words.done} />
        <input type="hidden" name="stepId" value={stepId} />
        <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
          <div className="min-w-44">
            <Select
              key={state.values["organId"] ?? ""}
              name="organId"
              id={`organ-${stepId}`}
              label={words.organ}
              options={offices}
              defaultValue={state.values["organId"] ?? offices[0]?.value ?? ""}
            />
          </div>
          <div className="min-w-64 flex-1">
            <TextField
              name="reason"
              id={`reason-${stepId}`}
              label={words.reason}
              defaultValue={state.values["reason"] ?? ""}
              error={state.fields["reason"]}
              required
              maxLength={200}
            />
          </div>
        </div>
        <div>
          <SubmitButton kind="secondary" pendingLabel={words.pending}>
            {words.submit}
          </SubmitButton>
        </div>
      </form>
    </details>
  );
}

type PutBackProps = { stepId: string; organId: string; words: Record<"label" | "act" | "pending", string> };

export function PutBackForm({ stepId, organId, words }: PutBackProps) {
  const [state, action] = useActionState(putBack, IDLE);
  return (
    <form action={action} className="inline-flex flex-wrap items-center gap-2">
      <input type="hidden" name="stepId" value={stepId} />
      <input type="hidden" name="organId" value={organId} />
      <SubmitButton kind="quiet" pendingLabel={words.pending}>
        <span aria-hidden>{words.act}</span>
        <span className="sr-only">{words.label}</span>
      </SubmitButton>
      <Outcome state={state} />
    </form>
  );
}
