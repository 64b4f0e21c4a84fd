"use client";

import { useActionState } from "react";
import { Select, TextField, type Option } from "../../../ui/field";
import { SubmitButton } from "../../../ui/submit-button";
import { IDLE } from "../../form-state";
import { Outcome } from "../../outcome";
import { endPostGiven, givePost } from "./actions";

type Words = Record<"who" | "choose" | "from" | "until" | "submit" | "pending" | "done", string>;
type Props = { colleagues: Option[]; days: { from: string; until: string }; words: Words };

/** To whom, from which day on, to which day's end. */
export function DelegateForm({ colleagues, days, words }: Props) {
  const [state, action] = useActionState(givePost, IDLE);
  const value = (name: "userId" | "from" | "until", otherwise: string) => state.values[name] ?? otherwise;
  return (
    <form action={action} className="flex flex-col gap-3">
      <Outcome state={state} done={words.done} />
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-52">
          <Select
            key={value("userId", "")}
            name="userId"
            label={words.who}
            empty={words.choose}
            options={colleagues}
            defaultValue={value("userId", "")}
            error={state.fields["userId"]}
            required
          />
        </div>
        <TextField
          name="from"
          type="date"
          label={words.from}
          defaultValue={value("from", days.from)}
          error={state.fields["from"]}
          required
        />
        <TextField
          name="until"
          type="date"
          label={words.until}
          defaultValue={value("until", days.until)}
          error={state.fields["until"]}
          required
        />
      </div>
      <div>
        <SubmitButton kind="secondary" pendingLabel={words.pending}>
          {words.submit}
        </SubmitButton>
      </div>
    </form>
  );
}

type Given = { id: string; line: string; state: string; label: string };

/** What is given now or will be; one form for all of them, so that what became of ending one is said when it has gone. */
export function GivenPosts({ given, words }: { given: Given[]; words: Record<"end" | "ending" | "ended", string> }) {
  const [state, action] = useActionState(endPostGiven, IDLE);
  if (given.length === 0 && state.status === "idle") return null;
  return (
    <form action={action} className="flex flex-col gap-2">
      <Outcome state={state} done={words.ended} />
      <ul className="border-t border-line-soft">
        {given.map(({ id, line, state: now, label }) => (
          <li
            key={id}
            className="flex min-h-13 flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-line-soft py-1.5"
          >
            <span>
              {line}
              <span className="ml-3 text-ink-soft">{now}</span>
            </span>
            <SubmitButton kind="danger" name="membershipId" value={id} pendingLabel={words.ending}>
              <span aria-hidden>{words.end}</span>
              <span className="sr-only">{label}</span>
            </SubmitButton>
          </li>
        ))}
      </ul>
    </form>
  );
}
