"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";
import type { ButtonKind } from "./button-style";
import type { IconName } from "./icon";

type SubmitButtonProps = {
  kind?: ButtonKind;
  icon?: IconName | undefined;
  children: ReactNode;
  /** What the button says while the act runs: 正在上报… */
  pendingLabel: string;
  blocked?: string | undefined;
  /** Tells a form's several buttons apart. */
  name?: string | undefined;
  value?: string | undefined;
};

/** Sends its form once: while the form is on its way a second click or Enter does nothing. */
export function SubmitButton({ kind = "primary", pendingLabel, children, blocked, ...rest }: SubmitButtonProps) {
  const status = useFormStatus();
  const chosen = status.pending && (rest.name === undefined || status.data.get(rest.name) === (rest.value ?? ""));
  return (
    <Button {...rest} kind={kind} pending={status.pending} blocked={blocked}>
      {chosen ? pendingLabel : children}
    </Button>
  );
}
