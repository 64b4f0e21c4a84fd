"use client";

import { useActionState } from "react";
import { Select, TextField } from "../../../../ui/field";
import { SubmitButton } from "../../../../ui/submit-button";
import { IDLE } from "../../../form-state";
import { Outcome } from "../../../outcome";
import { openNextPeriod } from "./actions";

type Words = Record<"name" | "slug" | "slugHint" | "year" | "half" | "dueOn" | "submit" | "pending", string> & {
  halves: string[];
};
type Values = Record<"fromReportId" | "name" | "slug" | "year", string>;

export function RollForwardFields({ values, words }: { values: Values; words: Words }) {
  const [state, action] = useActionState(openNextPeriod, IDLE);
  const value = (name: keyof Values | "dueOn" | "half") =>
    state.values[name] ?? (name in values ? values[name as keyof Values] : "");
  return (
    <form action={action} className="grid gap-4 pb-4 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <Outcome state={state} />
      </div>
      <input type="hidden" name="fromReportId" value={values.fromReportId} />
      <TextField
        name="name"
        label={words.name}
        defaultValue={value("name")}
        error={state.fields["name"]}
        required
        maxLength={200}
      />
      <TextField
        name="slug"
        label={words.slug}
        hint={words.slugHint}
        defaultValue={value("slug")}
        error={state.fields["slug"]}
        required
        maxLength={62}
      />
      <TextField
        name="year"
        label={words.year}
        inputMode="numeric"
        defaultValue={value("year")}
        error={state.fields["year"]}
        required
      />
      <Select
        key={value("half")}
        name="half"
        label={words.half}
        defaultValue={value("half") || "1"}
        options={words.halves.map((label, index) => ({ value: String(index + 1), label }))}
      />
      <TextField
        name="dueOn"
        type="date"
        label={words.dueOn}
        defaultValue={value("dueOn")}
        error={state.fields["dueOn"]}
        required
      />
      <div className="sm:col-span-2">
        <SubmitButton kind="secondary" pendingLabel={words.pending}>
          {words.submit}
        </SubmitButton>
      </div>
    </form>
  );
}
