"use client";

import { useActionState, type ReactNode } from "react";
import { IDLE } from "../../../../form-state";
import { ReasonFields } from "../../../reason-fields";
import { decide } from "./actions";
import { DecisionBar, type Decision } from "./decision-bar";

type Props = {
  /** `figures`: fingerprint of the bound figures shown here; passing freezes these and no others. */
  section: { id: string; version: number; next: string; figures: string | null };
  /** The text before the reviewer, block by block, so that each can be pointed at. */
  paragraphs: { id: string; label: string; text: ReactNode }[];
  decision: Decision;
  /** What stands over the text, so that the bar below stays in sight beside it. */
  children?: ReactNode;
  /** What the place for a reason under each paragraph is called. */
  pointOut: string;
};

/** The text with a place for a remark under every paragraph, and the decision bar. Works without script. */
export function DecisionForm({ section, paragraphs, decision, pointOut, children }: Props) {
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
              summary={pointOut}
              label={paragraph.label}
              values={state.values}
              words={decision.returns.words}
            />
          </div>
        ))}
      </div>
      <DecisionBar state={state} decision={decision} />
    </form>
  );
}
