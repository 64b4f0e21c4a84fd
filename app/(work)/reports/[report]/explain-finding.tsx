"use client";

import { useActionState } from "react";
import { TextArea } from "../../../../ui/field";
import { SubmitButton } from "../../../../ui/submit-button";
import { IDLE } from "../../../form-state";
import { Outcome } from "../../../outcome";
import type { FigureGuide } from "../../figure-guide";
import { explain } from "./actions";

/** Lets a finding stand with a written explanation, which reviewers read. */
export function ExplainFinding({
  reportId,
  findingKey,
  words,
}: {
  reportId: string;
  findingKey: string;
  words: FigureGuide["words"]["finding"];
}) {
  const [state, action] = useActionState(explain, IDLE);
  return (
    <details open={state.status !== "idle" && state.status !== "done" ? true : undefined}>
      <summary className="link flex min-h-(--target) w-fit items-center">{words.explain}</summary>
      <form action={action} className="flex flex-col gap-2 pb-2">
        <Outcome state={state} />
        <input type="hidden" name="reportId" value={reportId} />
        <input type="hidden" name="key" value={findingKey} />
        <TextArea
          name="explanation"
          id={`explanation-${findingKey}`}
          label={words.explanation}
          defaultValue={state.values["explanation"]}
          error={state.fields["explanation"]}
          rows={3}
          required
          maxLength={1000}
        />
        <div>
          <SubmitButton kind="secondary" pendingLabel={words.sending}>
            {words.send}
          </SubmitButton>
        </div>
      </form>
    </details>
  );
}
