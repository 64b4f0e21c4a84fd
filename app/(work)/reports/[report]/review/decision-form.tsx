"use client";

import { useActionState, type ReactNode } from "react";
import { TextArea } from "../../../../../ui/field";
import { SubmitButton } from "../../../../../ui/submit-button";
import { IDLE } from "../../../../form-state";
import { Outcome } from "../../../../outcome";
import { decide } from "./actions";

type Props = {
  /** `figures`: fingerprint of the bound figures shown here; passing freezes these and no others. */
  section: { id: string; version: number; slug: string; next: string; figures: string | null };
  /** The text before the reviewer, block by block, so that each can be pointed at. */
  paragraphs: { id: string; label: string; text: ReactNode }[];
  verdict: "sign" | "pass";
  refusal: string | null;
  returnRefusal: string | null;
  words: Record<"pass" | "passing" | "back" | "returning" | "pointOut" | "placeholder" | "declare", string>;
};

/** The text with a place for a remark under every paragraph, and the decision bar. Works without script. */
export function DecisionForm({ section, paragraphs, verdict, refusal, returnRefusal, words }: Props) {
  const [state, action] = useActionState(decide, IDLE);
  return (
    <form action={action} className="flex flex-col gap-3">
      <input type="hidden" name="sectionId" value={section.id} />
      <input type="hidden" name="version" value={section.version} />
      <input type="hidden" name="slug" value={section.slug} />
      <input type="hidden" name="next" value={section.next} />
      {section.figures && <input type="hidden" name="figures" value={section.figures} />}
      <div className="sheet min-h-0">
        {paragraphs.map((paragraph, index) => {
          const typed = state.values[`reasons.${index}.text`] ?? "";
          return (
            <div key={paragraph.id}>
              <div className="doc">{paragraph.text}</div>
              <details className="mb-4" open={typed !== "" || undefined}>
                <summary className="link ml-auto flex min-h-(--target) w-fit items-center">{words.pointOut}</summary>
                <input type="hidden" name={`reasons.${index}.blockId`} value={paragraph.id} />
                <TextArea
                  name={`reasons.${index}.text`}
                  label={paragraph.label}
                  placeholder={words.placeholder}
                  defaultValue={typed}
                  rows={3}
                  maxLength={1000}
                />
              </details>
            </div>
          );
        })}
      </div>
      <div className="sticky bottom-0 z-10 flex flex-col gap-2 border border-line bg-white px-4 py-3">
        <Outcome state={state} />
        {words.declare && <p className="text-sm text-ink-soft">{words.declare}</p>}
        <div className="flex flex-wrap justify-end gap-2">
          <SubmitButton
            kind="danger"
            name="verdict"
            value="return"
            pendingLabel={words.returning}
            blocked={returnRefusal ?? undefined}
          >
            {words.back}
          </SubmitButton>
          <SubmitButton name="verdict" value={verdict} pendingLabel={words.passing} blocked={refusal ?? undefined}>
            {words.pass}
          </SubmitButton>
        </div>
      </div>
    </form>
  );
}
