import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon";

type FieldProps = {
  /** Also the id, unless `id` is given: the error list links to it. */
  name: string;
  id?: string | undefined;
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what to do, in words. */
  error?: string | undefined;
  /** Said after the label, for example 选填. */
  note?: string | undefined;
};

const CONTROL =
  "w-full min-h-(--target) rounded border border-line-strong bg-white px-2.5 py-1.5 text-ink aria-invalid:border-status-overdue disabled:border-line disabled:bg-line-soft disabled:text-ink-soft [&[readonly]]:bg-row";

export function TextField({
  name,
  id,
  label,
  hint,
  error,
  note,
  ...input
}: FieldProps & Omit<ComponentProps<"input">, "name" | "id">) {
  const of = tie(name, id, hint, error);
  return (
    <Field {...of} label={label} hint={hint} error={error} note={note}>
      <input type="text" {...input} {...of.control} name={name} className={`${CONTROL} ${input.className ?? ""}`} />
    </Field>
  );
}

export function TextArea({
  name,
  id,
  label,
  hint,
  error,
  note,
  rows = 4,
  ...area
}: FieldProps & Omit<ComponentProps<"textarea">, "name" | "id">) {
  const of = tie(name, id, hint, error);
  return (
    <Field {...of} label={label} hint={hint} error={error} note={note}>
      <textarea
        {...area}
        {...of.control}
        name={name}
        rows={rows}
        className={`${CONTROL} block resize-y ${area.className ?? ""}`}
      />
    </Field>
  );
}

export type Option = { value: string; label: string; disabled?: boolean };

type SelectProps = FieldProps &
  Omit<ComponentProps<"select">, "name" | "id" | "children"> & {
    options: Option[];
    /** A first, empty choice: 请选择. */
    empty?: string | undefined;
  };

export function Select({ name, id, label, hint, error, note, options, empty, ...select }: SelectProps) {
  const of = tie(name, id, hint, error);
  return (
    <Field {...of} label={label} hint={hint} error={error} note={note}>
      <span className="relative block">
        <select
          {...select}
          {...of.control}
          name={name}
          className={`${CONTROL} appearance-none truncate pr-8 ${select.className ?? ""}`}
        >
          {empty !== undefined && <option value="">{empty}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon
          name="chevron-down"
          className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-ink-soft"
        />
      </span>
    </Field>
  );
}

export function Checkbox({
  name,
  id,
  label,
  hint,
  error,
  note,
  ...input
}: FieldProps & Omit<ComponentProps<"input">, "name" | "id" | "type">) {
  const of = tie(name, id, hint, error);
  return (
    <div>
      <label htmlFor={of.id} className="flex min-h-(--target) items-start gap-2.5 py-2">
        <input {...input} {...of.control} type="checkbox" name={name} className="mt-1 size-4 shrink-0 accent-indigo" />
        <span>
          {label}
          {note && <Note>{note}</Note>}
        </span>
      </label>
      <div className="pl-6.5">
        <Below {...of} hint={hint} error={error} />
      </div>
    </div>
  );
}

type Tied = { id: string; hintId: string; errorId: string };

function Field({
  id,
  hintId,
  errorId,
  label,
  hint,
  error,
  note,
  children,
}: Tied & Omit<FieldProps, "name" | "id"> & { children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-semibold">
        {label}
        {note && <Note>{note}</Note>}
      </label>
      {children}
      <Below id={id} hintId={hintId} errorId={errorId} hint={hint} error={error} />
    </div>
  );
}

function Note({ children }: { children: string }) {
  return <span className="ml-2 text-sm font-normal text-ink-soft">{children}</span>;
}

function Below({ hintId, errorId, hint, error }: Tied & { hint: ReactNode; error: string | undefined }) {
  return (
    <>
      {error && (
        <p id={errorId} className="flex items-start gap-1.5 text-sm text-status-overdue">
          <Icon name="warning" className="mt-0.5" />
          {error}
        </p>
      )}
      {hint && (
        <p id={hintId} className="text-sm text-ink-soft">
          {hint}
        </p>
      )}
    </>
  );
}

/** Ids for the parts of a field, and the attributes that tie its control to them. */
function tie(name: string, given: string | undefined, hint: ReactNode, error: string | undefined) {
  const id = given ?? name;
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [error && errorId, hint && hintId].filter(Boolean).join(" ");
  return {
    id,
    hintId,
    errorId,
    control: {
      id,
      "aria-describedby": described || undefined,
      "aria-invalid": error ? (true as const) : undefined,
    },
  };
}
