"use client";

import { useActionState } from "react";
import type { Brief } from "../../domain/section/briefs";
import { TextArea, TextField } from "../../ui/field";
import { SubmitButton } from "../../ui/submit-button";
import { IDLE } from "../form-state";
import { Outcome } from "../outcome";
import { brief as setBrief } from "./reports/[report]/sections/[section]/actions";

type Words = Record<"guidance" | "guidanceHint" | "lengthLimit" | "lengthHint" | "save" | "saving" | "saved", string>;
type Props = { sectionId: string; brief: Pick<Brief, "guidance" | "lengthLimit" | "version"> | null; words: Words };

/** What the lead bureau asks of a leaf, to be written. Works without script. */
export function BriefForm({ sectionId, brief, words }: Props) {
  const [state, action] = useActionState(setBrief, IDLE);
  const typed = (name: string, kept: string) => state.values[name] ?? kept;
  return (
    <form action={action} className="flex flex-col gap-3">
      <Outcome state={state} done={words.saved} />
      <input type="hidden" name="sectionId" value={sectionId} />
      <input type="hidden" name="version" value={brief?.version ?? 0} />
      <TextArea
        id={`guidance-${sectionId}`}
        name="guidance"
        label={words.guidance}
        hint={words.guidanceHint}
        rows={5}
        maxLength={2000}
        defaultValue={typed("guidance", brief?.guidance ?? "")}
      />
      <TextField
        id={`lengthLimit-${sectionId}`}
        name="lengthLimit"
        label={words.lengthLimit}
        hint={words.lengthHint}
        error={state.fields["lengthLimit"]}
        inputMode="numeric"
        defaultValue={typed("lengthLimit", String(brief?.lengthLimit ?? ""))}
      />
      <div>
        <SubmitButton kind="secondary" pendingLabel={words.saving}>
          {words.save}
        </SubmitButton>
      </div>
    </form>
  );
}
