"use client";

import { useEffect, useId, useRef, type ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";

type Props = {
  title: string;
  /** What happens, a line each. */
  lines: readonly string[];
  /** What leaves everything as it is. */
  no: string;
  onClose: () => void;
  /** The submit button that does it. */
  children: ReactNode;
};

/** Asks before a form does what cannot be undone. In the form, so that its button is the form's; Enter presses it, Esc looks again. */
export function SureDialog({ title, lines, no, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const { pending } = useFormStatus();
  const wasPending = useRef(false);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>("button[type=submit]")?.focus();
  }, []);
  useEffect(() => {
    // Still here after it has answered: it was refused, and the reason stands behind the dialog.
    if (wasPending.current && !pending) dialog.current?.close();
    wasPending.current = pending;
  }, [pending]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className="m-auto w-[min(32rem,calc(100vw-2rem))] rounded border border-line bg-white p-4 text-ink shadow-float backdrop:bg-ink/25 max-sm:mb-4"
    >
      <h2 id={titleId} className="font-semibold">
        {title}
      </h2>
      <ul className="my-3 flex flex-col gap-1 text-ink-soft">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-end gap-2">
        <Button type="button" onClick={() => dialog.current?.close()}>
          {no}
        </Button>
        {children}
      </div>
    </dialog>
  );
}
