"use client";

import { useActionState, type ReactNode } from "react";
import { SubmitButton } from "../../../../../ui/submit-button";
import { IDLE } from "../../../../form-state";
import { Outcome } from "../../../../outcome";
import { ReasonFields } from "../../../reason-fields";
import type { ReasonWords } from "../../../reason-shown";
import { ReturnTo, type EarlierStep } from "../../../return-to";
import { decide } from "./actions";
import { VerdictButton, type ConfirmWords } from "./verdict-button";

type Props = {
  /** `figures`: fingerprint of the bound figures shown here; passing freezes these and no others. */
  section: { id: string; version: number; next: string; figures: string | null };
  /** The text before the reviewer, block by block, so that each can be pointed at. */
  paragraphs: { id: string; label: string; text: ReactNode }[];
  verdict: "sign" | "pass";
  refusal: string | null;
  returnRefusal: string | null;
  /** Where a return can lead, and the words of its form. */
  returns: { steps: readonly EarlierStep[]; words: ReasonWords };
  confirm: ConfirmWords;
  /** What stands over the text, so that the bar below stays in sight beside it. */
  children?: ReactNode;
  words: Record<"pass" | "passing" | "back" | "returning" | "pointOut" | "placeholder" | "declare", string>;
};

/** The text with a place for a remark under every paragraph, and the decision bar. Works without script. */
export function DecisionForm({
  section,
  paragraphs,
  verdict,
  refusal,
  returnRefusal,
  returns,
  words,
  confirm,
  children,
}: Props) {
  const [state, action] = useActionState(decide, IDLE);
  return (
    // What was written stays where it is, whatever the answer: a browser would empty the choices.
    <form action={action} onReset={(event) => event.preventDefault()} className="flex flex-col gap-3">
      <input type="hidden" name="sectionId" value={section.id} />
      <input type="hidden" name="version" value={section.version} />
      <input type="hidden" name="next" value={section.next} />
      {section.figures && <input type="hidden" name="figures" value={section.figures} />}
      {children}
      <div className="sheet min-h-0">
        {paragraphs.map((paragraph, index) => (
          <div key={paragraph.id}>
            <div className="doc">{paragraph.text}</div>
            <ReasonFields
              name={`reasons.${index}`}
              target={{ blockId: paragraph.id }}
              blockId={paragraph.id}
              summary={words.pointOut}
              label={paragraph.label}
              values={state.values}
              words={returns.words}
            />
          </div>
        ))}
      </div>
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
