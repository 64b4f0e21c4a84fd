"use client";

import { useActionState, useState } from "react";
import { ROUTE_LIMITS } from "../../../domain/route/schema";
import type { StepAction, StepMode } from "../../../domain/route/workflow";
import type { Messages } from "../../../messages/load";
import { Button } from "../../../ui/button";
import { Checkbox, Select, TextField } from "../../../ui/field";
import { SubmitButton } from "../../../ui/submit-button";
import { fill } from "../../fill";
import { IDLE } from "../../form-state";
import { Outcome } from "../../outcome";
import { namedBy, PersonPicker, usePosts } from "../person-picker";
import { save } from "./actions";

type Named = { id: string; label: string };
export type StepDraft = {
  key: string;
  name: string;
  action: StepAction;
  role: string;
  mode: StepMode;
  quorum: number | null;
  skippable: boolean;
  people: Named[];
};

type Props = {
  route: { name: string; replaces: string | null; steps: StepDraft[] };
  words: Messages["route"];
};

const ROLE_OF: Record<StepAction, string> = { sign: "signer", confirm: "signer", review: "lead", approve: "approver" };

/** A template: its name and its steps, which are added, removed and moved here; nothing is kept before it is saved. */
export function RouteForm({ route, words }: Props) {
  const [state, action] = useActionState(save, IDLE);
  const [steps, setSteps] = useState(route.steps);
  const [said, setSaid] = useState("");
  const { posts, want } = usePosts();
  const { form } = words;
  const change = (key: string, to: Partial<StepDraft>) =>
    setSteps(steps.map((step) => (step.key === key ? { ...step, ...to } : step)));
  function move(at: number, by: -1 | 1) {
    const next = [...steps];
    const [step] = next.splice(at, 1);
    if (!step) return;
    next.splice(at + by, 0, step);
    setSteps(next);
    setSaid(`${step.name}：${fill(form.moved, { number: at + by + 1 })}`);
  }
  return (
    <form action={action} onReset={(event) => event.preventDefault()} className="flex flex-col gap-4">
      {route.replaces !== null && <input type="hidden" name="replaces" value={route.replaces} />}
      <div className="max-w-140">
        <TextField
          name="name"
          label={form.name}
          defaultValue={state.values["name"] ?? route.name}
          error={state.fields["name"]}
          required
          maxLength={ROUTE_LIMITS.name}
        />
      </div>
      <ol className="flex flex-col gap-3">
        {steps.map((step, at) => (
          <li key={step.key}>
            <fieldset className="border border-line bg-white px-4 pt-1 pb-3">
              <legend className="px-1 font-semibold">{fill(form.step, { number: at + 1 })}</legend>
              <StepFields
                at={at}
                step={step}
                onChange={(to) => change(step.key, to)}
                people={{ posts, want }}
                words={words}
              />
              <div className="mt-2 flex flex-wrap gap-2">
                <Button
                  type="button"
                  kind="quiet"
                  aria-disabled={at === 0 || undefined}
                  onClick={() => at > 0 && move(at, -1)}
                >
                  {form.up}
                </Button>
                <Button
                  type="button"
                  kind="quiet"
                  aria-disabled={at === steps.length - 1 || undefined}
                  onClick={() => at < steps.length - 1 && move(at, 1)}
                >
                  {form.down}
                </Button>
                {steps.length > 1 && (
                  <Button
                    type="button"
                    kind="quiet"
                    onClick={() => setSteps(steps.filter(({ key }) => key !== step.key))}
                  >
                    {form.delete}
                  </Button>
                )}
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {said}
      </p>
      {steps.length < ROUTE_LIMITS.steps && (
        <div>
          <Button
            type="button"
            onClick={() => {
              const before = Math.max(
                0,
                steps.findLastIndex((step) => step.action !== "approve"),
              );
              setSteps(steps.toSpliced(before, 0, blank()));
            }}
          >
            {form.addStep}
          </Button>
        </div>
      )}
      <div className="sticky bottom-0 z-10 flex flex-col gap-2 border border-line bg-white px-4 py-3">
        <Outcome state={state} />
        <div className="flex justify-end">
          <SubmitButton pendingLabel={form.pending}>{form.save}</SubmitButton>
        </div>
      </div>
    </form>
  );
}

type StepFieldsProps = {
  at: number;
  step: StepDraft;
  onChange: (to: Partial<StepDraft>) => void;
  people: ReturnType<typeof usePosts>;
  words: Messages["route"];
};

function StepFields({ at, step, onChange, people, words }: StepFieldsProps) {
  const { form, verb, who, modeName, seat } = words;
  const field = (name: string) => `steps.${at}.${name}`;
  const id = (name: string) => `${step.key}-${name}`;
  const isNamed = step.action === "review" || step.action === "approve";
  const [typed, setTyped] = useState("");
  const [isWrong, setWrong] = useState(false);
  const fits = namedBy(
    typed,
    Array.isArray(people.posts) ? people.posts.filter(({ role }) => role === step.role) : null,
  );
  function add() {
    setWrong(!fits);
    if (!fits) return;
    if (step.people.every((one) => one.id !== fits.id)) {
      onChange({ people: [...step.people, { id: fits.id, label: fits.label }] });
    }
    setTyped("");
  }
  return (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
      <TextField
        name={field("name")}
        id={id("name")}
        label={form.stepName}
        value={step.name}
        onChange={(event) => onChange({ name: event.target.value })}
        required
        maxLength={ROUTE_LIMITS.name}
      />
      <Select
        name={field("action")}
        id={id("action")}
        label={form.verb}
        value={step.action}
        onChange={(event) => {
          const action = event.target.value as StepAction;
          onChange({ action, role: ROLE_OF[action], people: [] });
        }}
        options={(["sign", "confirm", "review", "approve"] as const).map((value) => ({ value, label: verb[value] }))}
      />
      <Select
        name={field("role")}
        id={id("role")}
        label={form.who}
        value={step.role}
        onChange={(event) => onChange({ role: event.target.value, people: [] })}
        options={[
          { value: ROLE_OF[step.action], label: who[step.action] },
          ...(step.action === "review" ? [{ value: "signer", label: who.signer }] : []),
        ]}
      />
      <Select
        name={field("mode")}
        id={id("mode")}
        label={form.mode}
        value={step.mode}
        onChange={(event) => onChange({ mode: event.target.value as StepMode })}
        options={(["any", "all", "quorum"] as const).map((value) => ({ value, label: modeName[value] }))}
      />
      {step.mode === "quorum" && (
        <TextField
          name={field("quorum")}
          id={id("quorum")}
          label={form.quorum}
          type="number"
          min={1}
          max={ROUTE_LIMITS.people}
          value={step.quorum ?? ""}
          onChange={(event) => onChange({ quorum: event.target.value === "" ? null : Number(event.target.value) })}
          required
        />
      )}
      <input type="hidden" name={field("people")} value={step.people.map((one) => one.id).join(" ")} />
      {isNamed && (
        <div className="flex flex-col gap-2 sm:col-span-2">
          <div className="flex items-start gap-2">
            <div className="flex flex-1 flex-col gap-1">
              <PersonPicker
                posts={people.posts}
                offers={({ role }) => role === step.role}
                value={typed}
                onValue={setTyped}
                onWant={people.want}
                error={isWrong && !fits ? seat.personWrong : undefined}
                words={{ ...seat, person: form.people }}
              />
            </div>
            <Button type="button" className="mt-7" onClick={add}>
              {form.add}
            </Button>
          </div>
          {step.people.length > 0 ? (
            <ul className="flex flex-wrap gap-2">
              {step.people.map((one) => (
                <li key={one.id} className="inline-flex items-center gap-1 rounded border border-line pl-2.5">
                  {one.label}
                  <Button
                    type="button"
                    kind="quiet"
                    aria-label={fill(form.remove, { name: one.label })}
                    onClick={() => onChange({ people: step.people.filter(({ id: other }) => other !== one.id) })}
                  >
                    ×
                  </Button>
                </li>
              ))}
            </ul>
          ) : (
            <p className="text-sm text-ink-soft">
              {step.action === "review" && step.role === "signer" ? form.peopleNeeded : form.peopleHint}
            </p>
          )}
        </div>
      )}
      {step.action !== "approve" && (
        <Checkbox
          name={field("skippable")}
          id={id("skippable")}
          label={form.skippable}
          checked={step.skippable}
          onChange={(event) => onChange({ skippable: event.target.checked })}
        />
      )}
    </div>
  );
}

const blank = (): StepDraft => ({
  key: `step-${crypto.randomUUID()}`,
  name: "",
  action: "review",
  role: "signer",
  mode: "all",
  quorum: null,
  skippable: false,
  people: [],
});
