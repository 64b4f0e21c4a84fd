"use client";

import { useActionState } from "react";
import { Select, TextField, type Option } from "../../../../ui/field";
import { SubmitButton } from "../../../../ui/submit-button";
import { IDLE } from "../../../form-state";
import { Outcome } from "../../../outcome";
import { openNextPeriod } from "./actions";

type Words = Record<
  | "name"
  | "slug"
  | "slugHint"
  | "year"
  | "half"
  | "dueOn"
  | "sittingOn"
  | "sittingHint"
  | "optional"
  | "submit"
  | "pending",
  string
> & {
  halves: string[];
  route: { label: string; hint: string; previous: string };
};
type Values = Record<"fromReportId" | "name" | "slug" | "year", string>;

type Props = { values: Values; routes: Option[]; words: Words };

export function RollForwardFields({ values, routes, words }: Props) {
  const [state, action] = useActionState(openNextPeriod, IDLE);
  const value = (name: keyof Values | "dueOn" | "sittingOn" | "half" | "routeId") =>
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
      <TextField
        name="sittingOn"
        type="date"
        label={words.sittingOn}
        note={words.optional}
        hint={words.sittingHint}
        defaultValue={value("sittingOn")}
        error={state.fields["sittingOn"]}
      />
      {routes.length > 0 && (
        <Select
          key={`route-${value("routeId")}`}
          name="routeId"
          label={words.route.label}
          hint={words.route.hint}
          empty={words.route.previous}
          options={routes}
          defaultValue={value("routeId")}
        />
      )}
      <div className="sm:col-span-2">
        <SubmitButton kind="secondary" pendingLabel={words.pending}>
          {words.submit}
        </SubmitButton>
      </div>
    </form>
  );
}
