"use client";

import { useActionState, type ReactNode } from "react";
import type { FigureField } from "../../../../../domain/indicator/figure";
import { IDLE } from "../../../../form-state";
import { ReasonFields } from "../../../reason-fields";
import { decideRow } from "./actions";
import { DecisionBar, type Decision } from "./decision-bar";

type Props = {
  row: { id: string; version: number; next: string };
  cells: { field: FigureField; name: string; label: string }[];
  decision: Decision;
  /** What the list of places for reasons is called. */
  heading: string;
  children: ReactNode;
};

/** The row, a place for a reason to each of its cells, and the decision bar. Works without script. */
export function RowDecision({ row, cells, decision, heading, children }: Props) {
  const [state, action] = useActionState(decideRow, IDLE);
  return (
    // What was written stays where it is, whatever the answer: a browser would empty the choices.
    <form action={action} onReset={(event) => event.preventDefault()} className="flex flex-col gap-3">
      <input type="hidden" name="indicatorId" value={row.id} />
      <input type="hidden" name="version" value={row.version} />
      <input type="hidden" name="next" value={row.next} />
      {children}
      <section aria-label={heading} className="border border-line bg-white px-4 pt-2">
        <h2 className="font-semibold">{heading}</h2>
        {cells.map(({ field, name, label }, index) => (
          <ReasonFields
            key={field}
            name={`reasons.${index}`}
            target={{ field }}
            blockId={null}
            summary={name}
            label={label}
            values={state.values}
            words={decision.returns.words}
          />
        ))}
      </section>
      <DecisionBar state={state} decision={decision} />
    </form>
  );
}
