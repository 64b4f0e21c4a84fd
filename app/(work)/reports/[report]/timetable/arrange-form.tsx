"use client";

import { useActionState } from "react";
import { Checkbox, Select, TextField, type Option } from "../../../../../ui/field";
import { SubmitButton } from "../../../../../ui/submit-button";
import { IDLE } from "../../../../form-state";
import { Outcome } from "../../../../outcome";
import { arrange } from "../actions";

type Words = Record<
  | "hint"
  | "sittingOn"
  | "sittingName"
  | "sittingNameHint"
  | "optional"
  | "apply"
  | "applyHint"
  | "save"
  | "saving"
  | "saved",
  string
>;
type Props = {
  report: { id: string; version: number; sittingOn: string; sittingName: string };
  milestones: readonly {
    milestone: string;
    amount: number;
    unit: string;
    name: string;
    amountLabel: string;
    unitLabel: string;
  }[];
  units: Option[];
  mayApply: boolean;
  words: Words;
};

/** The sitting, and how far each milestone is from it. Works without script. */
export function ArrangeForm({ report, milestones, units, mayApply, words }: Props) {
  const [state, action] = useActionState(arrange, IDLE);
  const typed = (name: string, kept: string) => state.values[name] ?? kept;
  return (
    <form action={action} className="flex flex-col gap-4 pb-4" noValidate>
      <Outcome state={state} done={words.saved} />
      <input type="hidden" name="reportId" value={report.id} />
      <input type="hidden" name="version" value={report.version} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="sittingOn"
          type="date"
          label={words.sittingOn}
          error={state.fields["sittingOn"]}
          defaultValue={typed("sittingOn", report.sittingOn)}
          required
        />
        <TextField
          name="sittingName"
          label={words.sittingName}
          note={words.optional}
          hint={words.sittingNameHint}
          maxLength={100}
          defaultValue={typed("sittingName", report.sittingName)}
        />
      </div>
      <fieldset id="milestones">
        <legend className="text-ink-soft">{words.hint}</legend>
        <ul className="mt-2 grid gap-x-8 gap-y-2 lg:grid-cols-2">
          {milestones.map(({ milestone, amount, unit, name, amountLabel, unitLabel }) => (
            <li key={milestone} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="min-w-0 flex-1 basis-40">{name}</span>
              <input type="hidden" name={`milestones.${milestone}.milestone`} value={milestone} />
              <div className="w-20">
                <TextField
                  name={`milestones.${milestone}.amount`}
                  label={<span className="sr-only">{amountLabel}</span>}
                  inputMode="text"
                  className="text-right tabular-nums"
                  defaultValue={typed(`milestones.${milestone}.amount`, String(amount))}
                />
              </div>
              <div className="w-32">
                <Select
                  key={typed(`milestones.${milestone}.unit`, unit)}
                  name={`milestones.${milestone}.unit`}
                  label={<span className="sr-only">{unitLabel}</span>}
                  defaultValue={typed(`milestones.${milestone}.unit`, unit)}
                  options={units}
                />
              </div>
            </li>
          ))}
        </ul>
      </fieldset>
      {mayApply && <Checkbox name="apply" label={words.apply} hint={words.applyHint} />}
      <div>
        <SubmitButton pendingLabel={words.saving}>{words.save}</SubmitButton>
      </div>
    </form>
  );
}
