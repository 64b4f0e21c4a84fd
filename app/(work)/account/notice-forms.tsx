"use client";

import { useActionState } from "react";
import { Select, TextField } from "../../../ui/field";
import { SubmitButton } from "../../../ui/submit-button";
import { IDLE } from "../../form-state";
import { Outcome } from "../../outcome";
import { saveNotices, sendTest } from "./actions";

type Option = { value: string; label: string };

type SettingsWords = Record<
  | "email"
  | "emailHint"
  | "optional"
  | "locale"
  | "quiet"
  | "quietHint"
  | "quietFrom"
  | "quietUntil"
  | "choices"
  | "choicesHint"
  | "save"
  | "pending"
  | "saved",
  string
>;

type SettingsProps = {
  settings: { email: string; locale: string; quietFrom: string; quietUntil: string };
  locales: Option[];
  /** One line for each event that can reach the person. */
  choices: { event: string; label: string; mail: string; options: Option[] }[];
  words: SettingsWords;
};

export function NoticeSettingsForm({ settings, locales, choices, words }: SettingsProps) {
  const [state, action] = useActionState(saveNotices, IDLE);
  const typed = (name: keyof SettingsProps["settings"]) => state.values[name] ?? settings[name];
  return (
    <form action={action} className="flex flex-col gap-4">
      <Outcome state={state} done={words.saved} />
      <div className="grid gap-4 md:grid-cols-2">
        <TextField
          name="email"
          inputMode="email"
          autoComplete="email"
          label={words.email}
          note={words.optional}
          hint={words.emailHint}
          error={state.fields["email"]}
          defaultValue={typed("email")}
          maxLength={254}
        />
        <div>
          <Select name="locale" label={words.locale} options={locales} defaultValue={typed("locale")} />
        </div>
      </div>
      <fieldset>
        <legend className="font-semibold">{words.quiet}</legend>
        <div className="mt-1 flex flex-wrap gap-4">
          {(["quietFrom", "quietUntil"] as const).map((name) => (
            <div key={name} className="w-32">
              <TextField
                name={name}
                type="time"
                label={words[name]}
                error={state.fields[name]}
                defaultValue={typed(name)}
              />
            </div>
          ))}
        </div>
        <p className="mt-1 text-sm text-ink-soft">{words.quietHint}</p>
      </fieldset>
      {choices.length > 0 && (
        <details className="border-t border-line-soft">
          <summary className="link flex min-h-12 items-center">{words.choices}</summary>
          <p className="mb-3 text-sm text-ink-soft">{words.choicesHint}</p>
          <ul className="grid gap-x-8 gap-y-3 md:grid-cols-2">
            {choices.map(({ event, label, mail, options }, index) => (
              <li key={event}>
                <input type="hidden" name={`choices.${index}.event`} value={event} />
                <Select
                  name={`choices.${index}.mail`}
                  label={label}
                  options={options}
                  defaultValue={state.values[`choices.${index}.mail`] ?? mail}
                />
              </li>
            ))}
          </ul>
        </details>
      )}
      <div>
        <SubmitButton pendingLabel={words.pending}>{words.save}</SubmitButton>
      </div>
    </form>
  );
}

export function TestMailForm({ words }: { words: Record<"test" | "pending" | "sent", string> }) {
  const [state, action] = useActionState(sendTest, IDLE);
  return (
    <form action={action} className="flex flex-wrap items-center gap-3">
      <SubmitButton kind="secondary" pendingLabel={words.pending}>
        {words.test}
      </SubmitButton>
      <Outcome state={state} done={words.sent} />
    </form>
  );
}
