import { Select } from "../../ui/field";
import type { ReasonWords } from "./reason-shown";

export type EarlierStep = { id: string; name: string };

type Props = {
  steps: readonly EarlierStep[];
  words: ReasonWords;
};

/** To whom it goes back, and what happens once it is corrected. At the first step there is nothing to choose. */
export function ReturnTo({ steps, words: { to } }: Props) {
  if (steps.length === 0) return null;
  return (
    <details className="mr-auto">
      <summary className="link flex min-h-(--target) w-fit items-center">{to.how}</summary>
      <div className="flex flex-wrap gap-x-3 gap-y-2">
        <Select
          name="to"
          label={to.label}
          options={[
            { value: "author", label: to.author },
            ...steps.map(({ id, name }, index) => ({
              value: id,
              label: index === steps.length - 1 ? `${to.previous} · ${name}` : name,
            })),
          ]}
          defaultValue="author"
        />
        <Select
          name="way"
          label={to.way}
          hint={to.hint}
          options={[
            { value: "restart", label: to.restart },
            { value: "resume", label: to.resume },
          ]}
          defaultValue="restart"
        />
      </div>
    </details>
  );
}
