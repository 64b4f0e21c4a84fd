"use client";

import { useState, type ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { SubmitButton } from "../../../../../ui/submit-button";
import { SureDialog } from "../../../../../ui/sure-dialog";
import { usePlainKeys } from "../../../../../ui/use-plain-keys";

/** What one answers for is said once more, with what it is about, before it is done. */
export type ConfirmWords = {
  title: string;
  lines: readonly string[];
  yes: string;
  no: string;
  /** Signing always asks; passing only when it was a key that asked for it. */
  always: boolean;
};

type Props = {
  verdict: "sign" | "confirm" | "pass";
  pendingLabel: string;
  blocked: string | null;
  confirm: ConfirmWords;
  children: ReactNode;
};

/** Signs or passes: the button, or the key p. Without script it submits at once. */
export function VerdictButton({ verdict, pendingLabel, blocked, confirm, children }: Props) {
  const [isAsking, ask] = useState(false);
  const { pending } = useFormStatus();
  const isOpen = blocked === null && !pending;
  usePlainKeys({ p: () => (isOpen ? ask(true) : false) });
  return (
    <>
      {/* The button is the form's own; only what its click does first is added. */}
      <span
        className="contents"
        onClickCapture={(event) => {
          if (!confirm.always || !isOpen) return;
          event.preventDefault();
          event.stopPropagation();
          ask(true);
        }}
      >
        <SubmitButton name="verdict" value={verdict} pendingLabel={pendingLabel} blocked={blocked ?? undefined}>
          {children}
        </SubmitButton>
      </span>
      {isAsking && (
        <SureDialog title={confirm.title} lines={confirm.lines} no={confirm.no} onClose={() => ask(false)}>
          <SubmitButton name="verdict" value={verdict} pendingLabel={pendingLabel}>
            {confirm.yes}
          </SubmitButton>
        </SureDialog>
      )}
    </>
  );
}
