"use client";

import { useActionState, useEffect, useState, type ChangeEvent } from "react";
import { Icon } from "../../ui/icon";
import { SubmitButton } from "../../ui/submit-button";
import { fill } from "../fill";
import { IDLE } from "../form-state";
import { Outcome } from "../outcome";
import type { PostFailure } from "../post-file";
import { takeAwayEvidence } from "./evidence-actions";

export type EvidenceWords = Record<
  "attach" | "hint" | "uploading" | "uploaded" | "offline" | "signedOut" | "full" | "broken" | "remove" | "removing",
  string
> & { refusal: Record<string, string> };

type UploadProps = { path: string; fields?: Record<string, string>; onDone: () => void; words: EvidenceWords };

/** Picks a file and sends it at once; says what became of it. */
export function EvidenceUpload({ path, fields, onDone, words }: UploadProps) {
  const [said, setSaid] = useState("");
  async function send(event: ChangeEvent<HTMLInputElement>) {
    const input = event.target;
    const file = input.files?.[0];
    if (!file) return;
    setSaid(words.uploading);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields ?? {})) form.set(name, value);
    form.set("file", file);
    try {
      const { postFile } = await import("../post-file");
      const posted = await postFile(path, form, () => {});
      setSaid(posted.status === "answered" ? words.uploaded : sentence(posted, words));
    } catch {
      setSaid(words.offline);
    } finally {
      // The same file may be chosen again.
      input.value = "";
    }
    onDone();
  }
  return (
    <div className="px-4.5 py-3.5">
      <label className="inline-flex min-h-(--target) cursor-pointer items-center gap-2 rounded border border-line bg-white px-3.5 py-1 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-indigo hover:border-line-strong hover:bg-row">
        <Icon name="download" className="rotate-180" />
        {words.attach}
        <input
          type="file"
          accept=".pdf,.png,.jpg,.jpeg,.xlsx,.docx"
          onChange={(event) => void send(event)}
          className="sr-only"
        />
      </label>
      <p className="mt-1 text-sm text-ink-soft">{words.hint}</p>
      <p role="status" className="mt-1">
        {said}
      </p>
    </div>
  );
}

function sentence(failure: PostFailure, words: EvidenceWords): string {
  switch (failure.status) {
    case "signed-out":
      return words.signedOut;
    case "offline":
      return words.offline;
    case "full":
      return words.full;
    case "too-large":
      return fill(words.refusal["evidence-too-large"] ?? "", { megabytes: 10 });
    case "invalid":
      return words.refusal["evidence-kind"] ?? "";
    case "refused":
      return fill(words.refusal[failure.key] ?? words.offline, failure.params);
    case "broken":
      return fill(words.broken, { reference: failure.reference });
  }
}

type RemoveProps = {
  evidenceId: string;
  onDone?: () => void;
  words: Record<"remove" | "removing", string>;
  label?: string;
};

export function RemoveEvidenceForm({ evidenceId, onDone, words, label }: RemoveProps) {
  const [state, action] = useActionState(takeAwayEvidence, IDLE);
  useEffect(() => {
    if (state.status === "done") onDone?.();
    // Once for each outcome.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state]);
  return (
    <form action={action} aria-label={label}>
      <Outcome state={state} />
      <input type="hidden" name="evidenceId" value={evidenceId} />
      <SubmitButton kind="quiet" pendingLabel={words.removing}>
        {words.remove}
      </SubmitButton>
    </form>
  );
}
