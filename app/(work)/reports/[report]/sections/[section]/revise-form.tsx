"use client";

import { useActionState } from "react";
import { IDLE } from "../../../../../form-state";
import { Outcome } from "../../../../../outcome";
import { ReviseButton, type ReviseWords } from "../../../../revise-button";
import { revise } from "./actions";

type Props = { section: { id: string; version: number }; words: ReviseWords & { what: string } };

/** An approved text's department may go on with it; what that does stands before the button. */
export function ReviseForm({ section, words }: Props) {
  const [state, action] = useActionState(revise, IDLE);
  return (
    <form
      action={action}
      className="mx-auto flex w-full max-w-200 flex-wrap items-center justify-between gap-x-4 gap-y-2 border border-line bg-white px-4 py-3"
    >
      <Outcome state={state} />
      <p className="min-w-0 flex-1 basis-80 text-ink-soft">{words.what}</p>
      <input type="hidden" name="sectionId" value={section.id} />
      <input type="hidden" name="version" value={section.version} />
      <ReviseButton words={words} />
    </form>
  );
}
