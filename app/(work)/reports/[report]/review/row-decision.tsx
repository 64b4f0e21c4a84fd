"use client";

import { useActionState, type ReactNode } from "react";
import type { FigureField } from "../../../../../domain/indicator/figure";
import { SubmitButton } from "../../../../../ui/submit-button";
import { IDLE } from "../../../../form-state";
import { Outcome } from "../../../../outcome";
import { ReasonFields } from "../../../reason-fields";
import type { ReasonWords } from "../../../reason-shown";
import { ReturnTo, type EarlierStep } from "../../../return-to";
import { decideRow } from "./actions";
import { VerdictButton, type ConfirmWords } from "./verdict-button";

type Props = {
  row: { id: string; version: number; next: string };
  cells: { field: FigureField; name: string; label: string }[];
  verdict: "sign" | "confirm" | "pass";
  refusal: string | null;
  returnRefusal: string | null;
  /** Where a return can lead, and the words of its form. */
  returns: { steps: readonly EarlierStep[]; words: ReasonWords };
  confirm: ConfirmWords;
  words: Record<"pass" | "passing" | "back" | "returning" | "reasons" | "declare", string>;
  children: ReactNode;
};

/** The row, a place for a reason to each of its cells, and the decision bar. Works without script. */
export function RowDecision({ row, cells, verdict, refusal, returnRefusal, returns, confirm, words, children }: Props) {
  const [state, action] = useActionState(decideRow, IDLE);
  return (
    // What was written stays where it is, whatever the answer: a browser would empty the choices.
    <form action={action} onReset={(event) => event.preventDefault()} className="flex flex-col gap-3">
      <input type="hidden" name="indicatorId" value={row.id} />
      <input type="hidden" name="version" value={row.version} />
      <input type="hidden" name="next" value={row.next} />
      {children}
      <section aria-label={words.reasons} className="border border-line bg-white px-4 pt-2">
        <h2 className="font-semibold">{words.reasons}</h2>
        {cells.map(({ field, name, label }, index) => (
          <ReasonFields
            key={field}
            name={`reasons.${index}`}
            target={{ field }}
            blockId={null}
            summary={name}
            label={label}
            values={state.values}
            words={returns.words}
          />
        ))}
      </section>
      <div className="sticky bottom-0 z-10 flex flex-col gap-2 border border-line bg-white px-4 py-3">
        <Outcome state={state} />
        {words.declare && <p className="text-sm text-ink-soft">{words.declare}</p>}
        <div className="flex flex-wrap items-end justify-end gap-2">
          {returnRefusal === null && <ReturnTo {...returns} />}
          <SubmitButton
            kind="danger"
            name="verdict"
            value="return"
            pendingLabel={words.returning}
            blocked={returnRefusal ?? undefined}
          >
            {words.back}
          </SubmitButton>
          <VerdictButton verdict={verdict} pendingLabel={words.passing} blocked={refusal} confirm={confirm}>
            {words.pass}
          </VerdictButton>
        </div>
      </div>
    </form>
  );
}
