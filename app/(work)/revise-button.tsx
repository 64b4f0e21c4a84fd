"use client";

import { useState } from "react";
import { useFormStatus } from "react-dom";
import { SubmitButton } from "../../ui/submit-button";
import { SureDialog } from "../../ui/sure-dialog";

export type ReviseWords = Record<"act" | "pending" | "sure" | "sureLapses" | "sureAgain" | "yes" | "no", string>;

/** 继续修改 outdates an approval for good, so it is asked once more. Without script it submits at once. */
export function ReviseButton({ words }: { words: ReviseWords }) {
  const [isAsking, ask] = useState(false);
  const { pending } = useFormStatus();
  return (
    <>
      {/* The button is the form's own; only what its click does first is added. */}
      <span
        className="contents"
        onClickCapture={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (!pending) ask(true);
        }}
      >
        <SubmitButton kind="secondary" icon="pencil" pendingLabel={words.pending}>
          {words.act}
        </SubmitButton>
      </span>
      {isAsking && (
        <SureDialog
          title={words.sure}
          lines={[words.sureLapses, words.sureAgain]}
          no={words.no}
          onClose={() => ask(false)}
        >
          <SubmitButton pendingLabel={words.pending}>{words.yes}</SubmitButton>
        </SureDialog>
      )}
    </>
  );
}
