import { SubmitButton } from "../../../../../ui/submit-button";
import type { FormState } from "../../../../form-state";
import { Outcome } from "../../../../outcome";
import type { ReasonWords } from "../../../reason-shown";
import { ReturnTo, type EarlierStep } from "../../../return-to";
import { VerdictButton, type ConfirmWords } from "./verdict-button";

/** What may be decided on a text or a row, and how it is asked. */
export type Decision = {
  verdict: "sign" | "confirm" | "pass";
  /** Why the verdict, or a return, is refused now; null where it is not. */
  refusal: string | null;
  returnRefusal: string | null;
  /** Where a return can lead, and the words of its form. */
  returns: { steps: readonly EarlierStep[]; words: ReasonWords };
  confirm: ConfirmWords;
  words: Record<"pass" | "passing" | "back" | "returning" | "declare", string>;
};

/** The foot of a form that decides, always in sight: what was answered, the way back, the verdict. */
export function DecisionBar({ state, decision }: { state: FormState; decision: Decision }) {
  const { verdict, refusal, returnRefusal, returns, confirm, words } = decision;
  return (
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
  );
}
