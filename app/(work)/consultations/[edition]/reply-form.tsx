"use client";

import Link from "next/link";
import { useActionState, useEffect, useRef, useState } from "react";
import { CONSULTATION_LIMITS } from "../../../../domain/consultation/workflow";
import { Button } from "../../../../ui/button";
import { TextArea, TextField } from "../../../../ui/field";
import { SubmitButton } from "../../../../ui/submit-button";
import { IDLE } from "../../../form-state";
import { Outcome } from "../../../outcome";
import { comment } from "./actions";

type Words = Record<
  | "title"
  | "titleWhole"
  | "comment"
  | "quote"
  | "quoteHint"
  | "optional"
  | "useSelected"
  | "noSelection"
  | "send"
  | "sending"
  | "sent"
  | "close",
  string
>;
type Props = {
  editionId: string;
  /** The place that it is about; null for the whole. */
  blockId: string | null;
  /** Its words, where the place is not just above. */
  about: string | null;
  closeHref: string;
  words: Words;
};

/**
 * A comment under the place that it is about. Works without script; with it, what is being written is kept in this window
 * until it is sent, and words that are selected in the place can be taken over.
 */
export function ReplyForm({ editionId, blockId, about, closeHref, words }: Props) {
  const [state, act] = useActionState(comment, IDLE);
  const [lacks, setLacks] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const key = `huibao-consultation-${editionId}-${blockId ?? ""}`;

  useEffect(() => {
    const field = fieldOf(form.current, "comment");
    if (!field) return;
    const kept = stored(key);
    if (field.value === "" && kept) field.value = kept;
    if (window.location.hash === "#reply") field.focus();
  }, [key]);
  useEffect(() => {
    if (state.status === "done") store(key, "");
  }, [key, state]);

  function takeSelected() {
    const selected = selectedIn(blockId);
    const field = fieldOf(form.current, "quote");
    setLacks(selected === "");
    if (selected !== "" && field) field.value = selected;
  }

  return (
    <form
      ref={form}
      id="reply"
      action={act}
      aria-label={blockId === null ? words.titleWhole : words.title}
      noValidate
      className="my-3 flex scroll-mt-24 flex-col gap-3 border border-indigo-line bg-white px-4 py-3"
    >
      {about !== null && (
        <p lang="zh-CN" className="border-l-2 border-line pl-3 text-ink-soft">
          {about}
        </p>
      )}
      <Outcome state={state} done={words.sent} />
      <input type="hidden" name="editionId" value={editionId} />
      {blockId !== null && <input type="hidden" name="blockId" value={blockId} />}
      <TextArea
        name="comment"
        label={blockId === null ? words.titleWhole : words.title}
        error={state.fields["comment"]}
        rows={3}
        maxLength={CONSULTATION_LIMITS.text}
        defaultValue={state.values["comment"] ?? ""}
        onInput={(event) => store(key, event.currentTarget.value)}
      />
      {blockId !== null && (
        <div>
          <TextField
            name="quote"
            label={words.quote}
            note={words.optional}
            hint={words.quoteHint}
            error={lacks ? words.noSelection : state.fields["quote"]}
            maxLength={CONSULTATION_LIMITS.quote}
            autoComplete="off"
            defaultValue={state.values["quote"] ?? ""}
          />
          <Button
            type="button"
            kind="quiet"
            className="-ml-3.5"
            onMouseDown={(event) => event.preventDefault()}
            onClick={takeSelected}
          >
            {words.useSelected}
          </Button>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <SubmitButton pendingLabel={words.sending}>{words.send}</SubmitButton>
        <Link href={closeHref} scroll={false} className="link inline-flex min-h-(--target) items-center px-2">
          {words.close}
        </Link>
      </div>
    </form>
  );
}

function fieldOf(form: HTMLFormElement | null, name: string): HTMLInputElement | HTMLTextAreaElement | null {
  const field = form?.elements.namedItem(name);
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field : null;
}

/** What is selected within the place; nothing when it is in another one. */
function selectedIn(blockId: string | null): string {
  const selection = window.getSelection();
  const place = blockId === null ? null : document.getElementById(blockId);
  if (!place || !selection || selection.rangeCount === 0) return "";
  const range = selection.getRangeAt(0);
  return place.contains(range.startContainer) && place.contains(range.endContainer) ? selection.toString().trim() : "";
}

function stored(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string): void {
  try {
    if (value === "") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // Without storage it is on the page alone.
  }
}
