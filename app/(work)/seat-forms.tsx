"use client";

import { useActionState, useState, type FormEvent } from "react";
import { TextField } from "../../ui/field";
import { SubmitButton } from "../../ui/submit-button";
import type { Messages } from "../../messages/load";
import { IDLE } from "../form-state";
import { Outcome } from "../outcome";
import { namedBy, PersonPicker, usePosts } from "./person-picker";
import { giveSeat } from "./seat-actions";

type Props = {
  item: { kind: "section" | "indicator"; id: string; version: number };
  /** Who sits at the step may also hand over; the lead bureau may only add. */
  may: { add: boolean; hand: boolean };
  words: Messages["route"]["seat"];
};

/** 加签 and 转办 of one leaf or row, folded away until wanted. A form of its own: it stands beside the decision's. */
export function SeatForms({ item, may, words }: Props) {
  const [state, action] = useActionState(giveSeat, IDLE);
  const [typed, setTyped] = useState("");
  const [how, setHow] = useState<"add" | "hand">(may.add ? "add" : "hand");
  const [done, setDone] = useState<"add" | "hand">("add");
  const [isWrong, setWrong] = useState(false);
  const { posts, want } = usePosts();
  if (!may.add && !may.hand) return null;
  const chosen = namedBy(typed, posts);

  function check(event: FormEvent) {
    setWrong(!chosen);
    if (!chosen) event.preventDefault();
    else setDone(how);
  }

  return (
    <details className="border border-line bg-white px-4" onToggle={want}>
      <summary className="link flex min-h-(--target) w-fit items-center">{words.open}</summary>
      <form
        action={action}
        onSubmit={check}
        onReset={(event) => event.preventDefault()}
        className="flex max-w-140 flex-col gap-3 pb-4"
      >
        <Outcome state={state} done={done === "add" ? words.doneAdd : words.doneHand} />
        <input type="hidden" name="item" value={item.kind} />
        <input type="hidden" name="id" value={item.id} />
        <input type="hidden" name="version" value={item.version} />
        <input type="hidden" name="membershipId" value={chosen?.id ?? ""} />
        {may.add && may.hand ? (
          <fieldset>
            <legend className="font-semibold">{words.how}</legend>
            {(["add", "hand"] as const).map((one) => (
              <label key={one} className="flex min-h-(--target) items-center gap-2.5">
                <input
                  type="radio"
                  name="how"
                  value={one}
                  checked={how === one}
                  onChange={() => setHow(one)}
                  className="size-4 accent-indigo"
                />
                {words[one]}
              </label>
            ))}
          </fieldset>
        ) : (
          <>
            <input type="hidden" name="how" value={how} />
            {may.add && <p className="text-ink-soft">{words.addOnly}</p>}
          </>
        )}
        <PersonPicker
          posts={posts}
          value={typed}
          onValue={setTyped}
          onWant={want}
          error={isWrong && !chosen ? words.personWrong : state.fields["membershipId"]}
          words={words}
        />
        <TextField
          name="reason"
          id={`seat-reason-${item.id}`}
          label={words.reason}
          note={words.optional}
          maxLength={200}
          defaultValue={state.values["reason"] ?? ""}
        />
        <div>
          <SubmitButton kind="secondary" pendingLabel={words.pending}>
            {words.submit}
          </SubmitButton>
        </div>
      </form>
    </details>
  );
}
