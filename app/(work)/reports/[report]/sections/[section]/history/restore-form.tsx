"use client";

import { useActionState } from "react";
import { LinkButton } from "../../../../../../../ui/button";
import { SubmitButton } from "../../../../../../../ui/submit-button";
import { IDLE } from "../../../../../../form-state";
import { Outcome } from "../../../../../../outcome";
import { restore } from "../actions";

type Props = {
  sectionId: string;
  revision: number;
  /** The working copy that is replaced: another's later save is not lost to it. */
  draftVersion: number;
  path: string;
  words: Record<"now" | "doing" | "cancel", string>;
};

/** The last word before an older text takes the place of the present one. */
export function RestoreForm({ sectionId, revision, draftVersion, path, words }: Props) {
  const [state, action] = useActionState(restore, IDLE);
  return (
    <form action={action} className="flex flex-col gap-2">
      <Outcome state={state} />
      <input type="hidden" name="sectionId" value={sectionId} />
      <input type="hidden" name="revision" value={revision} />
      <input type="hidden" name="draftVersion" value={draftVersion} />
      <input type="hidden" name="history" value={path} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton kind="danger" pendingLabel={words.doing}>
          {words.now}
        </SubmitButton>
        <LinkButton href={path}>{words.cancel}</LinkButton>
      </div>
    </form>
  );
}
