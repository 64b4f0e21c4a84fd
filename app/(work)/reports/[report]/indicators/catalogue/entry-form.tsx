"use client";

import { useActionState } from "react";
import {
  GROWTH_BASES,
  INDICATOR_KINDS,
  NUMERIC_FIELDS,
  type Indicator,
} from "../../../../../../domain/indicator/figure";
import type { Messages } from "../../../../../../messages/load";
import { Select, TextField } from "../../../../../../ui/field";
import { SubmitButton } from "../../../../../../ui/submit-button";
import { IDLE, type FormState } from "../../../../../form-state";
import { Outcome } from "../../../../../outcome";
import { addEntry, editEntry, moveEntry, removeEntry } from "./actions";

export type CatalogueWords = Messages["indicator"]["catalogue"] & {
  kindOf: Messages["indicator"]["kind"];
  basisOf: Messages["indicator"]["basis"];
  field: Messages["figure"]["field"];
};

type Entry = Indicator & { id: string; version: number; organId: string; confirmOrganId: string | null };
type Office = { id: string; name: string };

type EntryProps = {
  /** The report to add to, or the entry to edit. */
  of: { reportId: string } | { entry: Entry };
  offices: Office[];
  words: CatalogueWords;
};

/** One indicator of the catalogue. Works without script. */
export function EntryForm({ of, offices, words }: EntryProps) {
  const entry = "entry" in of ? of.entry : null;
  const [state, action] = useActionState(entry ? editEntry : addEntry, IDLE);
  const options = offices.map(({ id, name }) => ({ value: id, label: name }));
  const field = (name: string, kept: string) => ({
    name,
    id: `${entry?.id ?? "new"}-${name}`,
    defaultValue: state.values[name] ?? kept,
    error: state.fields[name],
  });
  return (
    <form
      action={action}
      key={state.status === "done" ? entry?.version : "open"}
      className="grid gap-4 pb-4 sm:grid-cols-4"
    >
      <div className="sm:col-span-4">
        <Outcome state={withIds(state, entry?.id ?? "new")} done={words.saved} />
      </div>
      {"reportId" in of && <input type="hidden" name="reportId" value={of.reportId} />}
      {entry && (
        <>
          <input type="hidden" name="indicatorId" value={entry.id} />
          <input type="hidden" name="version" value={entry.version} />
        </>
      )}
      <TextField
        {...field("officialName", entry?.officialName ?? "")}
        label={words.officialName}
        hint={words.officialHint}
        required
        maxLength={60}
      />
      <TextField
        {...field("shortName", entry?.shortName ?? "")}
        label={words.shortName}
        hint={words.shortHint}
        required
        maxLength={60}
      />
      <TextField
        {...field("aliases", entry?.aliases.join("、") ?? "")}
        label={words.aliases}
        hint={words.aliasesHint}
      />
      <TextField
        {...field("code", entry?.code ?? "")}
        label={words.code}
        hint={words.codeHint}
        required
        maxLength={40}
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField {...field("unit", entry?.unit ?? "")} label={words.unit} required maxLength={20} />
      <Select
        {...field("kind", entry?.kind ?? "total")}
        label={words.kind}
        options={INDICATOR_KINDS.map((value) => ({ value, label: words.kindOf[value] }))}
      />
      <Select
        {...field("basis", entry?.basis ?? "current")}
        label={words.basis}
        options={GROWTH_BASES.map((value) => ({ value, label: words.basisOf[value] }))}
      />
      <Select
        {...field("organId", entry?.organId ?? "")}
        label={words.organ}
        options={options}
        empty={words.choose}
        required
      />
      <Select
        {...field("confirmOrganId", entry?.confirmOrganId ?? "")}
        label={words.confirmOrgan}
        options={options}
        empty={words.noConfirm}
      />
      <fieldset className="sm:col-span-4">
        <legend className="font-semibold">{words.decimals}</legend>
        <p className="mb-1 text-sm text-ink-soft">{words.decimalsHint}</p>
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-6">
          {NUMERIC_FIELDS.map((one) => (
            <TextField
              key={one}
              {...field(`decimals-${one}`, String(entry?.decimals[one] ?? ""))}
              label={<span className="font-normal">{words.field[one]}</span>}
              inputMode="numeric"
              pattern="[0-6]"
              maxLength={1}
            />
          ))}
        </div>
      </fieldset>
      <div>
        <SubmitButton pendingLabel={words.saving}>{words.save}</SubmitButton>
      </div>
    </form>
  );
}

/** One place up or down. */
export function MoveForm({ id, name, words }: { id: string; name: string; words: CatalogueWords }) {
  const [state, action] = useActionState(moveEntry, IDLE);
  return (
    <form action={action} aria-label={name} className="flex flex-wrap items-center gap-1">
      <Outcome state={state} />
      <input type="hidden" name="indicatorId" value={id} />
      {(["up", "down"] as const).map((direction) => (
        <SubmitButton key={direction} kind="quiet" name="direction" value={direction} pendingLabel={words.moving}>
          {words[direction]}
        </SubmitButton>
      ))}
    </form>
  );
}

export function RemoveForm({ entry, words }: { entry: Pick<Entry, "id" | "version">; words: CatalogueWords }) {
  const [state, action] = useActionState(removeEntry, IDLE);
  return (
    <form action={action} className="flex flex-wrap items-center gap-3 border-t border-line-soft py-3">
      <Outcome state={state} />
      <input type="hidden" name="indicatorId" value={entry.id} />
      <input type="hidden" name="version" value={entry.version} />
      <SubmitButton kind="danger" pendingLabel={words.removing}>
        {words.remove}
      </SubmitButton>
      <p className="text-sm text-ink-soft">{words.removeHint}</p>
    </form>
  );
}

/** The list at the top links to this form's own fields: the same names stand in every entry's. */
function withIds(state: FormState, id: string): FormState {
  const fields = Object.entries(state.fields).map(([name, message]) => [`${id}-${name}`, message]);
  return { ...state, fields: Object.fromEntries(fields) as Record<string, string> };
}
